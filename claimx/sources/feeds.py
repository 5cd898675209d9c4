"""Addresses of articles from feeds and sitemaps."""

from claimx.sources.raw import ReadOptions


def read_feed(source: str, *, options: ReadOptions | None = None) -> list[str]:
    """Return the addresses of the articles that a feed or sitemap (address or file) lists, in its order, each once.

    RSS, Atom, JSON Feed, sitemaps and sitemap indexes are read; a web page counts as the feed that it declares.
    Raises SourceError where it cannot be read or is no feed.
    """
    raise NotImplementedError
