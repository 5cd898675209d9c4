"""Places and actors behind spans: country, coordinates, GeoNames id; whom a capital or a demonym stands for.

Cities (15,000 people and more), ids and country names come from GeoNames (`gazetteer/geonames.py`); demonyms, seats of
government, regions and the words around names from `rules/places.toml`. A null beats a guess: a name that several
cities share is resolved by the article's other places, or by one city being ten times the size of the next.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping

from claimx.gazetteer.geonames import City, GeoNames, fold
from claimx.records import Actor, ActorType, Place
from claimx.rules.coreference import vocabulary
from claimx.rules.files import Strict, read_bundled

REGION_BY_DESCRIPTION = "region by description"
PLACE_BY_DESCRIPTION = "place by description"

_PERSON_LABELS = {"PERSON", "PER"}
_ORGANISATION_LABELS = {"ORG", "ORGANIZATION", "ORGANISATION"}
_DOMINANT = 10  # times as many people as in the next city of that name
_KNOWN_ALONE = 50_000  # people a city needs to be meant where the article names no country
_KNOWN_ABROAD = 500_000  # ... and where the article's countries are others
_OTHER_SPELLINGS = 100_000  # ... and for other spellings than the gazetteer's to count
_MAJOR = 500_000  # ... and to be taken for a place by its name alone
_COORDINATION = re.compile(r"\s(?:and|or|as well as)\s|\s&\s|/")
_DETERMINER = re.compile(r"(?:the|a|an|this|that|these|those|its|their|his|her|our|my|your)\s+", re.I)
_POSSESSIVE = re.compile(r"^(.+?)(?:'s|(?<=s)')\s+(.+)$")
_QUOTES = '"“”‘’«» \t\n.,;:()'

Countries = frozenset[str]


class _Country(Strict):
    people: tuple[str, ...]
    at: tuple[float, float]
    also: tuple[str, ...] = ()
    name: str | None = None


class _Site(Strict):
    country: str
    at: tuple[float, float]


class _NotSeats(Strict):
    names: frozenset[str]


class _Words(Strict):
    directions: frozenset[str]
    places: frozenset[str]
    same: frozenset[str]
    tails: tuple[str, ...]
    inside: tuple[str, ...]
    around: tuple[str, ...]
    ordinary: frozenset[str]
    saints: frozenset[str]


class _Actors(Strict):
    governments: frozenset[str]
    organisations: frozenset[str]
    honorifics: frozenset[str]
    posts: frozenset[str]
    royals: frozenset[str]
    peoples: frozenset[str]
    quantities: frozenset[str]
    adjectives: frozenset[str]


class _Facts(Strict):
    countries: Mapping[str, _Country]
    shared: Mapping[str, tuple[str, ...]]
    seats: Mapping[str, str]
    not_seats: _NotSeats
    regions: Mapping[str, str]
    sites: Mapping[str, _Site]
    words: _Words
    actors: _Actors


class Gazetteer:
    """Names of places and what they point at."""

    def __init__(self) -> None:
        self._facts = read_bundled(_Facts, "places.toml")
        self._geonames = GeoNames()
        self._countries = self._geonames.countries()
        self._names: dict[str, str] = {}
        self._people: dict[str, str] = {}
        self._plural_people: set[str] = set()
        self._index_countries()
        states = self._geonames.states()
        self._states = {state.name: state.geonameid for state in states}
        self._divisions = {state.geonameid: f"US-{state.code}" for state in states}
        self._regions = {_plain(name): country or None for name, country in self._facts.regions.items()}
        words = self._facts.words
        self._inside, self._around = _word_pattern(words.inside), _word_pattern(words.around)
        self._tails = _word_pattern(words.tails)
        self._context: dict[tuple[str, ...], Countries] = {}

    def find_place(self, text: str, *, context: Iterable[str] = ()) -> Place | None:
        """Return where a span points, or None where it names no place or not one place alone.

        `context` holds other names of the article; their countries decide between places of one name. *Eastern Libya*
        gives the country with no coordinates, *bases in eastern Libya* the same; a country gives a point in its middle.
        """
        return self._place(_clean(text), self._countries_in(tuple(context)))

    def country_of(self, text: str) -> str | None:
        """Return the ISO 3166-1 alpha-2 code of the country that a span names or belongs to.

        That is a country's name, a demonym (*Russian*), or a noun phrase that opens with either (*Libyan officials*,
        *Sudan's army*). None where there are two countries, or where the name is shared (*Congolese*).
        """
        bare = _plain(_clean(text))
        return self._country_named(bare) or self._owner(bare)[0]

    def government_of(self, text: str) -> str | None:
        """Return the country whose government a capital, a seat or a country's own name stands for where it acts."""
        bare = _clean(text)
        if country := self._facts.seats.get(bare) or self._facts.seats.get(_plain(bare)):
            return country
        return self._country_named(_plain(bare)) or self._capitals.get(fold(_plain(bare)))

    def country_place(self, code: str) -> Place | None:
        """Return a country by its ISO 3166-1 alpha-2 code, with a point near its middle; None for no such code."""
        return self._country_place(code) if code in self._countries else None

    def is_place_name(self, text: str) -> bool:
        """Tell whether a span is the name of a country, capital, region, US state or city of half a million people."""
        bare = _plain(_clean(text))
        if not _capitalised(bare):
            return False
        if self._known(bare) or bare in self._facts.shared or fold(bare) in self._capitals:
            return True
        return bare not in self._facts.words.ordinary and any(c.people >= _MAJOR for c in self._cities_named(bare))

    def actor_of(self, text: str, ent_label: str | None = None, *, context: Iterable[str] = ()) -> Actor | None:
        """Return whom a span names as acting; `ent_label` is the label of the name it holds, if any.

        Capitals and seats become countries here: ask only of what acts, never of where something goes. A vehicle
        stands for the country it belongs to (*Russian cargo planes*), other things for nobody. `context` is as in
        `find_place`.
        """
        span = _clean(text)
        bare = _plain(span)
        if not any(letter.isupper() for letter in bare) or bare.lower().startswith("no "):
            return None
        if ent_label not in _PERSON_LABELS:
            country = self._acting_country(span)
            if country is None and bare in self._facts.shared:
                country = self._shared(bare, self._countries_in(tuple(context)))
            if country:
                return Actor(self._country_name(country), country, "country")
            if bare in self._plural_people:
                return Actor(bare, self._people[bare], "group")
        country, _ = self._owner(bare)
        if any(self._class_of(word) == "vehicle" for word in _head(bare).split(" ") if word.islower()):
            return Actor(self._country_name(country), country, "country") if country else None
        if ent_label not in _ORGANISATION_LABELS and (person := self._person(bare, ent_label)):
            return person
        kind = self._kind(bare, ent_label)
        return Actor(bare, country or self._country_inside(bare), kind) if kind else None

    # countries

    def _index_countries(self) -> None:
        for code, country in self._countries.items():
            facts = self._facts.countries.get(code)
            if code in ("AN", "CS"):  # dissolved states, kept in GeoNames for old data
                continue
            names = [facts.name] if facts and facts.name else []
            names += [country.name, *(facts.also if facts else ())]
            for name in names:
                if name not in self._facts.shared:
                    self._names.setdefault(_plain(name), code)
            for person in facts.people if facts else ():
                self._people.setdefault(person, code)
                if (plural := _plural(person)) is not None:
                    self._people.setdefault(plural, code)
                    self._plural_people.add(plural)

    @functools.cached_property
    def _capitals(self) -> dict[str, str]:
        """Return the countries of capitals that stand for their governments."""
        return {
            fold(country.capital): code
            for code, country in self._countries.items()
            if code in self._facts.countries and country.capital and country.capital not in self._facts.not_seats.names
        }

    def _country_name(self, code: str) -> str:
        facts = self._facts.countries.get(code)
        return _plain((facts.name if facts else None) or self._countries[code].name)

    def _country_named(self, bare: str) -> str | None:
        """Return the country of an exact name or demonym."""
        found = self._names.get(bare) or self._people.get(bare)
        if found is None and len(bare) > 3 and bare.isupper():  # headlines in capitals
            return self._names.get(bare.title()) or self._people.get(bare.title())
        return found

    def _owner(self, bare: str) -> tuple[str | None, str]:
        """Return the country whose name or demonym opens a noun phrase, and the rest of the phrase.

        Numbers and adjectives may stand before it: *two Swedish diplomats*, *the former Kenyan ambassador*.
        """
        if possessive := _POSSESSIVE.match(bare):
            owner = _plain(possessive[1])
            if country := self._names.get(owner):
                return country, possessive[2]
        words = bare.split(" ")
        start = 0
        while start < len(words) and (self._is_quantity(words[start]) or words[start] in self._facts.actors.adjectives):
            start += 1
        for many in (3, 2, 1):
            end = start + many
            country = self._country_named(" ".join(words[start:end]))
            if country is None or len(words) <= end:
                continue
            rest = " ".join(words[end:])
            if _COORDINATION.match(f" {rest}") or rest.startswith(","):
                return None, bare  # US and Libyan officials
            return country, rest
        if start and start == len(words) - 1 and words[start] in self._plural_people:
            return self._people[words[start]], words[start]  # 15 Azerbaijanis
        return None, bare

    def _nationality(self, bare: str) -> str | None:
        """Return the country of *Syrian President Bashar al-Assad*, *US envoy*; not of *Chad Smith*."""
        country, rest = self._owner(bare)
        opening = bare[: len(bare) - len(rest)].strip()
        is_name = opening in self._names and not opening.strip(".").isupper()
        return None if is_name else country

    def _country_inside(self, bare: str) -> str | None:
        """Return the country of *Bank of Russia*, *Central Bank of Libya*."""
        _, of, name = bare.rpartition(" of ")
        return self._names.get(_plain(name)) if of else None

    def _shared(self, name: str, near: Countries) -> str | None:
        """Return which country a shared name means, by the article's countries and the neighbours of each choice."""
        codes = self._facts.shared[name]
        neighbours = {code: self._countries[code].neighbours for code in codes}
        scores = []
        for code in codes:
            others = set[str]().union(*(neighbours[other] for other in codes if other != code)) | set(codes)
            # the United States are in every other article, whatever it is about
            scores.append((0.5 if code == "US" else 2.0) * (code in near) + len((neighbours[code] - others) & near))
        best = max(scores)
        return codes[scores.index(best)] if best and scores.count(best) == 1 else None

    # places

    def _place(self, text: str, near: Countries) -> Place | None:
        if not any(letter.isupper() for letter in text):
            return None
        if tail := self._tails.search(text):
            text = text[: tail.start()]
        bare = _plain(text)
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

    def _named(self, bare: str, near: Countries) -> Place | None:
        """Return the place whose whole name the words are."""
        if not _capitalised(bare):
            return None
        if bare in self._facts.shared:
            code = self._shared(bare, near)
            if code == "US":
                return self._state(bare)
            return self._country_place(code) if code and bare[-1] != "n" else None
        return self._known(bare) or self._city(bare, near) or self._state(bare)

    def _known(self, bare: str) -> Place | None:
        if (code := self._names.get(bare)) or (
            bare.isupper() and len(bare) > 3 and (code := self._names.get(bare.title()))
        ):
            return self._country_place(code)
        if bare in self._regions:
            return Place(bare, self._regions[bare], None, None, None, "region")
        if site := self._facts.sites.get(bare):
            return Place(bare, site.country, *site.at, None, "site")
        return None if bare in ("New York", "Washington") else self._state(bare)

    def _state(self, bare: str) -> Place | None:
        geonameid = self._states.get(bare)
        return Place(bare, "US", None, None, geonameid, "state") if geonameid else None

    def _country_place(self, code: str) -> Place:
        facts = self._facts.countries.get(code)
        lat, lon = facts.at if facts else (None, None)
        return Place(self._country_name(code), code, lat, lon, self._countries[code].geonameid, "country")

    def _inside_place(self, bare: str, near: Countries) -> tuple[bool, Place | None]:
        """Read *bases in eastern Libya*, *the Rafah border crossing in Egypt*."""
        match = self._inside.search(bare)
        if match is None:
            return False, None
        outer = self._place(bare[match.end() :], near)
        if outer is not None and outer.country and outer.kind in ("country", "state", REGION_BY_DESCRIPTION):
            inner = self._place(bare[: match.start()], Countries((outer.country,)))
            if inner is not None and inner.country == outer.country and inner.kind != "country":
                return True, inner
        return True, outer

    def _around_place(self, bare: str, near: Countries) -> tuple[bool, Place | None]:
        """Read *a depot near Barysaw*."""
        match = self._around.search(f" {bare}")
        if match is None:
            return False, None
        return True, _described(bare, self._place(bare[max(0, match.end() - 1) :], near))

    def _listed_place(self, bare: str, near: Countries) -> tuple[bool, Place | None]:
        """Read *Incirlik Air Base, Turkey*; *Turkey, Egypt* and *Yerevan and Tbilisi* are several places, so none."""
        if _COORDINATION.search(bare):
            return True, None
        head, comma, last = bare.rpartition(",")
        if not comma:
            return False, None
        head, last = _plain(_clean(head)), _plain(_clean(last))
        if head.islower():  # the capital, Bangui
            return True, self._place(last, near)
        outer = self._place(last, near)
        if outer is None:
            return True, self._place(head, near) if not _capitalised(last) else None
        if outer.country is None or outer.kind == "city":
            return True, None
        division = self._divisions.get(outer.geonameid or 0, outer.country)
        inner = self._place(head, Countries((division,)))
        if inner is None:
            return True, _described(bare, outer)
        return True, inner if inner.country == outer.country and inner.kind != "country" else None

    def _place_of(self, bare: str, near: Countries) -> tuple[bool, Place | None]:
        """Read *the northern town of Jaffna*, *the Russian port of Ust-Luga*, *the outskirts of Kobryn*."""
        left, of, name = bare.partition(" of ")
        if not of:
            return False, None
        noun = left.split(" ")[-1].lower()
        if noun not in self._facts.words.places:
            return True, None
        country = self._owner(left)[0] or self._owner(self._undirected(left))[0]
        place = self._place(name, Countries((country,)) if country else near)
        if place is None:
            return True, Place(_plain(name), country, None, None, None, PLACE_BY_DESCRIPTION) if country else None
        if place.kind == "country" and noun == "capital":
            return True, self._capital(place.country)
        if noun in self._facts.words.same and place.kind in ("city", "site"):
            return True, place
        return True, _described(bare, place)

    def _directed_place(self, bare: str, near: Countries) -> tuple[bool, Place | None]:
        """Read *eastern Libya*, *central Baghdad*."""
        rest = self._undirected(bare)
        if rest == bare:
            return False, None
        place = self._place(rest, near)
        if place is None or place.kind in ("city", "site", PLACE_BY_DESCRIPTION):
            return True, place
        kind = REGION_BY_DESCRIPTION if place.country else place.kind
        return True, Place(bare, place.country, None, None, None, kind)

    def _owned_place(self, bare: str, near: Countries) -> tuple[bool, Place | None]:
        """Read *Sudan's West Darfur state*, *the South Sudanese capital*, *Estonian waters*, *rebel-held Aleppo*."""
        country, rest = self._owner(bare)
        if country is None:
            if owner := _POSSESSIVE.match(bare):
                place = self._place(owner[1], near)
                return True, _described(bare, place) if self._is_place_noun(owner[2]) else None
            return False, None
        if rest == "capital":
            return True, self._capital(country)
        named = self._named(rest, Countries((country,)))
        if named is not None and named.country == country:
            return True, named
        if self._is_place_noun(rest):
            return True, Place(bare, country, None, None, None, PLACE_BY_DESCRIPTION)
        return True, None

    def _place_noun(self, bare: str, near: Countries) -> tuple[bool, Place | None]:
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

    def _described_place(self, bare: str, near: Countries) -> tuple[bool, Place | None]:
        """Read *war-torn Syria*, *the Hamas-controlled Gaza Strip*: adjectives before a name."""
        first, space, rest = bare.partition(" ")
        adjective = first.islower() or (("-" in first) and first.rpartition("-")[2].islower())
        if not space or not adjective or first.lower() in self._facts.words.places:
            return True, None
        place = self._place(rest, near)
        return True, place if place is None or _capitalised(rest) else None

    def _is_place_noun(self, phrase: str) -> bool:
        words = phrase.split(" ")
        return any(" ".join(words[-many:]).lower() in self._facts.words.places for many in (1, 2, 3))

    def _undirected(self, phrase: str) -> str:
        words = phrase.split(" ")
        while len(words) > 1 and words[0].lower() in self._facts.words.directions:
            words = words[1:]
        return " ".join(words)

    def _capital(self, country: str | None) -> Place | None:
        if country is None or not self._countries[country].capital:
            return None
        return self._city(self._countries[country].capital, Countries((country,)))

    # cities

    def _city(self, name: str, near: Countries) -> Place | None:
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
        if self._capitals.get(fold(city.name)) == city.country:
            return True
        saintly = name.partition(" ")[0] in self._facts.words.saints
        return not saintly and city.people >= (_KNOWN_ABROAD if abroad else _KNOWN_ALONE)

    def _cities_named(self, name: str) -> tuple[City, ...]:
        """Return the cities of a name, the most populous first."""
        if len(name) > 3 and name.isupper():
            name = name.title()
        return self._geonames.cities_named(name)

    def _countries_in(self, context: tuple[str, ...]) -> Countries:
        """Return the countries that the article's other names point at, without help from each other."""
        if context not in self._context:
            found = set()
            for text in context:
                country = self.country_of(text)
                if country is None and (place := self._place(_clean(text), Countries())):
                    country = place.country
                if country:
                    found.add(country)
            self._context = {context: Countries(found)}  # callers ask article by article
        return self._context[context]

    # actors

    def _acting_country(self, span: str) -> str | None:
        bare = _plain(span)
        if bare in self._plural_people:
            return None
        if country := self.government_of(span):
            return country
        country, rest = self._owner(bare)
        if country and rest.lower() in self._facts.actors.governments:
            return country
        head, of, name = bare.partition(" of ")
        return self._names.get(_plain(name)) if of and head.lower() in self._facts.actors.governments else None

    def _person(self, bare: str, ent_label: str | None) -> Actor | None:
        """Read *Syrian President Bashar al-Assad*, *its director, Esther Mbuyi*, *the Danish foreign minister*."""
        labelled = ent_label in _PERSON_LABELS
        parts = [part for part in re.split(r",\s+(?:and )?", bare) if any(letter.isalpha() for letter in part)]
        if _COORDINATION.search(bare):
            return Actor(bare, self._nationality(bare), "group") if labelled else None
        country = self._nationality(bare) or self._country_inside(bare)
        titled = False
        for part in parts:
            words = part.split(" ")
            after = max(self._title_ends(words), default=0)
            if labelled:  # Soap star Kezia; but not Muhammad bin Salman
                after = max(after, *(n + 1 for n, word in enumerate(words) if word.islower() and len(word) > 3), 0)
            name = " ".join(words[after:])
            if after and _capitalised(name):
                return Actor(name, country, "person")
            titled |= 0 < after == len(words) or " of " in part or " for " in part
        names = [part for part in parts if _capitalised(part) and not any(w.islower() for w in part.split(" "))]
        if labelled or (titled and len(parts) > 1 and names):
            return Actor(names[-1] if titled and names else (names or parts)[0], country, "person")
        if country and self._class_of(_head(bare).split(" ")[-1]) == "person":
            return Actor(bare, country, "person")
        return None

    def _title_ends(self, words: list[str]) -> Iterator[int]:
        for start in range(len(words)):
            noun = self._class_of(words[start]) == "person" and words[start].lower() not in self._facts.actors.royals
            if noun or words[start] in self._facts.actors.honorifics:
                yield start + 1
            for end in range(start + 1, min(start + 4, len(words)) + 1):
                if " ".join(words[start:end]).lower() in self._facts.actors.posts:
                    yield end

    def _kind(self, bare: str, ent_label: str | None) -> ActorType | None:
        head = _head(bare)
        words = head.split(" ")
        if any(" ".join(words[-many:]).lower() in self._facts.actors.organisations for many in (3, 2, 1)):
            return "organisation"
        if words[-1] in self._plural_people:
            return "group"
        if self._class_of(words[-1]) == "people":
            # Wagner fighters, Opposition leaders; nobody is named in "Two inmates"
            named = any(_capitalised(word) for word in words[1:])
            named = named or (len(words) > 1 and _capitalised(head) and not self._is_quantity(words[0]))
            return "group" if named or self._owner(bare)[0] else None
        if _COORDINATION.search(bare):
            sides = [_plain(side.strip()) for side in _COORDINATION.split(bare)]
            return "group" if all(self._country_named(side) or self._owner(side)[0] for side in sides) else None
        return "organisation" if ent_label in _ORGANISATION_LABELS and not words[-1].islower() else None

    def _class_of(self, noun: str) -> str | None:
        """Return "person", "people" for more than one, or "vehicle"."""
        lower = noun.lower()
        if lower in self._facts.actors.peoples:
            return "people"
        classes = vocabulary().class_of
        for many, singulars in (("person", (lower,)), ("people", _singulars(lower))):
            for singular in singulars:
                found = classes.get(singular, frozenset())
                if "person" in found:
                    return many
                if "vehicle" in found:
                    return "vehicle"
        return None

    def _is_quantity(self, word: str) -> bool:
        return word[:1].isdigit() or word.lower() in self._facts.actors.quantities


