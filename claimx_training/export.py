"""From a training checkpoint to a spaCy pipeline on disk: ONNX, int8 or float32."""

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

import claimx.language.encoder  # noqa: F401 - registers the component also where claimx is not installed
from claimx.errors import ModelError
from claimx.language.graph import ARRAYS_FILE, GRAPH_FILE, OUTPUTS, SEMANTIC_OUTPUTS
from claimx.language.scheme import LabelScheme, read_scheme
from claimx.language.semantics import FRAMES_FILE, SEMANTIC_ARRAYS_FILE
from claimx_training.network import ClaimxNetwork, EncoderSize
from claimx_training.semantics.network import PairScorer, SemanticNetwork
from claimx_training.train import encoder_folder, head_sizes

PIPELINE_NAME: Final = "claimx"
COMPONENT: Final = "claimx_encoder"
_INPUTS: Final = ("pieces", "shapes", "mask", "firsts", "ends", "word_shapes")
_OPSET: Final = 17


class Int8Embedding(nn.Module):
    """An embedding kept in int8 with a scale for each row: a quarter of the size at no measurable loss."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127.0
        self.register_buffer("rows", torch.round(weight / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, index: Tensor) -> Tensor:
        """The rows of `index`, as floats."""
        rows, scale = self.rows, self.scale
        assert isinstance(rows, Tensor)  # noqa: S101 - buffers are typed as modules too; this is for the type checker
        assert isinstance(scale, Tensor)  # noqa: S101
        return rows[index].float() * scale[index]


class RunningNetwork(nn.Module):
    """The network as `claimx.language.graph` runs it: classes decided, probabilities taken, words in one row."""

    def __init__(self, network: ClaimxNetwork, semantic: SemanticNetwork | None = None) -> None:
        super().__init__()
        self.network = network
        self.semantic = semantic

    def forward(
        self, pieces: Tensor, shapes: Tensor, mask: Tensor, firsts: Tensor, ends: Tensor, word_shapes: Tensor
    ) -> tuple[Tensor, ...]:
        """The outputs named in `claimx.language.graph`: `OUTPUTS`, then `SEMANTIC_OUTPUTS`, mentions where learned."""
        layers = self.network.encoder.run(pieces, shapes, mask)
        parsed = self.network.pool(layers[-1], firsts, ends, word_shapes)
        out = self.network.heads(parsed)
        # every nominal has a class, so "none" (the first) is no choice; what is no nominal is told by its UPOS
        nouns = out.nouns[:, 1:].argmax(-1) + 1
        tags = [out.upos.argmax(-1), out.xpos.argmax(-1), out.feats.argmax(-1), out.lemmas.argmax(-1), nouns]
        said = (
            torch.stack(tags, dim=-1),
            torch.sigmoid(out.starts),
            torch.log_softmax(out.bio, dim=-1),
            out.arc_dependent,
            out.arc_head,
            out.label_dependent,
            out.label_head,
        )
        if self.semantic is None:
            return said
        own = self.semantic
        words = own.words(own.encode_upper(layers[own.shared], mask), firsts, ends, word_shapes)
        predicate, trigger = own.hidden(own.predicate, words), own.hidden(own.trigger, words)
        chances = torch.sigmoid(torch.cat([own.is_predicate(predicate), own.is_movement(trigger)], dim=-1))
        argument, filler = own.hidden(own.argument, words), own.hidden(own.filler, words)
        meant = () if own.mention is None else (own.mention(torch.cat([words, parsed], dim=-1)),)
        return (*said, predicate, argument, trigger, filler, chances, own.status(trigger), *meant)


def load_network(checkpoint: Path) -> tuple[ClaimxNetwork, LabelScheme]:
    """The network of a training folder, ready to run, and its labels."""
    scheme = read_scheme(checkpoint / "scheme.json")
    network = ClaimxNetwork(EncoderSize(), head_sizes(scheme))
    try:
        state = torch.load(checkpoint / "checkpoint.pt", map_location="cpu", weights_only=True)
    except OSError as error:
        raise ModelError(f"{checkpoint} holds no checkpoint; run: python -m claimx_training train") from error
    network.load_state_dict(state)
    network.eval()
    return network, scheme


def export_graph(
    network: ClaimxNetwork, folder: Path, *, quantize: bool, semantic: SemanticNetwork | None = None
) -> None:
    """Write the networks' graph and arrays into `folder`, with int8 weights if `quantize`."""
    arrays = {
        "root_arc": network.root_arc,
        "root_label": network.root_label,
        "label_weight": network.labels.weight,
        "label_bias": network.labels.bias,
    }
    np.savez(folder / ARRAYS_FILE, **{name: value.detach().numpy() for name, value in arrays.items()})
    if quantize:
        network = deepcopy(network)
        network.encoder.pieces = Int8Embedding(network.encoder.pieces.weight.detach())
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        outputs = OUTPUTS if semantic is None else (*OUTPUTS, *SEMANTIC_OUTPUTS)
        if semantic is not None and semantic.mention is None:
            outputs = outputs[:-1]
        export_float(RunningNetwork(network, semantic).eval(), plain, outputs)
        if quantize:
            _quantize(plain, folder / GRAPH_FILE)
        else:
            shutil.copyfile(plain, folder / GRAPH_FILE)


