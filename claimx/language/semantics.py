"""What the encoder says of meaning: predicates with senses and arguments, and movements.

Every word has a few vectors from the encoder's pass; scores between two words are worked out only where asked for.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Final, Self, get_args

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from claimx.language.antecedents import Antecedents, MentionVectors, read_antecedents
from claimx.language.decoding import FloatArray, IntArray
from claimx.records import ROLES, Status

SEMANTICS: Final = "claimx.semantics"
MOVEMENT_ROLES: Final = ROLES
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
"""The movement roles and statuses in the order in which the model was trained on them."""
SEMANTIC_ARRAYS_FILE: Final = "semantics.npz"
FRAMES_FILE: Final = "frames.json"
_NUMBERED: Final = frozenset({"ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "ARG5"})
_NEAR: Final = 16
_BACK: Final = 22


def distance_bucket(distance: IntArray) -> IntArray:
    """A bucket (0-43) for each signed distance in words: one each up to 16, then one for each doubling up to 512."""
    size = np.abs(distance)
    far = _NEAR + np.clip(np.floor(np.log2(np.maximum(size, 1) / _NEAR)).astype(np.int64) + 1, 0, 5)
    bucket = np.where(size <= _NEAR, size, far)
    return np.where(distance < 0, _BACK + bucket, bucket)


@dataclass(frozen=True, slots=True)
class PairScorer:
    """Scores of labels between two words, from their vectors and their distance."""

    product: FloatArray
    sum: FloatArray
    bias: FloatArray
    distance: FloatArray

    def __call__(self, first: FloatArray, second: FloatArray, distance: IntArray) -> FloatArray:
        """Scores [n, labels] of one vector `first` [width] with each of `second` [n, width]."""
        scores: FloatArray = (
            (first * second) @ self.product
            + np.maximum(first + second, np.float32(0)) @ self.sum
            + self.bias
            + self.distance[distance_bucket(distance)]
        )
        return scores


@dataclass(frozen=True, slots=True)
class FillerHead:
    """What the fillers of a trigger's roles, and its sources, are scored with."""

    fillers: PairScorer
    nothing: FloatArray
    nothing_bias: FloatArray

    def __call__(self, trigger: FloatArray, fillers: FloatArray, distance: IntArray) -> FloatArray:
        """Scores [1 + n, roles and source] of no word at all, then of each of `fillers` [n, width]."""
        none: FloatArray = trigger @ self.nothing + self.nothing_bias
        return np.concatenate([none[None, :], self.fillers(trigger, fillers, distance)])


def read_filler_head(arrays: Mapping[str, FloatArray]) -> FillerHead:
    """The head among the arrays of a file."""
    return FillerHead(_pair_scorer(arrays, "fillers"), arrays["nothing"], arrays["nothing_bias"])


@dataclass(frozen=True, slots=True)
class Frames:
    """PropBank's senses: names, argument labels, and which senses a lemma may have (places in `senses`)."""

    senses: tuple[str, ...]
    labels: tuple[str, ...]
    by_lemma: dict[str, tuple[int, ...]]


class SemanticArrays:
    """The weights with which the vectors of words are read; the frames are read when first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with np.load(folder / SEMANTIC_ARRAYS_FILE) as arrays:
            self.arguments = _pair_scorer(arrays, "arguments")
            self.filler_head = read_filler_head(arrays)
            self.sense: FloatArray = arrays["sense"]
            self.sense_bias: FloatArray = arrays["sense_bias"]
            self.senses: NDArray[np.int8] = arrays["senses"]
            self.sense_scales: FloatArray = arrays["sense_scales"]
            self.sense_offsets: FloatArray = arrays["sense_offsets"]

    @cached_property
    def antecedents(self) -> Antecedents | None:
        """What coreference is scored with, None where the pipeline has not learned it."""
        return read_antecedents(self._folder)

    @cached_property
    def frames(self) -> Frames:
        """PropBank's senses as the model was trained on them."""
        record = json.loads((self._folder / FRAMES_FILE).read_text(encoding="utf-8"))
        return Frames(
            tuple(record["senses"]),
            tuple(record["labels"]),
            {lemma: tuple(senses) for lemma, senses in record["frames"].items()},
        )


