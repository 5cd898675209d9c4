"""Confidence from a movement's signs of trouble."""

from dataclasses import replace

import pytest
import spacy
from spacy.tokens import Doc

import claimx.language.encoder  # noqa: F401  # registers the token extensions
from claimx.claims.assemble import Movement, find_movements
from claimx.claims.confidence import DOUBTS, FEATURES, ConfidenceWeights, bundled_weights, features, score
from claimx.claims.nouns import Kinds
from claimx.rules.loader import load_rules

VOCAB = spacy.blank("en").vocab
ARC_PROBABILITIES = "claimx.arc_prob"


def moved(*, stop: bool = True, chances: list[float] | None = None) -> tuple[Movement, Kinds]:
    """Return the movement of *Russia moved radars to Libya.*"""
    size = 6 if stop else 5
    doc = Doc(
        VOCAB,
        words=["Russia", "moved", "radars", "to", "Libya", "."][:size],
        spaces=[True, True, True, True, False, False][:size],
        heads=[1, 1, 1, 4, 1, 1][:size],
        deps=["nsubj", "ROOT", "obj", "case", "obl", "punct"][:size],
        pos=["PROPN", "VERB", "NOUN", "ADP", "PROPN", "PUNCT"][:size],
        tags=["NNP", "VBD", "NNS", "IN", "NNP", "."][:size],
        lemmas=["Russia", "move", "radar", "to", "Libya", "."][:size],
        morphs=["", "Tense=Past|VerbForm=Fin", "", "", "", ""][:size],
        ents=["B-GPE", "O", "O", "O", "B-GPE", "O"][:size],
    )
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
    assert found["names"] == pytest.approx(2 / 3)
    assert found["names no place"] == found["borrowed subject"] == found["title"] == 0.0


def test_a_sentence_without_a_stop_is_a_title() -> None:
    assert features(*moved(stop=False))["title"] == 1.0


def test_a_place_less_claim_says_so() -> None:
    movement, kinds = moved()
    heads = {role: head for role, head in movement.heads.items() if role != "destination"}
    assert features(replace(movement, heads=heads), kinds)["names no place"] == 1.0


def test_doubts_come_with_the_parser_that_gives_probabilities() -> None:
    assert not set(features(*moved())) & set(DOUBTS)
    sure = features(*moved(chances=[1.0] * 6))
    unsure = features(*moved(chances=[1.0, 1.0, 0.1, 1.0, 1.0, 1.0]))
    assert sure["greatest doubt"] == 0.0
    assert unsure["greatest doubt"] > unsure["mean doubt"] > 0.0


def test_features_have_the_names_that_weights_are_fitted_for() -> None:
    assert set(features(*moved(chances=[0.9] * 6))) == {*FEATURES, *DOUBTS}
    assert set(bundled_weights().weights) == {*FEATURES, *DOUBTS}


def test_score_is_a_probability_and_falls_with_doubt() -> None:
    sure = score(*moved(chances=[1.0] * 6))
    unsure = score(*moved(chances=[0.2] * 6))
    assert 0.0 < unsure < sure < 1.0


def test_a_feature_that_cannot_be_read_counts_as_its_mean() -> None:
    weights = ConfidenceWeights(bias=0.0, weights={"mean doubt": -2.0}, means={"mean doubt": 0.5})
    assert weights.score({}) == weights.score({"mean doubt": 0.5}) == 0.5
    assert weights.score({"mean doubt": 1.5}) < 0.5
    assert weights.score({"mean doubt": 1e9}) > 0.0
