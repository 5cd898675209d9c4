"""Time expressions to EDTF, against articles published on Thursday 19 December 2024 unless said otherwise."""

import re
from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

import claimx
from claimx.claims.dates import resolve_date
from claimx.records import Article

PUBLISHED = date(2024, 12, 19)
RELATIVE, EXPLICIT = "relative to publication", "explicit"

# phrase, as said of the past, as said of the future
RELATIVES = [
    ("16 December", "2024-12-16", "2025-12-16"),
    ("December 16", "2024-12-16", "2025-12-16"),
    ("Dec. 27", "2023-12-27", "2024-12-27"),
    ("the 9th of September", "2024-09-09", "2025-09-09"),
    ("September 9th", "2024-09-09", "2025-09-09"),
    ("February 29", "2024-02-29", "2028-02-29"),
    ("Monday, Dec. 16", "2024-12-16", "2024-12-16"),
    ("Wednesday 18 December", "2024-12-18", "2024-12-18"),
    ("16 December last year", "2023-12-16", "2023-12-16"),
    ("Tuesday", "2024-12-17", "2024-12-24"),
    ("on Tuesday", "2024-12-17", "2024-12-24"),
    ("Thursday", "2024-12-19", "2024-12-19"),
    ("last Tuesday", "2024-12-17", "2024-12-17"),
    ("last Thursday", "2024-12-12", "2024-12-12"),
    ("next Tuesday", "2024-12-24", "2024-12-24"),
    ("this Friday", "2024-12-20", "2024-12-20"),
    ("Tuesday last week", "2024-12-10", "2024-12-10"),
    ("last week’s Tuesday", "2024-12-10", "2024-12-10"),
    ("early Sunday", "2024-12-15", "2024-12-22"),
    ("early on Monday", "2024-12-16", "2024-12-23"),
    ("Monday evening", "2024-12-16", "2024-12-23"),
    ("late Monday night", "2024-12-16", "2024-12-23"),
    ("the night of Monday", "2024-12-16", "2024-12-23"),
    ("midnight Wednesday", "2024-12-18", "2024-12-25"),
    ("Tuesday at 3:30pm GMT", "2024-12-17", "2024-12-24"),
    ("later Friday", "2024-12-13", "2024-12-20"),
    ("yesterday", "2024-12-18", "2024-12-18"),
    ("today", "2024-12-19", "2024-12-19"),
    ("tomorrow", "2024-12-20", "2024-12-20"),
    ("tomorrow morning", "2024-12-20", "2024-12-20"),
    ("earlier today", "2024-12-19", "2024-12-19"),
    ("this morning", "2024-12-19", "2024-12-19"),
    ("last night", "2024-12-18", "2024-12-18"),
    ("the day before yesterday", "2024-12-17", "2024-12-17"),
    ("overnight", "2024-12-18/2024-12-19", "2024-12-18/2024-12-19"),
    ("last week", "2024-12-09/2024-12-15", "2024-12-09/2024-12-15"),
    ("this week", "2024-12-16/2024-12-22", "2024-12-16/2024-12-22"),
    ("next week", "2024-12-23/2024-12-29", "2024-12-23/2024-12-29"),
    ("earlier this week", "2024-12-16/2024-12-19", "2024-12-16/2024-12-19"),
    ("later this week", "2024-12-19/2024-12-22", "2024-12-19/2024-12-22"),
    ("earlier this month", "2024-12-01/2024-12-19", "2024-12-01/2024-12-19"),
    ("later this month", "2024-12-19/2024-12-31", "2024-12-19/2024-12-31"),
    ("this month", "2024-12", "2024-12"),
    ("last month", "2024-11", "2024-11"),
    ("next month", "2025-01", "2025-01"),
    ("this year", "2024", "2024"),
    ("last year", "2023", "2023"),
    ("late last year", "2023", "2023"),
    ("early next year", "2025", "2025"),
    ("the end of the month", "2024-12", "2024-12"),
    ("the end of next year", "2025", "2025"),
    ("the weekend", "2024-12-14/2024-12-15", "2024-12-21/2024-12-22"),
    ("over the weekend", "2024-12-14/2024-12-15", "2024-12-21/2024-12-22"),
    ("last weekend", "2024-12-14/2024-12-15", "2024-12-14/2024-12-15"),
    ("next weekend", "2024-12-28/2024-12-29", "2024-12-28/2024-12-29"),
    ("April", "2024-04", "2025-04"),
    ("December", "2024-12", "2024-12"),
    ("late December", "2024-12", "2024-12"),
    ("mid-March", "2024-03", "2025-03"),
    ("the end of March", "2024-03", "2025-03"),
    ("last December", "2023-12", "2023-12"),
    ("next March", "2025-03", "2025-03"),
    ("this summer", "2024-22", "2024-22"),
    ("last summer", "2024-22", "2024-22"),
    ("the autumn", "2024-23", "2025-23"),
    ("next spring", "2025-21", "2025-21"),
    ("Christmas Day", "2023-12-25", "2024-12-25"),
    ("New Year's Eve", "2023-12-31", "2024-12-31"),
    ("three days ago", "2024-12-16", "2024-12-16"),
    ("two weeks ago", "2024-12-05~", "2024-12-05~"),
    ("about three months ago", "2024-09~", "2024-09~"),
    ("a year ago", "2023~", "2023~"),
    ("in two weeks' time", "2025-01-02~", "2025-01-02~"),
    ("the past three weeks", "2024-11-28/2024-12-19", "2024-11-28/2024-12-19"),
    ("the past week", "2024-12-12/2024-12-19", "2024-12-12/2024-12-19"),
    ("the last two years", "2022-12-19/2024-12-19", "2022-12-19/2024-12-19"),
    ("the next two days", "2024-12-19/2024-12-21", "2024-12-19/2024-12-21"),
    ("the first half of next year", "2025-40", "2025-40"),
    ("between 4 and 6 April", "2024-04-04/2024-04-06", "2025-04-04/2025-04-06"),
    ("4 and 6 April", "2024-04-04/2024-04-06", "2025-04-04/2025-04-06"),
    ("March and May", "2024-03/2024-05", "2025-03/2025-05"),
    ("from 5-6 April", "2024-04-05/2024-04-06", "2025-04-05/2025-04-06"),
    ("5–6 April", "2024-04-05/2024-04-06", "2025-04-05/2025-04-06"),
    ("Dec. 16-18", "2024-12-16/2024-12-18", "2025-12-16/2025-12-18"),
    ("from 30 December to 2 January", "2023-12-30/2024-01-02", "2024-12-30/2025-01-02"),
    ("Monday to Wednesday", "2024-12-16/2024-12-18", "2024-12-23/2024-12-25"),
    ("since Saturday", "2024-12-14/..", "2024-12-21/.."),
]

