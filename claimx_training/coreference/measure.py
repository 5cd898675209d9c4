"""Coreference measured: chains beside a baseline by the CoNLL scorer's definitions, and what is shown as `resolved`."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from spacy.language import Language

from claimx.claims.coreference.mentions import Mention
from claimx.claims.coreference.resolver import BARS, Resolver
from claimx_training.coreference.corpora import read_gum
from claimx_training.coreference.examples import mention_clusters, mention_of
from claimx_training.coreference.scorer import Scores

PRECISION: Final = 0.925
"""Of what is marked, for each kind of answer."""
_LOWEST: Final = 0.7
_HIGHEST: Final = 0.8
"""Few answers prove little: none is given below the one, and no kind needs to be surer than the other.

Of nouns that name something again, the marks tell too little: they count what is right but marked in pieces as wrong.
"""
_SPARSE: Final = frozenset({"post", "kind"})
"""Of these the texts held out have too few to fit by: they are given from the least on."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a mention is resolved to, sure or not: of which kind, how sure, and whether it is right."""

    bar: str
    sureness: float
    right: bool


def is_asked(mention: Mention) -> bool:
    """Return whether the mention is of the kind that claims show a referent for, *I* and *we* apart."""
    if mention.kind == "pronoun":
        return mention.form in {"he", "she", "it", "there", "they"}
    return mention.kind == "nominal" and mention.form in {"definite", "demonstrative", "possessive"}


def answers(resolver: Resolver, clusters: Sequence[str], asked: Collection[int] | None = None) -> Iterator[Judged]:
    """Yield what the resolver would say of each mention asked about; `clusters` are the right ones of all mentions.

    `asked` holds the mentions, by index, of which it is known; by default it is of all.
    """
    for mention in resolver.reading.mentions:
        if not is_asked(mention) or (asked is not None and mention.index not in asked):
            continue
        for answer in resolver.answers(mention):
            other = resolver.reading.mention_at(answer.span)
            if other is not None and other.index != mention.index:
                right = clusters[mention.index] != "" and clusters[mention.index] == clusters[other.index]
                yield Judged(answer.bar, answer.sureness, right)
                if answer.sureness >= _LOWEST:
                    break  # what comes after it is asked for only where it is not sure


def least_sureness(found: Iterable[Judged], precision: float = PRECISION) -> list[float]:
    """Return for each of `BARS` from which sureness on that share of the answers is right, 0.7 to 0.8."""
    by_bar: dict[str, list[Judged]] = defaultdict(list)
    for answer in found:
        by_bar[answer.bar].append(answer)
    bars = []
    for bar in BARS:
        least, right = 1.0, 0
        ranked = sorted(by_bar[bar], key=lambda a: -a.sureness)
        for count, answer in enumerate(ranked, start=1):
            right += answer.right
            last = count == len(ranked) or ranked[count].sureness < answer.sureness
            if last and right / count >= precision:
                least = answer.sureness
        bars.append(_LOWEST if bar in _SPARSE else round(min(max(least, _LOWEST), _HIGHEST), 3))
    return bars


def has_more(mentions: Iterable[Mention], mention: Mention, clusters: Sequence[str], lengths: Sequence[int]) -> bool:
    """Return whether the text says more of a mention elsewhere: by a name, by a noun for a pronoun, or more fully.

    `lengths` holds the words of each mention's marked phrase.
    """
    own = mention.index
    others = [m for m in mentions if clusters[own] and clusters[m.index] == clusters[own] and m.index != own]
    return any(
        m.kind == "name"
        or (m.kind == "nominal" and (mention.kind == "pronoun" or (m.index < own and lengths[m.index] > lengths[own])))
        for m in others
    )


def evaluate(nlp: Language, path: Path) -> dict[str, Any]:
    """Return the figures of a pipeline on a part of GUM: CoNLL F1 and its parts, and what is resolved how well.

    A mention stands for itself by its head; a pair (*France and Germany*) is told apart from the first of it.
    """
    chained, matched = Scores(), Scores()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for document in read_gum(path):
        doc = document.to_doc(nlp)
        resolver = Resolver(doc)
        mentions = resolver.reading.mentions
        clusters = mention_clusters(resolver.reading, document)
        gold: dict[str, set[Any]] = defaultdict(set)
        lengths = [1] * len(mentions)
        for start, end, cluster in document.phrases:
            head = doc[start:end].root
            gold[cluster].add((head.i, any(child.dep_ == "conj" and start <= child.i < end for child in head.children)))
            mention = mention_of(resolver.reading, doc, start, end)
            if mention is not None:
                lengths[mention.index] = end - start
        chained.add(gold.values(), _chains((resolver.chains.of[m.index], m) for m in mentions))
        matched.add(gold.values(), _chains((m.form if m.kind == "pronoun" else m.lemma, m) for m in mentions))
        for mention in filter(is_asked, mentions):
            span = resolver.resolve(doc[mention.head : mention.head + 1])
            other = resolver.reading.mention_at(span) if span is not None else None
            cluster = clusters[mention.index]
            for kind in (mention.form if mention.kind == "pronoun" else "noun", "all"):
                counts[kind][0] += other is not None and cluster != "" and clusters[other.index] == cluster
                counts[kind][1] += span is not None
                counts[kind][2] += has_more(mentions, mention, clusters, lengths)
    return {
        "chains": _figures(chained),
        "same heads": _figures(matched),
        "resolved": {
            kind: {"right": right, "given": given, "named elsewhere": asked}
            for kind, (right, given, asked) in sorted(counts.items())
        },
    }


def _chains(keyed: Iterable[tuple[Hashable, Mention]]) -> list[set[Any]]:
    """Return the mentions that share a key, each as its head and whether it is a pair."""
    chains: dict[Hashable, set[Any]] = defaultdict(set)
    for key, mention in keyed:
        chains[key].add((mention.head, mention.kind == "pair"))
    return list(chains.values())


def _figures(scores: Scores) -> dict[str, float]:
    parts = {"MUC": scores.muc.f1, "B3": scores.b_cubed.f1, "CEAFe": scores.ceaf.f1, "CoNLL": scores.conll}
    return {name: round(100 * value, 2) for name, value in parts.items()}
