"""Whose an article is, as far as it tells."""

from pathlib import PurePath
from urllib.parse import urlsplit

from claimx.records import Article


def name_outlet(article: Article) -> str:
    """Return who publishes an article: its publisher, else its web host, else its title or what it was read from."""
    return article.publisher or web_host(article.url) or article.title or name_input(article)


def name_input(article: Article) -> str:
    """Return what an article was read from, without folders: results are handed on, and they may tell whose it was."""
    if article.source == "-":
        return "standard input"
    if web_host(article.source):
        return article.source
    path, mark, record = article.source.partition("#")  # of an archive
    return (PurePath(path).name or path) + mark + record


def web_host(url: str | None) -> str | None:
    """Return the host of an http(s) address without *www.*; None where it is no such address."""
    try:
        parts = urlsplit((url or "").strip())
        host = parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:  # as of http://[
        return None
    return host.removeprefix("www.") if host else None
