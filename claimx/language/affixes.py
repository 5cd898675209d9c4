"""Tokenization in linear time, whatever is written without a space.

spaCy strips punctuation off the ends of a word one mark at a time, and searches the whole word anew for each; on some
ten thousand quotation marks in a row that takes minutes. No mark at an end is longer than a few characters, but for a
row of full stops, which is one word in spaCy and here one for every `_REACH` of them.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found] # compiled, without stubs

if TYPE_CHECKING:
    from spacy.language import Language

_REACH = 200
"""Characters at either end of a word that are searched for punctuation."""


_LONG = re.compile(rf"\S{{{_REACH + 1}}}")


class _End:
    """A search for punctuation that looks at one end of a word only; spaCy asks for nothing but its length."""

    def __init__(self, search: Callable[[str], re.Match[str] | None], *, at_start: bool) -> None:
        self._search = search
        self._at_start = at_start
        self.pattern = getattr(search, "__self__", re.compile("")).pattern  # what spaCy saves of a tokenizer

    def search(self, word: str) -> re.Match[str] | None:
        if len(word) > _REACH:
            word = word[:_REACH] if self._at_start else word[-_REACH:]
        return self._search(word)


def prepare_for(nlp: "Language", text: str) -> None:
    """Limit the tokenizer of `nlp` where `text` has a word that asks for it; spaCy needs a while to take the change.

    Not within a memory zone of spaCy's, whose end would take from the tokenizer what it learns there.
    """
    if _LONG.search(text) and not nlp.vocab.in_memory_zone:  # type: ignore[attr-defined] # missing from its stubs
        limit_affixes(nlp.tokenizer)


def limit_affixes(tokenizer: object) -> None:
    """Let a spaCy tokenizer look for punctuation at the ends of words only; other tokenizers are left alone."""
    if not isinstance(tokenizer, Tokenizer) or _is_limited(tokenizer.prefix_search):
        return
    if tokenizer.prefix_search is not None:
        tokenizer.prefix_search = _End(tokenizer.prefix_search, at_start=True).search
    if tokenizer.suffix_search is not None:
        tokenizer.suffix_search = _End(tokenizer.suffix_search, at_start=False).search


def _is_limited(search: object) -> bool:
    return isinstance(getattr(search, "__self__", None), _End)
