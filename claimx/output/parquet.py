"""Parquet, a claim a row in typed columns, for DuckDB, pandas and the like (extra `claimx[parquet]`)."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, BinaryIO, Final

import pyarrow as pa
from pyarrow import parquet

from claimx.output.clean import clean
from claimx.output.context import OutputContext
from claimx.output.flat import CLAIM_COLUMNS, DAYS, NUMBERS, Value, flatten_claim
from claimx.records import Article

_ROWS_AT_ONCE: Final = 20_000
_WHOLE: Final = ("start", "end", *(column for column in NUMBERS if column.endswith("_geonameid")))


def _type(column: str) -> Any:
    if column in DAYS:
        return pa.date32()
    if column in _WHOLE:
        return pa.int64()
    return pa.float64() if column in NUMBERS else pa.string()


_SCHEMA: Final = pa.schema([(column, _type(column)) for column in CLAIM_COLUMNS])


def write_parquet(articles: Iterable[Article], out: BinaryIO, *, context: OutputContext) -> None:
    """Write one file, in groups of rows as they come."""
    rows = ({column: _cell(column, value) for column, value in row.items()} for row in _rows(articles))
    with parquet.ParquetWriter(out, _SCHEMA) as writer:
        while portion := list(islice(rows, _ROWS_AT_ONCE)):
            writer.write_table(pa.Table.from_pylist(portion, schema=_SCHEMA))


def _rows(articles: Iterable[Article]) -> Iterator[dict[str, Value]]:
    for article in articles:
        for claim in article.claims:
            yield flatten_claim(article, claim)


def _cell(column: str, value: Value) -> Value | date:
    if not isinstance(value, str):
        return value
    return date.fromisoformat(value) if column in DAYS else clean(value)
