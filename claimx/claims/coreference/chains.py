"""Chains: which mentions refer to the same, and how likely each refers to what another one names or describes."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from claimx.claims.coreference.mentions import Mention
from claimx.claims.coreference.pairs import agree, find_pairs
from claimx.claims.coreference.reading import Bearer, Reading, genders_agree
from claimx.language.antecedents import Antecedents, MentionVectors

_SLIGHT: Final = 0.05  # less is not followed any further
_MOST: Final = 24  # units that one may be the same as, so that long chains cost no more than short ones


class Chains:
    """The chains of a document: `of` holds the number of each mention's, `members` the mentions of each.

    `unit` holds the number of what names and grammar alone join to a mention, which is certain; `together` is for each
    unit how likely (0-1) it refers to the same as others do.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.of = list(range(len(reading.mentions)))
        self.members: list[list[int]] = [[i] for i in self.of]
        self._bearers: list[Bearer | None] = list(reading.bearers)
        self._genders = [
            b.gender if b is not None else m.gender for m, b in zip(reading.mentions, self._bearers, strict=True)
        ]
        for bearer in {id(b): b for b in reading.bearers if b is not None}.values():
            for index in bearer.mentions[1:]:
                self._merge(bearer.mentions[0], index)
        ties = ((first, second) for second, first in sorted(reading.ties.items()))
        for first, second in (*ties, *reading.repeats(), *reading.posts()):
            if self._may_merge(first, second):
                self._merge(first, second)
        self.unit = list(self.of)
        self.units = {unit: tuple(self.members[unit]) for unit in set(self.unit)}
        self.named = {unit: named for unit in self.units if (named := self._bearers[unit]) is not None}
        self.together: dict[int, dict[int, float]] = {}

    def link(self, scorer: Antecedents, vectors: MentionVectors) -> None:
        """Link every mention that is weighed to what it likeliest takes up; `vectors` holds a row for each mention."""
        pairs = find_pairs(self.reading)
        scores = scorer.pairs(vectors, pairs.anaphor, pairs.candidate, pairs.codes)
        nothing = scorer.of_nothing(vectors, pairs.anaphors, pairs.alone)
        begins = np.searchsorted(pairs.anaphor, pairs.anaphors, side="left")
        ends = np.searchsorted(pairs.anaphor, pairs.anaphors, side="right")
        for row, index in enumerate(pairs.anaphors.tolist()):
            here = slice(begins[row], ends[row])
            alone = nothing[row]
            found = np.exp(np.append(scores[here], alone) - max(scores[here].max(initial=-1e9), alone))
            chances = list(zip(pairs.candidate[here].tolist(), (found / found.sum()).tolist(), strict=False))
            self._meet(index, chances)
            self._take_up(self.reading.mentions[index], chances)

    def _meet(self, index: int, chances: Sequence[tuple[int, float]]) -> None:
        """Find how likely a mention's unit is the same as others: as those it may take up, and what these are."""
        own = self.unit[index]
        barred = {self.unit[i] for i in self.reading.barred_by_speech(self.reading.mentions[index])}

        def is_apart(unit: int) -> bool:
            return unit == own or unit in barred or (own in self.named and unit in self.named)

        direct: dict[int, float] = {}
        for candidate, chance in chances:
            unit = self.unit[candidate]
            if not is_apart(unit):
                direct[unit] = direct.get(unit, 0.0) + chance
        found: dict[int, float] = {}
        for unit, chance in direct.items():
            if chance < _SLIGHT / 5:
                continue
            known = self.together.get(unit, {})
            if own in self.named:  # what bears another name is not this one
                chance *= 1.0 - max((p for other, p in known.items() if other in self.named), default=0.0)
            found[unit] = found.get(unit, 0.0) + chance
            for other, also in known.items():
                if not is_apart(other):
                    found[other] = found.get(other, 0.0) + chance * also
        kept = sorted(
            (unit for unit in found if found[unit] >= _SLIGHT and self._tells(unit, own)), key=lambda u: -found[u]
        )
        mine = self.together.setdefault(own, {})
        for unit in kept[:_MOST]:
            mine[unit] = max(mine.get(unit, 0.0), min(found[unit], 1.0))
            if own in self.named:
                self.together.setdefault(unit, {})[own] = mine[unit]

    def _tells(self, unit: int, other: int) -> bool:
        """Return whether it matters that the other unit is the same as this one: one of them must say what it is."""
        return other in self.named or any(self.reading.mentions[i].kind != "pronoun" for i in self.units[unit])

    def _take_up(self, mention: Mention, chances: Sequence[tuple[int, float]]) -> None:
        """Join the likeliest chain, the chances of whose mentions add up, unless nothing is likelier."""
        likely: dict[int, float] = {}
        for index, chance in chances:
            likely[self.of[index]] = likely.get(self.of[index], 0.0) + chance
        rest = 1.0 - sum(likely.values())
        for chain in sorted(likely, key=lambda c: -likely[c]):
            if likely[chain] <= rest:
                return
            other = self.reading.mentions[self.members[chain][0]]
            agreed = agree(mention, self.reading.number(other), self._genders[chain], other)
            if agreed and self._may_merge(chain, mention.index):
                self._merge(chain, mention.index)
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
