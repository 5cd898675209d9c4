"""GEXF 1.3, the graph of who has what from whom, for Gephi and its kin."""

from collections.abc import Mapping
from typing import Final, TextIO
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from claimx.compare.records import Comparison
from claimx.output.clean import clean_for_xml
from claimx.output.context import OutputContext

_NODES: Final = ("type", "kind", "url", "published")
_EDGES: Final = ("relation", "certainty", "prov")


def write_gexf(comparison: Comparison, out: TextIO, *, context: OutputContext) -> None:
    """Write articles and sources as nodes; edges lead from who tells it to whom they have it from.

    An edge weighs as many as the claims that it is there for.
    """
    root = Element("gexf", xmlns="http://gexf.net/1.3", version="1.3")
    SubElement(SubElement(root, "meta"), "creator").text = "claimx"
    graph = SubElement(root, "graph", mode="static", defaultedgetype="directed")
    for kind, names in (("node", _NODES), ("edge", _EDGES)):
        attributes = SubElement(graph, "attributes", {"class": kind, "mode": "static"})
        for name in names:
            SubElement(attributes, "attribute", id=name, title=name, type="string")
    nodes, edges = SubElement(graph, "nodes"), SubElement(graph, "edges")
    for ident, node in {clean_for_xml(node.id): node for node in comparison.graph.nodes}.items():
        values: dict[str, str | None] = {"type": node.type, "kind": node.kind}
        if node.article is not None:
            article = comparison.articles[node.article]
            values |= {"url": article.url, "published": article.published}
        _give(SubElement(nodes, "node", id=ident, label=clean_for_xml(node.label)), values)
    for number, edge in enumerate(comparison.graph.edges):
        ends = {"source": clean_for_xml(edge.start), "target": clean_for_xml(edge.end)}
        made = SubElement(edges, "edge", ends, id=str(number), label=edge.type, weight=str(len(edge.claims)))
        _give(made, {"relation": edge.type, "certainty": edge.certainty, "prov": edge.prov})
    indent(root)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    ElementTree(root).write(out, encoding="unicode")
    out.write("\n")


def _give(element: Element, values: Mapping[str, str | None]) -> None:
    known = SubElement(element, "attvalues")
    for name, value in values.items():
        if value:
            SubElement(known, "attvalue", {"for": name, "value": clean_for_xml(value)})
