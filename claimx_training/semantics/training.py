"""Training of the semantic layers, from the arrays that `prepare` writes; runs on a processor or a GPU."""

import json
import logging
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from claimx.language.semantics import MOVEMENT_ROLES
from claimx_training.semantics.network import SemanticNetwork, save_state
from claimx_training.semantics.passages import windows

log = logging.getLogger("claimx_training")
START_PIECE: Final = 101
END_PIECE: Final = 102
MASK_PIECE: Final = 103


@dataclass(frozen=True, slots=True)
class SemanticOptions:
    """How the semantic layers are trained."""

    epochs: int = 20
    encoder_rate: float = 2e-4
    head_rate: float = 9e-4
    weight_decay: float = 0.01
    warm_up: float = 0.03
    batch_pieces: int = 2048
    window_pieces: int = 126
    predicates_share: float = 0.45
    """The part of the windows with all their predicates (EWT) read in each epoch."""
    examples_share: float = 0.1
    """The part of PropBank's examples read in each epoch."""
    claims_share: float = 0.5
    """The part of the marked windows with a claim read in each epoch."""
    empty_share: float = 0.2
    """The part of the marked windows without any claim read in each epoch."""
    often_empty_share: float = 0.7
    """The same of passages that are read often, of which all windows with a claim are read in each epoch."""
    masked_share: float = 0.07
    """The part of the word pieces hidden in training."""
    seed: int = 5
    minutes: float | None = None
    """Where given, the run is over after this time."""


@dataclass(frozen=True, slots=True)
class Soft:
    """What a teacher thinks of a window: log-odds of each word's being a trigger, and of each claim's six statuses."""

    triggers: NDArray[np.float16]
    statuses: NDArray[np.float16]


@dataclass(slots=True)
class Unit:
    """One window of a passage with its labels, indices within the window."""

    passage: int
    pieces: list[list[int]]
    shapes: list[int]
    predicates: list[tuple[int, int, list[int], list[tuple[int, int]]]]
    all_predicates: bool
    movements: list[tuple[int, int, list[tuple[int, int]], list[int]]]
    has_movements: bool
    sentences: list[int]
    often: bool
    soft: Soft | None = None

    def sentence(self, word: int) -> tuple[int, int]:
        """Where the sentence of a word begins, and how many words it has here."""
        number = self.sentences[word]
        first, last = word, word + 1
        while first > 0 and self.sentences[first - 1] == number:
            first -= 1
        while last < len(self.sentences) and self.sentences[last] == number:
            last += 1
        return first, last - first