@functools.cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer; the first call reads the names of countries, the first unknown name those of cities."""
    return Gazetteer()


def find_place(text: str, *, context: Iterable[str] = ()) -> Place | None:
    """Return where a span points; see `Gazetteer.find_place`."""
    return gazetteer().find_place(text, context=context)


def country_of(text: str) -> str | None:
    """Return the country that a span names or belongs to; see `Gazetteer.country_of`."""
    return gazetteer().country_of(text)


def government_of(text: str) -> str | None:
    """Return the country whose government a name stands for; see `Gazetteer.government_of`."""
    return gazetteer().government_of(text)


def country_place(code: str) -> Place | None:
    """Return a country and a point near its middle; see `Gazetteer.country_place`."""
    return gazetteer().country_place(code)


def is_place_name(text: str) -> bool:
    """Tell whether a span is a well-known place's name; see `Gazetteer.is_place_name`."""
    return gazetteer().is_place_name(text)


def actor_of(text: str, ent_label: str | None = None, *, context: Iterable[str] = ()) -> Actor | None:
    """Return whom a span names as acting; see `Gazetteer.actor_of`."""
    return gazetteer().actor_of(text, ent_label, context=context)


def _described(text: str, place: Place | None) -> Place | None:
    """Return a place that is known by its country alone."""
    if place is None or place.country is None:
        return None
    return Place(text, place.country, None, None, None, PLACE_BY_DESCRIPTION)


