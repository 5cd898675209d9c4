"""Markdown: a heading an event, for notes and drafts."""

from collections.abc import Iterator
from typing import TextIO

from claimx.compare.records import Cluster, Comparison
from claimx.output.comparison import wording
from claimx.output.context import OutputContext
from claimx.output.markdown import escape, link
from claimx.output.wording import word_when


def write_markdown(comparison: Comparison, out: TextIO, *, context: OutputContext) -> None:
    """Write a line on the whole, and a section for each event that more than one outlet tells."""
    out.write(f"{escape(wording.word_summary(comparison))}\n\n")
    for cluster in wording.told_by_several(comparison):
        out.write(f"## {escape(wording.word_heading(cluster))}\n\n")
        out.writelines(f"- {line}\n" for line in _lines(cluster, comparison))
        out.write("\n")
    if rest := wording.word_rest(comparison):
        out.write(f"{escape(rest)}\n")


def _lines(cluster: Cluster, comparison: Comparison) -> Iterator[str]:
    when = word_when(wording.clearest_mention(cluster).claim)
    if way := ", ".join(filter(None, (wording.word_way(cluster), when))):
        yield escape(way)
    for field, value in wording.told_beside(cluster):
        yield f"**{wording.FIELD_NAMES[field]}**: {escape(wording.word_readings([value], cluster))}"
    yield from (f"**{label}**: {escape(words)}" for label, words in wording.word_facts(cluster))
    told = {(mention.outlet, mention.claim.evidence.text): mention for mention in cluster.mentions}
    for (outlet, words), mention in told.items():  # one sentence may tell an event twice
        article = comparison.articles[mention.article]
        yield f"{link(article.url, outlet)} ({mention.claim.status}): “{escape(words)}”"
