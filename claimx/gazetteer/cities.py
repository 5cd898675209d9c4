"""Cities: which of the namesakes an article means.

A null beats a guess: a name that several cities share is resolved by the article's other places, or by one city being
ten times the size of the next.
"""

from typing import Final

from claimx.gazetteer.countries import Countries
from claimx.gazetteer.facts import Facts
from claimx.gazetteer.geonames import City, GeoNames, fold
from claimx.gazetteer.near import Near
from claimx.records import Place

_DOMINANT: Final = 10  # times as many people as in the next city of that name
_KNOWN_ALONE: Final = 50_000  # people a city needs to be meant where the article names no country
_KNOWN_ABROAD: Final = 500_000  # ... and where the article's countries are others
_MAJOR: Final = 500_000  # ... and to be taken for a place by its name alone


class Cities:
    """Cities by their names."""

    def __init__(self, facts: Facts, geonames: GeoNames, countries: Countries) -> None:
        self._facts = facts
        self._geonames = geonames
        self._countries = countries

    def find(self, name: str, near: Near) -> Place | None:
        """Return the city of a name that the article means, None for none or where nothing decides."""
        name = _written(name)
        cities = self.named(name)
        here = _within(cities, near)
        if not cities or (not here and name in self._facts.words.ordinary):
            return None
        chosen = here or list(cities)
        best = chosen[0]
        if len(chosen) > 1 and best.people < _DOMINANT * chosen[1].people:
            return None
        if not here and not self._known_alone(best, name, abroad=bool(near.codes)):
            return None
        return Place(best.name, best.country, best.lat, best.lon, best.geonameid, "city")

    def is_major(self, name: str) -> bool:
        """Tell whether a city of half a million people or more has the name."""
        return any(city.people >= _MAJOR for city in self.named(_written(name)))

    def bears(self, city: str, name: str) -> bool:
        """Tell whether a name is the city's own, not another spelling or an older name."""
        known = self._facts.cities.get(name)
        return city == known.name if known else _spelled(city) == _spelled(name)

    def named(self, name: str) -> tuple[City, ...]:
        """Return the cities of a name, the most populous first."""
        if known := self._facts.cities.get(name):
            return tuple(city for city in self._geonames.cities_named(known.name) if city.country == known.country)
        return self._geonames.cities_named(name)

    def _known_alone(self, city: City, name: str, *, abroad: bool) -> bool:
        """Tell whether a city needs no country beside it: the larger ones, capitals; saints have too many."""
        if self._countries.capitals.get(fold(city.name)) == city.country:
            return True
        saintly = name.partition(" ")[0] in self._facts.words.saints
        return not saintly and city.people >= (_KNOWN_ABROAD if abroad else _KNOWN_ALONE)


def _within(cities: tuple[City, ...], near: Near) -> list[City]:
    """Return the cities in the countries and states that the article names."""
    return [city for city in cities if city.country in near.codes or city.division in near.codes]


def _written(name: str) -> str:
    """Return a name as text writes it, where a headline has it in capitals."""
    return name.title() if len(name) > 3 and name.isupper() else name


def _spelled(name: str) -> str:
    return fold(name)
