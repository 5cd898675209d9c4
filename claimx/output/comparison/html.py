"""HTML: one page that needs nothing else and looks like the report, a section an event, a row a mention."""

from collections.abc import Iterator
from typing import TextIO

from claimx.compare.records import Cluster, Comparison, Mention
from claimx.output.comparison import wording
from claimx.output.context import OutputContext
from claimx.output.flat import link_to
from claimx.output.html import CLAIM_HEADINGS, FOOT, LONGEST_WHOLE, Cell, claim_cells, head, link, table, text, whole

_HEADINGS = ("outlet", "published", *CLAIM_HEADINGS, "words")


def write_html(comparison: Comparison, out: TextIO, *, context: OutputContext) -> None:
    """Write one page with the events that more than one outlet tells."""
    out.write(head("The same events across outlets"))
    out.write(f'<p class="standfirst">{text(wording.word_summary(comparison))}</p>\n')
    for cluster in wording.told_by_several(comparison):
        out.write(f"<section>\n<h2>{text(wording.word_heading(cluster))}</h2>\n")
        out.writelines(_facts(cluster))
        out.writelines(table(_HEADINGS, (_row(mention, comparison) for mention in cluster.mentions)))
        out.write("</section>\n")
    if rest := wording.word_rest(comparison):
        out.write(f'<p class="note">{text(rest)}</p>\n')
    out.write(FOOT)


def _facts(cluster: Cluster) -> Iterator[str]:
    yield '<dl class="facts-list">\n'
    if way := wording.word_way(cluster):
        yield f"<dt>from → to</dt><dd>{text(way)}</dd>\n"
    # what differs stands in the table below, outlet by outlet
    facts = wording.word_facts(cluster, differences=False)
    yield from (f"<dt>{term}</dt><dd>{text(words)}</dd>\n" for term, words in facts)
    yield "</dl>\n"


def _row(mention: Mention, comparison: Comparison) -> tuple[Cell, ...]:
    claim, article = mention.claim, comparison.articles[mention.article]
    name = link(article.url, mention.outlet)
    return (
        whole(name) if len(mention.outlet) <= LONGEST_WHOLE else name,
        whole(text(article.published or "")),
        *claim_cells(claim),
        link(link_to(article, claim.evidence.text), claim.evidence.text),
    )
