"""Days as numbers, and the days that an EDTF date spans."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_PART = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, as ordinals of the proleptic Gregorian calendar; open ends reach very far."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """How many days it spans."""
        return self.last - self.first + 1

    def gap(self, other: "Period") -> int:
        """Return how many days lie between two periods: 0 where they overlap, 1 where one follows the other."""
        return max(0, other.first - self.last, self.first - other.last)


def read_day(iso: str | None) -> int | None:
    """Return the day of an ISO date as an ordinal, None where there is none."""
    try:
        return date.fromisoformat((iso or "")[:10]).toordinal()
    except ValueError:
        return None


def read_period(edtf: str | None) -> Period | None:
    """Return the days that a date of EDTF level 1 allows, None where it is none."""
    if not edtf:
        return None
    start, slash, end = edtf.partition("/")
    first = _edge(start, last=False)
    last = _edge(end if slash else start, last=True)
    return Period(first, last) if first is not None and last is not None and first <= last else None


def _edge(text: str, *, last: bool) -> int | None:
    if text in ("", ".."):
        return _LAST if last else _FIRST
    found = _PART.match(text)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        if not month:
            return date(year, 12, 31).toordinal() if last else date(year, 1, 1).toordinal()
        if month in _SEASONS:
            month = _SEASONS[month][last]
            year, month, day = year + (month > 12), (month - 1) % 12 + 1, 0
        return date(year, month, day or (monthrange(year, month)[1] if last else 1)).toordinal()
    except ValueError:
        return None
