"""Weights in four bits: a step of sixteen for each, a small whole number for every few dozen, a scale for each row.

Half the size of int8 at next to no loss where training knows of it: the forward pass sees the rounded weights, the
backward pass the true ones (Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-
Arithmetic-Only Inference", 2018). A step times its block's whole number is an int8, so that what is kept small is
calculated with as fast as any int8; `claimx.language.cascade` multiplies it out when it loads.
"""

from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.utils import parametrize

from claimx.language.cascade import BLOCK, MULTIPLIERS, STEPS, ZERO

_MOST: Final = 7
"""The largest multiplier. Seven times eight stays within seven bits: processors without VNNI add products of eight in
sixteen and overflow."""


def four_bits(weight: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Steps (-8 to 7) [rows, columns], multipliers [rows, blocks] and scales [rows] of a matrix.

    A block's multiplier has the sign that makes its largest weight the lowest step.
    """
    blocks = weight.reshape(len(weight), -1, BLOCK)
    scales = (weight.abs().amax(1) / (ZERO * _MOST)).clamp(min=1e-8)
    largest = blocks.gather(-1, blocks.abs().argmax(-1, keepdim=True)).squeeze(-1)
    sizes = torch.ceil(largest.abs() / (ZERO * scales[:, None]) - 1e-3).clamp(1, _MOST)
    multipliers = torch.where(largest > 0, -sizes, sizes)
    steps = torch.round(blocks / (multipliers * scales[:, None]).unsqueeze(-1)).clamp(-ZERO, ZERO - 1)
    return steps.reshape(weight.shape), multipliers, scales


def rounded(weight: Tensor) -> Tensor:
    """The matrix as four bits keep it."""
    steps, multipliers, scales = four_bits(weight)
    return steps * multipliers.repeat_interleave(BLOCK, dim=1) * scales[:, None]


def packed(steps: Tensor) -> NDArray[np.uint8]:
    """Two steps a byte: those of the first half of the columns in the lower four bits, of the second in the upper."""
    first, second = (steps + ZERO).to(torch.uint8).numpy().reshape(len(steps), 2, -1).swapaxes(0, 1)
    return np.ascontiguousarray(first | (second << 4))


class Rounding(nn.Module):
    """A parametrization: the rounded weight forwards, the gradient of the true one backwards."""

    def forward(self, weight: Tensor) -> Tensor:
        """The weight to calculate with."""
        return weight + (rounded(weight.detach()) - weight).detach()


def train_rounded(layers: nn.ModuleList) -> None:
    """From now on let the layers' matrices be rounded whenever they are used."""
    for matrix in _matrices(layers):
        parametrize.register_parametrization(matrix, "weight", Rounding())


def leave_rounded(layers: nn.ModuleList) -> None:
    """Take the layers' matrices for what rounding made of them."""
    for matrix in _matrices(layers):
        parametrize.remove_parametrizations(matrix, "weight", leave_parametrized=True)


def _matrices(layers: nn.ModuleList) -> list[nn.Linear]:
    return [module for module in layers.modules() if isinstance(module, nn.Linear)]


class FourBitEmbedding(nn.Module):
    """An embedding kept in four bits."""

    rows: Tensor
    multipliers: Tensor
    scales: Tensor

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        steps, multipliers, scales = four_bits(weight)
        self.register_buffer("rows", torch.from_numpy(packed(steps)))
        self.register_buffer("multipliers", multipliers.to(torch.int8))
        self.register_buffer("scales", scales[:, None])

    def forward(self, index: Tensor) -> Tensor:
        """The rows of `index`, as floats."""
        pairs = self.rows[index].float()
        second = torch.floor(pairs / 16)
        steps = torch.cat([pairs - 16 * second, second], dim=-1) - ZERO
        blocks = steps.reshape(*index.shape, -1, BLOCK) * self.multipliers[index].float().unsqueeze(-1)
        return blocks.flatten(-2) * self.scales[index]


def pack_products(source: Path, graph_file: Path, weights: str, least: int) -> dict[str, Any]:
    """Take the large matrices, of `least` weights, out of the ONNX graph `source`.

    The graph without them goes to `graph_file`, calculating in int8 with matrices to be given when it is loaded. Their
    steps and multipliers, input by output, come back; `weights` is the name of the file that they will be in.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load(str(source))
    graph = model.graph
    matrices = {tensor.name: tensor for tensor in graph.initializer}
    nodes: list[Any] = []
    arrays: dict[str, Any] = {}
    for node in graph.node:
        tensor = matrices.get(node.input[1]) if node.op_type == "MatMul" else None
        if tensor is None or np.prod(tensor.dims) < least:
            nodes.append(node)
            continue
        name = node.name.strip("/").replace("/", ".")
        steps, multipliers, scales = four_bits(torch.from_numpy(np.ascontiguousarray(numpy_helper.to_array(tensor).T)))
        arrays[name + STEPS] = packed(steps.T)
        arrays[name + MULTIPLIERS] = np.ascontiguousarray(multipliers.T.to(torch.int8).numpy())
        given = TensorProto(name=name, data_type=TensorProto.INT8, dims=list(tensor.dims))
        given.data_location = TensorProto.EXTERNAL
        given.external_data.add(key="location", value=weights)
        graph.initializer.extend([given, numpy_helper.from_array(scales.numpy(), f"{name}.columns")])
        nodes += [
            helper.make_node("DynamicQuantizeLinear", [node.input[0]], [f"{name}.{x}" for x in ("x", "scale", "zero")]),
            helper.make_node("MatMulInteger", [f"{name}.x", name, f"{name}.zero"], [f"{name}.whole"]),
            helper.make_node("Cast", [f"{name}.whole"], [f"{name}.float"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [f"{name}.scale", f"{name}.columns"], [f"{name}.scales"]),
            helper.make_node("Mul", [f"{name}.float", f"{name}.scales"], list(node.output)),
        ]
    del graph.node[:]
    graph.node.extend(nodes)
    used = {name for node in nodes for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    graph_file.write_bytes(model.SerializeToString())
    return arrays
