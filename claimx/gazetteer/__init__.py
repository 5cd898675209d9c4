"""What names point at: places, countries, actors. No spaCy and no article: names in, records out.

One `Gazetteer` serves a process, with its caches inside; `gazetteer()` returns it, and the functions here ask it.
"""

import functools
from collections.abc import Iterable

from claimx.gazetteer.actors import Actors
from claimx.gazetteer.cities import Cities
from claimx.gazetteer.countries import Countries
from claimx.gazetteer.geonames import GeoNames
from claimx.gazetteer.places import PLACE_BY_DESCRIPTION, REGION_BY_DESCRIPTION, Places
from claimx.gazetteer.states import States
from claimx.records import Actor, Place
from claimx.rules.places import read_facts

__all__ = [
    "PLACE_BY_DESCRIPTION",
    "REGION_BY_DESCRIPTION",
    "Gazetteer",
    "actor_of",
    "country_of",
    "country_place",
    "find_place",
    "gazetteer",
    "government_of",
    "is_place_name",
]


class Gazetteer:
    """Places, countries and actors by name."""

    def __init__(self) -> None:
        self.facts = read_facts()
        self.geonames = GeoNames()
        self.countries = Countries(self.facts, self.geonames)
        states = States(self.facts, self.geonames)
        self.places = Places(self.facts, self.countries, states, Cities(self.facts, self.geonames, self.countries))
        self.actors = Actors(self.facts, self.countries)


@functools.cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer; the first call reads the names of countries, the first unknown name those of cities."""
    return Gazetteer()


def find_place(text: str, *, context: Iterable[str] = ()) -> Place | None:
    """Return where a span points, or None where it names no place or not one place alone; see `Places.find`."""
    return gazetteer().places.find(text, context=context)


@functools.lru_cache(maxsize=65536)
def country_of(text: str) -> str | None:
    """Return the code of the country that a span names or belongs to; see `Countries.country_of`."""
    return gazetteer().countries.country_of(text)


@functools.lru_cache(maxsize=65536)
def government_of(text: str) -> str | None:
    """Return the country whose government a capital, a seat or a country's own name stands for where it acts."""
    return gazetteer().countries.government_of(text)


def country_place(code: str) -> Place | None:
    """Return a country by its ISO 3166-1 alpha-2 code, with a point near its middle; None for no such code."""
    countries = gazetteer().countries
    return countries.place(code) if code in countries.by_code else None


def is_place_name(text: str) -> bool:
    """Tell whether a span is the name of a country, capital, region, US state or city of half a million people."""
    return gazetteer().places.is_name(text)


def actor_of(text: str, ent_label: str | None = None, *, context: Iterable[str] = ()) -> Actor | None:
    """Return whom a span names as acting; `ent_label` is the label of the name it holds, if any.

    Ask only of what acts, never of where something goes; `context` is as in `find_place`. See `Actors.find`.
    """
    known = gazetteer()
    return known.actors.find(text, ent_label, near=known.places.near(text, tuple(context)))
