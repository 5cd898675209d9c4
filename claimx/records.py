"""The records that claimx passes around, and their wire format (schema version 2).

Every span is verbatim: `article.text[span.start:span.end] == span.text`, offsets counted in Unicode code
points, half-open. `to_wire` gives the JSON shape that CONTRACT-reading programs rely on; the `from_wire`
functions read it back, and that of version 1, which lacks what is optional here. Nothing here knows spaCy, files or
the network.
"""

import functools
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal, get_args, get_origin, get_type_hints

SCHEMA_VERSION = 2

Status = Literal["asserted", "hedged", "prospective", "barred", "negated", "unclear"]
SourceKind = Literal["person", "officials", "organisation", "outlet", "document", "data", "image", "other"]
SourcePart = Literal["speaker", "evidence", "relay"]
AttributionType = Literal["direct", "indirect", "mixed"]
ReviewVerdict = Literal["accepted", "corrected", "missed"]
ActorType = Literal["country", "organisation", "person", "group"]

MOVEMENT = "movement"
"""The kind of claims that is looked for where no other is asked for."""

Role = Literal["who", "what", "origin", "destination", "via", "vehicle", "when"]
ROLES: tuple[str, ...] = get_args(Role)
"""Role names of a movement claim, in the order in which they are shown; claims of other kinds share them."""

_OPTIONAL = {"resolved", "actor", "place", "date", "published_at", "disputed_by", "part", "roles", "review"}
"""Left out of the JSON when absent; everything else is null."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whom a span names as acting: canonical name, ISO 3166-1 alpha-2 country if one is known, and type."""

    name: str
    country: str | None
    type: ActorType


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span points: name, country code, WGS84 degrees, GeoNames id; `kind` tells a city from a region."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class Date:
    """When, in EDTF (Extended Date/Time Format, ISO 8601-2), and what the reading rests on."""

    edtf: str | None
    basis: Literal["explicit", "relative to publication"]


