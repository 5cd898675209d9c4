"""GeoJSON (RFC 7946): a feature a claim, a line from origin to destination where both are on the map."""

from collections.abc import Iterable
from typing import Any, TextIO

from claimx.output.context import OutputContext
from claimx.output.json import dump
from claimx.output.wording import word_sources, word_span
from claimx.records import Article, Claim, Span


def write_geojson(articles: Iterable[Article], out: TextIO, *, context: OutputContext) -> None:
    """Write one FeatureCollection; a claim without a place on the map keeps a null geometry."""
    write_features((_feature(article, claim) for article in articles for claim in article.claims), out)


def write_features(features: Iterable[dict[str, Any]], out: TextIO) -> None:
    """Write features as one FeatureCollection, each as it comes."""
    out.write('{"type": "FeatureCollection", "features": [')
    separator = "\n"
    for feature in features:
        out.write(separator + dump(feature))
        separator = ",\n"
    out.write("\n]}\n")


def _feature(article: Article, claim: Claim) -> dict[str, Any]:
    roles = ("who", "what", "origin", "destination", "via", "vehicle", "when")
    return {
        "type": "Feature",
        "id": claim.id,
        "geometry": draw_way(claim.origin, claim.via, claim.destination),
        "properties": {
            "trigger": claim.trigger.text,
            **{role: word_span(getattr(claim, role)) or None for role in roles},
            "status": claim.status,
            "sources": word_sources(claim.sources),
            "evidence": claim.evidence.text,
            "confidence": claim.confidence,
            "article": article.metadata(),
        },
    }


def draw_way(*spans: Span | None) -> dict[str, Any] | None:
    """Return the geometry of a way through places: a line, a point where one alone is on the map, None for none."""
    points = [point for span in spans if (point := _point(span))]
    if not points:
        return None
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "LineString", "coordinates": points}


def _point(span: Span | None) -> list[float] | None:
    """Return longitude and latitude, in GeoJSON's order."""
    if span is None or span.place is None or span.place.lat is None or span.place.lon is None:
        return None
    return [span.place.lon, span.place.lat]
