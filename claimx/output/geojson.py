"""GeoJSON (RFC 7946): a feature a claim, a line from origin to destination where both are on the map."""

import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any, Final, TextIO

from claimx.output.clean import without_surrogates
from claimx.output.context import OutputContext
from claimx.output.flat import MIDDLE, flatten_claim, places_of, precision_of
from claimx.output.json import dump
from claimx.records import Article, Claim, Place, Span

_RADII: Final = {"site": 3_000, "city": 10_000}
"""Metres around the point of a place in which most of what is said to be there lies."""
_EARTH: Final = 6_371_009.0  # its mean radius in metres


def write_geojson(articles: Iterable[Article], out: TextIO, *, context: OutputContext) -> None:
    """Write one FeatureCollection; a claim without a place on the map keeps a null geometry."""
    write_features((_feature(article, claim) for article in articles for claim in article.claims), out)


def write_features(features: Iterable[dict[str, Any]], out: TextIO) -> None:
    """Write features as one FeatureCollection, each as it comes."""
    out.write('{"type": "FeatureCollection", "features": [')
    separator = "\n"
    for feature in features:
        out.write(separator + dump(without_surrogates(feature)))
        separator = ",\n"
    out.write("\n]}\n")


def _feature(article: Article, claim: Claim) -> dict[str, Any]:
    places = places_of(claim)
    return {
        "type": "Feature",
        "id": claim.id,
        "geometry": draw_way(*places.values()),
        "properties": {**name_role(places), **flatten_claim(article, claim)},
    }


def draw_way(*spans: Span | None) -> dict[str, Any] | None:
    """Return the geometry of a way through places: a line, a point where one alone is on the map, None for none."""
    points = [point for span in spans if (point := _point(span))]
    kept = [point for point, _ in groupby(points)]
    if not kept:
        return None
    if len(kept) == 1:
        return {"type": "Point", "coordinates": kept[0]}
    return {"type": "LineString", "coordinates": kept}


def name_role(places: Mapping[str, Span | None]) -> dict[str, Any]:
    """Return which places a geometry joins, and how far from the truth the worst known of them may be.

    `role` is "origin", "origin via destination" or whatever of them is on the map; `precision` and `radius_m` are those
    of the least precise: a country is drawn in its middle, with the radius of a circle of its area.
    """
    drawn = {role: span.place for role, span in places.items() if span and span.place and _point(span)}
    precisions = [precision_of(place) or MIDDLE for place in drawn.values()]
    radii = [radius for place in drawn.values() if (radius := radius_of(place)) is not None]
    return {
        "role": " ".join(drawn) or None,
        "precision": max(precisions, key=MIDDLE.__eq__, default=None),
        "radius_m": max(radii) if radii and len(radii) == len(drawn) else None,
    }


def radius_of(place: Place) -> int | None:
    """Return how many metres around its point a place may reach; None where nobody knows."""
    if place.kind == "country" and place.country:
        return _country_radii().get(place.country)
    return _RADII.get(place.kind)


@functools.cache
def _country_radii() -> dict[str, int]:
    from claimx.report.outlines import read_outlines  # late: most outputs need no map

    return {
        code: round(math.sqrt(sum(map(_area, rings)) / math.pi)) for code, rings in read_outlines().countries if code
    }


def _area(ring: Sequence[tuple[float, float]]) -> float:
    """Return the square metres of a ring on the sphere, with straight edges on a cylindrical equal-area map."""
    total = 0.0
    for (lon, lat), (next_lon, next_lat) in pairwise([*ring, ring[0]]):
        across = math.radians((next_lon - lon + 180) % 360 - 180)  # the short way, also over the date line
        total += across * (math.sin(math.radians(lat)) + math.sin(math.radians(next_lat))) / 2
    return abs(total) * _EARTH**2


def _point(span: Span | None) -> list[float] | None:
    """Return longitude and latitude, in GeoJSON's order."""
    if span is None or span.place is None or span.place.lat is None or span.place.lon is None:
        return None
    return [span.place.lon, span.place.lat]
