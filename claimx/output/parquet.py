"""Parquet, a claim a row in typed columns, for DuckDB, pandas and the like (extra `claimx[parquet]`)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, BinaryIO, Final

import pyarrow as pa
from pyarrow import parquet

from claimx.output.clean import clean
from claimx.output.context import OutputContext
from claimx.output.flat import DAYS, Value, claim_columns, claim_values
from claimx.records import Article

_ROWS_AT_ONCE: Final = 20_000


def _type(column: str) -> Any:
    if column in DAYS:
        return pa.date32()
    if column in ("start", "end") or column.endswith("_geonameid"):
        return pa.int64()
    return pa.float64() if column == "confidence" or column.endswith(("_lat", "_lon")) else pa.string()


def write_parquet(articles: Iterable[Article], out: BinaryIO, *, context: OutputContext) -> None:
    """Write one file, in groups of rows as they come."""
    columns = claim_columns(context.kinds)
    schema = pa.schema([(column, _type(column)) for column in columns])
    rows = _rows(articles, columns)
    with parquet.ParquetWriter(out, schema) as writer:
        while portion := list(islice(rows, _ROWS_AT_ONCE)):
            writer.write_table(pa.Table.from_pylist(portion, schema=schema))


def _rows(articles: Iterable[Article], columns: Sequence[str]) -> Iterator[dict[str, Value | date]]:
    for article in articles:
        for claim in article.claims:
            values = claim_values(article, claim, columns)
            yield {column: _cell(column, value) for column, value in zip(columns, values, strict=True)}


def _cell(column: str, value: Value) -> Value | date:
    if not isinstance(value, str):
        return value
    return date.fromisoformat(value) if column in DAYS else clean(value)