def _pair_scorer(arrays: Mapping[str, FloatArray], name: str) -> PairScorer:
    return PairScorer(*(arrays[f"{name}_{part}"] for part in ("product", "sum", "bias", "distance")))


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a predicate: its label as PropBank has it, its head word, and how sure it is (0-1)."""

    label: str
    head: Token
    probability: float


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that has arguments: its PropBank sense ("" where PropBank has none for its lemma) and what they are."""

    token: Token
    sense: str
    probability: float
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that may fill a role, with its probability."""

    token: Token
    probability: float


@dataclass(frozen=True, slots=True)
class WordVectors:
    """What the graph says of each word: vectors [words, width], chances [words, 2], status scores [words, 6].

    The chances are those of being a predicate and of triggering a movement; `mention`, which a graph may lack, is what
    coreference is scored with.
    """

    predicate: FloatArray
    argument: FloatArray
    trigger: FloatArray
    filler: FloatArray
    chances: FloatArray
    statuses: FloatArray
    mention: FloatArray | None = None

    def given(self) -> Iterator[tuple[str, FloatArray]]:
        """Yield name and values of all vectors that the graph gives."""
        for field in fields(self):
            values = getattr(self, field.name)
            if values is not None:
                yield field.name, values


@dataclass(frozen=True, slots=True)
class SecondVectors:
    """The second encoder's vectors of the words that it has read (`read` [words]), of others zeros, and its head."""

    head: FillerHead
    read: NDArray[np.bool_]
    trigger: FloatArray
    filler: FloatArray
    mention: FloatArray

    @classmethod
    def empty(cls, head: FillerHead, words: int, like: Iterable[FloatArray]) -> Self:
        """Those of so many words of which none has been read, as wide as the vectors of others."""
        nothing = [np.zeros((words, vectors.shape[1]), dtype=np.float32) for vectors in like]
        return cls(head, np.zeros(words, dtype=bool), *nothing)


