"""From the corpora to semantic layers: read, train on top of a trained parser, put them into its pipeline."""

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TypedDict

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
    SOFT_FILE,
    TeacherNetwork,
    read_lowest,
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
    _mind_teacher(material, output)
    if start is None:
        semantic = SemanticNetwork(network.encoder, network.word_shapes, **_counts(frames))
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
    words = sorted((vocabulary := _tokenizer(component).get_vocab()), key=vocabulary.__getitem__)
    teacher = read_teacher(encoder, words, network, **_counts(frames))
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
    start: Path,
) -> None:
    """Train the lowest layers of a teacher, on the marks alone and in four bits; leaves them in `output`.

    They are those of the teacher in the folder `start`, or such as an earlier training left there. Training minds what
    a teacher left in `output`, where one did.
    """
    _mind_teacher(material, output)
    reader = _read_cascade(start, network, frames)
    layers, pieces = reader.upper[0].layers, reader.upper[0].pieces.weight
    pieces.data = rounded(pieces.data)
    pieces.requires_grad_(requires_grad=False)
    train_rounded(layers)
    movements = Material({"predicates": [], "movements": material.training["movements"]}, material.held_out)
    output.mkdir(parents=True, exist_ok=True)
    train(reader, movements, options, torch.device("cpu"), keep=output / f"last-{CASCADE_STATE_FILE}")
    leave_rounded(layers)
    save_state(reader, output / CASCADE_STATE_FILE)


def publish_cascade(folder: Path, pipeline: Path) -> None:
    """Put the second encoder of the training folder `folder` into the pipeline at `pipeline`."""
    from claimx_training.semantics.cascade import export_cascade
    from claimx_training.semantics.checkpoint import read_network

    component = pipeline / "claimx_encoder"
    frames = json.loads((component / FRAMES_FILE).read_text(encoding="utf-8"))
    export_cascade(_read_cascade(folder, read_network(component), frames), component)


def _read_cascade(folder: Path, network: ClaimxNetwork, frames: dict[str, Any]) -> TeacherNetwork:
    trained = folder / CASCADE_STATE_FILE
    return read_lowest(trained if trained.is_file() else folder / TEACHER_FILE, network, **_counts(frames))


class _Counts(TypedDict):
    senses: int
    labels: int


def _counts(frames: dict[str, Any]) -> _Counts:
    return {"senses": len(frames["senses"]), "labels": len(frames["labels"]) + 1}  # no argument is a label too


def _mind_teacher(material: Material, folder: Path) -> None:
    """Give the marked windows what a teacher left in `folder`, where one did."""
    if (folder / SOFT_FILE).is_file():
        read_soft(material, folder / SOFT_FILE)


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
