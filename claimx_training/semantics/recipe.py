"""From the corpora to semantic layers: read, train on top of a trained parser, put them into its pipeline."""

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import torch
from spacy.language import Language
from tokenizers import Tokenizer

from claimx.language.antecedents import COREFERENCE_FILE
from claimx.language.encoder import PIECES_FILE
from claimx.language.pieces import PieceTable
from claimx.language.semantics import FRAMES_FILE
from claimx.language.words import word_shape
from claimx_training.corpora import CorpusPaths
from claimx_training.network import ClaimxNetwork
from claimx_training.semantics.corpora import Frames, read_ewt_propbank, read_propbank_examples
from claimx_training.semantics.four_bits import leave_rounded, rounded, train_rounded
from claimx_training.semantics.marks import HELD_OUT, MarkedTexts, is_held_out, marked_passages, marks_file
from claimx_training.semantics.network import (
    SemanticNetwork,
    read_semantic_network,
    save_semantic_network,
    save_state,
)
from claimx_training.semantics.passages import Passage, Vocabulary, save_arrays
from claimx_training.semantics.teacher import (
    CASCADE_LAYERS,
    SOFT_FILE,
    TeacherNetwork,
    read_soft,
    read_teacher,
    save_soft,
    soften,
)
from claimx_training.semantics.training import Material, SemanticOptions, read_units, train

_LABELS_KEPT: Final = 20
"""An argument label seen less often than this in training is left out."""
DEVELOPMENT: Final = 1
TEACHER_FILE: Final = "teacher.pt"
CASCADE_STATE_FILE: Final = "cascade.pt"


def read_passages(paths: CorpusPaths, nlp: Language) -> tuple[list[Passage], list[Passage], dict[str, Any]]:
    """Passages with predicates, passages with movements, and the frames: senses, labels, senses by lemma.

    Passages of EWT dev and one in ten marked texts are numbered as held out.
    """
    roles = paths.root / "semantic_roles"
    frames = Frames(roles / "propbank_senses.jsonl")
    training = list(read_ewt_propbank(roles / "ewt_propbank-train.jsonl", paths.treebank("ewt", "train"), frames))
    training += read_propbank_examples(roles / "propbank_examples.jsonl", nlp, frames)
    development = list(read_ewt_propbank(roles / "ewt_propbank-dev.jsonl", paths.treebank("ewt", "dev"), frames))
    for passage in development:
        passage.held_out = DEVELOPMENT
    marked = list(marked_passages(marks_file(), MarkedTexts(paths), nlp))
    for passage in marked:
        passage.held_out = HELD_OUT if is_held_out(passage.name) else 0
        passage.often = passage.name.startswith(("rams:", "written:"))
    counts = Counter(label for p in training for predicate in p.predicates or () for _, label in predicate.arguments)
    labels = [label for label, count in counts.most_common() if count >= _LABELS_KEPT]
    return [*training, *development], marked, frames.record(labels)


def read_material(paths: CorpusPaths, nlp: Language, component: Path, limit: int) -> tuple[Material, dict[str, Any]]:
    """The windows to train on, of at most `limit` pieces, and the frames.

    `nlp` cuts texts into words and finds the heads of marked phrases, `component` is the folder of its encoder.
    """
    table = PieceTable(_tokenizer(component))
    predicates, movements, frames = read_passages(paths, nlp)
    vocabulary = Vocabulary(frames["senses"], frames["labels"])
    with tempfile.TemporaryDirectory() as scratch:
        files = []
        for name, passages in (("predicates", predicates), ("movements", movements)):
            files.append(Path(scratch) / f"{name}.npz")
            pieces, shapes = _as_numbers(passages, table)
            save_arrays(files[-1], passages, pieces, vocabulary, shapes)
        return read_units(files, limit), frames


def _tokenizer(component: Path) -> Tokenizer:
    return Tokenizer.from_file(str(component / PIECES_FILE))


def train_semantics(
    network: ClaimxNetwork,
    material: Material,
    frames: dict[str, Any],
    options: SemanticOptions,
    output: Path,
    *,
    start: Path | None = None,
) -> SemanticNetwork:
    """The semantic layers trained on top of `network`, also left in the folder `output`.

    Training goes on from the layers in the folder `start`, where one is given, and minds what a teacher left in
    `output`, where one did.
    """
    if (output / SOFT_FILE).is_file():
        read_soft(material, output / SOFT_FILE)
    if start is None:
        semantic = SemanticNetwork(
            network.encoder, network.word_shapes, senses=len(frames["senses"]), labels=len(frames["labels"]) + 1
        )
    else:
        semantic, _ = read_semantic_network(start, network)
    output.mkdir(parents=True, exist_ok=True)
    train(semantic, material, options, torch.device("cpu"), keep=output / "semantic-last.pt")
    save_semantic_network(semantic, frames, output)
    semantic.eval()
    return semantic


