"""What `rules/compare.toml` and `rules/identity.toml` say, ready for use."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from claimx.rules.calendar import DAY_NAMES
from claimx.rules.files import Strict, read_bundled
from claimx.rules.nouns import bundled_nouns
from claimx.rules.numbers import CARDINALS, MANY, MULTIPLIERS, ORDINALS
from claimx.rules.schema import Way

Feature = Literal[
    "mover_unsaid", "mover_name", "mover_named_nearby", "mover_noun", "mover_noun_alike",
    "mover_country", "mover_wording", "mover_other_country", "mover_other_name", "mover_other_class",
    "mover_other_noun", "agent", "agent_noun", "agent_other", "agent_crossed",
    "place_other", "place_reversed", "place_unsaid", "place_in_sentence", "place_nearby",
    "place_country", "place_same", "place_noun", "place_part", "days_same",
    "days_overlap", "days_next", "days_apart", "days_nearby_same", "days_nearby_apart",
    "weekday_same", "published_unknown", "published_apart", "day_of_publication", "day_after_publication",
    "number_same", "number_small", "number_may_be", "number_other", "numbers_shared",
    "numbers_other", "lemma_same", "lemma_stem", "kind_same", "kind_leave_and_arrive",
    "kind_other", "lemma_other", "lemma_in_sentence", "status_same", "status_prospective",
    "status_negated", "headline", "article_same", "sentence_same", "story",
    "words", "words_much", "words_around", "words_crossed", "named_shared",
    "named_other", "sentence_copied", "verb_and_words", "verb_and_story", "verb_and_mover",
    "verb_and_place", "mover_and_place", "mover_and_day", "place_and_day", "mover_and_words",
    "same_teller", "plan_in_article", "place_unlike", "verb_alike", "verb_alike_and_words",
    "place_alike", "agent_unlike",
]  # fmt: skip
"""What is known of a pair of claims: see `claimx.compare.features`."""


class Identity(Strict):
    """The chance that two claims are one event, as log-odds: `bias` and what each feature adds.

    Two clusters become one where the mean of their pairs is above `stop`; pairs that share nothing worth a look count
    as `absent`.
    """

    bias: float
    stop: float
    absent: float
    weights: dict[Feature, float]


class Limits(Strict):
    """How far apart two claims may be, and how much is looked at."""

    window: int
    fresh_days: int
    crowd: int
    few: int
    whole: int
    same_place_km: float
    many: int
    times: float
    same_words_ratio: float


class _Words(Strict):
    partitive: frozenset[str]
    empty: frozenset[str]
    stop: frozenset[str]
    places: frozenset[str]
    wide: frozenset[str]
    carriers: frozenset[str]
    things: frozenset[str]
    further: frozenset[str]


class _Classes(Strict):
    alike: tuple[str, ...]
    people: tuple[str, ...]


class _File(Strict):
    limits: Limits
    classes: _Classes
    alike: dict[str, tuple[str, ...]]
    words: _Words
    plurals: dict[str, str]
    ways: dict[Way, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words by what is asked of them, `alike` by noun, `ways` by verb; `people` are the nouns for people."""

    identity: Identity
    limits: Limits
    alike: Mapping[str, frozenset[str]]
    people: frozenset[str]
    words: _Words
    plurals: Mapping[str, str]
    ways: Mapping[str, Way]

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
    words = file.words
    alike: dict[str, set[str]] = {}
    nouns = bundled_nouns()
    for group, members in (*file.alike.items(), *((name, nouns.of(name)) for name in file.classes.alike)):
        for noun in members:
            alike.setdefault(noun, set()).add(group)
    return Vocabulary(
        identity=read_bundled(Identity, "identity.toml"),
        limits=file.limits,
        alike={noun: frozenset(groups) for noun, groups in alike.items()},
        people=frozenset(noun for name in file.classes.people for noun in nouns.of(name)),
        words=words.model_copy(
            update={
                "stop": words.stop | DAY_NAMES,
                "partitive": words.partitive.union(CARDINALS, MULTIPLIERS),
                "empty": words.empty.union(ORDINALS, MANY),
            }
        ),
        plurals=file.plurals,
        ways={verb: way for way, verbs in file.ways.items() for verb in verbs},
    )
