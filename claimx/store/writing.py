"""Articles on their way into a store: one transaction each, whole or not at all."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, insert, or_, select, update

from claimx.edtf import day_bounds
from claimx.records import ROLES, Article, Claim, Source, Span, digest_text, to_wire
from claimx.store.dialects import lock
from claimx.store.names import country_behind, storable
from claimx.store.reading import dump_record, read_wires
from claimx.store.records import AddResult, Run
from claimx.store.schema import NAMED, PLACES, articles, attributions, claims, runs, sources, spans

_SIGHTING: Final = ("source", "retrieved_at", "sha256")
"""Metadata of the one time that an article was read, which say nothing about the article itself."""
_NAMELESS: Final = ("-", "text")
"""Sources that name no place where an article could be found again."""

_Values = dict[str, Any]


def add_article(connection: Connection, article: Article, run: Run | None) -> AddResult:
    """Add an article in the connection's transaction and return what that came to."""
    address, text = digest_text(_address(article)), digest_text(article.text)
    lock(connection, address)
    rows = connection.execute(select(articles.c.text_sha256, articles.c.id).where(articles.c.address_sha256 == address))
    versions = {row.text_sha256: row.id for row in rows}
    wire, known = to_wire(article), versions.get(text)
    result: AddResult = "new version" if versions else "added"
    if known is not None:
        sighting = {name: wire[name] for name in _SIGHTING}
        result = "unchanged" if read_wires(connection, [known])[known] | sighting == wire else "replaced"
    if known is None or result == "replaced":
        if run:
            _add_run(connection, run)
        row = _article_row(article, wire)
        row |= {"address_sha256": address, "text_sha256": text, "run_id": run.id if run else None}
        known = _put_article(connection, row, known)
        _add_findings(connection, article, known)
    if versions:
        _mark_seen(connection, known, article.retrieved_at)
        _mark_latest(connection, address)
    return result


def _put_article(connection: Connection, row: _Values, key: int | None) -> int:
    """Write an article's row in the place of the one with this key, whose findings go, or as a new one."""
    if key is None:
        row |= {"latest": True, "last_seen": row["retrieved_at"]}
        added: int = connection.execute(insert(articles).values(row)).inserted_primary_key[0]  # type: ignore[index]
        return added
    connection.execute(update(articles).where(articles.c.id == key).values(row))
    for table in (claims, attributions):
        connection.execute(delete(table).where(table.c.article_id == key))
    return key


def _address(article: Article) -> str:
    """Return what tells an article from others, whatever its text: its URL, or where it was read from."""
    if article.url:
        return article.url
    # of standard input nobody knows whether it is the same article, but by its text
    return f"{article.source}\0{digest_text(article.text)}" if article.source in _NAMELESS else article.source


def _add_run(connection: Connection, run: Run) -> None:
    known = select(runs.c.id).where(runs.c.id == run.id)
    if connection.execute(known).first():
        return
    lock(connection, run.id)
    if connection.execute(known).first() is None:  # another process may have been quicker
        name = ", ".join(part for part in (f"claimx {run.claimx}", run.model, run.rules) if part)
        connection.execute(insert(runs).values(_storable(to_wire(run) | {"name": f"{name}, {run.started_at}"})))


def _mark_seen(connection: Connection, key: int, when: str | None) -> None:
    """Note when an article was last retrieved, as far as that is known and news."""
    if when:
        when = storable(when)
        earlier = or_(articles.c.last_seen.is_(None), articles.c.last_seen < when)
        connection.execute(update(articles).where(articles.c.id == key, earlier).values(last_seen=when))


def _mark_latest(connection: Connection, address: str) -> None:
    """Mark the version of an address that was seen last; of those without a time, the one added last."""
    versions = connection.execute(
        select(articles.c.id, articles.c.last_seen, articles.c.latest).where(articles.c.address_sha256 == address)
    ).all()
    latest = max(versions, key=lambda row: (row.last_seen or "", row.id)).id
    for row in versions:
        if row.latest != (row.id == latest):
            connection.execute(update(articles).where(articles.c.id == row.id).values(latest=row.id == latest))


