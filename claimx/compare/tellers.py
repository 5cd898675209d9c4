"""Articles as links of chains: whose they are, and whose words they carry."""

from dataclasses import dataclass

from claimx.compare.bylines import Byline, find_byline
from claimx.compare.keys import SourceKey
from claimx.compare.names import outlet_key
from claimx.compare.outlets import name_outlet, web_host
from claimx.records import Article, digest_text


@dataclass(frozen=True, slots=True)
class Teller:
    """An article as a link of chains: the node of its outlet, and of the agency whose copy it carries, if any."""

    index: int
    outlet: SourceKey
    name: str
    voice: SourceKey
    byline: Byline | None


def read_teller(article: Article, index: int) -> Teller:
    """Return an article as a link of chains."""
    key = _outlet_key(article)
    byline = find_byline(article, index)
    voice = SourceKey("outlet", byline.agency) if byline else key
    return Teller(index, key, name_outlet(article), voice, byline)


def _outlet_key(article: Article) -> SourceKey:
    """Return the node of an article's outlet; an article of nobody's is an outlet of its own."""
    for name in (article.publisher, web_host(article.url)):
        if name and (key := outlet_key(name)):
            return SourceKey("outlet", key)
    digest = digest_text(article.text)
    return SourceKey("article", digest[:16])
