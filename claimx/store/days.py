"""First and last days of dates in EDTF, for comparing a claim's date with days that are asked for."""

import re
from calendar import monthrange

FIRST_DAY = "0001-01-01"
LAST_DAY = "9999-12-31"

_DATE = re.compile(r"(\d{2}XX|\d{3}X|\d{4})(?:-(\d\d))?(?:-(\d\d))?[?~%]?")
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
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def _bounds(edtf: str) -> tuple[str, str] | None:
    match = _DATE.fullmatch(edtf)
    if match is None:
        return None
    first, last = match[1].replace("X", "0"), match[1].replace("X", "9")
    if match[2] is None:
        return _days((first, 1), (last, 12))
    month = int(match[2])
    if month in _SEASONS:
        begin = _SEASONS[month]
        return _days((first, begin), (last, begin + 2) if begin < 12 else (f"{int(last) + 1:04}", 2))
    if not 1 <= month <= 12:
        return None
    if match[3] is None:
        return _days((first, month), (last, month))
    day = f"{first}-{month:02}-{match[3]}"
    return (day, day) if 1 <= int(match[3]) <= monthrange(int(first) or 4, month)[1] else None


def _days(first: tuple[str, int], last: tuple[str, int]) -> tuple[str, str]:
    days = monthrange(min(int(last[0]) or 4, 9999), last[1])[1]
    return f"{first[0]}-{first[1]:02}-01", f"{last[0]}-{last[1]:02}-{days:02}"
