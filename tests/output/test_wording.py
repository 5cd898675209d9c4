"""How claims read to people: who leads, how sure it is told, what to check, and what all of it comes to."""

from dataclasses import replace
from typing import get_args

import pytest
from examples import TEXT, article, source, span

from claimx.output.wording import SAYING, Tally, why_check, word_actors, word_reserve, word_span, word_status, word_when
from claimx.records import Article, Claim, Date, Status

FULL, BARE = article().claims


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (FULL, "Russian cargo planes → radars (moved)"),
        (replace(FULL, vehicle=None), "Russian → radars (moved)"),
        (replace(FULL, who=None, what=None), "Russian cargo planes (moved)"),
        (replace(FULL, who=None, vehicle=None), "radars (moved)"),
        (BARE, "They [Russian cargo planes] (left)"),
        (replace(FULL, who=span("Russia"), vehicle=None), "Russia (?) → radars (moved)"),  # of the headline
    ],
)
def test_whoever_moves_comes_first_and_a_guess_is_marked(claim: Claim, words: str) -> None:
    assert word_actors(claim) == words


def test_what_bounds_a_time_stands_before_it() -> None:
    assert FULL.when is not None
    assert word_when(FULL) == f"since {word_span(FULL.when)}"
    assert word_when(replace(FULL, when=span("Libya"))) == "Libya"
    assert word_when(replace(FULL, when=None)) == ""


@pytest.mark.parametrize(
    ("status", "said", "alone"),
    [
        ("asserted", "said by", "stated as fact"),
        ("hedged", "alleged by", "told with reserve"),
        ("prospective", "planned, says", "planned or expected"),
        ("barred", "barred, says", "forbidden or suspended"),
        ("negated", "denied by", "denied, or did not happen"),
        ("unclear", "left open by", "left open"),
    ],
)
def test_a_status_stands_in_words(status: Status, said: str, alone: str) -> None:
    claim = replace(FULL, status=status, status_cue=None, sources=(source("the officials", "officials"),))
    assert word_status(claim) == (said, "the officials")
    assert word_status(replace(claim, sources=())) == ("status", alone)
    cue = span("reportedly")
    assert word_status(replace(claim, sources=(), status_cue=cue)) == ("status", f"{alone} (“reportedly”)")


def test_a_heading_says_before_it_what_is_not_asserted() -> None:
    denied = replace(FULL, status="negated", sources=(source("the officials", "officials"), *FULL.sources[1:]))
    assert word_reserve(denied) == "Denied by the officials"  # those nearest to the event
    assert word_reserve(replace(denied, sources=())) == "Denied, or did not happen"
    assert word_reserve(replace(denied, status="asserted")) == ""


def test_every_status_has_its_words() -> None:
    assert set(SAYING) == set(get_args(Status))


@pytest.mark.parametrize(
    ("edtf", "words"),
    [("2024-23", "autumn 2024"), ("2024-12-09/2024-12-15", "9–15 December 2024"), ("nonsense", "nonsense")],
)
def test_dates_are_spelled_out(edtf: str, words: str) -> None:
    assert word_span(span("Monday", date=Date(edtf, "explicit"))) == f"Monday [{words}]"


@pytest.mark.parametrize(
    ("claim", "reasons"),
    [
        (FULL, []),
        (replace(FULL, confidence=0.5), []),
        (replace(FULL, confidence=0.49), ["confidence 0.49"]),
        (replace(FULL, who=span("Russia")), ["a party that its sentence does not name"]),
        (replace(FULL, disputed_by=("1",)), ["denied elsewhere in the article"]),
    ],
)
def test_what_is_to_check_says_why(claim: Claim, reasons: list[str]) -> None:
    assert why_check(claim) == reasons


def summed(*told: Article) -> list[str]:
    tally = Tally()
    assert list(tally.watch(told)) == list(told)
    return list(tally.words())


def test_the_last_line_sums_up() -> None:
    unsure = replace(
        article(), claims=(replace(FULL, confidence=0.2, disputed_by=("1",)), replace(BARE, confidence=0.3))
    )
    assert summed(article(), unsure, replace(article(), claims=())) == [
        "4 claims in 3 articles: 2 asserted, 2 hedged; 1 article without any",
        "check 2 of them: confidence below 0.5 (2), denied elsewhere in the article (1)",
    ]
    assert summed(replace(article(), claims=())) == ["0 claims in 1 article"]


def test_what_cannot_be_dated_gets_a_hint() -> None:
    undated = replace(article(), published=None, claims=(replace(FULL, when=span("Monday")),))
    relative = replace(FULL, when=span("Monday", date=Date(None, "relative to publication")))
    assert "--date" in summed(undated)[-1]
    assert "--date" in summed(replace(undated, claims=(relative,)))[-1]
    for other in (replace(undated, published="2024-12-19"), replace(undated, claims=(BARE,))):
        assert "--date" not in summed(other)[-1]
    assert TEXT
