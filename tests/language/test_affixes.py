"""Tokenization at the ends of words: the same as spaCy's, without looking at all of a long word each time."""

import re

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from claimx.language import embedded_model_path
from claimx.language.affixes import _REACH, limit_affixes


@pytest.fixture(scope="module")
def untouched() -> Language:
    return spacy.load(embedded_model_path())


@settings(max_examples=200)
@given(st.text(st.sampled_from("“‘\"'.,-–()[]…€$%abcé1:/;#&*!?’” \n"), max_size=400))
def test_words_are_those_of_spacy(nlp: Language, untouched: Language, text: str) -> None:
    assert [token.text for token in nlp.make_doc(text)] == [token.text for token in untouched.make_doc(text)]


@pytest.mark.parametrize("text", ["“" * 5 * _REACH, "x" + "”" * 5 * _REACH, "([{'" * _REACH, "." * _REACH])
def test_long_runs_of_marks_too(nlp: Language, untouched: Language, text: str) -> None:
    assert [token.text for token in nlp.make_doc(text)] == [token.text for token in untouched.make_doc(text)]


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


def test_a_limited_tokenizer_can_be_saved(nlp: Language, untouched: Language) -> None:
    again = spacy.blank("en")
    again.tokenizer.from_bytes(nlp.tokenizer.to_bytes())
    text = "(He said “it’s $5.50”…)"
    assert [token.text for token in again.make_doc(text)] == [token.text for token in untouched.make_doc(text)]


def test_other_tokenizers_are_left_alone() -> None:
    limit_affixes(object())
