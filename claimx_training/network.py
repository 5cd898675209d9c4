"""The torch side of the language model: a BERT encoder with the heads that `claimx.language.encoder` runs from ONNX.

The encoder is that of Devlin et al. 2019 in the size of MiniLM (Wang et al. 2020). Words are the means of their pieces;
arcs are scored by a biaffine product (Dozat and Manning 2017), their labels by a low-rank one.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

ARC_WIDTH: Final = 256
LABEL_WIDTH: Final = 192
SHAPE_WIDTH: Final = 32
ENTITY_WIDTH: Final = 256


@dataclass(frozen=True, slots=True)
class EncoderSize:
    """The measures of the encoder; the defaults are those of MiniLM-L6."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    feed_forward: int = 1536
    positions: int = 512


@dataclass(frozen=True, slots=True)
class HeadSizes:
    """The number of classes of each head."""

    upos: int
    xpos: int
    feats: int
    lemmas: int
    deprels: int
    bio: int
    nouns: int
    shapes: int


@dataclass(slots=True)
class Outputs:
    """What the heads say of each word; leading dimensions are those of the word positions asked for."""

    upos: Tensor
    xpos: Tensor
    feats: Tensor
    lemmas: Tensor
    nouns: Tensor
    starts: Tensor
    bio: Tensor
    arc_dependent: Tensor
    arc_head: Tensor
    label_dependent: Tensor
    label_head: Tensor


