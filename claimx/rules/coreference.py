"""The words of coreference.toml, checked and indexed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from claimx.rules.files import Strict, read_bundled
from claimx.rules.lexicon import Lexicon
from claimx.rules.nouns import Nouns
from claimx.rules.numbers import CARDINALS, MANY, MULTIPLIERS
from claimx.rules.organisations import ORGANISATIONS
from claimx.rules.places import read_facts

_KINDS = frozenset({"country", "city", "island", "region", "water", "organization", "vessel", "notable"})

Words = frozenset[str]
Names = tuple[str, ...]


class Gender(Strict):
    male_names: Words
    female_names: Words
    either_names: Words


class Number(Strict):
    collective: Words
    plural: Words
    pairs: Words


class Titles(Strict):
    general: Words
    never: Words
    alike: tuple[Names, ...]
    keep: Words
    suffixes: Words
    particles: Words


class NameParts(Strict):
    company_suffixes: Words
    place_suffixes: Words
    minor_words: Words
    aliases: tuple[Names, ...]
    naming: Words


class Kinds(Strict):
    generic: Words
    islands: Words
    regions: Words


class Pleonastic(Strict):
    verbs: Words
    weather: Words
    adjectives: Words
    nouns: Words
    passives: Words


class CoreferenceWords(Strict):
    """Everything in coreference.toml."""

    gender: Gender
    number: Number
    titles: Titles
    names: NameParts
    kinds: Kinds
    pleonastic: Pleonastic


_WORDS = read_bundled(CoreferenceWords, "coreference.toml")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of coreference.toml with the look-up tables built from them, and the classes of nouns.

    `saying` are the verbs by which somebody says something, `outlets` the names and nouns of those who pass it on, in
    lower case. `class_of` maps a noun to its classes, `kinds_of` a noun
    to the kinds of name it can take up, `alias_of` a lower-case name to one spelling that stands for all, `alike` a
    post to the words it goes by. `plural` are the words that are plural without showing it, numbers included; `male`
    and `female` nouns for men and women.
    """

    words: CoreferenceWords
    saying: frozenset[str]
    outlets: frozenset[str]
    class_of: Mapping[str, frozenset[str]]
    kinds_of: Mapping[str, frozenset[str]]
    alias_of: Mapping[str, str]
    alike: Mapping[str, frozenset[str]]
    islands: frozenset[str]
    regions: frozenset[str]
    plural: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]


def vocabulary(nouns: Nouns, lexicon: Lexicon) -> Vocabulary:
    """Return the bundled words of coreference with these classes of nouns and what a lexicon knows of saying."""
    return Vocabulary(
        words=_WORDS,
        saying=lexicon.saying,
        outlets=frozenset(
            {name.lower() for name in lexicon.outlets}
            | {noun for noun, kind in lexicon.source_nouns.items() if kind == "outlet"}
        ),
        class_of=nouns.classes,
        kinds_of={noun: kinds & _KINDS for noun, kinds in nouns.kinds.items()},
        alias_of={name.lower(): names[0].lower() for names in _aliases() for name in names},
        alike={noun: frozenset(nouns) for nouns in _WORDS.titles.alike for noun in nouns},
        islands=frozenset(name.lower() for name in _WORDS.kinds.islands),
        regions=frozenset(name.lower() for name in _WORDS.kinds.regions),
        plural=_WORDS.number.plural.union(CARDINALS, MULTIPLIERS, MANY) - {"zero", "one"},
        male=nouns.of("male"),
        female=nouns.of("female"),
    )


def _aliases() -> Iterator[Names]:
    """Yield the names by which a country, an organisation or something else goes."""
    yield from _WORDS.names.aliases
    yield from ((name, *also) for name, also in ORGANISATIONS.items())
    yield from ((facts.name, *facts.also) for facts in read_facts().countries.values() if facts.name)
