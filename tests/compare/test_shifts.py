"""What changes on the way from a source to who retells it, and in the course of time."""

from dataclasses import replace

import pytest
from making import article, claim, span, tanks

from claimx.compare import compare
from claimx.compare.records import Cluster
from claimx.records import Article


def only(*told: Article) -> Cluster:
    clusters = compare(told).clusters
    assert len(clusters) == 1
    return clusters[0]


def hedged(one: Article, word: str) -> Article:
    return replace(one, claims=tuple(replace(c, status="hedged", status_cue=span(one.text, word)) for c in one.claims))


REUTERS = hedged(tanks("Reuters", tail=", it is reportedly so"), "reportedly")


def retold(status: str = "asserted", count: str = "30") -> Article:
    text = f"Russia moved {count} tanks from Syria to Libya on that day, Reuters reports.\n"
    roles = {"who": "Russia", "what": f"{count} tanks", "origin": "Syria", "destination": "Libya", "when": "that day"}
    said = claim(text, "moved", status=status, said=[("Reuters", "outlet")], on="2025-02-27", **roles)  # type: ignore[arg-type]
    return article("Herald", text, said, published="2025-03-02")


def test_a_hedge_that_is_gone_is_a_shift() -> None:
    cluster = only(REUTERS, retold())
    (shift,) = cluster.shifts
    assert (shift.kind, shift.source) == ("certainty", "Reuters")
    assert cluster.mentions[shift.mention].outlet == "Herald"
    assert cluster.mentions[shift.original].outlet == "Reuters"
    assert "reportedly" in shift.reason


def test_a_hedge_that_stays_is_none() -> None:
    assert only(REUTERS, retold("hedged")).shifts == ()


def test_who_names_nobody_has_shifted_nothing() -> None:
    assert only(REUTERS, tanks("Herald", published="2025-02-28")).shifts == ()


def test_another_number_than_the_named_source_is_a_shift() -> None:
    (shift,) = only(tanks("Reuters"), retold(count="45")).shifts
    assert (shift.kind, shift.reason) == ("quantity", "30 became 45")


def test_a_copy_that_drops_the_source_is_a_shift() -> None:
    told = tanks("Reuters", tail=", an officer called Ada Lind said", said=[("Ada Lind", "person")])
    copied = tanks("Herald", tail=", an officer there said", published="2025-03-02")
    assert [shift.kind for shift in only(told, copied).shifts] == ["source"]


@pytest.mark.parametrize(("paper", "days"), [("Herald", "developments"), ("Tribune", "contradictions")])
def test_what_one_outlet_tells_otherwise_later_is_a_development(paper: str, days: str) -> None:
    first, later = tanks("Herald", count="30"), tanks(paper, count="45", published="2025-03-02")
    cluster = only(first, later)
    assert {name: len(getattr(cluster, name)) for name in ("developments", "contradictions")} == {
        "developments": days == "developments",
        "contradictions": days == "contradictions",
    }


def test_a_plan_and_its_outcome_are_a_development_in_order_of_time() -> None:
    plan = tanks("Herald", status="prospective", published="2025-02-26")
    cluster = only(plan, tanks("Tribune"))
    assert cluster.contradictions == ()
    (found,) = cluster.developments
    assert (found.earlier.text, found.later.text) == ("prospective", "asserted")


def test_a_ban_denies_nothing() -> None:
    assert only(tanks("Herald"), tanks("Tribune", status="barred")).contradictions == ()
