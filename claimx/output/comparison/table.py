"""The terminal: a card an event, what is alike, what differs, and where it comes from."""

from collections.abc import Iterator
from typing import TextIO

from rich.text import Text

from claimx.compare.records import Cluster, Comparison
from claimx.output.clean import clean
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
    word_value,
    word_way,
)
from claimx.output.context import OutputContext
from claimx.output.table import STATUS_STYLES, card, open_console


def write_table(comparison: Comparison, out: TextIO, *, context: OutputContext) -> None:
    """Write a line on the whole, and a card for each event that more than one outlet tells."""
    console = open_console(out, context)
    console.print(Text(word_summary(comparison), style="bold"))
    for number, cluster in enumerate(told_by_several(comparison), 1):
        console.print()
        console.print(card(number, _event(cluster)))
    if rest := word_rest(comparison):
        console.print()
        console.print(Text(rest, style="dim"))


def _event(cluster: Cluster) -> Iterator[tuple[str, Text]]:
    row = cluster.canonical
    yield row.status.text, Text(word_event(cluster), style=f"bold {STATUS_STYLES.get(row.status.text, '')}".strip())
    details = {
        "from → to": word_way(cluster),
        "number": word_value(row.quantity),
        "via": word_value(row.via),
        "by": word_value(row.vehicle),
        "when": word_value(row.when),
    }
    yield from ((label, Text(words)) for label, words in details.items() if words)
    yield "told by", Text(word_counts(cluster), style="bold")
    yield "", Text(word_names(cluster.outlets))
    for position, origin in enumerate(cluster.origins):
        yield "origin" if position == 0 else "", Text(word_origin(origin))
    for position, merge in enumerate(cluster.merges):
        yield "because" if position == 0 else "", Text(word_merge(merge))
    yield "first told", Text(word_first(cluster))
    if cluster.agreements:
        yield "agree on", Text(word_agreements(cluster))
    for position, (field, words) in enumerate(differing(cluster)):
        yield "differ on" if position == 0 else "", Text(f"{field}: {words}")
    for position, contradiction in enumerate(cluster.contradictions):
        yield "contradict" if position == 0 else "", Text(word_contradiction(contradiction, cluster), style="red")
    for position, mention in enumerate(cluster.mentions):
        text = Text(f"{clean(mention.outlet).strip()} ({mention.claim.status}): ", style="dim")
        yield "words" if position == 0 else "", text.append(clean(mention.claim.evidence.text).strip(), style="not dim")
