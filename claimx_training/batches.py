"""Windows of neighbouring sentences, gathered into batches of tensors."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import Tensor

from claimx.language.pieces import PieceTable, make_batch
from claimx.language.scheme import LabelScheme
from claimx.language.words import word_shape
from claimx_training.entity_labels import ANYTHING
from claimx_training.lemmas import edit_script
from claimx_training.sentences import NOT_ANNOTATED, UNKNOWN, Sentence

Window = list[Sentence]

_TARGETS: Final = (0, 40, 64, 96, 128)
"""The lengths that windows are filled up to, in pieces by a first estimate; 0 leaves a sentence alone."""
_PIECES_A_WORD: Final = 1.3


_COLUMNS: Final = (
    "sentence",
    "upos",
    "xpos",
    "feats",
    "lemmas",
    "nouns",
    "starts",
    "heads",
    "deprels",
    "entities",
)


@dataclass(slots=True)
class TrainingBatch:
    """One step's tensors. Words are padded to [windows, words]; a label of -1 is unknown or padding."""

    inputs: dict[str, Tensor]
    present: Tensor
    sentence: Tensor
    upos: Tensor
    xpos: Tensor
    feats: Tensor
    lemmas: Tensor
    nouns: Tensor
    starts: Tensor
    heads: Tensor
    deprels: Tensor
    entities: Tensor


def make_windows(sentences: Sequence[Sentence], chance: random.Random) -> list[Window]:
    """The sentences of each document, joined into windows of random size, single sentences among them."""
    windows: list[Window] = []
    window: Window = []
    length = 0.0
    target = 0.0
    for sentence in sentences:
        size = len(sentence.words) * _PIECES_A_WORD
        if window and (window[-1].document != sentence.document or length + size > target):
            windows.append(window)
            window, length = [], 0.0
        if not window:
            target = chance.choice(_TARGETS)
        window.append(sentence)
        length += size
    if window:
        windows.append(window)
    return windows


class BatchMaker:
    """Turns windows into `TrainingBatch`es under one label scheme."""

    def __init__(self, scheme: LabelScheme, table: PieceTable) -> None:
        self._table = table
        self._upos = {name: index for index, name in enumerate(scheme.upos)}
        self._xpos = {name: index for index, name in enumerate(scheme.xpos)}
        self._feats = {name: index for index, name in enumerate(scheme.feats)}
        self._lemmas = {name: index for index, name in enumerate(scheme.lemma_scripts)}
        self._deprels = {name: index for index, name in enumerate(scheme.deprels)}
        self._nouns = {name: index for index, name in enumerate(scheme.noun_classes)}

    def batches(self, windows: Sequence[Window], pieces: int, chance: random.Random) -> Iterator[TrainingBatch]:
        """The windows in batches of about `pieces` padded pieces each, similar lengths together, batches shuffled."""
        for group in self._groups(windows, pieces, chance):
            yield self.batch(group)

    def count(self, windows: Sequence[Window], pieces: int, chance: random.Random) -> int:
        """How many batches `batches` would make."""
        return len(self._groups(windows, pieces, chance))

    def _groups(self, windows: Sequence[Window], pieces: int, chance: random.Random) -> list[list[Window]]:
        sized = []
        for window in windows:
            words = [word for sentence in window for word in sentence.words]
            sized.append((sum(map(len, self._table.look_up(words))) + 2 + 4 * chance.random(), window))
        sized.sort(key=lambda item: item[0])
        groups: list[list[Window]] = []
        group: list[Window] = []
        for size, window in sized:
            if group and size * (len(group) + 1) > pieces:
                groups.append(group)
                group = []
            if size < 500:
                group.append(window)
        if group:
            groups.append(group)
        chance.shuffle(groups)
        return groups

    def batch(self, windows: Sequence[Window]) -> TrainingBatch:
        """The tensors of these windows."""
        given = []
        for window in windows:
            words = [word for sentence in window for word in sentence.words]
            given.append((self._table.look_up(words), [word_shape(word) for word in words]))
        flat = make_batch(given, self._table)
        counts = [len(shapes) for _, shapes in given]
        width = max(counts)
        shape = (len(windows), width)

        def padded(values: np.ndarray, fill: int) -> Tensor:
            out = np.full(shape, fill, dtype=np.int64)
            out[present] = values
            return torch.from_numpy(out)

        present = np.arange(width)[None, :] < np.asarray(counts)[:, None]
        inputs = {name: torch.from_numpy(value) for name, value in flat.inputs().items()}
        for name in ("firsts", "ends", "word_shapes"):
            inputs[name] = padded(inputs[name].numpy(), 0)
        columns: dict[str, list[int]] = {name: [] for name in _COLUMNS}
        for window in windows:
            offset = 0
            for number, sentence in enumerate(window):
                size = len(sentence.words)
                columns["sentence"] += [number] * size
                # without its neighbours a sentence says nothing of where sentences begin inside a text
                columns["starts"] += [1] + [0] * (size - 1)
                self._add_tree(columns, sentence, offset)
                columns["nouns"] += (
                    [UNKNOWN] * size
                    if sentence.noun_classes is None
                    else [UNKNOWN if name == NOT_ANNOTATED else self._nouns[name] for name in sentence.noun_classes]
                )
                columns["entities"] += [ANYTHING] * size if sentence.entities is None else sentence.entities
                offset += size
        filled = {
            name: padded(np.asarray(values, dtype=np.int64), ANYTHING if name == "entities" else UNKNOWN)
            for name, values in columns.items()
        }
        return TrainingBatch(inputs=inputs, present=torch.from_numpy(present), **filled)

    def _add_tree(self, columns: dict[str, list[int]], sentence: Sentence, offset: int) -> None:
        size = len(sentence.words)
        if (
            sentence.heads is None
            or sentence.upos is None
            or sentence.xpos is None
            or sentence.feats is None
            or sentence.lemmas is None
            or sentence.deprels is None
        ):
            for name in ("upos", "xpos", "feats", "lemmas", "deprels"):
                columns[name] += [UNKNOWN] * size
            columns["heads"] += [UNKNOWN] * size
            return
        columns["upos"] += [self._upos.get(name, UNKNOWN) for name in sentence.upos]
        columns["xpos"] += [self._xpos.get(name, UNKNOWN) for name in sentence.xpos]
        columns["feats"] += [self._feats.get(name, UNKNOWN) for name in sentence.feats]
        columns["lemmas"] += [
            self._lemmas.get(edit_script(word, lemma), UNKNOWN)
            for word, lemma in zip(sentence.words, sentence.lemmas, strict=True)
        ]
        columns["deprels"] += [self._deprels.get(name, UNKNOWN) for name in sentence.deprels]
        # as the columns of the arc scores: 0 is the root
        columns["heads"] += [head + offset + 1 if head >= 0 else 0 for head in sentence.heads]
