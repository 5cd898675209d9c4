"""HTML: one page that needs nothing else, a section an event, a row a mention."""

from collections.abc import Iterator
from typing import TextIO

from claimx.compare.records import Cluster, Comparison, Mention
from claimx.output.comparison import wording
from claimx.output.context import OutputContext
from claimx.output.html import FOOT, HEAD, table, text
from claimx.output.wording import word_sources, word_span

_HEADINGS = ("outlet", "published", "who", "movement", "what", "from", "to", "when", "status", "said by", "words")


def write_html(comparison: Comparison, out: TextIO, *, context: OutputContext) -> None:
    """Write one page with the events that more than one outlet tells."""
    out.write(HEAD)
    out.write(f"<p>{text(wording.word_summary(comparison))}</p>\n")
    for cluster in wording.told_by_several(comparison):
        out.write(f"<h2>{text(wording.word_event(cluster))}</h2>\n")
        out.writelines(_facts(cluster))
        out.writelines(table(_HEADINGS, (_row(mention, comparison) for mention in cluster.mentions)))
    if rest := wording.word_rest(comparison):
        out.write(f"<p>{text(rest)}</p>\n")
    out.write(FOOT)


def _facts(cluster: Cluster) -> Iterator[str]:
    yield "<dl>\n"
    if way := wording.word_way(cluster):
        yield f"<dt>from → to</dt><dd>{text(way)}</dd>\n"
    yield from (f"<dt>{term}</dt><dd>{text(words)}</dd>\n" for term, words in wording.word_facts(cluster))
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
