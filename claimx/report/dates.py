"""Periods of days behind EDTF dates (ISO 8601-2), for the timeline and the filters of a page."""

from datetime import date
from typing import NamedTuple

from claimx.edtf import FIRST_DAY, LAST_DAY, day_bounds


class Period(NamedTuple):
    """Days from `first` to `final`, both included; None where an interval is open."""

    first: date | None
    final: date | None


def read_period(edtf: str) -> Period | None:
    """Return the days of an EDTF date, season, decade or interval; None where it is none that claimx writes."""
    bounds = day_bounds(edtf)
    if bounds is None:
        return None
    first, final = bounds
    return Period(
        None if first == FIRST_DAY else date.fromisoformat(first),
        None if final == LAST_DAY else date.fromisoformat(final),
    )
