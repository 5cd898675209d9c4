"""From the encoder's scores to trees and entity spans: plain numpy, no state."""

from collections.abc import Collection, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]

_IMPOSSIBLE = np.float32(-1e9)
_ROOTS_TRIED = 5


def decode_heads(scores: FloatArray) -> IntArray:
    """The head of each word of one sentence: an index into the sentence, or -1 for the root.

    `scores[i, j]` is the score of word `j - 1` (column 0: the root) being the head of word `i`. The best head of each
    word on its own is a tree nearly always; where it is not, the best tree with one root is found with
    Chu-Liu-Edmonds.
    """
    size = scores.shape[0]
    if size == 0:
        return np.zeros(0, dtype=np.int64)
    if size == 1:
        return np.full(1, -1, dtype=np.int64)
    masked = scores.copy()
    masked[np.arange(size), np.arange(size) + 1] = _IMPOSSIBLE
    heads: IntArray = masked.argmax(axis=1).astype(np.int64) - 1
    if np.count_nonzero(heads < 0) == 1 and _find_cycle(heads) is None:
        return heads
    return _best_tree(masked)


def _best_tree(masked: FloatArray) -> IntArray:
    """The highest-scoring tree with exactly one root among the likeliest roots."""
    size = masked.shape[0]
    margin = masked[:, 0] - masked[:, 1:].max(axis=1)
    candidates = np.argsort(-margin, kind="stable")[:_ROOTS_TRIED]
    best = np.zeros(size, dtype=np.int64)
    best_total = -np.inf
    for root in candidates:
        weights = np.full((size + 1, size + 1), _IMPOSSIBLE, dtype=np.float64)
        weights[1:, 1:] = masked[:, 1:]
        weights[root + 1, :] = _IMPOSSIBLE
        weights[root + 1, 0] = masked[root, 0]
        heads = maximum_arborescence(weights)
        total = float(weights[np.arange(1, size + 1), heads[1:]].sum())
        if total > best_total:
            best, best_total = heads[1:] - 1, total
    return best


def maximum_arborescence(weights: NDArray[np.float64]) -> IntArray:
    """The head of every node in the heaviest tree that hangs from node 0 (Chu and Liu 1965, Edmonds 1967).

    `weights[d, h]` is the weight of the arc from head `h` to dependent `d`. The head of node 0 is given as 0.
    Recursion contracts one cycle at a time; sentences are short and cycles rare, so cubic time is no concern.
    """
    size = weights.shape[0]
    weights = weights.copy()
    np.fill_diagonal(weights, -np.inf)
    weights[0, :] = -np.inf
    heads: IntArray = weights.argmax(axis=1).astype(np.int64)
    heads[0] = 0
    cycle = _find_cycle(np.where(np.arange(size) == 0, -1, heads))
    if cycle is None:
        return heads
    inside = np.zeros(size, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    cycle_heads = heads[cycle]
    cycle_weight = weights[cycle, cycle_heads].sum()
    # the cycle becomes the last node of a smaller graph
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = weights[np.ix_(outside, outside)]
    leaving = weights[np.ix_(outside, cycle)]
    small[:-1, -1] = leaving.max(axis=1)
    leaving_head = cycle[leaving.argmax(axis=1)]
    entering = weights[np.ix_(cycle, outside)] - weights[cycle, cycle_heads][:, None] + cycle_weight
    small[-1, :-1] = entering.max(axis=0)
    entering_dependent = cycle[entering.argmax(axis=0)]
    small_heads = maximum_arborescence(small)
    result = heads.copy()
    for position, node in enumerate(outside):
        if node == 0:
            continue
        head = small_heads[position]
        result[node] = leaving_head[position] if head == len(outside) else outside[head]
    broken = entering_dependent[small_heads[-1]]
    result[broken] = outside[small_heads[-1]]
    return result


def _find_cycle(heads: IntArray) -> IntArray | None:
    """The nodes of one cycle, or None; a negative head is the root."""
    state = [0] * len(heads)
    links = heads.tolist()
    for start in range(len(links)):
        node = start
        path = []
        while node >= 0 and state[node] == 0:
            state[node] = 1
            path.append(node)
            node = links[node]
        if node >= 0 and state[node] == 1:
            return np.asarray(path[path.index(node) :], dtype=np.int64)
        for seen in path:
            state[seen] = 2
    return None


def transition_mask(tags: Sequence[str]) -> NDArray[np.bool_]:
    """`mask[a, b]`: may tag `b` follow tag `a`? An ``I-X`` goes on from ``B-X`` or ``I-X`` alone (BIO)."""
    mask = np.ones((len(tags), len(tags)), dtype=bool)
    for column, tag in enumerate(tags):
        if tag.startswith("I-"):
            mask[:, column] = [before in {f"B-{tag[2:]}", tag} for before in tags]
    return mask


def decode_bio(scores: FloatArray, tags: Sequence[str], starts: Sequence[int]) -> IntArray:
    """The best sequence of tag indices under the BIO constraint (Viterbi).

    `scores` are log-probabilities, one row a word; `starts` are the rows at which a sentence begins (row 0 always
    does), before which nothing can be continued.
    """
    count = scores.shape[0]
    if count == 0:
        return np.zeros(0, dtype=np.int64)
    best: IntArray = scores.argmax(axis=1).astype(np.int64)
    allowed = transition_mask(tags)
    initial = np.array([not tag.startswith("I-") for tag in tags])
    begins = np.zeros(count, dtype=bool)
    begins[list(starts)] = True
    begins[0] = True
    # nearly always the best tag of each word on its own is well formed, sentence by sentence
    fine = np.where(begins, initial[best], allowed[np.roll(best, 1), best])
    if fine.all():
        return best
    result = best.copy()
    edges = [*np.flatnonzero(begins).tolist(), count]
    for first, last in pairwise(edges):
        if not fine[first:last].all():
            result[first:last] = _viterbi(scores[first:last], allowed, initial)
    return result


def drop_nameless(found: IntArray, tags: Sequence[str], proper: NDArray[np.bool_], types: Collection[str]) -> IntArray:
    """`found` without the entities of `types` that hold no proper noun.

    `found` are tag indices (BIO) and `proper` says which words are proper nouns. What the entity layer takes for a name
    and the tags do not is none more often than not.
    """
    result = found.copy()
    begins = np.flatnonzero([tag.startswith("B-") and tag[2:] in types for tag in tags])
    for start in np.flatnonzero(np.isin(found, begins)).tolist():
        end = start + 1
        while end < len(found) and tags[found[end]] == f"I-{tags[found[start]][2:]}":
            end += 1
        if not proper[start:end].any():
            result[start:end] = tags.index("O")
    return result


def _viterbi(scores: FloatArray, allowed: NDArray[np.bool_], initial: NDArray[np.bool_]) -> IntArray:
    penalty = np.where(allowed, np.float32(0), _IMPOSSIBLE)
    total = scores[0] + np.where(initial, np.float32(0), _IMPOSSIBLE)
    back = np.zeros(scores.shape, dtype=np.int64)
    for row in range(1, scores.shape[0]):
        paths = total[:, None] + penalty
        back[row] = paths.argmax(axis=0)
        total = paths.max(axis=0) + scores[row]
    result = np.zeros(scores.shape[0], dtype=np.int64)
    result[-1] = total.argmax()
    for row in range(scores.shape[0] - 1, 0, -1):
        result[row - 1] = back[row, result[row]]
    return result