class Arrays:
    """The passages of one file of arrays, cut into windows on demand."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as z:
            a = {name: z[name].astype(np.int64) for name in z.files}
        self.flags = a["flags"]
        self.word_starts = np.concatenate([[0], np.cumsum(a["passage_words"])])
        self.piece_starts = np.concatenate([[0], np.cumsum(a["piece_counts"])])
        self.counts, self.pieces, self.shapes = a["piece_counts"], a["pieces"].tolist(), a["shapes"]
        self.sentences = a["sentences"]
        predicates = a["predicates"].reshape(-1, 3)
        self.candidates = _grouped(a["candidates"].reshape(-1, 2), len(predicates))
        self.arguments = _grouped(a["arguments"].reshape(-1, 3), len(predicates))
        self.predicates = _by_passage(predicates, len(self.flags))
        movements = a["movements"].reshape(-1, 3)
        self.roles = _grouped(a["roles"].reshape(-1, 3), len(movements))
        self.sources = _grouped(a["sources"].reshape(-1, 2), len(movements))
        self.movements = _by_passage(movements, len(self.flags))

    def __len__(self) -> int:
        return len(self.flags)

    def units(self, number: int, limit: int) -> list[Unit]:
        """The windows of passage `number`, of at most `limit` pieces each."""
        begin, end = int(self.word_starts[number]), int(self.word_starts[number + 1])
        flags = int(self.flags[number])
        sentences = self.sentences[begin:end].tolist()
        counts = self.counts[begin:end].tolist()
        found = []
        for first, last in windows(sentences, counts, limit):
            inside = range(first, last)
            pieces = [self.pieces[self.piece_starts[begin + i] : self.piece_starts[begin + i + 1]] for i in inside]
            predicates = []
            for row, word, sense in self.predicates[number]:
                if first <= word < last:
                    arguments = [(h - first, n) for h, n in self.arguments[row] if first <= h < last]
                    predicates.append((word - first, sense, [c for (c,) in self.candidates[row]], arguments))
            movements = []
            for row, word, status in self.movements[number]:
                if first <= word < last:
                    roles = [(h - first, r) for h, r in self.roles[row] if first <= h < last]
                    sources = [h - first for (h,) in self.sources[row] if first <= h < last]
                    movements.append((word - first, status, roles, sources))
            found.append(
                Unit(number, pieces, self.shapes[begin + first : begin + last].tolist(), predicates, bool(flags & 2),
                     movements, bool(flags & 4), sentences[first:last], bool(flags & 8))
            )  # fmt: skip
        return found


def _grouped(rows: Any, count: int) -> list[list[tuple[int, ...]]]:
    groups: list[list[tuple[int, ...]]] = [[] for _ in range(count)]
    for row in rows.tolist():
        groups[row[0]].append(tuple(row[1:]))
    return groups


def _by_passage(rows: Any, count: int) -> list[list[tuple[int, int, int]]]:
    groups: list[list[tuple[int, int, int]]] = [[] for _ in range(count)]
    for index, (passage, word, value) in enumerate(rows.tolist()):
        groups[passage].append((index, word, value))
    return groups


@dataclass(slots=True)
class Tensors:
    """A batch of windows: the encoder's input, and where each window's words lie in the flat row of all words."""

    pieces: Tensor
    shapes: Tensor
    mask: Tensor
    firsts: Tensor
    ends: Tensor
    word_shapes: Tensor
    starts: list[int]
    units: list[Unit]


def to_tensors(units: list[Unit], device: torch.device) -> Tensors:
    """The windows as one padded batch on `device`."""
    width = max(sum(map(len, unit.pieces)) for unit in units) + 2
    pieces = np.zeros((len(units), width), dtype=np.int64)
    shapes = np.zeros((len(units), width), dtype=np.int64)
    mask = np.zeros((len(units), width), dtype=np.int64)
    firsts: list[int] = []
    ends: list[int] = []
    word_shapes: list[int] = []
    starts: list[int] = []
    for row, unit in enumerate(units):
        starts.append(len(firsts))
        at = 1
        pieces[row, 0] = START_PIECE
        for word, shape in zip(unit.pieces, unit.shapes, strict=True):
            pieces[row, at : at + len(word)] = word
            shapes[row, at : at + len(word)] = shape
            firsts.append(row * width + at)
            at += len(word)
            ends.append(row * width + at)
            word_shapes.append(shape)
        pieces[row, at] = END_PIECE
        mask[row, : at + 1] = 1

    def to(x: Any) -> Tensor:
        return torch.as_tensor(x, dtype=torch.int64).to(device, non_blocking=True)

    return Tensors(to(pieces), to(shapes), to(mask), to(firsts), to(ends), to(word_shapes), starts, units)


def mask_pieces(batch: Tensors, share: float) -> None:
    """Hide a share of the pieces, so that what stands around them has to be read too."""
    hidden = (torch.rand(batch.pieces.shape, device=batch.pieces.device) < share) & (batch.pieces > END_PIECE)
    batch.pieces.masked_fill_(hidden, MASK_PIECE)


def encode(network: SemanticNetwork, batch: Tensors) -> Tensor:
    """The vectors of all words of the batch, in a row."""
    device = batch.pieces.device
    with torch.autocast(device.type, dtype=torch.bfloat16):
        with torch.no_grad():
            lower = network.encode_lower(batch.pieces, batch.shapes, batch.mask)
        hidden = network.encode_upper(lower, batch.mask)
    return network.words(hidden, batch.firsts, batch.ends, batch.word_shapes)


def _pairs(rows: list[tuple[int, int, int]], device: torch.device) -> tuple[Tensor, Tensor, Tensor, int]:
    """For (word, first, count) rows: the index of each row's word, and of each word of its window, padded."""
    width = max(count for _, _, count in rows)
    words = torch.tensor([word for word, _, _ in rows], device=device)
    begin = torch.tensor([first for _, first, _ in rows], device=device)
    count = torch.tensor([n for _, _, n in rows], device=device)
    steps = torch.arange(width, device=device)
    inside = steps[None, :] < count[:, None]
    others = torch.where(inside, begin[:, None] + steps[None, :], begin[:, None])
    return words, others, inside, width


