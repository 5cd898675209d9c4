"""Outlines of the world's countries, carried small: Natural Earth's, as `claimx_training.outlines` made them."""

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from itertools import accumulate, chain, groupby
from typing import NamedTuple

from claimx.rules.files import Strict

Point = tuple[float, float]
"""Longitude and latitude in degrees, in GeoJSON's order."""


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
    arcs = [
        tuple((x * file.step, y * file.step) for x, y in zip(accumulate(a[::2]), accumulate(a[1::2]), strict=True))
        for a in file.arcs
    ]
    owners = Counter(
        arc for country in file.countries for arc in {arc_index(arc) for ring in country.rings for arc in ring}
    )
    return Outlines(
        tuple((country.code, tuple(_rings(country, arcs))) for country in file.countries),
        tuple(arcs[index] for index, many in sorted(owners.items()) if many > 1),
    )


def _rings(country: _Country, arcs: Sequence[Sequence[Point]]) -> Iterator[tuple[Point, ...]]:
    for ring in country.rings:
        points = join_ring(ring, arcs)
        if len(points) > 3:  # what rounding left of an islet may be a single point
            yield points


def join_ring(ring: Iterable[int], arcs: Sequence[Sequence[Point]]) -> tuple[Point, ...]:
    """Return the points of a ring; arcs follow each other where they meet, `~n` being arc n backwards."""
    points = chain.from_iterable(arcs[arc] if arc >= 0 else reversed(arcs[~arc]) for arc in ring)
    return tuple(point for point, _ in groupby(points))


def arc_index(arc: int) -> int:
    """Return which arc a ring's number means, whatever its direction."""
    return arc if arc >= 0 else ~arc
