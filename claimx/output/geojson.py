"""GeoJSON (RFC 7946): a feature a claim, a line from origin to destination where both are on the map."""

from collections.abc import Iterable
from typing import Any, TextIO

from claimx.output.context import OutputContext
from claimx.output.json import dump
from claimx.output.wording import word_sources, word_span
from claimx.records import Article, Claim, Span


def write_geojson(articles: Iterable[Article], out: TextIO, *, context: OutputContext) -> None:
    """Write one FeatureCollection; a claim without a place on the map keeps a null geometry."""
    out.write('{"type": "FeatureCollection", "features": [')
    separator = "\n"
    for article in articles:
        for claim in article.claims:
            out.write(separator + dump(_feature(article, claim)))
            separator = ",\n"
    out.write("\n]}\n")


def _feature(article: Article, claim: Claim) -> dict[str, Any]:
    roles = ("who", "what", "origin", "destination", "via", "vehicle", "when")
    return {
        "type": "Feature",
        "id": claim.id,
        "geometry": _geometry(claim),
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


def _geometry(claim: Claim) -> dict[str, Any] | None:
    points = [point for span in (claim.origin, claim.via, claim.destination) if (point := _point(span))]
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
