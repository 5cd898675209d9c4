"""Who a source is, as a value: equal wherever it is the same one, whatever it is called."""

from dataclasses import dataclass
from typing import Literal

from claimx.outlets import fold
from claimx.records import Source, Span

KeyType = Literal["article", "outlet", "institution", "country", "person", "evidence", "unnamed"]
"""What a source is; an `article` is an outlet without a name, `evidence` a document, data or a picture."""

_SMALL = frozenset({"the", "of", "for", "and", "in", "to", "on", "a", "an", "de", "la", "le", "du"})


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


def initials(name: str) -> str:
    """Return the initials of a name of two words or more, folded: "World Health Organization" is "who"; else ""."""
    words = [word for word in fold(name).split() if word not in _SMALL]
    return "".join(word[0] for word in words) if len(words) > 1 else ""
