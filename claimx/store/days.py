"""First and last days of dates in EDTF, for comparing a claim's date with days that are asked for."""

import re
from calendar import monthrange

FIRST_DAY = "0001-01-01"
LAST_DAY = "9999-12-31"

_DATE = re.compile(r"([0-9]{2}XX|[0-9]{3}X|[0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?[?~%]?")
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}  # first months, in the northern hemisphere; winter ends in the year after


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
