"""HTML: one page that needs nothing else and looks like the report, a table an article, a row a finding."""

import functools
from collections.abc import Iterable, Iterator
from html import escape
from importlib import resources
from itertools import compress
from typing import TextIO

from claimx import __version__
from claimx.output import wording
from claimx.output.clean import clean, web_address
from claimx.output.context import OutputContext
from claimx.output.flat import link_to
from claimx.records import Article, Attribution, Claim, Status
from claimx.rules.kinds import further_roles

FOOT = (
    f"</main>\n<footer><p>Made by claimx {__version__}, which errs: check every claim against its words before you "
    "rely on it.</p></footer>\n</body>\n</html>\n"
)
CLAIM_HEADINGS = ("who", "movement", "what", "from", "to", "via", "by", "when", "status", "said by")
"""What stands over the cells of `claim_cells`."""
_ROLES = CLAIM_HEADINGS.index("status")  # cells before that hold roles; roles of other kinds come behind them
_ATTRIBUTION_HEADINGS = ("source", "cue", "what is said", "type")

# what the report has no need of: many tables on one page, which on a phone become cards
_STYLE = """
.rows :is(th, td) { overflow-wrap: break-word; } /* words stay whole, as far as they fit a line */
.rows td:last-child { min-width: 16rem; font-family: var(--serif); }
.rows td:last-child a { color: inherit; text-decoration-color: var(--rule); }
.rows td:last-child a:hover { text-decoration-color: currentcolor; }
.told { margin: 0 0 0.8rem; color: var(--soft); }
.check { display: block; color: var(--soft); font-size: 0.75rem; }
.facts-list { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.15rem 1rem; margin: 0 0 0.9rem; }
.facts-list dt { color: var(--soft); }
.scroll { overflow-x: auto; }
@media screen and (max-width: 44rem) {
  .rows tr:first-child { display: none; }
  .rows, .rows :is(tbody, tr, td) { display: block; }
  .rows tr { padding: 0.7rem 0; border-bottom: 1px solid var(--rule); }
  .rows td { position: relative; min-height: 1.4em; padding: 0.1rem 0 0.1rem 5.9rem; border: 0; }
  .rows td:empty { display: none; }
  .rows td::before {
    content: attr(data-label); position: absolute; left: 0; color: var(--soft); font: 0.75rem/1.7 var(--sans);
  }
}
"""

LONGEST_WHOLE = 28
"""Letters of a name that is not broken; longer ones would not fit a phone."""

Cell = str
"""What stands in a cell, as HTML: made by `text`, `link` or `mark_status`, which escape what they are given."""


def write_html(articles: Iterable[Article], out: TextIO, *, context: OutputContext) -> None:
    """Write one page, article by article as they come."""
    tally = wording.Tally()
    told = wording.word_kinds(context.kinds)
    out.write(head(told[0].upper() + told[1:] if context.layer == "claims" else "Who says what", told))
    labels = [role.label for role in further_roles(context.kinds).values()]
    headings = [wording.word_event(context.kinds) if name == "movement" else name for name in CLAIM_HEADINGS]
    for article in tally.watch(articles):
        if context.layer == "claims" and article.claims:
            rows = (_claim(article, claim, labels) for claim in article.claims)
            out.writelines(_section(article, (*headings[:_ROLES], *labels, *headings[_ROLES:], "words"), rows))
        elif context.layer == "attributions" and article.attributions:
            cells = map(_attribution, wording.voiced_first(article.attributions))
            out.writelines(_section(article, _ATTRIBUTION_HEADINGS, cells))
    if tally.statuses and context.layer == "claims":
        out.writelines(f'<p class="note">{text(words)}</p>\n' for words in tally.words())
    out.write(FOOT)


def head(title: str, told: str = "movement claims") -> str:
    """Return the beginning of a page, up to its headline: the report's style sheet, and leave to run nothing.

    `told` is what claims of which it tells are called.
    """
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{text(title)}</title>
<style>
{_style()}</style>
</head>
<body>
<header class="masthead">
<p class="brand">claimx <span>{text(told)}</span></p>
<h1>{text(title)}</h1>
</header>
<main>
"""


@functools.cache
def _style() -> str:
    # read as a file of claimx: the package of the report would bring all that it draws with
    path = resources.files("claimx") / "report" / "assets" / "page.css"
    return path.read_text(encoding="utf-8") + _STYLE


def _section(article: Article, headings: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    yield f"<section>\n<h2>{link(article.url, wording.word_title(article))}</h2>\n"
    if origin := wording.word_origin(article):
        yield f'<p class="told">{text(origin)}</p>\n'
    yield from table(headings, rows)
    yield "</section>\n"


def table(headings: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """Yield a table, line by line, without the columns that nothing fills."""
    labels, lines = tuple(headings), [tuple(row) for row in rows]
    kept = [any(cells) for cells in zip(*lines, strict=True)]
    labels = tuple(compress(labels, kept))
    yield '<div class="scroll"><table class="rows">\n'
    yield "<tr>" + "".join(f'<th scope="col">{heading}</th>' for heading in labels) + "</tr>\n"
    for line in lines:
        cells = zip(labels, compress(line, kept), strict=True)
        yield "<tr>" + "".join(f'<td data-label="{label}">{cell}</td>' for label, cell in cells) + "</tr>\n"
    yield "</table></div>\n"


def _claim(article: Article, claim: Claim, labels: Iterable[str]) -> tuple[Cell, ...]:
    cells, further = tuple(claim_cells(claim)), wording.word_further(claim)
    roles = (*cells[:_ROLES], *(text(further.get(label, "")) for label in labels))
    return (*roles, *cells[_ROLES:], link(link_to(article, claim.evidence.text), claim.evidence.text))


def claim_cells(claim: Claim) -> Iterator[Cell]:
    """Yield a claim's cells under `CLAIM_HEADINGS`; who is not named in its sentence is marked, as in headings."""
    spans = (claim.origin, claim.destination, claim.via, claim.vehicle)
    yield text(wording.word_party(claim.who, claim) if claim.who else "")
    yield text(wording.word_span(claim.trigger))
    yield text(wording.word_party(claim.what, claim) if claim.what else "")
    yield from (text(wording.word_span(span)) for span in spans)
    yield text(wording.word_when(claim))
    status = mark_status(claim.status)
    if reasons := wording.why_check(claim):
        status += f'<small class="check">check: {text(", ".join(reasons))}</small>'
    yield status
    label, words = wording.word_status(claim)
    if claim.status == "asserted":
        yield text(words if claim.sources else "")  # as the heading says
    else:
        yield text(f"{label} {words}" if claim.sources else words)


def _attribution(attribution: Attribution) -> tuple[Cell, ...]:
    words = (
        wording.word_span(attribution.source),
        wording.word_span(attribution.cue),
        wording.word_content(attribution),
        wording.word_type(attribution),
    )
    return tuple(map(text, words))


def mark_status(status: Status) -> Cell:
    """Return a status in its colour, with its sign."""
    return f'<span class="status s-{status}"><i class="mark s-{status}" aria-hidden="true"></i>{status}</span>'


def link(url: str | None, words: str) -> Cell:
    """Return words that lead to a web address, or the words alone where there is none."""
    address = web_address(url)
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{text(words)}</a>' if address else text(words)


def whole(cell: Cell) -> Cell:
    """Return a cell whose words stay on one line: the name of an outlet, a date."""
    return f'<span class="whole">{cell}</span>' if cell else ""


def text(words: str) -> Cell:
    """Return words as HTML that shows them literally."""
    return escape(clean(words).strip())