def predicate_losses(network: SemanticNetwork, batch: Tensors, x: Tensor) -> dict[str, Tensor]:
    """Losses of predicates, senses and arguments, each a mean over what it is of."""
    device = x.device
    losses: dict[str, Tensor] = {}
    known: list[int] = []
    truth: list[float] = []
    rows: list[tuple[int, int, int]] = []
    senses: list[int] = []
    masks: list[list[int]] = []
    arguments: list[tuple[int, int, int]] = []
    for unit, start in zip(batch.units, batch.starts, strict=True):
        if unit.all_predicates:
            here = {p[0] for p in unit.predicates}
            known += range(start, start + len(unit.shapes))
            truth += [float(i in here) for i in range(len(unit.shapes))]
        for word, sense, candidates, found in unit.predicates:
            first, count = unit.sentence(word)
            arguments += [(len(rows), head - first, label + 1) for head, label in found if 0 <= head - first < count]
            rows.append((start + word, start + first, count))
            senses.append(sense)
            masks.append(candidates)
    if known:
        p = network.hidden(network.predicate, x[torch.tensor(known, device=device)])
        losses["predicates"] = (
            functional.binary_cross_entropy_with_logits(
                network.is_predicate(p).squeeze(-1), torch.tensor(truth, device=device)
            )
            * 10
        )
    if rows:
        words, others, inside, width = _pairs(rows, device)
        p = network.hidden(network.predicate, x[words])
        a = network.hidden(network.argument, x)
        scores = network.arguments(p[:, None], a[others], others - words[:, None])
        truth_labels = torch.zeros(len(rows), width, dtype=torch.int64, device=device)
        if arguments:
            r, h, n = torch.tensor(arguments, device=device).T
            truth_labels[r, h] = n
        losses["arguments"] = functional.cross_entropy(scores[inside], truth_labels[inside], reduction="sum") / len(
            rows
        )
        several = [i for i, (m, s) in enumerate(zip(masks, senses, strict=True)) if len(m) > 1 and s >= 0]
        if several:
            all_scores = network.sense_scores(p[torch.tensor(several, device=device)])
            blocked = torch.full_like(all_scores, -1e9)
            r = torch.tensor([k for k, i in enumerate(several) for _ in masks[i]], device=device)
            c = torch.tensor([c for i in several for c in masks[i]], device=device)
            blocked[r, c] = 0
            losses["senses"] = functional.cross_entropy(
                all_scores + blocked, torch.tensor([senses[i] for i in several], device=device)
            )
    return losses


def movement_losses(network: SemanticNetwork, batch: Tensors, x: Tensor) -> dict[str, Tensor]:
    """Losses of movement triggers, their status, their roles and sources."""
    device = x.device
    known: list[int] = []
    truth: list[float] = []
    rows: list[tuple[int, int, int]] = []
    statuses: list[int] = []
    roles: list[tuple[int, int, int]] = []
    sources: list[tuple[int, int]] = []
    for unit, start in zip(batch.units, batch.starts, strict=True):
        if not unit.has_movements:
            continue
        here = {m[0] for m in unit.movements}
        known += range(start, start + len(unit.shapes))
        truth += [float(i in here) for i in range(len(unit.shapes))]
        for word, status, found, told in unit.movements:
            roles += [(len(rows), head, role) for head, role in found]
            sources += [(len(rows), head) for head in told]
            rows.append((start + word, start, len(unit.shapes)))
            statuses.append(status)
    if not known:
        return {}
    t = network.hidden(network.trigger, x[torch.tensor(known, device=device)])
    losses = {
        "triggers": functional.binary_cross_entropy_with_logits(
            network.is_movement(t).squeeze(-1), torch.tensor(truth, device=device), reduction="sum"
        )
        / max(len(rows), 1)
    }
    if rows:
        words, others, inside, width = _pairs(rows, device)
        t = network.hidden(network.trigger, x[words])
        f = network.hidden(network.filler, x)
        scores = network.fillers(t[:, None], f[others], others - words[:, None])
        scores = scores.masked_fill(~inside[..., None], -1e9)
        nothing = network.nothing(t)
        losses["status"] = functional.cross_entropy(network.status(t), torch.tensor(statuses, device=device))
        count = len(MOVEMENT_ROLES)
        choice = torch.cat([nothing[:, None, :count], scores[..., :count]], dim=1)
        chosen = torch.zeros(len(rows), count, dtype=torch.int64, device=device)
        if roles:
            r, h, n = torch.tensor(roles, device=device).T
            chosen[r, n] = h + 1
        losses["roles"] = functional.cross_entropy(choice.transpose(1, 2).flatten(0, 1), chosen.flatten()) * count
        told_truth = torch.zeros(len(rows), width, device=device)
        if sources:
            r, h = torch.tensor(sources, device=device).T
            told_truth[r, h] = 1
        losses["sources"] = functional.binary_cross_entropy_with_logits(
            scores[..., count][inside], told_truth[inside], reduction="sum"
        ) / len(rows)
    return losses


