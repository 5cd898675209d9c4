"""Articles as links of chains: whose they are, and the news agency whose copy they carry.

An agency is known by a dateline, by the authors, or by a credit at the end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimx.compare.names import SourceKey
from claimx.compare.records import Trace
from claimx.outlets import is_agency, name_outlet, outlet_key, web_host
from claimx.records import Article, digest_text

_HEAD = 800  # characters within which a dateline stands: behind a headline and what a page puts around it
_TAIL = 300
_DATELINE = re.compile(
    r"^[ \t]*(?P<line>[A-Z][^\n()]{1,60}\((?P<agency>\w[\w. /&-]{1,40})\)[ \t]*(?:[-–—:]|\n))", re.MULTILINE
)
_SET_OFF = re.compile(  # MOSCOW, March 1. /TASS/ and ROME – AFP –
    r"^[ \t]*[A-Z](?=[A-Z]{2}|[^/\n]*[ \t][–—-])[^\n()/]{1,60}?"  # a photo's credit has small letters before the slash
    r"(?:[ \t]/(?P<slashed>\w[\w. &-]{1,40})/|[ \t][–—-]+[ \t](?P<dashed>\w[\w. &-]{1,40}?)[ \t][–—-]+[ \t])",
    re.MULTILINE,
)
_SIGNED = re.compile(r"^[ \t]*(?P<by>(?:[Bb]y|BY|Source:|From) )?(?P<names>[^\n.!?]{2,60})$", re.MULTILINE)
_BARE = re.compile(r"^[ \t]*\((?P<agency>[A-Z][\w. /&-]{1,40})\)[ \t]*[-–—:]", re.MULTILINE)
_END = re.compile(r"[(\[©–—-][ \t]*(?P<agency>[A-Z][\w. &-]{1,40}?)[ \t]*[)\]]?[ \t.]*$")
_CAPITALS = re.compile(r"[A-Z]{2,6}")
_BETWEEN = re.compile(r"\s*(?:,|/|\band\b|\bwith\b|&|\bfor\b|\|)\s*", re.IGNORECASE)
_ROLE = re.compile(
    r"^(?:by|from)\s+(?:the\s+)?|\s+(?:staff(?: writers?)?|correspondents?|newsroom|news service|wire)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Byline:
    """The key of an agency, how the article writes it, and where."""

    agency: str
    name: str
    trace: Trace


@dataclass(frozen=True, slots=True)
class Teller:
    """An article as a link of chains: the node of its outlet, and of the agency whose copy it carries, if any."""

    index: int
    outlet: SourceKey
    name: str
    voice: SourceKey
    byline: Byline | None


def read_teller(article: Article, index: int) -> Teller:
    """Return an article as a link of chains; one of nobody's is an outlet of its own."""
    known = (outlet_key(name) for name in (article.publisher, web_host(article.url)) if name)
    nameless = SourceKey("article", digest_text(article.text)[:16])
    key = next((SourceKey("outlet", name) for name in known if name), nameless)
    byline = find_byline(article, index)
    return Teller(index, key, name_outlet(article), SourceKey("outlet", byline.agency) if byline else key, byline)


def find_byline(article: Article, index: int) -> Byline | None:
    """Return the agency whose copy an article is, None where nothing says so.

    A dateline names an agency that claimx knows or anything of capitals alone (*BAMAKO, March 12 (XYZ) —*); authors
    and credits only one that it knows, since others sign too.
    """
    for name, trace, suffices in _signatures(article, index):
        key = outlet_key(name)
        if is_agency(key) or (suffices and _CAPITALS.fullmatch(name)):
            return Byline(key, name, trace)
    return None


def _signatures(article: Article, index: int) -> Iterator[tuple[str, Trace, bool]]:
    """Yield the names that may be an agency's, where they stand, and whether capitals alone suffice there."""

    def trace(match: re.Match[str], group: str) -> Trace:
        return Trace(index, "text", match[group], *match.span(group))

    text = article.text
    for pattern in (_DATELINE, _BARE):
        if match := pattern.search(text, 0, _HEAD):
            yield match["agency"].strip(), trace(match, "agency"), True
    for match in _SET_OFF.finditer(text, 0, _HEAD):
        group = "slashed" if match["slashed"] else "dashed"
        yield match[group], trace(match, group), False
    for author in article.authors:
        for name in _signing(author):
            yield name, Trace(index, "authors", author), False
    for match in _SIGNED.finditer(text, 0, _HEAD):
        # a line of the agency's name alone, or one that says whom it is by
        for name in _signing(match["names"]) if match["by"] else [_ROLE.sub("", match["names"].strip())]:
            yield name, trace(match, "names"), False
    if article.publisher:
        yield article.publisher, Trace(index, "publisher", article.publisher), False
    text = text.rstrip()
    if match := _END.search(text, max(0, len(text) - _TAIL)):
        yield match["agency"], trace(match, "agency"), False


def _signing(words: str) -> Iterator[str]:
    for part in _BETWEEN.split(words):
        yield _ROLE.sub("", part.strip())
