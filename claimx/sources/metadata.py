"""What a page says about itself in JSON-LD (schema.org), and when it was published, with the zone of the clock.

Whatever stands in there was written by others: values of any type, missing, wrong or huge, are passed over.
"""

import html
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

_TYPES = re.compile(r"(?:\w*Article|Report|BlogPosting|LiveBlogPosting)")
_WAYS_DOWN = ("@graph", "mainEntity", "mainEntityOfPage")  # not to lists of other articles
_MAX_BYTES = 2_000_000  # of one script
_MAX_NODES = 5_000
_MAX_CHARS = 1_000  # of one value
_MAX_AUTHORS = 50
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # JSON can escape what no text can hold
_TAG = re.compile(r"<[^<>]{0,200}>")
_TIME = re.compile(
    r"\s*(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T ]\s*(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(?:(Z|UTC|GMT)|([+-])(\d\d):?(\d\d)?)?)?\s*",
    re.I,
)
_OLDEST = 1990  # earlier dates are defaults of programs, not of news on the web
_TIME_ELEMENTS = (
    "//meta[@property='article:published_time' or @property='og:published_time' or @name='article:published_time'"
    " or @itemprop='datePublished' or @name='datePublished' or @name='dc.date' or @name='DC.date.issued']/@content"
    " | //time[@itemprop='datePublished' or @pubdate]/@datetime | //time/@datetime"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page declares; `published` an ISO date in the page's own zone, `published_at` with time and zone.

    `reviewed` are those whose claims a fact check is about.
    """

    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_at: str | None = None
    url: str | None = None
    reviewed: frozenset[str] = frozenset()


def take_metadata(tree: Any) -> Metadata:
    """Return what the JSON-LD of a page (lxml tree) says about its article, all of it absent where it says nothing.

    Scripts that could be read are taken off the page: others would find in them the dates of any article they mention.
    """
    nodes = [node for script in _scripts(tree) for node in _nodes(script)]
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    reviewed = frozenset(_reviewed(nodes, named))
    article = next((node for node in nodes if _is_article(node)), None)
    if article is None:
        return Metadata(reviewed=reviewed)
    published, published_at = read_time(_first_text(article.get("datePublished")))
    addresses = (_address(article.get(key)) for key in ("url", "mainEntityOfPage", "@id"))
    return Metadata(
        title=_first_text(article.get("headline")) or _first_text(article.get("name")),
        publisher=next(_names(article.get("publisher"), named), None),
        authors=tuple(dict.fromkeys(_names(article.get("author") or article.get("creator"), named)))[:_MAX_AUTHORS],
        published=published,
        published_at=published_at,
        reviewed=reviewed,
        url=next(filter(None, addresses), None),
    )


def find_time(tree: Any, date: str) -> str | None:
    """Return the time with zone that a page declares for its publication on `date`, None where it declares none."""
    for value in tree.xpath(_TIME_ELEMENTS)[:100]:
        day, moment = read_time(str(value))
        if moment and day == date:
            return moment
    return None


def read_time(value: str | None) -> tuple[str | None, str | None]:
    """Return the ISO date of a time stamp in its own zone, and the whole of it (ISO 8601) where it names the zone."""
    found = _TIME.fullmatch((value or "")[:60])
    if found is None or int(found[1]) < _OLDEST:
        return None, None
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
        moment = datetime(year, month, day, hour, minute, second, tzinfo=_zone(found))
    except ValueError:  # the 31st of February, 25 o'clock, a zone a day away
        return None, None
    whole = moment.isoformat().replace("+00:00", "Z") if moment.tzinfo else None
    return moment.date().isoformat(), whole


def _zone(found: re.Match[str]) -> timezone | None:
    if found[7]:
        return UTC
    if not found[8]:
        return None
    offset = timedelta(hours=int(found[9]), minutes=int(found[10] or 0))
    return timezone(-offset if found[8] == "-" else offset)


def _scripts(tree: Any) -> Iterator[Any]:
    """Yield what the JSON-LD scripts of a page hold, as far as it is JSON."""
    for script in tree.xpath("//script[starts-with(@type, 'application/ld+json')]"):
        text = script.text or ""
        if len(text) > _MAX_BYTES:
            continue
        try:
            found = json.loads(_WRAPPING.sub("", _WRAPPING.sub("", text)), strict=False)  # line ends in text are common
        except (ValueError, RecursionError):
            continue
        script.drop_tree()
        yield found


def _nodes(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the things described, in the order of the page, as far as they may be what the page is about."""
    waiting = deque([value])
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, list):
            waiting.extend(node[:_MAX_NODES])
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[key] for key in _WAYS_DOWN if isinstance(node.get(key), (dict, list)))


def _is_article(node: Mapping[str, Any]) -> bool:
    """Tell an article by its type, written as a name, an address or a list of them."""
    kinds = (kind for kind in _list(node.get("@type")) if isinstance(kind, str))
    return any(_TYPES.fullmatch(re.split(r"[/#:]", kind[:100])[-1]) for kind in kinds)


def _names(value: Any, named: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the names of persons or organisations, given as text, as things, or by reference."""
    for item in _list(value)[:_MAX_AUTHORS]:
        if isinstance(item, dict):
            reference = item.get("@id")
            known = named.get(reference, {}) if isinstance(reference, str) else {}
            name = item.get("name") or known.get("name")
            yield from filter(None, map(_text, _list(name)))
        elif (text := _text(item)) and not text.startswith(("http://", "https://")):
            yield text


def _reviewed(nodes: Sequence[Mapping[str, Any]], named: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the names of those whose claims are checked (ClaimReview of schema.org)."""
    for node in nodes:
        item = node.get("itemReviewed") if node.get("@type") == "ClaimReview" else None
        for claim in _list(item):
            if isinstance(claim, dict):
                yield from _names(claim.get("author"), named)


def _first_text(value: Any) -> str | None:
    return next(filter(None, map(_text, _list(value))), None)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str | None:
    """Return a value as plain words, or None where it is no text."""
    if not isinstance(value, str) or len(value) > _MAX_CHARS:
        return None
    return " ".join(_TAG.sub("", html.unescape(_SURROGATE.sub("\ufffd", value))).split()) or None


def _address(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    text = _text(value)
    return text if text and re.match(r"https?://[^/\s]+\S*$", text, re.I) else None
