"""Semantic layers read from vectors: distances, chances, arguments and senses."""

import json
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from claimx.language.semantics import (
    FRAMES_FILE,
    MOVEMENT_ROLES,
    SEMANTIC_ARRAYS_FILE,
    SEMANTICS,
    STATUSES,
    SecondVectors,
    SemanticArrays,
    Semantics,
    WordVectors,
    distance_bucket,
    semantics_of,
)
from docs import make_doc


@given(st.lists(st.integers(-2000, 2000), min_size=1))
def test_distances_fall_into_few_buckets_that_keep_their_sign(distances: list[int]) -> None:
    buckets = distance_bucket(np.asarray(distances))
    assert ((buckets >= 0) & (buckets < 44)).all()
    assert [bucket >= 22 for bucket in buckets.tolist()] == [distance < 0 for distance in distances]


def test_farther_words_are_in_no_lower_bucket() -> None:
    buckets = distance_bucket(np.arange(0, 1000)).tolist()
    assert buckets == sorted(buckets)
    assert len(set(buckets[:17])) == 17


def write_arrays(folder: Path) -> None:
    """Write arrays of width 2 that fill role `n` with the word whose filler vector has its first value highest."""
    outputs = len(MOVEMENT_ROLES) + 1
    arrays = {
        "nothing": np.zeros((2, outputs)),
        "nothing_bias": np.zeros(outputs),
        "sense": np.eye(2),
        "sense_bias": np.zeros(2),
        "senses": np.asarray([[127, 0], [0, 127]], dtype=np.int8),
        "sense_scales": np.full(2, 1 / 127),
        "sense_offsets": np.zeros(2),
    }
    for name, labels in (("fillers", outputs), ("arguments", 2)):
        product = np.zeros((2, labels))
        product[0] = 9
        arrays |= {
            f"{name}_product": product,
            f"{name}_sum": np.zeros((2, labels)),
            f"{name}_bias": np.zeros(labels),
            f"{name}_distance": np.zeros((44, labels)),
        }
    as_stored = {name: a if a.dtype == np.int8 else a.astype(np.float32) for name, a in arrays.items()}
    np.savez(folder / SEMANTIC_ARRAYS_FILE, **as_stored)
    frames = {"senses": ["leave.01", "leave.02"], "labels": ["ARG0"], "frames": {"leave": [0, 1]}}
    (folder / FRAMES_FILE).write_text(json.dumps(frames))


@pytest.fixture
def told(tmp_path: Path) -> Semantics:
    """The layers of *Anna left Mali .* in two windows, the full stop alone in the second."""
    write_arrays(tmp_path)
    doc = make_doc("Anna left Mali .", lemmas="Anna leave Mali .", sent_starts=[True, False, False, False])
    ones = np.ones((4, 2), dtype=np.float32)
    filler = np.asarray([[0, 0], [0, 0], [1, 0], [5, 0]], dtype=np.float32)
    predicate = np.asarray([[0, 0], [0, 1], [0, 0], [0, 0]], dtype=np.float32)
    chances = np.asarray([[0, 0], [0.9, 0.8], [0, 0], [0, 0]], dtype=np.float32)
    vectors = WordVectors(predicate, ones, ones, filler, chances, np.zeros((4, 6), dtype=np.float32))
    return Semantics(doc, SemanticArrays(tmp_path), np.arange(4), np.asarray([0, 0, 0, 3]), vectors)


def test_roles_are_looked_for_in_the_window_of_the_trigger(told: Semantics) -> None:
    roles = told.roles(told.doc[1])
    assert set(roles) == set(MOVEMENT_ROLES)
    nothing, choices = roles["what"]
    assert choices[0].token.text == "Mali"  # the full stop scores higher, and is not in the window
    assert choices[0].probability > 0.9 > nothing


def test_roles_are_the_mean_of_both_encoders_where_both_have_read(told: Semantics) -> None:
    alone = told.roles(told.doc[1])["what"]
    vectors, head = told._vectors, told.arrays.filler_head
    other = np.asarray(
        [[1.5, 0], [0, 0], [0, 0], [0, 0]], dtype=np.float32
    )  # the second sees Anna moved, the first Mali
    second = SecondVectors(head, np.asarray([True] * 3 + [False]), vectors.trigger, other, other)
    both = Semantics(told.doc, told.arrays, np.arange(4), np.asarray([0, 0, 0, 3]), vectors, second)
    _, choices = both.roles(told.doc[1])["what"]
    assert [choice.token.text for choice in choices[:2]] == ["Anna", "Mali"]
    unread = SecondVectors(head, np.zeros(4, dtype=bool), vectors.trigger, other, other)
    same = Semantics(told.doc, told.arrays, np.arange(4), np.asarray([0, 0, 0, 3]), vectors, unread)
    assert same.roles(told.doc[1])["what"] == alone


def test_chances_add_up(told: Semantics) -> None:
    assert told.movement(told.doc[1]) == pytest.approx(0.8)
    assert told.movement(told.doc[0]) == 0.0
    status = told.status(told.doc[1])
    assert tuple(status) == STATUSES
    assert sum(status.values()) == pytest.approx(1)


def test_a_predicate_has_the_sense_that_its_vector_is_nearest_to(told: Semantics) -> None:
    (predicate,) = told.predicates
    assert predicate.token.text == "left"
    assert predicate.sense == "leave.02"
    assert told.predicate(told.doc[0]).sense == ""


def test_the_embedded_pipeline_has_semantic_layers(nlp: Language) -> None:
    doc = nlp("Russia moved two radars from Syria to Libya on Monday.")
    semantics = semantics_of(doc)
    assert semantics is not None
    assert semantics is doc.user_data[SEMANTICS]
    moved = doc[1]
    assert semantics.movement(moved) > 0.5 > semantics.movement(doc[3])
    (predicate,) = [p for p in doc._.predicates if p.token.i == moved.i]
    labels = {argument.head.text: argument.label for argument in predicate.arguments}
    assert predicate.sense == "move.01"
    assert labels["Russia"] == "ARG0"
    assert labels["radars"] == "ARG1"


@pytest.mark.parametrize(
    ("text", "word"),
    [("About 400 Afghans who worked for Swedish forces are still waiting to leave Afghanistan.", "waiting"),
     ("The Netherlands wants Peru to hand over Larrabure once the trial is finished.", "wants")],
)  # fmt: skip
def test_a_predicate_has_one_of_each_numbered_role(nlp: Language, text: str, word: str) -> None:
    (predicate,) = (p for p in nlp(text)._.predicates if p.token.text == word)
    numbered = [a.label for a in predicate.arguments if a.label[3:].isdigit()]
    assert len(numbered) == len(set(numbered)) >= 1


def test_a_blank_pipeline_has_none() -> None:
    doc = spacy.blank("en")("Nobody moved.")
    assert semantics_of(doc) is None
    assert doc._.predicates == ()
