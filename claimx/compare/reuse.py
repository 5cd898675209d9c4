"""Passages that two articles share word for word, or nearly: the mark of a copy.

Sentences are compared by MinHash signatures of their word shingles, found by locality-sensitive hashing (Broder, 1997;
Indyk and Motwani, 1998), and each pair found is then measured exactly. Quoted speech is left out: two who quote one
speaker need not have copied from each other.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claimx.outlets import fold
from claimx.records import Article

_SENTENCE = re.compile(r"[^\n.!?]+(?:[.!?](?!\s|$)[^\n.!?]*)*[.!?]*[”\"’']?")
_QUOTED = re.compile(r"[“\"][^“”\"\n]*[”\"]")
_SHINGLE = 3  # words
_SHORTEST = 8  # words of a sentence below which sharing it means little
_ALIKE = 0.75  # of the shingles of two sentences, to be one (Jaccard)
_MOST = 40  # copies of a sentence that each is paired with: a chain of copies needs no more, a footer deserves less
_PERMUTATIONS = 64
_SEED = 7
_COPIED_SHARE = 0.3  # of the shorter article's words
_COPIED_WORDS = 20


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article, by offsets, with its folded words."""

    article: int
    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reuse:
    """Two articles, `left` before `right` in order, the sentences they share, and what part of the shorter one."""

    left: int
    right: int
    shared: tuple[tuple[Sentence, Sentence], ...]
    share: float

    @property
    def is_copy(self) -> bool:
        """Whether so much is shared that one of them was made from the other, or both from a third."""
        return self.share >= _COPIED_SHARE and self.length >= _COPIED_WORDS

    @property
    def length(self) -> int:
        """How many words the shared sentences have."""
        return sum(len(one.words) for one, _ in self.shared)


def find_reuse(articles: Sequence[Article]) -> list[Reuse]:
    """Return what pairs of articles share, in the order of the articles."""
    sentences = [one for index, article in enumerate(articles) for one in split_sentences(index, article.text)]
    shared: defaultdict[tuple[int, int], list[tuple[Sentence, Sentence]]] = defaultdict(list)
    for one, other in _alike(sentences):
        if one.article != other.article:
            left, right = sorted((one, other), key=lambda sentence: sentence.article)
            shared[left.article, right.article].append((left, right))
    lengths = [len(fold(article.text).split()) for article in articles]
    return [
        Reuse(left, right, tuple(pairs), _words(pairs) / max(1, min(lengths[left], lengths[right])))
        for (left, right), pairs in sorted(shared.items())
    ]


def split_sentences(article: int, text: str) -> Iterator[Sentence]:
    """Yield the sentences that are long enough to tell a copy, without what they quote."""
    for match in _SENTENCE.finditer(text):
        own = _QUOTED.sub(" ", match[0])
        if len(own) * 2 >= len(match[0]) and len(words := tuple(fold(own).split())) >= _SHORTEST:
            yield Sentence(article, match.start(), match.end(), words)


def _words(pairs: Sequence[tuple[Sentence, Sentence]]) -> int:
    """Return how many words are shared, a sentence that occurs twice counted once."""
    return sum(len(sentence.words) for sentence in {left for left, _ in pairs})


def _alike(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Sentence]]:
    """Yield the pairs of sentences that share enough shingles, each pair once, in order."""
    if len(sentences) < 2:
        return
    from datasketch import MinHash, MinHashLSH  # loads slowly, and reading alone needs none of it

    distinct: dict[tuple[str, ...], list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        distinct[sentence.words].append(sentence)
    shingles = [_shingles(words) for words in distinct]
    encoded = [[shingle.encode("utf-8", "surrogatepass") for shingle in sorted(one)] for one in shingles]
    signatures = MinHash.bulk(encoded, num_perm=_PERMUTATIONS, seed=_SEED)
    index = MinHashLSH(threshold=_ALIKE - 0.1, num_perm=_PERMUTATIONS)
    groups = list(distinct.values())
    for number, signature in enumerate(signatures):
        for other in sorted(index.query(signature)):
            if _jaccard(shingles[number], shingles[other]) >= _ALIKE:
                yield from ((one, two) for one in groups[other][:_MOST] for two in groups[number][:_MOST])
        index.insert(number, signature)
    for group in groups:
        yield from ((one, two) for at, two in enumerate(group) for one in group[max(0, at - _MOST) : at])


def _shingles(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(" ".join(words[start : start + _SHINGLE]) for start in range(len(words) - _SHINGLE + 1))


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / len(left | right)
