"""Hold the text that claimx takes from saved pages against that of trafilatura by itself.

    python -m claimx.benchmarks pages FOLDER

Beside each page (`NAME.html`) stands the text that a person took from it (`NAME.txt`). Of each page the F1 of words is
taken, each word as often as it stands there, and of all pages the mean. Pages are their publishers' own, so none come
with claimx: take those of an extraction benchmark. The exit status is 1 where claimx is worse by more than .003, and 2
where there are fewer than 40 pages, of which nothing could be said.
"""

import argparse
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import trafilatura

from claimx.sources.decoding import decode
from claimx.sources.html import Page, parse_page

FEWEST = 40
"""Pages that a figure needs."""
TOLERANCE = 0.003
"""By how much claimx may be worse than trafilatura."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Scored:
    """A page, and how near claimx and trafilatura come to its text, from 0 to 1."""

    name: str
    claimx: float
    trafilatura: float


def score_pages(folder: Path) -> Iterator[Scored]:
    """Yield the score of each page of a folder that has its text beside it, in order of names."""
    for path in sorted(folder.glob("*.html")):
        reference = path.with_suffix(".txt")
        if reference.exists():
            html, words = decode(path.read_bytes()), reference.read_text(encoding="utf-8")
            page = parse_page(html)
            plain = trafilatura.extract(html, include_comments=False) or ""
            yield Scored(path.name, text_f1(_body(page, words) if page else "", words), text_f1(plain, words))


def _body(page: Page, reference: str) -> str:
    """Return the page's text without the headline that claimx puts on top, where the reference does not have it."""
    headline, _, rest = page.text.partition("\n")
    return page.text if headline in reference else rest


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
        prog="python -m claimx.benchmarks pages", description=(__doc__ or "").split("\n", 1)[0]
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="pages (.html) with their texts (.txt)")
    scores = list(score_pages(parser.parse_args(arguments).folder))
    if not scores:
        print("no page with its text in this folder", file=sys.stderr)
        return 2
    print(report(scores))
    if len(scores) < FEWEST:
        print(f"fewer than {FEWEST} pages: too few for a verdict", file=sys.stderr)
        return 2
    behind = statistics.mean(score.trafilatura - score.claimx for score in scores)
    return int(behind > TOLERANCE)
