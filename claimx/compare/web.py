"""Who has an event from whom: the chains of its mentions as a directed graph, and where they end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from claimx.compare.keys import SourceKey
from claimx.compare.records import Basis, Certainty, EdgeType, Node, OriginKind, Trace


@dataclass(frozen=True, slots=True)
class Step:
    """From who has it to whom they have it from, why, how surely, and the words that show it."""

    start: SourceKey
    end: SourceKey
    type: EdgeType
    basis: Basis
    certainty: Certainty
    claims: tuple[str, ...]
    traces: tuple[Trace, ...]
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

    def roots(self) -> dict[SourceKey, dict[SourceKey, Certainty]]:
        """Return for each node the origins that it leads to, as keys, and how surely."""
        import networkx as nx  # loads slowly, and only comparing needs it

        graph = nx.DiGraph()
        graph.add_nodes_from(sorted(self.nodes))
        firm = {(step.start, step.end) for step in self.steps if step.certainty == "firm"}
        graph.add_edges_from(sorted({(step.start, step.end) for step in self.steps if step.start != step.end}))
        condensed = nx.condensation(graph)
        names = {number: min(condensed.nodes[number]["members"]) for number in condensed}
        sinks = {
            number: min(condensed.nodes[number]["members"], key=self._rank)
            for number in condensed
            if not condensed.out_degree(number)
        }
        surely = nx.DiGraph()
        surely.add_nodes_from(names)
        surely.add_edges_from(
            (condensed.graph["mapping"][a], condensed.graph["mapping"][b]) for a, b in firm if a in graph and b in graph
        )
        found: dict[SourceKey, dict[SourceKey, Certainty]] = {}
        for number in condensed:
            reached = nx.descendants(condensed, number) | {number}
            certain = nx.descendants(surely, number) | {number}
            roots: dict[SourceKey, Certainty] = {
                sinks[end]: "firm" if end in certain else "likely" for end in sorted(reached & sinks.keys())
            }
            for member in condensed.nodes[number]["members"]:
                found[member] = roots
        return found

    def _rank(self, key: SourceKey) -> tuple[bool, SourceKey]:
        return (self.nodes[key].kind != "agency", key)

    def reach(self) -> "Reach":
        """Return where steps lead from each node."""
        following: dict[SourceKey, set[SourceKey]] = {key: set() for key in self.nodes}
        for step in self.steps:
            following.setdefault(step.start, set()).add(step.end)
        return Reach(following)


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the steps of a web lead from each node."""

    following: Mapping[SourceKey, Iterable[SourceKey]]

    def nodes_from(self, *starts: SourceKey) -> frozenset[SourceKey]:
        """Return the nodes that steps lead to from some, themselves included."""
        found = set(starts)
        waiting = list(found)
        while waiting:
            new = set(self.following.get(waiting.pop(), ())) - found
            found |= new
            waiting += new
        return frozenset(found)
