"""The spaCy component that runs claimx's encoder: tags, features, lemmas, sentences, trees, names in one pass."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from shutil import copyfile
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.parts_of_speech import IDS as POS_IDS
from spacy.tokens import Doc, Token

from claimx.errors import ModelError
from claimx.language.antecedents import COREFERENCE_FILE
from claimx.language.cascade import CASCADE_FILE, CASCADE_WEIGHTS_FILE, LEAST_CHANCE, Cascade
from claimx.language.decoding import FloatArray, IntArray, decode_bio, decode_heads, drop_nameless
from claimx.language.graph import ARRAYS_FILE, GRAPH_FILE, EncoderGraph
from claimx.language.lemmas import apply_script
from claimx.language.paragraphs import dateline_end, find_paragraphs
from claimx.language.pieces import Batch, PieceTable, make_batch
from claimx.language.scheme import LabelScheme, read_scheme
from claimx.language.semantics import (
    FRAMES_FILE,
    SEMANTIC_ARRAYS_FILE,
    SEMANTICS,
    SecondVectors,
    Semantics,
    WordVectors,
)
from claimx.language.words import word_shape

SCHEME_FILE: Final = "scheme.json"
PIECES_FILE: Final = "pieces.json"
ARC_PROBABILITY: Final = "claimx.arc_prob"
NOUN_CLASS: Final = "claimx.noun_class"

_FILES: Final = (GRAPH_FILE, ARRAYS_FILE, SCHEME_FILE, PIECES_FILE)
_SEMANTIC_FILES: Final = (SEMANTIC_ARRAYS_FILE, FRAMES_FILE, COREFERENCE_FILE, CASCADE_FILE, CASCADE_WEIGHTS_FILE)
"""Of a pipeline that has such layers."""
_LEMMA_CACHE_LIMIT: Final = 65_536
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON"})
_NAMES: Final = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
"""The types whose entities are names, and so hold a proper noun; nationalities, dates and amounts need not."""
_SENTENCE_END: Final = frozenset({".", "!", "?", "…", "..."})
_CLOSING: Final = frozenset({'"', "”", "’", "''", ")", "]", "'"})
_CLAUSE_END: Final = frozenset({";", ":", ",", "—", "–", "--", "-"})


@dataclass(slots=True)
class _Words:
    """One doc's real words (white space left out) and what is found out about them."""

    doc: Doc
    indices: IntArray  # of the words among the doc's tokens
    texts: list[str]
    pieces: list[list[int]]
    shapes: list[int]
    borders: NDArray[np.bool_]  # a sentence must begin here
    fixed: bool  # the borders are the sentences, given from outside
    tags: IntArray
    starts: NDArray[np.bool_]
    heads: IntArray
    relations: IntArray
    probabilities: FloatArray
    entities: IntArray
    windows: IntArray  # the first word of the window that each word was read in
    vectors: WordVectors | None = None
    second: SecondVectors | None = None

    def keep_vectors(self, there: slice, vectors: WordVectors, here: slice) -> None:
        """Keep what a run says of some words: `there` among the doc's words, `here` in the run."""
        if self.vectors is None:
            count = len(self.texts)
            self.vectors = WordVectors(
                *(np.zeros((count, values.shape[1]), dtype=np.float32) for _, values in vectors.given())
            )
        for name, values in vectors.given():
            getattr(self.vectors, name)[there] = values[here]


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of one doc's words that the encoder reads at once."""

    words: _Words
    start: int
    end: int
    length: int  # in pieces


@Language.factory(
    "claimx_encoder",
    assigns=[
        "token.tag",
        "token.pos",
        "token.morph",
        "token.lemma",
        "token.head",
        "token.dep",
        "token.is_sent_start",
        "token.ent_iob",
        "token.ent_type",
        "doc.ents",
        "doc.sents",
    ],
    default_config={"window_pieces": 128, "batch_pieces": 512, "threads": 1},
    default_score_weights={
        "tag_acc": 0.1,
        "pos_acc": 0.1,
        "morph_acc": 0.1,
        "lemma_acc": 0.1,
        "dep_uas": 0.1,
        "dep_las": 0.3,
        "ents_f": 0.2,
    },
)
def make_encoder(nlp: Language, name: str, window_pieces: int, batch_pieces: int, threads: int) -> "ClaimxEncoder":
    """A `ClaimxEncoder` without weights; `from_disk` gives it some.

    `window_pieces` is the most word pieces read at once, `batch_pieces` the most of all windows run together, and
    `threads` those of onnxruntime.
    """
    return ClaimxEncoder(nlp, name, window_pieces=window_pieces, batch_pieces=batch_pieces, threads=threads)


