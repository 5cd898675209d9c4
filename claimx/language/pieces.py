"""From words to the encoder's input: word pieces, and the windows in which they are read."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

MAX_PIECES_A_WORD: Final = 12
"""A longer word (a URL, a key smashed) is cut: its beginning says what it is, and its pieces are attention's cost."""
_CACHE_LIMIT: Final = 200_000


class PieceTable:
    """Looks up the piece ids of words, remembering those seen (bounded)."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}
        self.start = self._id("[CLS]")
        self.end = self._id("[SEP]")
        self.padding = self._id("[PAD]")
        self._unknown = self._id("[UNK]")

    def _id(self, token: str) -> int:
        number = self._tokenizer.token_to_id(token)
        return 0 if number is None else number

    def look_up(self, words: Sequence[str]) -> list[list[int]]:
        """The ids of each word's pieces: at least one, at most `MAX_PIECES_A_WORD`."""
        known = self._known
        missing = list({word for word in words if word not in known})
        if missing:
            if len(known) + len(missing) > _CACHE_LIMIT:
                known.clear()
                missing = list(set(words))
            # a word can be megabytes long; its first pieces lie in its first characters
            heads = [word[: 40 * MAX_PIECES_A_WORD] for word in missing]
            for word, encoding in zip(
                missing, self._tokenizer.encode_batch(heads, add_special_tokens=False), strict=True
            ):
                known[word] = encoding.ids[:MAX_PIECES_A_WORD] or [self._unknown]
        return [known[word] for word in words]


@dataclass(frozen=True, slots=True)
class Batch:
    """The encoder's input for several windows: arrays named as the graph's inputs are."""

    pieces: NDArray[np.int64]
    shapes: NDArray[np.int64]
    mask: NDArray[np.int64]
    firsts: NDArray[np.int64]
    ends: NDArray[np.int64]
    word_shapes: NDArray[np.int64]

    def inputs(self) -> dict[str, NDArray[np.int64]]:
        """The arrays by the names of the graph's inputs."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def make_batch(windows: Sequence[tuple[Sequence[list[int]], Sequence[int]]], table: PieceTable) -> Batch:
    """The windows as one padded batch; each window is its words' pieces and their shapes."""
    rows = []
    counts = []
    for pieces, _ in windows:
        row = [table.start]
        for word in pieces:
            row += word
        row.append(table.end)
        rows.append(row)
        counts += [len(word) for word in pieces]
    width = max(len(row) for row in rows)
    ids = np.full((len(rows), width), table.padding, dtype=np.int64)
    mask = np.zeros((len(rows), width), dtype=np.int64)
    piece_shapes = np.zeros((len(rows), width), dtype=np.int64)
    lengths = np.asarray(counts, dtype=np.int64)
    firsts = np.zeros(len(counts), dtype=np.int64)
    word_shapes = np.asarray([shape for _, shapes in windows for shape in shapes], dtype=np.int64)
    offset = 0
    for index, (row, (pieces, _)) in enumerate(zip(rows, windows, strict=True)):
        ids[index, : len(row)] = row
        mask[index, : len(row)] = 1
        here = slice(offset, offset + len(pieces))
        firsts[here] = index * width + 1 + np.cumsum(lengths[here]) - lengths[here]
        piece_shapes[index, 1 : len(row) - 1] = np.repeat(word_shapes[here], lengths[here])
        offset += len(pieces)
    return Batch(ids, piece_shapes, mask, firsts, firsts + lengths, word_shapes)
