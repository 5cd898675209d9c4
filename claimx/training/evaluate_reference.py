"""Fit and measure reference resolution on the GUM corpus (CoNLL-U with coreference in `Entity=`).

    python -m claimx.training.evaluate_reference DEV.conllu … [--model NAME] [--genres news,interview]
    python -m claimx.training.evaluate_reference --fit TRAIN.conllu … [--model NAME] > weights.toml

Without `--model` the corpus's own parses are used, with entities made of its named mentions; with it, the pipeline's
(to fit, both).
A resolution is right when the span it gives is a mention of the anaphor's gold cluster, whichever. Precision is over
the resolutions given, recall over the anaphors that the gold has more about elsewhere (a name or noun for a pronoun;
before it, a name or more words for a noun). GUM: Zeldes (2017), https://gucorpling.org/gum/.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from claimx.claims.reference.mentions import Mention
from claimx.claims.reference.reading import Reading, group_of
from claimx.claims.reference.resolver import Resolver
from claimx.claims.reference.vocabulary import ReferenceWeights, vocabulary, weights
from claimx.language import load_model

_ENTITY = re.compile(r"\(([^()]+)(\))?|([^()]+)\)")
_LABELS = {"person": "PERSON", "place": "GPE", "organization": "ORG", "object": "PRODUCT", "event": "EVENT"}
_GROUPS = ("he", "it", "they", "definite")  # GUM leaves relative pronouns unmarked


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention as the corpus has it: tokens `start:end`, its head, its cluster, its entity type."""

    start: int
    end: int
    head: int
    cluster: str
    type: str
    nominal: bool
    named: bool


@dataclass(slots=True)
class GoldDocument:
    """A document of the corpus, parsed, with its mentions by head."""

    name: str
    doc: Doc
    mentions: list[GoldMention]
    by_head: dict[int, list[GoldMention]] = field(default_factory=dict)
    clusters: dict[str, list[GoldMention]] = field(default_factory=dict)

    def cluster_at(self, head: int) -> str | None:
        """Return the cluster of the smallest mention with this head."""
        found = self.by_head.get(head)
        return min(found, key=lambda m: m.end - m.start).cluster if found else None

    def cluster_of(self, span: Span) -> str | None:
        """Return the cluster of the mention that a span is nearest to, of those that hold its root."""
        root = span.root.i
        near = [m for m in self.mentions if m.start <= root < m.end]
        if not near:
            return None
        best = min(near, key=lambda m: abs(m.start - span.start) + abs(m.end - span.end))
        return best.cluster


def read_documents(path: Path, nlp: Language | None = None, genres: frozenset[str] = frozenset()) -> list[GoldDocument]:
    """Return the corpus's documents, with its own parses or, given `nlp`, the pipeline's over the same tokens."""
    found = []
    vocab = (nlp or spacy.blank("en")).vocab
    for name, sentences in _documents(path):
        if genres and name.split("_")[1] not in genres:
            continue
        gold = _gold_doc(vocab, sentences)
        mentions = _mentions(gold, [row for rows in sentences for row in rows])
        if nlp is None:
            _set_entities(gold, mentions)
            doc = gold
        else:
            doc = Doc(vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold])
            for _, pipe in nlp.pipeline:
                doc = pipe(doc)
        document = GoldDocument(name, doc, mentions)
        for mention in mentions:
            document.by_head.setdefault(mention.head, []).append(mention)
            document.clusters.setdefault(mention.cluster, []).append(mention)
        found.append(document)
    return found


def _documents(path: Path) -> Iterator[tuple[str, list[list[list[str]]]]]:
    name, sentences, rows = "", [], []  # type: str, list[list[list[str]]], list[list[str]]
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc id"):
            if sentences:
                yield name, sentences
            name, sentences = line.split("=")[1].strip(), []
        elif line[:1].isdigit():
            fields = line.split("\t")
            if fields[0].isdigit():
                rows.append(fields)
        elif not line and rows:
            sentences.append(rows)
            rows = []
    if sentences:
        yield name, sentences


def _gold_doc(vocab: Vocab, sentences: list[list[list[str]]]) -> Doc:
    rows: list[list[str]] = []
    heads: list[int] = []
    starts: list[bool | int | None] = []
    for sentence in sentences:
        offset = len(rows)
        for i, row in enumerate(sentence):
            heads.append(offset + (int(row[6]) - 1 if row[6] != "0" else i))
            starts.append(i == 0)
            rows.append(row)
    return Doc(
        vocab,
        words=[row[1] for row in rows],
        spaces=["SpaceAfter=No" not in row[9] for row in rows],
        lemmas=[row[2] for row in rows],
        pos=[row[3] for row in rows],
        tags=[row[4] for row in rows],
        morphs=["" if row[5] == "_" else row[5] for row in rows],
        heads=heads,
        deps=[row[7] if row[6] != "0" else "ROOT" for row in rows],
        sent_starts=starts,
    )


