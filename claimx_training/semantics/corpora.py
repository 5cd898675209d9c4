"""Readers of what the semantic layers learn from: PropBank and documents with claims."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from claimx.language.semantics import MOVEMENT_ROLES
from claimx_training.corpora import read_conllu
from claimx_training.semantics.passages import MarkedMovement, Passage, Predicate

_SENTENCES_A_PASSAGE: Final = 4


class Frames:
    """PropBank's senses by the first word of their names (`out` of *back_out* counts under *back*)."""

    def __init__(self, path: Path) -> None:
        by_word: dict[str, set[str]] = defaultdict(set)
        self.senses: list[str] = []
        for line in path.open(encoding="utf-8"):
            record = json.loads(line)
            self.senses.append(record["sense"])
            for name, _ in record["aliases"]:
                by_word[name.split("_")[0].lower()].add(record["sense"])
        self._by_word = by_word

    def candidates(self, lemma: str) -> tuple[str, ...]:
        """The senses that a word of this lemma may have, sorted; none where PropBank has no frame for it."""
        return tuple(sorted(self._by_word.get(lemma.lower(), ())))

    def record(self, labels: Sequence[str]) -> dict[str, Any]:
        """What a trained model is stored with: senses, argument labels, and the senses of each lemma by number."""
        number = {sense: index for index, sense in enumerate(self.senses)}
        by_lemma = {word: sorted(number[sense] for sense in senses) for word, senses in sorted(self._by_word.items())}
        return {"senses": self.senses, "labels": list(labels), "frames": by_lemma}


def argument_heads(arguments: Sequence[Sequence[Any]], heads: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """Each argument span's head word, the first of its words that hangs on one outside, with its label."""
    found = []
    for label, start, end in arguments:
        outside = [i for i in range(start, min(end, len(heads))) if not start <= heads[i] < end]
        if outside and label not in {"C-V"}:
            found.append((outside[0], label))
    return tuple(found)


def read_ewt_propbank(path: Path, treebank: Path, frames: Frames) -> Iterator[Passage]:
    """Passages of some sentences each of PropBank over EWT; heads from the treebank's trees."""
    marked = {}
    for line in path.open(encoding="utf-8"):
        record = json.loads(line)
        marked[record["sent_id"]] = record
    words: list[str] = []
    numbers: list[int] = []
    predicates: list[Predicate] = []
    document, count = "", 0
    for sentence in read_conllu(treebank):
        record = marked.get(sentence.id)
        if record is None or record["words"] != sentence.words:
            continue
        if words and (sentence.document != document or count == _SENTENCES_A_PASSAGE):
            yield Passage(f"ewt-{document}", words, numbers, predicates, all_predicates=True)
            words, numbers, predicates, count = [], [], [], 0
        document = sentence.document
        offset, heads, lemmas = len(words), sentence.heads or [], sentence.lemmas or []
        for p in record["predicates"]:
            found = argument_heads(p["args"], heads)
            candidates = set(frames.candidates(lemmas[p["i"]])) | {p["sense"]}
            predicates.append(
                Predicate(
                    offset + p["i"], p["sense"], tuple(sorted(candidates)), tuple((offset + h, n) for h, n in found)
                )
            )
        words += sentence.words
        numbers += [count] * len(sentence.words)
        count += 1
    if words:
        yield Passage(f"ewt-{document}", words, numbers, predicates, all_predicates=True)


def read_propbank_examples(path: Path, nlp: Language, frames: Frames) -> Iterator[Passage]:
    """A passage for each example in PropBank's frame files, with its one predicate; heads by claimx's own parser."""
    records = [json.loads(line) for line in path.open(encoding="utf-8")]
    records = [r for r in records if 3 <= len(r["words"]) <= 80 and r["rel"] and r["rel"][0] < len(r["words"])]
    docs = (
        Doc(nlp.vocab, words=[w or "-" for w in r["words"]], sent_starts=[i == 0 for i in range(len(r["words"]))])
        for r in records
    )
    for record, doc in zip(records, nlp.pipe(docs), strict=True):
        word = record["rel"][0]
        heads = [token.head.i if token.head.i != token.i else -1 for token in doc]
        candidates = set(frames.candidates(doc[word].lemma_)) | {record["sense"]}
        predicate = Predicate(word, record["sense"], tuple(sorted(candidates)), argument_heads(record["args"], heads))
        yield Passage(f"frames-{record['sense']}", [t.text for t in doc], [0] * len(doc), [predicate])


def read_gold(path: Path, nlp: Language) -> Iterator[Passage]:
    """A passage for each document of a gold file of claims; to measure on, never to train."""
    records = [json.loads(line) for line in path.open(encoding="utf-8")]
    for record in records:
        yield marked_passage(record["id"], nlp(record["text"]), record["claims"])


def marked_passage(name: str, doc: Doc, claims: Sequence[dict[str, Any]]) -> Passage:
    """The passage of a text and its marked claims, whose spans are given by character offsets."""
    at = {token.i: n for n, token in enumerate(t for t in doc if not t.is_space)}
    sentence_of = {token.i: number for number, sent in enumerate(doc.sents) for token in sent}
    movements = []
    taken: set[int] = set()
    for claim in claims:
        trigger = _span(doc, claim["trigger"])
        if trigger is None or at[trigger.root.i] in taken:
            continue
        taken.add(at[trigger.root.i])
        roles = []
        for role in MOVEMENT_ROLES:
            span = _span(doc, claim.get(role))
            if span is not None:
                roles.append((role, at[span.root.i]))
        sources = [at[span.root.i] for s in claim["sources"] if (span := _span(doc, s)) is not None]
        movements.append(MarkedMovement(at[trigger.root.i], claim["status"], tuple(roles), tuple(sources)))
    words = [token for token in doc if not token.is_space]
    return Passage(name, [t.text for t in words], [sentence_of[t.i] for t in words], movements=movements)


def _span(doc: Doc, record: dict[str, Any] | None) -> Span | None:
    if record is None:
        return None
    return doc.char_span(record["start"], record["end"], alignment_mode="expand")
