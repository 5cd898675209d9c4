"""CSV after RFC 4180, one claim or attribution a row, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from typing import TextIO

from claimx.output.clean import clean
from claimx.output.context import OutputContext
from claimx.output.wording import word_content, word_sources, word_span
from claimx.records import ROLES, Article, Attribution, Claim

_ARTICLE = ("article", "url", "title", "publisher", "published")
CLAIM_COLUMNS = (
    "trigger", *ROLES, "status", "status_cue", "sources", "evidence", "start", "end", "confidence", "rules", "id",
)  # fmt: skip
ATTRIBUTION_COLUMNS = ("source", "cue", "content", "type", "start", "end")

Cell = str | int | float


def write_csv(articles: Iterable[Article], out: TextIO, *, context: OutputContext) -> None:
    """Write a header and a row for each claim (or attribution); `out` must not translate newlines."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_ARTICLE + (CLAIM_COLUMNS if context.layer == "claims" else ATTRIBUTION_COLUMNS))
    for article in articles:
        head = (article.source, article.url, article.title, article.publisher, article.published)
        rows = _claims(article) if context.layer == "claims" else _attributions(article)
        for row in rows:
            writer.writerow(neutralise(cell) for cell in (*(value or "" for value in head), *row))
        out.flush()


def neutralise(cell: Cell) -> Cell:
    """Return the cell as data: control characters gone, and no text that a spreadsheet would run as a formula."""
    if not isinstance(cell, str):
        return cell
    text = clean(cell)
    return "'" + text if text.lstrip()[:1] in tuple("=+-@＝＋－＠") or cell[:1] in ("\t", "\r") else text


def _claims(article: Article) -> Iterator[tuple[Cell, ...]]:
    for claim in article.claims:
        yield _claim(claim)


def _claim(claim: Claim) -> tuple[Cell, ...]:
    return (
        word_span(claim.trigger),
        *(word_span(getattr(claim, role)) for role in ROLES),
        claim.status,
        word_span(claim.status_cue),
        word_sources(claim.sources),
        claim.evidence.text,
        claim.evidence.start,
        claim.evidence.end,
        claim.confidence,
        " ".join(claim.rules),
        claim.id,
    )


def _attributions(article: Article) -> Iterator[tuple[Cell, ...]]:
    for attribution in article.attributions:
        yield _attribution(attribution)


def _attribution(attribution: Attribution) -> tuple[Cell, ...]:
    return (
        word_span(attribution.source),
        word_span(attribution.cue),
        word_content(attribution),
        attribution.type,
        min((span.start for span in attribution.content), default=""),
        max((span.end for span in attribution.content), default=""),
    )
