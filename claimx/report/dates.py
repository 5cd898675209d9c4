"""Periods of days behind EDTF dates (ISO 8601-2), for the timeline and the filters of a page."""

import re
from datetime import date
from typing import NamedTuple

from claimx.compare import periods
from claimx.edtf import PARTS

_PART = re.compile(r"([0-9]{4})-([0-9]{2})[~?%]?")
_SHAPE = re.compile(r"(?:[0-9]{4}(?:-[0-9]{2}){0,2}|[0-9]{3}X|[0-9]{2}XX)[~?%]?|\.\.|")


class Period(NamedTuple):
    """Days from `first` to `final`, both included; None where an interval is open."""

    first: date | None
    final: date | None


def read_period(edtf: str) -> Period | None:
    """Return the days of an EDTF date, season, decade or interval; None where it is none that claimx writes."""
    start, slash, end = edtf.partition("/")
    if not _SHAPE.fullmatch(start) or not _SHAPE.fullmatch(end):
        return None
    found = periods.read_period(f"{_edges(start)[0]}/{_edges(end if slash else start)[1]}")
    if found is None:
        return None
    first, final = date.fromordinal(found.first), date.fromordinal(found.last)
    period = Period(None if first == date.min else first, None if final == date.max else final)
    return period if period.first or period.final else None


def _edges(edtf: str) -> tuple[str, str]:
    """Return a date's first and last part, where months can say it: "199X" is 1990 to 1999, "2024-33" three months."""
    if "X" in edtf:
        return edtf.replace("X", "0"), edtf.replace("X", "9")
    part = _PART.fullmatch(edtf)
    if part is None or int(part[2]) not in PARTS:
        return edtf, edtf
    _, first, last = PARTS[int(part[2])]
    return f"{part[1]}-{first:02}", f"{part[1]}-{last:02}"


def read_day(text: str | None) -> date | None:
    """Return the day that an ISO date or time begins with, None where it does not."""
    day = periods.read_day(text)
    return None if day is None else date.fromordinal(day)
