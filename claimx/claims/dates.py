"""Dates behind time expressions, as EDTF (ISO 8601-2): *16 December*, *last week*, *the summer of 2017*.

News has few forms and they are fixed, so this is a small grammar over `rules/dates.toml`. General date parsers
(dateparser was tried) read *two months* and *the 1990s* as days and fill what a phrase leaves open from today; here
a part of a month or year gives the whole (*late December* → the month), a duration gives nothing, and whatever
needs the day of publication says so in `basis`, with a null where that day is not known.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from claimx.edtf import read_day
from claimx.records import Article, Date
from claimx.rules.calendar import MONTHS, WEEKDAYS
from claimx.rules.files import Strict, read_bundled
from claimx.rules.numbers import CARDINALS, ORDINALS

Tense = Literal["past", "future"]


class _Season(Strict):
    code: int
    last: int


class _Words(Strict):
    openers: tuple[str, ...]
    since: tuple[str, ...]
    until: tuple[str, ...]
    parts: tuple[str, ...]
    hours: tuple[str, ...]
    this: tuple[str, ...]
    last: tuple[str, ...]
    next: tuple[str, ...]
    no_days: frozenset[str]


class _Vocabulary(Strict):
    seasons: Mapping[str, _Season]
    days: Mapping[str, int]
    holidays: Mapping[str, str]
    words: _Words


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


_VOCABULARY = read_bundled(_Vocabulary, "dates.toml")
_WORDS = _VOCABULARY.words
_NUMBERS = {"a": 1, "an": 1, **CARDINALS, **ORDINALS}
_LONG_GONE, _SOON = timedelta(300), timedelta(45)

_YEAR = r"(?:1[0-9]|20)\d\d"
_NAMED_YEAR = rf"{_YEAR}|this year|last year|next year"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH, _WEEKDAY = _any(MONTHS), _any(WEEKDAYS)
_WHICH = _any((*_WORDS.this, *_WORDS.last, *_WORDS.next))
_COUNT = rf"(?P<number>\d+|{_any(_NUMBERS)}) (?P<unit>day|week|month|year)"
_CLOCK = re.compile(
    r"\b(?:at )?(?:\d{1,2}[:.]\d\d(?::\d\d)? ?(?:am|pm|hrs|hours)?|\d{1,2} ?(?:am|pm)|\d{4} ?(?:gmt|utc|hrs|hours))\b"
)
_OPENER = re.compile(rf"^{_any(_WORDS.openers)} (?=.)")
_SINCE, _UNTIL = re.compile(rf"{_any(_WORDS.since)} "), re.compile(rf"{_any(_WORDS.until)} ")
_PART = re.compile(rf"^{_any(_WORDS.parts)}[ -]")
_HOURS = re.compile(rf"(?<=.)(?: in the| at)? {_any(_WORDS.hours)}$")
_RANGES = (
    r"(?:between )?(.+) and (.+)",  # spans leave "between" out
    r"(?:from )?(.+?) (?:to|until|till|through|and until) (.+)",
    rf"(?:from )?(.*?{_DAY}) ?- ?({_DAY}\b(?!\d).*)",
    r"(?:from )?(.+?) ?- ?(.+)",
)


class _Period(NamedTuple):
    """A stretch of days and how EDTF writes it."""

    first: date
    final: date
    edtf: str


class _Unanchored(Exception):
    """The phrase counts from the day of publication, and that is not known."""


def published_on(article: Article) -> date | None:
    """Return the day on which the article was published, None where it does not say or says it unreadably."""
    return read_day(article.published)


def resolve_date(text: str, published: date | None, tense_hint: Tense | None = None) -> Date | None:
    """Return the date of a time expression, or None where it names none (*two months*, *dawn*, *the same day*).

    A date without a year, and a bare weekday or month, is the nearest one before publication, or after it where
    `tense_hint` is "future". `edtf` is None where the phrase counts from a publication date that is not known.
    """
    reader = _Reader(published, tense_hint)
    try:
        edtf = reader.read(_normal(text))
    except _Unanchored:
        return Date(None, "relative to publication")
    except (ValueError, OverflowError):  # 31 February, the year 0
        return None
    if edtf is None:
        return None
    return Date(edtf, "relative to publication" if reader.anchored else "explicit")


class _Reader:
    """Reads one phrase; `anchored` tells afterwards whether the publication date was needed."""

    def __init__(self, published: date | None, tense: Tense | None) -> None:
        self._published = published
        self._tense = tense
        self.anchored = False

    @property
    def _today(self) -> date:
        if self._published is None:
            raise _Unanchored
        self.anchored = True
        return self._published

    def read(self, phrase: str) -> str | None:
        """Return the phrase as EDTF, intervals and open ends included."""
        if edtf := self._range(phrase):
            return edtf
        if (opener := _SINCE.match(phrase)) and (period := self._period(phrase[opener.end() :])):
            return f"{period.edtf.partition('/')[0]}/.."
        if (opener := _UNTIL.match(phrase)) and (period := self._period(phrase[opener.end() :])):
            return f"../{period.edtf.rpartition('/')[2]}"
        period = self._period(phrase)
        return period.edtf if period else None

    def _range(self, phrase: str) -> str | None:
        match = next(filter(None, (re.fullmatch(form, phrase) for form in _RANGES)), None)
        if match is None or _iso(phrase):
            return None
        start, end = _completed(match[1].strip(), match[2].strip())
        first, final = self._period(start), self._period(end)
        if first is not None and final is not None and first.first > final.first and self.anchored:
            first = self._period(start, before=final.first)  # 30 December to 2 January
        if first is None or final is None or first.first > final.first:
            return None
        return f"{first.edtf.partition('/')[0]}/{final.edtf.rpartition('/')[2]}"

    def _period(self, phrase: str, before: date | None = None) -> _Period | None:
        """Return the period that a phrase names; `before` asks for the last such period up to that day."""
        phrase = _stripped(phrase)
        if iso := _iso(phrase):
            return iso
        for form, reading in _READINGS:
            if (match := form.fullmatch(phrase)) and (period := reading(self, match, before)):
                return period
        whole = _PART.sub("", phrase)
        return self._period(whole, before) if whole != phrase else None

    # what is read from each form

    def near_day(self, match: re.Match[str], _: date | None) -> _Period:
        if match[0] == "overnight":
            return _interval(self._today - timedelta(1), self._today)
        return _day(self._today + timedelta(_VOCABULARY.days[match[0]]))

    def holiday(self, match: re.Match[str], before: date | None) -> _Period | None:
        known = _VOCABULARY.holidays[match["name"]]
        if match["year"]:
            return _day(date.fromisoformat(f"{match['year']}-{known[-5:]}"))
        if len(known) > len("12-25"):
            return _day(date.fromisoformat(known))
        return self._nearest(lambda year: _day(date.fromisoformat(f"{year}-{known}")), before)

    def numeric(self, match: re.Match[str], _: date | None) -> _Period | None:
        one, other, year = map(int, match.groups())
        if one > 12:
            return _day(date(year, other, one))
        if other > 12 or one == other:
            return _day(date(year, one, other))
        return None  # 3/4/2024 is March or April, by who wrote it

    def calendar_day(self, match: re.Match[str], before: date | None) -> _Period | None:
        number, day = MONTHS[match["m1"] or match["m2"]], int(match["d1"] or match["d2"])
        if match["year"]:
            return _day(date(self._year_named(match["year"]), number, day))
        if match["weekday"] and not before:  # Monday, Dec. 16: the weekday tells the year
            years = sorted(range(self._today.year - 6, self._today.year + 7), key=lambda y: abs(y - self._today.year))
            days = (date(y, number, day) for y in years if day <= monthrange(y, number)[1])
            return next((_day(found) for found in days if found.isoweekday() == WEEKDAYS[match["weekday"]]), None)
        return self._nearest(lambda year: _day(date(year, number, day)), before)

    def month(self, match: re.Match[str], before: date | None) -> _Period | None:
        number = MONTHS[match["month"]]
        if match["year"]:
            return _month_of(self._year_named(match["year"]), number)
        which = _direction(match["which"])
        if match["which"] and (which == 0 or (which > 0 and self._today.month == number)):
            return _month_of(self._today.year + which, number)
        if which < 0:
            before = _first_of(self._today) - timedelta(1)
        return self._nearest(lambda year: _month_of(year, number), before, towards=which)

    def weekday(self, match: re.Match[str], before: date | None) -> _Period:
        number = WEEKDAYS[match["day"] or match["day2"]]
        if week := match["week"] or match["week2"]:
            monday = self._today - timedelta(self._today.isoweekday() - 1)
            return _day(monday + timedelta(7 * _direction(week) + number - 1))
        limit = before or self._today
        away = number - limit.isoweekday()
        direction = _direction(match["which"])
        if direction < 0:
            return _day(limit - timedelta(-away % 7 or 7))
        if direction > 0:
            return _day(limit + timedelta(away % 7 or 7))
        if match["which"]:  # this Friday: of this week
            return _day(limit + timedelta(away))
        ahead = self._tense == "future" and not before
        return _day(limit + timedelta(away % 7 if ahead else -(-away % 7)))

    def year(self, match: re.Match[str], _: date | None) -> _Period:
        if decade := match["decade"]:
            return _years(int(decade) * 10, 10, f"{decade}X")
        if match["century"]:
            hundreds = int(match["century"]) - 1
            return _years(hundreds * 100, 100, f"{hundreds:02}XX")
        return _years(int(match[0]), 1, match[0])

    def season(self, match: re.Match[str], before: date | None) -> _Period | None:
        season = _VOCABULARY.seasons[match["season"]]
        if match["year"]:
            return _season_of(self._year_named(match["year"]), season)
        which = _direction(match["which"])
        if which == 0 and match["which"]:
            begun = _season_of(self._today.year - 1, season)  # this winter, said in January
            return begun if begun.final >= self._today else _season_of(self._today.year, season)
        found = self._nearest(lambda year: _season_of(year, season), before, towards=which)
        if which < 0 and found and found.final >= self._today:
            return _season_of(int(found.edtf[:4]) - 1, season)
        return found

    def share_of_year(self, match: re.Match[str], _: date | None) -> _Period | None:
        number, kind, year = _NUMBERS[match["number"]], match["kind"], self._year_named(match["year"])
        months = 3 if kind == "quarter" else 6
        if number * months > 12:
            return None
        first = date(year, (number - 1) * months + 1, 1)
        code = (33 if kind == "quarter" else 40) + number - 1
        return _Period(first, _last_of(date(year, number * months, 1)), f"{year:04}-{code}")

    def unit(self, match: re.Match[str], _: date | None) -> _Period | None:
        """Read *last week*, *earlier this month*, *the end of the year*, *the weekend*."""
        unit = match["unit"] or match["unit2"] or "weekend"
        if match["which"] in ("past", "the past") and unit != "weekend":  # the past week: up to now
            return _interval(_moved(self._today, unit, -1), self._today)
        period = self._unit_at(unit, _direction(match["which"] or match["which2"]))
        if match["part"] == "earlier":
            return _interval(period.first, self._today) if period.first <= self._today else None
        if match["part"] == "later":
            return _interval(self._today, period.final) if period.final >= self._today else None
        return period

    def _unit_at(self, unit: str, away: int) -> _Period:
        today = self._today
        if unit == "year":
            return _years(today.year + away, 1, f"{today.year + away:04}")
        if unit == "month":
            there = _moved(_first_of(today), "month", away)
            return _month_of(there.year, there.month)
        monday = today - timedelta(today.isoweekday() - 1)
        if unit == "week":
            return _interval(monday + timedelta(7 * away), monday + timedelta(7 * away + 6))
        saturday = monday + timedelta(5)
        if away == 0 and self._tense != "future" and today < saturday:
            away = -1  # the weekend, on a weekday: the one just gone
        return _interval(saturday + timedelta(7 * away), saturday + timedelta(7 * away + 1))

    def ago(self, match: re.Match[str], _: date | None) -> _Period:
        """Read *three days ago*, *two weeks from now*."""
        there = _moved(self._today, match["unit"], _number(match["number"]) * (-1 if match[0].endswith("ago") else 1))
        if match["unit"] == "day":
            return _day(there)
        if match["unit"] == "week":
            return _Period(there, there, f"{there}~")
        if match["unit"] == "month":
            return _month_of(there.year, there.month)._replace(edtf=f"{there:%Y-%m}~")
        return _years(there.year, 1, f"{there.year:04}~")

    def stretch(self, match: re.Match[str], _: date | None) -> _Period | None:
        """Read *the past three weeks*, *the next two days*."""
        direction = _direction(match["which"])
        if not direction:
            return None
        there = _moved(self._today, match["unit"], direction * _number(match["number"]))
        return _interval(min(there, self._today), max(there, self._today))

    # which of them

    def _nearest(self, at: Callable[[int], _Period], before: date | None, *, towards: int = 0) -> _Period | None:
        """Return the nearest of a yearly period: the last begun by today (-1), the first that is not over (1).

        Where nothing says towards which, it is as the tense has it; without one, the period gone by, unless that is
        most of a year away and the coming one near.
        """
        limit = before or self._today
        if not towards and self._tense is None and not before:
            gone, coming = (self._nearest(at, None, towards=way) for way in (-1, 1))
            far = gone and coming and limit - gone.final > _LONG_GONE and coming.first - limit < _SOON
            return coming if far else gone
        ahead = not before and (towards > 0 or (not towards and self._tense == "future"))
        for away in range(9):  # 29 February may be eight years away
            try:
                period = at(limit.year + (away - 1 if ahead else 1 - away))
            except ValueError:
                continue
            if (period.final >= limit) if ahead else (period.first <= limit):
                return period
        return None

    def _year_named(self, year: str) -> int:
        if year.isdigit():
            return int(year)
        return self._today.year + {"last": -1, "next": 1}.get(year.partition(" ")[0], 0)


_Reading = Callable[[_Reader, re.Match[str], date | None], _Period | None]
_READINGS: tuple[tuple[re.Pattern[str], _Reading], ...] = tuple(
    (re.compile(form), reading)
    for form, reading in (
        (rf"overnight|{_any(_VOCABULARY.days)}", _Reader.near_day),
        (rf"(?P<name>{_any(_VOCABULARY.holidays)})(?: (?P<year>{_YEAR}))?", _Reader.holiday),
        (rf"(\d\d?)[/.](\d\d?)[/.]({_YEAR})", _Reader.numeric),
        (
            rf"(?:(?P<weekday>{_WEEKDAY}) )?(?:the )?"
            rf"(?:(?P<d1>{_DAY})(?: of)? (?P<m1>{_MONTH})|(?P<m2>{_MONTH}) (?:the )?(?P<d2>{_DAY}))"
            rf"(?:(?: of| in)? (?P<year>{_NAMED_YEAR}))?",
            _Reader.calendar_day,
        ),
        (rf"(?:(?P<which>{_WHICH}) )?(?P<month>{_MONTH})(?:(?: of| in)? (?P<year>{_NAMED_YEAR}))?", _Reader.month),
        (
            rf"(?:(?P<which>{_WHICH}) )?(?P<day>{_WEEKDAY})(?: (?:of )?(?P<week>{_WHICH}) week)?"
            rf"|(?P<week2>{_WHICH}) week(?:'s)?(?: on)? (?P<day2>{_WEEKDAY})",
            _Reader.weekday,
        ),
        (
            rf"{_YEAR}|(?P<decade>(?:1[0-9]|20)\d)0s|(?P<century>\d\d)(?:st|nd|rd|th)? century",
            _Reader.year,
        ),
        (
            rf"(?:(?P<which>{_WHICH}) )?(?P<season>{_any(_VOCABULARY.seasons)})"
            rf"(?:(?: of)? (?P<year>{_NAMED_YEAR})(?:-\d\d)?)?",
            _Reader.season,
        ),
        (
            rf"(?P<number>{_any(_NUMBERS)}) (?P<kind>quarter|half)(?: of)? (?P<year>{_NAMED_YEAR}|the year)",
            _Reader.share_of_year,
        ),
        (
            rf"(?:(?P<part>earlier|later|early|late|mid) )?"
            rf"(?:(?P<which>{_WHICH}) (?P<unit>week|month|year|weekend)|weekend)"
            rf"|(?:end|start|beginning|middle|close) of (?:the|(?P<which2>{_WHICH})) (?P<unit2>week|month|year)",
            _Reader.unit,
        ),
        (rf"(?:about |around |some |nearly |almost )?{_COUNT}s?'? ago", _Reader.ago),
        (rf"(?:about )?{_COUNT}s?'? (?:from now|from today|time)", _Reader.ago),
        (rf"(?P<which>{_WHICH}) {_COUNT}s", _Reader.stretch),
    )
)


def _stripped(phrase: str) -> str:
    """Return the phrase without the time of day, and without what may open or close a date."""
    phrase = " ".join(_CLOCK.sub(" ", phrase).split())
    previous = None
    while phrase != previous and phrase not in _VOCABULARY.days:
        previous = phrase
        phrase = _OPENER.sub("", phrase)
        day = _HOURS.sub("", phrase)
        if day not in _WORDS.no_days:  # the same evening is no day that can be told
            phrase = day
    return phrase


def _completed(start: str, end: str) -> tuple[str, str]:
    """Return both ends of a range with the month and year that one lends the other: *4-6 April 2024*."""
    if re.fullmatch(_DAY, start) and (tail := re.search(rf"\b{_MONTH}\b.*", end)):
        return f"{start} {tail[0]}", end
    if (head := re.match(rf"({_MONTH}) {_DAY}$", start)) and re.match(rf"{_DAY}(?: {_YEAR})?$", end):
        end = f"{head[1]} {end}"
    if (year := re.search(rf" {_YEAR}$", end)) and not re.search(_YEAR, start):
        start += year[0]
    if re.fullmatch(_YEAR, start) and re.fullmatch(r"\d\d", end):
        end = start[:2] + end
    return start, end


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _direction(which: str | None) -> int:
    return -1 if which in _WORDS.last else 1 if which in _WORDS.next else 0


def _normal(text: str) -> str:
    """Return a phrase in lower case, with plain quotes and hyphens, and no commas, final stops or ordinal endings."""
    text = text.lower().replace("’", "'").replace("–", "-").replace("—", "-")
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b(?! century)", "", text)
    text = re.sub(r"(?<=[a-z])\.(?=\s|$|-)", "", text).replace(",", " ")
    text = re.sub(r"\bmid-(?=\w)", "mid ", text)
    return " ".join(text.split()).strip(" .")


def _iso(phrase: str) -> _Period | None:
    match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", phrase)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    if not 1 <= month <= 12:
        return None
    return _day(date(year, month, int(match[3]))) if match[3] else _month_of(year, month)


def _day(day: date) -> _Period:
    return _Period(day, day, day.isoformat())


def _interval(first: date, final: date) -> _Period:
    return _Period(first, final, f"{first}/{final}" if first != final else first.isoformat())


def _month_of(year: int, month: int) -> _Period:
    first = date(year, month, 1)
    return _Period(first, _last_of(first), f"{year:04}-{month:02}")


def _years(first: int, many: int, edtf: str) -> _Period:
    return _Period(date(first, 1, 1), date(first + many - 1, 12, 31), edtf)


def _season_of(year: int, season: _Season) -> _Period:
    last = _last_of(date(year + (season.last < 3), season.last, 1))  # winter ends in the year after
    return _Period(_moved(_first_of(last), "month", -2), last, f"{year:04}-{season.code}")


def _first_of(day: date) -> date:
    return day.replace(day=1)


def _last_of(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _moved(day: date, unit: str, many: int) -> date:
    """Return the day so many units away; the last of a shorter month stands for days it lacks."""
    if unit in ("day", "week"):
        return day + timedelta(many * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + many * (12 if unit == "year" else 1)
    first = date(months // 12, months % 12 + 1, 1)
    return first.replace(day=min(day.day, _last_of(first).day))
