"""The map: outlines that meet, a projection that is the one it says, arrows from place to place."""

import json
import math
import re
from dataclasses import replace
from importlib import resources
from itertools import pairwise

import pytest
from examples import article, span
from hypothesis import given
from hypothesis import strategies as st

from claimx.records import Article, Place
from claimx.report.outlines import read_outlines
from claimx.report.projection import HEIGHT, WIDTH, draw_line, draw_ring, middle_of, project
from claimx.report.story import tell_story
from claimx.report.worldmap import WorldMap, draw_map
from claimx_training.outlines import derive

SYRIA = Place("Syria", "SY", 35.0, 38.0, 163843, "country")
LIBYA = Place("Libya", "LY", 28.0, 17.0, 2215636, "country")
MOSCOW = Place("Moscow", "RU", 55.75, 37.62, 524901, "city")


def mapped(*ends: tuple[Place | None, Place | None], status: str = "asserted") -> WorldMap:
    """Return the map of a claim for each origin and destination."""
    claim = article().claims[0]
    claims = tuple(
        replace(
            claim,
            id=str(number),
            status=status,  # type: ignore[arg-type]
            origin=span("Syria", place=origin) if origin else None,
            destination=span("Libya", after="bases", place=destination) if destination else None,
        )
        for number, (origin, destination) in enumerate(ends)
    )
    drawn = draw_map(tell_story([replace(article(), claims=claims)]).entries)
    assert drawn
    return drawn


# outlines


def test_outlines_are_small_and_whole() -> None:
    path = resources.files("claimx.report") / "assets" / "outlines.json"
    assert len(path.read_bytes()) < 60_000
    outlines = read_outlines()
    codes = [code for code, _ in outlines.countries]
    assert len(codes) == 176
    assert {"SY", "LY", "RU", "US", "XK"} <= set(codes)
    for _, rings in outlines.countries:
        for ring in rings:
            assert len(ring) >= 4
            assert ring[0] == ring[-1]
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
    assert len(outlines.borders) > 250


@pytest.mark.parametrize(
    ("code", "point", "inside"),
    [
        ("LY", (17, 27), True),
        ("LY", (25, 15), False),
        ("UA", (34, 45.3), True),
        ("RU", (34, 45.3), False),
        ("BR", (-55, -10), True),
    ],
)
def test_countries_lie_where_they_are(code: str, point: tuple[float, float], inside: bool) -> None:
    (rings,) = [rings for country, rings in read_outlines().countries if country == code]
    crossings = sum(
        (y0 > point[1]) != (y1 > point[1]) and point[0] < x0 + (point[1] - y0) / (y1 - y0) * (x1 - x0)
        for ring in rings
        for (x0, y0), (x1, y1) in pairwise(ring)
    )
    assert bool(crossings % 2) is inside


def test_outlines_are_derived_from_topojson() -> None:
    square = [[0, 0], [10, 0], [0, 10], [-5, 0], [-5, 0], [0, -10]]  # with a point on the line that nobody needs
    topology = {
        "transform": {"scale": [1, 1], "translate": [30, 44]},
        "arcs": [square, [[0, 0], [1, 0], [0, 1], [-1, -1]], [[3, 1], [3, 0], [0, 1], [-3, -1]]],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "arcs": [[0]], "id": "434", "properties": {"name": "Libya"}},
                    {"type": "MultiPolygon", "arcs": [[[1]], [[2]]], "id": "643", "properties": {"name": "Russia"}},
                    {"type": "Polygon", "arcs": [[~0]], "id": "804", "properties": {"name": "Ukraine"}},
                    {"type": "Polygon", "arcs": [[1]], "id": "010", "properties": {"name": "Antarctica"}},
                ]
            }
        },
    }
    file = derive(topology)
    assert [(country["code"], country["rings"]) for country in file["countries"]] == [
        ("LY", [[0]]),
        ("RU", [[1]]),
        ("UA", [[~0], [2]]),  # the last is where Crimea lies
    ]
    assert file["arcs"][0] == [600, 880, 200, 0, 0, 200, -200, 0, 0, -200]
    json.dumps(file)


# projection


def test_the_projection_is_natural_earth() -> None:
    """Against the table of the projection's paper: lengths of parallels and distances from the equator."""
    pole = HEIGHT / 2 - project((0, 90), 0)[1]
    for latitude, length, distance in ((0, 1, 0), (30, 0.957, 0.372), (60, 0.8196, 0.7346), (80, 0.6754, 0.9394)):
        x, y = project((180, latitude), 0)
        assert (x - WIDTH / 2) / (WIDTH / 2) == pytest.approx(length, abs=0.005)
        assert (HEIGHT / 2 - y) / pole == pytest.approx(distance, abs=0.005)
    assert project((0, 0), 0) == (WIDTH / 2, HEIGHT / 2)
    assert pole / (WIDTH / 2) == pytest.approx(0.52, abs=0.005)


@given(st.floats(-180, 180), st.floats(-89, 89), st.sampled_from([-170.0, 0.0, 10.0, 90.0]))
def test_everything_lies_on_the_drawing(longitude: float, latitude: float, middle: float) -> None:
    x, y = project((longitude, latitude), middle)
    assert 0 <= x <= WIDTH
    assert 0 <= y <= HEIGHT


