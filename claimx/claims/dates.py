"""Dates behind time expressions, as EDTF (ISO 8601-2): *16 December*, *last week*, *the summer of 2017*.

News has few forms and they are fixed, so this is a small grammar over `rules/dates.toml`. General date parsers
(dateparser was tried) read *two months* and *the 1990s* as days and fill what a phrase leaves open from today; here
a part of a month or year gives the whole (*late December* → the month), a duration gives nothing, and whatever
needs the day of publication says so in `basis`, with a null where that day is not known.
"""

import functools
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

_YEAR = r"(?:1[0-9]|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NUMBERS = {"a": 1, "an": 1, **CARDINALS, **ORDINALS}
_LONG_GONE, _SOON = timedelta(300), timedelta(45)
_CLOCK = re.compile(
    r"\b(?:at )?(?:\d{1,2}[:.]\d\d(?::\d\d)? ?(?:am|pm|hrs|hours)?|\d{1,2} ?(?:am|pm)|\d{4} ?(?:gmt|utc|hrs|hours))\b"
)


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
        self._future = tense == "future"
        self._words = _vocabulary()
        self.anchored = False

    @property
    def _today(self) -> date:
        if self._published is None:
            raise _Unanchored
        self.anchored = True
        return self._published

    def read(self, phrase: str) -> str | None:
        """Return the phrase as EDTF, intervals and open ends included."""
        for reading in (self._range, self._since, self._until):
            if edtf := reading(phrase):
                return edtf
        period = self._period(phrase)
        return period.edtf if period else None

    # intervals

    def _range(self, phrase: str) -> str | None:
        match = (
            re.fullmatch(r"(?:between )?(.+) and (.+)", phrase)  # spans leave "between" out
            or re.fullmatch(r"(?:from )?(.+?) (?:to|until|till|through|and until) (.+)", phrase)
            or re.fullmatch(rf"(?:from )?(.*?{_DAY}) ?- ?({_DAY}\b(?!\d).*)", phrase)
            or re.fullmatch(r"(?:from )?(.+?) ?- ?(.+)", phrase)
        )
        if match is None or _iso(phrase):
            return None
        start, end = self._completed(match[1].strip(), match[2].strip())
        first, final = self._period(start), self._period(end)
        if first is None or final is None:
            return None
        if first.first > final.first and self.anchored:  # 30 December to 2 January
            first = self._period(start, before=final.first)
        if first is None or first.first > final.first:
            return None
        return f"{first.edtf.partition('/')[0]}/{final.edtf.rpartition('/')[2]}"

    def _completed(self, start: str, end: str) -> tuple[str, str]:
        """Return both ends of a range with the month and year that one lends the other: *4-6 April 2024*."""
        month = self._any(MONTHS)
        if re.fullmatch(_DAY, start) and (tail := re.search(rf"\b{month}\b.*", end)):
            return f"{start} {tail[0]}", end
        if (head := re.match(rf"({month}) {_DAY}$", start)) and re.match(rf"{_DAY}(?: {_YEAR})?$", end):
            end = f"{head[1]} {end}"
        if (year := re.search(rf" {_YEAR}$", end)) and not re.search(_YEAR, start):
            start += year[0]
        if re.fullmatch(_YEAR, start) and re.fullmatch(r"\d\d", end):
            end = start[:2] + end
        return start, end

    def _since(self, phrase: str) -> str | None:
        opener = re.match(rf"{self._any(self._words.words.since)} ", phrase)
        period = self._period(phrase[opener.end() :]) if opener else None
        return f"{period.edtf.partition('/')[0]}/.." if period else None

    def _until(self, phrase: str) -> str | None:
        opener = re.match(rf"{self._any(self._words.words.until)} ", phrase)
        period = self._period(phrase[opener.end() :]) if opener else None
        return f"../{period.edtf.rpartition('/')[2]}" if period else None

    # single periods

    def _period(self, phrase: str, before: date | None = None) -> _Period | None:
        """Return the period that a phrase names; `before` asks for the last such period up to that day."""
        phrase = self._stripped(phrase)
        readings: tuple[Callable[[str, date | None], _Period | None], ...] = (
            self._near_day,
            self._holiday,
            self._numeric,
            self._calendar_day,
            self._month,
            self._weekday,
            self._year,
            self._season,
            self._share_of_year,
            self._unit,
            self._ago,
            self._stretch,
        )
        for reading in readings:
            if period := reading(phrase, before):
                return period
        whole = re.sub(rf"^{self._any(self._words.words.parts)}[ -]", "", phrase)
        return self._period(whole, before) if whole != phrase else None

    def _stripped(self, phrase: str) -> str:
        words = self._words
        opener, hours = self._any(words.words.openers), self._any(words.words.hours)
        if phrase in words.days:
            return phrase
        phrase = " ".join(_CLOCK.sub(" ", phrase).split())
        previous = None
        while phrase != previous and phrase not in words.days and phrase not in words.holidays:
            previous = phrase
            phrase = re.sub(rf"^{opener} (?=.)", "", phrase)
            day = re.sub(rf"(?<=.)(?: in the| at)? {hours}$", "", phrase)
            if day not in words.words.no_days:  # the same evening is no day that can be told
                phrase = day
        return phrase

    def _near_day(self, phrase: str, _: date | None) -> _Period | None:
        if phrase == "overnight":
            return _interval(self._today - timedelta(1), self._today)
        if phrase not in self._words.days:
            return None
        return _day(self._today + timedelta(self._words.days[phrase]))

    def _holiday(self, phrase: str, before: date | None) -> _Period | None:
        name, _, year = phrase.rpartition(" ")
        if re.fullmatch(_YEAR, year) and (known := self._words.holidays.get(name)):
            return _day(date.fromisoformat(f"{year}-{known[-5:]}"))
        known = self._words.holidays.get(phrase)
        if known is None:
            return None
        if len(known) > len("12-25"):
            return _day(date.fromisoformat(known))
        return self._nearest(lambda year: _day(date.fromisoformat(f"{year}-{known}")), before)

    def _numeric(self, phrase: str, _: date | None) -> _Period | None:
        if iso := _iso(phrase):
            return iso
        match = re.fullmatch(rf"(\d\d?)[/.](\d\d?)[/.]({_YEAR})", phrase)
        if match is None:
            return None
        one, other, year = map(int, match.groups())
        if one > 12:
            return _day(date(year, other, one))
        if other > 12 or one == other:
            return _day(date(year, one, other))
        return None  # 3/4/2024 is March or April, by who wrote it

    def _calendar_day(self, phrase: str, before: date | None) -> _Period | None:
        month, weekday = self._any(MONTHS), self._any(WEEKDAYS)
        match = re.fullmatch(
            rf"(?:(?P<weekday>{weekday}) )?(?:the )?"
            rf"(?:(?P<d1>{_DAY})(?: of)? (?P<m1>{month})|(?P<m2>{month}) (?:the )?(?P<d2>{_DAY}))"
            rf"(?:(?: of| in)? (?P<year>{_YEAR}|this year|last year|next year))?",
            phrase,
        )
        if match is None:
            return None
        number, day = MONTHS[match["m1"] or match["m2"]], int(match["d1"] or match["d2"])
        year = match["year"]
        if year is not None:
            return _day(date(self._year_named(year), number, day))
        if match["weekday"] and not before:  # Monday, Dec. 16: the weekday tells the year
            years = sorted(range(self._today.year - 6, self._today.year + 7), key=lambda y: abs(y - self._today.year))
            wanted = WEEKDAYS[match["weekday"]]
            days = (date(y, number, day) for y in years if day < 29 or day <= monthrange(y, number)[1])
            return next((_day(found) for found in days if found.isoweekday() == wanted), None)
        return self._nearest(lambda year: _day(date(year, number, day)), before)

    def _month(self, phrase: str, before: date | None) -> _Period | None:
        month = self._any(MONTHS)
        match = re.fullmatch(
            rf"(?:(?P<which>{self._which()}) )?(?P<month>{month})"
            rf"(?:(?: of| in)? (?P<year>{_YEAR}|this year|last year|next year))?",
            phrase,
        )
        if match is None:
            return None
        number = MONTHS[match["month"]]
        if match["year"]:
            return _month_of(self._year_named(match["year"]), number)
        which = self._direction(match["which"])
        if which == 0 and match["which"]:
            return _month_of(self._today.year, number)
        here = self._today.month == number
        if which < 0:
            return self._nearest(
                lambda year: _month_of(year, number), _first_of(self._today) - timedelta(1), future=False
            )
        if which > 0 and here:
            return _month_of(self._today.year + 1, number)
        return self._nearest(lambda year: _month_of(year, number), before, future=True if which else None)

    def _weekday(self, phrase: str, before: date | None) -> _Period | None:
        weekday, which = self._any(WEEKDAYS), self._which()
        match = re.fullmatch(
            rf"(?:(?P<which>{which}) )?(?P<day>{weekday})(?: (?:of )?(?P<week>{which}) week)?"
            rf"|(?P<week2>{which}) week(?:'s)?(?: on)? (?P<day2>{weekday})",
            phrase,
        )
        if match is None:
            return None
        number = WEEKDAYS[match["day"] or match["day2"]]
        if week := match["week"] or match["week2"]:
            monday = self._today - timedelta(self._today.isoweekday() - 1)
            return _day(monday + timedelta(7 * self._direction(week) + number - 1))
        limit = before or self._today
        back = (limit.isoweekday() - number) % 7
        ahead = (number - limit.isoweekday()) % 7
        direction = self._direction(match["which"])
        if direction < 0:
            return _day(limit - timedelta(back or 7))
        if direction > 0:
            return _day(limit + timedelta(ahead or 7))
        if match["which"]:  # this Friday: of this week
            return _day(limit + timedelta(number - limit.isoweekday()))
        return _day(limit + timedelta(ahead) if self._future and not before else limit - timedelta(back))

    def _year(self, phrase: str, _: date | None) -> _Period | None:
        if re.fullmatch(_YEAR, phrase):
            return _years(int(phrase), 1, phrase)
        if match := re.fullmatch(rf"({_YEAR[:-4]}\d)0s", phrase):
            return _years(int(match[1]) * 10, 10, f"{match[1]}X")
        if match := re.fullmatch(r"(\d\d)(?:st|nd|rd|th)? century", phrase):
            return _years((int(match[1]) - 1) * 100, 100, f"{int(match[1]) - 1:02}XX")
        return None

    def _season(self, phrase: str, before: date | None) -> _Period | None:
        match = re.fullmatch(
            rf"(?:(?P<which>{self._which()}) )?(?P<season>{self._any(self._words.seasons)})"
            rf"(?:(?: of)? (?P<year>{_YEAR}|this year|last year|next year)(?:-\d\d)?)?",
            phrase,
        )
        if match is None:
            return None
        season = self._words.seasons[match["season"]]
        if match["year"]:
            return _season_of(self._year_named(match["year"]), season)
        which = self._direction(match["which"])
        if which == 0 and match["which"]:
            begun = _season_of(self._today.year - 1, season)  # this winter, said in January
            return begun if begun.final >= self._today else _season_of(self._today.year, season)
        if which < 0 or (which == 0 and not self._future):
            ended = self._nearest(lambda year: _season_of(year, season), before, future=False if which else None)
            if ended and which < 0 and ended.final >= self._today:
                return _season_of(int(ended.edtf[:4]) - 1, season)
            return ended
        return self._nearest(lambda year: _season_of(year, season), before, future=True)

    def _share_of_year(self, phrase: str, _: date | None) -> _Period | None:
        numbers = self._any(_NUMBERS)
        match = re.fullmatch(
            rf"({numbers}) (quarter|half)(?: of)? ({_YEAR}|this year|last year|next year|the year)", phrase
        )
        if match is None:
            return None
        number, kind, year = _NUMBERS[match[1]], match[2], self._year_named(match[3])
        months = 3 if kind == "quarter" else 6
        if number * months > 12:
            return None
        first = date(year, (number - 1) * months + 1, 1)
        code = (33 if kind == "quarter" else 40) + number - 1
        return _Period(first, _last_of(date(year, number * months, 1)), f"{year:04}-{code}")

    def _unit(self, phrase: str, _: date | None) -> _Period | None:
        """Read *last week*, *earlier this month*, *the end of the year*, *the weekend*."""
        which = self._which()
        match = re.fullmatch(
            rf"(?:(?P<part>earlier|later|early|late|mid) )?"
            rf"(?:(?P<which>{which}) (?P<unit>week|month|year|weekend)|weekend)"
            rf"|(?:end|start|beginning|middle|close) of (?:the|(?P<which2>{which})) (?P<unit2>week|month|year)",
            phrase,
        )
        if match is None:
            return None
        unit = match["unit"] or match["unit2"] or "weekend"
        if match["which"] in ("past", "the past") and unit != "weekend":  # the past week: up to now
            return _interval(_moved(self._today, unit, -1), self._today)
        period = self._unit_at(unit, self._direction(match["which"] or match["which2"]))
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
        if away == 0 and not self._future and today < saturday:
            away = -1  # the weekend, on a weekday: the one just gone
        return _interval(saturday + timedelta(7 * away), saturday + timedelta(7 * away + 1))

    def _ago(self, phrase: str, _: date | None) -> _Period | None:
        number = rf"(?P<number>\d+|{self._any(_NUMBERS)})"
        units = r"(?P<unit>day|week|month|year)s?'?"
        match = re.fullmatch(rf"(?:about |around |some |nearly |almost )?{number} {units} ago", phrase)
        sign = -1
        if match is None:
            match = re.fullmatch(rf"(?:about )?{number} {units} (?:from now|from today|time)", phrase)
            sign = 1
        if match is None:
            return None
        many = sign * self._number(match["number"])
        there = _moved(self._today, match["unit"], many)
        if match["unit"] == "day":
            return _day(there)
        if match["unit"] == "week":
            return _Period(there, there, f"{there}~")
        if match["unit"] == "month":
            return _month_of(there.year, there.month)._replace(edtf=f"{there:%Y-%m}~")
        return _years(there.year, 1, f"{there.year:04}~")

    def _stretch(self, phrase: str, _: date | None) -> _Period | None:
        """Read *the past three weeks*, *the next two days*."""
        number = rf"(?P<number>\d+|{self._any(_NUMBERS)})"
        match = re.fullmatch(
            rf"(?P<which>{self._which()}) {number} (?P<unit>day|week|month|year)s",
            phrase,
        )
        if match is None:
            return None
        direction, many = self._direction(match["which"]), self._number(match["number"])
        if direction < 0:
            return _interval(_moved(self._today, match["unit"], -many), self._today)
        if direction > 0:
            return _interval(self._today, _moved(self._today, match["unit"], many))
        return None

    # pieces

    def _nearest(
        self, at: Callable[[int], _Period], before: date | None, *, future: bool | None = None
    ) -> _Period | None:
        """Return the nearest of a yearly period: the last begun by today, or the first that is not over."""
        limit = before or self._today
        if future is None and self._tense is None and not before:
            return self._nearer(self._nearest(at, None, future=False), self._nearest(at, None, future=True))
        future = self._future if future is None else future
        for away in range(9):  # 29 February may be eight years away
            year = limit.year + (away - 1 if future and not before else 1 - away)
            try:
                period = at(year)
            except ValueError:
                continue
            if (period.final >= limit) if future and not before else (period.first <= limit):
                return period
        return None

    def _nearer(self, gone: _Period | None, coming: _Period | None) -> _Period | None:
        """Return the period gone by, unless that is most of a year away and the coming one near."""
        if gone and coming and self._today - gone.final > _LONG_GONE and coming.first - self._today < _SOON:
            return coming
        return gone

    def _year_named(self, year: str) -> int:
        if year.isdigit():
            return int(year)
        return self._today.year + {"last": -1, "next": 1}.get(year.partition(" ")[0], 0)

    def _number(self, word: str) -> int:
        return int(word) if word.isdigit() else _NUMBERS[word]

    def _which(self) -> str:
        words = self._words.words
        return self._any((*words.this, *words.last, *words.next))

    def _direction(self, which: str | None) -> int:
        words = self._words.words
        return -1 if which in words.last else 1 if which in words.next else 0

    @staticmethod
    def _any(words: Iterable[str]) -> str:
        return _alternatives(tuple(words))


@functools.cache
def _vocabulary() -> _Vocabulary:
    return read_bundled(_Vocabulary, "dates.toml")


@functools.cache
def _alternatives(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


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
    return _Period(_first_of(_moved(_first_of(last), "month", -2)), last, f"{year:04}-{season.code}")


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
