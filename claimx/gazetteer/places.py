"""Places behind spans: country, coordinates, GeoNames id.

Cities (15,000 people and more), ids and country names come from GeoNames (`gazetteer/geonames.py`); regions and the
words around names from `rules/places.toml`. A null beats a guess: a name that several cities share is resolved by the
article's other places, or by one city being ten times the size of the next.
"""

import re
from collections.abc import Iterable

from claimx.gazetteer.countries import Countries, Near
from claimx.gazetteer.facts import Facts
from claimx.gazetteer.geonames import City, GeoNames, fold
from claimx.gazetteer.words import COORDINATION, POSSESSIVE, capitalised, clean, plain
from claimx.records import Place

REGION_BY_DESCRIPTION = "region by description"
PLACE_BY_DESCRIPTION = "place by description"

_DOMINANT = 10  # times as many people as in the next city of that name
_KNOWN_ALONE = 50_000  # people a city needs to be meant where the article names no country
_KNOWN_ABROAD = 500_000  # ... and where the article's countries are others
_MAJOR = 500_000  # ... and to be taken for a place by its name alone


class Places:
    """Names of places and what they point at."""

    def __init__(self, facts: Facts, geonames: GeoNames, countries: Countries) -> None:
        self._facts = facts
        self._geonames = geonames
        self._countries = countries
        states = geonames.states()
        self._states = {state.name: state.geonameid for state in states}
        self._divisions = {state.geonameid: f"US-{state.code}" for state in states}
        self._regions = {plain(name): country or None for name, country in facts.regions.items()}
        self._inside, self._around = _word_pattern(facts.words.inside), _word_pattern(facts.words.around)
        self._tails = _word_pattern(facts.words.tails)
        self._context: dict[tuple[str, ...], Near] = {}

    def find(self, text: str, *, context: Iterable[str] = ()) -> Place | None:
        """Return where a span points, or None where it names no place or not one place alone.

        `context` holds other names of the article; their countries decide between places of one name. *Eastern Libya*
        gives the country with no coordinates, *bases in eastern Libya* the same; a country gives a point in its middle.
        """
        return self._place(clean(text), self.countries_in(tuple(context)))

    def is_name(self, text: str) -> bool:
        """Tell whether a span is the name of a country, capital, region, US state or city of half a million people."""
        bare = plain(clean(text))
        if not capitalised(bare):
            return False
        if self._known(bare) or bare in self._facts.shared or fold(bare) in self._countries.capitals:
            return True
        return bare not in self._facts.words.ordinary and any(c.people >= _MAJOR for c in self._cities_named(bare))

    def countries_in(self, context: tuple[str, ...]) -> Near:
        """Return the countries that the article's other names point at, without help from each other."""
        if context not in self._context:
            found = set()
            for text in context:
                country = self._countries.country_of(text)
                if country is None and (place := self._place(clean(text), Near())):
                    country = place.country
                if country:
                    found.add(country)
            self._context = {context: Near(found)}  # callers ask article by article
        return self._context[context]

    def _place(self, text: str, near: Near) -> Place | None:
        if not any(letter.isupper() for letter in text):
            return None
        if tail := self._tails.search(text):
            text = text[: tail.start()]
        bare = plain(text)
        if named := self._named(text, near) or self._named(bare, near):
            # the Taquari is a river or a ship before it is a town; The Hague keeps its article
            return None if named.kind == "city" and text.startswith("the ") else named
        for reading in (
            self._inside_place,
            self._around_place,
            self._listed_place,
            self._place_of,
            self._owned_place,
            self._directed_place,
            self._place_noun,
            self._described_place,
        ):
            done, place = reading(bare, near)
            if done:
                return place
        return None

    def _named(self, bare: str, near: Near) -> Place | None:
        """Return the place whose whole name the words are."""
        if not capitalised(bare):
            return None
        if bare in self._facts.shared:
            code = self._countries.choose(bare, near)
            if code == "US":
                return self._state(bare)
            return self._countries.place(code) if code and bare[-1] != "n" else None
        return self._known(bare) or self._city(bare, near) or self._state(bare)

    def _known(self, bare: str) -> Place | None:
        if (code := self._countries.names.get(bare)) or (
            bare.isupper() and len(bare) > 3 and (code := self._countries.names.get(bare.title()))
        ):
            return self._countries.place(code)
        if bare in self._regions:
            return Place(bare, self._regions[bare], None, None, None, "region")
        if site := self._facts.sites.get(bare):
            return Place(bare, site.country, *site.at, None, "site")
        return None if bare in ("New York", "Washington") else self._state(bare)

    def _state(self, bare: str) -> Place | None:
        geonameid = self._states.get(bare)
        return Place(bare, "US", None, None, geonameid, "state") if geonameid else None

    def _inside_place(self, bare: str, near: Near) -> tuple[bool, Place | None]:
        """Read *bases in eastern Libya*, *the Rafah border crossing in Egypt*."""
        match = self._inside.search(bare)
        if match is None:
            return False, None
        outer = self._place(bare[match.end() :], near)
        if outer is not None and outer.country and outer.kind in ("country", "state", REGION_BY_DESCRIPTION):
            inner = self._place(bare[: match.start()], Near((outer.country,)))
            if inner is not None and inner.country == outer.country and inner.kind != "country":
                return True, inner
        return True, outer

    def _around_place(self, bare: str, near: Near) -> tuple[bool, Place | None]:
        """Read *a depot near Barysaw*."""
        match = self._around.search(f" {bare}")
        if match is None:
            return False, None
        return True, _described(bare, self._place(bare[max(0, match.end() - 1) :], near))

    def _listed_place(self, bare: str, near: Near) -> tuple[bool, Place | None]:
        """Read *Incirlik Air Base, Turkey*; *Turkey, Egypt* and *Yerevan and Tbilisi* are several places, so none."""
        if COORDINATION.search(bare):
            return True, None
        head, comma, last = bare.rpartition(",")
        if not comma:
            return False, None
        head, last = plain(clean(head)), plain(clean(last))
        if head.islower():  # the capital, Bangui
            return True, self._place(last, near)
        outer = self._place(last, near)
        if outer is None:
            return True, self._place(head, near) if not capitalised(last) else None
        if outer.country is None or outer.kind == "city":
            return True, None
        division = self._divisions.get(outer.geonameid or 0, outer.country)
        inner = self._place(head, Near((division,)))
        if inner is None:
            return True, _described(bare, outer)
        return True, inner if inner.country == outer.country and inner.kind != "country" else None

    def _place_of(self, bare: str, near: Near) -> tuple[bool, Place | None]:
        """Read *the northern town of Jaffna*, *the Russian port of Ust-Luga*, *the outskirts of Kobryn*."""
        left, of, name = bare.partition(" of ")
        if not of:
            return False, None
        noun = left.split(" ")[-1].lower()
        if noun not in self._facts.words.places:
            return True, None
        country = self._countries.owner(left)[0] or self._countries.owner(self._undirected(left))[0]
        place = self._place(name, Near((country,)) if country else near)
        if place is None:
            return True, Place(plain(name), country, None, None, None, PLACE_BY_DESCRIPTION) if country else None
        if place.kind == "country" and noun == "capital":
            return True, self._capital(place.country)
        if noun in self._facts.words.same and place.kind in ("city", "site"):
            return True, place
        return True, _described(bare, place)

    def _directed_place(self, bare: str, near: Near) -> tuple[bool, Place | None]:
        """Read *eastern Libya*, *central Baghdad*."""
        rest = self._undirected(bare)
        if rest == bare:
            return False, None
        place = self._place(rest, near)
        if place is None or place.kind in ("city", "site", PLACE_BY_DESCRIPTION):
            return True, place
        kind = REGION_BY_DESCRIPTION if place.country else place.kind
        return True, Place(bare, place.country, None, None, None, kind)

    def _owned_place(self, bare: str, near: Near) -> tuple[bool, Place | None]:
        """Read *Sudan's West Darfur state*, *the South Sudanese capital*, *Estonian waters*, *rebel-held Aleppo*."""
        country, rest = self._countries.owner(bare)
        if country is None:
            if owner := POSSESSIVE.match(bare):
                place = self._place(owner[1], near)
                return True, _described(bare, place) if self._is_place_noun(owner[2]) else None
            return False, None
        if rest == "capital":
            return True, self._capital(country)
        named = self._named(rest, Near((country,)))
        if named is not None and named.country == country:
            return True, named
        if self._is_place_noun(rest):
            return True, Place(bare, country, None, None, None, PLACE_BY_DESCRIPTION)
        return True, None

    def _place_noun(self, bare: str, near: Near) -> tuple[bool, Place | None]:
        """Read *Entebbe airport*, *Anbar province*, *the Rafah border crossing*."""
        words = bare.split(" ")
        for many in (3, 2, 1):
            noun = " ".join(words[-many:]).lower()
            if len(words) > many and noun in self._facts.words.places:
                rest = words[:-many]
                while len(rest) > 1 and rest[-1].islower():  # Rafah border crossing
                    rest.pop()
                place = self._named(" ".join(rest), near)
                if place is None or (noun in self._facts.words.same and place.kind in ("city", "site")):
                    return True, place
                return True, _described(bare, place)
        return False, None

    def _described_place(self, bare: str, near: Near) -> tuple[bool, Place | None]:
        """Read *war-torn Syria*, *the Hamas-controlled Gaza Strip*: adjectives before a name."""
        first, space, rest = bare.partition(" ")
        adjective = first.islower() or (("-" in first) and first.rpartition("-")[2].islower())
        if not space or not adjective or first.lower() in self._facts.words.places:
            return True, None
        place = self._place(rest, near)
        return True, place if place is None or capitalised(rest) else None

    def _is_place_noun(self, phrase: str) -> bool:
        words = phrase.split(" ")
        return any(" ".join(words[-many:]).lower() in self._facts.words.places for many in (1, 2, 3))

    def _undirected(self, phrase: str) -> str:
        words = phrase.split(" ")
        while len(words) > 1 and words[0].lower() in self._facts.words.directions:
            words = words[1:]
        return " ".join(words)

    def _capital(self, country: str | None) -> Place | None:
        if country is None or not self._countries.by_code[country].capital:
            return None
        return self._city(self._countries.by_code[country].capital, Near((country,)))

    def _city(self, name: str, near: Near) -> Place | None:
        cities = self._cities_named(name)
        here = [city for city in cities if city.country in near or city.division in near]
        if not here and (name in self._facts.words.ordinary or not cities):
            return None
        chosen = here or cities
        best = chosen[0]
        if len(chosen) > 1 and best.people < _DOMINANT * chosen[1].people:
            return None
        if not here and not self._known_alone(best, name, abroad=bool(near)):
            return None
        return Place(best.name, best.country, best.lat, best.lon, best.geonameid, "city")

    def _known_alone(self, city: City, name: str, *, abroad: bool) -> bool:
        """Tell whether a city needs no country beside it: the larger ones, capitals; saints have too many."""
        if self._countries.capitals.get(fold(city.name)) == city.country:
            return True
        saintly = name.partition(" ")[0] in self._facts.words.saints
        return not saintly and city.people >= (_KNOWN_ABROAD if abroad else _KNOWN_ALONE)

    def _cities_named(self, name: str) -> tuple[City, ...]:
        """Return the cities of a name, the most populous first."""
        if len(name) > 3 and name.isupper():
            name = name.title()
        return self._geonames.cities_named(name)


def _described(text: str, place: Place | None) -> Place | None:
    """Return a place that is known by its country alone."""
    if place is None or place.country is None:
        return None
    return Place(text, place.country, None, None, None, PLACE_BY_DESCRIPTION)


def _word_pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"\s(?:" + "|".join(map(re.escape, words)) + r")\s")
