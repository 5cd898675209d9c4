"""Months and weekdays by name, for all who read dates or tell words of time from others."""

from collections.abc import Mapping

from claimx.rules.files import Strict, read_bundled


class _Calendar(Strict):
    months: Mapping[str, int]
    weekdays: Mapping[str, int]


_CALENDAR = read_bundled(_Calendar, "calendar.toml")
MONTHS = _CALENDAR.months
"""The number of each month, by its name and what it is cut short to."""
WEEKDAYS = _CALENDAR.weekdays
"""The ISO number of each weekday (Monday is 1), by its name and what it is cut short to."""
DAY_NAMES = frozenset(name for name in WEEKDAYS if name.endswith("day"))
"""The weekdays' full names."""