def export_float(network: nn.Module, path: Path, outputs: Sequence[str]) -> None:
    """Write a network that reads what `Batch` holds as an ONNX graph in float32; `outputs` have a row for each word."""
    pieces = torch.randint(0, 4, (2, 9))
    mask = torch.ones_like(pieces)
    shapes = torch.zeros_like(pieces)
    firsts = torch.tensor([1, 3, 10, 11, 12])
    example = (pieces, shapes, mask, firsts, firsts + 1, torch.ones_like(firsts))
    axes: dict[str, dict[int, str]] = {name: {0: "windows", 1: "length"} for name in _INPUTS[:3]}
    axes |= {name: {0: "words"} for name in (*_INPUTS[3:], *outputs)}
    torch.onnx.export(
        network,
        example,
        str(path),
        input_names=list(_INPUTS),
        output_names=list(outputs),
        dynamic_axes=axes,
        opset_version=_OPSET,
        dynamo=False,
    )


def _quantize(source: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        # seven bits: processors without VNNI add products of eight in sixteen and overflow
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )


def export_pipeline(
    checkpoint: Path, output: Path, *, quantize: bool = True, meta: dict[str, Any] | None = None
) -> Path:
    """Make the spaCy pipeline folder `output` from a training folder; its path comes back.

    `meta` is merged into the pipeline's ``meta.json``. The folder is replaced as a whole once it is complete.
    """
    from claimx_training.tokens import news_tokenizer

    network, scheme = load_network(checkpoint)
    nlp = news_tokenizer()
    component = nlp.add_pipe(COMPONENT)
    record = json.loads((checkpoint / "training.json").read_text(encoding="utf-8"))
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent) as scratch:
        parts = Path(scratch) / "parts"
        parts.mkdir()
        (parts / "scheme.json").write_text(scheme.model_dump_json(indent=1) + "\n", encoding="utf-8")
        shutil.copyfile(encoder_folder() / "tokenizer.json", parts / "pieces.json")
        export_graph(network, parts, quantize=quantize)
        component.from_disk(parts)  # type: ignore[attr-defined]
        nlp.meta.update({"name": PIPELINE_NAME, "training": record, **(meta or {})})
        whole = Path(scratch) / "whole"
        nlp.to_disk(whole)
        if output.exists():
            output.rename(Path(scratch) / "old")
        whole.rename(output)
    return output


def export_semantics(semantic: SemanticNetwork, folder: Path, frames: Mapping[str, Any]) -> None:
    """Write what `claimx.language.semantics` reads beside the graph: pair scorers, senses (int8) and frames."""
    scales = semantic.senses.weight.abs().amax(dim=1).clamp(min=1e-8) / 127.0
    arrays: dict[str, Tensor] = {
        "sense": semantic.sense.weight.T,
        "sense_bias": semantic.sense.bias,
        "senses": torch.round(semantic.senses.weight / scales[:, None]).to(torch.int8),
        "sense_scales": scales,
        "sense_offsets": semantic.sense_bias.weight[:, 0],
    }
    stored = filler_arrays(semantic) | _as_stored(_scorer("arguments", semantic.arguments) | arrays)
    np.savez_compressed(folder / SEMANTIC_ARRAYS_FILE, **stored)
    (folder / FRAMES_FILE).write_text(json.dumps(frames, separators=(",", ":")) + "\n", encoding="utf-8")


def filler_arrays(semantic: SemanticNetwork) -> dict[str, Any]:
    """What `claimx.language.semantics.read_filler_head` reads."""
    nothing = {"nothing": semantic.nothing.weight.T, "nothing_bias": semantic.nothing.bias}
    return _as_stored(_scorer("fillers", semantic.fillers) | nothing)


def _scorer(name: str, scorer: PairScorer) -> dict[str, Tensor]:
    return {
        f"{name}_product": scorer.product.weight.T,
        f"{name}_sum": scorer.sum.weight.T,
        f"{name}_bias": scorer.product.bias + scorer.sum.bias,
        f"{name}_distance": scorer.distance.weight,
    }


def _as_stored(arrays: Mapping[str, Tensor]) -> dict[str, Any]:
    return {name: np.ascontiguousarray(value.detach().numpy()) for name, value in arrays.items()}
