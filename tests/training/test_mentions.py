"""Names put in place of others of their kind."""

import random

from claimx_training import entity_labels as labels
from claimx_training.mentions import MentionPool, mentions_of
from claimx_training.sentences import NOT_ANNOTATED, Sentence

PERSON = labels.begin({"PERSON"})
MORE = labels.inside({"PERSON"})
OPEN_PLACE = labels.begin({"GPE", "LOC", "FAC"})


def sentence() -> Sentence:
    return Sentence(
        words=["Anna", "Nowak", "left", "Oz"],
        spaces=[True] * 4,
        entities=[PERSON, MORE, labels.OUTSIDE, OPEN_PLACE],
        noun_classes=[NOT_ANNOTATED, "person", "", "place"],
    )


def test_only_names_of_one_type_are_mentions() -> None:
    assert mentions_of(sentence()) == [(0, 2, "PERSON")]


def test_a_name_of_another_length_takes_its_labels_along() -> None:
    pool = MentionPool({"PERSON": [["Omar"]]})
    chance = random.Random(3)  # noqa: S311 - no secrets
    changed = next(made for _ in range(50) if (made := pool.replace(sentence(), chance)).words[0] == "Omar")
    assert changed.words == ["Omar", "left", "Oz"]
    assert changed.entities == [PERSON, labels.OUTSIDE, OPEN_PLACE]
    assert changed.noun_classes == ["person", "", "place"]
    assert len(changed.spaces) == 3


def test_the_pool_holds_what_it_was_given() -> None:
    assert MentionPool.gather([sentence()]).names == {"PERSON": [["Anna", "Nowak"]]}


def test_sentences_with_trees_stay() -> None:
    tree = sentence().copy(heads=[2, 0, -1, 2])
    assert MentionPool({"PERSON": [["Omar"]]}).replace(tree, random.Random(1)) is tree  # noqa: S311 - no secrets
