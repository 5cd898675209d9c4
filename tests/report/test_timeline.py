"""The timeline: where bars lie, what stays off it."""

from collections.abc import Sequence
from dataclasses import replace

from examples import article, span

from claimx.records import Article, Date
from claimx.report.story import tell_story
from claimx.report.timeline import Timeline, lay_out


def dated(*dates: str | None, published: str | None = "2024-12-19") -> Timeline:
    """Return the timeline of an article with a claim for each date; None is a claim that names no time."""
    claim = article().claims[0]
    whens = [span("Monday", date=Date(edtf, "explicit")) if edtf else None for edtf in dates]
    claims = tuple(replace(claim, id=str(number), when=when) for number, when in enumerate(whens))
    return lay_out(tell_story([replace(article(), claims=claims, published=published)]))


def bars(timeline: Timeline) -> Sequence[tuple[float, float]]:
    return [(row.bar.start, row.bar.start + row.bar.width) for row in timeline.rows]


def test_rows_stand_in_order_and_share_dates() -> None:
    timeline = dated("2024-12-16", "2024-12-10", "2024-12-16", "2024-12-09/2024-12-15")
    assert [row.words for row in timeline.rows] == ["9–15 December 2024", "10 December 2024", "16 December 2024"]
    assert [len(row.entries) for row in timeline.rows] == [1, 1, 2]


def test_an_interval_is_as_long_as_its_days() -> None:
    (week, day) = dated("2024-12-09/2024-12-15", "2024-12-16").rows
    assert round(week.bar.width / day.bar.width) == 7
    assert round(week.bar.start + week.bar.width, 1) == round(day.bar.start, 1)
    assert (week.bar.before, week.bar.after) == (False, False)


def test_all_that_is_near_lies_within_the_axis() -> None:
    timeline = dated("2024-12-01", "2024-12-16", "2024-12-20/2024-12-24")
    assert len(bars(timeline)) == 3
    assert all(0 < start < end < 100 for start, end in bars(timeline))
    assert timeline.publications[0].at is not None
    assert [tick.at for tick in timeline.ticks] == sorted(tick.at for tick in timeline.ticks)
    assert 3 <= len(timeline.ticks) <= 7


def test_what_is_far_off_is_said_to_go_on() -> None:
    timeline = dated("1998", "2024-12-10", "2024-12-12", "2024-12-14", "2024-12-16", "2024-12-20/..", "../2024-12-11")
    first = next(row for row in timeline.rows if row.words == "1998").bar
    assert (first.start, first.width, first.before) == (0, 0, True)
    since = next(row for row in timeline.rows if row.words.startswith("since")).bar
    assert (since.start + since.width, since.after) == (100, True)
    until = next(row for row in timeline.rows if row.words.startswith("until")).bar
    assert (until.start, until.before, until.after) == (0, True, False)


def test_years_make_years_of_ticks() -> None:
    timeline = dated("1990", "1999", "2008", "2020")
    assert timeline.ticks
    assert all(len(tick.words) == 4 for tick in timeline.ticks)


def test_undated_claims_stay_off_the_axis() -> None:
    timeline = dated(None, "2024-12-16")
    assert [entry.number for entry in timeline.undated] == [1]
    assert [entry.number for row in timeline.rows for entry in row.entries] == [2]
    assert dated(None).rows == ()
    assert dated(None, published=None).ticks == ()


def test_a_time_that_nobody_can_place_is_kept_apart() -> None:
    claim = replace(article().claims[0], when=span("Monday", date=Date(None, "relative to publication")))
    timeline = lay_out(tell_story([replace(article(), claims=(claim,), published=None)]))
    assert [entry.number for entry in timeline.unresolved] == [1]
    assert (timeline.undated, timeline.rows, timeline.publications) == ((), (), ())


def test_the_ends_of_the_calendar_are_no_trouble() -> None:
    timeline = dated("0001-01-01", "9999-12-31")
    assert len(timeline.rows) == 2
    assert all(0 <= start <= end <= 100 for start, end in bars(timeline))


def test_publications_are_shown_for_what_they_are() -> None:
    whole: list[Article] = [
        replace(article(), published=day) for day in ("2024-12-20", "2024-12-19", "2024-12-20", None)
    ]
    timeline = lay_out(tell_story(whole))
    assert [(day.words, day.articles) for day in timeline.publications] == [
        ("19 December 2024", (1,)),
        ("20 December 2024", (0, 2)),
    ]
