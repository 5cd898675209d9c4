"""The second encoder's graph, given what the heads of coreference make of its words."""

from pathlib import Path
from typing import Any, Final

import numpy as np
from torch import nn

MENTION: Final = "mention"
_WORDS: Final = "words"


def write_mentions(source: Path, target: Path, layer: nn.Linear | None) -> None:
    """Write the graph `source` to `target` with the vectors of mentions that the layer makes, by a GELU, of words.

    Without a layer these are the words' own vectors, which heads can be trained on.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load(str(source), load_external_data=False)  # the large matrices lie beside it
    graph = model.graph
    nodes = [node for node in graph.node if not node.name.startswith(MENTION)]
    words = _words(graph)
    for node in nodes:
        node.input[:] = [_WORDS if name == words else name for name in node.input]
        node.output[:] = [_WORDS if name == words else name for name in node.output]
    arrays = {} if layer is None else _arrays(layer)
    steps = (
        [("Identity", [_WORDS], MENTION)]
        if layer is None
        else [
            ("Gemm", [_WORDS, f"{MENTION}.weight", f"{MENTION}.bias"], f"{MENTION}.sum"),
            ("Div", [f"{MENTION}.sum", f"{MENTION}.root"], f"{MENTION}.part"),
            ("Erf", [f"{MENTION}.part"], f"{MENTION}.erf"),
            ("Add", [f"{MENTION}.erf", f"{MENTION}.one"], f"{MENTION}.share"),
            ("Mul", [f"{MENTION}.sum", f"{MENTION}.share"], f"{MENTION}.whole"),
            ("Mul", [f"{MENTION}.whole", f"{MENTION}.half"], MENTION),
        ]
    )
    nodes += [helper.make_node(kind, given, [made], name=f"{MENTION}.{made}") for kind, given, made in steps]
    kept = [tensor for tensor in graph.initializer if not tensor.name.startswith(MENTION)]
    outputs = [output for output in graph.output if output.name != MENTION]
    outputs.append(helper.make_tensor_value_info(MENTION, TensorProto.FLOAT, ["words", None]))
    for field, values in (
        (graph.node, nodes),
        (graph.initializer, [*kept, *(numpy_helper.from_array(value, name) for name, value in arrays.items())]),
        (graph.output, outputs),
    ):
        del field[:]
        field.extend(values)
    target.write_bytes(model.SerializeToString())


def _words(graph: Any) -> str:
    """The name of the words' vectors: what the layer for triggers takes."""
    return next(str(n.input[0]) for n in graph.node if any(name.endswith("trigger.weight") for name in n.input))


def _arrays(layer: nn.Linear) -> dict[str, Any]:
    numbers = {"root": 2.0**0.5, "one": 1.0, "half": 0.5}
    return {
        f"{MENTION}.weight": np.ascontiguousarray(layer.weight.detach().numpy().T),
        f"{MENTION}.bias": layer.bias.detach().numpy(),
        **{f"{MENTION}.{name}": np.asarray(value, dtype=np.float32) for name, value in numbers.items()},
    }