class Semantics:
    """The semantic layers of one doc. Words are counted without white space; tokens go in and come out."""

    def __init__(
        self,
        doc: Doc,
        arrays: SemanticArrays,
        indices: IntArray,
        windows: IntArray,
        vectors: WordVectors,
        second: SecondVectors | None = None,
    ) -> None:
        self.doc = doc
        self.arrays = arrays
        self._indices = indices
        self._windows = windows
        self._vectors = vectors
        self._second = second
        self._word = {token: word for word, token in enumerate(indices.tolist())}
        self._known: dict[int, Predicate] = {}

    def movement(self, token: Token) -> float:
        """The probability that the token is the trigger of a movement claim."""
        word = self._word.get(token.i)
        return 0.0 if word is None else float(self._vectors.chances[word, 1])

    @cached_property
    def movements(self) -> float:
        """The expected number of movement triggers in the doc."""
        return float(self._vectors.chances[:, 1].sum())

    def mention_vectors(self, tokens: Sequence[int]) -> MentionVectors | None:
        """What coreference is scored with, by the tokens' places; None where the graph lacks it."""
        if self._vectors.mention is None:
            return None
        words = [self._word[i] for i in tokens]
        first, second = self._vectors.mention[words], self._second
        return (
            MentionVectors(first)
            if second is None
            else MentionVectors(first, second.mention[words], second.read[words])
        )

    def status(self, token: Token) -> dict[str, float]:
        """The probability of each factuality status of the movement that the token triggers."""
        word = self._word[token.i]
        return dict(zip(STATUSES, _softmax(self._vectors.statuses[word]).tolist(), strict=True))

    def roles(self, token: Token) -> dict[str, tuple[float, list[Choice]]]:
        """For each role of the movement that the token triggers, the probability of none, and the likeliest words."""
        here, scores = self._filler_scores(token)
        found = {}
        for number, role in enumerate(MOVEMENT_ROLES):
            chances = _softmax(scores[:, number])
            best = np.argsort(-chances[1:], kind="stable")[:8]
            found[role] = (
                float(chances[0]),
                [Choice(self._token(int(here[i])), float(chances[i + 1])) for i in best if chances[i + 1] > 0.002],
            )
        return found

    def sources(self, token: Token) -> list[Choice]:
        """The words that head a source of the movement that the token triggers, as far as likely, in text order."""
        here, scores = self._filler_scores(token)
        chances = 1 / (1 + np.exp(-scores[1:, len(MOVEMENT_ROLES)]))
        return [Choice(self._token(int(here[i])), float(chances[i])) for i in np.flatnonzero(chances > 0.02)]

    @cached_property
    def predicates(self) -> tuple[Predicate, ...]:
        """The doc's predicates in text order."""
        return tuple(self._predicate(word) for word in np.flatnonzero(self._vectors.chances[:, 0] > 0.5).tolist())

    def predicate(self, token: Token) -> Predicate:
        """The sense and arguments of a token, taken for a predicate whether it is one or not."""
        return self._predicate(self._word[token.i])

    def _token(self, word: int) -> Token:
        return self.doc[int(self._indices[word])]

    def _filler_scores(self, token: Token) -> tuple[IntArray, FloatArray]:
        """The words of the trigger's window, and the scores of none and of each: the mean of the encoders' scores."""
        word = self._word[token.i]
        here = np.flatnonzero(self._windows == self._windows[word])
        first = self._vectors
        scores = self.arrays.filler_head(first.trigger[word], first.filler[here], here - word)
        second = self._second
        if second is not None and second.read[word]:
            scores += second.head(second.trigger[word], second.filler[here], here - word)
            scores /= 2
        return here, scores

    def _predicate(self, word: int) -> Predicate:
        if word not in self._known:
            self._known[word] = self._read_predicate(word)
        return self._known[word]

    def _read_predicate(self, word: int) -> Predicate:
        token = self._token(word)
        vector = self._vectors.predicate[word]
        own = token.sent
        here = np.asarray([w for t in own if (w := self._word.get(t.i)) is not None and w != word], dtype=np.int64)
        arguments: list[Argument] = []
        if len(here):
            scores = self.arrays.arguments(vector, self._vectors.argument[here], here - word)
            chances = _softmax(scores)
            for row in np.flatnonzero(chances.argmax(axis=1)).tolist():
                label = int(chances[row].argmax())
                arguments.append(
                    Argument(
                        self.arrays.frames.labels[label - 1], self._token(int(here[row])), float(chances[row, label])
                    )
                )
        return Predicate(
            token, self._sense(token, vector), float(self._vectors.chances[word, 0]), _one_a_role(arguments)
        )

    def _sense(self, token: Token, vector: FloatArray) -> str:
        a = self.arrays
        candidates = a.frames.by_lemma.get(token.lemma_.lower(), ())
        if not candidates:
            return ""
        if len(candidates) == 1:
            return a.frames.senses[candidates[0]]
        rows = np.asarray(candidates, dtype=np.int64)
        query = vector @ a.sense + a.sense_bias
        scores = (a.senses[rows].astype(np.float32) * a.sense_scales[rows, None]) @ query + a.sense_offsets[rows]
        return a.frames.senses[candidates[int(scores.argmax())]]


def _one_a_role(arguments: Sequence[Argument]) -> tuple[Argument, ...]:
    """The arguments, of those that share a numbered role only the likeliest: a predicate has one of each."""
    best = {a.label: a for a in sorted(arguments, key=lambda a: a.probability)}
    return tuple(a for a in arguments if a.label not in _NUMBERED or best[a.label] is a)


def _softmax(scores: FloatArray) -> FloatArray:
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: FloatArray = weights / weights.sum(axis=-1, keepdims=True)
    return result


def semantics_of(doc: Doc) -> Semantics | None:
    """The doc's semantic layers, None where the pipeline gave it none."""
    found = doc.user_data.get(SEMANTICS)
    return found if isinstance(found, Semantics) else None


def register_extensions() -> None:
    """Give spaCy's docs ``._.predicates``: every predicate with its sense and arguments, () where unknown."""
    if not Doc.has_extension("predicates"):
        Doc.set_extension("predicates", getter=lambda doc: found.predicates if (found := semantics_of(doc)) else ())


register_extensions()
