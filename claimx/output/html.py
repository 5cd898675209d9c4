"""HTML: one page that needs nothing else, a table an article, a row a claim or attribution."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import TextIO

from claimx.output.clean import clean
from claimx.output.context import OutputContext
from claimx.output.wording import word_content, word_origin, word_sources, word_span, word_title
from claimx.records import Article, Attribution, Claim

HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>claimx</title>
<style>
body { font: 1rem/1.4 system-ui, sans-serif; margin: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #ccc; padding: .4rem .6rem; text-align: left; vertical-align: top; }
</style>
</head>
<body>
"""
FOOT = "</body>\n</html>\n"
_CLAIM_HEADINGS = ("who", "movement", "what", "from", "to", "via", "by", "when", "status", "said by", "words")
_ATTRIBUTION_HEADINGS = ("source", "cue", "what is said", "type")


def write_html(articles: Iterable[Article], out: TextIO, *, context: OutputContext) -> None:
    """Write one page, article by article as they come."""
    out.write(HEAD)
    for article in articles:
        if context.layer == "claims" and article.claims:
            out.writelines(_section(article, _CLAIM_HEADINGS, map(_claim, article.claims)))
        elif context.layer == "attributions" and article.attributions:
            out.writelines(_section(article, _ATTRIBUTION_HEADINGS, map(_attribution, article.attributions)))
    out.write(FOOT)


def _section(article: Article, headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield f"<h2>{text(word_title(article))}</h2>\n"
    if origin := word_origin(article):
        yield f"<p>{text(origin)}</p>\n"
    yield from table(headings, rows)


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield a table, line by line; the cells are words to show."""
    yield "<table>\n"
    yield "<tr>" + "".join(f"<th>{heading}</th>" for heading in headings) + "</tr>\n"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{text(cell)}</td>" for cell in row) + "</tr>\n"
    yield "</table>\n"


def _claim(claim: Claim) -> tuple[str, ...]:
    spans = (
        claim.who,
        claim.trigger,
        claim.what,
        claim.origin,
        claim.destination,
        claim.via,
        claim.vehicle,
        claim.when,
    )
    return (*map(word_span, spans), claim.status, word_sources(claim.sources), claim.evidence.text)


def _attribution(attribution: Attribution) -> tuple[str, ...]:
    spans = (attribution.source, attribution.cue)
    return (*map(word_span, spans), word_content(attribution), attribution.type)


def text(words: str) -> str:
    """Return words as HTML that shows them literally."""
    return escape(clean(words).strip())
