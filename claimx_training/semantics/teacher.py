"""A larger encoder that learns the same marks, and what it thinks of them, for the smaller one to learn too.

A small encoder learns more from how sure a larger one is of each word than from the marks alone (Hinton, Vinyals and
Dean, "Distilling the Knowledge in a Neural Network", 2015). The teacher is MPNet (Song et al. 2020) under the same
heads; only its triggers and statuses are taught on, since after a few passes its roles are no better than the
learner's own.
"""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

from claimx_training.network import ClaimxNetwork
from claimx_training.semantics.network import SemanticNetwork
from claimx_training.semantics.training import (
    Material,
    SemanticOptions,
    Soft,
    Unit,
    batches,
    encode,
    to_tensors,
)

SOFT_FILE: Final = "soft.npz"
_OWN_NAMES: Final = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[UNK]": "<unk>", "[MASK]": "<mask>"}


class _Frame(nn.Module):
    """Stands where the learner has its encoder: as wide, without layers."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.pieces = nn.Embedding(1, width)
        self.layers = nn.ModuleList()


class TeacherNetwork(SemanticNetwork):
    """The heads of the semantic layers on a whole MPNet, which reads the learner's word pieces."""

    def __init__(
        self, encoder: nn.Module, pieces: Sequence[int], learner: ClaimxNetwork, *, senses: int, labels: int
    ) -> None:
        width = encoder.config.hidden_size
        super().__init__(_Frame(width), learner.word_shapes, senses=senses, labels=labels)
        self.upper = nn.ModuleList([encoder])
        self.shapes = nn.Embedding(learner.encoder.shapes.num_embeddings, width)
        nn.init.zeros_(self.shapes.weight)
        self.register_buffer("its_pieces", torch.tensor(list(pieces)))

    def encode_lower(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """The numbers of the pieces and of their shapes, [2, windows, pieces]: all layers are the teacher's own."""
        del mask
        return torch.stack([self.its_pieces[pieces], shapes])

    def encode_upper(self, x: Tensor, mask: Tensor) -> Tensor:
        """Vectors of the last layer."""
        pieces, shapes = x
        embedded = self.upper[0].embeddings(input_ids=pieces) + self.shapes(shapes)
        bias = (1.0 - mask.float())[:, None, None, :] * -10000.0
        hidden: Tensor = self.upper[0].encoder(embedded, attention_mask=bias)[0]
        return hidden


def read_teacher(
    folder: Path, words: Sequence[str], learner: ClaimxNetwork, *, senses: int, labels: int
) -> TeacherNetwork:
    """A teacher on the MPNet checkpoint in `folder`, not yet trained; `words` are the learner's pieces in order."""
    from transformers import MPNetModel

    lines = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    numbers = {word: number for number, word in enumerate(lines)}
    unknown = numbers[_OWN_NAMES["[UNK]"]]
    pieces = [numbers.get(_OWN_NAMES.get(word, word), unknown) for word in words]
    encoder = MPNetModel.from_pretrained(folder, add_pooling_layer=False)
    return TeacherNetwork(encoder, pieces, learner, senses=senses, labels=labels)


@torch.no_grad()  # type: ignore[untyped-decorator]
def soften(teacher: TeacherNetwork, units: Sequence[Unit], options: SemanticOptions) -> None:
    """Give each marked window what the teacher thinks of its words and of the statuses of its claims."""
    teacher.eval()
    for group in batches(units, 2 * options.batch_pieces, random.Random(0)):  # noqa: S311 - shuffling, no secrets
        batch = to_tensors(group, torch.device("cpu"))
        t = teacher.hidden(teacher.trigger, encode(teacher, batch))
        triggers = teacher.is_movement(t).squeeze(-1).numpy().astype(np.float16)
        for unit, start in zip(batch.units, batch.starts, strict=True):
            words = [start + movement[0] for movement in unit.movements]
            statuses = teacher.status(t[words]).numpy().astype(np.float16)
            unit.soft = Soft(triggers[start : start + len(unit.shapes)], statuses)


def save_soft(material: Material, path: Path) -> None:
    """Write what the teacher thinks of all marked windows, in their order."""
    soft = [unit.soft for unit in material.training["movements"] if unit.soft is not None]
    np.savez_compressed(
        path, triggers=np.concatenate([s.triggers for s in soft]), statuses=np.concatenate([s.statuses for s in soft])
    )


def read_soft(material: Material, path: Path) -> None:
    """Give the marked windows what was written for the same windows by `save_soft`.

    Raises ValueError where the marks are others.
    """
    with np.load(path) as arrays:
        triggers, statuses = arrays["triggers"], arrays["statuses"]
    words = claims = 0
    for unit in material.training["movements"]:
        unit.soft = Soft(triggers[words : words + len(unit.shapes)], statuses[claims : claims + len(unit.movements)])
        words, claims = words + len(unit.shapes), claims + len(unit.movements)
    if (words, claims) != (len(triggers), len(statuses)):
        raise ValueError(f"{path} was made for other marks")


def piece_words(pieces: dict[str, Any]) -> list[str]:
    """The word pieces of a tokenizer's vocabulary in order of their numbers."""
    return [word for word, _ in sorted(pieces.items(), key=lambda item: item[1])]
