"""JSON: the whole comparison; JSON Lines: one event a line; and the graph of who has what from whom, as JSON-LD."""

from typing import Any, TextIO

from claimx.compare.graph import graph_to_jsonld
from claimx.compare.records import Cluster, Comparison, comparison_to_wire
from claimx.output.context import OutputContext
from claimx.output.json import dump, make_head
from claimx.records import to_wire


def write_json(comparison: Comparison, out: TextIO, *, context: OutputContext) -> None:
    """Write one document: the articles with their texts and claims, and what comparing them shows."""
    out.write(dump({**make_head(context), **comparison_to_wire(comparison)}, indent=2) + "\n")


def write_jsonl(comparison: Comparison, out: TextIO, *, context: OutputContext) -> None:
    """Write a line for each event, with the claims that tell it and the metadata of their articles."""
    wire = comparison_to_wire(comparison)
    for cluster, line in zip(comparison.clusters, wire["clusters"], strict=True):
        out.write(dump({**line, "mentions": _mentions(cluster, line, comparison)}) + "\n")


def write_graph(comparison: Comparison, out: TextIO, *, context: OutputContext) -> None:
    """Write the graph twice in one document: as nodes and edges, and as JSON-LD in the terms of PROV-O."""
    graph = comparison_to_wire(comparison)["graph"]
    out.write(dump({**make_head(context), **graph, **graph_to_jsonld(comparison)}, indent=2) + "\n")


def _mentions(cluster: Cluster, line: dict[str, Any], comparison: Comparison) -> list[dict[str, Any]]:
    return [
        {**wire, "claim": to_wire(mention.claim), "article": comparison.articles[mention.article].metadata()}
        for mention, wire in zip(cluster.mentions, line["mentions"], strict=True)
    ]