def _add_findings(connection: Connection, article: Article, key: int) -> None:
    if article.claims:
        rows = [
            _claim_row(article, claim) | {"article_id": key, "position": n} for n, claim in enumerate(article.claims)
        ]
        ids = connection.execute(insert(claims).returning(claims.c.id, sort_by_parameter_order=True), rows).scalars()
        added = list(zip(ids, article.claims, strict=True))
        for table, rows_of in ((spans, _span_rows), (sources, _source_rows)):
            _insert(
                connection, table, [_storable(row) | {"claim_id": n} for n, claim in added for row in rows_of(claim)]
            )
    _insert(connection, attributions, [_storable(row) | {"article_id": key} for row in _attribution_rows(article)])


def _insert(connection: Connection, table: Table, rows: list[_Values]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _article_row(article: Article, wire: _Values) -> _Values:
    names = ("title", "publisher", "published", "url", "source", "language", "retrieved_at", "sha256", "text")
    row = {name: wire[name] for name in names} | {"authors": ", ".join(article.authors) or None}
    kept = {key: value for key, value in wire.items() if key not in ("text", "claims", "attributions")}
    if storable(article.text) != article.text:
        kept["text"] = article.text
    return _storable(row) | {"record": dump_record(kept)}


def _claim_row(article: Article, claim: Claim) -> _Values:
    roles = {role: getattr(claim, role) for role in ROLES}
    first, last = day_bounds(claim.when.date.edtf if claim.when and claim.when.date else None) or (None, None)
    published = day_bounds((article.published or "")[:10])
    words = (claim.who, claim.trigger, claim.what, *claim.roles.values())
    row = {
        "name": " ".join(span.text for span in words if span),
        "stable_id": claim.id,
        **_fields(claim, "", "kind", "predicate", "status", "confidence"),
        "trigger": claim.trigger.text,
        **{role: _read_out(span) for role, span in roles.items()},
        "status_cue": _read_out(claim.status_cue),
        "said_by": " → ".join(_read_out(source) or "" for source in claim.sources) or None,
        "evidence": claim.evidence.text,
        **_fields(claim.evidence, "evidence_", "start", "end"),
        "paragraph": claim.evidence.paragraph,
        "rules": ", ".join(claim.rules),
        "article_day": published[0] if published else "",
        "first_day": first,
        "last_day": last,
        **{
            f"{role}_country": country_behind(span, is_place=role in PLACES) if (span := roles[role]) else None
            for role in NAMED
        },
        "record": dump_record(to_wire(claim)),
    }
    return _storable(row)


def _read_out(span: Span | Source | None) -> str | None:
    """Return a span's words and, in brackets, the name behind them where they are not that name."""
    if span is None:
        return None
    meant = [span.resolved, span.actor.name if span.actor else None]
    if isinstance(span, Span):
        meant += [span.place.name if span.place else None, span.date.edtf if span.date else None]
    others = dict.fromkeys(name for name in meant if name and name not in span.text)
    return f"{span.text} [{'; '.join(others)}]" if others else span.text


def _span_rows(claim: Claim) -> Iterator[_Values]:
    for role, span in (("trigger", claim.trigger), *claim.fillers().items(), ("status_cue", claim.status_cue)):
        if span is None:
            continue
        yield {
            "role": role,
            **_words(span),
            **_fields(span.place, "place_", "name", "country", "kind"),
            **_fields(span.place, "", "lat", "lon", "geonameid"),
            **_fields(span.date, "", "edtf"),
            **_fields(span.date, "date_", "basis"),
        }


def _source_rows(claim: Claim) -> Iterator[_Values]:
    for position, source in enumerate(claim.sources):
        yield {
            "position": position,
            **_words(source),
            **_fields(source, "", "kind", "anonymous"),
            "cue": source.cue.text if source.cue else None,
            "country": country_behind(source),
        }


def _words(span: Span | Source) -> _Values:
    return {
        **_fields(span, "", "start", "end", "text", "resolved"),
        **_fields(span.actor, "actor_", "name", "country", "type"),
    }


def _fields(record: object, prefix: str, *names: str) -> _Values:
    """Return columns named like fields of a record, behind a prefix, with what stands in them; None without one."""
    return {f"{prefix}{name}": None if record is None else getattr(record, name) for name in names}


def _attribution_rows(article: Article) -> Iterator[_Values]:
    for position, attribution in enumerate(article.attributions):
        yield {
            "position": position,
            "type": attribution.type,
            "source": _read_out(attribution.source),
            "cue": _read_out(attribution.cue),
            "content": " … ".join(span.text for span in attribution.content),
            "record": dump_record(to_wire(attribution)),
        }


def _storable(row: _Values) -> _Values:
    return {key: storable(value) if isinstance(value, str) else value for key, value in row.items()}