def _mentions(doc: Doc, rows: list[list[str]]) -> list[GoldMention]:
    open_: dict[str, list[tuple[int, str]]] = {}
    found = []
    for i, row in enumerate(rows):
        entity = next((part[7:] for part in row[9].split("|") if part.startswith("Entity=")), "")
        for match in _ENTITY.finditer(entity):
            opened, closed, ended = match.groups()
            if opened:
                parts = opened.split("-")
                cluster, kind = parts[0], parts[1] if len(parts) > 1 else ""
                if closed:
                    found.append(_mention(doc, i, i + 1, cluster, kind))
                else:
                    open_.setdefault(cluster, []).append((i, kind))
            elif open_.get(ended):
                start, kind = open_[ended].pop()
                found.append(_mention(doc, start, i + 1, ended, kind))
    return found


def _mention(doc: Doc, start: int, end: int, cluster: str, kind: str) -> GoldMention:
    head = doc[start:end].root
    nominal = head.pos_ not in {"PRON", "DET", "ADV", "VERB"}
    return GoldMention(start, end, head.i, cluster.split("[")[0], kind, nominal, head.pos_ == "PROPN")


def _set_entities(doc: Doc, mentions: Iterable[GoldMention]) -> None:
    spans = []
    for mention in mentions:
        head = doc[mention.head]
        if head.pos_ == "PROPN" and mention.type in _LABELS:
            start = end = mention.head
            while start > mention.start and _in_name(doc[start - 1], head):
                start -= 1
            while end + 1 < mention.end and _in_name(doc[end + 1], head):
                end += 1
            spans.append(Span(doc, start, end + 1, label=_LABELS[mention.type]))
    doc.ents = spacy.util.filter_spans(spans)


def _in_name(token: Token, head: Token) -> bool:
    if token.pos_ in {"PROPN", "NUM"} or token.tag_ in {"NNP", "NNPS"}:
        return True
    return token.text in {"-", "of"} and head.is_ancestor(token)


# ── measuring ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Score:
    """Counts of one kind of anaphor: resolutions right, given, and anaphors that had one in the gold."""

    right: int = 0
    given: int = 0
    gold: int = 0

    def row(self) -> str:
        precision = self.right / self.given if self.given else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        return f"P {precision:6.3f}  R {recall:6.3f}  given {self.given:5d}  gold {self.gold:5d}"


def evaluate(documents: Iterable[GoldDocument], *, show: int = 0) -> dict[str, Score]:
    """Return precision and recall per kind of anaphor; `show` prints that many wrong resolutions to stderr."""
    scores = {group: Score() for group in (*_GROUPS, "all")}
    for document in documents:
        resolver = Resolver(document.doc)
        for mention in resolver._reading.mentions:
            group = group_of(mention)
            if group not in scores or mention.kind in {"name", "pair"}:
                continue
            if group == "definite" and mention.form not in {"definite", "demonstrative"}:
                continue
            cluster = document.cluster_at(mention.head)
            answer = resolver.resolve(document.doc[mention.head : mention.head + 1])
            solvable = cluster is not None and _is_solvable(document, mention, cluster)
            right = answer is not None and cluster is not None and document.cluster_of(answer) == cluster
            for name in (group, "all"):
                scores[name].gold += solvable
                scores[name].given += answer is not None
                scores[name].right += right
            if answer is not None and not right and show:
                show -= 1
                _show(document, mention, answer)
    return scores


def _is_solvable(document: GoldDocument, mention: Mention, cluster: str) -> bool:
    """Return whether the cluster says more elsewhere: by any name or noun for a pronoun, by more words for a noun."""
    own = min((m.end - m.start for m in document.by_head[mention.head]), default=1)
    return any(
        other.nominal
        and other.head != mention.head
        and (
            mention.kind == "pronoun" or (other.start < mention.head and (other.named or other.end - other.start > own))
        )
        for other in document.clusters[cluster]
    )


def _show(document: GoldDocument, mention: Mention, answer: Span) -> None:
    doc = document.doc
    left, right = max(0, mention.head - 40), min(len(doc), mention.head + 12)
    before, after = doc[left : mention.head].text, doc[mention.head + 1 : right].text
    gold = [doc[m.start : m.end].text for m in document.clusters.get(document.cluster_at(mention.head) or "", ())][:3]
    text = f"{document.name}: …{before} [[{doc[mention.head]}]] {after}…\n   -> {answer.text!r}; gold {gold}"
    print(text.replace("\n", " "), file=sys.stderr)


# ── fitting ──────────────────────────────────────────────────────────────────────────────────────────────────────

_Case = tuple[list[list[str]], list[bool]]