def _head(bare: str) -> str:
    """Return a noun phrase up to what follows its head."""
    return re.split(r"\s(?:of|in|from|at|for|on|who|with|to)\s|,\s", bare)[0]


def _singulars(noun: str) -> Iterator[str]:
    for ending, singular in (("men", "man"), ("ies", "y"), ("es", ""), ("s", "")):
        if noun.endswith(ending) and len(noun) > len(ending):
            yield noun[: -len(ending)] + singular


def _clean(text: str) -> str:
    return " ".join(text.replace("’", "'").strip(_QUOTES).split()) + ("." if _ends_in_initials(text) else "")


def _ends_in_initials(text: str) -> bool:
    return re.search(r"(?:^|\W)(?:[A-Z]\.){2,}$", text.strip()) is not None


def _plain(text: str) -> str:
    """Return a name without its determiner."""
    match = _DETERMINER.match(text)
    return text[match.end() :] if match else text


def _capitalised(text: str) -> bool:
    return bool(text) and text[0].isupper()


def _plural(person: str) -> str | None:
    last = person.split(" ")[-1]
    if last.endswith(("ish", "ese", "ch", "ss", "men", "man", "woman", "ic", "ois", "Dutch", "s", "otho", "tswana")):
        return None
    return person + "s"


def _word_pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"\s(?:" + "|".join(map(re.escape, words)) + r")\s")
