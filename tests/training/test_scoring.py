"""The scorer on small made cases, counted by hand."""

import pytest

from claimx.records import Claim, Evidence, Source, Span
from claimx_training.scoring import GoldDocument, Marked, Tally, marked, same_span, score

TEXT = "The old ship left Goma on Monday and may reach the port of Bukavu, officials said."


def span(text: str, resolved: str | None = None) -> Span:
    start = TEXT.index(text)
    return Span(text, start, start + len(text), resolved=resolved)


LEFT = Marked(
    span("left"),
    {"vehicle": span("The old ship"), "origin": span("Goma"), "when": span("Monday")},
    "asserted",
    (span("officials"),),
)
REACH = Marked(
    span("reach"), {"vehicle": span("The old ship"), "destination": span("the port of Bukavu")}, "prospective"
)
GOLD = [GoldDocument("x", "made", TEXT, (LEFT, REACH))]


def test_everything_right() -> None:
    scores = score(GOLD, [[REACH, LEFT]])
    assert set(scores.figures().values()) == {1.0}
    assert scores.misses == []


def test_nothing_found() -> None:
    scores = score(GOLD, [[]])
    assert set(scores.figures().values()) == {0.0}
    assert (scores.triggers.gold, scores.roles.gold, scores.sources.gold) == (2, 5, 1)
    assert [miss.split(" ")[1] for miss in scores.misses] == ["missed", "missed"]


def test_a_spurious_claim_costs_precision_alone() -> None:
    extra = Marked(span("said"), {"who": span("officials")}, "asserted")
    scores = score(GOLD, [[LEFT, REACH, extra]])
    assert (scores.triggers.precision, scores.triggers.recall) == (2 / 3, 1.0)
    assert (scores.roles.precision, scores.roles.recall) == (5 / 6, 1.0)
    assert scores.usable == 1.0
    assert len(scores.misses) == 1


def test_wrong_roles_status_and_sources_are_counted_and_named() -> None:
    roles = {"who": span("The old ship"), "origin": span("Goma"), "when": span("on Monday")}
    wrong = Marked(span("left"), roles, "negated", (span("Bukavu"),))
    scores = score(GOLD, [[wrong, REACH]])
    assert scores.roles == Tally(right=4, gold=5, predicted=5)  # when overlaps by more than half
    assert scores.status == 0.5
    assert scores.sources == Tally(right=0, gold=1, predicted=1)
    assert scores.usable == 0.5
    assert len(scores.misses) == 4


def test_two_claims_on_one_trigger_are_told_apart_by_their_roles() -> None:
    first = Marked(span("left"), {"origin": span("Goma")}, "asserted")
    second = Marked(span("left"), {"origin": span("Bukavu")}, "asserted")
    scores = score([GoldDocument("x", "made", TEXT, (first, second))], [[second, first]])
    assert scores.roles.f1 == 1.0


def test_resolved_names_are_counted_where_both_spans_match() -> None:
    gold = Marked(span("left"), {"vehicle": span("ship", "The old ship")}, "asserted")
    for resolved, right in (("The old ship", 1), ("Goma", 0), (None, 0)):
        got = Marked(span("left"), {"vehicle": span("ship", resolved)}, "asserted")
        assert score([GoldDocument("x", "made", TEXT, (gold,))], [[got]]).resolved.right == right


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the port of Bukavu", "port of Bukavu", True),  # determiners do not count
        ("The old ship", "old ship", True),
        ("the port of Bukavu", "Bukavu", False),
        ("the port of Bukavu", "port of", True),
        ("Goma", "Bukavu", False),
    ],
)
def test_spans_are_the_same_where_they_share_half_of_the_longer(one: str, other: str, same: bool) -> None:
    assert same_span(span(one), span(other)) is same
    assert same_span(span(other), span(one)) is same


def test_an_extracted_claim_is_compared_by_its_spans() -> None:
    source = Source("officials", *bounds("officials"), resolved="Bukavu officials")
    claim = Claim(
        id="0" * 16,
        predicate="leave",
        trigger=span("left"),
        evidence=Evidence(TEXT, 0, len(TEXT), 0),
        vehicle=span("The old ship"),
        origin=span("Goma"),
        when=span("Monday"),
        sources=(source,),
    )
    assert marked(claim).roles == LEFT.roles
    assert score(GOLD, [[marked(claim), REACH]]).figures()["sources"] == 1.0


def bounds(words: str) -> tuple[int, int]:
    return span(words).start, span(words).end


def test_no_claims_at_all_make_no_division_by_zero() -> None:
    assert set(score([GoldDocument("x", "made", TEXT, ())], [[]]).figures().values()) == {0.0}
