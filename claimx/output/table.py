"""The terminal: a block an article, a card a claim, at any width."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from claimx.output.clean import clean
from claimx.output.context import OutputContext
from claimx.output.wording import (
    Tally,
    why_check,
    word_actors,
    word_content,
    word_further,
    word_origin,
    word_route,
    word_span,
    word_status,
    word_title,
    word_vehicle,
    word_when,
)
from claimx.records import Article, Attribution, Claim

STATUS_STYLES = {
    "asserted": "green",
    "hedged": "yellow",
    "prospective": "cyan",
    "barred": "bright_red",
    "negated": "red",
    "unclear": "magenta",
}


def write_table(articles: Iterable[Article], out: TextIO, *, context: OutputContext) -> None:
    """Write a block for each article that has something to show."""
    console = open_console(out, context)
    first, tally = True, Tally()
    for article in tally.watch(articles):
        cards = map(_claim, article.claims) if context.layer == "claims" else map(_attribution, article.attributions)
        if not getattr(article, context.layer):
            continue
        if not first:
            console.print()
        first = False
        console.print(Text(word_title(article), style="bold"))
        if origin := word_origin(article):
            console.print(Text(origin, style="dim"))
        for number, lines in enumerate(cards, 1):
            console.print()
            console.print(card(number, lines))
        out.flush()
    if tally.statuses and context.layer == "claims":
        console.print()
        for words in tally.words():
            console.print(Text(words, style="dim"))


def open_console(out: TextIO, context: OutputContext) -> Console:
    """Return a console that shows text as it is, in the width asked for or that of the terminal."""
    return Console(file=out, width=context.width, markup=False, emoji=False, highlight=False)


def card(number: int, lines: Iterable[tuple[str, Text]]) -> Table:
    """Return labelled lines, the first one numbered; long ones wrap under their own beginning."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(justify="right", min_width=3)
    grid.add_column(style="dim", min_width=len("planned, says"), no_wrap=True)
    grid.add_column(overflow="fold")
    for position, (label, words) in enumerate(lines):
        grid.add_row(str(number) if position == 0 else "", label, words)
    return grid


def _claim(claim: Claim) -> Iterator[tuple[str, Text]]:
    yield claim.status, Text(word_actors(claim), style=f"bold {STATUS_STYLES[claim.status]}")
    details = {
        "from → to": word_route(claim),
        "via": word_span(claim.via),
        "by": word_vehicle(claim),
        **word_further(claim),
        "when": word_when(claim),
    }
    yield from ((label, Text(words)) for label, words in details.items() if words)
    label, words = word_status(claim)
    if claim.sources or claim.status != "asserted":
        yield label, Text(words)
    if reasons := why_check(claim):
        yield "check", Text(", ".join(reasons), style="bold")
    yield "words", _evidence(claim)


def _attribution(attribution: Attribution) -> Iterator[tuple[str, Text]]:
    yield attribution.type, Text(word_span(attribution.source) or "(source not named)", style="bold")
    if attribution.cue:
        yield "cue", Text(word_span(attribution.cue))
    yield "content", Text(word_content(attribution))


def _evidence(claim: Claim) -> Text:
    """Return the evidence sentence with the claim's own words marked: its trigger bold, its roles underlined."""
    start, sentence = claim.evidence.start, claim.evidence.text
    styles = [""] * len(sentence)
    for span in claim.fillers().values():
        _mark(styles, span.start - start, span.end - start, "underline")
    _mark(styles, claim.trigger.start - start, claim.trigger.end - start, "bold underline")
    text = Text()
    begin = 0
    for end in range(1, len(sentence) + 1):
        if end == len(sentence) or styles[end] != styles[begin]:
            text.append(clean(sentence[begin:end]), style=styles[begin] or None)
            begin = end
    return text


def _mark(styles: list[str], start: int, end: int, style: str) -> None:
    for position in range(max(start, 0), min(end, len(styles))):
        styles[position] = style
