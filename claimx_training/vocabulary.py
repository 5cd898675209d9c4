"""The word lists of ``vocabulary.toml``."""

import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PlaceWords(_Section):
    """What tells kinds of places apart."""

    natural: frozenset[str]
    facilities: frozenset[str]
    states: frozenset[str]


class NewsWords(_Section):
    """What datelines and headlines are made with."""

    agencies: tuple[str, ...]
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    minor_words: frozenset[str]


class VerbWords(_Section):
    """Signs of a verb."""

    signs: frozenset[str]


class TokenWords(_Section):
    """What the tokenizer keeps whole."""

    abbreviations: tuple[str, ...]
    prefixes: tuple[str, ...]


class Vocabulary(_Section):
    """All lists."""

    places: PlaceWords
    news: NewsWords
    verbs: VerbWords
    tokens: TokenWords
    british_spelling: dict[str, str]


@lru_cache(maxsize=1)
def read_vocabulary() -> Vocabulary:
    """The lists, read once. Raises pydantic's `ValidationError` where the file has an unknown or missing key."""
    return Vocabulary.model_validate(tomllib.loads((Path(__file__).parent / "vocabulary.toml").read_text("utf-8")))
