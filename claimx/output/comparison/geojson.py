"""GeoJSON (RFC 7946): a feature an event, a line from origin to destination where both are on the map."""

from typing import Any, TextIO

from claimx.compare.records import Cluster, Comparison
from claimx.output.comparison.wording import word_agreements, word_contradiction, word_merge, word_value
from claimx.output.context import OutputContext
from claimx.output.flat import PLACES
from claimx.output.geojson import draw_way, name_role, write_features


def write_geojson(comparison: Comparison, out: TextIO, *, context: OutputContext) -> None:
    """Write one FeatureCollection of all events; one without a place on the map keeps a null geometry."""
    write_features((_feature(cluster) for cluster in comparison.clusters), out)


def _feature(cluster: Cluster) -> dict[str, Any]:
    row = cluster.canonical
    fields = ("who", "what", "quantity", "origin", "destination", "via", "vehicle", "when", "status")
    origin, via, destination = (value.span if value else None for value in (row.origin, row.via, row.destination))
    return {
        "type": "Feature",
        "id": cluster.id,
        "geometry": draw_way(origin, via, destination),
        "properties": {
            **name_role(dict(zip(PLACES, (origin, via, destination), strict=True))),
            "trigger": row.trigger.text,
            **{field: word_value(getattr(row, field)) or None for field in fields},
            "outlets": list(cluster.outlets),
            "origins": [origin.name for origin in cluster.origins],
            "origins_at_least": cluster.origin_range.at_least,
            "origins_at_most": cluster.origin_range.at_most,
            "unattributed": sum(not origin.attributed for origin in cluster.origins),
            "because": [word_merge(merge) for merge in cluster.merges],
            "agreements": word_agreements(cluster),
            "contradictions": [word_contradiction(one, cluster) for one in cluster.contradictions],
            "first_report": cluster.first_report.published if cluster.first_report else None,
            "evidence": [mention.claim.evidence.text for mention in cluster.mentions],
        },
    }
