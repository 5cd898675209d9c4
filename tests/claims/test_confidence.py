"""Confidence from a movement's signs of trouble."""

import math
from dataclasses import replace

import pytest

import claimx.language.encoder  # noqa: F401  # registers the token extensions
from claimx.claims.candidates import Candidate
from claimx.claims.movement.assemble import find_movements
from claimx.claims.movement.confidence import DOUBTS, FEATURES, ConfidenceWeights, bundled_weights, features, score
from claimx.claims.nouns import Kinds
from claimx.rules.loader import load_rules
from docs import radars_doc

ARC_PROBABILITIES = "claimx.arc_prob"


def moved(*, chances: list[float] | None = None) -> tuple[Candidate, Kinds]:
    """Return the movement of *Russia moved radars to Libya.*"""
    doc = radars_doc()
    if chances is not None:
        doc.user_data[ARC_PROBABILITIES] = chances
    rules = load_rules()
    kinds = Kinds(rules)
    (movement,) = find_movements(doc, rules, kinds)
    return movement, kinds


def test_features_say_what_is_filled() -> None:
    found = features(*moved())
    assert {name for name in found if name.startswith("has ") and found[name]} == {
        "has who",
        "has what",
        "has destination",
    }
    assert found["names no place"] == found["borrowed mover"] == found["lacks a mover"] == found["event noun"] == 0.0


def test_a_mover_is_lacking_where_an_active_verb_has_none() -> None:
    movement, kinds = moved()
    heads = {role: head for role, head in movement.heads.items() if role != "who"}
    assert features(replace(movement, heads=heads), kinds)["lacks a mover"] == 1.0
    heads["vehicle"] = movement.heads["who"]
    assert features(replace(movement, heads=heads), kinds)["lacks a mover"] == 0.0


def test_a_thing_as_who_says_so() -> None:
    movement, kinds = moved()
    assert features(movement, kinds)["no party as who"] == 0.0
    heads = {**movement.heads, "who": movement.heads["what"]}
    found = features(replace(movement, heads=heads), kinds)
    assert found["no party as who"] == 1.0


def test_a_place_less_claim_says_so() -> None:
    movement, kinds = moved()
    heads = {role: head for role, head in movement.heads.items() if role != "destination"}
    assert features(replace(movement, heads=heads), kinds)["names no place"] == 1.0


def test_doubts_come_with_the_parser_that_gives_probabilities() -> None:
    assert not set(features(*moved())) & set(DOUBTS)
    sure = features(*moved(chances=[1.0] * 6))
    unsure = features(*moved(chances=[1.0, 1.0, 0.1, 1.0, 1.0, 1.0]))
    assert sure["doubt"] == 0.0
    assert unsure["doubt"] == pytest.approx(-math.log(0.1) / 4)  # trigger, who, what, destination


def test_features_have_the_names_that_weights_are_fitted_for() -> None:
    assert set(features(*moved(chances=[0.9] * 6))) == {*FEATURES, *DOUBTS}
    assert set(bundled_weights().weights) == {*FEATURES, *DOUBTS}


def test_score_is_a_probability_and_falls_with_doubt() -> None:
    sure = score(*moved(chances=[1.0] * 6))
    unsure = score(*moved(chances=[0.2] * 6))
    assert 0.0 < unsure < sure < 1.0


def test_a_feature_that_cannot_be_read_counts_as_its_mean() -> None:
    weights = ConfidenceWeights(bias=0.0, weights={"doubt": -2.0}, means={"doubt": 0.5})
    assert weights.score({}) == weights.score({"doubt": 0.5}) == 0.5
    assert weights.score({"doubt": 1.5}) < 0.5
    assert weights.score({"doubt": 1e9}) > 0.0
