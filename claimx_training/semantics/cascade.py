"""The second encoder that claimx brings along: the lowest layers of the teacher, trained on, in four bits."""

import tempfile
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from claimx.language.cascade import CASCADE_FILE, CASCADE_OUTPUTS, CASCADE_WEIGHTS_FILE
from claimx_training.export import export_float, filler_arrays
from claimx_training.semantics.four_bits import FourBitEmbedding, pack_products
from claimx_training.semantics.teacher import TeacherNetwork


class RunningCascade(nn.Module):
    """The network as `claimx.language.cascade` runs it."""

    def __init__(self, teacher: TeacherNetwork) -> None:
        super().__init__()
        self.teacher = teacher

    def forward(
        self, pieces: Tensor, shapes: Tensor, mask: Tensor, firsts: Tensor, ends: Tensor, word_shapes: Tensor
    ) -> tuple[Tensor, ...]:
        """The outputs named in `claimx.language.cascade`, words for mentions until heads are trained on them."""
        own = self.teacher
        words = own.words(own.upper[0](pieces, shapes, mask), firsts, ends, word_shapes)
        trigger = own.hidden(own.trigger, words)
        chances = torch.sigmoid(own.is_movement(trigger).squeeze(-1))
        return chances, own.status(trigger), trigger, own.hidden(own.filler, words), words


def export_cascade(teacher: TeacherNetwork, folder: Path) -> None:
    """Write what `claimx.language.cascade` runs into `folder`."""
    network = RunningCascade(deepcopy(teacher)).eval()
    encoder = network.teacher.upper[0]
    width = encoder.pieces.embedding_dim
    encoder.pieces = FourBitEmbedding(encoder.pieces.weight.detach())
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        export_float(network, plain, CASCADE_OUTPUTS)
        arrays = pack_products(plain, folder / CASCADE_FILE, CASCADE_WEIGHTS_FILE, least=width * width)
    np.savez(folder / CASCADE_WEIGHTS_FILE, **arrays, **filler_arrays(teacher))
