"""The timeline: claims at the dates that they give themselves, articles at theirs, the undated apart."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from claimx.edtf import read_day, word_day, word_edtf
from claimx.report.story import Entry, Period, Story

_SHARE = 0.7  # of the dated claims, at least, lie within the days that the axis spans
_WIDE = 4.0  # times as long may all days together be for the axis to span them all
_NEAR = timedelta(45)
_TICKS = 7
_ROOM = 88.0  # per cent of the axis up to which a tick has room for its words
_SCALES = (1, 2, 3, 7, 14)  # days between ticks; longer axes count in months
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a period lies on the axis, in per cent; `before` and `after` say that it goes on beyond its end."""

    start: float
    width: float
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The claims of one date: the date in words, its EDTF, its bar, and whether it is a `range` of days or one day."""

    words: str
    edtf: str
    bar: Bar
    range: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A day of the axis, in per cent and in words."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Publication:
    """The day on which articles (by index) appeared, and where it lies on the axis, None where beyond."""

    words: str
    at: float | None
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows from the earliest; publications; `undated` claims name no time, `unresolved` one that cannot be placed."""

    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    publications: tuple[Publication, ...]
    undated: tuple[Entry, ...]
    unresolved: tuple[Entry, ...]


def lay_out(story: Story) -> Timeline:
    """Return the story's claims along time."""
    dated: dict[str, list[Entry]] = defaultdict(list)
    periods: dict[str, Period] = {}
    for entry in story.entries:
        if entry.edtf and entry.period:
            dated[entry.edtf].append(entry)
            periods.setdefault(entry.edtf, entry.period)
    published: dict[date, list[int]] = defaultdict(list)
    for index, article in enumerate(story.articles):
        if day := read_day(article.published):
            published[day].append(index)
    starts = sorted(_ends(periods[edtf])[0] for edtf, group in dated.items() for _ in group)
    axis = _axis(starts, [_ends(period)[1] for period in periods.values()], sorted(published))
    rest = [entry for entry in story.entries if entry.period is None]
    return Timeline(
        ticks=tuple(tick for tick in _ticks(axis) if tick.at <= _ROOM) if dated else (),
        rows=tuple(
            Row(word_edtf(edtf), edtf, _bar(period, axis), period.first != period.final, tuple(dated[edtf]))
            for edtf, period in sorted(periods.items(), key=lambda known: (_ends(known[1]), known[0]))
        ),
        publications=tuple(
            Publication(word_day(day), _place(day, axis) if axis[0] <= day <= axis[1] else None, tuple(indexes))
            for day, indexes in sorted(published.items())
        ),
        undated=tuple(entry for entry in rest if entry.claim.when is None),
        unresolved=tuple(entry for entry in rest if entry.claim.when is not None),
    )


Axis = tuple[date, date]


def _ends(period: Period) -> Axis:
    """Return the days of a period; an open one is taken at the end that it has."""
    first, final = period.first or period.final, period.final or period.first
    return first or date.max, final or date.max


def _axis(starts: Sequence[date], ends: Sequence[date], published: Sequence[date]) -> Axis:
    """Return the days that the axis spans: all of them, or where few lie far off, the shortest span of most."""
    if not starts:
        return (published[0], published[-1]) if published else (date.min, date.min)
    many = max(1, round(_SHARE * len(starts)))
    spans = [(starts[i + many - 1] - starts[i], i) for i in range(len(starts) - many + 1)]
    _, best = min(spans)
    dense = starts[best], starts[best + many - 1]
    around = _moved(dense[0], -_NEAR), _moved(dense[1], _NEAR)
    near = [day for day in published if around[0] <= day <= around[1]]
    first, final = min([dense[0], *near]), max([dense[1], *near])
    room = max((final - first) * _WIDE, _NEAR)
    everything = min([starts[0], *published]), max([*ends, *published])
    if everything[1] - everything[0] <= room:
        first, final = everything
    margin = max(timedelta(1), (final - first) // 16)
    return _moved(first, -margin), _moved(final, margin)


def _moved(day: date, by: timedelta) -> date:
    """Return the day so much later; the calendar's first or last where there is none."""
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta(0) else date.min


def _place(day: date, axis: Axis, *, end: bool = False) -> float:
    """Return where a day begins on the axis, or ends, in per cent of it."""
    length = (axis[1] - axis[0]).days + 1
    return round(100 * ((day - axis[0]).days + end) / length, 2)


def _bar(period: Period, axis: Axis) -> Bar:
    start = 0.0 if period.first is None else _place(period.first, axis)
    stop = 100.0 if period.final is None else _place(period.final, axis, end=True)
    before, after = start < 0 or period.first is None, stop > 100 or period.final is None
    left, right = max(0.0, min(start, 100.0)), max(0.0, min(stop, 100.0))
    return Bar(left, round(right - left, 2), before, after)


def _ticks(axis: Axis) -> list[Tick]:
    days = (axis[1] - axis[0]).days + 1
    step = next((scale for scale in _SCALES if days / scale <= _TICKS), None)
    if step:
        marks = [_moved(axis[0], timedelta(n)) for n in range(0, days, step)]
        return [Tick(_place(day, axis), f"{day.day} {word_day(day).split()[1][:3]}") for day in marks]
    months = next((scale for scale in _MONTHS if days / 30.4 / scale <= _TICKS), _MONTHS[-1])
    count = axis[0].year * 12 + axis[0].month  # months from the first that begins on the axis
    counted = range(count, axis[1].year * 12 + axis[1].month)
    marks = [date(month // 12, month % 12 + 1, 1) for month in counted if month % months == 0]
    return [
        Tick(_place(day, axis), str(day.year) if months >= 12 else f"{word_day(day)[2:5]} {day.year}") for day in marks
    ]