class ClaimxEncoder:
    """Annotates docs with one run of the encoder.

    Sets tags, parts of speech, features, lemmas, heads, relations (Universal Dependencies v2), sentence borders and
    entities; in ``doc.user_data`` the probability of each token's arc (``claimx.arc_prob``, NaN on white space) and
    each nominal's class (``claimx.noun_class``, "" elsewhere). Sentence borders set before are kept.
    """

    def __init__(
        self, nlp: Language, name: str, *, window_pieces: int = 128, batch_pieces: int = 512, threads: int = 1
    ) -> None:
        self.name = name
        self._vocab = nlp.vocab
        self._window_pieces = window_pieces
        self._batch_pieces = batch_pieces
        self._threads = threads
        self.least_chance = LEAST_CHANCE
        """The second encoder reads again where some word has such a chance of a movement by the first."""
        self._folder: Path | None = None
        self._reset()

    def _reset(self) -> None:
        self._graph: EncoderGraph | None = None
        self._cascade: Cascade | None = None
        self._pieces: PieceTable | None = None
        self._scheme: LabelScheme | None = None
        self._hashes: dict[str, NDArray[np.uint64]] = {}
        self._lemmas: dict[tuple[str, int, int], str] = {}

    def __getstate__(self) -> dict[str, Any]:
        state = self.__dict__.copy()
        # sessions and tokenizers cannot be pickled; a worker process loads its own
        state |= {"_graph": None, "_cascade": None, "_pieces": None}
        return state

    @property
    def scheme(self) -> LabelScheme:
        """The labels this component assigns. Raises `ModelError` where it has no weights."""
        if self._scheme is None:
            self._scheme = read_scheme(self._files() / SCHEME_FILE)
        return self._scheme

    @property
    def graph(self) -> EncoderGraph:
        """The graph, loaded when first asked for."""
        if self._graph is None:
            self._graph = EncoderGraph(self._files(), threads=self._threads)
        return self._graph

    @property
    def cascade(self) -> Cascade | None:
        """The second encoder, loaded when first asked for; None where the pipeline has none."""
        if self._cascade is None and (self._files() / CASCADE_FILE).is_file():
            self._cascade = Cascade(self._files(), threads=self._threads)
        return self._cascade

    @property
    def piece_table(self) -> PieceTable:
        """The word pieces, loaded when first asked for."""
        if self._pieces is None:
            from tokenizers import Tokenizer

            self._pieces = PieceTable(Tokenizer.from_file(str(self._files() / PIECES_FILE)))
        return self._pieces

    @property
    def labels(self) -> tuple[str, ...]:
        """The relations of the parser and the types of the entities, as spaCy lists a component's labels."""
        if self._folder is None:
            return ()
        return (*self.scheme.deprels, *self.scheme.entity_types)

    def _files(self) -> Path:
        if self._folder is None:
            raise ModelError(f"the component {self.name} has no weights yet; load a trained pipeline")
        return self._folder

    def __call__(self, doc: Doc) -> Doc:
        """The doc, annotated."""
        if len(doc):
            words = self._read_words(doc)
            windows = list(self._windows(words))
            for group in self._batches(windows):
                self._run(group)
            if words.vectors is not None:
                self._read_again(words, words.vectors, windows)
            self._write(words)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1000) -> Iterator[Doc]:
        """The docs of the stream, annotated one by one: a doc's own windows fill the batches well enough."""
        for doc in stream:
            yield self(doc)

    def to_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> None:
        """Write the component's files into the folder `path`."""
        target = Path(path)
        target.mkdir(parents=True, exist_ok=True)
        for name in (*_FILES, *_SEMANTIC_FILES):
            source = self._files() / name
            if name in _SEMANTIC_FILES and not source.is_file():
                continue
            if source.resolve() != (target / name).resolve():
                copyfile(source, target / name)

    def from_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> "ClaimxEncoder":
        """This component with the weights of the folder `path`, which must stay where it is while they are used."""
        folder = Path(path)
        for name in _FILES:
            if not (folder / name).is_file():
                raise ModelError(f"{folder} lacks {name}; install the model again")
        self._reset()
        self._folder = folder
        self._hashes = self._intern_labels()
        return self

    def _read_words(self, doc: Doc) -> _Words:
        tokens = [token for token in doc if not token.is_space]
        texts = [token.text for token in tokens]
        count = len(texts)
        borders = np.zeros(count, dtype=bool)
        fixed = doc.has_annotation("SENT_START", require_complete=True)
        if fixed:
            borders[:] = [token.is_sent_start for token in tokens]
            # a sentence that begins with white space begins for us with its first word
            spaces = [token.i for token in doc if token.is_space and token.is_sent_start]
            at = np.searchsorted([token.i for token in tokens], spaces)
            borders[at[at < count]] = True
        else:
            offsets = np.asarray([token.idx for token in tokens], dtype=np.int64)
            paragraphs = [start for start, _ in find_paragraphs(doc.text)]
            begins = [*paragraphs, *(dateline_end(doc.text, start) for start in paragraphs)]
            at = np.searchsorted(offsets, begins)
            borders[at[at < count]] = True
        if count:
            borders[0] = True
        return _Words(
            doc=doc,
            indices=np.asarray([token.i for token in tokens], dtype=np.int64),
            texts=texts,
            pieces=self.piece_table.look_up(texts),
            shapes=[word_shape(text) for text in texts],
            borders=borders,
            fixed=fixed,
            tags=np.zeros((count, 5), dtype=np.int64),
            starts=borders.copy(),
            heads=np.full(count, -1, dtype=np.int64),
            relations=np.zeros(count, dtype=np.int64),
            probabilities=np.zeros(count, dtype=np.float32),
            entities=np.zeros(count, dtype=np.int64),
            windows=np.zeros(count, dtype=np.int64),
        )

    def _windows(self, words: _Words) -> Iterator[_Window]:
        """Stretches of at most `window_pieces`, cut between paragraphs (or given sentences) where that is possible."""
        sums = np.concatenate([[0], np.cumsum([len(pieces) for pieces in words.pieces])])
        edges = [*np.flatnonzero(words.borders).tolist(), len(words.texts)]
        start = 0
        for first, last in pairwise(edges):
            if sums[last] - sums[start] > self._window_pieces and first > start:
                yield _Window(words, start, first, int(sums[first] - sums[start]))
                start = first
            while sums[last] - sums[start] > self._window_pieces:
                limit = int(np.searchsorted(sums, sums[start] + self._window_pieces, side="right")) - 1
                cut = _best_cut(words.texts, start, max(limit, start + 1))
                words.starts[cut] = True
                yield _Window(words, start, cut, int(sums[cut] - sums[start]))
                start = cut
        if len(words.texts) > start:
            yield _Window(words, start, len(words.texts), int(sums[-1] - sums[start]))

    def _batches(self, windows: Sequence[_Window]) -> Iterator[list[_Window]]:
        """The windows of one doc in batches of at most `batch_pieces`, similar lengths together.

        int8 activations are scaled by the largest value in a run: windows of other docs beside these would change the
        last digits, and what is found in an article must not depend on its company.
        """
        group: list[_Window] = []
        for window in sorted(windows, key=lambda window: window.length):
            if group and window.length * (len(group) + 1) > self._batch_pieces:
                yield group
                group = []
            group.append(window)
        if group:
            yield group

    def _batch(self, windows: Sequence[_Window]) -> Batch:
        return make_batch(
            [
                (window.words.pieces[window.start : window.end], window.words.shapes[window.start : window.end])
                for window in windows
            ],
            self.piece_table,
        )

    def _read_again(self, words: _Words, vectors: WordVectors, windows: Sequence[_Window]) -> None:
        """Let the second encoder, where there is one, judge the windows that may tell of a movement."""
        doubted = [w for w in windows if vectors.chances[w.start : w.end, 1].max(initial=0.0) >= self.least_chance]
        if not doubted or self.cascade is None:
            return
        for group in self._batches(doubted):
            found = self.cascade.run(self._batch(group))
            if words.second is None:
                words.second = SecondVectors.empty(
                    self.cascade.head, len(words.texts), (found.trigger, found.filler, found.mention)
                )
            second = words.second
            for _, there, here in _places(group):
                vectors.chances[there, 1] = found.movements[here]
                vectors.statuses[there] = found.statuses[here]
                second.read[there] = True
                second.trigger[there] = found.trigger[here]
                second.filler[there] = found.filler[here]
                second.mention[there] = found.mention[here]

    def _run(self, windows: Sequence[_Window]) -> None:
        graph = self.graph
        scores = graph.run(self._batch(windows))
        heads = np.zeros(len(scores.tags), dtype=np.int64)
        probabilities = np.zeros(len(scores.tags), dtype=np.float32)
        root_scores = scores.arc_dependent @ graph.root_arc
        for window, there, here in _places(windows):
            words, offset = window.words, here.start
            if not words.fixed:
                words.starts[there] |= scores.starts[here] > 0.5
            starts = words.starts[there].copy()
            starts[0] = True
            edges = [*np.flatnonzero(starts).tolist(), window.end - window.start]
            for first, last in pairwise(edges):
                part = slice(offset + first, offset + last)
                found, chances = _parse(scores.arc_dependent[part], scores.arc_head[part], root_scores[part])
                heads[part] = np.where(found >= 0, found + offset + first, -1)
                probabilities[part] = chances
            words.entities[there] = decode_bio(scores.bio[here], self.scheme.bio_tags, edges[:-1])
            words.tags[there] = scores.tags[here]
            words.probabilities[there] = probabilities[here]
            words.heads[there] = np.where(heads[here] >= 0, heads[here] - offset + window.start, -1)
            words.windows[there] = window.start
            if scores.vectors is not None:
                words.keep_vectors(there, scores.vectors, here)
        head_vectors = np.where((heads >= 0)[:, None], scores.label_head[heads], graph.root_label)
        relations = graph.relations(scores.label_dependent, head_vectors)
        for window, there, here in _places(windows):
            window.words.relations[there] = relations[here]

    def _write(self, words: _Words) -> None:
        doc = words.doc
        count = len(doc)
        scheme = self.scheme
        hashes = self._hashes
        space = np.ones(count, dtype=bool)
        space[words.indices] = False
        values = np.zeros((count, 8), dtype=np.uint64)
        real = words.indices
        upos, xpos, feats, scripts, nouns = words.tags.T
        values[real, 0] = hashes["xpos"][xpos]
        values[real, 1] = hashes["upos"][upos]
        values[real, 2] = hashes["feats"][feats]
        values[real, 3] = self._lemma_hashes(words.texts, upos, scripts)
        values[real, 4] = hashes["deprels"][words.relations]
        proper = np.asarray(scheme.upos)[upos] == "PROPN"
        entities = drop_nameless(words.entities, scheme.bio_tags, proper, _NAMES)
        values[real, 6] = hashes["iob"][entities]
        values[real, 7] = hashes["entity_types"][entities]
        # heads as distances; each white space hangs from the word before it, or after it at a doc's beginning
        heads = np.zeros(count, dtype=np.int64)
        own = words.heads < 0
        heads[real] = np.where(own, 0, real[words.heads] - real)
        if space.any():
            self._attach_spaces(doc, values, heads, space, real)
        values[:, 5] = heads.astype(np.uint64)
        doc.from_array([TAG, POS, MORPH, LEMMA, DEP, HEAD, ENT_IOB, ENT_TYPE], values)  # type: ignore[arg-type]
        chances = np.full(count, np.nan, dtype=np.float32)
        chances[real] = words.probabilities
        classes = [""] * count
        nominal = hashes["nominal"]
        for index, noun, tag in zip(real.tolist(), nouns.tolist(), upos.tolist(), strict=True):
            if nominal[tag]:
                classes[index] = scheme.noun_classes[noun]
        doc.user_data[ARC_PROBABILITY] = chances
        doc.user_data[NOUN_CLASS] = classes
        if words.vectors is not None and self.graph.semantics is not None:
            doc.user_data[SEMANTICS] = Semantics(
                doc, self.graph.semantics, real, words.windows, words.vectors, words.second
            )

    def _attach_spaces(
        self,
        doc: Doc,
        values: NDArray[np.uint64],
        heads: IntArray,
        space: NDArray[np.bool_],
        real: IntArray,
    ) -> None:
        strings = self._vocab.strings
        values[space, 0] = strings.add("_SP")
        values[space, 1] = POS_IDS["SPACE"]
        values[space, 2] = self._vocab.morphology.add("")
        # as in spaCy's own pipelines; a token without any relation would count as its own head
        values[space, 4] = strings.add("dep")
        values[space, 6] = 2
        for index in np.flatnonzero(space).tolist():
            values[index, 3] = strings.add(doc[index].text)
            if len(real) == 0:
                heads[index] = -index
                continue
            after = int(np.searchsorted(real, index))
            heads[index] = real[max(after - 1, 0)] - index
            # a name may be broken by a line's end or a double space
            if after < len(real) and values[real[after], 6] == 1:
                values[index, 6:] = 1, values[real[after], 7]

    def _lemma_hashes(self, texts: list[str], upos: IntArray, scripts: IntArray) -> list[int]:
        known = self._lemmas
        if len(known) > _LEMMA_CACHE_LIMIT:
            known.clear()
        rules = self.scheme.lemma_scripts
        seen = [self.scheme.known_lemmas.get(tag, {}) for tag in self.scheme.upos]
        strings = self._vocab.strings
        result = []
        for text, tag, script in zip(texts, upos.tolist(), scripts.tolist(), strict=True):
            key = (text, tag, script)
            value = known.get(key)
            if value is None:
                value = known[key] = seen[tag].get(text.lower()) or apply_script(text, rules[script])
            # added each time: what is added within a memory zone of spaCy's goes with it
            result.append(strings.add(value))
        return result

    def _intern_labels(self) -> dict[str, NDArray[np.uint64]]:
        """Hashes of the labels, in the order of the scheme.

        They are made when the model is loaded, and so outside the memory zones of spaCy's that it may be run in: a text
        that has *case* as a word would make that label a string that goes with the zone.
        """
        scheme, strings = self.scheme, self._vocab.strings
        tags = scheme.bio_tags

        def column(values: Iterable[int]) -> NDArray[np.uint64]:
            return np.asarray(list(values), dtype=np.uint64)

        return {
            "upos": column(POS_IDS.get(name, POS_IDS["X"]) for name in scheme.upos),
            "xpos": column(strings.add(name) for name in scheme.xpos),
            "feats": column(self._vocab.morphology.add(name) for name in scheme.feats),
            "deprels": column(strings.add("ROOT" if name == "root" else name) for name in scheme.deprels),
            "iob": column({"O": 2, "B": 3, "I": 1}[tag[0]] for tag in tags),
            "entity_types": column(strings.add(tag[2:]) if tag != "O" else 0 for tag in tags),
            "nominal": column(name in _NOMINAL for name in scheme.upos),
        }


