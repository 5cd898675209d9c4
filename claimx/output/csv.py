"""CSV after RFC 4180, one claim or attribution a row, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable
from typing import TextIO

from claimx.output.clean import clean
from claimx.output.context import OutputContext
from claimx.output.flat import flatten_layer, layer_columns
from claimx.records import Article


def write_csv(articles: Iterable[Article], out: TextIO, *, context: OutputContext) -> None:
    """Write a header and a row for each claim (or attribution); `out` must not translate newlines."""
    columns = layer_columns(context)
    write_rows([columns], out)
    for article in articles:
        write_rows(flatten_layer(article, columns, context), out)
        out.flush()


def write_rows(rows: Iterable[Iterable[str | int | float | None]], out: TextIO) -> None:
    """Write rows; None is an empty cell."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows(map(neutralise, row) for row in rows)


def neutralise(cell: str | int | float | None) -> str | int | float | None:
    """Return the cell as data: control characters gone, and no text that a spreadsheet would run as a formula."""
    if not isinstance(cell, str):
        return cell
    text = clean(cell)
    return "'" + text if text.lstrip()[:1] in tuple("=+-@＝＋－＠") or cell[:1] in ("\t", "\r") else text
