"""Write the word vectors that claims are compared with (`claimx.compare.wording`) from the encoder's input vectors.

    python -m claimx_training.identity.vectors [-o words.npz]

Only pieces that are whole words in lower case are taken, centred, and cut to their first principal components. Same
encoder, same file.
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from claimx.compare import wording
from claimx.language import embedded_model_path
from claimx.language.encoder import PIECES_FILE
from claimx_training.semantics.checkpoint import read_network

_WIDTH = 64


def make_vectors(words: list[str], vectors: NDArray[np.float32], width: int = _WIDTH) -> NDArray[np.int8]:
    """Return the words' vectors [words, width] in whole numbers; rows keep their direction, not their length."""
    centred = (vectors - vectors.mean(axis=0)).astype(np.float64)
    if len(words) != len(centred):
        raise ValueError(f"{len(words)} words, but {len(centred)} vectors")
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    directions *= np.where(directions.sum(axis=1, keepdims=True) < 0, -1, 1)  # its signs are arbitrary
    cut = centred @ directions[:width].T
    return np.asarray(np.round(cut / np.abs(cut).max(axis=1, keepdims=True) * 127), dtype=np.int8)


def main() -> None:
    """Write the vectors of the installed encoder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    beside = Path(wording.__file__).parent / "weights" / wording.VECTORS_FILE
    parser.add_argument("-o", "--output", type=Path, default=beside, help=f"where to write (default: {beside.name})")
    args = parser.parse_args()
    component = embedded_model_path() / "claimx_encoder"
    known = Tokenizer.from_file(str(component / PIECES_FILE)).get_vocab()
    words = sorted(word for word in known if len(word) > 1 and word.isascii() and word.isalpha() and word.islower())
    pieces = read_network(component).encoder.pieces.weight.detach().numpy()
    np.savez_compressed(
        args.output, words=np.array(words), vectors=make_vectors(words, pieces[[known[word] for word in words]])
    )


if __name__ == "__main__":
    main()
