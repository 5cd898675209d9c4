"""The released language model read back from its ONNX graph: what the semantic layers start from and stand beside."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from claimx_training.network import SHAPE_WIDTH, Encoder, EncoderSize


def read_state(folder: Path) -> dict[str, Tensor]:
    """The weights of a pipeline's component folder as floats, under the names of `ClaimxNetwork`.

    Weights stored as int8 come back as what int8 made of them; stored again they are the same integers.
    """
    import onnx
    from onnx import numpy_helper

    model = onnx.load(str(folder / "encoder.onnx")).graph
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.initializer}
    state: dict[str, Tensor] = {}

    def dense(name: str) -> Tensor:
        values = arrays[f"{name}_quantized"].astype(np.float32) * arrays[f"{name}_scale"]
        return torch.from_numpy(np.ascontiguousarray(values.T))

    for name, array in arrays.items():
        if not name.startswith("network.") or ".pieces." in name:
            continue
        plain = name.removeprefix("network.")
        if plain.endswith("_quantized"):
            state[plain.removesuffix("_quantized")] = dense(name.removesuffix("_quantized"))
        elif not plain.endswith(("_scale", "_zero_point")):
            state[plain] = torch.from_numpy(np.array(array, dtype=np.float32))
    rows = arrays["network.encoder.pieces.rows"].astype(np.float32) * arrays["network.encoder.pieces.scale"]
    state["encoder.pieces.weight"] = torch.from_numpy(rows)
    for node in model.node:
        found = re.match(r"(?:/network/encoder)?/layers\.(\d+)/(qkv|out|up|down)/MatMul", node.name)
        if found and node.op_type == "MatMulInteger":
            weight = dense(node.input[1].removesuffix("_quantized"))
            state[f"encoder.layers.{found[1]}.{found[2]}.weight"] = weight
    with np.load(folder / "decoder.npz") as decoder:
        for name, array_name in (
            ("root_arc", "root_arc"),
            ("root_label", "root_label"),
            ("labels.weight", "label_weight"),
            ("labels.bias", "label_bias"),
        ):
            state[name] = torch.from_numpy(np.array(decoder[array_name], dtype=np.float32))
    return state


def read_encoder(folder: Path) -> tuple[Encoder, nn.Embedding]:
    """The encoder of a pipeline's component folder, and the embedding of its words' shapes."""
    state = read_state(folder)
    part = {name.removeprefix("encoder."): value for name, value in state.items() if name.startswith("encoder.")}
    layers = 1 + max(int(name.split(".")[1]) for name in part if name.startswith("layers."))
    encoder = Encoder(EncoderSize(layers=layers), part["shapes.weight"].shape[0])
    encoder.load_state_dict(part)
    words = nn.Embedding(part["shapes.weight"].shape[0], SHAPE_WIDTH)
    words.load_state_dict({"weight": state["word_shapes.weight"]})
    return encoder, words


def read_network(folder: Path) -> Any:
    """The whole network of a pipeline's component folder (`claimx_training.network.ClaimxNetwork`), ready to run."""
    from claimx.language.scheme import read_scheme
    from claimx_training.network import ClaimxNetwork
    from claimx_training.train import head_sizes

    network = ClaimxNetwork(EncoderSize(), head_sizes(read_scheme(folder / "scheme.json")))
    network.load_state_dict(read_state(folder))
    return network.eval()
