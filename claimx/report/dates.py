"""Periods of days behind EDTF dates (ISO 8601-2), as far as claimx writes them, and how they read."""

import re
from datetime import date
from typing import NamedTuple

from claimx.compare import periods

_ORDINALS = ("first", "second", "third", "fourth")
_SEASONS = {21: "spring", 22: "summer", 23: "autumn"}
_PARTS = {  # EDTF's codes for quarters and halves of a year: their words, first and last month
    **{33 + n: (f"the {word} quarter of", 3 * n + 1, 3 * n + 3) for n, word in enumerate(_ORDINALS)},
    **{40 + n: (f"the {word} half of", 6 * n + 1, 6 * n + 6) for n, word in enumerate(_ORDINALS[:2])},
}
_PART = re.compile(r"([0-9]{4})-([0-9]{2})[~?%]?")
_SHAPE = re.compile(r"(?:[0-9]{4}(?:-[0-9]{2}){0,2}|[0-9]{3}X|[0-9]{2}XX)[~?%]?|\.\.|")
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
    if part is None or int(part[2]) not in _PARTS:
        return edtf, edtf
    _, first, last = _PARTS[int(part[2])]
    return f"{part[1]}-{first:02}", f"{part[1]}-{last:02}"


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
    day = periods.read_day(text)
    return None if day is None else date.fromordinal(day)


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
    if number == 24:  # it ends in the year after
        return f"{about}winter {year}–{(int(year) + 1) % 100:02}"
    if number in _SEASONS:
        return f"{about}{_SEASONS[number]} {year}"
    if number in _PARTS:
        return f"{about}{_PARTS[number][0]} {year}"
    return f"{about}{_MONTHS[number - 1]} {year}"


def _shared_tail(first: list[str], final: list[str]) -> int:
    """Return how many last words, year first, two dates share: "9 December 2024", "15 December 2024" share two."""
    many = 0
    while many < min(len(first), len(final)) - 1 and first[-1 - many] == final[-1 - many]:
        many += 1
    return many
