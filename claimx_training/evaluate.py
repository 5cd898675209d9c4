"""How well a pipeline does on the corpora held out of its training."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from claimx.language.encoder import NOUN_CLASS
from claimx_training import entity_labels as labels
from claimx_training.corpora import (
    GMB_TEST_SENTENCES,
    CorpusPaths,
    Re3dDocument,
    gmb_types,
    read_conllu,
    read_gum,
    read_re3d,
)
from claimx_training.sentences import NOT_ANNOTATED, Sentence

Span = tuple[int, int, str]

PLACE: Final = "place"
_GROUPS: Final = {"GPE": PLACE, "LOC": PLACE, "FAC": PLACE, "TIME": "DATE"}


_RE3D_GROUPS: Final = {
    "Person": "Person",
    "Organisation": "Organisation",
    "Location": "Location",
    "MilitaryPlatform": "MilitaryPlatform",
    "Vehicle": "MilitaryPlatform",
    "Weapon": "Weapon",
}
_RE3D_NAMES: Final = {
    "PERSON": "Person",
    "ORG": "Organisation",
    PLACE: "Location",
    "VEHICLE": "MilitaryPlatform",
    "WEAPON": "Weapon",
}
_RE3D_HARDWARE: Final = {"vehicle": "MilitaryPlatform", "weapon": "Weapon"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the report: a percentage unless the name says otherwise."""

    corpus: str
    name: str
    value: float
    detail: str = ""


@dataclass(slots=True)
class SpanCounts:
    """Spans found, expected and right, by label."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    expected: Counter[str] = field(default_factory=Counter)

    def add(self, found: Iterable[Span], expected: Iterable[Span]) -> None:
        """Count one text's spans; a span is right where borders and label are the same."""
        ours, gold = set(found), set(expected)
        self.found.update(label for _, _, label in ours)
        self.expected.update(label for _, _, label in gold)
        self.right.update(label for _, _, label in ours & gold)

    def score(self, label: str | None = None) -> tuple[float, float, float]:
        """Precision, recall and F1 in per cent, of one label or of all."""
        right, found, expected = (
            counts.total() if label is None else counts[label] for counts in (self.right, self.found, self.expected)
        )
        precision = 100 * right / found if found else 0.0
        recall = 100 * right / expected if expected else 0.0
        total = precision + recall
        return precision, recall, 2 * precision * recall / total if total else 0.0

    def figures(self, corpus: str, name: str = "NER F1") -> list[Figure]:
        """The overall F1 and that of each label."""

        def detail(label: str | None) -> str:
            precision, recall, _ = self.score(label)
            return f"P {precision:.1f} R {recall:.1f}"

        rows = [Figure(corpus, name, self.score()[2], detail(None))]
        rows += [
            Figure(corpus, f"{name} {label}", self.score(label)[2], f"{detail(label)} n={self.expected[label]}")
            for label in sorted(self.expected)
        ]
        return rows


def evaluate(nlp: Language, paths: CorpusPaths, *, part: str = "test", brief: bool = False) -> list[Figure]:
    """Every figure for `nlp`, from the corpora below `paths`.

    `part` is the part of the treebanks, ``test`` or ``dev``; `brief` leaves out raw text and re3d.
    """
    figures: list[Figure] = []
    for name in ("ewt", "gum"):
        sentences = list(
            read_gum(paths.treebank(name, part)) if name == "gum" else read_conllu(paths.treebank(name, part))
        )
        gold = score_trees(nlp, sentences, f"{name.upper()} {part}")
        figures += gold
        if not brief:
            figures += score_raw_text(nlp, sentences, f"{name.upper()} {part}")
        if name == "gum":
            figures.append(score_noun_classes(nlp, sentences, f"GUM {part}"))
    figures += score_gmb(nlp, paths.gmb)
    figures += score_uner(nlp, paths.uner(part), f"UNER EWT {part}")
    if not brief:
        figures += score_re3d(nlp, read_re3d(paths.re3d))
    return figures


