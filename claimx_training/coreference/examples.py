"""What the coreference head learns from: weighed pairs of each document, and which of them are right."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from claimx.claims.coreference.mentions import Mention
from claimx.claims.coreference.pairs import Pairs, find_pairs
from claimx.claims.coreference.reading import Reading
from claimx.language.antecedents import MentionVectors
from claimx.rules.loader import bundled_rules
from claimx_training.coreference.corpora import Document


@dataclass(frozen=True, slots=True)
class Example:
    """One document: its reading, the pairs in it, each mention's cluster ("" for none), each mention's vector.

    `asked` holds the mentions, by index, of which alone it is marked what they take up; None where it is of all.
    """

    reading: Reading
    pairs: Pairs
    clusters: list[str]
    complete: bool
    vectors: MentionVectors
    asked: frozenset[int] | None = None

    def with_vectors(self, vectors: MentionVectors) -> Self:
        """The same with vectors for each mention."""
        return replace(self, vectors=vectors)

    def right(self) -> NDArray[np.bool_]:
        """Whether the two of each pair are in one cluster."""
        names = np.asarray(self.clusters)
        same = names[self.pairs.anaphor] == names[self.pairs.candidate]
        return np.asarray(same & (names[self.pairs.anaphor] != ""), dtype=bool)

    def learnable(self) -> NDArray[np.bool_]:
        """Whether an anaphor tells something: in a corpus that marks only some kinds of things, only marked ones do.

        A pronoun there must also have what it takes up among its candidates: novels open with pronouns, news does not.
        """
        if self.asked is not None:
            return np.asarray([i in self.asked for i in self.pairs.anaphors.tolist()], dtype=bool)
        told = set(self.pairs.anaphor[self.right()].tolist())
        mentions = self.reading.mentions
        return np.asarray(
            [
                self.complete or (self.clusters[i] != "" and (mentions[i].kind != "pronoun" or i in told))
                for i in self.pairs.anaphors.tolist()
            ],
            dtype=bool,
        )


def mention_clusters(reading: Reading, document: Document) -> list[str]:
    """Return the cluster of each mention: that of the shortest marked phrase with its head, "" where there is none.

    A phrase with several joined by *and* is that of the pair.
    """
    doc = reading.doc
    found = [""] * len(reading.mentions)
    for start, end, cluster in sorted(document.phrases, key=lambda phrase: phrase[0] - phrase[1]):
        mention = mention_of(reading, doc, start, end)
        if mention is not None:
            found[mention.index] = cluster
    return _with_names(reading, found) if document.anaphors else found


def _with_names(reading: Reading, clusters: list[str]) -> list[str]:
    """The clusters with those joined that names or grammar join.

    Where only what takes something up is marked, each name stands apart, and *the physician* from *Dr. Doe* behind it.
    """
    whole = list(clusters)
    alike = [bearer.mentions for bearer in {id(b): b for b in reading.bearers if b is not None}.values()]
    for same in (*alike, *([first, second] for second, first in sorted(reading.ties.items()))):
        named = {whole[i] for i in same} - {""}
        if named:
            first = min(named)
            whole = [first if cluster in named else cluster for cluster in whole]
            for i in same:
                whole[i] = first
    return whole


def mention_of(reading: Reading, doc: Doc, start: int, end: int) -> Mention | None:
    """Return the mention that a marked phrase is of."""
    head = doc[start:end].root
    if any(child.dep_ == "conj" and start <= child.i < end for child in head.children):
        return reading.pair_at.get(head.i)
    return reading.by_head.get(head.i) or reading.name_at.get(head.i)


def make_example(document: Document, doc: Doc) -> Example:
    """Return what a document, read by the pipeline, teaches; vectors come later."""
    reading = Reading(doc, bundled_rules().coreference)
    nothing = MentionVectors(np.zeros((len(reading.mentions), 0), dtype=np.float16))
    asked = None
    if document.anaphors:
        found = (mention_of(reading, doc, start, end) for start, end in document.anaphors)
        asked = frozenset(mention.index for mention in found if mention is not None)
    clusters = mention_clusters(reading, document)
    return Example(reading, find_pairs(reading), clusters, document.complete, nothing, asked)
