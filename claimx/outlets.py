"""Outlets and agencies: whose an article is, and by which of its names an outlet is meant."""

import functools
import re
import unicodedata
from pathlib import PurePath
from urllib.parse import urlsplit

from claimx.records import Article
from claimx.rules.files import Strict, read_bundled

_MARKS = re.compile(r"[^\w\s]|_")
_POSSESSIVE = re.compile(r"[’']s?(?=\s|$)")
_DOTTED = re.compile(r"\b(?:\w\.){2,}")
_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)*)\.(?:com|org|net|co\.uk|[a-z]{2})/?$")


class _Outlets(Strict):
    agencies: dict[str, tuple[str, ...]]
    outlets: dict[str, tuple[str, ...]]


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


def own_outlets(article: Article) -> frozenset[str]:
    """Return the keys of the outlet whose article it is, by its publisher and its web host."""
    return frozenset(outlet_key(name) for name in (article.publisher, web_host(article.url)) if name)


@functools.lru_cache(maxsize=16_384)  # the same names and sentences are asked for again with every claim
def fold(name: str) -> str:
    """Return a name without case, accents, punctuation, possessive and leading article: "U.S." is "us"."""
    name = _POSSESSIVE.sub("", name.strip())
    name = _DOTTED.sub(lambda match: match[0].replace(".", ""), name)
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = _MARKS.sub(" ", plain.casefold()).split()
    while len(words) > 1 and words[0] in ("the", "a", "an"):
        words = words[1:]
    return " ".join(words)


def outlet_key(name: str) -> str:
    """Return the one name of an outlet or agency, folded: "WSJ" is "wall street journal"."""
    folded = fold(name)
    if known := _known().get(folded):
        return known
    if domain := _DOMAIN.match(name.strip().lower()):
        whole = fold(domain[0].rpartition("//")[2].removeprefix("www.").rstrip("/"))
        folded = whole if whole in _known() else fold(domain[1].replace("-", " "))
    return _known().get(folded, folded)


def is_agency(key: str) -> bool:
    """Return whether a key is that of a news agency that claimx knows."""
    return key in _agencies()


def is_outlet(name: str) -> bool:
    """Return whether a name is one of an outlet or agency that claimx knows."""
    return outlet_key(name) in _shown()


def shown_outlet(name: str) -> str | None:
    """Return how a known outlet is written, by any of its names; None for others."""
    return _shown().get(outlet_key(name))


@functools.cache
def _data() -> _Outlets:
    return read_bundled(_Outlets, "outlets.toml")


@functools.cache
def _agencies() -> frozenset[str]:
    return frozenset(map(fold, _data().agencies))


@functools.cache
def _shown() -> dict[str, str]:
    return {fold(name): name for name in (*_data().agencies, *_data().outlets)}


@functools.cache
def _known() -> dict[str, str]:
    """Every folded name and alias, with the folded name of whom it means."""
    tables = (_data().outlets | _data().agencies).items()
    return {fold(alias): fold(name) for name, aliases in tables for alias in (name, *aliases)}
