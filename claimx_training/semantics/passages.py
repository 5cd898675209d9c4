"""The one form in which the semantic layers' training material is passed on: words with what is known of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claimx.language.semantics import MOVEMENT_ROLES, STATUSES

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A PropBank predicate: indices are of words in the passage; an argument is its head word and its label."""

    word: int
    sense: str
    candidates: tuple[str, ...]
    arguments: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class MarkedMovement:
    """A movement claim that somebody marked: head words of its roles (indices in the passage) and of its sources."""

    word: int
    status: str
    roles: tuple[tuple[str, int], ...]
    sources: tuple[int, ...]


@dataclass(slots=True)
class Passage:
    """A stretch of text in words. A layer that its corpus lacks is None.

    `sentences` numbers the sentence of each word. `all_predicates` says whether every predicate of the passage is
    marked (PropBank's examples mark one).
    """

    name: str
    words: list[str]
    sentences: list[int]
    predicates: list[Predicate] | None = None
    all_predicates: bool = False
    movements: list[MarkedMovement] | None = None
    often: bool = False
    """Whether it is read in every epoch, being nearest to what claimx is used on."""
    held_out: int = 0
    """Where not 0, the passage is measured on and not trained on; the number tells sets apart."""


def windows(sentences: Sequence[int], lengths: Sequence[int], limit: int) -> Iterator[tuple[int, int]]:
    """Yield stretches (first, last) of whole sentences of at most `limit` pieces; a longer sentence is cut."""
    edges = [0, *(i for i in range(1, len(sentences)) if sentences[i] != sentences[i - 1]), len(sentences)]
    sums = np.concatenate([[0], np.cumsum(lengths)])
    start = 0
    for first, last in pairwise(edges):
        if sums[last] - sums[start] > limit and first > start:
            yield start, first
            start = first
        while sums[last] - sums[start] > limit:
            cut = max(int(np.searchsorted(sums, sums[start] + limit, side="right")) - 1, start + 1)
            yield start, cut
            start = cut
    if start < len(sentences):
        yield start, len(sentences)


class Vocabulary:
    """The senses and argument labels that the network chooses from, in the order of its outputs."""

    def __init__(self, senses: Iterable[str], labels: Iterable[str]) -> None:
        self.senses = tuple(senses)
        self.labels = tuple(labels)
        self.sense_id = {name: index for index, name in enumerate(self.senses)}
        self.label_id = {name: index for index, name in enumerate(self.labels)}


def save_arrays(
    path: Path,
    passages: Sequence[Passage],
    pieces: Sequence[list[list[int]]],
    vocabulary: Vocabulary,
    shapes: Sequence[list[int]],
) -> None:
    """Write passages as flat integer arrays, so that training needs neither spaCy nor the corpora."""
    flat: dict[str, list[int]] = {
        name: []
        for name in (
            "passage_words", "flags", "piece_counts", "pieces", "shapes", "sentences",
            "predicates", "candidates", "arguments", "movements", "roles", "sources",
        )
    }  # fmt: skip
    for passage, word_pieces, word_shapes in zip(passages, pieces, shapes, strict=True):
        flat["passage_words"].append(len(passage.words))
        flat["flags"].append(
            (passage.predicates is not None)
            | (passage.all_predicates << 1)
            | ((passage.movements is not None) << 2)
            | (passage.often << 3)
            | ((passage.held_out > 0) << 4)
            | (passage.held_out << 5)
        )
        flat["piece_counts"] += [len(p) for p in word_pieces]
        flat["pieces"] += [piece for p in word_pieces for piece in p]
        flat["shapes"] += word_shapes
        flat["sentences"] += passage.sentences
        number = len(flat["passage_words"]) - 1
        for predicate in passage.predicates or ():
            row = len(flat["predicates"]) // 3
            flat["predicates"] += [number, predicate.word, vocabulary.sense_id.get(predicate.sense, -1)]
            flat["candidates"] += [
                x for c in predicate.candidates if c in vocabulary.sense_id for x in (row, vocabulary.sense_id[c])
            ]
            flat["arguments"] += [
                x
                for head, label in predicate.arguments
                if label in vocabulary.label_id
                for x in (row, head, vocabulary.label_id[label])
            ]
        for movement in passage.movements or ():
            row = len(flat["movements"]) // 3
            flat["movements"] += [number, movement.word, STATUSES.index(movement.status)]
            flat["roles"] += [x for role, head in movement.roles for x in (row, head, MOVEMENT_ROLES.index(role))]
            flat["sources"] += [x for head in movement.sources for x in (row, head)]
    arrays: dict[str, Any] = {name: np.asarray(values, dtype=np.int32) for name, values in flat.items()}
    np.savez_compressed(path, **arrays)