EXPLICITS = [
    ("Dec. 16, 2024", "2024-12-16"),
    ("16 December 2024", "2024-12-16"),
    ("Monday 16 December, 2024", "2024-12-16"),
    ("16th of December 2024", "2024-12-16"),
    ("14 December 2024 at 10:00", "2024-12-14"),
    ("2024-12-16", "2024-12-16"),
    ("16/12/2024", "2024-12-16"),
    ("12/16/2024", "2024-12-16"),
    ("October 2024", "2024-10"),
    ("early October 2024", "2024-10"),
    ("2011", "2011"),
    ("in 2011", "2011"),
    ("mid-2011", "2011"),
    ("the end of 2025", "2025"),
    ("the 1990s", "199X"),
    ("the early 1990s", "199X"),
    ("the mid-1990s", "199X"),
    ("the 20th century", "19XX"),
    ("the summer of 2017", "2017-22"),
    ("summer 2017", "2017-22"),
    ("winter of 2017-18", "2017-24"),
    ("the third quarter of 2024", "2024-35"),
    ("New Year's Day 2025", "2025-01-01"),
    ("9/11", "2001-09-11"),
    ("between 2015 and 2017", "2015/2017"),
    ("2021 and 2023", "2021/2023"),
    ("from 2015 to 2017", "2015/2017"),
    ("2015-17", "2015/2017"),
    ("April 5-6, 2023", "2023-04-05/2023-04-06"),
    ("between 4 April and 6 May 2023", "2023-04-04/2023-05-06"),
    ("since 2019", "2019/.."),
    ("until 2026", "../2026"),
]

NO_DATES = [
    "two months",
    "four years",
    "a short time",
    "ten days",
    "a week",
    "24 hours",
    "the past few weeks",
    "recent weeks",
    "now",
    "currently",
    "daily",
    "every Tuesday",
    "dawn",
    "night",
    "3:30pm GMT",
    "the same evening",
    "the following day",
    "that day",
    "the war",
    "the Friday prayers",
    "the first time",
    "a Jewish festival",
    "later",
    "then",
    "21",
    "2,000",
    "2000 troops",
    "3/4/2024",
    "the month",
    "week",
    "now and then",
    "the first and second weeks",
    "late Thursday or early Friday",
    "the fall of the government",
    "between 6 and 4 April 2024",
    "30 February 2024",
    "Operation 2017",
    "",
    " . ",
]


@pytest.mark.parametrize(("phrase", "past", "future"), RELATIVES)
def test_dates_that_count_from_publication(phrase: str, past: str, future: str) -> None:
    for tense, edtf in (("past", past), ("future", future)):
        found = resolve_date(phrase, PUBLISHED, tense)
        assert found is not None
        assert (found.edtf, found.basis) == (edtf, RELATIVE)


@pytest.mark.parametrize("phrase", [row[0] for row in RELATIVES])
def test_without_a_publication_date_they_stay_open(phrase: str) -> None:
    found = resolve_date(phrase, None, "past")
    assert found is not None
    assert (found.edtf, found.basis) == (None, RELATIVE)


