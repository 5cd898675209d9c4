"""Who has an event from whom: the chains of its mentions as a directed graph, and where they end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from claimx.compare.names import SourceKey
from claimx.compare.records import Basis, Certainty, EdgeType, Node, OriginKind, Trace


@dataclass(frozen=True, slots=True)
class Step:
    """From who has it to whom they have it from, why, how surely, and the words that show it."""

    start: SourceKey
    end: SourceKey
    type: EdgeType = "cites"
    basis: Basis = "same source"
    certainty: Certainty = "firm"
    claims: tuple[str, ...] = ()
    traces: tuple[Trace, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """A mention in the web: its article and claim, the node its chain begins with, whether it is attributed.

    Who denies what the others tell starts at `node` too, but is no origin of it.
    """

    article: int
    claim: str
    node: SourceKey
    attributed: bool
    denies: bool = False


@dataclass(slots=True)
class Web:
    """The chains of one event: nodes by key, steps, and for each mention the node that it starts from.

    `deniers` are the names of those who deny what the others tell, in order.
    """

    nodes: dict[SourceKey, Node] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)
    deniers: dict[str, None] = field(default_factory=dict)

    def add_node(self, key: SourceKey, label: str, kind: OriginKind) -> None:
        """Add a source, unless it is there."""
        self.nodes.setdefault(key, Node(str(key), "source", label, kind))

    def be_one(self, key: SourceKey, fuller: Sequence[SourceKey]) -> None:
        """Add a step from a source to what it is by its fuller name, where there is one such name alone."""
        if len(fuller) == 1:
            reason = f"{self.nodes[key].label} is {self.nodes[fuller[0]].label}"
            self.steps.append(Step(key, fuller[0], reason=reason))

    def graph(self) -> Any:
        """Return the steps as a directed graph of networkx, whose nodes are keys."""
        import networkx as nx  # loads slowly, and only comparing needs it

        graph = nx.DiGraph()
        graph.add_nodes_from(sorted(self.nodes))
        graph.add_edges_from(sorted({(step.start, step.end) for step in self.steps if step.start != step.end}))
        return graph

    def roots(self) -> dict[SourceKey, dict[SourceKey, Certainty]]:
        """Return for each node the origins that it leads to, as keys, and how surely."""
        import networkx as nx

        condensed = nx.condensation(self.graph())
        home, members = condensed.graph["mapping"], condensed.nodes(data="members")
        sinks = {number: min(members[number], key=self._rank) for number, out in condensed.out_degree if not out}
        surely = nx.DiGraph((home[step.start], home[step.end]) for step in self.steps if step.certainty == "firm")
        surely.add_nodes_from(condensed)
        found: dict[SourceKey, dict[SourceKey, Certainty]] = {}
        for number in condensed:
            ends = sorted((nx.descendants(condensed, number) | {number}) & sinks.keys())
            certain = nx.descendants(surely, number) | {number}
            roots: dict[SourceKey, Certainty] = {sinks[end]: "firm" if end in certain else "likely" for end in ends}
            found |= dict.fromkeys(members[number], roots)
        return found

    def _rank(self, key: SourceKey) -> tuple[bool, SourceKey]:
        return (self.nodes[key].kind != "agency", key)
