"""What the encoder is told about a word besides its word pieces: its case shape.

The encoder's vocabulary is uncased, so *Turkey* and *turkey*, *US* and *us* would look the same to it. A small
embedding of the shape, added to the pieces and again to the pooled word, gives the difference back.
"""

from functools import lru_cache
from typing import Final

SHAPES: Final = (
    "special",  # [CLS], [SEP] and padding: no word
    "lower",
    "title",
    "upper",
    "initial",  # one capital letter
    "mixed",  # iPhone, McDonald
    "abbreviation",  # U.S., a.m.
    "number",
    "number with marks",  # 1,000 10:30 2024-12-16
    "letters and digits",  # S-400, F16
    "title compound",  # Al-Qaeda, O'Brien
    "compound",  # air-to-air
    "mark",
    "other",
)
_ID: Final = {name: index for index, name in enumerate(SHAPES)}


@lru_cache(maxsize=65536)
def word_shape(word: str) -> int:
    """The index in `SHAPES` of the word's case shape (never 0, which is kept for what is no word)."""
    return _ID[_shape_name(word)]


def _shape_name(word: str) -> str:
    letters = [char for char in word if char.isalpha()]
    if not letters:
        if any(char.isdigit() for char in word):
            return "number" if word.isdigit() else "number with marks"
        return "mark" if word.isascii() or len(word) == 1 else "other"
    if any(char.isdigit() for char in word):
        return "letters and digits"
    if len(letters) == len(word):
        return _pure_shape(word)
    if "." in word:
        return "abbreviation"
    if word.islower():
        return "compound"
    if word.isupper():
        return "upper"
    return "title compound" if letters[0].isupper() else "mixed"


def _pure_shape(word: str) -> str:
    if word.islower():
        return "lower"
    if word.isupper():
        return "upper" if len(word) > 1 else "initial"
    if word[0].isupper() and word[1:].islower():
        return "title"
    # scripts without case (and odd mixtures of them) are neither lower, upper nor mixed
    return "mixed" if word.lower() != word else "other"
