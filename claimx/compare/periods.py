"""Days as numbers, and the days that an EDTF date spans."""

from dataclasses import dataclass
from datetime import date

from claimx import edtf


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
    day = edtf.read_day(iso)
    return None if day is None else day.toordinal()


def read_period(text: str | None) -> Period | None:
    """Return the days that a date of EDTF allows, None where it is none."""
    bounds = edtf.day_bounds(text)
    if bounds is None:
        return None
    first, last = (date.fromisoformat(day).toordinal() for day in bounds)
    return Period(first, last)
