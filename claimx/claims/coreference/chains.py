"""Chains: which mentions refer to the same, and how sure each is of what its chain says."""

from collections.abc import Sequence

import numpy as np

from claimx.claims.coreference.mentions import Mention
from claimx.claims.coreference.pairs import agree, find_pairs
from claimx.claims.coreference.reading import Bearer, Reading, genders_agree
from claimx.language.antecedents import AntecedentScorer
from claimx.language.decoding import FloatArray


class Chains:
    """The chains of a document: `of` holds the number of each mention's, `sureness` how likely (0-1) it is in it.

    `joining` is how likely the names that came later than the rest of their chain belong to it, by chain.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.of = list(range(len(reading.mentions)))
        self.sureness = [1.0] * len(reading.mentions)
        self.joining: dict[int, float] = {}
        self.members: list[list[int]] = [[i] for i in self.of]
        self._bearers: list[Bearer | None] = list(reading.bearers)
        self._genders = [
            b.gender if b is not None else m.gender for m, b in zip(reading.mentions, self._bearers, strict=True)
        ]
        for bearer in {id(b): b for b in reading.bearers if b is not None}.values():
            for index in bearer.mentions[1:]:
                self._merge(bearer.mentions[0], index)
        self._tied = {second: first for second, first in reading.ties.items() if self._may_merge(first, second)}
        for first, second in (*((first, second) for second, first in sorted(self._tied.items())), *reading.repeats()):
            if self._may_merge(first, second):
                self._merge(first, second)

    def link(self, scorer: AntecedentScorer, vectors: FloatArray) -> None:
        """Link every mention that is weighed to what it likeliest takes up; `vectors` holds a row for each mention."""
        pairs = find_pairs(self.reading)
        scores = scorer.pairs(vectors, pairs.anaphor, pairs.candidate, pairs.codes)
        nothing = scorer.of_nothing(vectors[pairs.anaphors], pairs.alone)
        begins = np.searchsorted(pairs.anaphor, pairs.anaphors, side="left")
        ends = np.searchsorted(pairs.anaphor, pairs.anaphors, side="right")
        rows = {index: row for row, index in enumerate(pairs.anaphors.tolist())}
        for mention in self.reading.mentions:
            row = rows.get(mention.index)
            if row is not None:
                here = slice(begins[row], ends[row])
                candidates = pairs.candidate[here]
                alone = nothing[row]
                found = np.exp(np.append(scores[here], alone) - max(scores[here].max(initial=-1e9), alone))
                self._take_up(mention, list(zip(candidates.tolist(), (found / found.sum()).tolist(), strict=False)))
            elif mention.index in self._tied:
                self.sureness[mention.index] = self.sureness[self._tied[mention.index]]

    def _take_up(self, mention: Mention, chances: Sequence[tuple[int, float]]) -> None:
        """Join the likeliest chain, the chances of whose mentions add up, unless nothing is likelier."""
        likely: dict[int, float] = {}
        sure: dict[int, float] = {}
        for index, chance in chances:
            chain = self.of[index]
            likely[chain] = likely.get(chain, 0.0) + chance
            sure[chain] = sure.get(chain, 0.0) + chance * self.sureness[index]
        rest = 1.0 - sum(likely.values())
        for chain in sorted(likely, key=lambda c: -likely[c]):
            if likely[chain] <= rest:
                return
            other = self.reading.mentions[self.members[chain][0]]
            agreed = agree(mention, self.reading.number(other), self._genders[chain], other)
            if agreed and self._may_merge(chain, mention.index):
                self._merge(chain, mention.index)
                if mention.name is not None:
                    self.joining[self.of[mention.index]] = sure[chain]
                else:
                    self.sureness[mention.index] = sure[chain]
                return

    def _may_merge(self, first: int, second: int) -> bool:
        one, other = self.of[first], self.of[second]
        a, b = self._bearers[one], self._bearers[other]
        return (a is None or b is None or a is b) and genders_agree(self._genders[one], self._genders[other])

    def _merge(self, first: int, second: int) -> None:
        kept, gone = sorted((self.of[first], self.of[second]))
        if kept == gone:
            return
        self.members[kept] = sorted(self.members[kept] + self.members[gone])
        for index in self.members[gone]:
            self.of[index] = kept
        self.members[gone] = []
        self._bearers[kept] = self._bearers[kept] or self._bearers[gone]
        self._genders[kept] = self._genders[kept] or self._genders[gone]

    def bearer(self, mention: Mention) -> Bearer | None:
        """Return whom or what the names in the mention's chain are of."""
        return self._bearers[self.of[mention.index]]
