"""The second encoder that claimx brings along: the lowest layers of the teacher, trained on, in four bits."""

import tempfile
from copy import deepcopy
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn

from claimx.language.cascade import CASCADE_FILE, CASCADE_OUTPUTS, CASCADE_WEIGHTS_FILE
from claimx_training.export import filler_arrays
from claimx_training.semantics.four_bits import FourBitEmbedding, pack_products
from claimx_training.semantics.teacher import TeacherNetwork

_INPUTS: Final = ("pieces", "shapes", "mask", "firsts", "ends", "word_shapes")
_OPSET: Final = 17


class RunningCascade(nn.Module):
    """The network as `claimx.language.cascade` runs it."""

    def __init__(self, teacher: TeacherNetwork) -> None:
        super().__init__()
        self.teacher = teacher

    def forward(
        self, pieces: Tensor, shapes: Tensor, mask: Tensor, firsts: Tensor, ends: Tensor, word_shapes: Tensor
    ) -> tuple[Tensor, ...]:
        """The outputs named in `claimx.language.cascade`."""
        own = self.teacher
        words = own.words(own.upper[0](pieces, shapes, mask), firsts, ends, word_shapes)
        trigger = own.hidden(own.trigger, words)
        chances = torch.sigmoid(own.is_movement(trigger).squeeze(-1))
        return chances, own.status(trigger), trigger, own.hidden(own.filler, words)


def export_cascade(teacher: TeacherNetwork, folder: Path) -> None:
    """Write what `claimx.language.cascade` runs into `folder`."""
    network = RunningCascade(deepcopy(teacher)).eval()
    encoder = network.teacher.upper[0]
    width = encoder.pieces.embedding_dim
    encoder.pieces = FourBitEmbedding(encoder.pieces.weight.detach())
    pieces = torch.randint(0, 4, (2, 9))
    firsts = torch.tensor([1, 3, 10, 11, 12])
    example = (pieces, torch.zeros_like(pieces), torch.ones_like(pieces), firsts, firsts + 1, torch.ones_like(firsts))
    axes: dict[str, dict[int, str]] = {name: {0: "windows", 1: "length"} for name in _INPUTS[:3]}
    axes |= {name: {0: "words"} for name in (*_INPUTS[3:], *CASCADE_OUTPUTS)}
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            network, example, str(plain), input_names=list(_INPUTS), output_names=list(CASCADE_OUTPUTS),
            dynamic_axes=axes, opset_version=_OPSET, dynamo=False,
        )  # fmt: skip
        arrays = pack_products(plain, folder / CASCADE_FILE, CASCADE_WEIGHTS_FILE, least=width * width)
    np.savez(folder / CASCADE_WEIGHTS_FILE, **arrays, **filler_arrays(teacher))
