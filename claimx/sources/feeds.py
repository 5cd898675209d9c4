"""Addresses of articles from feeds and sitemaps.

XML is read by lxml with entities left alone and nothing fetched. trafilatura's own readers of feeds look for links in
the text: they sort them, and take the front page, enclosures and comments for articles. It tells which feeds a web page
declares, though.
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit
from zlib import error as DamagedGzip

from lxml import etree

from claimx.errors import FetchError, SourceError, SourceUnreadable
from claimx.sources import files, web
from claimx.sources.answers import PAGES
from claimx.sources.compression import gunzip
from claimx.sources.decoding import declared_charset, decode, looks_like_html
from claimx.sources.networks import is_private
from claimx.sources.raw import Kind, Raw, ReadOptions

MAX_ADDRESSES = 100_000
"""The most addresses taken from one feed; a single sitemap may hold 50,000 (sitemaps.org)."""

MAX_SITEMAPS = 500
"""The most sitemaps read from one sitemap index."""

_KINDS: dict[str, Kind | None] = dict.fromkeys(
    [
        *PAGES,
        *(f"{top}/{kind}" for top in ("application", "text") for kind in ("xml", "rss+xml", "atom+xml", "rdf+xml")),
        *(f"application/{kind}" for kind in ("feed+json", "json", "gzip", "x-gzip", "octet-stream")),
        "binary/octet-stream",
    ]
)


@dataclass(frozen=True, slots=True)
class _Feed:
    """What a feed lists: articles, and further feeds to look into."""

    articles: tuple[str, ...] = ()
    further: tuple[str, ...] = ()


def read_feed(source: str, *, options: ReadOptions | None = None) -> list[str]:
    """Return the addresses of the articles that a feed or sitemap (address or file) lists, in its order, each once.

    RSS, Atom, JSON Feed, sitemaps and sitemap indexes are read; a web page counts as the first feed that it declares.
    What a person names is fetched as they ask for it, what it leads to by the manners of the options.
    Raises SourceError where any of it cannot be read or is no feed, or lists too much.
    """
    options = options or ReadOptions()
    articles: dict[str, None] = {}
    seen: set[str] = set()
    waiting = deque([source])
    while waiting:
        address = waiting.popleft()
        if address in seen:
            continue
        seen.add(address)
        try:
            feed = _read(address, options if seen != {source} else replace(options, polite=False))
        except SourceError as error:
            if address == source:
                raise
            raise type(error)(source, f"it leads to {address}: {error.message}") from error
        articles.update(dict.fromkeys(feed.articles))
        waiting.extend(feed.further)
        _distrust(source, feed.further, options)
        if len(articles) > MAX_ADDRESSES or len(seen) > MAX_SITEMAPS:
            raise SourceUnreadable(
                source,
                f"lists more than {MAX_ADDRESSES:,} addresses or {MAX_SITEMAPS} sitemaps; pass those in it one by one",
            )
    _distrust(source, articles, options)
    return list(articles)


def _distrust(source: str, found: Iterable[str], options: ReadOptions) -> None:
    """Have the addresses in a feed taken for what it leads to, but for those on the private host that it is on."""
    home = urlsplit(source).hostname or ""
    web.fetcher(options).distrust(
        address for address in found if not is_private(home) or urlsplit(address).hostname != home
    )


def _read(source: str, options: ReadOptions) -> _Feed:
    if source.lower().startswith(("http://", "https://")):
        raw = web.fetcher(options).get(source, kinds=_KINDS).raw
    else:
        raw = files.read_file(source, options)
    if raw.data.startswith(b"\x1f\x8b"):  # sitemap.xml.gz
        try:
            raw = replace(raw, data=gunzip(raw.data, options.max_bytes + 1))
        except (DamagedGzip, EOFError) as error:
            raise FetchError(source, "the compressed feed is damaged; try again later") from error
        if len(raw.data) > options.max_bytes:
            raise SourceUnreadable(source, f"larger than {options.max_bytes:,} bytes; pass a part of it")
    if (feed := _parse(raw)) is None:
        raise SourceUnreadable(
            source,
            "no feed or sitemap; pass the address of an RSS or Atom feed, a sitemap, or a page that names its feed",
        )
    base = raw.url or ""
    return _Feed(tuple(_addresses(base, feed.articles)), tuple(_addresses(base, feed.further)))


def _addresses(base: str, links: tuple[str, ...]) -> Iterator[str]:
    """Yield the links as full web addresses; what is none is left out."""
    for link in links:
        try:
            address = urljoin(base, link.strip()) if link else ""
            urlsplit(address)
        except ValueError:  # brackets that hold no IPv6 address
            continue
        if address.lower().startswith(("http://", "https://")) and not any(char <= " " for char in address):
            yield address


def _parse(raw: Raw) -> _Feed | None:
    """Return what the feed lists, None where it is none."""
    data = raw.data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(b"{"):
        return _parse_json(data)
    if not data.startswith(b"<"):
        lines = decode(data, raw.charset).split()
        is_list = lines and all(line.startswith(("http://", "https://")) for line in lines)
        return _Feed(tuple(lines)) if is_list else None
    if b"<!ENTITY" in data:  # a bomb, or a way to other files; no feed has needed them
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        root = None
    match "" if root is None else root.tag.rpartition("}")[2]:
        case "rss" | "RDF":
            return _Feed(tuple(next(filter(None, _rss_links(item)), "") for item in root.iter("{*}item")))
        case "feed":
            return _Feed(tuple(next(filter(None, _atom_links(entry)), "") for entry in root.iter("{*}entry")))
        case "urlset":
            return _Feed(tuple(_locations(root, "{*}url")))
        case "sitemapindex":
            return _Feed(further=tuple(_locations(root, "{*}sitemap")))
    return _parse_page(raw) if looks_like_html(data) else None


def _parse_json(data: bytes) -> _Feed | None:
    """Read a JSON Feed (jsonfeed.org, version 1.1)."""
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError):
        return None
    items = feed.get("items")
    if not isinstance(items, list):
        return None
    links = [item.get("url") or item.get("external_url") or item.get("id") for item in items if isinstance(item, dict)]
    return _Feed(tuple(link for link in links if isinstance(link, str)))


def _parse_page(raw: Raw) -> _Feed | None:
    from trafilatura.feeds import FeedParameters, determine_feed

    page = decode(raw.data, raw.charset, declared_charset(raw.data))
    feeds = determine_feed(page, FeedParameters(raw.url or "", "", raw.url or ""))
    return _Feed(further=tuple(feeds[:1])) if feeds else None


def _rss_links(item: Any) -> Iterator[str]:
    """Yield the addresses of an RSS item, the best first: its link, or an identifier that is one."""
    yield from map(_text, item.iterchildren("{*}link"))
    yield from (_text(child) for child in item.iterchildren("{*}guid") if child.get("isPermaLink") != "false")


def _atom_links(entry: Any) -> Iterator[str]:
    links = [link for link in entry.iterchildren("{*}link") if link.get("rel", "alternate") == "alternate"]
    # the best first, and sorting keeps the order of others
    yield from (link.get("href", "") for link in sorted(links, key=lambda link: link.get("type") != "text/html"))


def _locations(root: Any, name: str) -> Iterator[str]:
    for entry in root.iter(name):
        yield from map(_text, entry.iterchildren("{*}loc"))


def _text(element: Any) -> str:
    """Return an element's text, "" where markup or an entity stands in it: half an address is none."""
    return "" if len(element) else element.text or ""