def documents(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """The sentences of each document together."""
    for _, group in groupby(sentences, key=lambda sentence: sentence.document):
        yield list(group)


def gold_doc(nlp: Language, sentences: Sequence[Sentence]) -> Doc:
    """A `Doc` of the corpus's own words and sentence borders, without any other annotation."""
    return Doc(
        nlp.vocab,
        words=[word for sentence in sentences for word in sentence.words],
        spaces=[space for sentence in sentences for space in sentence.spaces],
        sent_starts=[index == 0 for sentence in sentences for index in range(len(sentence.words))],
    )


def run(nlp: Language, docs: Iterable[Doc]) -> list[Doc]:
    """The docs through all components of `nlp` (but its tokenizer)."""
    stream: Iterable[Doc] = docs
    for _, component in nlp.pipeline:
        stream = component.pipe(stream) if hasattr(component, "pipe") else map(component, stream)
    return list(stream)


def score_trees(nlp: Language, sentences: Sequence[Sentence], corpus: str) -> list[Figure]:
    """Tags, features, lemmas and trees on gold tokens and gold sentences."""
    right: Counter[str] = Counter()
    total = 0
    groups = list(documents(sentences))
    for doc, group in zip(run(nlp, (gold_doc(nlp, group) for group in groups)), groups, strict=True):
        offset = 0
        for sentence in group:
            for index in range(len(sentence.words)):
                token = doc[offset + index]
                head = token.head.i - offset if token.head.i != token.i else -1
                attached = head == sentence.heads[index]  # type: ignore[index]
                right["UAS"] += attached
                right["LAS"] += attached and _relation(token.dep_) == sentence.deprels[index]  # type: ignore[index]
                right["UPOS"] += token.pos_ == sentence.upos[index]  # type: ignore[index]
                right["XPOS"] += token.tag_ == sentence.xpos[index]  # type: ignore[index]
                right["features"] += str(token.morph) == sentence.feats[index]  # type: ignore[index]
                right["lemmas"] += token.lemma_ == sentence.lemmas[index]  # type: ignore[index]
                total += 1
            offset += len(sentence.words)
    return [
        Figure(corpus, name, 100 * right[name] / total) for name in ("LAS", "UAS", "UPOS", "XPOS", "features", "lemmas")
    ]


def _relation(name: str) -> str:
    return "root" if name == "ROOT" else name


def raw_text(sentences: Sequence[Sentence]) -> str:
    """One document as running text, its paragraphs divided by blank lines."""
    parts: list[str] = []
    for index, sentence in enumerate(sentences):
        if index:
            parts.append("\n\n" if sentence.starts_paragraph else " ")
        for word, space in zip(sentence.words, sentence.spaces, strict=True):
            parts.append(word + (" " if space else ""))
        parts[-1] = parts[-1].rstrip()
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class _Aligned:
    """Words as spans over the text's non-space characters, so that different tokenizations can be compared."""

    words: dict[tuple[int, int], tuple[tuple[int, int] | None, str, str]]
    starts: frozenset[int]


def score_raw_text(nlp: Language, sentences: Sequence[Sentence], corpus: str) -> list[Figure]:
    """The same from raw text, with `nlp`'s tokenizer and sentences: F1 as in the CoNLL 2018 shared task."""
    counts: Counter[str] = Counter()
    groups = list(documents(sentences))
    for doc, group in zip(nlp.pipe(raw_text(group) for group in groups), groups, strict=True):
        ours, gold = _align_doc(doc), _align_gold(group)
        counts["ours"] += len(ours.words)
        counts["gold"] += len(gold.words)
        counts["ours sentences"] += len(ours.starts)
        counts["gold sentences"] += len(gold.starts)
        counts["sentences"] += len(ours.starts & gold.starts)
        for span, (head, relation, upos) in ours.words.items():
            if span not in gold.words:
                continue
            gold_head, gold_relation, gold_upos = gold.words[span]
            counts["words"] += 1
            counts["UPOS"] += upos == gold_upos
            counts["UAS"] += head == gold_head
            counts["LAS"] += head == gold_head and relation == gold_relation
    total = counts["ours"] + counts["gold"]
    borders = counts["ours sentences"] + counts["gold sentences"]
    rows = [
        Figure(corpus, f"raw text {name}", 200 * counts[key] / total)
        for name, key in (("LAS", "LAS"), ("UAS", "UAS"), ("UPOS", "UPOS"), ("words", "words"))
    ]
    return [*rows, Figure(corpus, "raw text sentence starts", 200 * counts["sentences"] / borders)]


def _align_doc(doc: Doc) -> _Aligned:
    spans = {}
    position = 0
    for token in doc:
        size = len(token.text.replace(" ", "")) if not token.is_space else 0
        if size:
            spans[token.i] = (position, position + size)
        position += size
    words = {
        span: (
            spans.get(doc[index].head.i) if doc[index].head.i != index else None,
            _relation(doc[index].dep_),
            doc[index].pos_,
        )
        for index, span in spans.items()
    }
    starts = []
    for sent in doc.sents:
        first = next((spans[token.i][0] for token in sent if token.i in spans), None)
        if first is not None:
            starts.append(first)
    return _Aligned(words, frozenset(starts))


def _align_gold(sentences: Sequence[Sentence]) -> _Aligned:
    words = {}
    starts = []
    position = 0
    for sentence in sentences:
        starts.append(position)
        spans = []
        for word in sentence.words:
            size = len(word.replace(" ", ""))
            spans.append((position, position + size))
            position += size
        for index, span in enumerate(spans):
            head = sentence.heads[index]  # type: ignore[index]
            words[span] = (
                spans[head] if head >= 0 else None,
                sentence.deprels[index],  # type: ignore[index]
                sentence.upos[index],  # type: ignore[index]
            )
    return _Aligned(words, frozenset(starts))


def score_noun_classes(nlp: Language, sentences: Sequence[Sentence], corpus: str) -> Figure:
    """How often the head of a mention gets the mention's class."""
    right = total = 0
    groups = list(documents(sentences))
    for doc, group in zip(run(nlp, (gold_doc(nlp, group) for group in groups)), groups, strict=True):
        found = doc.user_data.get(NOUN_CLASS) or [""] * len(doc)
        gold = [name for sentence in group for name in sentence.noun_classes or []]
        for ours, name in zip(found, gold, strict=True):
            if name not in {NOT_ANNOTATED, ""}:
                total += 1
                right += ours == name
    return Figure(corpus, "noun classes", 100 * right / max(total, 1), f"n={total}")


def entity_spans(doc: Doc, group: Callable[[str], str | None]) -> list[Span]:
    """The entities of `doc` under the names that `group` gives their labels; None leaves a label out."""
    spans = []
    for entity in doc.ents:
        label = group(entity.label_)
        if label:
            spans.append((entity.start, entity.end, label))
    return spans


def score_gmb(nlp: Language, path: Path) -> list[Figure]:
    """Names and dates on the last sentences of GMB, in its own words, sentence by sentence.

    Its `geo` is a place, its `gpe` a nationality unless it is the name of a country or city, its `tim` a date.
    """
    wanted = {"PERSON", "ORG", "NORP", "DATE", PLACE}
    rows = list(_gmb_rows(path))[-GMB_TEST_SENTENCES:]
    docs = [Doc(nlp.vocab, words=words, sent_starts=[not i for i in range(len(words))]) for words, _ in rows]
    counts = SpanCounts()
    for doc, (words, tags) in zip(run(nlp, docs), rows, strict=True):
        gold = []
        for start, end, tag in labels.spans_of(tags):
            types = gmb_types(tag, " ".join(words[start:end]))
            label = _grouped(min(types)) if types else None
            if label in wanted:
                gold.append((start, end, label))
        counts.add([span for span in entity_spans(doc, _grouped) if span[2] in wanted], gold)
    return counts.figures("GMB test")


def _grouped(label: str) -> str:
    return _GROUPS.get(label, label)


def _gmb_rows(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    from claimx_training.corpora import gmb_table

    for _, words, tags in gmb_table(path):
        yield words, tags


def score_uner(nlp: Language, path: Path, corpus: str) -> list[Figure]:
    """Persons, organisations and places on Universal NER, in EWT's words and sentences."""
    from claimx_training.corpora import iob_sentences

    names = {"PERSON": "PER", "ORG": "ORG", PLACE: "LOC"}
    rows = list(iob_sentences(path))
    docs = [Doc(nlp.vocab, words=words, sent_starts=[not i for i in range(len(words))]) for _, words, _ in rows]
    counts = SpanCounts()
    for doc, (_, _, tags) in zip(run(nlp, docs), rows, strict=True):
        gold = [span for span in labels.spans_of(tags) if span[2] in names.values()]
        counts.add(entity_spans(doc, lambda label: names.get(_grouped(label))), gold)
    return counts.figures(corpus)


def score_re3d(nlp: Language, all_documents: Sequence[Re3dDocument]) -> list[Figure]:
    """Persons, organisations, places, platforms and weapons in re3d's held-out documents, from raw text.

    The first three are names (a span counts where its last word is capitalised). Platforms (vehicles among them) and
    weapons are mostly common nouns there, so a noun class finds them as well as a name does. Found is what ends where a
    span of its kind ends: re3d's spans take in titles and determiners that names do not have. Spans that its annotators
    doubted are neither asked for nor held against us.
    """
    counts = SpanCounts()
    held_out = [document for document in all_documents if document.held_out]
    for doc, document in zip(nlp.pipe(document.text for document in held_out), held_out, strict=True):
        gold: set[Span] = set()
        doubted: set[Span] = set()
        for _, end, kind, confidence in document.spans:
            label = _RE3D_GROUPS.get(kind)
            last = document.text[:end].split()[-1]
            if label and (last[:1].isupper() or label in _RE3D_HARDWARE.values()):
                (gold if confidence >= 0.5 else doubted).add((end, end, label))
        ours = {
            (ent.end_char, ent.end_char, _RE3D_NAMES[_grouped(ent.label_)])
            for ent in doc.ents
            if _grouped(ent.label_) in _RE3D_NAMES
        }
        for token, noun_class in zip(doc, doc.user_data.get(NOUN_CLASS) or [""] * len(doc), strict=True):
            if noun_class in _RE3D_HARDWARE and token.dep_ != "compound":
                end = token.idx + len(token)
                ours.add((end, end, _RE3D_HARDWARE[noun_class]))
        counts.add(ours - (doubted - gold), gold)
    return counts.figures("re3d held out")


def words_a_second(nlp: Language, texts: Sequence[str]) -> float:
    """How many words `nlp` annotates in a second, its tokenizer included."""
    begun = time.perf_counter()
    words = sum(sum(not token.is_space for token in doc) for doc in nlp.pipe(texts))
    return words / (time.perf_counter() - begun)


def by_corpus(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """The figures of each corpus together, in their order."""
    table: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        table[figure.corpus].append(figure)
    return dict(table)
