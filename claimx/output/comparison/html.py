"""HTML: one page that needs nothing else, a section an event, a row a mention."""

from collections.abc import Iterator
from typing import TextIO

from claimx.compare.records import Cluster, Comparison, Mention
from claimx.output.comparison.wording import (
    differing,
    told_by_several,
    word_agreements,
    word_contradiction,
    word_counts,
    word_event,
    word_first,
    word_merge,
    word_names,
    word_origin,
    word_rest,
    word_summary,
    word_way,
)
from claimx.output.context import OutputContext
from claimx.output.html import FOOT, HEAD, table, text
from claimx.output.wording import word_sources, word_span

_HEADINGS = ("outlet", "published", "who", "movement", "what", "from", "to", "when", "status", "said by", "words")


def write_html(comparison: Comparison, out: TextIO, *, context: OutputContext) -> None:
    """Write one page with the events that more than one outlet tells."""
    out.write(HEAD)
    out.write(f"<p>{text(word_summary(comparison))}</p>\n")
    for cluster in told_by_several(comparison):
        out.write(f"<h2>{text(word_event(cluster))}</h2>\n")
        out.writelines(_facts(cluster))
        out.writelines(table(_HEADINGS, (_row(mention, comparison) for mention in cluster.mentions)))
    if rest := word_rest(comparison):
        out.write(f"<p>{text(rest)}</p>\n")
    out.write(FOOT)


def _facts(cluster: Cluster) -> Iterator[str]:
    yield "<dl>\n"
    facts = [
        ("from → to", word_way(cluster)),
        ("told by", word_counts(cluster)),
        ("outlets", word_names(cluster.outlets)),
        *(("origin", word_origin(origin)) for origin in cluster.origins),
        *(("because", word_merge(merge)) for merge in cluster.merges),
        ("first told", word_first(cluster)),
        ("agree on", word_agreements(cluster)),
        *((f"differ on {field}", words) for field, words in differing(cluster)),
        *(("contradict", word_contradiction(one, cluster)) for one in cluster.contradictions),
    ]
    yield from (f"<dt>{term}</dt><dd>{text(words)}</dd>\n" for term, words in facts if words)
    yield "</dl>\n"


def _row(mention: Mention, comparison: Comparison) -> tuple[str, ...]:
    claim = mention.claim
    spans = (claim.who, claim.trigger, claim.what, claim.origin, claim.destination, claim.when)
    return (
        mention.outlet,
        comparison.articles[mention.article].published or "",
        *map(word_span, spans),
        claim.status,
        word_sources(claim.sources),
        claim.evidence.text,
    )
