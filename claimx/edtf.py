"""Dates in EDTF (ISO 8601-2), as far as claimx writes them: their first and last days, and how they read."""

import re
from calendar import monthrange
from datetime import date

FIRST_DAY = "0001-01-01"
LAST_DAY = "9999-12-31"

_DATE = re.compile(r"([0-9]{2}XX|[0-9]{3}X|[0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?[?~%]?")
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}  # first months, in the northern hemisphere; winter ends in the year after
_ORDINALS = ("first", "second", "third", "fourth")
_SEASON_NAMES = {21: "spring", 22: "summer", 23: "autumn"}
_PARTS = {
    **{33 + n: (f"the {word} quarter of", 3 * n + 1, 3 * n + 3) for n, word in enumerate(_ORDINALS)},
    **{40 + n: (f"the {word} half of", 6 * n + 1, 6 * n + 6) for n, word in enumerate(_ORDINALS[:2])},
}
"""EDTF's codes for quarters and halves of a year: their words, first and last month."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def read_day(text: str | None) -> date | None:
    """Return the day that an ISO date or time begins with, None where it begins with none."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def day_bounds(edtf: str | None) -> tuple[str, str] | None:
    """Return the first and the last day, as ISO dates, of an EDTF date or interval; None where it is neither.

    Open ends reach to the first and last day there are. Qualifiers (`~`, `?`) are left aside.
    """
    if edtf is None:
        return None
    start, slash, end = edtf.partition("/")
    first = (FIRST_DAY, "") if slash and start in ("", "..") else _bounds(start)
    last = ("", LAST_DAY) if slash and end in ("", "..") else _bounds(end if slash else start)
    if first is None or last is None or first[0] > last[1] or (first[0], last[1]) == (FIRST_DAY, LAST_DAY):
        return None
    return first[0], last[1]


def _bounds(edtf: str) -> tuple[str, str] | None:
    match = _DATE.fullmatch(edtf)
    if match is None:
        return None
    first, last = int(match[1].replace("X", "0")) or 1, int(match[1].replace("X", "9"))
    if last == 0:
        return None
    if match[2] is None:
        return _days((first, 1), (last, 12))
    month, day = int(match[2]), match[3]
    if month in _SEASONS and not day:
        begin = _SEASONS[month]
        return _days((first, begin), (last, begin + 2) if begin < 12 else (last + 1, 2))
    if month in _PARTS and not day:
        return _days((first, _PARTS[month][1]), (last, _PARTS[month][2]))
    if not 1 <= month <= 12:
        return None
    if not day:
        return _days((first, month), (last, month))
    if first != last or not 1 <= int(day) <= monthrange(first, month)[1]:
        return None
    return f"{first:04}-{month:02}-{day}", f"{first:04}-{month:02}-{day}"


def _days(first: tuple[int, int], last: tuple[int, int]) -> tuple[str, str]:
    """Return the first day of a month and the last of another."""
    if last[0] > 9999:
        return f"{first[0]:04}-{first[1]:02}-01", LAST_DAY
    return f"{first[0]:04}-{first[1]:02}-01", f"{last[0]:04}-{last[1]:02}-{monthrange(*last)[1]:02}"


def word_edtf(edtf: str) -> str:
    """Return an EDTF date in words: "16 December 2024", "9–15 December 2024", "since 2023"; itself if not known."""
    start, slash, end = edtf.partition("/")
    if day_bounds(edtf) is None:
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
    if number in _SEASON_NAMES:
        return f"{about}{_SEASON_NAMES[number]} {year}"
    if number in _PARTS:
        return f"{about}{_PARTS[number][0]} {year}"
    return f"{about}{_MONTHS[number - 1]} {year}"


def _shared_tail(first: list[str], final: list[str]) -> int:
    """Return how many last words, year first, two dates share: "9 December 2024", "15 December 2024" share two."""
    many = 0
    while many < min(len(first), len(final)) - 1 and first[-1 - many] == final[-1 - many]:
        many += 1
    return many
