"""News agencies that an article carries the copy of: by dateline, by its authors, by a credit at its end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimx.compare.names import is_agency, outlet_key
from claimx.compare.records import Trace
from claimx.records import Article

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


def find_byline(article: Article, index: int) -> Byline | None:
    """Return the agency whose copy an article is, None where nothing says so.

    A dateline names an agency that claimx knows or anything of capitals alone (*BAMAKO, March 12 (XYZ) —*); authors
    and credits only one that it knows, since others sign too.
    """
    return next(_bylines(article, index), None)


def _bylines(article: Article, index: int) -> Iterator[Byline]:
    for pattern in (_DATELINE, _BARE):
        if match := pattern.search(article.text, 0, _HEAD):
            name = match["agency"].strip()
            if is_agency(outlet_key(name)) or _CAPITALS.fullmatch(name):
                trace = Trace(index, "text", match["agency"], match.start("agency"), match.end("agency"))
                yield Byline(outlet_key(name), name, trace)
    for match in _SET_OFF.finditer(article.text, 0, _HEAD):
        group = "slashed" if match["slashed"] else "dashed"
        if is_agency(outlet_key(match[group])):
            trace = Trace(index, "text", match[group], match.start(group), match.end(group))
            yield Byline(outlet_key(match[group]), match[group], trace)
    for author in article.authors:
        for name in _agencies_in(author):
            yield Byline(outlet_key(name), name, Trace(index, "authors", author))
    for match in _SIGNED.finditer(article.text, 0, _HEAD):
        # a line of the agency's name alone, or one that says whom it is by
        for name in _agencies_in(match["names"]) if match["by"] else _agencies_in(match["names"], whole=True):
            start, end = match.span("names")
            yield Byline(outlet_key(name), name, Trace(index, "text", match["names"], start, end))
    if article.publisher and is_agency(outlet_key(article.publisher)):
        yield Byline(outlet_key(article.publisher), article.publisher, Trace(index, "publisher", article.publisher))
    text = article.text.rstrip()
    if (match := _END.search(text, max(0, len(text) - _TAIL))) and is_agency(outlet_key(match["agency"])):
        start, end = match.span("agency")
        yield Byline(outlet_key(match["agency"]), match["agency"], Trace(index, "text", match["agency"], start, end))


def _agencies_in(words: str, *, whole: bool = False) -> Iterator[str]:
    """Yield the agencies that claimx knows among those who sign, or the one that is all of the words."""
    for part in [words] if whole else _BETWEEN.split(words):
        name = _ROLE.sub("", part.strip())
        if is_agency(outlet_key(name)):
            yield name
