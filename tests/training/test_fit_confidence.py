"""The fit of confidence: it finds what tells right from wrong, twice the same, and says how well it keeps its word."""

import tomllib
from pathlib import Path

import pytest

from claimx.claims.movement.confidence import DOUBTS, FEATURES, read_weights
from claimx.records import Span
from claimx_training import fit_confidence
from claimx_training.fit_confidence import fit, reliability, weights_toml
from claimx_training.parse_agreement import Judged
from claimx_training.scoring import GoldDocument, Marked, usable


def claims(count: int = 60, *, telling: str = "far role", documents: int = 12) -> list[Judged]:
    """Return claims of which every third is wrong, and far; nothing else tells them apart."""
    return [
        Judged(
            f"document {index % documents}",
            {**dict.fromkeys(FEATURES, 0.0), "has who": 1.0, telling: float(index % 3 == 0)},
            right=index % 3 != 0 or index % 12 == 0,
        )
        for index in range(count)
    ]


def test_the_fit_finds_what_tells_right_from_wrong() -> None:
    weights = fit(claims()).weights
    near, far = weights.score({"far role": 0.0}), weights.score({"far role": 1.0})
    assert near > 2 / 3 > far
    assert weights.weights["has who"] == pytest.approx(0.0, abs=1e-6)  # the same in all


def test_the_fit_is_the_same_each_time_and_survives_its_file() -> None:
    judged = claims()
    first, second = fit(judged), fit(judged)
    assert first == second
    text = weights_toml(first, judged, ["a.jsonl"])
    data = tomllib.loads(text)
    assert data["fit"]["claims"] == 60
    assert data["fit"]["documents"] == 12
    again = read_weights(data)
    assert set(again.weights) == {*FEATURES, *DOUBTS}
    assert again.score({"far role": 1.0}) == pytest.approx(first.weights.score({"far role": 1.0}), abs=1e-3)


def test_treebanks_lend_weights_where_gold_says_little() -> None:
    few = claims(12, telling="unknown kind")
    alone, helped = fit(few), fit(few, claims(600, telling="far role"))
    assert alone.share == 0.0
    assert alone.weights.weights["far role"] == pytest.approx(0.0, abs=1e-6)
    assert helped.weights.weights["far role"] <= 0.0


def test_gold_that_is_all_right_cannot_be_fitted_on() -> None:
    with pytest.raises(ValueError, match="some of the claims right and some wrong"):
        fit([Judged("one", {}, True)] * 5)


def test_reliability_of_chances_that_keep_their_word() -> None:
    found = reliability([0.25] * 4 + [0.75] * 4, [True, False, False, False, True, True, True, False], bins=2)
    assert [(b.claims, b.expected, b.observed) for b in found.bins] == [(4, 0.25, 0.25), (4, 0.75, 0.75)]
    assert found.ece == 0.0
    assert found.brier == pytest.approx(0.1875)
    assert found.auc == pytest.approx((9 + 3 / 2 + 3 / 2) / 16)


def test_reliability_of_chances_that_do_not() -> None:
    found = reliability([0.9] * 4, [False] * 4, bins=1)
    assert found.ece == pytest.approx(0.9)
    assert found.brier == pytest.approx(0.81)
    assert "0.900     0.000" in str(found)


def test_usable_needs_every_core_role_and_no_more() -> None:
    text = "Russia moved radars. Iran sent aid."

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(words, start, start + len(words))

    gold = (
        Marked(span("moved"), {"who": span("Russia"), "what": span("radars")}, "asserted"),
        Marked(span("sent"), {"who": span("Iran"), "what": span("aid")}, "asserted"),
    )
    document = GoldDocument("one", "own", text, gold)
    with_when = Marked(span("moved"), {**gold[0].roles, "when": span("radars")}, "hedged")
    without_what = Marked(span("sent"), {"who": span("Iran")}, "asserted")
    spurious = Marked(span("aid"), {}, "asserted")
    assert usable(document, [with_when, without_what, spurious]) == [True, False, False]


def test_figures_of_the_bundled_weights_are_percentages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = reliability([0.25] * 4 + [0.75] * 4, [True, False, False, False, True, True, True, False], bins=2)
    monkeypatch.setattr(fit_confidence, "measure", lambda *_: found)
    path = tmp_path / "gold.jsonl"
    path.write_text("", encoding="utf-8")
    rows = fit_confidence.confidence_figures(path, None)  # type: ignore[arg-type]
    assert [(row.corpus, row.name, row.value) for row in rows[:3]] == [
        ("gold.jsonl", "confidence 25", 25.0),
        ("gold.jsonl", "confidence 75", 75.0),
        ("gold.jsonl", "confidence ECE", 0.0),
    ]
