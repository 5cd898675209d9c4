"""A second, larger encoder that reads again what the first sees any chance of a movement in.

Most of an article tells of no movement, and a small encoder is sure of that; where it is not, a larger one decides. Two
such readers one after the other are a cascade (Viola and Jones, "Rapid Object Detection using a Boosted Cascade of
Simple Features", 2001).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claimx.language.decoding import FloatArray
from claimx.language.pieces import Batch
from claimx.language.semantics import read_filler_head
from claimx.language.sessions import loading, open_session

CASCADE_FILE: Final = "cascade.onnx"
CASCADE_WEIGHTS_FILE: Final = "cascade.npz"
CASCADE_OUTPUTS: Final = ("movements", "statuses", "trigger", "filler", "mention")
LEAST_CHANCE: Final = 0.005
"""A window without a word that the first encoder gives this chance of a movement is not read again."""
STEPS: Final = ".steps"
MULTIPLIERS: Final = ".multipliers"
"""What the arrays of a matrix end in: its weights as steps, two a byte, and the whole number by which to multiply those
of a block."""
BLOCK: Final = 64
ZERO: Final = 8
"""The step that stands for no weight at all."""


@dataclass(frozen=True, slots=True)
class SecondReading:
    """One row a word: the chance that it triggers a movement claim, the scores of that claim's statuses, and vectors.

    The vectors are what it is scored with as a trigger, as a filler of another's roles, and as a mention.
    """

    movements: FloatArray
    statuses: FloatArray
    trigger: FloatArray
    filler: FloatArray
    mention: FloatArray


class Cascade:
    """The second encoder: an ONNX graph beside the first one's, and its weights in four bits."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        with loading(folder), np.load(folder / CASCADE_WEIGHTS_FILE) as arrays:
            names = [name.removesuffix(STEPS) for name in arrays.files if name.endswith(STEPS)]
            matrices = {name: int8_matrix(arrays[name + STEPS], arrays[name + MULTIPLIERS]) for name in names}
            self.head = read_filler_head(arrays)
        self._session = open_session(folder / CASCADE_FILE, threads, matrices)

    def run(self, batch: Batch) -> SecondReading:
        """What the second encoder says of the words of `batch`."""
        return SecondReading(*self._session.run(list(CASCADE_OUTPUTS), batch.inputs()))


def int8_matrix(steps: NDArray[np.uint8], multipliers: NDArray[np.int8]) -> NDArray[np.int8]:
    """The matrix [inputs, outputs] whose steps [inputs, outputs / 2] and multipliers [blocks, outputs] are given."""
    half = steps.shape[1]
    matrix = np.empty((len(steps), 2 * half), dtype=np.int8)
    matrix[:, :half] = steps & 15
    matrix[:, half:] = steps >> 4
    matrix -= ZERO
    blocks = matrix.reshape(-1, BLOCK, 2 * half)
    blocks *= multipliers[:, None, :]
    return matrix
