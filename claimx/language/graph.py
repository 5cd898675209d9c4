"""The encoder as it runs: one ONNX graph and the few arrays that its outputs are read with."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claimx.language.decoding import FloatArray, IntArray
from claimx.language.pieces import Batch
from claimx.language.semantics import SEMANTIC_ARRAYS_FILE, SemanticArrays, WordVectors
from claimx.language.sessions import loading, open_session

OUTPUTS: Final = ("tags", "starts", "bio", "arc_dependent", "arc_head", "label_dependent", "label_head")
SEMANTIC_OUTPUTS: Final = tuple(field.name for field in fields(WordVectors))
"""What a graph gives besides where it has semantic layers, which it may lack; the last only with coreference."""
GRAPH_FILE: Final = "encoder.onnx"
ARRAYS_FILE: Final = "decoder.npz"


@dataclass(frozen=True, slots=True)
class WordScores:
    """The graph's outputs, one row a word, in the order of the batch's windows.

    `tags` holds the best class of UPOS, XPOS, features, lemma script and noun class; `starts` the probability of
    beginning a sentence; `bio` log-probabilities; the rest are the vectors that arcs and relations are scored with;
    `vectors` is what the semantic layers say, None where the graph has none.
    """

    tags: IntArray
    starts: FloatArray
    bio: FloatArray
    arc_dependent: FloatArray
    arc_head: FloatArray
    label_dependent: FloatArray
    label_head: FloatArray
    vectors: WordVectors | None = None


class EncoderGraph:
    """An ONNX session over the files of one folder."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self._session = open_session(folder / GRAPH_FILE, threads)
        with loading(folder), np.load(folder / ARRAYS_FILE) as arrays:
            self.root_arc: FloatArray = arrays["root_arc"]
            self.root_label: FloatArray = arrays["root_label"]
            self._label_weight: FloatArray = arrays["label_weight"]
            self._label_bias: FloatArray = arrays["label_bias"]
            known = (folder / SEMANTIC_ARRAYS_FILE).is_file()
            self.semantics = SemanticArrays(folder) if known else None
        given = {output.name for output in self._session.get_outputs()}
        self._wanted = [name for name in (*OUTPUTS, *(SEMANTIC_OUTPUTS if known else ())) if name in given]

    def run(self, batch: Batch) -> WordScores:
        """The scores of the words of `batch`."""
        found = self._session.run(self._wanted, batch.inputs())
        vectors = WordVectors(*found[len(OUTPUTS) :]) if self.semantics is not None else None
        return WordScores(*[*found[: len(OUTPUTS)], vectors])

    def relations(self, dependents: FloatArray, heads: FloatArray) -> IntArray:
        """The best relation of each dependent to its head, given their vectors row by row."""
        pairs = np.concatenate([dependents * heads, np.maximum(dependents + heads, np.float32(0))], axis=1)
        best: NDArray[np.int64] = (pairs @ self._label_weight.T + self._label_bias).argmax(axis=1)
        return best
