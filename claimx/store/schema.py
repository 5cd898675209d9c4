"""The tables of a store, for both databases.

The columns named `record` hold articles (but for `text`), claims and attributions exactly as they were added, in JSON;
every other column is there to search, to join and to read. Text in those is the article's but for NUL characters and
lone surrogates, which databases cannot hold: U+FFFD stands in their place, so that offsets stay right.
"""

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

METADATA: Final = MetaData()

PLACES: Final = ("origin", "destination", "via")
NAMED: Final = ("who", "what", *PLACES)
"""Roles that a search asks for by name, each with a column for its country."""

version = Table("claimx_schema", METADATA, Column("version", Integer, nullable=False))

runs = Table(
    "runs",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("claimx", Text, nullable=False),
    Column("model", Text),
    Column("rules", Text),
)

articles = Table(
    "articles",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("title", Text),
    Column("publisher", Text),
    Column("authors", Text),
    Column("published", Text),
    Column("url", Text),
    Column("source", Text, nullable=False),
    Column("language", Text),
    Column("retrieved_at", Text),
    Column("latest", Boolean, nullable=False),
    Column("run_id", Text, ForeignKey("runs.id")),
    Column("sha256", Text),
    Column("address_sha256", Text, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),
    UniqueConstraint("address_sha256", "text_sha256"),
)
Index("articles_superseded", articles.c.id, sqlite_where=articles.c.latest == false(),
      postgresql_where=articles.c.latest == false())  # fmt: skip
Index("articles_run_id", articles.c.run_id)

claims = Table(
    "claims",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("stable_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("predicate", Text, nullable=False),
    Column("trigger", Text, nullable=False),
    *(Column(role, Text) for role in (*NAMED, "vehicle", "when")),
    Column("status", Text, nullable=False),
    Column("status_cue", Text),
    Column("said_by", Text),
    Column("evidence", Text, nullable=False),
    Column("evidence_start", Integer, nullable=False),
    Column("evidence_end", Integer, nullable=False),
    Column("paragraph", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("rules", Text),
    Column("article_day", Text, nullable=False),  # when the article was published, "" where it does not say
    Column("first_day", Text),
    Column("last_day", Text),
    *(Column(f"{role}_country", Text) for role in NAMED),
    Column("record", LargeBinary, nullable=False),
    UniqueConstraint("article_id", "position"),
)
NEWEST_FIRST: Final = (claims.c.article_day.desc(), claims.c.article_id.desc(), claims.c.position)
"""The order in which claims are found: those of the article published last first, by their place in it."""
Index(
    "claims_search",
    *NEWEST_FIRST,
    *(claims.c[name] for name in ("status", "confidence", "first_day", "last_day")),
    *(claims.c[f"{role}_country"] for role in NAMED),
    postgresql_include=["id"],
)
"""All that a search asks of claims but for words, in the order of its answers: a walk along it, until there are enough,
answers any question. Looking up the claims of each condition and sorting them takes longer where they are many.
"""
Index("claims_stable_id", claims.c.stable_id)

_SPAN: Final = ("text", "resolved", "actor_name", "actor_country", "actor_type")

spans = Table(
    "spans",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("claim_id", Integer, ForeignKey("claims.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    *(Column(name, Text) for name in _SPAN),
    Column("place_name", Text),
    Column("place_country", Text),
    Column("place_kind", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("geonameid", Integer),
    Column("edtf", Text),
    Column("date_basis", Text),
)

sources = Table(
    "sources",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("claim_id", Integer, ForeignKey("claims.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    *(Column(name, Text) for name in _SPAN),
    Column("kind", Text, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("cue", Text),
    Column("country", Text),
)
Index("sources_kind", sources.c.kind, sources.c.claim_id)
Index("sources_country", sources.c.country, sources.c.claim_id)

attributions = Table(
    "attributions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("source", Text),
    Column("cue", Text),
    Column("content", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),
)

FULL_TEXT: Final = {
    claims: (*NAMED, "vehicle", "said_by", "evidence"),
    sources: ("text", "resolved", "actor_name"),
    articles: ("title", "publisher", "text"),
}
"""Columns whose words are indexed, by table."""

SEARCHED: Final = (
    *((claims, (column,)) for column in FULL_TEXT[claims]),
    (sources, FULL_TEXT[sources]),
    (articles, ("publisher",)),
    (articles, ("title", "text")),
)
"""Columns that are searched together."""

VIEWS: Final = {
    "movements": """
        SELECT claims.id AS claim_id, articles.title AS article, articles.publisher, articles.published,
               claims.who, claims.trigger AS movement, claims.what, claims.origin, claims.destination, claims.via,
               claims.vehicle, claims."when", claims.first_day, claims.last_day, claims.status, claims.said_by,
               claims.evidence, claims.confidence, articles.url, articles.source, articles.retrieved_at, articles.latest
        FROM claims JOIN articles ON articles.id = claims.article_id""",
    "quotes": """
        SELECT attributions.id AS attribution_id, articles.title AS article, articles.publisher, articles.published,
               attributions.source AS said_by, attributions.cue, attributions.content, attributions.type, articles.url,
               articles.retrieved_at, articles.latest
        FROM attributions JOIN articles ON articles.id = attributions.article_id""",
}
"""Views for people: a readable row a claim, a readable row an attribution."""