def soft_losses(network: SemanticNetwork, batch: Tensors, x: Tensor) -> dict[str, Tensor]:
    """Losses of triggers and statuses against what a teacher thinks of them, for the windows where one has spoken."""
    taught = [(unit, unit.soft, start) for unit, start in zip(batch.units, batch.starts, strict=True) if unit.soft]
    if not taught:
        return {}
    words = [start + i for unit, _, start in taught for i in range(len(unit.shapes))]
    t = network.hidden(network.trigger, x[torch.tensor(words, device=x.device)])
    truth = torch.from_numpy(np.concatenate([soft.triggers for _, soft, _ in taught]).astype(np.float32))
    count = max(sum(len(unit.movements) for unit in batch.units), 1)
    losses = {
        "triggers": functional.binary_cross_entropy_with_logits(
            network.is_movement(t).squeeze(-1), torch.sigmoid(truth.to(x.device)), reduction="sum"
        )
        / count
    }
    rows = [start + movement[0] for unit, _, start in taught for movement in unit.movements]
    if rows:
        t = network.hidden(network.trigger, x[torch.tensor(rows, device=x.device)])
        truth = torch.from_numpy(np.concatenate([soft.statuses for _, soft, _ in taught]).astype(np.float32))
        losses["status"] = functional.kl_div(
            torch.log_softmax(network.status(t), -1), torch.log_softmax(truth.to(x.device), -1),
            log_target=True, reduction="batchmean",
        )  # fmt: skip
    return losses


def _with_soft(hard: dict[str, Tensor], soft: dict[str, Tensor]) -> dict[str, Tensor]:
    """The losses, of what a teacher speaks to half by the marks and half by the teacher."""
    return {name: (loss + soft[name]) / 2 if name in soft else loss for name, loss in hard.items()}


def batches(units: Sequence[Unit], pieces: int, chance: random.Random) -> list[list[Unit]]:
    """The windows in batches of about `pieces` padded pieces, similar lengths together, batches shuffled."""
    sized = sorted(((sum(map(len, u.pieces)) + 2 + 8 * chance.random(), i) for i, u in enumerate(units)))
    groups: list[list[Unit]] = []
    group: list[Unit] = []
    for size, i in sized:
        if group and size * (len(group) + 1) > pieces:
            groups.append(group)
            group = []
        group.append(units[i])
    if group:
        groups.append(group)
    chance.shuffle(groups)
    return groups


@dataclass(slots=True)
class Material:
    """The windows to train on and to measure on, cut once, so that what the shared layers say of them can be kept."""

    training: dict[str, list[Unit]]
    held_out: dict[str, list[Unit]]


def read_units(files: Iterable[Path], limit: int) -> Material:
    """The windows of all passages: those to train on by task, those held out by task and set."""
    material = Material({}, {})
    for path in files:
        _add_units(material, Arrays(path), limit)
    return material


def _add_units(material: Material, arrays: Arrays, limit: int) -> None:
    for number, flags in enumerate(arrays.flags.tolist()):
        kinds = [n for n, bit in (("predicates", 1), ("movements", 4)) if flags & bit]
        for kind in kinds:
            units = arrays.units(number, limit)
            if flags & 16:
                material.held_out.setdefault(f"{kind} {flags >> 5}", []).extend(units)
            else:
                material.training.setdefault(kind, []).extend(units)


def _share(unit: Unit, options: SemanticOptions) -> float:
    """The chance of a marked window to be read in an epoch."""
    if unit.often:
        return 1.0 if unit.movements else options.often_empty_share
    return options.claims_share if unit.movements else options.empty_share


