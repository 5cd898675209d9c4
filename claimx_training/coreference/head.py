"""The torch side of coreference: a vector for each word, and scores of what each mention takes up.

Mention ranking over heads of phrases, after Dobrovolskii, "Word-Level Coreference Resolution" (EMNLP 2021), on vectors
that stay as they are: of each candidate a score from the two vectors, their product and the codes of the pair; of
"nothing" a score from the mention's own.
"""

import logging
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from claimx.claims.coreference.pairs import ALONE, SIZES
from claimx_training.coreference.examples import Example
from claimx_training.coreference.joining import HIDDEN, MENTION_WIDTH

log = logging.getLogger("claimx_training")
_ANAPHORS_A_STEP: Final = 60


class MentionVectors(nn.Module):
    """What the graph gives of each word: a vector made of those of the semantic layers and of the parser."""

    def __init__(self, width: int, mention: int) -> None:
        super().__init__()
        self.layer = nn.Linear(width, mention)

    def forward(self, words: Tensor) -> Tensor:
        return functional.gelu(self.layer(words))


class CoreferenceHead(nn.Module):
    """Scores of candidates and of nothing."""

    def __init__(
        self, width: int, *, mention: int | None = MENTION_WIDTH, hidden: int = HIDDEN, dropout: float = 0.3
    ) -> None:
        """Without `mention`, the vectors of words are taken as they are, made for an earlier head."""
        super().__init__()
        self.mention: nn.Module = nn.Identity() if mention is None else MentionVectors(width, mention)
        mention = width if mention is None else mention
        self.drop = nn.Dropout(dropout)
        self.product = nn.Linear(mention, hidden)
        self.anaphor = nn.Linear(mention, hidden, bias=False)
        self.candidate = nn.Linear(mention, hidden, bias=False)
        self.codes = nn.EmbeddingBag(sum(SIZES.values()), hidden, mode="sum")
        self.score = nn.Linear(hidden, 1, bias=False)
        self.single = nn.Linear(mention, hidden)
        self.alone = nn.EmbeddingBag(sum(ALONE.values()), hidden, mode="sum")
        self.nothing = nn.Linear(hidden, 1)
        for table in (self.codes, self.alone):
            nn.init.normal_(table.weight, std=0.05)

    def forward(self, batch: "Batch") -> Tensor:
        """Scores [anaphors, 1 + most candidates], nothing first, -1e9 where there is no candidate."""
        vectors = self.drop(self.mention(self.drop(batch.vectors)))
        one, other = vectors[batch.left], vectors[batch.right]
        hidden = self.product(one * other) + self.anaphor(vectors)[batch.left] + self.candidate(vectors)[batch.right]
        scores = self.score(functional.relu(hidden + self.codes(batch.codes))).squeeze(-1)
        own = functional.relu(self.single(vectors[batch.anaphors]) + self.alone(batch.alone))
        grid = torch.full((len(batch.anaphors), batch.width + 1), -1e9)
        grid = grid.index_put((batch.row, batch.column), scores)
        return torch.cat([self.nothing(own), grid[:, 1:]], dim=1)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some documents' pairs as tensors; `row` and `column` are where each pair's score goes."""

    vectors: Tensor
    anaphors: Tensor
    alone: Tensor
    left: Tensor
    right: Tensor
    codes: Tensor
    row: Tensor
    column: Tensor
    width: int
    truth: Tensor
    """[anaphors, 1 + width]: what is right, nothing where no candidate is."""
    learnable: Tensor


def to_batch(example: Example, *, second: bool = False) -> Batch:
    """The pairs of a document as tensors, with the first encoder's vectors or the second's."""
    pairs = example.pairs
    vectors = example.vectors.second if second else example.vectors.first
    assert vectors is not None  # noqa: S101 - only of pipelines with a second encoder is it asked
    row = np.searchsorted(pairs.anaphors, pairs.anaphor)
    counts = np.bincount(row, minlength=len(pairs.anaphors))
    begins = np.concatenate([[0], np.cumsum(counts)[:-1]])
    column = np.arange(len(row)) - begins[row] + 1
    width = int(counts.max(initial=0))
    truth = np.zeros((len(pairs.anaphors), width + 1), dtype=bool)
    truth[row, column] = example.right()
    truth[:, 0] = ~truth.any(axis=1)
    return Batch(
        vectors=torch.from_numpy(vectors.astype(np.float32)),
        anaphors=torch.from_numpy(pairs.anaphors),
        alone=torch.from_numpy(pairs.alone),
        left=torch.from_numpy(pairs.anaphor),
        right=torch.from_numpy(pairs.candidate),
        codes=torch.from_numpy(pairs.codes),
        row=torch.from_numpy(row),
        column=torch.from_numpy(column),
        width=width,
        truth=torch.from_numpy(truth),
        learnable=torch.from_numpy(example.learnable()),
    )


@dataclass(frozen=True, slots=True)
class HeadOptions:
    """How the head is trained."""

    heads: int = 2
    epochs: int = 6
    mention: int | None = MENTION_WIDTH
    rate: float = 2e-3
    weight_decay: float = 0.01
    litbank_words: int = 3000
    """How much is read of each text of LitBank, by default all; less is faster, and worse at *he* and *she*."""


def loss_of(head: CoreferenceHead, batch: Batch) -> Tensor:
    """The mean of how unlikely what is right is taken to be, summed over all that is right for a mention."""
    chances = torch.log_softmax(head(batch), dim=1)
    right = chances.masked_fill(~batch.truth, -1e9).logsumexp(dim=1)
    return -right[batch.learnable].sum() / 100


def train_heads(examples: Sequence[Example], options: HeadOptions) -> CoreferenceHead:
    """Several heads trained on the examples, joined to one: their mean is steadier than each."""
    batches = list(gathered(to_batch(example) for example in examples if len(example.pairs.anaphors)))
    width = examples[0].vectors.first.shape[1]
    return joined(separate_heads(batches, width, options))


def separate_heads(batches: Sequence[Batch], width: int, options: HeadOptions) -> list[CoreferenceHead]:
    """The heads, each trained from another beginning."""
    return [train_head(batches, width, options, seed) for seed in range(options.heads)]


def gathered(batches: Iterable[Batch]) -> Iterator[Batch]:
    """The batches with short ones put together: a step on three pronouns would count as much as one on a chapter."""
    short: list[Batch] = []
    for batch in batches:
        short.append(batch)
        if sum(int(b.learnable.sum()) for b in short) >= _ANAPHORS_A_STEP:
            yield _together(short)
            short = []
    if short:
        yield _together(short)


def _together(batches: Sequence[Batch]) -> Batch:
    """Several batches as one, in which each still sees only its own."""
    if len(batches) == 1:
        return batches[0]
    width = max(batch.width for batch in batches)
    vectors = np.cumsum([0, *(len(batch.vectors) for batch in batches)]).tolist()
    rows = np.cumsum([0, *(len(batch.anaphors) for batch in batches)]).tolist()
    truth = [functional.pad(batch.truth, (0, width - batch.width)) for batch in batches]
    return Batch(
        vectors=torch.cat([b.vectors for b in batches]),
        anaphors=torch.cat([b.anaphors + n for b, n in zip(batches, vectors, strict=False)]),
        alone=torch.cat([b.alone for b in batches]),
        left=torch.cat([b.left + n for b, n in zip(batches, vectors, strict=False)]),
        right=torch.cat([b.right + n for b, n in zip(batches, vectors, strict=False)]),
        codes=torch.cat([b.codes for b in batches]),
        row=torch.cat([b.row + n for b, n in zip(batches, rows, strict=False)]),
        column=torch.cat([b.column for b in batches]),
        width=width,
        truth=torch.cat(truth),
        learnable=torch.cat([b.learnable for b in batches]),
    )


def joined(heads: Sequence[CoreferenceHead]) -> CoreferenceHead:
    """One head with the vectors of all, whose scores are the means of theirs."""
    first = heads[0].mention.layer
    whole = CoreferenceHead(
        first.in_features, mention=first.out_features * len(heads), hidden=heads[0].score.in_features * len(heads)
    )
    states = [head.state_dict() for head in heads]
    state = {}
    for name in states[0]:
        parts = [part[name] for part in states]
        if name.split(".")[0] in {"score", "nothing"}:
            means = [part / len(heads) for part in parts]
            state[name] = torch.cat(means, dim=1) if name.endswith("weight") else torch.stack(means).sum(dim=0)
        elif name.split(".")[0] in {"codes", "alone"}:
            state[name] = torch.cat(parts, dim=1)
        elif name.endswith("bias") or name.startswith("mention"):
            state[name] = torch.cat(parts)
        else:
            state[name] = torch.block_diag(*parts)
    whole.load_state_dict(state)
    whole.eval()
    return whole


def train_head(batches: Sequence[Batch], width: int, options: HeadOptions, seed: int) -> CoreferenceHead:
    """One head trained on the batches."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 - shuffling, no secrets
    head = CoreferenceHead(width, mention=options.mention)
    optimizer = torch.optim.AdamW(head.parameters(), lr=options.rate, weight_decay=options.weight_decay)
    total, step, begun = options.epochs * len(batches), 0, time.monotonic()
    for epoch in range(options.epochs):
        head.train()
        lost = 0.0
        for batch in chance.sample(batches, len(batches)):
            progress = step / total
            for part in optimizer.param_groups:
                part["lr"] = options.rate * min(progress * 20, (1 - progress) / 0.95)
            loss = loss_of(head, batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 5.0)
            optimizer.step()
            step += 1
            lost += float(loss.detach())
        log.info("epoch %d, %.0f s: loss %.3f", epoch + 1, time.monotonic() - begun, lost / len(batches))
    head.eval()
    return head
