"""Claims on their way out of a store: a question as SQL, and its answers as records."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, false, or_, select

from claimx.records import Article, SourceKind, article_from_wire, claim_from_wire
from claimx.store.days import FIRST_DAY
from claimx.store.dialects import Dialect
from claimx.store.names import Wanted, read_name, read_phrases
from claimx.store.records import Hit, Query
from claimx.store.schema import FULL_TEXT, NEWEST_FIRST, PLACES, articles, claims, sources
from claimx.store.writing import read_article, read_record

_ROWS_AT_ONCE = 100

_Condition = ColumnElement[bool]


def find_articles(connection: Connection, *, all_versions: bool) -> Iterator[Article]:
    """Yield the articles of a store in the order in which they came, with claims and attributions."""
    wanted = select(articles.c.record, articles.c.text).order_by(articles.c.id)
    if not all_versions:
        wanted = wanted.where(articles.c.latest)
    for row in connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(wanted):
        yield read_article(row)


def find_hits(connection: Connection, dialect: Dialect, query: Query) -> Iterator[Hit]:
    """Yield the claims that meet the query, those of the article published last first."""
    found = connection.execute(select_claims(dialect, query)).all()
    for start in range(0, len(found), _ROWS_AT_ONCE):
        yield from _read_hits(connection, found[start : start + _ROWS_AT_ONCE])


def select_claims(dialect: Dialect, query: Query) -> Select[Any]:
    """Return the statement that finds the claims: the ids of their articles and their positions there."""
    statement = select(claims.c.article_id, claims.c.position).where(*_conditions(dialect, query))
    return statement.order_by(*NEWEST_FIRST).limit(query.limit)


def _read_hits(connection: Connection, found: Sequence[Row[Any]]) -> Iterator[Hit]:
    ids = {row.article_id for row in found}
    rows = connection.execute(select(articles.c.id, articles.c.record, articles.c.text).where(articles.c.id.in_(ids)))
    wires = {row.id: read_record(row.record, row.text) for row in rows}
    for key, positions in groupby(found, key=lambda row: row.article_id):
        wire = wires[key]
        article = article_from_wire({**wire, "claims": (), "attributions": ()})
        for row in positions:
            yield Hit(claim_from_wire(wire["claims"][row.position]), article)


def _conditions(dialect: Dialect, query: Query) -> Iterator[_Condition]:
    if not query.all_versions:
        yield claims.c.article_id.not_in(select(articles.c.id).where(articles.c.latest == false()))
    for role in ("who", "what", *PLACES):
        if (words := getattr(query, role)) is not None:
            yield _named(dialect, role, read_name(words, acts=role == "who"))
    if query.source is not None:
        yield claims.c.id.in_(select(sources.c.claim_id).where(_is_source(dialect, query.source)))
    if query.text is not None:
        yield _holds(dialect, claims, ("evidence",), read_phrases(query.text))
    for words, columns in ((query.article, ("title", "text")), (query.publisher, ("publisher",))):
        if words is not None:
            holding = _holds(dialect, articles, columns, read_phrases(words))
            yield claims.c.article_id.in_(select(articles.c.id).where(holding))
    if query.since:
        since = query.since.isoformat()
        yield _dated(claims.c.last_day >= since, claims.c.article_day >= since)
    if query.until:
        until = query.until.isoformat()
        yield _dated(claims.c.first_day <= until, claims.c.article_day.between(FIRST_DAY, until))
    if query.status:
        yield claims.c.status.in_(query.status)
    if query.min_confidence > 0:
        yield claims.c.confidence >= query.min_confidence


def _named(dialect: Dialect, role: str, wanted: Wanted) -> _Condition:
    """Return the condition that a role's span is what is wanted."""
    words = _holds(dialect, claims, (role,), wanted.phrases)
    if wanted.country is None:
        return words
    belongs = claims.c[f"{role}_country"] == wanted.country
    if wanted.besides:
        belongs = and_(belongs, _holds(dialect, claims, (role,), wanted.besides))
    return or_(belongs, words)


def _is_source(dialect: Dialect, words: str) -> _Condition:
    """Return the condition that a link of a chain of sources is what is wanted, by kind, country or words."""
    wanted = read_name(words, acts=True)
    columns = FULL_TEXT[sources]
    choices = [_holds(dialect, sources, columns, wanted.phrases)]
    if (kind := words.strip().lower()) in get_args(SourceKind):
        choices.append(sources.c.kind == kind)
    if wanted.country:
        belongs = sources.c.country == wanted.country
        if wanted.besides:
            belongs = and_(belongs, _holds(dialect, sources, columns, wanted.besides))
        choices.append(belongs)
    return or_(*choices)


def _dated(known: _Condition, otherwise: _Condition) -> _Condition:
    """Return a condition on a claim's own date or, where it has none, on its article's."""
    return or_(known, and_(claims.c.last_day.is_(None), otherwise))


def _holds(dialect: Dialect, table: Any, columns: Sequence[str], phrases: Sequence[str]) -> _Condition:
    """Return the condition that the columns hold all phrases; where there are none, nothing meets it."""
    return dialect.matches(table, columns, phrases) if phrases else false()
