"""Scores of what a mention takes up, from the encoder's vectors of two words and codes of what is known of the pair."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from claimx.language.decoding import FloatArray, IntArray

COREFERENCE_FILE: Final = "coreference.npz"
_AT_ONCE: Final = 4096  # pairs


@dataclass(frozen=True, slots=True)
class AntecedentScorer:
    """The weights of `claimx_training.coreference.head.CoreferenceHead`; tables have a row for each value of a code.

    `least` is the least sureness of an answer that is given, for each kind (`claimx.claims.coreference.resolver.BARS`).
    """

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
    least: FloatArray

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


def read_scorer(folder: Path) -> AntecedentScorer | None:
    """The scorer of a pipeline's component folder, None where it has none."""
    path = folder / COREFERENCE_FILE
    if not path.is_file():
        return None
    with np.load(path) as arrays:
        return AntecedentScorer(**{name: arrays[name].astype(np.float32) for name in arrays.files})
