"""The Natural Earth projection (Patterson 2008), in the polynomial form of Šavrič, Jenny, Patterson, Petrovič and Hurni
(2011), around any meridian: from degrees to the units of a drawing."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from claimx.report.outlines import Point

WIDTH, HEIGHT = 10000, 5200
"""Of the drawing, in its units: whole numbers keep paths short, and a unit is 4 km at the equator."""

_X = ((0, 0.8707), (2, -0.131979), (4, -0.013791), (10, 0.003971), (12, -0.001529))
_Y = ((0, 1.007226), (2, 0.015085), (6, -0.044475), (8, 0.028874), (10, -0.005916))
_SCALE = WIDTH / (2 * math.pi * _X[0][1])


def project(point: Point, middle: float) -> tuple[float, float]:
    """Return the place of longitude and latitude in the drawing, `middle` being the meridian in its middle."""
    return _flat((_wrapped(point[0] - middle), point[1]))


def middle_of(longitudes: Iterable[float]) -> float:
    """Return the meridian around which the longitudes lie, in tens of degrees; 10° E where there is no such thing."""
    angles = [math.radians(longitude) for longitude in longitudes]
    x, y = sum(map(math.cos, angles)), sum(map(math.sin, angles))
    if math.hypot(x, y) < 0.2 * len(angles) or not angles:
        return 10.0
    return round(math.degrees(math.atan2(y, x)), -1)


def draw_ring(ring: Sequence[Point], middle: float) -> str:
    """Return a closed ring of land as the data of an SVG path, cut where the drawing ends."""
    return "".join(_path(piece) + "z" for piece in _cut(ring, middle) if _path(piece))


def draw_line(line: Sequence[Point], middle: float) -> str:
    """Return a line as the data of an SVG path, broken where it leaves the drawing on one side."""
    points = [(_wrapped(x - middle), y) for x, y in line]
    pieces = [points[:1]]
    for before, after in pairwise(points):
        if abs(after[0] - before[0]) > 180:
            pieces.append([])
        pieces[-1].append(after)
    return "".join(map(_path, pieces))


def draw_edge() -> str:
    """Return the edge of the whole drawing as the data of an SVG path."""
    left = [(-180.0, float(latitude)) for latitude in range(-90, 91, 6)]
    return _path([*left, *((-x, y) for x, y in reversed(left))]) + "z"


def _cut(ring: Sequence[Point], middle: float) -> Iterator[list[Point]]:
    """Yield what is seen of a ring, in degrees from the middle: a ring that crosses the edge is seen on both sides."""
    whole = _unbroken([(x - middle, y) for x, y in ring])
    for shift in (-360, 0, 360):
        moved = [(x + shift, y) for x, y in whole]
        if piece := _clipped(_clipped(moved, -180, 1), 180, -1):
            yield piece


def _unbroken(ring: Sequence[Point]) -> list[Point]:
    """Return the ring without jumps around the globe."""
    points = [ring[0]]
    for x, y in ring[1:]:
        points.append((points[-1][0] + _wrapped(x - points[-1][0]), y))
    return points


def _clipped(ring: Sequence[Point], edge: float, side: int) -> list[Point]:
    """Return the part of a ring beyond a meridian (Sutherland and Hodgman 1974): east of it, or west for side -1."""
    kept: list[Point] = []
    for (x0, y0), (x1, y1) in pairwise([*ring[-1:], *ring]):
        before, after = side * (x0 - edge), side * (x1 - edge)
        if before * after < 0:
            kept.append((edge, y0 + (y1 - y0) * before / (before - after)))
        if after >= 0:
            kept.append((x1, y1))
    return kept if len({x for x, _ in kept}) > 1 else []


def _path(points: Sequence[Point]) -> str:
    """Return the data of a path through points in degrees from the middle, in whole units, or ""."""
    placed = [(round(x), round(y)) for x, y in map(_flat, points)]
    steps = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(placed) if (x0, y0) != (x1, y1)]
    if not steps:
        return ""
    return f"M{placed[0][0]} {placed[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")


def _flat(point: Point) -> tuple[float, float]:
    """Return the place in the drawing of a point in degrees from the middle."""
    longitude, latitude = math.radians(point[0]), math.radians(point[1])
    x = longitude * sum(factor * latitude**power for power, factor in _X)
    y = latitude * sum(factor * latitude**power for power, factor in _Y)
    return WIDTH / 2 + _SCALE * x, HEIGHT / 2 - _SCALE * y


def _wrapped(degrees: float) -> float:
    return degrees if -180 <= degrees <= 180 else (degrees + 180) % 360 - 180