@pytest.mark.parametrize(("phrase", "edtf"), EXPLICITS)
@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_dates_that_stand_for_themselves(phrase: str, edtf: str, published: date | None) -> None:
    found = resolve_date(phrase, published)
    assert found is not None
    assert (found.edtf, found.basis) == (edtf, EXPLICIT)


@pytest.mark.parametrize("phrase", NO_DATES)
@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_durations_and_the_like_are_no_dates(phrase: str, published: date | None) -> None:
    assert resolve_date(phrase, published) is None


@pytest.mark.parametrize(
    ("phrase", "published", "tense", "edtf"),
    [
        ("16 December", date(2025, 1, 2), "past", "2024-12-16"),
        ("Sunday", date(2024, 12, 15), "past", "2024-12-15"),
        ("last weekend", date(2024, 12, 15), "past", "2024-12-07/2024-12-08"),
        ("the weekend", date(2024, 12, 15), "past", "2024-12-14/2024-12-15"),
        ("last month", date(2025, 1, 31), "past", "2024-12"),
        ("last summer", date(2025, 7, 1), "past", "2024-22"),
        ("this winter", date(2025, 1, 10), "past", "2024-24"),
        ("a month ago", date(2024, 3, 31), "past", "2024-02~"),
        ("earlier this year", date(2025, 1, 1), "past", "2025-01-01"),
        # no hint: the past, unless it is most of a year away and the future near
        ("Dec. 27", PUBLISHED, None, "2024-12-27"),
        ("16 December", PUBLISHED, None, "2024-12-16"),
        ("June", PUBLISHED, None, "2024-06"),
    ],
)
def test_edges_of_the_calendar(
    phrase: str, published: date, tense: Literal["past", "future"] | None, edtf: str
) -> None:
    found = resolve_date(phrase, published, tense)
    assert found is not None
    assert found.edtf == edtf


_PART = r"(\d{4}(-\d\d(-\d\d)?)?~?|\d{3}X|\d\dXX)"
_EDTF = re.compile(rf"{_PART}|{_PART}/{_PART}|{_PART}/\.\.|\.\./{_PART}")

_WORDS = st.sampled_from(
    [
        *("last", "next", "this", "the", "past", "two", "3", "weeks", "ago", "Monday", "April", "31", "30", "of"),
        *("2024", "between", "and", "to", "-", "early", "mid", "end", "year", "summer", "quarter", "first", "since"),
        *("until", "night", "weekend", "century", "1990s", "in", "9999", "0", "Feb.", "29", "winter", "earlier"),
    ]
)


@given(st.lists(_WORDS, max_size=7).map(" ".join) | st.text(max_size=20), st.dates())
def test_whatever_the_words_the_result_is_edtf(phrase: str, published: date) -> None:
    for tense in ("past", "future", None):
        found = resolve_date(phrase, published, tense)
        assert found is None or found.edtf is None or _EDTF.fullmatch(found.edtf), found


@given(st.lists(_WORDS, max_size=7).map(" ".join))
def test_without_a_publication_date_nothing_rests_on_it(phrase: str) -> None:
    found = resolve_date(phrase, None)
    assert found is None or (found.edtf is None) == (found.basis == RELATIVE)


@pytest.mark.parametrize(
    "when", ["early on Friday", "late on Monday", "earlier in the week", "Friday", "early in March"]
)
def test_the_part_of_a_day_or_month_belongs_to_the_time(when: str, nlp: Language) -> None:
    preposition = "on " if when == "Friday" else ""
    article = Article(source="t", text=f"The nurses arrived in Goma {preposition}{when}, aides said.")
    (claim,) = claimx.extract(article, nlp=nlp).claims
    assert claim.when is not None
    assert claim.when.text == when


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("On Sunday Norway announced a withdrawal from Mali.", None),
        ("Norway announced a withdrawal from Mali on Sunday.", "Sunday"),
        ("The council on Friday ordered the evacuation of some 2,300 residents.", None),
        ("A clerk said late on Tuesday no nurses would be sent to Goma.", None),
        ("A clerk said tomorrow the nurses will be sent to Goma.", "tomorrow"),
    ],
)
def test_the_time_at_which_it_was_told_is_not_that_of_the_movement(text: str, when: str | None, nlp: Language) -> None:
    (claim,) = claimx.extract(Article(source="t", text=text), nlp=nlp).claims
    assert (claim.when.text if claim.when else None) == when


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("In February in Kidal (Mali), three helicopters landed.", "February"),
        ("Ghana will withdraw half its troops from Mali by the summer -- some 700 soldiers.", "the summer"),
        ("The nurses left Mali in the summer of 2018.", "the summer of 2018"),
    ],
)
def test_what_stands_beside_a_time_is_no_part_of_it(text: str, when: str, nlp: Language) -> None:
    (claim,) = claimx.extract(Article(source="t", text=text), nlp=nlp).claims
    assert claim.when is not None
    assert claim.when.text == when