class Layer(nn.Module):
    """One transformer layer, normalised after each step as in BERT."""

    def __init__(self, size: EncoderSize, dropout: float) -> None:
        super().__init__()
        self.heads = size.heads
        self.dropout = dropout
        self.qkv = nn.Linear(size.width, 3 * size.width)
        self.out = nn.Linear(size.width, size.width)
        self.norm_attention = nn.LayerNorm(size.width, eps=1e-12)
        self.up = nn.Linear(size.width, size.feed_forward)
        self.down = nn.Linear(size.feed_forward, size.width)
        self.norm_output = nn.LayerNorm(size.width, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """The layer's output for `x` [batch, pieces, width]; `bias` is added to the attention scores."""
        batch, length, width = x.shape
        parts = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        # written out because torch's fused attention trains slower on processors; no dropout on the weights, since
        # drawing its masks would take a sixth of the training time
        scores = parts[0] @ parts[1].transpose(-1, -2) * (width // self.heads) ** -0.5
        attended = torch.softmax(scores + bias, dim=-1) @ parts[2]
        attended = attended.transpose(1, 2).reshape(batch, length, width)
        x = self.norm_attention(x + functional.dropout(self.out(attended), self.dropout, self.training))
        hidden = self.down(functional.gelu(self.up(x)))
        return self.norm_output(x + functional.dropout(hidden, self.dropout, self.training))


class Encoder(nn.Module):
    """BERT over word pieces, told each piece's case shape."""

    def __init__(self, size: EncoderSize, shapes: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.dropout = dropout
        self.pieces = nn.Embedding(size.vocabulary, size.width)
        self.positions = nn.Embedding(size.positions, size.width)
        self.shapes = nn.Embedding(shapes, size.width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(size.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, dropout) for _ in range(size.layers))

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """Vectors [batch, pieces, width]; `mask` is 1 for real pieces and 0 for padding."""
        return self.run(pieces, shapes, mask)[-1]

    def run(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> list[Tensor]:
        """The vectors before the first layer and after each, as `forward` gives the last."""
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.pieces(pieces) + self.positions(positions) + self.shapes(shapes))
        x = functional.dropout(x, self.dropout, self.training)
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * -10000.0
        states = [x]
        for layer in self.layers:
            states.append(layer(states[-1], bias))
        return states


class ClaimxNetwork(nn.Module):
    """The encoder and all its heads."""

    def __init__(self, size: EncoderSize, sizes: HeadSizes, dropout: float = 0.1, head_dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = Encoder(size, sizes.shapes, dropout)
        self.word_shapes = nn.Embedding(sizes.shapes, SHAPE_WIDTH)
        # this encoder was trained for sentence similarity and leaves vectors a quarter as long as the heads expect
        self.norm_words = nn.LayerNorm(size.width)
        self.drop = nn.Dropout(head_dropout)
        width = size.width + SHAPE_WIDTH
        self.upos = nn.Linear(width, sizes.upos)
        self.xpos = nn.Linear(width, sizes.xpos)
        self.feats = nn.Linear(width, sizes.feats)
        self.lemmas = nn.Linear(width, sizes.lemmas)
        self.nouns = nn.Linear(width, sizes.nouns)
        self.starts = nn.Linear(width, 1)
        self.entity_hidden = nn.Linear(width, ENTITY_WIDTH)
        self.bio = nn.Linear(ENTITY_WIDTH, sizes.bio)
        self.arc_dependent = nn.Linear(width, ARC_WIDTH)
        self.arc_head = nn.Linear(width, ARC_WIDTH)
        self.arc_product = nn.Linear(ARC_WIDTH, ARC_WIDTH)
        self.label_dependent = nn.Linear(width, LABEL_WIDTH)
        self.label_head = nn.Linear(width, LABEL_WIDTH)
        self.labels = nn.Linear(2 * LABEL_WIDTH, sizes.deprels)
        self.root_arc = nn.Parameter(torch.zeros(ARC_WIDTH))
        self.root_label = nn.Parameter(torch.zeros(LABEL_WIDTH))
        nn.init.normal_(self.word_shapes.weight, std=0.5)
        nn.init.normal_(self.root_arc, std=0.1)
        nn.init.normal_(self.root_label, std=0.1)

    def forward(
        self, pieces: Tensor, shapes: Tensor, mask: Tensor, firsts: Tensor, ends: Tensor, word_shapes: Tensor
    ) -> Outputs:
        """The heads' scores for words given by the flat indices of their first piece and of the piece after the last.

        `firsts`, `ends` and `word_shapes` share any one shape. Indices count along the rows of `pieces`, row after row.
        """
        hidden = self.encoder(pieces, shapes, mask)
        return self.heads(self.pool(hidden, firsts, ends, word_shapes))

    def pool(self, hidden: Tensor, firsts: Tensor, ends: Tensor, word_shapes: Tensor) -> Tensor:
        """The mean of each word's pieces with the embedding of its shape beside it."""
        flat = hidden.float().reshape(-1, hidden.shape[-1])
        sums = torch.cumsum(flat, dim=0)
        sums = torch.cat([torch.zeros_like(sums[:1]), sums], dim=0)
        count = (ends - firsts).to(sums.dtype).clamp(min=1.0)
        means = (sums[ends] - sums[firsts]) / count.unsqueeze(-1)
        return torch.cat([self.norm_words(means), self.word_shapes(word_shapes)], dim=-1)

    def heads(self, words: Tensor) -> Outputs:
        """Every head's output for word vectors."""
        x = self.drop(words)
        gelu = functional.gelu
        return Outputs(
            upos=self.upos(x),
            xpos=self.xpos(x),
            feats=self.feats(x),
            lemmas=self.lemmas(x),
            nouns=self.nouns(x),
            starts=self.starts(x).squeeze(-1),
            bio=self.bio(self.drop(gelu(self.entity_hidden(x)))),
            arc_dependent=self.arc_product(self.drop(gelu(self.arc_dependent(x)))),
            arc_head=self.drop(gelu(self.arc_head(x))),
            label_dependent=self.drop(gelu(self.label_dependent(x))),
            label_head=self.drop(gelu(self.label_head(x))),
        )

    def label_scores(self, dependent: Tensor, head: Tensor) -> Tensor:
        """The scores of each relation between dependents and heads given by their vectors."""
        return self.labels(torch.cat([dependent * head, functional.relu(dependent + head)], dim=-1))


def load_encoder_weights(encoder: Encoder, folder: Path) -> None:
    """Fill `encoder` with the weights of a BERT checkpoint (``model.safetensors``) in Hugging Face's naming."""
    from safetensors.torch import load_file

    state = {name.removeprefix("bert."): value for name, value in load_file(folder / "model.safetensors").items()}
    own = encoder.state_dict()
    # the second segment's embedding is never used, so the first one's is folded into the positions
    own["pieces.weight"] = state["embeddings.word_embeddings.weight"]
    own["positions.weight"] = (
        state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0]
    )
    for kind in ("weight", "bias"):
        own[f"norm.{kind}"] = state[f"embeddings.LayerNorm.{kind}"]
        for index in range(len(encoder.layers)):
            there, here = f"encoder.layer.{index}", f"layers.{index}"
            own[f"{here}.qkv.{kind}"] = torch.cat(
                [state[f"{there}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            )
            own[f"{here}.out.{kind}"] = state[f"{there}.attention.output.dense.{kind}"]
            own[f"{here}.norm_attention.{kind}"] = state[f"{there}.attention.output.LayerNorm.{kind}"]
            own[f"{here}.up.{kind}"] = state[f"{there}.intermediate.dense.{kind}"]
            own[f"{here}.down.{kind}"] = state[f"{there}.output.dense.{kind}"]
            own[f"{here}.norm_output.{kind}"] = state[f"{there}.output.LayerNorm.{kind}"]
    encoder.load_state_dict(own)
