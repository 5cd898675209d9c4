"""How much one article may be: beyond these limits reading would take minutes and gigabytes, and is refused at once."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

MAX_WORDS = 50_000
"""Words and signs of one article; the longest news features have 20,000."""

MAX_CHARACTERS = 1_000_000
"""Characters of one article, as spaCy has it."""

MAX_TAGS = 100_000
"""Tags of a web page; heavy news pages have 10,000."""

MAX_PAGE = 8_000_000
"""Characters of a web page, less the images inside it and its largest scripts."""

MAX_CLAIMS = 2_000
"""Claims of one article that was analysed before; long news features have 300."""

MAX_ATTRIBUTIONS = 10_000
"""Attributions of one such article."""

MAX_SOURCES = 50
"""Sources of one claim, and pieces of what one attribution quotes."""

MAX_SOURCES_IN_ALL = 5_000
"""Sources of all claims of one article."""

MAX_METADATA = 10_000
"""Characters of a title, a name, or whatever else is said of an article beside its text."""

_MAX_SCRIPT = 300_000
_MAX_JSON_LD = 2_000_000  # what pages say about themselves may hold the whole article
_MAX_ATTRIBUTES = 1_000  # of one element
_WORD = re.compile(r"\w+|[^\w\s]")
_BLOB = re.compile(r"(data:)[\w/+.;=-]{0,100},[^\"'\s<>()]{1000,}", re.I)
# possessive throughout and never anew from within: every character is looked at a fixed number of times
_ATTRIBUTE = r"[\s/]*+[^\s=>\"'/]++(?:\s*+=\s*+(?:\"[^\"]*\"|'[^']*'|[^\s>\"']*+))?"
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(rf"<(?=[a-z])(?>{_ATTRIBUTE})*+", re.I)


def text_excess(text: str) -> str | None:
    """Return what is too much about an article's text, or None."""
    if len(text) > MAX_CHARACTERS:
        return f"longer than {MAX_CHARACTERS:,} characters"
    if len(text) > MAX_WORDS and _exceeds(_WORD.finditer(text), MAX_WORDS):
        return f"longer than {MAX_WORDS:,} words"
    return None


def wire_excess(wire: Mapping[str, Any]) -> str | None:
    """Return what is too much about an article in JSON, as claimx wrote it or as it may have become, or None."""
    if isinstance(text := wire.get("text"), str) and (excess := text_excess(text)):
        return f"a text {excess}"
    claims, attributions = _list(wire.get("claims")), _list(wire.get("attributions"))
    for items, most, what in ((claims, MAX_CLAIMS, "claims"), (attributions, MAX_ATTRIBUTIONS, "attributions")):
        if len(items) > most:
            return f"more than {most:,} {what}"
    for record in (*claims, *attributions):
        for name in ("sources", "rules", "content"):
            if isinstance(record, dict) and len(_list(record.get(name))) > MAX_SOURCES:
                return f"more than {MAX_SOURCES:,} {name} of one claim or attribution"
    if sum(len(_list(claim.get("sources"))) for claim in claims if isinstance(claim, dict)) > MAX_SOURCES_IN_ALL:
        return f"more than {MAX_SOURCES_IN_ALL:,} sources in all"
    about = (value for name, value in wire.items() if name not in ("text", "claims", "attributions"))
    if sum(map(_size, about)) > MAX_METADATA:
        return f"more than {MAX_METADATA:,} characters of title, authors and the like"
    return None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _size(value: Any) -> int:
    if isinstance(value, (list, tuple)):
        return sum(map(_size, value)) + len(value)
    return len(value) if isinstance(value, str) else 1


def page_excess(html: str) -> str | None:
    """Return what is too much about a web page, or None."""
    if len(html) > MAX_PAGE:
        return f"a page of more than {MAX_PAGE:,} characters"
    if html.count("<") > MAX_TAGS:
        return f"a page of more than {MAX_TAGS:,} tags"
    for tag in _TAG.finditer(html):
        # the first is the name
        if len(tag[0]) >= 2 * _MAX_ATTRIBUTES and _exceeds(_ATTRIBUTES.finditer(tag[0]), _MAX_ATTRIBUTES + 1):
            return f"an element with more than {_MAX_ATTRIBUTES:,} attributes"
    return None


def _exceeds(found: Iterator[re.Match[str]], most: int) -> bool:
    return next(islice(found, most, None), None) is not None


def slimmed(html: str) -> str:
    """Return a page without what is large and no text: images that stand in it as `data:`, and scripts full of data."""
    html = _BLOB.sub(r"\1,", html)
    if len(html) <= _MAX_SCRIPT:
        return html
    lower = html.lower() if html.isascii() else html.translate(_LOWER)
    parts, done = [], 0
    while (start := lower.find("<script", done)) >= 0:
        end = lower.find("</script", start)
        end = len(html) if end < 0 else end
        opened = html.find(">", start, end) + 1 or end
        most = _MAX_JSON_LD if "ld+json" in lower[start:opened] else _MAX_SCRIPT
        parts += [html[done:opened], html[opened:end] if end - opened <= most else ""]
        done = end
    return "".join([*parts, html[done:]])


_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}  # str.lower may change a text's length
