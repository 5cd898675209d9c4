"""Places behind spans: country, coordinates, GeoNames id.

Cities (15,000 people and more), states, ids and country names come from GeoNames (`gazetteer/geonames.py`); regions
and the words around names from `rules/places.toml`. A null beats a guess.
"""

import re
from collections.abc import Iterable

from claimx.gazetteer.cities import Cities
from claimx.gazetteer.countries import Countries
from claimx.gazetteer.geonames import fold
from claimx.gazetteer.near import Near
from claimx.gazetteer.states import COUNTY, STATE, States
from claimx.gazetteer.words import COORDINATION, POSSESSIVE, capitalised, clean, plain
from claimx.records import Place
from claimx.rules.places import Facts

REGION_BY_DESCRIPTION = "region by description"
PLACE_BY_DESCRIPTION = "place by description"

_ALSO_CITIES = frozenset({"New York", "Washington"})  # states whose name by itself is a city's
_DISTRICT = re.compile(r"(Washington),? D\.?C\.?")


class Places:
    """Names of places and what they point at."""

    def __init__(self, facts: Facts, countries: Countries, states: States, cities: Cities) -> None:
        self._facts = facts
        self._countries = countries
        self._states = states
        self._cities = cities
        self._regions = {plain(name): country or None for name, country in facts.regions.items()}
        self._inside, self._around = _word_pattern(facts.words.inside), _word_pattern(facts.words.around)
        self._tails = _word_pattern(facts.words.tails)
        self._context: dict[tuple[str, ...], tuple[tuple[str, frozenset[str]], ...]] = {}

    def find(self, text: str, *, context: Iterable[str] = ()) -> Place | None:
        """Return where a span points, or None where it names no place or not one place alone.

        `context` holds other names of the article; their countries and states decide between places of one name.
        *Eastern Libya* gives the country with no coordinates, *bases in eastern Libya* the same; a country gives a
        point in its middle.
        """
        return self._place(clean(text), self.near(text, tuple(context)))

    def is_name(self, text: str) -> bool:
        """Tell whether a span is the name of a country, capital, region, US state or city of half a million people."""
        bare = plain(clean(text))
        if not capitalised(bare):
            return False
        if self._known(bare) or bare in self._facts.shared or fold(bare) in self._countries.capitals:
            return True
        return bare not in self._facts.words.ordinary and self._cities.is_major(bare)

    def near(self, text: str, context: tuple[str, ...]) -> Near:
        """Return what the article's other names point at; a name is no witness for itself."""
        name = clean(text)
        codes, itself = set[str](), False
        for other, areas in self._areas_in(context):
            if re.search(rf"(?<!\w){re.escape(other)}(?!\w)", name):
                itself |= bool(areas)
            else:
                codes |= areas
        return Near(frozenset(codes), itself)

    def _areas_in(self, context: tuple[str, ...]) -> tuple[tuple[str, frozenset[str]], ...]:
        """Return names and the countries and states that each points at, without help from the others."""
        if context not in self._context:
            self._context = {context: tuple((plain(clean(text)), self._areas_of(text)) for text in context)}
        return self._context[context]  # callers ask article by article

    def _areas_of(self, text: str) -> frozenset[str]:
        if country := self._countries.country_of(text):
            return frozenset((country,))
        place = self._states.find_short(text) if text.rstrip().endswith(".") else None
        place = place or self._place(clean(text), Near())
        return self._states.areas(place) if place else frozenset()

    def _place(self, text: str, near: Near) -> Place | None:
        if not any(letter.isupper() for letter in text):
            return None
        if tail := self._tails.search(text):
            text = text[: tail.start()]
        bare = plain(text)
        if state := self._state_noun(bare, near):
            return state
        if named := self._named(text, near) or self._named(bare, near):
            # the Taquari is a river or a ship before it is a town, as is the White Nile; The Hague keeps its article
            doubtful = named.kind in ("city", STATE, COUNTY) and text.startswith("the ")
            return None if doubtful and not self._known(bare) and bare not in self._regions else named
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
                return self._states.find_american(bare)
            return self._countries.place(code) if code and bare[-1] != "n" else None
        if self._regions.get(bare, "") is None and (state := self._states.find_shared(bare, near)):
            return state  # Punjab, where the article names India or Pakistan
        return self._known(bare) or self._states.find_county(bare, near) or self._city_or_state(bare, near)

    def _known(self, bare: str) -> Place | None:
        if (code := self._countries.names.get(bare)) or (
            bare.isupper() and len(bare) > 3 and (code := self._countries.names.get(bare.title()))
        ):
            return self._countries.place(code)
        if bare in self._regions:
            return Place(bare, self._regions[bare], None, None, None, "region")
        if site := self._facts.sites.get(bare):
            return Place(bare, site.country, *site.at, None, "site")
        return None if bare in _ALSO_CITIES else self._states.find_listed(bare)

    def _city_or_state(self, bare: str, near: Near) -> Place | None:
        """Return a city, or the state or province of that name if no city of its country bears it."""
        if capital := _DISTRICT.fullmatch(bare):  # Washington DC
            bare, near = capital[1], Near.within("US-DC")
        city, state = self._cities.find(bare, near), self._states.find(bare, near)
        if city is None or state is None:
            return city or state
        own = self._cities.bears(city.name, bare)
        return city if own and (city.country == state.country or state.country not in near.codes) else state

    def _state_noun(self, bare: str, near: Near) -> Place | None:
        """Read *Punjab province*, *Washington state*; *Brest region*, which has another name at home, is left."""
        name, _, noun = bare.rpartition(" ")
        if not capitalised(name) or noun.lower() not in self._facts.words.divisions:
            return None
        if noun == "County" and (county := self._states.find_county(bare, near)):
            return county
        return self._states.find(name, near, called=True)

    def _inside_place(self, bare: str, near: Near) -> tuple[bool, Place | None]:
        """Read *bases in eastern Libya*, *the Rafah border crossing in Egypt*."""
        match = self._inside.search(bare)
        if match is None:
            return False, None
        outer = self._place(bare[match.end() :], near)
        if outer is not None and outer.country and outer.kind in ("country", STATE, COUNTY, REGION_BY_DESCRIPTION):
            inner = self._place(bare[: match.start()], self._inside_of(outer))
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
        outer = self._states.find_american(last) if last in _ALSO_CITIES else None
        outer = outer or self._states.find_short(last) or self._place(last, near)
        if outer is None:
            return True, self._place(head, near) if not capitalised(last) else None
        if outer.country is None or outer.kind == "city":
            return True, None
        inside = self._inside_of(outer)
        town = self._cities.find(head, inside) if outer.kind == STATE else None  # Lebanon, Tenn., is no country
        inner = town or self._place(head, inside)
        if inner is None:
            return True, _described(f"{head}, {outer.name}" if outer.kind == STATE else bare, outer)
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
        near = Near.within(country) if country else near
        if noun in self._facts.words.divisions and (state := self._states.find(plain(name), near, called=True)):
            return True, state
        place = self._place(name, near)
        if place is not None and place.kind == "country" and noun in self._facts.words.towns:
            return True, self._cities.find(plain(name), near)
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
        # western Washington is in the state, central Washington in the city
        far = rest in _ALSO_CITIES and not bare.startswith("central ")
        place = self._states.find_american(rest) if far else self._place(rest, near)
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
                if place is not None and place.kind == STATE:
                    inner = self._named(owner[2], self._inside_of(place))  # Ohio's Guernsey County
                    if inner is not None and inner.country == place.country:
                        return True, inner
                return True, _described(bare, place) if self._is_place_noun(owner[2]) else None
            return False, None
        if rest == "capital":
            return True, self._capital(country)
        inside = Near.within(country)
        named = self._state_noun(rest, inside) or self._named(rest, inside)
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
        return self._cities.find(self._countries.by_code[country].capital, Near.within(country))

    def _inside_of(self, outer: Place) -> Near:
        """Return where to look for a place that is said to be inside another: in the state alone, if it is one."""
        areas = self._states.areas(outer)
        narrow = areas - {outer.country}
        return Near(narrow or areas)


def _described(text: str, place: Place | None) -> Place | None:
    """Return a place that is known by its country alone."""
    if place is None or place.country is None:
        return None
    return Place(text, place.country, None, None, None, PLACE_BY_DESCRIPTION)


def _word_pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"\s(?:" + "|".join(map(re.escape, words)) + r")\s")
