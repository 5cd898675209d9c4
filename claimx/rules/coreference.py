"""The words of coreference.toml, checked and indexed."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from claimx.rules.files import Strict, read_bundled

Words = frozenset[str]
Names = tuple[str, ...]


class Gender(Strict):
    male_titles: Words
    female_titles: Words
    male_nouns: Words
    female_nouns: Words
    male_names: Words
    female_names: Words
    either_names: Words


class Number(Strict):
    collective: Words
    plural: Words
    pairs: Words


class Titles(Strict):
    posts: Words
    general: Words
    never: Words
    honorifics: Words
    keep: Words
    suffixes: Words
    particles: Words


class NameParts(Strict):
    company_suffixes: Words
    place_suffixes: Words
    place_parts: Words
    vessel_prefixes: Words
    minor_words: Words
    aliases: tuple[Names, ...]
    naming: Words


class Kinds(Strict):
    nouns: Mapping[str, Words]
    generic: Words
    islands: Words
    regions: Words


class Pleonastic(Strict):
    verbs: Words
    weather: Words
    adjectives: Words
    nouns: Words
    passives: Words


class Reporting(Strict):
    verbs: Words


class CoreferenceWords(Strict):
    """Everything in coreference.toml."""

    gender: Gender
    number: Number
    classes: Mapping[str, Words]
    titles: Titles
    names: NameParts
    kinds: Kinds
    pleonastic: Pleonastic
    reporting: Reporting


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of coreference.toml with the look-up tables built from them.

    `class_of` maps a noun to its classes, `kinds_of` a noun to the kinds of name it can take up, `alias_of` a
    lower-case name to one spelling that stands for all.
    """

    words: CoreferenceWords
    class_of: Mapping[str, frozenset[str]]
    kinds_of: Mapping[str, frozenset[str]]
    alias_of: Mapping[str, str]
    islands: frozenset[str]
    regions: frozenset[str]


@functools.cache
def vocabulary() -> Vocabulary:
    """Return the bundled vocabulary, read once."""
    words = read_bundled(CoreferenceWords, "coreference.toml")
    return Vocabulary(
        words=words,
        class_of=_inverted(words.classes),
        kinds_of=_inverted(words.kinds.nouns),
        alias_of={name.lower(): names[0].lower() for names in words.names.aliases for name in names},
        islands=frozenset(name.lower() for name in words.kinds.islands),
        regions=frozenset(name.lower() for name in words.kinds.regions),
    )


def _inverted(groups: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group, nouns in groups.items():
        for noun in nouns:
            found.setdefault(noun, set()).add(group)
    return {noun: frozenset(members) for noun, members in found.items()}