def test_the_middle_follows_the_places_round_the_globe() -> None:
    assert middle_of([170, -170]) in (180, -180)
    assert middle_of([30, 40]) in (30, 40)
    assert middle_of([0, 120, -120]) == 10
    assert middle_of([]) == 10


def test_a_ring_across_the_edge_is_seen_on_both_sides() -> None:
    ring = [(170.0, 0.0), (-170.0, 0.0), (-170.0, 10.0), (170.0, 10.0), (170.0, 0.0)]
    assert draw_ring(ring, 0).count("M") == 2
    assert draw_ring(ring, 180).count("M") == 1
    assert draw_line(ring, 0).count("M") == 2
    assert draw_ring([(1.0, 1.0), (1.0, 1.0)], 0) == ""


def test_paths_are_paths() -> None:
    for path, _ in mapped((SYRIA, LIBYA)).land:
        assert re.fullmatch(r"(M-?\d+ -?\d+l-?\d+([ -]\d+)+z)+", path)


# movements


def test_the_same_way_is_one_arrow_with_a_count() -> None:
    drawn = mapped((SYRIA, LIBYA), (SYRIA, LIBYA), (LIBYA, SYRIA))
    assert [(way.origin, way.destination, len(way.entries)) for way in drawn.ways] == [
        ("Syria", "Libya", 2),
        ("Libya", "Syria", 1),
    ]
    there, back = (way.arrows[0] for way in drawn.ways)
    assert there.path != back.path
    assert math.dist(there.at, back.at) > 50  # they bend apart
    assert (there.width, back.width) == (2, 1)


def test_statuses_have_arrows_of_their_own() -> None:
    claim = article().claims[0]
    claims = (replace(claim, status="asserted"), replace(claim, id="1", status="negated"))
    drawn = draw_map(tell_story([replace(article(), claims=claims)]).entries)
    assert drawn
    (way,) = drawn.ways
    assert {arrow.status for arrow in way.arrows} == {"asserted", "negated"}
    assert len({arrow.path for arrow in way.arrows}) == 2


def test_one_end_alone_makes_a_sign_and_no_arrow_into_nothing() -> None:
    drawn = mapped((None, MOSCOW), (SYRIA, None), (LIBYA, LIBYA))
    assert all(arrow.loose and not arrow.path for way in drawn.ways for arrow in way.arrows)
    above, left, right = (way.arrows[0].beside for way in drawn.ways)
    assert above[1] < 0 > left[0]
    assert right[0] > 0
    assert [(way.origin, way.destination) for way in drawn.ways] == [
        ("Libya", "Libya"),
        (None, "Moscow"),
        ("Syria", None),
    ]


def test_countries_that_claims_touch_have_labels_of_their_own() -> None:
    benghazi = Place("Benghazi", "LY", 32.1, 20.1, 88319, "city")
    drawn = mapped((SYRIA, benghazi), (MOSCOW, benghazi))
    assert {pin.label: (pin.bare, len(pin.entries)) for pin in drawn.pins if pin.country} == {
        "Libya": (True, 2),
        "Russia": (True, 1),
        "Syria": (False, 1),
    }
    assert {pin.label for pin in drawn.pins if not pin.country} == {"Benghazi", "Moscow"}


def test_a_place_in_a_country_is_drawn_at_the_country_and_said_to_be_so() -> None:
    drawn = mapped((SYRIA, Place("eastern Libya", "LY", None, None, None, "region by description")), (MOSCOW, None))
    pins = {pin.label: pin for pin in drawn.pins}
    assert not pins["Libya"].exact
    assert not pins["Syria"].exact
    assert pins["Moscow"].exact


@pytest.mark.parametrize(
    "place",
    [
        None,
        Place("x", None, None, None, None, "site"),
        Place("x", "ZZ", None, 3.0, None, "city"),
        Place("x", None, 95.0, 0.0, 1, "city"),
    ],
)
def test_claims_without_a_point_are_listed_beside_the_map(place: Place | None) -> None:
    drawn = mapped((place, None), (None, MOSCOW))
    assert [entry.number for entry in drawn.lost] == [1]
    claim = replace(article().claims[0], origin=span("Syria", place=place) if place else None, destination=None)
    assert draw_map(tell_story([replace(article(), claims=(claim,))]).entries) is None


def test_the_near_view_holds_every_place() -> None:
    for ends in ((SYRIA, LIBYA), (None, MOSCOW), (Place("Lima", "PE", -12.0, -77.0, 1, "city"), MOSCOW)):
        drawn = mapped(ends)
        for pin in (pin for pin in drawn.pins if not pin.bare):  # of those the script moves the label
            assert drawn.near.x < pin.x < drawn.near.x + drawn.near.width
            assert drawn.near.y < pin.y < drawn.near.y + drawn.near.height
        assert drawn.near.width <= drawn.world.width
    across = [replace(SYRIA, lon=178.0, lat=0.0), replace(LIBYA, lon=-178.0, lat=0.0)]
    assert mapped((across[0], across[1])).near.width < 2000  # the shorter way round


def test_countries_that_are_named_are_marked() -> None:
    assert sum(named for _, named in mapped((SYRIA, LIBYA)).land) == 2


def test_an_article_without_claims_has_no_map() -> None:
    nothing: Article = replace(article(), claims=())
    assert draw_map(tell_story([nothing]).entries) is None
