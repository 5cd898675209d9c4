"""From the encoder's scores to trees and entity spans: plain numpy, no state."""

from collections.abc import Collection, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]

_IMPOSSIBLE = np.float32(-1e9)


def decode_heads(scores: FloatArray) -> IntArray:
    """The head of each word of one sentence: an index into the sentence, or -1 for the root.

    `scores[i, j]` is the score of word `j - 1` (column 0: the root) being the head of word `i`. The best head of each
    word on its own is a tree nearly always; where it is none, or its arcs cross, which in English is mostly a slip,
    the best tree with one root and no crossing arcs is found.
    """
    size = scores.shape[0]
    if size == 0:
        return np.zeros(0, dtype=np.int64)
    if size == 1:
        return np.full(1, -1, dtype=np.int64)
    masked = scores.copy()
    masked[np.arange(size), np.arange(size) + 1] = _IMPOSSIBLE
    heads: IntArray = masked.argmax(axis=1).astype(np.int64) - 1
    if np.count_nonzero(heads < 0) == 1 and is_projective(heads) and not _has_cycle(heads):
        return heads
    return best_projective_tree(masked)


def is_projective(heads: IntArray) -> bool:
    """Whether no two arcs cross, the root's, which comes from before the first word, included."""
    links = heads.tolist()
    for word, head in enumerate(links):
        low, high = (head, word) if head < word else (word, head)
        if any(not low <= links[between] <= high for between in range(low + 1, high)):
            return False
    return True


def best_projective_tree(scores: FloatArray) -> IntArray:
    """The head of each word in the highest-scoring tree with one root and no crossing arcs (Eisner 1996).

    `scores` as for `decode_heads`. Cubic in the sentence's length; the spans of one length are filled together.
    """
    size = scores.shape[0]
    count = size + 1
    arc = np.full((count, count), _IMPOSSIBLE, dtype=np.float64)  # arc[head, dependent]; node 0 is the root
    arc[:, 1:] = scores.T
    shape = (count, count)
    # spans whose head is their left or right end: complete, or open with an arc between the ends
    left, right = np.full(shape, -np.inf), np.full(shape, -np.inf)
    left_open, right_open = np.full(shape, -np.inf), np.full(shape, -np.inf)
    split_open, split_left, split_right = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    nodes = np.arange(count)
    left[nodes, nodes] = right[nodes, nodes] = 0.0
    for width in range(1, count):
        first = np.arange(count - width)
        last = first + width
        middle = first[:, None] + np.arange(width)[None, :]
        rows = np.arange(len(first))
        joined = left[first[:, None], middle] + right[middle + 1, last[:, None]]
        best = joined.argmax(axis=1)
        split_open[first, last] = first + best
        left_open[first, last] = joined[rows, best] + arc[first, last]
        right_open[first, last] = joined[rows, best] + arc[last, first]
        closed = left_open[first[:, None], middle + 1] + left[middle + 1, last[:, None]]
        best = closed.argmax(axis=1)
        split_left[first, last] = first + 1 + best
        left[first, last] = closed[rows, best]
        closed = right[first[:, None], middle] + right_open[middle, last[:, None]]
        best = closed.argmax(axis=1)
        split_right[first, last] = first + best
        right[first, last] = closed[rows, best]
    words = nodes[1:]
    root = int(words[(right[1, words] + left[words, size] + arc[0, words]).argmax()])
    heads = np.zeros(count, dtype=np.int64)
    waiting = [("right", 1, root), ("left", root, size)]
    while waiting:
        side, begin, end = waiting.pop()
        if begin == end:
            continue
        if side == "left":  # headed by its left end
            child = int(split_left[begin, end])
            heads[child] = begin
            cut = int(split_open[begin, child])
            waiting += [("left", begin, cut), ("right", cut + 1, child), ("left", child, end)]
        else:
            child = int(split_right[begin, end])
            heads[child] = end
            cut = int(split_open[child, end])
            waiting += [("right", begin, child), ("left", child, cut), ("right", cut + 1, end)]
    return heads[1:] - 1


def _has_cycle(heads: IntArray) -> bool:
    """Whether the way up from some word never comes to the root, whose head is negative."""
    links = heads.tolist()
    for node in links:
        steps = 0
        while node >= 0 and steps <= len(links):
            node, steps = links[node], steps + 1
        if node >= 0:
            return True
    return False


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
