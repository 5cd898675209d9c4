"""Pages in an article's place: paywalls, requests for consent, robot checks, and shells that scripts fill."""

import functools
import re
from typing import Literal

import trafilatura

from claimx.rules.files import Strict, read_bundled

Obstacle = Literal["robot check", "paywall", "consent", "scripts"]

REMEDIES: dict[Obstacle, str] = {
    "robot check": "a check for robots instead of the article; open it in a browser, save the page and pass the file",
    "paywall": "a paywall stands before the article; log in in a browser, save the page and pass the file",
    "consent": "a request for consent instead of the article; answer it in a browser, save the page and pass the file",
    "scripts": "built by scripts, which claimx does not run; open it in a browser, save the page and pass the file",
}
"""What stands in the way, and what to do about it."""

_TEASER = 100  # words; a paywall that leaves more than these has left an article
_REST = 30  # words; likewise for what shows nothing of the article
_NOTICE = 250  # words; what stands in the way is soon said
_LONGEST = 600  # words; a text beyond is no stub, whatever it says
_MAX_CHARS = 50_000  # of a page that is looked at


class _Phrases(Strict):
    name: Obstacle
    phrases: tuple[str, ...]
    boxes: tuple[str, ...] = ()


class _Vocabulary(Strict):
    obstacles: tuple[_Phrases, ...]


def find_obstacle(text: str) -> Obstacle | None:
    """Return what an extracted text is instead of an article, or None: hardly anything is left without its notices."""
    if len(text) > _MAX_CHARS or len(text.split()) > _LONGEST:
        return None
    lines = _plain(text).splitlines()
    for name, pattern, limit in _patterns():
        if any(pattern.search(line) for line in lines):
            left = sum(len(line.split()) for line in lines[1:] if not pattern.search(line))  # the first is the headline
            if left < limit:
                return name
    return None


def find_obstacle_in_page(html: str) -> Obstacle | None:
    """Return what stands in the way on a page in which no article was found, or None."""
    if (tree := trafilatura.load_html(html)) is None:
        return None
    text = _plain(" ".join(tree.xpath(_VISIBLE))[:_MAX_CHARS])
    if len(text.split()) > _NOTICE:
        return None  # a front page, say, with links to its terms at the end
    for name, pattern, _ in _patterns():
        if pattern.search(text):
            return name
    return "scripts" if tree.xpath("//script") and len(text.split()) < _REST else None


_VISIBLE = "//text()[not(ancestor::script or ancestor::style or ancestor::template or ancestor::head)]"


@functools.cache
def _patterns() -> tuple[tuple[Obstacle, re.Pattern[str], int], ...]:
    """Return what to look for, with the words that may be left beside it."""
    return tuple(
        (each.name, re.compile("|".join(map(re.escape, phrases))), limit)
        for each in read_bundled(_Vocabulary, "blocked.toml").obstacles
        for phrases, limit in ((each.phrases, _TEASER if each.name == "paywall" else _REST), (each.boxes, _REST))
        if phrases
    )


def _plain(text: str) -> str:
    return text.lower().replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
