"""Who has what from whom, as one graph over all events, and as JSON-LD in the terms of PROV-O."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from claimx.compare.records import PROV_TERMS, Certainty, Cluster, Comparison, Edge, EdgeType, Graph, Node
from claimx.compare.tracing import Tracer
from claimx.compare.web import Web

_PROV = "http://www.w3.org/ns/prov#"
_KINDS = {"person": "prov:Person", "document": "prov:Entity", "data": "prov:Entity"}


def make_graph(clusters: Sequence[Cluster], webs: Iterable[Web], tracer: Tracer) -> Graph:
    """Return the graph of all events: articles and sources, and what leads from one to another."""
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str, EdgeType], Edge] = {}
    homes: dict[str, str] = {}  # an outlet without a name has the node of its one article

    def add(start: str, end: str, type: EdgeType, certainty: Certainty, claims: tuple[str, ...]) -> None:
        known = edges.get((start, end, type))
        if known:
            claims = tuple(dict.fromkeys((*known.claims, *claims)))
            certainty = min(known.certainty, certainty)  # firm, if one is
        edges[start, end, type] = Edge(start, end, type, PROV_TERMS[type], certainty, claims)

    for teller, article in zip(tracer.tellers, tracer.articles, strict=True):
        node = _article_node(teller.index)
        nodes[node] = Node(node, "article", article.title or teller.name, None, teller.index)
    for teller in tracer.tellers:
        node, outlet = _article_node(teller.index), str(teller.outlet)
        if teller.outlet.type == "outlet":
            nodes.setdefault(outlet, Node(outlet, "source", teller.name, "outlet"))
            add(node, outlet, "published by", "firm", ())
        else:
            homes[outlet] = node
    for web in webs:
        for _, source in sorted(web.nodes.items()):
            if source.id not in homes:
                nodes.setdefault(source.id, source)
        for step in web.steps:
            tellers = [tracer.tellers[index] for index in sorted({trace.article for trace in step.traces})]
            starts = [_article_node(teller.index) for teller in tellers if teller.outlet == step.start]
            start, end = str(step.start), str(step.end)
            for node in starts or [homes.get(start, start)]:
                add(node, homes.get(end, end), step.type, step.certainty, step.claims)
    for cluster in clusters:
        sure = {origin.id: origin.certainty for origin in cluster.origins}
        for mention in cluster.mentions:
            for origin in mention.origins:
                if origin != str(tracer.tellers[mention.article].outlet):
                    start, end = _article_node(mention.article), homes.get(origin, origin)
                    add(start, end, "rests on", sure[origin], (mention.claim.id,))
    return Graph(tuple(nodes.values()), tuple(edges[key] for key in sorted(edges) if key[0] != key[1]))


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
