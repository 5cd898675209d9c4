"""The words that the running pipeline will see: spaCy's tokenizer, as the pipeline is saved with it."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import spacy
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found] # compiled, without stubs
from spacy.util import compile_infix_regex, compile_suffix_regex

from claimx.language.paragraphs import find_paragraphs
from claimx_training.vocabulary import read_vocabulary

_AFTER_ABBREVIATION: Final = r"(?<=[A-Z]\.)-(?=[A-Za-z])"  # U.S.-led
_BAR: Final = "―"  # before a signature; spaCy knows the other dashes
_REPEATED_MARKS: Final = r"[!?]{2,}"
_STOP_AFTER_NAME: Final = r"(?<=[a-z][A-Z])\."  # SpaceX.
_SITE_NAME: Final = r"[A-Z][\w-]+\.(?:Az|Ru|Ua|Kz|Ge|Uz|Ir|Tr|Com|Net|Org|Info|News|Tv|Eu)(?:[’']s)?$"


def news_tokenizer() -> Language:
    """A blank English pipeline whose tokenizer cuts words as the treebanks do, as far as rules can."""
    nlp = spacy.blank("en")
    tokenizer = nlp.tokenizer
    if not isinstance(tokenizer, Tokenizer):
        raise TypeError("spaCy's English has another kind of tokenizer than the rules are written for")
    words = read_vocabulary().tokens
    for word in words.abbreviations:
        tokenizer.add_special_case(word, [{ORTH: word}])
    # prefixes joined by a hyphen; dates and numbers with hyphens; rules drawn with marks
    prefixes = "|".join(words.prefixes)
    # … and sites written as names (Gazeta.Ru), which spaCy would end a sentence in
    whole = rf"(?i:{prefixes})-[^\W\d_]+(?:[’']s)?$" r"|\+?\d+(?:-\d+){2,}$" r"|([=_*#~+<>-])\1+$" rf"|{_SITE_NAME}"
    tokenizer.token_match = re.compile(whole).match
    infixes = [_AFTER_ABBREVIATION, _BAR, *(nlp.Defaults.infixes or ())]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    suffixes = [_REPEATED_MARKS, _STOP_AFTER_NAME, _BAR, *(nlp.Defaults.suffixes or ())]
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    return nlp


def split_word(nlp: Language) -> Callable[[str], list[str]]:
    """A function that cuts one word of a corpus as the tokenizer of `nlp` would."""

    @lru_cache(maxsize=200_000)
    def split(word: str) -> tuple[str, ...]:
        return tuple(token.text for token in nlp.tokenizer(word) if not token.is_space)

    return lambda word: list(split(word))


def split_sentences(nlp: Language) -> Callable[[str], list[list[tuple[str, int]]]]:
    """A function that gives the sentences of a raw text, as words with offsets, by simple signs of their ends.

    Good enough to cut entity corpora without sentence borders into pieces to train on.
    """

    def split(text: str) -> list[list[tuple[str, int]]]:
        sentences: list[list[tuple[str, int]]] = []
        for start, end in find_paragraphs(text):
            words: list[tuple[str, int]] = []
            for token in nlp.tokenizer(text[start:end]):
                if token.is_space:
                    continue
                if words and words[-1][0] in {".", "?", "!"} and not token.is_lower and not token.is_punct:
                    sentences.append(words)
                    words = []
                words.append((token.text, start + token.idx))
            if words:
                sentences.append(words)
        return sentences

    return split
