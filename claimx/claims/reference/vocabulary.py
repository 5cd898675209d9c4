"""The words of reference.toml and the weights of reference_weights.toml, checked and indexed."""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from claimx.errors import RuleError

Words = frozenset[str]
Names = tuple[str, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Gender(_Strict):
    male_titles: Words
    female_titles: Words
    male_nouns: Words
    female_nouns: Words
    male_names: Words
    female_names: Words
    either_names: Words


class Number(_Strict):
    collective: Words
    plural: Words
    pairs: Words


class Titles(_Strict):
    posts: Words
    general: Words
    never: Words
    honorifics: Words
    keep: Words
    suffixes: Words
    particles: Words


class NameParts(_Strict):
    company_suffixes: Words
    place_suffixes: Words
    place_parts: Words
    vessel_prefixes: Words
    minor_words: Words
    aliases: tuple[Names, ...]


class Kinds(_Strict):
    nouns: Mapping[str, Words]
    generic: Words
    islands: Words
    regions: Words


class Pleonastic(_Strict):
    verbs: Words
    weather: Words
    adjectives: Words
    nouns: Words
    passives: Words


class Reporting(_Strict):
    verbs: Words


class ReferenceWords(_Strict):
    """Everything in reference.toml."""

    gender: Gender
    number: Number
    classes: Mapping[str, Words]
    titles: Titles
    names: NameParts
    kinds: Kinds
    pleonastic: Pleonastic
    reporting: Reporting


class ReferenceWeights(_Strict):
    """Everything in reference_weights.toml: per kind of anaphor, the weight of each feature and the least probability.

    A link is made from `link` on, and reported from `report` on; the keys are those of `reading._bar`.
    """

    link: Mapping[str, float]
    report: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of reference.toml with the look-up tables built from them.

    `class_of` maps a noun to its classes, `kinds_of` a noun to the kinds of name it can take up, `alias_of` a
    lower-case name to one spelling that stands for all.
    """

    words: ReferenceWords
    class_of: Mapping[str, frozenset[str]]
    kinds_of: Mapping[str, frozenset[str]]
    alias_of: Mapping[str, str]
    islands: frozenset[str]
    regions: frozenset[str]


@functools.cache
def vocabulary() -> Vocabulary:
    """Return the bundled vocabulary, read once."""
    words = _checked(ReferenceWords, "reference.toml")
    return Vocabulary(
        words=words,
        class_of=_inverted(words.classes),
        kinds_of=_inverted(words.kinds.nouns),
        alias_of={name.lower(): names[0].lower() for names in words.names.aliases for name in names},
        islands=frozenset(name.lower() for name in words.kinds.islands),
        regions=frozenset(name.lower() for name in words.kinds.regions),
    )


@functools.cache
def weights() -> ReferenceWeights:
    """Return the bundled weights, read once."""
    return _checked(ReferenceWeights, "reference_weights.toml")


_Model = TypeVar("_Model", bound=BaseModel)


def _checked(model: type[_Model], name: str) -> _Model:
    text = (resources.files("claimx.rules") / name).read_text(encoding="utf-8")
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{name}: not valid TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise RuleError(f"{name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def _inverted(groups: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group, nouns in groups.items():
        for noun in nouns:
            found.setdefault(noun, set()).add(group)
    return {noun: frozenset(members) for noun, members in found.items()}
