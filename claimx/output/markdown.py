"""Markdown: a heading an article, a list item a claim, for notes and drafts."""

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from claimx.output import wording
from claimx.output.clean import clean, web_address
from claimx.output.context import OutputContext
from claimx.records import Article, Attribution, Claim

_SPECIAL = re.compile(r"([\\`*_\[\]<>~&$])")
_BLOCK_START = re.compile(r"^([-+#=|]|\d+(?=[.)]))")


def write_markdown(articles: Iterable[Article], out: TextIO, *, context: OutputContext) -> None:
    """Write a section for each article that has something to show."""
    tally = wording.Tally()
    for article in tally.watch(articles):
        records = article.claims if context.layer == "claims" else wording.voiced_first(article.attributions)
        if not records:
            continue
        out.write(f"## {link(article.url, wording.word_title(article))}\n\n")
        if origin := escape(wording.word_origin(article)):
            out.write(f"{origin}\n\n")
        for record in records:
            lines = _claim(record) if isinstance(record, Claim) else _attribution(record)
            out.write("- " + "  \n  ".join(lines) + "\n")
        out.write("\n")
        out.flush()
    if tally.statuses and context.layer == "claims":
        out.write("".join(f"{escape(words)}  \n" for words in tally.words()))


def escape(text: str) -> str:
    """Return `text` as Markdown that shows it literally."""
    return _BLOCK_START.sub(_escape_start, _SPECIAL.sub(r"\\\1", clean(text).strip()))


def link(url: str | None, words: str) -> str:
    """Return words that lead to a web address, or the words alone where there is none."""
    address = (web_address(url) or "").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return f"[{escape(words)}](<{address}>)" if address else escape(words)


def _escape_start(match: re.Match[str]) -> str:
    # a number is escaped at the dot that would make it a list
    return f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}"


def _claim(claim: Claim) -> Iterator[str]:
    when = f", {escape(wording.word_when(claim))}" if claim.when else ""
    label, words = wording.word_status(claim)
    status = f"{label} {words}" if claim.sources else words
    yield f"**{escape(wording.word_actors(claim))}**, {escape(status)}{when}"
    route = [wording.word_route(claim)]
    route += [
        f"{word} {end}"
        for word, end in (("via", wording.word_span(claim.via)), ("by", wording.word_vehicle(claim)))
        if end
    ]
    route += [f"{label} {words}" for label, words in wording.word_further(claim).items()]
    if any(route):
        yield escape(", ".join(filter(None, route)))
    if reasons := wording.why_check(claim):
        yield f"**check**: {escape(', '.join(reasons))}"
    yield f"“{escape(claim.evidence.text)}”"


def _attribution(attribution: Attribution) -> Iterator[str]:
    cue = f", {escape(wording.word_span(attribution.cue))}" if attribution.cue else ""
    who = escape(wording.word_span(attribution.source) or "source not named")
    yield f"**{who}** ({wording.word_type(attribution)}{cue})"
    yield escape(wording.word_content(attribution))