def epoch_steps(material: Material, options: SemanticOptions, chance: random.Random) -> list[tuple[str, list[Unit]]]:
    """One epoch's batches with the task of each."""
    steps: list[tuple[str, list[Unit]]] = []
    parts = {
        "predicates": [
            (unit, options.predicates_share if unit.all_predicates else options.examples_share)
            for unit in material.training["predicates"]
            if unit.predicates
        ],
        "movements": [(unit, _share(unit, options)) for unit in material.training["movements"]],
    }
    for task, units in parts.items():
        read = [unit for unit, share in units if chance.random() < share]
        steps += [(task, group) for group in batches(read, options.batch_pieces, chance)]
    chance.shuffle(steps)
    return steps


WEIGHTS: Final = {"predicates": 0.5, "senses": 0.5, "arguments": 1.0, "triggers": 2.0, "status": 1.0, "roles": 2.0,
                  "sources": 1.0}  # fmt: skip
LOSSES: Final = {"predicates": predicate_losses, "movements": movement_losses}


class Average:
    """A running mean of a network's weights, which is steadier than its last ones (Polyak averaging, exponential)."""

    def __init__(self, network: SemanticNetwork) -> None:
        self._mean = {name: value.detach().clone() for name, value in self._own(network)}
        self._count = 0

    def add(self, network: SemanticNetwork) -> None:
        """Count the weights as they are now: early ones are forgotten at once, later ones after some 500 calls."""
        self._count += 1
        share = max(9 / (10 + self._count), 0.002)
        with torch.no_grad():
            for name, value in self._own(network):
                self._mean[name].lerp_(value, share)

    def put(self, network: SemanticNetwork) -> None:
        """Give the network the mean weights."""
        network.load_state_dict(self._mean, strict=False)

    def _own(self, network: SemanticNetwork) -> Iterator[tuple[str, Tensor]]:
        for name, value in network.state_dict().items():
            if not name.startswith("lower.") and value.dtype.is_floating_point:
                yield name, value


def train(
    network: SemanticNetwork,
    material: Material,
    options: SemanticOptions,
    device: torch.device,
    *,
    every: int = 0,
    keep: Path | None = None,
) -> None:
    """Train `network` in place, and leave it the mean of its weights.

    `every` epochs, and at the end, figures on the passages held out are logged.
    """
    torch.manual_seed(options.seed)
    chance = random.Random(options.seed)  # noqa: S311 - shuffling, no secrets
    network.freeze_lower()
    upper = list(network.upper.parameters())
    known = {id(p) for p in upper}
    rest = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    optimizer = torch.optim.AdamW(
        [
            {"params": upper, "lr": 0.0, "peak": options.encoder_rate},
            {"params": rest, "lr": 0.0, "peak": options.head_rate},
        ],
        weight_decay=options.weight_decay,
        betas=(0.9, 0.98),
    )
    total = len(epoch_steps(material, options, random.Random(1))) * options.epochs  # noqa: S311
    step, begun, over = 0, time.monotonic(), False
    average = Average(network)
    for epoch in range(options.epochs):
        if over:
            break
        sums: dict[str, float] = dict.fromkeys(WEIGHTS, 0.0)
        counts: Counter[str] = Counter()
        network.train()
        network.lower.eval()
        for task, group in epoch_steps(material, options, chance):
            progress = step / total
            if options.minutes:
                progress = max(progress, (time.monotonic() - begun) / 60 / options.minutes)
            if progress >= 1:
                over = True
                break
            rate = min(progress / options.warm_up, (1 - progress) / (1 - options.warm_up))
            for part in optimizer.param_groups:
                part["lr"] = part["peak"] * rate
            batch = to_tensors(group, device)
            mask_pieces(batch, options.masked_share)
            x = encode(network, batch)
            losses = _with_soft(LOSSES[task](network, batch, x), soft_losses(network, batch, x))
            loss = torch.stack([WEIGHTS[name] * value for name, value in losses.items()]).sum()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(upper + rest, 5.0)
            optimizer.step()
            step += 1
            if step % 2 == 0:
                average.add(network)
            if step % 10 == 0:
                for name, value in losses.items():
                    sums[name] += float(value.detach())
                    counts[name] += 1
        parts = " ".join(f"{name} {sums[name] / counts[name]:.3f}" for name in WEIGHTS if counts[name])
        log.info("epoch %d, step %d/%d, %.0f s: %s", epoch + 1, step, total, time.monotonic() - begun, parts)
        if keep is not None:
            save_state(network, keep)
        if every and (epoch + 1) % every == 0:
            log.info("  %s", json.dumps(figures(network, material, options, device)))
    average.put(network)
    log.info("  %s", json.dumps(figures(network, material, options, device)))


