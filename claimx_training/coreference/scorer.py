"""MUC, B³ and CEAF (entity-based) of chains, by the definitions of the CoNLL-2012 scorer (Pradhan et al. 2014).

Mentions are told apart by whatever stands for them, here their heads. Chains of one mention are left out on both sides.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

Chain = frozenset[Hashable]


@dataclass(slots=True)
class Counts:
    """Sums over documents: numerator and denominator of precision and recall."""

    right_given: float = 0.0
    given: float = 0.0
    right_gold: float = 0.0
    gold: float = 0.0

    @property
    def precision(self) -> float:
        return self.right_given / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        return self.right_gold / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(slots=True)
class Scores:
    """The three measures of a corpus."""

    muc: Counts = field(default_factory=Counts)
    b_cubed: Counts = field(default_factory=Counts)
    ceaf: Counts = field(default_factory=Counts)

    @property
    def conll(self) -> float:
        """The mean of the three F1."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf.f1) / 3

    def add(self, gold: Iterable[Collection[Hashable]], given: Iterable[Collection[Hashable]]) -> None:
        """Count one document."""
        key = [frozenset(chain) for chain in gold if len(chain) > 1]
        answer = [frozenset(chain) for chain in given if len(chain) > 1]
        for counts, measure in ((self.muc, _muc), (self.b_cubed, _b_cubed)):
            right, all_ = measure(key, answer)
            counts.right_gold += right
            counts.gold += all_
            right, all_ = measure(answer, key)
            counts.right_given += right
            counts.given += all_
        shared = best_sum(key, answer, lambda a, b: 2 * len(a & b) / (len(a) + len(b)))
        self.ceaf.right_gold += shared
        self.ceaf.right_given += shared
        self.ceaf.gold += len(key)
        self.ceaf.given += len(answer)


def _muc(key: Sequence[Chain], answer: Sequence[Chain]) -> tuple[float, float]:
    of = {mention: number for number, chain in enumerate(answer) for mention in chain}
    right = sum(len(chain) - len({of.get(mention, mention) for mention in chain}) for chain in key)
    return right, sum(len(chain) - 1 for chain in key)


def _b_cubed(key: Sequence[Chain], answer: Sequence[Chain]) -> tuple[float, float]:
    of = {mention: number for number, chain in enumerate(answer) for mention in chain}
    right = 0.0
    for chain in key:
        shared = Counter(of[mention] for mention in chain if mention in of)
        right += sum(count * count for count in shared.values()) / len(chain)
    return right, sum(len(chain) for chain in key)


def best_sum(rows: Sequence[Chain], columns: Sequence[Chain], similarity: Callable[[Chain, Chain], float]) -> float:
    """Return the largest sum of similarities over ways to pair rows with columns, one to one."""
    table = np.array([[similarity(row, column) for column in columns] for row in rows]).reshape(len(rows), len(columns))
    return float(table[linear_sum_assignment(table, maximize=True)].sum())