@dataclass(frozen=True, slots=True)
class Span:
    """A verbatim piece of an article's text, with what it was resolved to.

    `resolved` is the fullest name of the referent as the article words it, on pronouns and generic nouns.
    """

    text: str
    start: int
    end: int
    resolved: str | None = None
    actor: Actor | None = None
    place: Place | None = None
    date: Date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who is said to have said it: a span, its kind, whether it hides its name, and the reporting words (`cue`).

    `part` tells who says it (speaker) from what shows it (evidence) and from who passes it on (relay); None where that
    is not known, as in files of schema 1.
    """

    text: str
    start: int
    end: int
    kind: SourceKind = "other"
    anonymous: bool = False
    cue: Span | None = None
    resolved: str | None = None
    actor: Actor | None = None
    part: SourcePart | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that a claim rests on, with its offsets and the index of its paragraph (from 0)."""

    text: str
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody or something changes place, as the article puts it: one trigger with its roles.

    A claim of another `kind` has the roles of that: those that movements have too in the same fields, others in
    `roles`, which movements leave empty.
    `disputed_by` are the ids of claims in the same article whose source rejects this one, and the other way round.
    `review` is what a reader said of it, None where nobody did; a claim that was rejected is gone.
    """

    id: str
    predicate: str
    trigger: Span
    evidence: Evidence
    who: Span | None = None
    what: Span | None = None
    origin: Span | None = None
    destination: Span | None = None
    via: Span | None = None
    vehicle: Span | None = None
    when: Span | None = None
    status: Status = "asserted"
    status_cue: Span | None = None
    sources: tuple[Source, ...] = ()
    rules: tuple[str, ...] = ()
    confidence: float = 0.5
    kind: str = MOVEMENT
    disputed_by: tuple[str, ...] = ()
    review: ReviewVerdict | None = None
    roles: Mapping[str, Span | None] = field(default_factory=dict, hash=False)

    def filler(self, role: str) -> Span | None:
        """Return what fills a role of the claim's kind, None where nothing does."""
        span: Span | None = getattr(self, role) if role in ROLES else self.roles.get(role)
        return span

    def fillers(self) -> dict[str, Span]:
        """Return what fills the claim's roles, by role, those that are empty left out."""
        return {role: span for role in (*ROLES, *self.roles) if (span := self.filler(role)) is not None}


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of saying: who (`source`), the reporting words (`cue`), what is said (`content`, one span or more).

    `voiced` tells whether the source is told to have said the content, rather than to think, want, judge or take it up.
    """

    source: Source | None
    cue: Span | None
    content: tuple[Span, ...]
    type: AttributionType
    voiced: bool = True


@dataclass(frozen=True, slots=True)
class Article:
    """A news article: where it came from, its text, and what was found in it.

    `source` is what the caller named, `published` an ISO date in the page's own zone, `published_at` the moment itself
    (ISO 8601 with zone) where the page declares it, `sha256` of the input's bytes.
    """

    source: str
    text: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_at: str | None = None
    retrieved_at: str | None = None
    sha256: str | None = None
    language: str | None = None
    claims: tuple[Claim, ...] = field(default=())
    attributions: tuple[Attribution, ...] = field(default=())

    def metadata(self) -> dict[str, Any]:
        """Return the JSON fields that describe the article: all but text, claims and attributions."""
        wire: dict[str, Any] = to_wire(self)
        for name in ("text", "claims", "attributions"):
            del wire[name]
        return wire


_CLAIM_ORDER = (
    "id", "kind", "predicate", "trigger", *ROLES,
    "roles", "status", "status_cue", "disputed_by", "sources", "evidence", "rules", "confidence", "review",
)  # fmt: skip
_ARTICLE_ORDER = (
    "source", "url", "title", "publisher", "authors", "published", "published_at", "retrieved_at", "sha256",
    "language", "text", "claims", "attributions",
)  # fmt: skip


def digest_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, lone surrogates as they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def claim_id(text: str, trigger: Span, part: int = 0, *, kind: str = MOVEMENT) -> str:
    """Return a claim's id: 16 hex digits that depend on the article's text, the trigger's offsets and the kind alone.

    `part` tells apart the claims of one trigger (*visited Turkey on Monday and Oman on Friday*), from 0.
    """
    key = f"{digest_text(text)}:{trigger.start}:{trigger.end}"
    if part:
        key = f"{key}:{part}"
    if kind != MOVEMENT:
        key = f"{key}:{kind}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def to_wire(record: Any) -> Any:
    """Return `record` as JSON-ready dicts and lists, keys in the contract's order, absent roles as null."""
    if is_dataclass(record) and not isinstance(record, type):
        names: tuple[str, ...] = tuple(f.name for f in fields(record))
        if isinstance(record, Claim):
            names = _CLAIM_ORDER
        elif isinstance(record, Article):
            names = _ARTICLE_ORDER
        return {
            name: to_wire(value)
            for name in names
            if (value := getattr(record, name)) not in (None, (), {}) or name not in _OPTIONAL
        }
    if isinstance(record, (tuple, list)):
        return [to_wire(item) for item in record]
    if isinstance(record, Mapping):
        return {key: to_wire(value) for key, value in record.items()}
    return record


def article_from_wire(wire: Mapping[str, Any]) -> Article:
    """Return the Article that `to_wire` wrote; unknown keys are ignored, so newer files can be read."""
    article: Article = _build(Article, wire)
    return article


def claim_from_wire(wire: Mapping[str, Any]) -> Claim:
    """Return the Claim that `to_wire` wrote."""
    claim: Claim = _build(Claim, wire)
    return claim


def _build(kind: Any, wire: Mapping[str, Any]) -> Any:
    return kind(**{name: read(wire[name]) for name, read in _readers(kind).items() if name in wire})


@functools.cache
def _readers(kind: Any) -> dict[str, Callable[[Any], Any]]:
    """Return how what JSON holds for each field of a record becomes what the field holds."""
    return {name: _reader(hint) for name, hint in get_type_hints(kind).items()}


def _reader(hint: Any) -> Callable[[Any], Any]:
    if is_dataclass(hint):
        return lambda wire: None if wire is None else _build(hint, wire)
    inner = get_args(hint)
    if get_origin(hint) is tuple:
        read = _reader(inner[0])
        return lambda items: tuple(map(read, items or ()))
    if get_origin(hint) is Mapping:
        read = _reader(inner[1])
        return lambda items: {key: read(item) for key, item in (items or {}).items()}
    # what may be absent, or is no record
    return next((_reader(part) for part in inner if is_dataclass(part)), lambda value: value)
