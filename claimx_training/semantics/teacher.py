"""A larger encoder that learns the same marks: it teaches the smaller one, and reads again what the smaller one doubts.

MPNet (Song et al. 2020) under the heads of the semantic layers. What it thinks of each word and of each claim's status
is taught on (Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015); its roles are not, since
after a few passes they are no better than the learner's own. Its lowest layers alone, trained on, keep most of what
sets it apart (Sajjad et al., "On the Effect of Dropping Layers of Pre-trained Transformer Models", 2023): they are the
second encoder that claimx brings along, see `claimx.language.cascade`.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn

from claimx_training.network import ClaimxNetwork, EncoderSize, Layer
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
MPNET: Final = EncoderSize(width=768, layers=12, feed_forward=3072)
"""The measures of MPNet; its pieces are put into the order of the learner's, whose tokenizer it shares."""
LOWEST: Final = replace(MPNET, layers=6)
"""The part of it that is the second encoder: its lowest layers."""
_FIRST_POSITION: Final = 2  # in MPNet's table of positions
_DISTANCES: Final = 32  # buckets of relative positions
_FARTHEST: Final = 128
_OWN_NAMES: Final = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[UNK]": "<unk>", "[MASK]": "<mask>"}


def distance_buckets(length: int) -> Tensor:
    """MPNet's bucket of each distance from `-length + 1` to `length - 1`, of the key before the query first.

    Distances up to 7 have one each, farther ones share eight that widen up to 128; behind and ahead are apart.
    """
    distance = torch.arange(1 - length, length)
    half = _DISTANCES // 2
    near = half // 2
    size = distance.abs()
    widening = torch.log(size.clamp(min=1) / near) / torch.log(torch.tensor(_FARTHEST / near)) * (half - near)
    bucket = torch.where(size < near, size, (near + widening.long()).clamp(max=half - 1))
    return torch.where(distance > 0, half + bucket, bucket)


class MpnetEncoder(nn.Module):
    """MPNet over the learner's word pieces, told each piece's case shape."""

    buckets: Tensor

    def __init__(self, size: EncoderSize, shapes: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(size.vocabulary, size.width)
        self.positions = nn.Embedding(size.positions, size.width)
        self.shapes = nn.Embedding(shapes, size.width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(size.width, eps=1e-5)
        self.distances = nn.Embedding(_DISTANCES, size.heads)
        self.longest = size.positions
        self.register_buffer("buckets", distance_buckets(size.positions), persistent=False)
        self.layers = nn.ModuleList(Layer(size, dropout) for _ in range(size.layers))

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """Vectors [windows, pieces, width] of the last layer; `mask` is 1 for real pieces and 0 for padding."""
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.pieces(pieces) + self.positions(positions) + self.shapes(shapes))
        apart = positions[None, :] - positions[:, None] + (self.longest - 1)
        bias = (
            self.distances(self.buckets[apart]).permute(2, 0, 1)[None]
            + (1.0 - mask.float())[:, None, None, :] * -10000.0
        )
        for layer in self.layers:
            x = layer(x, bias)
        return x


class _Frame(nn.Module):
    """Stands where the learner has its encoder: as wide, without layers."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.pieces = nn.Embedding(1, width)
        self.layers = nn.ModuleList()


class TeacherNetwork(SemanticNetwork):
    """The heads of the semantic layers on a whole MPNet, which reads the learner's word pieces."""

    def __init__(self, encoder: MpnetEncoder, learner: ClaimxNetwork, *, senses: int, labels: int) -> None:
        super().__init__(_Frame(encoder.pieces.embedding_dim), learner.word_shapes, senses=senses, labels=labels)
        self.upper = nn.ModuleList([encoder])

    def encode_lower(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """The numbers of the pieces and of their shapes, [2, windows, pieces]: all layers are the teacher's own."""
        del mask
        return torch.stack([pieces, shapes])

    def encode_upper(self, x: Tensor, mask: Tensor) -> Tensor:
        """Vectors of the last layer."""
        hidden: Tensor = self.upper[0](x[0], x[1], mask)
        return hidden


def read_teacher(
    folder: Path, words: Sequence[str], learner: ClaimxNetwork, *, senses: int, labels: int
) -> TeacherNetwork:
    """A teacher on the MPNet checkpoint in `folder`, not yet trained; `words` are the learner's pieces in order."""
    from safetensors.torch import load_file

    lines = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    numbers = {word: number for number, word in enumerate(lines)}
    unknown = numbers[_OWN_NAMES["[UNK]"]]
    rows = [numbers.get(_OWN_NAMES.get(word, word), unknown) for word in words]
    size = replace(MPNET, vocabulary=len(rows))
    encoder = MpnetEncoder(size, learner.encoder.shapes.num_embeddings)
    encoder.load_state_dict(mpnet_state(load_file(folder / "model.safetensors"), rows, size), strict=False)
    return TeacherNetwork(encoder, learner, senses=senses, labels=labels)


def read_lowest(
    path: Path, learner: ClaimxNetwork, *, senses: int, labels: int, size: EncoderSize = LOWEST
) -> TeacherNetwork:
    """As many of a teacher's layers, from the lowest, as `size` has, with its heads; `save_state` wrote the file.

    Raises KeyError where the file lacks weights of theirs.
    """
    encoder = MpnetEncoder(size, learner.encoder.shapes.num_embeddings)
    lowest = TeacherNetwork(encoder, learner, senses=senses, labels=labels)
    state = torch.load(path, map_location="cpu", weights_only=True)
    own = [name for name in lowest.state_dict() if not name.startswith("lower.")]
    lowest.load_state_dict({name: state[name] for name in own}, strict=False)
    lowest.eval()
    return lowest


def mpnet_state(given: Mapping[str, Tensor], rows: Sequence[int], size: EncoderSize) -> dict[str, Tensor]:
    """Weights in Hugging Face's naming of MPNet, under the names of `MpnetEncoder`; `rows` order the word pieces."""
    own = {
        "pieces.weight": given["embeddings.word_embeddings.weight"][list(rows)],
        "positions.weight": given["embeddings.position_embeddings.weight"][
            _FIRST_POSITION : _FIRST_POSITION + size.positions
        ],
        "distances.weight": given["encoder.relative_attention_bias.weight"],
    }
    for kind in ("weight", "bias"):
        own[f"norm.{kind}"] = given[f"embeddings.LayerNorm.{kind}"]
        for index in range(size.layers):
            there, here = f"encoder.layer.{index}", f"layers.{index}"
            attention = f"{there}.attention.attn"
            own[f"{here}.qkv.{kind}"] = torch.cat([given[f"{attention}.{part}.{kind}"] for part in ("q", "k", "v")])
            own[f"{here}.out.{kind}"] = given[f"{attention}.o.{kind}"]
            own[f"{here}.norm_attention.{kind}"] = given[f"{there}.attention.LayerNorm.{kind}"]
            own[f"{here}.up.{kind}"] = given[f"{there}.intermediate.dense.{kind}"]
            own[f"{here}.down.{kind}"] = given[f"{there}.output.dense.{kind}"]
            own[f"{here}.norm_output.{kind}"] = given[f"{there}.output.LayerNorm.{kind}"]
    return own


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
