"""How alike two words are in meaning: *flee* and *escape*, *plane* and *aircraft*.

The vectors are those that the encoder gives its whole-word pieces before it reads any text, cut to their first
principal components (`claimx_training.identity.vectors` writes them).
"""

import functools
import math
from collections.abc import Mapping
from importlib import resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VECTORS_FILE: Final = "words.npz"


def alikeness(left: str, right: str) -> float:
    """Return how alike two words or short phrases in lower case are, from 0 to 1: the cosine of their mean vectors.

    A phrase of which no word is known is like nothing.
    """
    one, other = _vector(left), _vector(right)
    return 0.0 if one is None or other is None else max(0.0, float(one @ other))


@functools.lru_cache(maxsize=16384)
def _vector(phrase: str) -> "NDArray[np.float32] | None":
    known, vectors = _table()
    rows = [known[word] for word in phrase.split() if word in known]
    if not rows:
        return None
    mean: NDArray[np.float32] = vectors[rows].mean(axis=0)
    length = math.sqrt(float(mean @ mean))
    return mean / length if length else None


@functools.cache
def _table() -> "tuple[Mapping[str, int], NDArray[np.float32]]":
    """Return the row of each word, and the rows, each of length 1."""
    import numpy as np  # here, since saying `--help` shall not pay for it

    with (
        resources.as_file(resources.files("claimx.compare") / "weights" / VECTORS_FILE) as path,
        np.load(path) as arrays,
    ):
        words, whole = arrays["words"].tolist(), arrays["vectors"].astype(np.float32)
    whole /= np.linalg.norm(whole, axis=1, keepdims=True)
    return {word: row for row, word in enumerate(words)}, whole
