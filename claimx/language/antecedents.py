"""Scores of what a mention takes up, from the encoder's vectors of two words and codes of what is known of the pair."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from claimx.language.decoding import FloatArray, IntArray

COREFERENCE_FILE: Final = "coreference.npz"
SECOND: Final = "second_"
"""What the names of the arrays begin with that are scored with over the second encoder's vectors."""
_AT_ONCE: Final = 4096  # pairs


@dataclass(frozen=True, slots=True)
class AntecedentScorer:
    """The weights of `claimx_training.coreference.head.CoreferenceHead`; tables have a row for each value of a code."""

    product: FloatArray
    product_bias: FloatArray
    anaphor: FloatArray
    candidate: FloatArray
    codes: FloatArray
    score: FloatArray
    single: FloatArray
    single_bias: FloatArray
    alone: FloatArray
    nothing: FloatArray
    nothing_bias: FloatArray

    def pairs(self, vectors: FloatArray, left: IntArray, right: IntArray, codes: IntArray) -> FloatArray:
        """Scores [pairs] of later mentions `left` with earlier ones `right`, both rows of `vectors`."""
        return np.concatenate([np.zeros(0, np.float32), *self._parts(vectors, left, right, codes)])

    def _parts(self, vectors: FloatArray, left: IntArray, right: IntArray, codes: IntArray) -> Iterator[FloatArray]:
        one, other = vectors @ self.anaphor + self.product_bias, vectors @ self.candidate
        for first in range(0, len(left), _AT_ONCE):
            part = slice(first, first + _AT_ONCE)
            a, b = left[part], right[part]
            hidden = (vectors[a] * vectors[b]) @ self.product + one[a] + other[b]
            for column in codes[part].T:
                hidden += self.codes[column]
            yield np.maximum(hidden, np.float32(0)) @ self.score

    def of_nothing(self, vectors: FloatArray, alone: IntArray) -> FloatArray:
        """Scores [mentions] of each mention's taking up nothing; `alone` holds the codes of each."""
        hidden = vectors @ self.single + self.single_bias + self.alone[alone].sum(axis=1)
        scores: FloatArray = np.maximum(hidden, np.float32(0)) @ self.nothing + self.nothing_bias
        return scores


@dataclass(frozen=True, slots=True)
class MentionVectors:
    """What mentions are scored with [mentions, width]: each encoder's vectors, and which the second has read."""

    first: FloatArray
    second: FloatArray | None = None
    read: NDArray[np.bool_] | None = None

    def as_floats(self, kind: type[np.floating[Any]]) -> Self:
        """The same in another precision."""
        second = None if self.second is None else self.second.astype(kind)
        return replace(self, first=self.first.astype(kind), second=second)


@dataclass(frozen=True, slots=True)
class Antecedents:
    """The scorers over both encoders' vectors: of what the second has read, its own is heard alone.

    `least` is the least sureness of an answer that is given, for each kind (`claimx.claims.coreference.resolver.BARS`).
    """

    first: AntecedentScorer
    second: AntecedentScorer | None
    least: FloatArray

    def pairs(self, vectors: MentionVectors, left: IntArray, right: IntArray, codes: IntArray) -> FloatArray:
        """Scores [pairs] of later mentions `left` with earlier ones `right`, by their numbers."""
        scores = self.first.pairs(vectors.first, left, right, codes)
        if self.second is not None and vectors.second is not None and vectors.read is not None:
            both = vectors.read[left] & vectors.read[right]
            scores[both] = self.second.pairs(vectors.second, left[both], right[both], codes[both])
        return scores

    def of_nothing(self, vectors: MentionVectors, mentions: IntArray, alone: IntArray) -> FloatArray:
        """Scores [mentions] of each mention's taking up nothing; `alone` holds the codes of each."""
        scores = self.first.of_nothing(vectors.first[mentions], alone)
        if self.second is not None and vectors.second is not None and vectors.read is not None:
            read = vectors.read[mentions]
            scores[read] = self.second.of_nothing(vectors.second[mentions[read]], alone[read])
        return scores


def read_antecedents(folder: Path) -> Antecedents | None:
    """The scorers of a pipeline's component folder, None where it has none."""
    path = folder / COREFERENCE_FILE
    if not path.is_file():
        return None
    with np.load(path) as arrays:
        return make_antecedents({name: arrays[name].astype(np.float32) for name in arrays.files})


def make_antecedents(arrays: Mapping[str, FloatArray]) -> Antecedents:
    """The scorers that the arrays of a pipeline's file make."""
    first = {name: values for name, values in arrays.items() if name != "least" and not name.startswith(SECOND)}
    second = {name.removeprefix(SECOND): values for name, values in arrays.items() if name.startswith(SECOND)}
    scorer = AntecedentScorer(**second) if second else None
    return Antecedents(AntecedentScorer(**first), scorer, arrays.get("least", np.zeros(0, dtype=np.float32)))
