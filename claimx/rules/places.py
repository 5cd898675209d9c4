"""The names and words of `rules/places.toml`, checked."""

import functools
from collections.abc import Mapping

from claimx.rules.files import Strict, read_bundled


class CountryFacts(Strict):
    people: tuple[str, ...]
    at: tuple[float, float]
    also: tuple[str, ...] = ()
    name: str | None = None


class Site(Strict):
    country: str
    at: tuple[float, float]


class CityName(Strict):
    country: str
    name: str


class NotSeats(Strict):
    names: frozenset[str]


class PlaceWords(Strict):
    directions: frozenset[str]
    places: frozenset[str]
    same: frozenset[str]
    towns: frozenset[str]
    tails: tuple[str, ...]
    inside: tuple[str, ...]
    around: tuple[str, ...]
    ordinary: frozenset[str]
    federations: frozenset[str]
    divisions: frozenset[str]
    saints: frozenset[str]


class ActorWords(Strict):
    governments: frozenset[str]
    organisations: frozenset[str]
    peoples: frozenset[str]
    quantities: frozenset[str]
    adjectives: frozenset[str]


class Facts(Strict):
    countries: Mapping[str, CountryFacts]
    shared: Mapping[str, tuple[str, ...]]
    seats: Mapping[str, str]
    not_seats: NotSeats
    regions: Mapping[str, str]
    states: Mapping[str, str]
    abbreviations: Mapping[str, str]
    cities: Mapping[str, CityName]
    sites: Mapping[str, Site]
    words: PlaceWords
    actors: ActorWords


@functools.cache
def read_facts() -> Facts:
    """Return what `places.toml` says."""
    return read_bundled(Facts, "places.toml")
