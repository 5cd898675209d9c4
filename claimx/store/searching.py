"""Claims on their way out of a store: a question as SQL, and its answers as records."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, and_, false, or_, select

from claimx.edtf import FIRST_DAY
from claimx.records import MOVEMENT, SourceKind, article_from_wire, claim_from_wire
from claimx.store.dialects import Dialect
from claimx.store.names import Wanted, read_name, read_phrases
from claimx.store.reading import load_record, portions, read_heads
from claimx.store.records import Hit, Query
from claimx.store.schema import FULL_TEXT, NAMED, NEWEST_FIRST, OF_OTHER_KINDS, articles, claims, sources

_Condition = ColumnElement[bool]


def find_hits(connection: Connection, dialect: Dialect, query: Query) -> Iterator[Hit]:
    """Yield the claims that meet the query, those of the article published last first."""
    for found in portions(connection.execute(select_claims(dialect, query)).all()):
        heads = read_heads(connection, {row.article_id for row in found})
        records = select(claims.c.id, claims.c.record).where(claims.c.id.in_([row.id for row in found]))
        wires = {row.id: load_record(row.record) for row in connection.execute(records)}
        for key, rows in groupby(found, key=lambda row: row.article_id):
            article = article_from_wire(heads[key])
            for row in rows:
                yield Hit(claim_from_wire(wires[row.id]), article)


def select_claims(dialect: Dialect, query: Query) -> Any:
    """Return the statement that finds the claims: their ids and those of their articles."""
    statement = select(claims.c.id, claims.c.article_id).where(*_conditions(dialect, query))
    return statement.order_by(*NEWEST_FIRST).limit(query.limit)


def _conditions(dialect: Dialect, query: Query) -> Iterator[_Condition]:
    if not query.all_versions:
        yield claims.c.article_id.not_in(select(articles.c.id).where(articles.c.latest == false()))
    if query.kinds:  # by the index of those that are none of movement
        others = select(claims.c.id).where(OF_OTHER_KINDS).correlate(None)
        further = [kind for kind in query.kinds if kind != MOVEMENT]
        if MOVEMENT not in query.kinds:
            yield claims.c.id.in_(others.where(claims.c.kind.in_(further)))
        else:
            yield claims.c.id.not_in(others.where(claims.c.kind.not_in(further)) if further else others)
    for role in NAMED:
        if (words := getattr(query, role)) is not None:
            yield _named(dialect, role, read_name(words, acts=role == "who"))
    if query.source is not None:
        yield _says(dialect, query.source)
    if query.text is not None:
        yield _holds(dialect, claims.c.id, ("evidence",), read_phrases(query.text))
    for words, columns in ((query.article, ("title", "text")), (query.publisher, ("publisher",))):
        if words is not None:
            yield _holds(dialect, claims.c.article_id, columns, read_phrases(words))
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
    words = _holds(dialect, claims.c.id, (role,), wanted.phrases)
    if wanted.country is None:
        return words
    belongs = claims.c[f"{role}_country"] == wanted.country
    if wanted.besides:
        belongs = and_(belongs, _holds(dialect, claims.c.id, (role,), wanted.besides))
    return or_(belongs, words)


def _says(dialect: Dialect, words: str) -> _Condition:
    """Return the condition that a link of the chain of sources is what is wanted, by kind, country or words."""
    wanted = read_name(words, acts=True)

    def any_link(condition: _Condition) -> _Condition:
        return dialect.tested(claims.c.id).in_(select(sources.c.claim_id).where(condition))

    def holds(phrases: Sequence[str]) -> _Condition:
        return dialect.holding(sources.c.id, sources, FULL_TEXT[sources], phrases) if phrases else false()

    # what is one word or phrase stands in a link where it stands in the chain, which is sooner looked up
    alone = len(wanted.phrases) == 1
    choices = [_holds(dialect, claims.c.id, ("said_by",), wanted.phrases) if alone else any_link(holds(wanted.phrases))]
    if (kind := words.strip().lower()) in get_args(SourceKind):
        choices.append(any_link(sources.c.kind == kind))
    if wanted.country:
        belongs = sources.c.country == wanted.country
        choices.append(any_link(and_(belongs, holds(wanted.besides)) if wanted.besides else belongs))
    return or_(*choices)


def _dated(known: _Condition, otherwise: _Condition) -> _Condition:
    """Return a condition on a claim's own date or, where it has none, on its article's."""
    return or_(known, and_(claims.c.last_day.is_(None), otherwise))


def _holds(dialect: Dialect, key: Any, columns: Sequence[str], phrases: Sequence[str]) -> _Condition:
    """Return the condition that columns of a claim or its article, by `key`, hold all phrases; without any, nothing."""
    if not phrases:
        return false()
    table = claims if key is claims.c.id else articles
    return dialect.holding(dialect.tested(key), table, columns, phrases)
