"""States, provinces and counties: their names and abbreviations, and which of several an article means."""

import re
from typing import Final

from claimx.gazetteer.geonames import Division, GeoNames, fold
from claimx.gazetteer.near import Near
from claimx.records import Place
from claimx.rules.places import Facts

STATE: Final = "state"  # kind of a place: a first-level division, whatever its country calls it
COUNTY: Final = "county"

_COUNTY_NAME: Final = re.compile(r"(?:County [A-Z].*|.+ (?:County|Parish|Borough))")
_POSTED: Final = ("US", "CA")  # countries whose states go by two letters behind a town


class States:
    """First-level divisions of countries, and counties of English-speaking ones, by their names."""

    def __init__(self, facts: Facts, geonames: GeoNames) -> None:
        self._facts = facts
        self._geonames = geonames

    def find(self, name: str, near: Near, *, called: bool = False) -> Place | None:
        """Return the state or province of a name that the article can mean, None for none or several.

        It is one in a country that the article names, or the only one; without its country a name counts if the
        country is one whose states stand alone in the news, or if a noun calls it a state (`called`).
        """
        found = self._named(name)
        here = [division for division in found if division.country in near.codes]
        alone = self._is_greatest if called else self._stands_alone
        if not here and not alone(found, name):
            return None
        chosen = here or found
        return self.place(chosen[0], name) if len(chosen) == 1 else None

    def find_shared(self, name: str, near: Near) -> Place | None:
        """Return the state of a name that states of several countries share, if the article names one of these."""
        countries = {division.country for division in self._named(name)}
        return self.find(name, near) if len(countries) > 1 and countries & near.codes else None

    def find_american(self, name: str) -> Place | None:
        """Return the state of the United States that bears a name."""
        return next((self.place(found, name) for found in self._named(name) if found.country == "US"), None)

    def find_county(self, name: str, near: Near) -> Place | None:
        """Return a county by its whole name: *Guernsey County* is in Ohio, *County Cork* in Ireland."""
        if not _COUNTY_NAME.fullmatch(name):
            return None
        if self._geonames.counties_named(name):
            return Place(name, "US", None, None, None, COUNTY)
        if not name.startswith("County "):
            return None
        return self.find(name.removeprefix("County "), near, called=True)

    def find_short(self, words: str) -> Place | None:
        """Return the state that stands shortened behind a town: *Pa.*, *N.Y.*, *OR*, *B.C.*."""
        key = re.sub(r"[.\s]", "", words)
        code = self._facts.abbreviations.get(key)
        codes = [code] if code else [f"{country}-{key}" for country in _POSTED if len(key) == 2 and key.isupper()]
        found = (self._geonames.division(code) for code in codes)
        return next((self.place(division, division.name) for division in found if division is not None), None)

    def areas(self, place: Place) -> frozenset[str]:
        """Return the codes under which cities in a place are found: its country's, its state's where that is known."""
        if place.country is None:
            return frozenset()
        areas = {place.country}
        if place.kind == COUNTY:
            states = self._geonames.counties_named(place.name)
            areas.update(states if len(states) == 1 else ())
        elif place.kind in (STATE, "region"):
            areas.update(found.area for found in self._named(place.name) if found.country == place.country)
        return frozenset(filter(None, areas))

    def place(self, division: Division, name: str) -> Place:
        """Return a state or county as a place: a country and no coordinates, for no index here has them."""
        return Place(name, division.country, None, None, division.geonameid, division.kind)

    def _named(self, name: str) -> tuple[Division, ...]:
        known = self._geonames.division(self._facts.states.get(name, ""))
        return (known,) if known else self._geonames.divisions_named(name)

    def find_listed(self, name: str) -> Place | None:
        """Return the state that `places.toml` lists by this name, or the American one that has it."""
        code = self._facts.states.get(name)
        known = self._geonames.division(code) if code else None
        return self.place(known, name) if known else self.find_american(name)

    def _is_greatest(self, found: tuple[Division, ...], name: str) -> bool:
        """Tell whether no greater city of the name lies elsewhere: the Gaza region is none of Mozambique."""
        cities = [city for city in self._geonames.cities_named(name) if fold(city.name) == fold(name)]
        return not cities or cities[0].country in {division.country for division in found}

    def _stands_alone(self, found: tuple[Division, ...], name: str) -> bool:
        if name in self._facts.words.ordinary:
            return False
        federal = all(division.country in self._facts.words.federations for division in found)
        return federal and not any(fold(city.name) == fold(name) for city in self._geonames.cities_named(name))
