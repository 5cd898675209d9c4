"""Cities: which of the namesakes an article means.

A null beats a guess. The capital of a country that the article names comes first, then the city in a state that it
names, then the one in a country that it names; of several the one ten times the size of the next. A city elsewhere
that dwarfs them all is meant all the same: *Paris* in an article from the United States is not the one in Texas.
"""

import re
from collections.abc import Sequence
from typing import Final

from claimx.gazetteer.countries import Countries
from claimx.gazetteer.geonames import City, GeoNames, fold
from claimx.gazetteer.near import Near
from claimx.records import Place
from claimx.rules.places import Facts

_DOMINANT: Final = 10  # times as many people as in the next city of that name
_CAPITAL: Final = 5  # ... for a capital that stands for its government, wherever it is
_DWARFS: Final = 100  # ... for a city whose country the article does not name, before those whose country it does
_KNOWN_ALONE: Final = 50_000  # people a city needs to be meant where the article names no country
_KNOWN_ABROAD: Final = 500_000  # ... and where the article's countries are others
_SAINT_ALONE: Final = 500_000  # ... and where the name is a saint's, of which there are too many
_MAJOR: Final = 500_000  # ... and to be taken for a place by its name alone
_SAINT: Final = re.compile(r"(?:St\.?|Saint) ")


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
        best = self._here(name, cities, here, near) if here else self._alone(name, cities, near)
        return Place(best.name, best.country, best.lat, best.lon, best.geonameid, "city") if best else None

    def is_major(self, name: str) -> bool:
        """Tell whether a city of half a million people or more has the name."""
        return any(city.people >= _MAJOR for city in self.named(_written(name)))

    def bears(self, city: str, name: str) -> bool:
        """Tell whether a name is the city's own, *St.* for *Saint* included, not another spelling or an older name."""
        known = self._facts.cities.get(name)
        return city == known.name if known else _spelled(city) == _spelled(name)

    def named(self, name: str) -> tuple[City, ...]:
        """Return the cities of a name, the most populous first."""
        if known := self._facts.cities.get(name):
            return tuple(city for city in self._geonames.cities_named(known.name) if city.country == known.country)
        found = self._geonames.cities_named(name)
        if saint := _SAINT.match(name):
            others = {
                other
                for start in ("St. ", "Saint ")
                for other in self._geonames.cities_named(start + name[saint.end() :])
            }
            found = tuple(sorted({*found, *others}, key=lambda city: (-city.people, city.geonameid)))
        return found

    def _here(self, name: str, cities: tuple[City, ...], here: list[City], near: Near) -> City | None:
        """Return the city that is meant where the article names the country or state of some."""
        stated = {city.country for city in here if city.division in near.codes}
        own = [city for city in cities if self.bears(city.name, name)]
        capital = next((city for city in own if city.country in near.codes and self._is_seat(city)), None)
        if capital is not None and stated <= {capital.country}:
            return capital
        best = here[0]
        abroad = next((city for city in own if city.country not in near.codes), None)
        if abroad is not None and best.division not in near.codes:
            times = _CAPITAL if self._is_seat(abroad) else _DWARFS
            if abroad.people >= times * best.people and name not in self._facts.words.ordinary:
                return abroad
            if abroad.people >= _DOMINANT * best.people:
                return None
        return _dominant(here, own)

    def _alone(self, name: str, cities: tuple[City, ...], near: Near) -> City | None:
        """Return the city that is meant where the article names the country of none."""
        own = [city for city in cities if self.bears(city.name, name)]
        best = _dominant(cities, own, times=_CAPITAL if self._is_seat(cities[0]) else _DOMINANT)
        if best is None or self._is_seat(best):
            return best
        abroad = bool(near.codes) and not near.itself
        if name.partition(" ")[0] in self._facts.words.saints:
            return best if best.people >= _SAINT_ALONE and not abroad else None
        return best if best.people >= (_KNOWN_ABROAD if abroad else _KNOWN_ALONE) else None

    def _is_seat(self, city: City) -> bool:
        """Tell whether a city is a capital that stands for its government."""
        return self._countries.capitals.get(fold(city.name)) == city.country


def _dominant(cities: Sequence[City], own: Sequence[City], *, times: int = _DOMINANT) -> City | None:
    """Return the city that dwarfs its namesakes, the most populous first; None for none, or if one abroad has it.

    Lesser cities that only are spelled so, too, somewhere in the world are no rivals to one that bears the name.
    """
    best = cities[0]
    bearing = [city for city in cities if city in own]
    if best not in own and any(city.country != best.country for city in bearing):
        return None
    rivals = bearing if best in own else cities
    return best if len(rivals) == 1 or best.people >= times * rivals[1].people else None


def _within(cities: tuple[City, ...], near: Near) -> list[City]:
    """Return the cities in what the article names; where it names a state of theirs, no others of that country."""
    found = [city for city in cities if city.country in near.codes or city.division in near.codes]
    stated = {city.country for city in found if city.division in near.codes}
    return [city for city in found if city.country not in stated or city.division in near.codes]


def _written(name: str) -> str:
    """Return a name as text writes it, where a headline has it in capitals."""
    return name.title() if len(name) > 3 and name.isupper() else name


def _spelled(name: str) -> str:
    return _SAINT.sub("Saint ", fold(name), count=1)