def _places(windows: Iterable[_Window]) -> Iterator[tuple[_Window, slice, slice]]:
    """Each window of a run, with where its words lie among the doc's and where in the run."""
    offset = 0
    for window in windows:
        count = window.end - window.start
        yield window, slice(window.start, window.end), slice(offset, offset + count)
        offset += count


def _parse(dependents: FloatArray, heads: FloatArray, roots: FloatArray) -> tuple[IntArray, FloatArray]:
    """Each word's head within one sentence (-1: root), and the probability of that arc."""
    scores = np.concatenate([roots[:, None], dependents @ heads.T], axis=1)
    rows = np.arange(len(scores))
    scores[rows, rows + 1] = -1e9
    found = decode_heads(scores)
    scores -= scores.max(axis=1, keepdims=True)
    weights = np.exp(scores)
    chances = weights[rows, found + 1] / weights.sum(axis=1)
    return found, chances


def _best_cut(texts: Sequence[str], start: int, limit: int) -> int:
    """Where to cut a paragraph too long for one window: after a sentence if one ends in the window's later part.

    The index of the first word after the cut, between `start` and `limit`.
    """
    earliest = start + max(1, (limit - start) // 3)
    for cut in range(limit, earliest, -1):
        before = cut - 1
        while before > start and texts[before] in _CLOSING:
            before -= 1
        if texts[before] in _SENTENCE_END and texts[cut] not in _CLOSING and not texts[cut][:1].islower():
            return cut
    for cut in range(limit, start + max(1, (limit - start) * 2 // 3), -1):
        if texts[cut - 1] in _CLAUSE_END:
            return cut
    return limit


def _noun_class(token: Token) -> str:
    classes = token.doc.user_data.get(NOUN_CLASS)
    return classes[token.i] if classes is not None and len(classes) == len(token.doc) else ""


def _arc_probability(token: Token) -> float | None:
    chances = token.doc.user_data.get(ARC_PROBABILITY)
    if chances is None or len(chances) != len(token.doc) or np.isnan(chances[token.i]):
        return None
    return float(chances[token.i])


def register_extensions() -> None:
    """Give spaCy's tokens ``._.noun_class`` ("" where unknown) and ``._.arc_prob`` (None where unknown)."""
    for name, getter in (("noun_class", _noun_class), ("arc_prob", _arc_probability)):
        if not Token.has_extension(name):
            Token.set_extension(name, getter=getter)


register_extensions()
