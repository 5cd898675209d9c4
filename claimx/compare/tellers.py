"""Articles as links of chains: whose they are, and whose words they carry."""

import hashlib
from dataclasses import dataclass

from claimx.compare.bylines import Byline, find_byline
from claimx.compare.names import outlet_key
from claimx.compare.outlets import name_outlet, web_host
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
    key = _outlet_key(article)
    byline = find_byline(article, index)
    return Teller(index, key, name_outlet(article), f"outlet {byline.agency}" if byline else key, byline)


def _outlet_key(article: Article) -> str:
    """Return the node of an article's outlet; an article of nobody's is an outlet of its own."""
    for name in (article.publisher, web_host(article.url)):
        if name and (key := outlet_key(name)):
            return f"outlet {key}"
    return f"article {hashlib.sha256(article.text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
