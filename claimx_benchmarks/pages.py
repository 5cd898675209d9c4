"""Hold the text that claimx takes from saved pages against that of trafilatura by itself.

    python -m claimx_benchmarks pages FOLDER…

Pages are their publishers' own, so none come with claimx: take those of an extraction benchmark, or the packages that
[pages.toml](pages.toml) names, which tells where in their pages the article stands. Folders are searched below, too. A
page that is not named there needs the text that a person took from it beside it (`NAME.html`, `NAME.txt`); others are
left out. Of each page the F1 of words is taken, each word as often as it stands there, and of all pages the mean. A
headline on top counts for neither side, unless the article's text has it. The exit status is 1 where claimx is worse by
more than .003, and 2 where there are fewer than 40 pages, of which nothing could be said.
"""

import argparse
import re
import statistics
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import trafilatura
from lxml import html as lxml_html

from claimx.sources.decoding import decode
from claimx.sources.html import parse_page

FEWEST = 40
"""Pages that a figure needs."""
TOLERANCE = 0.003
"""By how much claimx may be worse than trafilatura."""

_WORD = re.compile(r"\w+")
_NEVER = " | ".join(
    f".//{tag}"
    for tag in ("script", "style", "noscript", "template", "figure", "figcaption", "aside", "nav", "form", "h1")
)


@dataclass(frozen=True, slots=True)
class Marked:
    """Where the article stands in a page, and what of that is no part of it, as XPath."""

    text: str
    without: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A page, and how near claimx and trafilatura come to its text, from 0 to 1."""

    name: str
    claimx: float
    trafilatura: float


def score_pages(folder: Path) -> Iterator[Scored]:
    """Yield the score of each page below a folder whose text is known, in order of names."""
    marks = read_marks()
    for path in sorted(folder.rglob("*.html")):
        html = decode(path.read_bytes())
        words = _reference(path, html, marks)
        if words is not None:
            page = parse_page(html)
            headline = page.title if page else None
            plain = trafilatura.extract(html, include_comments=False) or ""
            texts = (_body(text, headline, words) for text in (page.text if page else "", plain))
            yield Scored(path.name, *(text_f1(text, words) for text in texts))


def read_marks() -> dict[str, Marked]:
    """Return where the article stands in the pages that pages.toml names, by the names of their files."""
    with Path(__file__).with_name("pages.toml").open("rb") as file:
        packages: Mapping[str, Mapping[str, list[str]]] = tomllib.load(file)
    return {name: Marked(*mark) for pages in packages.values() for name, mark in pages.items()}


def _reference(path: Path, html: str, marks: Mapping[str, Marked]) -> str | None:
    """Return the article's own text, or None where nobody said what it is."""
    if path.name in marks:
        return marked_text(html, marks[path.name])
    beside = path.with_suffix(".txt")
    return beside.read_text(encoding="utf-8") if beside.exists() else None


def marked_text(html: str, mark: Marked) -> str:
    """Return the text of the elements that hold a page's article."""
    tree = lxml_html.fromstring(html.encode(), parser=lxml_html.HTMLParser(encoding="utf-8", remove_comments=True))
    found = tree.xpath(mark.text)
    for element in found:
        for other in element.xpath(f"{mark.without} | {_NEVER}" if mark.without else _NEVER):
            other.drop_tree()
    return " ".join(words for element in found for words in element.itertext())


def _body(text: str, headline: str | None, reference: str) -> str:
    """Return a text without the headline on top, where the reference does not have it."""
    first, _, rest = text.partition("\n")
    return rest if first == headline and first not in reference else text


def text_f1(found: str, reference: str) -> float:
    """Return the F1 of the words found, without case, each counted as often as it stands there."""
    one, other = (Counter(_WORD.findall(text.casefold())) for text in (found, reference))
    if not one or not other:
        return float(one == other)
    return 2 * (one & other).total() / (one.total() + other.total())


def report(scores: Sequence[Scored], *, worst: int = 5) -> str:
    """Return the means, and the pages where claimx falls behind most."""
    lines = [
        f"{len(scores)} pages, text F1",
        f"claimx      {statistics.mean(score.claimx for score in scores):.4f}",
        f"trafilatura {statistics.mean(score.trafilatura for score in scores):.4f}",
    ]
    behind = sorted(scores, key=lambda score: score.claimx - score.trafilatura)[:worst]
    lines += [
        f"    {score.claimx:.3f} against {score.trafilatura:.3f}  {score.name}"
        for score in behind
        if score.claimx < score.trafilatura
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how near both come to the pages' texts."""
    parser = argparse.ArgumentParser(
        prog="python -m claimx_benchmarks pages", description=(__doc__ or "").split("\n", 1)[0]
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="pages whose text is known")
    parser.add_argument("--worst", type=int, default=5, metavar="N", help="pages to name where claimx is behind")
    options = parser.parse_args(arguments)
    scores = [score for folder in options.folders for score in score_pages(folder)]
    if not scores:
        print("no page whose text is known in these folders", file=sys.stderr)
        return 2
    print(report(scores, worst=options.worst))
    if len(scores) < FEWEST:
        print(f"fewer than {FEWEST} pages: too few for a verdict", file=sys.stderr)
        return 2
    behind = statistics.mean(score.trafilatura - score.claimx for score in scores)
    return int(behind > TOLERANCE)
