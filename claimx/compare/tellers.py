"""Articles as links of chains: whose they are, and whose words they carry."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from claimx.compare.bylines import Byline, find_byline
from claimx.compare.names import outlet_key
from claimx.records import Article


@dataclass(frozen=True, slots=True)
class Teller:
    """An article as a link of chains: the node of its outlet, and of the agency whose copy it carries, if any."""

    index: int
    outlet: str
    name: str
    voice: str
    byline: Byline | None


def read_teller(article: Article, index: int) -> Teller:
    """Return an article as a link of chains."""
    name, key = _outlet_of(article)
    byline = find_byline(article, index)
    return Teller(index, key, name, f"outlet {byline.agency}" if byline else key, byline)


def _outlet_of(article: Article) -> tuple[str, str]:
    """Return an article's outlet by name and key; an article of nobody's is an outlet of its own."""
    if article.publisher and (key := outlet_key(article.publisher)):
        return article.publisher, f"outlet {key}"
    if article.url and (host := urlsplit(article.url).hostname if "//" in article.url else None):
        host = host.removeprefix("www.")
        return host, f"outlet {outlet_key(host)}"
    name = article.title or (
        "standard input" if article.source == "-" else PurePath(article.source).name or article.source
    )
    return name, f"article {hashlib.sha256(article.text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
