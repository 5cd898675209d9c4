"""Records as they are kept in a store, and whole articles put together from them."""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, select

from claimx.records import Article, article_from_wire
from claimx.store.schema import articles, attributions, claims

ROWS_AT_ONCE: Final = 100

_Item = TypeVar("_Item")


def dump_record(wire: dict[str, Any]) -> bytes:
    """Return JSON that `load_record` reads back exactly: UTF-8, with lone surrogates as they are."""
    return json.dumps(wire, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def load_record(record: bytes) -> dict[str, Any]:
    """Return what `dump_record` wrote."""
    wire: dict[str, Any] = json.loads(record.decode("utf-8", "surrogatepass"))
    return wire


def find_articles(connection: Connection, *, all_versions: bool) -> Iterator[Article]:
    """Yield the articles of a store in the order in which they came, with claims and attributions."""
    wanted = select(articles.c.id).order_by(articles.c.id)
    if not all_versions:
        wanted = wanted.where(articles.c.latest)
    for keys in portions(connection.execute(wanted).scalars().all()):
        wires = read_wires(connection, keys)
        for key in keys:
            yield article_from_wire(wires[key])


def read_wires(connection: Connection, keys: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return the articles of these keys in their wire format, complete."""
    wires = read_heads(connection, keys)
    for table in (claims, attributions):
        for wire in wires.values():
            wire[table.name] = []
        records = select(table.c.article_id, table.c.record).where(table.c.article_id.in_(keys))
        for row in connection.execute(records.order_by(table.c.article_id, table.c.position)):
            wires[row.article_id][table.name].append(load_record(row.record))
    return wires


def read_heads(connection: Connection, keys: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return the articles of these keys in their wire format, without claims and attributions."""
    rows = connection.execute(select(articles.c.id, articles.c.record, articles.c.text).where(articles.c.id.in_(keys)))
    # the record holds the text where the column cannot
    return {row.id: {"text": row.text, **load_record(row.record)} for row in rows}


def portions(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """Yield the items in portions that a statement can ask for at once."""
    for start in range(0, len(items), ROWS_AT_ONCE):
        yield items[start : start + ROWS_AT_ONCE]
