"""Names in one spelling, and who a source is, as a value: equal wherever it is the same one, whatever it is called."""

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from claimx.records import Source, Span
from claimx.rules.files import Strict, read_bundled

KeyType = Literal["article", "outlet", "institution", "country", "person", "evidence", "unnamed"]
"""What a source is; an `article` is an outlet without a name, `evidence` a document, data or a picture."""

_MARKS = re.compile(r"[^\w\s]|_")
_POSSESSIVE = re.compile(r"[’']s?(?=\s|$)")
_DOTTED = re.compile(r"\b(?:\w\.){2,}")
_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)*)\.(?:com|org|net|co\.uk|[a-z]{2})/?$")
_SMALL = frozenset({"the", "of", "for", "and", "in", "to", "on", "a", "an", "de", "la", "le", "du"})


class _Outlets(Strict):
    agencies: dict[str, tuple[str, ...]]
    outlets: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, order=True)
class SourceKey:
    """A source: its type and folded name and, of a state's institution, the country's code, "" where nothing tells it.

    The name of a country is its code, that of an article a digest of its text. As a string it is the id that results
    give.
    """

    type: KeyType
    name: str
    country: str = ""

    def __str__(self) -> str:
        """The id in results."""
        return " ".join(filter(None, (self.type, self.name, self.country)))

    @property
    def is_body(self) -> bool:
        """Whether it is a body, not a single voice: an institution or a country's government."""
        return self.type in ("institution", "country")


def institution(name: str, country: str = "") -> SourceKey:
    """Return the key of an institution by its name, and the code of the country whose it is."""
    return SourceKey("institution", fold(name), country.lower())


def meant(span: Span | Source) -> str:
    """Return what words stand for: the name that they were resolved to, else they themselves."""
    return span.resolved or span.text


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


def initials(name: str) -> str:
    """Return the initials of a name of two words or more, folded: "World Health Organization" is "who"; else ""."""
    words = [word for word in fold(name).split() if word not in _SMALL]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


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
