"""What `rules/compare.toml` says, ready for use."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from claimx.rules.files import Strict, read_bundled


class Weights(Strict):
    """Points for a pair of claims, each explained beside its value."""

    threshold: float
    never: float
    absent: float
    too_little: float
    named_nearby: float
    name: float
    other_name: float
    other_thing: float
    head: float
    alike: float
    same_class: float
    other_head: float
    other_class: float
    wording: float
    agent: float
    other_agent: float
    people_of: float
    place: float
    country: float
    part_of_place: float
    other_place: float
    same_number: float
    near_number: float
    other_number: float
    far_number: float
    same_days: float
    overlapping_days: float
    apart_days: float
    apart_week: float
    apart_longer: float
    late_report: float
    undated: float
    same_kind: float
    other_kind: float
    opposite_kind: float
    context: float
    story: float
    vehicle: float
    same_article: float
    same_sentence: float
    same_words: float


class Limits(Strict):
    """How far apart two claims may be, and how much is looked at."""

    window: int
    fresh_days: int
    crowd: int
    whole: int
    same_place_km: float
    same_words_ratio: float


class _Words(Strict):
    partitive: frozenset[str]
    empty: frozenset[str]
    people: frozenset[str]
    stop: frozenset[str]
    places: frozenset[str]
    wide: frozenset[str]
    carriers: frozenset[str]


class _File(Strict):
    weights: Weights
    limits: Limits
    kinds: dict[str, tuple[str, ...]]
    opposites: dict[str, tuple[str, ...]]
    alike: dict[str, tuple[str, ...]]
    words: _Words
    plurals: dict[str, str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words by what is asked of them: `kinds` by rule id, `alike` by noun, `opposites` as pairs of rule ids."""

    weights: Weights
    limits: Limits
    kinds: Mapping[str, str]
    opposites: frozenset[tuple[str, str]]
    alike: Mapping[str, frozenset[str]]
    words: _Words
    plurals: Mapping[str, str]

    def singular(self, word: str) -> str:
        """Return the singular of a noun in lower case, as far as its ending tells."""
        if found := self.plurals.get(word):
            return found
        if len(word) < 4 or word.endswith(("ss", "us", "is")) or not word.endswith("s"):
            return word
        if word.endswith("ies") and len(word) > 4:
            return word[:-3] + "y"
        return word[:-2] if word.endswith(("sses", "xes", "ches", "shes", "zes")) else word[:-1]


@functools.cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary that claimx brings."""
    file = read_bundled(_File, "compare.toml")
    alike: dict[str, set[str]] = {}
    for group, nouns in file.alike.items():
        for noun in nouns:
            alike.setdefault(noun, set()).add(group)
    return Vocabulary(
        weights=file.weights,
        limits=file.limits,
        kinds={rule: kind for kind, rules in file.kinds.items() for rule in rules},
        opposites=frozenset(
            pair
            for left, rights in file.opposites.items()
            for right in rights
            for pair in ((left, right), (right, left))
        ),
        alike={noun: frozenset(groups) for noun, groups in alike.items()},
        words=file.words,
        plurals=file.plurals,
    )
