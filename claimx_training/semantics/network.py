"""The torch side of the semantic layers: upper layers of their own on the encoder's lower ones, and their heads.

The lower layers, trained with the parser, are shared and stay as they are; the upper ones begin as copies of the
parser's and learn predicates, arguments and movements. Arguments and role fillers are scored between words like arcs.
"""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from claimx.errors import ModelError
from claimx.language.semantics import FRAMES_FILE, MOVEMENT_ROLES, STATUSES
from claimx_training.network import SHAPE_WIDTH, ClaimxNetwork, Encoder

SHARED_LAYERS: Final = 0
PREDICATE_WIDTH: Final = 256
SENSE_WIDTH: Final = 96
MOVEMENT_WIDTH: Final = 256
MOVEMENT_OUTPUTS: Final = len(MOVEMENT_ROLES) + 1
"""The seven roles and the source."""
NEAR: Final = 16
"""Distances beyond this many words share a bucket for each power of two."""


def distance_bucket(distance: Tensor) -> Tensor:
    """A bucket (0-43) for each signed distance in words: one each up to 16, then one for each doubling up to 512."""
    size = distance.abs()
    far = NEAR + (torch.log2(size.clamp(min=1).float() / NEAR).floor().long() + 1).clamp(0, 5)
    bucket = torch.where(size <= NEAR, size, far)
    return torch.where(distance < 0, 22 + bucket, bucket)


class PairScorer(nn.Module):
    """Scores of several labels between two words from their vectors and their distance."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.product = nn.Linear(width, labels)
        self.sum = nn.Linear(width, labels)
        self.distance = nn.Embedding(44, labels)
        nn.init.zeros_(self.distance.weight)

    def forward(self, first: Tensor, second: Tensor, distance: Tensor) -> Tensor:
        """Scores [..., labels] for pairs of vectors [..., width]; `distance` is second minus first, in words."""
        return (
            self.product(first * second)
            + self.sum(functional.relu(first + second))
            + self.distance(distance_bucket(distance))
        )


class SemanticNetwork(nn.Module):
    """The shared lower layers, the upper layers of the semantic tasks, and their heads."""

    def __init__(
        self,
        encoder: Encoder,
        word_shapes: nn.Embedding,
        *,
        senses: int,
        labels: int,
        shared: int = SHARED_LAYERS,
        dropout: float = 0.1,
        head_dropout: float = 0.2,
    ) -> None:
        super().__init__()
        self.shared = shared
        self.lower = encoder
        self.upper = nn.ModuleList(deepcopy(layer) for layer in encoder.layers[shared:])
        for layer in self.upper:
            layer.dropout = dropout
        width = self.width = encoder.pieces.embedding_dim
        self.word_shapes = nn.Embedding.from_pretrained(word_shapes.weight.detach().clone(), freeze=False)
        self.norm_words = nn.LayerNorm(width)
        self.drop = nn.Dropout(head_dropout)
        wide = width + SHAPE_WIDTH
        self.predicate = nn.Linear(wide, PREDICATE_WIDTH)
        self.is_predicate = nn.Linear(PREDICATE_WIDTH, 1)
        self.sense = nn.Linear(PREDICATE_WIDTH, SENSE_WIDTH)
        self.senses = nn.Embedding(senses, SENSE_WIDTH)
        self.sense_bias = nn.Embedding(senses, 1)
        nn.init.normal_(self.senses.weight, std=0.05)
        nn.init.zeros_(self.sense_bias.weight)
        self.argument = nn.Linear(wide, PREDICATE_WIDTH)
        self.arguments = PairScorer(PREDICATE_WIDTH, labels)
        self.trigger = nn.Linear(wide, MOVEMENT_WIDTH)
        self.is_movement = nn.Linear(MOVEMENT_WIDTH, 1)
        self.status = nn.Linear(MOVEMENT_WIDTH, len(STATUSES))
        self.nothing = nn.Linear(MOVEMENT_WIDTH, MOVEMENT_OUTPUTS)
        self.filler = nn.Linear(wide, MOVEMENT_WIDTH)
        self.fillers = PairScorer(MOVEMENT_WIDTH, MOVEMENT_OUTPUTS)
        self.mention: nn.Module | None = None
        """Makes of a word's vectors, these layers' and the parser's, what coreference is scored with; trained apart."""

    def freeze_lower(self) -> None:
        """Keep the shared layers as they are."""
        self.lower.eval()
        for parameter in self.lower.parameters():
            parameter.requires_grad_(False)

    def encode_lower(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """Vectors [windows, pieces, width] of the shared layers."""
        lower = self.lower
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = lower.norm(lower.pieces(pieces) + lower.positions(positions) + lower.shapes(shapes))
        bias = (1.0 - mask.float())[:, None, None, :] * -10000.0
        for layer in lower.layers[: self.shared]:
            x = layer(x, bias)
        return x

    def encode_upper(self, x: Tensor, mask: Tensor) -> Tensor:
        """Vectors [windows, pieces, width] of the upper layers over those of the shared ones."""
        bias = (1.0 - mask.float())[:, None, None, :] * -10000.0
        for layer in self.upper:
            x = layer(x, bias)
        return x

    def words(self, hidden: Tensor, firsts: Tensor, ends: Tensor, word_shapes: Tensor) -> Tensor:
        """One vector a word: the mean of its pieces, with its shape beside it. Indices count along all windows."""
        flat = hidden.float().reshape(-1, hidden.shape[-1])
        sums = torch.cat([torch.zeros_like(flat[:1]), torch.cumsum(flat, dim=0)], dim=0)
        count = (ends - firsts).float().clamp(min=1.0)
        means = (sums[ends] - sums[firsts]) / count.unsqueeze(-1)
        return self.drop(torch.cat([self.norm_words(means), self.word_shapes(word_shapes)], dim=-1))

    def hidden(self, layer: nn.Linear, x: Tensor) -> Tensor:
        """A head's hidden vector."""
        return self.drop(functional.gelu(layer(x)))

    def sense_scores(self, predicate: Tensor) -> Tensor:
        """Scores of every sense for predicate vectors [n, width]."""
        return self.sense(predicate) @ self.senses.weight.T + self.sense_bias.weight.T


STATE_FILE: Final = "semantic.pt"


def save_state(network: SemanticNetwork, path: Path) -> None:
    """Write all that training changes; the file appears whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    torch.save({name: value for name, value in network.state_dict().items() if not name.startswith("lower.")}, part)
    part.replace(path)


def save_semantic_network(network: SemanticNetwork, frames: dict[str, Any], folder: Path) -> None:
    """Write all that training changed, and the frames that it chose from, into a training folder."""
    save_state(network, folder / STATE_FILE)
    (folder / FRAMES_FILE).write_text(json.dumps(frames) + "\n", encoding="utf-8")


def read_semantic_network(folder: Path, network: ClaimxNetwork) -> tuple[SemanticNetwork, dict[str, Any]]:
    """The semantic layers of a training folder on the encoder of `network`, ready to run, and their frames.

    Raises `ModelError` where the folder holds none.
    """
    try:
        frames: dict[str, Any] = json.loads((folder / FRAMES_FILE).read_text(encoding="utf-8"))
        state = torch.load(folder / STATE_FILE, map_location="cpu", weights_only=True)
    except OSError as error:
        raise ModelError(f"{folder} holds no semantic layers; run: python -m claimx_training train") from error
    semantic = SemanticNetwork(
        network.encoder, network.word_shapes, senses=len(frames["senses"]), labels=len(frames["labels"]) + 1
    )
    semantic.load_state_dict(state, strict=False)
    return semantic.eval(), frames