def cases(documents: Iterable[GoldDocument]) -> dict[str, list[_Case]]:
    """Return, per kind of anaphor, each decision's features and which choices are right; right links are followed."""
    found: dict[str, list[_Case]] = {}
    empty = ReferenceWeights(link={}, report={}, weights={})
    for document in documents:
        reading = Reading(document.doc, vocabulary(), empty)
        for mention in reading.mentions:
            rows = reading.candidates(mention)
            if rows is None:
                reading.settle(mention)
                continue
            candidates, features = rows
            cluster = document.cluster_at(mention.head)
            right = [
                cluster is not None and _cluster_of_mention(document, candidate.mention) == cluster
                for candidate in candidates
            ]
            found.setdefault(group_of(mention), []).append((features, [*right, not any(right)]))
            if any(right):
                reading.join(mention, candidates[right.index(True)].entity, 1.0)
            else:
                reading.settle(mention)
    return found


def _cluster_of_mention(document: GoldDocument, mention: Mention) -> str | None:
    if mention.kind == "pair":
        first, last = mention.members[0], mention.members[-1]
        for gold in document.by_head.get(mention.head, ()):
            if gold.start <= first and gold.end > last:
                return gold.cluster
        return None
    if mention.name is not None:
        for i in range(mention.name.full, mention.name.end):
            cluster = document.cluster_at(i)
            if cluster is not None and i >= mention.name.start:
                return cluster
    return document.cluster_at(mention.head)


def fit(rows: list[_Case], *, ridge: float = 6.0, rounds: int = 400, least: int = 3) -> dict[str, float]:
    """Return the weights that maximise the likelihood of the right choices, by RMSprop on the whole batch."""
    counts: dict[str, int] = {}
    for features, _ in rows:
        for name in {name for row in features for name in row}:
            counts[name] = counts.get(name, 0) + 1
    index = {name: i for i, name in enumerate(sorted(name for name, n in counts.items() if n >= least))}
    columns: list[int] = []
    owners: list[int] = []
    groups: list[int] = []
    right: list[bool] = []
    for number, (features, labels) in enumerate(rows):
        for row, label in zip(features, labels, strict=True):
            for name in row:
                if name in index:
                    columns.append(index[name])
                    owners.append(len(groups))
            groups.append(number)
            right.append(label)
    column, owner, group = (np.array(values, dtype=np.int64) for values in (columns, owners, groups))
    gold = np.array(right, dtype=float)
    w = np.zeros(len(index))
    momentum, square = np.zeros_like(w), np.zeros_like(w)
    for round_ in range(1, rounds + 1):
        score = np.bincount(owner, weights=w[column], minlength=len(group))
        top = np.full(len(rows), -np.inf)
        np.maximum.at(top, group, score)
        exponential = np.exp(score - top[group])
        chance = exponential / np.bincount(group, weights=exponential)[group]
        mass = np.bincount(group, weights=chance * gold)[group]
        wanted = chance * gold / np.maximum(mass, 1e-9)
        slope = np.bincount(column, weights=(chance - wanted)[owner], minlength=len(w)) + ridge * w
        momentum = 0.9 * momentum + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        step = (momentum / (1 - 0.9**round_)) / (np.sqrt(square / (1 - 0.99**round_)) + 1e-8)
        w -= 0.05 * (1 - round_ / (rounds + 1)) * step
    return {name: round(float(w[i]), 3) for name, i in index.items() if abs(w[i]) >= 0.005}


def weights_toml(fitted: dict[str, dict[str, float]], current: ReferenceWeights) -> str:
    """Return reference_weights.toml with the fitted weights and the thresholds as they are."""
    lines = [
        "# Fitted by `python -m claimx.training.evaluate_reference --fit` on the GUM corpus's coreference annotations",
        "# (Zeldes 2017, CC BY 4.0). Thresholds are probabilities: `link` to build on, `report` to tell.",
    ]
    for table, values in (("link", current.link), ("report", current.report)):
        lines += ["", f"[{table}]", *(f'"{name}" = {value}' for name, value in sorted(values.items()))]
    for group, values in sorted(fitted.items()):
        lines += ["", f"[weights.{group}]", *(f'"{name}" = {value}' for name, value in sorted(values.items()))]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Fit or measure reference resolution on GUM.")
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--model", help="a spaCy pipeline by name or path; default: the corpus's own parses")
    parser.add_argument("--genres", default="", help="comma-separated genres to keep")
    parser.add_argument("--fit", action="store_true", help="write fitted weights to stdout")
    parser.add_argument("--show", type=int, default=0, help="print so many wrong resolutions")
    options = parser.parse_args()
    nlp = load_model(options.model) if options.model else None
    genres = frozenset(filter(None, options.genres.split(",")))
    documents = [doc for path in options.corpora for doc in read_documents(path, nlp, genres)]
    if options.fit:
        if nlp is not None:  # clean parses steady what is learned from the pipeline's
            documents += [doc for path in options.corpora for doc in read_documents(path, None, genres)]
        documents += [
            doc for doc in documents if doc.name.split("_")[1] == "news"
        ]  # the genre that is read counts twice
        fitted = {group: fit(rows) for group, rows in cases(documents).items()}
        sys.stdout.write(weights_toml(fitted, weights()))
        return
    for group, score in evaluate(documents, show=options.show).items():
        print(f"{group:10s} {score.row()}")


if __name__ == "__main__":
    main()
