"""GEXF 1.3, the graph of who has what from whom, for Gephi and its kin."""

from typing import TextIO

import networkx as nx

from claimx.compare.records import Comparison
from claimx.output.clean import clean_for_xml
from claimx.output.context import OutputContext


def write_gexf(comparison: Comparison, out: TextIO, *, context: OutputContext) -> None:
    """Write articles and sources as nodes; edges lead from who tells it to whom they have it from."""
    graph = nx.MultiDiGraph()
    for node in comparison.graph.nodes:
        article = comparison.articles[node.article] if node.article is not None else None
        graph.add_node(
            clean_for_xml(node.id),
            label=clean_for_xml(node.label),
            type=node.type,
            kind=node.kind or "",
            url=clean_for_xml((article.url if article else "") or ""),
            published=clean_for_xml((article.published if article else "") or ""),
        )
    for number, edge in enumerate(comparison.graph.edges):
        graph.add_edge(
            clean_for_xml(edge.start),
            clean_for_xml(edge.end),
            key=number,
            label=edge.type,
            relation=edge.type,
            certainty=edge.certainty,
            weight=len(edge.claims),
        )
    out.writelines(f"{line}\n" for line in nx.generate_gexf(graph, version="1.3"))
