"""The terminal: a card an event, what is alike, what differs, and where it comes from."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.text import Text

from claimx.compare.records import Cluster, Comparison
from claimx.output.comparison.wording import (
    FIELD_NAMES,
    differences_between,
    fullest_evidence,
    letter_articles,
    split_by_article,
    told_by_several,
    word_agreements,
    word_article,
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
from claimx.output.table import STATUS_STYLES, card, open_console


def write_table(comparison: Comparison, out: TextIO, *, context: OutputContext) -> None:
    """Write a line on the whole, and a card for each event that more than one outlet tells."""
    console = open_console(out, context)
    console.print(Text(word_summary(comparison), style="bold"))
    for number, cluster in enumerate(told_by_several(comparison), 1):
        console.print()
        console.print(card(number, _event(cluster, comparison)))
    if rest := word_rest(comparison):
        console.print()
        console.print(Text(rest, style="dim"))


def _event(cluster: Cluster, comparison: Comparison) -> Iterator[tuple[str, Text]]:
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
    letters = letter_articles(cluster)
    yield from _labelled("", ((letter, word_article(article, comparison)) for article, letter in letters.items()))
    yield from _listed("origin", (word_origin(origin) for origin in cluster.origins))
    yield from _listed("because", (word_merge(merge) for merge in cluster.merges))
    yield "first told", Text(word_first(cluster))
    if cluster.agreements:
        yield "agree on", Text(word_agreements(cluster))
    for difference in differences_between(cluster):
        sides = split_by_article(difference.values, cluster)
        yield from _labelled(FIELD_NAMES[difference.field], ((letters[article], words) for article, words in sides))
    for contradiction in cluster.contradictions:
        yield "contradict", Text(word_contradiction(contradiction, cluster), style="red")
    yield from _labelled("words", ((letters[article], words) for article, words in fullest_evidence(cluster)))


def _listed(label: str, lines: Iterable[str]) -> Iterator[tuple[str, Text]]:
    for position, line in enumerate(lines):
        yield "" if position else label, Text(line)


def _labelled(label: str, lines: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Text]]:
    """Yield lines that begin with an article's letter, the first under its label."""
    for position, (letter, words) in enumerate(lines):
        yield "" if position else label, Text(f"{letter}  ", style="dim").append(words, style="not dim")
