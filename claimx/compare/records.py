"""What comparing articles finds: events told by several, who differs, and where it comes from; with the wire format.

Articles are named by their index in `Comparison.articles`, mentions by their index in `Cluster.mentions`, nodes of
the graph and origins by id. Every span is verbatim in its article. Nothing here knows how any of it is found.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from claimx.records import Article, Claim, Span, to_wire

Field = Literal["who", "what", "quantity", "origin", "destination", "via", "vehicle", "when", "status", "sources"]
"""What mentions of one event are compared by; `quantity` is the number in `what` or, of those who go, in `who`."""

OriginKind = Literal["agency", "outlet", "person", "organisation", "document", "data", "officials", "other"]
Basis = Literal["same source", "same agency", "same outlet", "same text", "same content"]
Certainty = Literal["firm", "likely"]
"""How sure it is that outlets share an origin; *likely* where passages are the same as in an agency's copy."""
ShiftKind = Literal["certainty", "source", "quantity", "actor"]
"""What got lost or was changed on the way: a hedge, who says so, the number, who does it."""
NodeType = Literal["article", "source"]
EdgeType = Literal["published by", "cites", "quotes", "copies", "rests on"]

PROV_TERMS: Mapping[EdgeType, str] = {
    "published by": "prov:wasAttributedTo",
    "cites": "prov:wasAttributedTo",
    "quotes": "prov:wasQuotedFrom",
    "copies": "prov:wasQuotedFrom",
    "rests on": "prov:hadPrimarySource",
}
"""The properties of PROV-O (W3C, 2013) that the edges of the graph stand for."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in words or digits: from `low` to `high` (null: no upper end), of `unit` (*tonnes*) where it has one.

    `low` and `high` are what the words allow (*dozens*: 24 to 99), `approximate` whether they hedge (*some 30*).
    """

    text: str
    low: float
    high: float | None
    unit: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """One claim of one article that tells the event; `origins` are the ids of the origins that it goes back to.

    `attributed` says whether the article names, or at least mentions, who told it; if not, it speaks in its own voice.
    """

    article: int
    claim: Claim
    outlet: str
    quantity: Quantity | None
    attributed: bool
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One reading of a field, and the mentions that give it.

    `text` is what to show; `span` is verbatim in the article of the first of `mentions`, null where the field is no
    span (status, sources, quantity).
    """

    text: str
    mentions: tuple[int, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Canonical:
    """The event in one row: of each field the most specific value that the others agree with, or most give.

    `trigger` is the word of the mention that fills most roles; `quantity` is the value that most give.
    """

    predicate: str
    trigger: Value
    status: Value
    who: Value | None = None
    what: Value | None = None
    quantity: Value | None = None
    origin: Value | None = None
    destination: Value | None = None
    via: Value | None = None
    vehicle: Value | None = None
    when: Value | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that mentions fill differently, each reading with the mentions that give it; the commonest first."""

    field: Field
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two readings of one field that cannot both be so, and why not, in words."""

    field: Field
    left: Value
    right: Value
    reason: str


@dataclass(frozen=True, slots=True)
class Development:
    """Two readings of one field, the `earlier` and the `later` by the dates of articles, and what changed, in words."""

    field: Field
    earlier: Value
    later: Value
    reason: str


@dataclass(frozen=True, slots=True)
class Shift:
    """What `mention` changed of what it has from `source`: the `original` mention said otherwise.

    The sentences of both mentions show it.
    """

    kind: ShiftKind
    mention: int
    original: int
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class FirstReport:
    """The mention in the article published first, and its date (ISO); `undated` articles may have been earlier."""

    mention: int
    published: str
    undated: int


@dataclass(frozen=True, slots=True)
class Trace:
    """Words that show where an article has something from: in its text (offsets) or in its metadata (`place`)."""

    article: int
    place: Literal["text", "publisher", "authors"]
    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Why outlets count as one origin: on what `basis`, how surely, in words, and the words it rests on."""

    origin: str
    articles: tuple[int, ...]
    outlets: tuple[str, ...]
    basis: Basis
    certainty: Certainty
    reason: str
    evidence: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim comes from, as far as the articles tell; `id` is that of its node in the graph.

    `attributed` is false where an outlet says it in its own voice. `outlets` and `articles` are those that go back to
    it, `certainty` that of the weakest merge among them.
    """

    id: str
    name: str
    kind: OriginKind
    attributed: bool
    certainty: Certainty
    outlets: tuple[str, ...]
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OriginRange:
    """How many independent origins there are, at least and at most, since outlets need not say whom they have it from.

    `at_least` counts those alone that name who saw, did or decided it; all else may go back to one of them. `at_most`
    takes every origin that nothing shows to be another's for one of its own, outlets in their own voice included.
    """

    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """One event: its mentions, in the order of their articles' dates, and what comparing them shows.

    `id` depends on the claims alone. `agreements` are the fields that two mentions or more fill, all of them alike.
    `journey` are the ids of the clusters that tell other legs of one journey; `denied_by` names who, by some mentions,
    denies what others tell: they are none of its origins.
    """

    id: str
    canonical: Canonical
    mentions: tuple[Mention, ...]
    agreements: tuple[Field, ...]
    differences: tuple[Difference, ...]
    contradictions: tuple[Contradiction, ...]
    first_report: FirstReport | None
    outlets: tuple[str, ...]
    origins: tuple[Origin, ...]
    merges: tuple[Merge, ...]
    developments: tuple[Development, ...] = ()
    shifts: tuple[Shift, ...] = ()
    journey: tuple[str, ...] = ()
    origin_range: OriginRange = OriginRange(0, 0)
    denied_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """An article (`article` is its index) or a source, who may be an outlet; `kind` is null for articles."""

    id: str
    type: NodeType
    label: str
    kind: OriginKind | None = None
    article: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """From who has it to whom they have it from, for these `claims` (ids); `prov` is the term of PROV-O."""

    start: str
    end: str
    type: EdgeType
    prov: str
    certainty: Certainty
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """Who has what from whom."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Articles compared: events (those with most outlets first), and the origins of all of them together.

    `articles` are sorted by date, outlet and text, whatever order they came in. `clusters` holds every claim exactly
    once, events that one article alone tells included.
    """

    articles: tuple[Article, ...]
    clusters: tuple[Cluster, ...]
    outlets: tuple[str, ...]
    origins: tuple[Origin, ...]
    merges: tuple[Merge, ...]
    graph: Graph
    origin_range: OriginRange = OriginRange(0, 0)


def comparison_to_wire(comparison: Comparison) -> dict[str, Any]:
    """Return the comparison as JSON-ready dicts and lists: fields by name, articles and claims as `to_wire` has them.

    A mention names its claim by id alone; the claim stands in its article.
    """
    wire: dict[str, Any] = _wire(comparison)
    return wire


def _wire(value: Any) -> Any:
    if isinstance(value, (Article, Span)):
        return to_wire(value)
    if isinstance(value, Claim):
        return value.id
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _wire(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_wire(item) for item in value]
    return value
