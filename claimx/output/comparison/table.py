"""The terminal: a card an event, what is alike, what differs, and where it comes from."""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TextIO

from rich.console import Console
from rich.text import Text

from claimx.compare.records import Cluster, Comparison, Field
from claimx.output.comparison import wording
from claimx.output.context import OutputContext
from claimx.output.table import STATUS_STYLES, card, open_console
from claimx.output.wording import word_span, word_vehicle, word_when

_LINES = 25  # of an event, as printed
_LABELS = 20  # columns that numbers and labels take


def write_table(comparison: Comparison, out: TextIO, *, context: OutputContext) -> None:
    """Write a line on the whole, and a card for each event that more than one outlet tells."""
    console = open_console(out, context)
    console.print(Text(wording.word_summary(comparison), style="bold"))
    for number, cluster in enumerate(wording.told_by_several(comparison), 1):
        console.print()
        console.print(card(number, _first(_event(cluster, comparison), console)))
    if rest := wording.word_rest(comparison):
        console.print()
        console.print(Text(rest, style="dim"))


def _first(lines: Iterable[tuple[str, Text]], console: Console) -> Iterator[tuple[str, Text]]:
    """Yield what fits a card as printed, long lines wrapped, and whether anything is left out."""
    known = list(lines)
    width = max(20, console.width - _LABELS)
    heights = list(accumulate(len(words.wrap(console, width)) for _, words in known))
    for number, line in enumerate(known):
        if heights[-1] > _LINES and number and heights[number] >= _LINES:
            yield "", Text("more: -f html and -f json have all", style="dim")
            return
        yield line


def _event(cluster: Cluster, comparison: Comparison) -> Iterator[tuple[str, Text]]:
    yield from _movement(cluster)
    yield "told by", Text(wording.word_counts(cluster), style="bold")
    letters = wording.letter_articles(cluster)
    yield from _lettered(
        "", ((letter, wording.word_article(article, comparison)) for article, letter in letters.items())
    )
    yield from _grouped(wording.word_provenance(cluster))
    yield from _grouped(wording.word_changes(cluster))
    yield from _lettered("words", ((letters[article], words) for article, words in wording.fullest_evidence(cluster)))
    told = {"sources", *(one.field for one in cluster.contradictions), *(one.field for one in cluster.developments)}
    for difference in wording.differences_between(cluster):
        if difference.field not in told:  # the others are said above
            sides = wording.split_by_article(difference.values, cluster)
            yield from _lettered(
                wording.FIELD_NAMES[difference.field], ((letters[article], words) for article, words in sides)
            )
    if cluster.agreements:
        yield "agree on", Text(wording.word_agreements(cluster))


def _movement(cluster: Cluster) -> Iterator[tuple[str, Text]]:
    """Yield what moves, whence and whither, and what else those who tell it do not differ in."""
    row = cluster.canonical
    style = f"bold {STATUS_STYLES.get(row.status.text, '')}".strip()
    yield row.status.text, Text(wording.word_event(cluster), style=style)
    if way := wording.word_way(cluster):
        yield "from → to", Text(way)
    told_apart = {difference.field for difference in wording.differences_between(cluster)}
    claim = wording.clearest_mention(cluster).claim
    fields: dict[Field, str] = {
        "quantity": wording.word_value(row.quantity),
        "via": word_span(claim.via),
        "vehicle": word_vehicle(claim),
        "when": word_when(claim),
    }
    for field, said in fields.items():
        if said and field not in told_apart:  # what differs comes below, article by article
            yield wording.FIELD_NAMES[field], Text(said)
    for field, value in wording.told_beside(cluster):
        yield wording.FIELD_NAMES[field], Text(wording.word_readings([value], cluster))


def _grouped(facts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Text]]:
    """Yield facts, each kind under its label; contradictions stand out."""
    before = None
    for label, words in facts:
        yield "" if label == before else label, Text(words, "red" if label == "contradict" else "")
        before = label


def _lettered(label: str, lines: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Text]]:
    """Yield lines that begin with an article's letter, the first under its label."""
    for position, (letter, words) in enumerate(lines):
        yield "" if position else label, Text(f"{letter}  ", style="dim").append(words, style="not dim")
