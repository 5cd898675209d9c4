"""Who has what from whom, as one graph over all events, and as JSON-LD in the terms of PROV-O."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any
from urllib.parse import quote

from claimx.compare.records import PROV_TERMS, Certainty, Cluster, Comparison, Edge, EdgeType, Graph, Node
from claimx.compare.tracing import Tracer
from claimx.compare.web import Web

_PROV = "http://www.w3.org/ns/prov#"
_KINDS = {"person": "prov:Person", "document": "prov:Entity", "data": "prov:Entity"}


def make_graph(clusters: Sequence[Cluster], webs: Sequence[Web], tracer: Tracer) -> Graph:
    """Return the graph of all events: articles and sources, and what leads from one to another."""
    nodes: dict[str, Node] = {}
    homes: dict[str, str] = {}  # an outlet without a name has the node of its one article
    for teller, article in zip(tracer.tellers, tracer.articles, strict=True):
        node = _article_node(teller.index)
        nodes[node] = Node(node, "article", article.title or teller.name, None, teller.index)
        if teller.outlet.type != "outlet":
            homes[str(teller.outlet)] = node
    named = (teller for teller in tracer.tellers if teller.outlet.type == "outlet")
    outlets = (Node(str(teller.outlet), "source", teller.name, "outlet") for teller in named)
    for source in chain(outlets, (source for web in webs for _, source in sorted(web.nodes.items()))):
        if source.id not in homes:
            nodes.setdefault(source.id, source)
    edges: dict[tuple[str, str, EdgeType], Edge] = {}
    for edge in _edges(clusters, webs, tracer):
        start, end = homes.get(edge.start, edge.start), homes.get(edge.end, edge.end)
        known = edges.get((start, end, edge.type), edge)
        claims = tuple(dict.fromkeys((*known.claims, *edge.claims)))
        certainty = min(known.certainty, edge.certainty)  # firm, if one is
        edges[start, end, edge.type] = replace(edge, start=start, end=end, certainty=certainty, claims=claims)
    return Graph(tuple(nodes.values()), tuple(edges[key] for key in sorted(edges) if key[0] != key[1]))


def _edges(clusters: Sequence[Cluster], webs: Sequence[Web], tracer: Tracer) -> Iterator[Edge]:
    """Yield what leads from articles to their outlets, along the chains of each event, and to its origins."""

    def edge(start: str, end: str, type: EdgeType, certainty: Certainty, claims: tuple[str, ...]) -> Edge:
        return Edge(start, end, type, PROV_TERMS[type], certainty, claims)

    for teller in tracer.tellers:
        yield edge(_article_node(teller.index), str(teller.outlet), "published by", "firm", ())
    for step in (step for web in webs for step in web.steps):
        tellers = (tracer.tellers[index] for index in sorted({trace.article for trace in step.traces}))
        starts = [_article_node(teller.index) for teller in tellers if teller.outlet == step.start]
        for start in starts or [str(step.start)]:
            yield edge(start, str(step.end), step.type, step.certainty, step.claims)
    for cluster in clusters:
        sure = {origin.id: origin.certainty for origin in cluster.origins}
        for mention in cluster.mentions:
            outlet = str(tracer.tellers[mention.article].outlet)
            for origin in (origin for origin in mention.origins if origin != outlet):
                yield edge(_article_node(mention.article), origin, "rests on", sure[origin], (mention.claim.id,))


def graph_to_jsonld(comparison: Comparison) -> dict[str, Any]:
    """Return the graph as JSON-LD 1.1: its nodes and edges by name, and each edge's property of PROV-O as a triple."""
    links: dict[str, dict[str, list[dict[str, str]]]] = {}
    for edge in comparison.graph.edges:
        targets = links.setdefault(edge.start, {}).setdefault(edge.prov, [])
        if {"@id": _iri(edge.end)} not in targets:
            targets.append({"@id": _iri(edge.end)})
    return {
        "@context": {"prov": _PROV, "label": "http://www.w3.org/2000/01/rdf-schema#label"},
        "@graph": [
            {"@id": _iri(node.id), "@type": _prov_type(node), "label": node.label, **links.get(node.id, {})}
            for node in comparison.graph.nodes
        ],
    }


def _article_node(index: int) -> str:
    return f"article {index}"


def _prov_type(node: Node) -> str:
    return "prov:Entity" if node.type == "article" else _KINDS.get(node.kind or "", "prov:Organization")


def _iri(key: str) -> str:
    return f"urn:claimx:{quote(key.replace(' ', ':', 1), safe=':')}"
