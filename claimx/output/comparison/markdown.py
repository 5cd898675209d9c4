"""Markdown: a heading an event, for notes and drafts."""

from collections.abc import Iterator
from typing import TextIO

from claimx.compare.records import Cluster, Comparison
from claimx.output.comparison.wording import (
    differing,
    told_by_several,
    word_agreements,
    word_contradiction,
    word_counts,
    word_event,
    word_first,
    word_merge,
    word_origin,
    word_rest,
    word_summary,
    word_value,
    word_way,
)
from claimx.output.context import OutputContext
from claimx.output.markdown import escape


def write_markdown(comparison: Comparison, out: TextIO, *, context: OutputContext) -> None:
    """Write a line on the whole, and a section for each event that more than one outlet tells."""
    out.write(f"{escape(word_summary(comparison))}\n\n")
    for cluster in told_by_several(comparison):
        out.write(f"## {escape(word_event(cluster))}\n\n")
        out.writelines(f"- {line}\n" for line in _lines(cluster))
        out.write("\n")
    if rest := word_rest(comparison):
        out.write(f"{escape(rest)}\n")


def _lines(cluster: Cluster) -> Iterator[str]:
    when = word_value(cluster.canonical.when)
    if way := ", ".join(filter(None, (word_way(cluster), when))):
        yield escape(way)
    yield f"**{escape(word_counts(cluster))}**"
    yield from (f"origin: {escape(word_origin(origin))}" for origin in cluster.origins)
    yield from (f"because {escape(word_merge(merge))}" for merge in cluster.merges)
    yield f"first told: {escape(word_first(cluster))}"
    if cluster.agreements:
        yield f"all agree on: {escape(word_agreements(cluster))}"
    yield from (f"{field} differs: {escape(words)}" for field, words in differing(cluster))
    yield from (f"**contradiction**, {escape(word_contradiction(one, cluster))}" for one in cluster.contradictions)
    for mention in cluster.mentions:
        yield f"{escape(mention.outlet)} ({mention.claim.status}): “{escape(mention.claim.evidence.text)}”"
