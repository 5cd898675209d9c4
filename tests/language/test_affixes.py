"""Tokenization at the ends of words: the same as spaCy's, without looking at all of a long word each time."""

import re

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from claimx.language import embedded_model_path
from claimx.language.affixes import _REACH, limit_affixes, prepare_for

pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def untouched() -> Language:
    return spacy.load(embedded_model_path())


@pytest.fixture(scope="module")
def limited() -> Language:
    nlp = spacy.load(embedded_model_path())
    limit_affixes(nlp.tokenizer)
    return nlp


@settings(max_examples=200)
@given(st.text(st.sampled_from("“‘\"'.,-–()[]…€$%abcé1:/;#&*!?’” \n"), max_size=400))
def test_words_are_those_of_spacy(limited: Language, untouched: Language, text: str) -> None:
    assert [token.text for token in limited.make_doc(text)] == [token.text for token in untouched.make_doc(text)]


@pytest.mark.parametrize("text", ["“" * 5 * _REACH, "x" + "”" * 5 * _REACH, "([{'" * _REACH, "." * _REACH])
def test_long_runs_of_marks_too(limited: Language, untouched: Language, text: str) -> None:
    assert [token.text for token in limited.make_doc(text)] == [token.text for token in untouched.make_doc(text)]


def test_no_search_looks_at_more_than_the_end() -> None:
    seen: list[int] = []

    class Spy:
        pattern = r"^[(]"

        def search(self, word: str) -> re.Match[str] | None:
            seen.append(len(word))
            return re.search(self.pattern, word)

    blank = spacy.blank("en")
    blank.tokenizer.prefix_search = Spy().search
    limit_affixes(blank.tokenizer)
    blank.make_doc("(" * 3000 + "x")
    assert len(seen) > 1000
    assert max(seen) == _REACH


def test_a_limited_tokenizer_can_be_saved(limited: Language, untouched: Language) -> None:
    again = spacy.blank("en")
    again.tokenizer.from_bytes(limited.tokenizer.to_bytes())
    text = "(He said “it’s $5.50”…)"
    assert [token.text for token in again.make_doc(text)] == [token.text for token in untouched.make_doc(text)]


def test_only_a_long_word_limits_a_tokenizer_and_only_once() -> None:
    blank = spacy.blank("en")
    search = blank.tokenizer.prefix_search
    prepare_for(blank, "(" * _REACH + " words " * _REACH)
    assert blank.tokenizer.prefix_search is search
    with blank.memory_zone():  # its end would free what the tokenizer learns
        prepare_for(blank, "(" * (_REACH + 1))
    assert blank.tokenizer.prefix_search is search
    prepare_for(blank, "(" * (_REACH + 1))
    limited = blank.tokenizer.prefix_search
    assert limited is not search
    prepare_for(blank, "(" * (_REACH + 1))
    assert blank.tokenizer.prefix_search is limited


def test_other_tokenizers_are_left_alone() -> None:
    limit_affixes(object())
