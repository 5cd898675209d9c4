"""The one form in which training material is passed on, whatever corpus it comes from."""

from dataclasses import dataclass, field, replace
from typing import Final, Self

UNKNOWN: Final = -1
NOT_ANNOTATED: Final = "\0"
"""Stands where a corpus says nothing about a word's noun class (as against "", which says it has none)."""


@dataclass(slots=True)
class Sentence:
    """One sentence of a corpus with the layers that the corpus has; a layer that it lacks is None.

    `heads` are indices into the sentence, -1 for the root. `entities` holds one set of possible BIO tags a word, as a
    bit mask over the label scheme's tags: several bits mean that the corpus does not tell which.
    """

    words: list[str]
    spaces: list[bool]
    document: str = ""
    id: str = ""
    starts_paragraph: bool = False
    text: str = ""
    upos: list[str] | None = None
    xpos: list[str] | None = None
    feats: list[str] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None
    deprels: list[str] | None = None
    entities: list[int] | None = None
    noun_classes: list[str] | None = None
    misc: list[str] = field(default_factory=list)

    def copy(self, **changes: object) -> Self:
        """A shallow copy with some layers replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def has_tree(self) -> bool:
        """Is this sentence from a treebank?"""
        return self.heads is not None
