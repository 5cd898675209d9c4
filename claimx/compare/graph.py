"""Who has what from whom, as one graph over all events, and as JSON-LD in the terms of PROV-O."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from claimx.compare.keys import SourceKey
from claimx.compare.records import PROV_TERMS, Certainty, Cluster, Comparison, Edge, EdgeType, Graph, Node
from claimx.compare.tracing import Tracer
from claimx.compare.web import Web

_PROV = "http://www.w3.org/ns/prov#"
_KINDS = {"person": "prov:Person", "document": "prov:Entity", "data": "prov:Entity"}


def make_graph(clusters: Sequence[Cluster], webs: Iterable[Web], tracer: Tracer) -> Graph:
    """Return the graph of all events: articles and sources, and what leads from one to another."""
    nodes = {article_node(index): _article(index, tracer) for index in range(len(tracer.articles))}
    edges: dict[tuple[str, str, EdgeType], Edge] = {}
    for teller in tracer.tellers:
        if teller.outlet.type == "outlet":
            outlet = str(teller.outlet)
            nodes.setdefault(outlet, Node(outlet, "source", teller.name, "outlet"))
            _add(edges, article_node(teller.index), outlet, "published by", "firm", ())
    homes = {teller.outlet: teller.index for teller in tracer.tellers if teller.outlet.type == "article"}
    nameless = {str(key): article_node(index) for key, index in homes.items()}
    for web in webs:
        for key, node in sorted(web.nodes.items()):
            if key not in homes:
                nodes.setdefault(node.id, node)
        for step in web.steps:
            starts = sorted(
                {trace.article for trace in step.traces if tracer.tellers[trace.article].outlet == step.start}
            )
            for start in [article_node(index) for index in starts] or [_home(step.start, homes)]:
                _add(edges, start, _home(step.end, homes), step.type, step.certainty, step.claims)
    for cluster in clusters:
        sure = {origin.id: origin.certainty for origin in cluster.origins}
        for mention in cluster.mentions:
            for origin in mention.origins:
                if origin != str(tracer.tellers[mention.article].outlet):
                    start, end = article_node(mention.article), nameless.get(origin, origin)
                    _add(edges, start, end, "rests on", sure[origin], (mention.claim.id,))
    return Graph(
        nodes=tuple(nodes.values()),
        edges=tuple(edges[key] for key in sorted(edges) if key[0] != key[1]),
    )


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


def article_node(index: int) -> str:
    """Return the id of an article's node."""
    return f"article {index}"


def _article(index: int, tracer: Tracer) -> Node:
    article = tracer.articles[index]
    return Node(article_node(index), "article", article.title or tracer.tellers[index].name, None, index)


def _home(key: SourceKey, homes: Mapping[SourceKey, int]) -> str:
    """Return the node of a source, that of its one article for an outlet without a name."""
    return article_node(homes[key]) if key in homes else str(key)


def _add(
    edges: dict[tuple[str, str, EdgeType], Edge],
    start: str,
    end: str,
    type: EdgeType,
    certainty: Certainty,
    claims: tuple[str, ...],
) -> None:
    known = edges.get((start, end, type))
    if known:
        claims = tuple(dict.fromkeys((*known.claims, *claims)))
        certainty = "firm" if "firm" in (known.certainty, certainty) else "likely"
    edges[start, end, type] = Edge(start, end, type, PROV_TERMS[type], certainty, claims)


def _prov_type(node: Node) -> str:
    return "prov:Entity" if node.type == "article" else _KINDS.get(node.kind or "", "prov:Organization")


def _iri(key: str) -> str:
    return f"urn:claimx:{quote(key.replace(' ', ':', 1), safe=':')}"
