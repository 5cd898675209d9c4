"""CSV after RFC 4180, a mention a row under the event that it tells, safe to open in a spreadsheet."""

from collections.abc import Iterator
from typing import TextIO

from claimx.compare.records import Cluster, Comparison
from claimx.output.comparison.wording import word_names, word_value
from claimx.output.context import OutputContext
from claimx.output.csv import write_rows
from claimx.output.wording import word_sources, word_span
from claimx.records import ROLES

COLUMNS = (
    "event", "event_who", "event_what", "event_from", "event_to", "event_when", "outlets", "origins",
    "origins_at_least", "origins_at_most", "contradictions",
    "outlet", "published", "trigger", *ROLES, "number", "status", "sources", "origin_of_mention", "evidence", "article",
    "url", "title", "id",
)  # fmt: skip


def write_csv(comparison: Comparison, out: TextIO, *, context: OutputContext) -> None:
    """Write a header and a row for each mention, event by event; `out` must not translate newlines."""
    write_rows([COLUMNS, *mention_rows(comparison)], out)


def mention_rows(comparison: Comparison) -> Iterator[tuple[str | int, ...]]:
    """Yield what `COLUMNS` hold for each mention, event by event."""
    for cluster in comparison.clusters:
        yield from _mentions(cluster, comparison)


def _mentions(cluster: Cluster, comparison: Comparison) -> Iterator[tuple[str | int, ...]]:
    row = cluster.canonical
    event: tuple[str | int, ...] = (
        cluster.id,
        *(word_value(value) for value in (row.who, row.what, row.origin, row.destination, row.when)),
        len(cluster.outlets),
        len(cluster.origins),
        cluster.origin_range.at_least,
        cluster.origin_range.at_most,
        len(cluster.contradictions),
    )
    names = {origin.id: origin.name for origin in cluster.origins}
    for mention in cluster.mentions:
        claim, article = mention.claim, comparison.articles[mention.article]
        yield (
            *event,
            mention.outlet,
            article.published or "",
            word_span(claim.trigger),
            *(word_span(getattr(claim, role)) for role in ROLES),
            mention.quantity.text if mention.quantity else "",
            claim.status,
            word_sources(claim.sources),
            word_names(names[origin] for origin in mention.origins),
            claim.evidence.text,
            article.source,
            article.url or "",
            article.title or "",
            claim.id,
        )
