"""Lemmas as edit scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx.language.lemmas import apply_script
from claimx_training.lemmas import edit_script

PAIRS = [
    ("moving", "move"),
    ("Carries", "carry"),
    ("is", "be"),
    ("Went", "go"),
    ("left", "leave"),
    ("Syria", "Syria"),
    ("BEIRUT", "Beirut"),
    ("Officials", "official"),
    ("n't", "not"),
    ("’s", "'s"),
    ("U.S.", "U.S."),
    ("1,500", "1500"),
]


@pytest.mark.parametrize(("form", "lemma"), PAIRS)
def test_a_script_makes_the_lemma_it_was_read_from(form: str, lemma: str) -> None:
    assert apply_script(form, edit_script(form, lemma)) == lemma


def test_scripts_are_shared_by_words_that_change_alike() -> None:
    assert edit_script("Moving", "move") != edit_script("moving", "move")
    assert edit_script("moving", "move") == edit_script("firing", "fire")
    assert apply_script("shipping", edit_script("stopping", "stop")) == "ship"


def test_a_script_longer_than_the_word_leaves_the_word() -> None:
    assert apply_script("Ox", "keep|4|e") == "ox"
    assert apply_script("ax", "keep|2|") == "ax"


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_any_pair_makes_a_usable_script(form: str, lemma: str) -> None:
    assert isinstance(apply_script(form, edit_script(form, lemma)), str)


@given(st.text(alphabet="abcdeABCDE", min_size=1, max_size=8), st.text(alphabet="abcde", min_size=1, max_size=8))
def test_plain_words_get_their_lemma_back(form: str, lemma: str) -> None:
    assert apply_script(form, edit_script(form, lemma)) == lemma


@given(st.text(min_size=1, max_size=8), st.sampled_from(["keep|0|", "lower|1|y", "title|0|", "=be", "keep|9|x"]))
def test_no_word_loses_its_lemma(form: str, script: str) -> None:
    assert apply_script(form, script)