@torch.no_grad()  # type: ignore[untyped-decorator]
def figures(
    network: SemanticNetwork, material: Material, options: SemanticOptions, device: torch.device
) -> dict[str, Any]:
    """Figures on the passages held out, by set."""
    network.eval()
    found: dict[str, Any] = {}
    for name, units in material.held_out.items():
        counts: Counter[str] = Counter()
        for part in batches(units, options.batch_pieces, random.Random(0)):  # noqa: S311
            batch = to_tensors(part, device)
            _count(network, batch, encode(network, batch), counts)
        found[name] = _rates(counts)
    return found


def _count(network: SemanticNetwork, batch: Tensors, x: Tensor, counts: "Counter[str]") -> None:
    device = x.device
    rows = [
        (s + p[0], s + u.sentence(p[0])[0], u.sentence(p[0])[1], u, p)
        for u, s in zip(batch.units, batch.starts, strict=True)
        for p in u.predicates
    ]
    if rows:
        words, others, inside, _ = _pairs([r[:3] for r in rows], device)
        p = network.hidden(network.predicate, x[words])
        a = network.hidden(network.argument, x)
        best = (
            network.arguments(p[:, None], a[others], others - words[:, None])
            .argmax(-1)
            .masked_fill(~inside, 0)
            .tolist()
        )
        senses = network.sense_scores(p).tolist() if len(rows) < 3000 else None
        for k, (_, _, size, unit, (word, sense, candidates, arguments)) in enumerate(rows):
            first = unit.sentence(word)[0]
            got = {(h + first, n - 1) for h, n in enumerate(best[k][:size]) if n}
            want = set(arguments)
            counts["arg right"] += len(got & want)
            counts["arg got"] += len(got)
            counts["arg want"] += len(want)
            if senses is not None and len(candidates) > 1 and sense >= 0:
                counts["senses"] += 1
                counts["senses right"] += max(candidates, key=lambda c: senses[k][c]) == sense
    marked = [(u, s) for u, s in zip(batch.units, batch.starts, strict=True) if u.has_movements]
    if not marked:
        return
    t = network.hidden(network.trigger, x)
    chance = torch.sigmoid(network.is_movement(t).squeeze(-1)).tolist()
    f = network.hidden(network.filler, x)
    for unit, start in marked:
        marked_at = {m[0]: m for m in unit.movements}
        taken = [i for i in range(len(unit.shapes)) if chance[start + i] > 0.5]
        counts["trigger right"] += len(marked_at.keys() & set(taken))
        counts["trigger got"] += len(taken)
        counts["trigger want"] += len(marked_at)
        for i in set(taken) | marked_at.keys():
            here = torch.arange(start, start + len(unit.shapes), device=device)
            scores = network.fillers(t[start + i][None], f[here], here - (start + i))
            nothing = network.nothing(t[start + i])
            choice = torch.cat([nothing[None, :7], scores[:, :7]], dim=0).argmax(0).tolist()
            roles = {(h - 1, r) for r, h in enumerate(choice) if h}
            told = set(torch.nonzero(scores[:, 7] > 0).squeeze(-1).tolist())
            if i in marked_at:
                _, status, right_roles, right_sources = marked_at[i]
                counts["oracle role right"] += len(roles & set(right_roles))
                counts["oracle role got"] += len(roles)
                counts["oracle role want"] += len(right_roles)
                counts["oracle source right"] += len(told & set(right_sources))
                counts["oracle source got"] += len(told)
                counts["oracle source want"] += len(right_sources)
                counts["statuses"] += 1
                counts["statuses right"] += int(network.status(t[start + i]).argmax()) == status
                if chance[start + i] > 0.5:
                    counts["role right"] += len(roles & set(right_roles))
                counts["role want"] += len(right_roles)
            if chance[start + i] > 0.5:
                counts["role got"] += len(roles)


def _rates(counts: "Counter[str]") -> dict[str, float]:
    found = {}
    for name in ("arg", "trigger", "role", "oracle role", "oracle source"):
        if counts[f"{name} want"]:
            p = counts[f"{name} right"] / max(counts[f"{name} got"], 1)
            r = counts[f"{name} right"] / counts[f"{name} want"]
            found[name] = round(2 * p * r / max(p + r, 1e-9), 4)
            found[f"{name} p"] = round(p, 3)
    for name in ("senses", "statuses"):
        if counts[name]:
            found[name] = round(counts[f"{name} right"] / counts[name], 4)
    return found
