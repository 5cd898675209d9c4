"""Trees and entity sequences from scores."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from claimx.language.decoding import decode_bio, decode_heads, drop_nameless, is_projective, transition_mask

TAGS = ("O", "B-ORG", "I-ORG", "B-GPE", "I-GPE")


def is_tree(heads: list[int]) -> bool:
    """One root, and every word reaches it."""
    if sum(head < 0 for head in heads) != 1:
        return False
    for start in range(len(heads)):
        node, steps = start, 0
        while heads[node] >= 0:
            node, steps = heads[node], steps + 1
            if steps > len(heads):
                return False
    return True


def total(scores: np.ndarray, heads: list[int]) -> float:
    return float(sum(scores[index, head + 1] for index, head in enumerate(heads)))


def best_by_trying_all(scores: np.ndarray) -> float:
    size = len(scores)
    choices = product(range(-1, size), repeat=size)
    return max(
        total(scores, list(heads))
        for heads in choices
        if all(head != index for index, head in enumerate(heads))
        and is_tree(list(heads))
        and is_projective(np.array(heads))
    )


def test_no_words_have_no_heads() -> None:
    assert decode_heads(np.zeros((0, 1), dtype=np.float32)).tolist() == []


def test_a_single_word_is_the_root_whatever_its_scores() -> None:
    assert decode_heads(np.array([[-5.0, 9.0]], dtype=np.float32)).tolist() == [-1]


def test_a_clear_tree_is_taken_as_it_is() -> None:
    scores = np.array([[0, 0, 9, 0], [9, 0, 0, 0], [0, 0, 9, 0]], dtype=np.float32)
    assert decode_heads(scores).tolist() == [1, -1, 1]


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    # words 0 and 1 prefer each other; the root is a little better for 1
    scores = np.array([[1, 0, 9], [2, 9, 0]], dtype=np.float32)
    assert decode_heads(scores).tolist() == [1, -1]


def test_of_two_roots_one_is_kept() -> None:
    scores = np.array([[9, 0, 5], [8, 1, 0]], dtype=np.float32)
    heads = decode_heads(scores)
    assert is_tree(heads.tolist())
    assert heads.tolist() == [1, -1]


@settings(max_examples=150, deadline=None)
@given(
    st.integers(2, 5).flatmap(lambda size: arrays(np.float32, (size, size + 1), elements=st.integers(-8, 8).map(float)))
)
def test_the_tree_is_the_best_one(scores: np.ndarray) -> None:
    heads = decode_heads(scores).tolist()
    assert is_tree(heads)
    assert total(scores, heads) == pytest.approx(best_by_trying_all(scores))


@settings(max_examples=40, deadline=None)
@given(
    st.integers(2, 30).flatmap(lambda size: arrays(np.float32, (size, size + 1), elements=st.floats(-50, 50, width=32)))
)
def test_any_scores_give_a_tree(scores: np.ndarray) -> None:
    assert is_tree(decode_heads(scores).tolist())


def test_arcs_that_cross_are_seen() -> None:
    assert is_projective(np.array([1, -1, 1]))
    assert not is_projective(np.array([2, -1, 1, 1]))  # word 0 hangs from beyond the root
    assert not is_projective(np.array([2, 3, 3, -1]))


def test_crossing_arcs_give_way() -> None:
    # word 0 would rather hang from word 2, over the root at word 1
    scores = np.array([[0, 0, 5, 6], [9, 0, 0, 0], [0, 0, 9, 0]], dtype=np.float32)
    assert decode_heads(scores).tolist() == [1, -1, 1]


def test_inside_tags_follow_their_own_kind_alone() -> None:
    mask = transition_mask(TAGS)
    assert mask[TAGS.index("B-ORG"), TAGS.index("I-ORG")]
    assert not mask[TAGS.index("B-GPE"), TAGS.index("I-ORG")]
    assert not mask[TAGS.index("O"), TAGS.index("I-GPE")]
    assert mask[:, TAGS.index("B-GPE")].all()


def scores_for(*best: str) -> np.ndarray:
    return np.array([[0.0 if tag == wanted else -4.0 for tag in TAGS] for wanted in best], dtype=np.float32)


def test_a_well_formed_sequence_stays() -> None:
    found = decode_bio(scores_for("B-ORG", "I-ORG", "O"), TAGS, [0])
    assert [TAGS[index] for index in found] == ["B-ORG", "I-ORG", "O"]


def test_an_inside_tag_without_a_beginning_is_mended() -> None:
    scores = scores_for("O", "I-GPE", "I-GPE")
    scores[0, TAGS.index("B-GPE")] = -1.0
    assert [TAGS[index] for index in decode_bio(scores, TAGS, [0])] == ["B-GPE", "I-GPE", "I-GPE"]


def test_nothing_goes_on_across_a_sentence_border() -> None:
    found = decode_bio(scores_for("B-ORG", "I-ORG"), TAGS, [0, 1])
    assert TAGS[found[1]] != "I-ORG"


def test_no_words_have_no_tags() -> None:
    assert decode_bio(np.zeros((0, len(TAGS)), dtype=np.float32), TAGS, []).tolist() == []


@settings(max_examples=100, deadline=None)
@given(
    st.integers(1, 5).flatmap(
        lambda size: arrays(np.float32, (size, len(TAGS)), elements=st.integers(-9, 0).map(float))
    )
)
def test_the_sequence_is_the_best_that_is_allowed(scores: np.ndarray) -> None:
    mask = transition_mask(TAGS)

    def allowed(path: tuple[int, ...]) -> bool:
        return not TAGS[path[0]].startswith("I-") and all(mask[a, b] for a, b in pairwise(path))

    def value(path: tuple[int, ...]) -> float:
        return float(sum(scores[row, tag] for row, tag in enumerate(path)))

    found = tuple(decode_bio(scores, TAGS, [0]).tolist())
    assert allowed(found)
    best = max(value(path) for path in product(range(len(TAGS)), repeat=len(scores)) if allowed(path))
    assert value(found) == pytest.approx(best)


def test_names_without_a_proper_noun_are_dropped_and_other_entities_kept() -> None:
    found = np.array([TAGS.index(tag) for tag in ("B-ORG", "I-ORG", "B-ORG", "O", "B-GPE", "B-ORG")])
    proper = np.array([False, True, False, False, False, False])
    kept = drop_nameless(found, TAGS, proper, {"ORG"})
    assert [TAGS[index] for index in kept] == ["B-ORG", "I-ORG", "O", "O", "B-GPE", "O"]
