"""Docs made by hand, with trees that no model can change."""

from collections.abc import Sequence
from typing import Any

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

VOCAB = spacy.blank("en").vocab

Layer = str | Sequence[str]


def make_doc(words: Layer, *, vocab: Vocab = VOCAB, heads: Layer | Sequence[int] | None = None, **layers: Any) -> Doc:
    """Return a Doc of words with what is known of each; a layer in one string has its values between spaces.

    `layers` are those of spaCy's Doc (`deps`, `pos`, `tags`, `lemmas`, `morphs`, `ents`, `spaces`, `sent_starts`);
    `heads` are indices of words.
    """
    given = {name: _split(layer) for name, layer in layers.items() if layer is not None}
    if heads is not None:
        given["heads"] = [int(head) for head in _split(heads)]
    return Doc(vocab, words=_split(words), **given)


def radars_doc() -> Doc:
    """Return *Russia moved radars to Libya.* with its tree."""
    return make_doc(
        "Russia moved radars to Libya .",
        spaces=[True, True, True, True, False, False],
        heads="1 1 1 4 1 1",
        deps="nsubj ROOT obj case obl punct",
        pos="PROPN VERB NOUN ADP PROPN PUNCT",
        tags="NNP VBD NNS IN NNP .",
        lemmas="Russia move radar to Libya .",
        morphs=["", "Tense=Past|VerbForm=Fin", "", "", "", ""],
        ents="B-GPE O O O B-GPE O",
    )


def read_columns(rows: str) -> list[list[str]]:
    """Return the columns of a table that is written a row a line, its cells between spaces."""
    return [list(column) for column in zip(*(row.split() for row in rows.strip().splitlines()), strict=True)]


def _split(layer: Any) -> list[Any]:
    return layer.split() if isinstance(layer, str) else list(layer)
