"""CSV after RFC 4180, one claim or attribution a row, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from typing import TextIO

from claimx.output.clean import clean
from claimx.output.context import OutputContext
from claimx.output.flat import ARTICLE_COLUMNS, Value, claim_columns, claim_values, flatten_article
from claimx.output.wording import word_content, word_span
from claimx.records import Article

ATTRIBUTION_COLUMNS = (*ARTICLE_COLUMNS, "source", "cue", "content", "type", "start", "end")


def write_csv(articles: Iterable[Article], out: TextIO, *, context: OutputContext) -> None:
    """Write a header and a row for each claim (or attribution); `out` must not translate newlines."""
    writer = csv.writer(out, lineterminator="\r\n")
    columns = claim_columns(context.kinds) if context.layer == "claims" else ATTRIBUTION_COLUMNS
    writer.writerow(columns)
    for article in articles:
        rows: Iterable[Iterable[Value]] = attribution_rows(article)
        if context.layer == "claims":
            rows = (claim_values(article, claim, columns) for claim in article.claims)
        for row in rows:
            writer.writerow(neutralise("" if cell is None else cell) for cell in row)
        out.flush()


def neutralise(cell: str | int | float) -> str | int | float:
    """Return the cell as data: control characters gone, and no text that a spreadsheet would run as a formula."""
    if not isinstance(cell, str):
        return cell
    text = clean(cell)
    return "'" + text if text.lstrip()[:1] in tuple("=+-@＝＋－＠") or cell[:1] in ("\t", "\r") else text


def attribution_rows(article: Article) -> Iterator[Iterable[Value]]:
    """Yield what `ATTRIBUTION_COLUMNS` hold for each attribution."""
    for attribution in article.attributions:
        yield (
            *flatten_article(article).values(),
            word_span(attribution.source),
            word_span(attribution.cue),
            word_content(attribution),
            attribution.type,
            min((span.start for span in attribution.content), default=None),
            max((span.end for span in attribution.content), default=None),
        )
