"""Markdown: a heading an event, for notes and drafts."""

from collections.abc import Iterator
from typing import TextIO

from claimx.compare.records import Cluster, Comparison
from claimx.output.comparison import wording
from claimx.output.context import OutputContext
from claimx.output.markdown import escape


def write_markdown(comparison: Comparison, out: TextIO, *, context: OutputContext) -> None:
    """Write a line on the whole, and a section for each event that more than one outlet tells."""
    out.write(f"{escape(wording.word_summary(comparison))}\n\n")
    for cluster in wording.told_by_several(comparison):
        out.write(f"## {escape(wording.word_event(cluster))}\n\n")
        out.writelines(f"- {line}\n" for line in _lines(cluster))
        out.write("\n")
    if rest := wording.word_rest(comparison):
        out.write(f"{escape(rest)}\n")


def _lines(cluster: Cluster) -> Iterator[str]:
    when = wording.word_value(cluster.canonical.when)
    if way := ", ".join(filter(None, (wording.word_way(cluster), when))):
        yield escape(way)
    yield from (f"**{label}**: {escape(words)}" for label, words in wording.word_facts(cluster))
    for mention in cluster.mentions:
        yield f"{escape(mention.outlet)} ({mention.claim.status}): “{escape(mention.claim.evidence.text)}”"
