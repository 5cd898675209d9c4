"""The terminal: a block an article, a card a claim, at any width."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from claimx.output import wording
from claimx.output.clean import clean
from claimx.output.context import OutputContext
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
    first, tally = True, wording.Tally()
    for article in tally.watch(articles):
        if not getattr(article, context.layer):
            continue
        if context.layer == "claims":
            cards = map(_claim, article.claims)
        else:
            cards = map(_attribution, wording.voiced_first(article.attributions))
        if not first:
            console.print()
        first = False
        console.print(Text(wording.word_title(article), style="bold"))
        if origin := wording.word_origin(article):
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
    yield claim.status, Text(wording.word_actors(claim), style=f"bold {STATUS_STYLES[claim.status]}")
    details = {
        "from → to": wording.word_route(claim),
        "via": wording.word_span(claim.via),
        "by": wording.word_vehicle(claim),
        **wording.word_further(claim),
        "when": wording.word_when(claim),
    }
    yield from ((label, Text(words)) for label, words in details.items() if words)
    label, words = wording.word_status(claim)
    if claim.sources or claim.status != "asserted":
        yield label, Text(words)
    if reasons := wording.why_check(claim):
        yield "check", Text(", ".join(reasons), style="bold")
    yield "words", _evidence(claim)


def _attribution(attribution: Attribution) -> Iterator[tuple[str, Text]]:
    who = wording.word_span(attribution.source) or "(source not named)"
    yield wording.word_type(attribution), Text(who, style="bold")
    if attribution.cue:
        yield "cue", Text(wording.word_span(attribution.cue))
    yield "content", Text(wording.word_content(attribution))


def _evidence(claim: Claim) -> Text:
    """Return the evidence sentence with the claim's own words marked: its trigger bold, its roles underlined."""
    start, sentence = claim.evidence.start, claim.evidence.text
    styles = [""] * len(sentence)
    marks = [*((span, "underline") for span in claim.fillers().values()), (claim.trigger, "bold underline")]
    for span, style in marks:
        for position in range(max(span.start - start, 0), min(span.end - start, len(sentence))):
            styles[position] = style
    text = Text()
    for style, letters in groupby(zip(styles, sentence, strict=True), key=itemgetter(0)):
        text.append(clean("".join(letter for _, letter in letters)), style=style or None)
    return text
