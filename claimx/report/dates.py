"""Periods of days behind EDTF dates (ISO 8601-2), as far as claimx writes them, and how they read."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_ORDINALS = ("first", "second", "third", "fourth")
_PARTS = {  # the first month and the number of months, by EDTF's codes for parts of a year
    **{21 + n: (3 * n + 3, 3) for n in range(4)},
    **{33 + n: (3 * n + 1, 3) for n in range(4)},
    **{40 + n: (6 * n + 1, 6) for n in range(2)},
}
_SHAPE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Period(NamedTuple):
    """Days from `first` to `final`, both included; None where an interval is open."""

    first: date | None
    final: date | None


def read_period(edtf: str) -> Period | None:
    """Return the days of an EDTF date, season, decade or interval; None where it is none that claimx writes."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return _single(start)
    first = Period(None, None) if start in ("", "..") else _single(start)
    final = Period(None, None) if end in ("", "..") else _single(end)
    if first is None or final is None or (first.first is None and final.final is None):
        return None
    if first.first and final.final and first.first > final.final:
        return None
    return Period(first.first, final.final)


def word_period(edtf: str) -> str:
    """Return an EDTF date in words: "16 December 2024", "9–15 December 2024", "since 2023"; itself if not known."""
    start, slash, end = edtf.partition("/")
    if read_period(edtf) is None:
        return edtf
    if not slash:
        return _word(start)
    if start in ("", ".."):
        return f"until {_word(end)}"
    if end in ("", ".."):
        return f"since {_word(start)}"
    first, final = _word(start), _word(end)
    shared = _shared_tail(first.split(), final.split())
    return f"{' '.join(first.split()[: len(first.split()) - shared])}–{final}" if shared else f"{first} – {final}"


def word_day(day: date) -> str:
    """Return a day in words: "16 December 2024"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def read_day(text: str | None) -> date | None:
    """Return the day that an ISO date or time begins with, None where it does not."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _single(edtf: str) -> Period | None:
    edtf = edtf.rstrip("~?%")
    if re.fullmatch(r"\d{1,3}X{1,3}", edtf) and len(edtf) == 4:
        first, final = int(edtf.replace("X", "0")), int(edtf.replace("X", "9"))
        return Period(date(max(first, 1), 1, 1), date(final, 12, 31))
    shape = _SHAPE.fullmatch(edtf)
    if shape is None:
        return None
    year, part, day = (int(group) if group else None for group in shape.groups())
    try:
        if year is not None and part and day:
            found = date(year, part, day)
            return Period(found, found)
        month, many = _PARTS.get(part, (part, 1)) if part else (1, 12)
        return _months(year or 0, month or 1, many)
    except ValueError:  # the month 13, 31 February, the year 0
        return None


def _months(year: int, month: int, many: int) -> Period:
    end_year, end_month = divmod(year * 12 + month - 1 + many - 1, 12)
    return Period(date(year, month, 1), date(end_year, end_month + 1, monthrange(end_year, end_month + 1)[1]))


def _word(edtf: str) -> str:
    about = "about " if edtf[-1] in "~?%" else ""
    edtf = edtf.rstrip("~?%")
    if edtf.endswith("X"):
        return f"{about}the {edtf.replace('X', '0')}s"
    year, _, rest = edtf.partition("-")
    part, _, day = rest.partition("-")
    if day:
        return about + word_day(date.fromisoformat(edtf))
    if not part:
        return about + year
    number = int(part)
    if number in _SEASONS:
        return f"{about}{_SEASONS[number]} {year}"
    if number >= 40:
        return f"{about}the {_ORDINALS[number - 40]} half of {year}"
    if number >= 33:
        return f"{about}the {_ORDINALS[number - 33]} quarter of {year}"
    return f"{about}{_MONTHS[number - 1]} {year}"


def _shared_tail(first: list[str], final: list[str]) -> int:
    """Return how many last words, year first, two dates share: "9 December 2024", "15 December 2024" share two."""
    many = 0
    while many < min(len(first), len(final)) - 1 and first[-1 - many] == final[-1 - many]:
        many += 1
    return many


def days_between(first: date, final: date) -> int:
    """Return the length of a period in days, both ends included."""
    return (final - first) // timedelta(1) + 1