def teach_semantics(
    network: ClaimxNetwork,
    material: Material,
    frames: dict[str, Any],
    options: SemanticOptions,
    output: Path,
    *,
    encoder: Path,
    component: Path,
) -> None:
    """Train a teacher on the MPNet checkpoint in `encoder`; leaves it and what it thinks of the marks in `output`."""
    teacher = _untrained_teacher(network, frames, encoder, component)
    output.mkdir(parents=True, exist_ok=True)
    train(teacher, material, options, torch.device("cpu"))
    save_state(teacher, output / TEACHER_FILE)
    soften(teacher, material.training["movements"], options)
    save_soft(material, output / SOFT_FILE)


def train_cascade(
    network: ClaimxNetwork,
    material: Material,
    frames: dict[str, Any],
    options: SemanticOptions,
    output: Path,
    *,
    encoder: Path,
    component: Path,
    start: Path | None = None,
) -> None:
    """Train the lowest layers of the teacher in `output`, on the marks alone and in four bits; leaves them there.

    Training goes on from such layers in the folder `start`, where one is given, and minds what the teacher left in
    `output`, where it did.
    """
    if (output / SOFT_FILE).is_file():
        read_soft(material, output / SOFT_FILE)
    reader = _untrained_teacher(network, frames, encoder, component)
    if start is None:
        reader.load_state_dict(torch.load(output / TEACHER_FILE, weights_only=True), strict=False)
    reader.cut(CASCADE_LAYERS)
    if start is not None:
        reader.load_state_dict(torch.load(start / CASCADE_STATE_FILE, weights_only=True), strict=False)
    encoder_layers = reader.upper[0].layers
    pieces = reader.upper[0].pieces.weight
    pieces.data = rounded(pieces.data)
    pieces.requires_grad_(requires_grad=False)
    train_rounded(encoder_layers)
    movements = Material({"predicates": [], "movements": material.training["movements"]}, material.held_out)
    train(reader, movements, options, torch.device("cpu"), keep=output / f"last-{CASCADE_STATE_FILE}")
    leave_rounded(encoder_layers)
    save_state(reader, output / CASCADE_STATE_FILE)


def _untrained_teacher(
    network: ClaimxNetwork, frames: dict[str, Any], encoder: Path, component: Path
) -> TeacherNetwork:
    words = sorted((vocabulary := _tokenizer(component).get_vocab()), key=vocabulary.__getitem__)
    return read_teacher(encoder, words, network, senses=len(frames["senses"]), labels=len(frames["labels"]) + 1)


def publish_cascade(folder: Path, pipeline: Path, *, encoder: Path) -> None:
    """Put the second encoder of the training folder `folder` into the pipeline at `pipeline`."""
    from claimx_training.semantics.cascade import export_cascade
    from claimx_training.semantics.checkpoint import read_network

    component = pipeline / "claimx_encoder"
    frames = json.loads((component / FRAMES_FILE).read_text(encoding="utf-8"))
    reader = _untrained_teacher(read_network(component), frames, encoder, component)
    reader.cut(CASCADE_LAYERS)
    reader.load_state_dict(torch.load(folder / CASCADE_STATE_FILE, weights_only=True), strict=False)
    export_cascade(reader.eval(), component)


def _as_numbers(passages: Sequence[Passage], table: PieceTable) -> tuple[list[list[list[int]]], list[list[int]]]:
    return (
        [table.look_up(passage.words) for passage in passages],
        [[word_shape(word) for word in passage.words] for passage in passages],
    )


def publish_semantics(folder: Path, pipeline: Path) -> None:
    """Put the semantic layers of the training folder `folder` into the pipeline at `pipeline`, beside its parser.

    So is the coreference head trained on them, where the folder holds one; one that the pipeline had goes.
    The parser's weights are read from the pipeline and written again as they are.
    """
    from claimx_training.coreference.recipe import add_head
    from claimx_training.export import export_graph, export_semantics
    from claimx_training.semantics.checkpoint import read_network

    component = pipeline / "claimx_encoder"
    network = read_network(component)
    semantic, frames = read_semantic_network(folder, network)
    with tempfile.TemporaryDirectory(dir=pipeline) as scratch:
        add_head(folder, semantic, Path(scratch))
        export_graph(network, Path(scratch), quantize=True, semantic=semantic)
        export_semantics(semantic, Path(scratch), frames)
        (component / COREFERENCE_FILE).unlink(missing_ok=True)
        for made in Path(scratch).iterdir():
            shutil.move(made, component / made.name)
