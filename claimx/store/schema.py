"""The tables of a store, for both databases.

The columns named `record` hold articles (but for `text`), claims and attributions exactly as they were added, in JSON;
every other column is there to search, to join and to read. Text in those is the article's but for NUL characters and
lone surrogates, which databases cannot hold: U+FFFD stands in their place, so that offsets stay right.
"""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text

from claimx.records import MOVEMENT

METADATA: Final = sa.MetaData()

PLACES: Final = ("origin", "destination", "via")
NAMED: Final = ("who", "what", *PLACES)
"""Roles that a search asks for by name, each with a column for its country."""


def _required(kind: Any, *names: str) -> list[Column[Any]]:
    return [Column(name, kind, nullable=False) for name in names]


def _texts(*names: str) -> list[Column[Any]]:
    return [Column(name, Text) for name in names]


version = Table("claimx_schema", METADATA, *_required(Integer, "version"))

runs = Table(
    "runs",
    METADATA,
    Column("id", Text, primary_key=True),
    *_required(Text, "name", "started_at", "claimx"),
    *_texts("model", "rules"),
)

articles = Table(
    "articles",
    METADATA,
    Column("id", Integer, primary_key=True),
    *_texts("title", "publisher", "authors", "published", "url"),
    *_required(Text, "source"),
    *_texts("language", "retrieved_at", "last_seen"),  # last_seen: when the same text was last retrieved
    *_required(Boolean, "latest"),  # of the versions of an address, the one seen last
    Column("run_id", Text, ForeignKey("runs.id")),
    *_texts("sha256"),
    *_required(Text, "address_sha256", "text_sha256", "text"),
    *_required(LargeBinary, "record"),
    sa.UniqueConstraint("address_sha256", "text_sha256"),
)
_SUPERSEDED: Final = articles.c.latest == sa.false()
Index("articles_superseded", articles.c.id, sqlite_where=_SUPERSEDED, postgresql_where=_SUPERSEDED)
Index("articles_run_id", articles.c.run_id)

claims = Table(
    "claims",
    METADATA,
    Column("id", Integer, primary_key=True),
    *_required(Text, "name"),
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    *_required(Integer, "position"),
    *_required(Text, "stable_id", "kind", "predicate", "trigger"),
    *_texts(*NAMED, "vehicle", "when"),
    *_required(Text, "status"),
    *_texts("status_cue", "said_by"),
    *_required(Text, "evidence"),
    *_required(Integer, "evidence_start", "evidence_end", "paragraph"),
    *_required(Float, "confidence"),
    *_texts("rules"),
    *_required(Text, "article_day"),  # when the article was published, "" where it does not say
    *_texts("first_day", "last_day"),
    *_texts(*(f"{role}_country" for role in NAMED)),
    *_required(LargeBinary, "record"),
    sa.UniqueConstraint("article_id", "position"),
)
NEWEST_FIRST: Final = (claims.c.article_day.desc(), claims.c.article_id.desc(), claims.c.position)
"""The order in which claims are found: those of the article published last first, by their place in it."""
Index(
    "claims_search",
    *NEWEST_FIRST,
    *claims.c["status", "confidence", "first_day", "last_day"],
    *(claims.c[f"{role}_country"] for role in NAMED),
    postgresql_include=["id"],
)
"""All that a search asks of claims but for words, in the order of its answers: a walk along it, until there are enough,
answers any question. Looking up the claims of each condition and sorting them takes longer where they are many.
"""
Index("claims_stable_id", claims.c.stable_id)

OF_OTHER_KINDS: Final = claims.c.kind != sa.literal_column(f"'{MOVEMENT}'")
"""The condition of claims that are none of movement, as the index of them has it."""
OTHER_KINDS: Final = Index(
    "claims_other_kinds", claims.c.kind, claims.c.id, sqlite_where=OF_OTHER_KINDS, postgresql_where=OF_OTHER_KINDS
)


def _span_of_claim() -> list[Column[Any]]:
    """Return the columns that spans and sources share."""
    return [
        Column("id", Integer, primary_key=True),
        Column("claim_id", Integer, ForeignKey("claims.id", ondelete="CASCADE"), nullable=False, index=True),
        *_required(Integer, "start", "end"),
        *_required(Text, "text"),
        *_texts("resolved", "actor_name", "actor_country", "actor_type"),
    ]


spans = Table(
    "spans",
    METADATA,
    *_span_of_claim(),
    *_required(Text, "role"),
    *_texts("place_name", "place_country", "place_kind"),
    Column("lat", Float),
    Column("lon", Float),
    Column("geonameid", Integer),
    *_texts("edtf", "date_basis"),
)

sources = Table(
    "sources",
    METADATA,
    *_span_of_claim(),
    *_required(Integer, "position"),
    *_required(Text, "kind"),
    *_required(Boolean, "anonymous"),
    *_texts("cue", "country"),
)
Index("sources_kind", sources.c.kind, sources.c.claim_id)
Index("sources_country", sources.c.country, sources.c.claim_id)

attributions = Table(
    "attributions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    *_required(Integer, "position"),
    *_required(Text, "type"),
    *_texts("source", "cue"),
    *_required(Text, "content"),
    *_required(LargeBinary, "record"),
)

FULL_TEXT: Final = {
    claims: (*NAMED, "vehicle", "said_by", "evidence"),
    sources: ("text", "resolved", "actor_name"),
    articles: ("title", "publisher", "text"),
}
"""Columns whose words are indexed, by table."""

SEARCHED: Final = (
    *((claims, (column,)) for column in (*NAMED, "said_by", "evidence")),
    (sources, FULL_TEXT[sources]),
    (articles, ("publisher",)),
    (articles, ("title", "text")),
)
"""Columns that are searched together."""

_OF_CLAIM: Final = claims.c["when", "first_day", "last_day", "status", "said_by", "evidence", "confidence"]
_OF_ARTICLE: Final = (
    sa.func.coalesce(articles.c.title, articles.c.source).label("article"),
    *articles.c["publisher", "published", "url"],
    articles.c.source.label("read_from"),
    *articles.c["retrieved_at", "latest"],
)

VIEWS: Final = {
    "movements": sa.select(
        claims.c.id.label("claim_id"),
        claims.c.who,
        claims.c.trigger.label("movement"),
        *claims.c["what", *PLACES, "vehicle"],
        *_OF_CLAIM,
        *_OF_ARTICLE,
    )
    .join_from(claims, articles)
    .where(claims.c.kind == sa.literal_column(f"'{MOVEMENT}'")),
    "other_claims": sa.select(
        claims.c.id.label("claim_id"), claims.c.kind, claims.c.name.label("claim"), *_OF_CLAIM, *_OF_ARTICLE
    )
    .join_from(claims, articles)
    .where(OF_OTHER_KINDS),
    "quotes": sa.select(
        attributions.c.id.label("attribution_id"),
        attributions.c.source.label("said_by"),
        *attributions.c["cue", "content", "type"],
        *_OF_ARTICLE,
    ).join_from(attributions, articles),
}
"""Views for people: a readable row a movement, a claim of another kind, an attribution."""
