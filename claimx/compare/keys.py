"""Who a source is, as a value: equal wherever it is the same one, however articles call it."""

from dataclasses import dataclass
from typing import Literal

from claimx.compare.names import fold

KeyType = Literal["article", "outlet", "institution", "country", "person", "evidence", "unnamed"]
"""What a source is; an `article` is an outlet without a name, `evidence` a document, data or a picture."""


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


def person(name: str) -> SourceKey:
    """Return the key of a person by the name."""
    return SourceKey("person", fold(name))
