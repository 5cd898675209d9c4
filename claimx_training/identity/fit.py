"""Learn from marked events how likely two claims are one: the weights of `claimx/rules/identity.toml`.

    python -m claimx_training.identity.fit CLAIMS.jsonl [-o identity.toml]

`CLAIMS.jsonl` is what `claimx_training.identity.corpus` writes. The weights are a logistic regression over the pairs
that nothing excludes, held to the sign that makes sense of each: what agrees never speaks against one event. Few
claims of movement stand in the corpus, so that they count for more than other marked events. The stop of clustering is
the highest whose F0.7 of pairs on the same topics is within .01 of the best: a wrong merge is worse than a lost one.
Same input, same weights.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from claimx.compare.clusters import join_clusters, score_pairs
from claimx.compare.features import FEATURES
from claimx.compare.pairs import Pair
from claimx.compare.profiles import Profile, read_profile
from claimx.compare.similarity import Scorer, make_scorer
from claimx.compare.vocabulary import Identity
from claimx_training.identity.corpus import Document, held_out, is_corpus, read_documents

Vector = NDArray[np.float64]

_PENALTY = 3.0
_MARKED, _FOUND, _INVENTED = 0.3, 3.0, 3.0  # what a pair counts for
_STOPS = tuple(step / 4 for step in range(-8, 17))
_BETA = 0.7
_SLACK = 0.01  # of the score, given up for fewer merges
_FREE = frozenset(
    {"mover_unsaid", "place_unsaid", "headline", "article_same", "published_unknown", "lemma_in_sentence", "story",
     "kind_leave_and_arrive", "status_prospective", "numbers_other", "named_other"}
)  # fmt: skip
_AGAINST = (
    "other", "plan", "unlike", "apart", "reversed", "after", "negated", "sentence_same",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """Claims compared with one another, by the number of their profile, and the events of those that are marked."""

    name: str
    profiles: Sequence[Profile]
    scorer: Scorer
    events: Mapping[int, str]

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs of claims whose events are known."""
        yield from combinations(sorted(self.events), 2)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of claims as rows of features, whether they are one event, and what each counts for."""

    rows: Vector
    same: Vector
    counts: Vector


def read_topics(documents: Iterable[Document], *, marked: bool) -> list[Topic]:
    """Return the topics with the claims that were found or, if `marked`, the marked events read as claims."""
    by_topic: defaultdict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_topic[document.topic].append(document)
    topics = []
    for name, told in sorted(by_topic.items()):
        articles = [document.marked if marked else document.found for document in told]
        profiles: list[Profile] = []
        events: dict[int, str] = {}
        for index, (article, document) in enumerate(zip(articles, told, strict=True)):
            for claim in article.claims:
                if claim.id in document.chains:
                    events[len(profiles)] = document.chains[claim.id]
                profiles.append(read_profile(article, index, claim, len(profiles)))
        if events:
            topics.append(Topic(name, profiles, make_scorer(profiles, articles), events))
    return topics


def read_pairs(topics: Iterable[Topic], *, marked: bool) -> Pairs:
    """Return the pairs of the topics that nothing excludes."""
    rows: list[Vector] = []
    same: list[bool] = []
    counts: list[float] = []
    place = {name: number for number, name in enumerate(FEATURES)}
    for topic in topics:
        weight = count_of(topic, marked=marked)
        for one, other in topic.pairs():
            pair = Pair(topic.profiles[one], topic.profiles[other])
            if topic.scorer.excluded(pair):
                continue
            row = np.zeros(len(FEATURES))
            for name, value in topic.scorer.features(pair).items():
                row[place[name]] = value
            rows.append(row)
            same.append(topic.events[one] == topic.events[other])
            counts.append(weight)
    return Pairs(np.array(rows), np.array(same, dtype=np.float64), np.array(counts))


def count_of(topic: Topic, *, marked: bool) -> float:
    """Return what a pair of the topic counts for."""
    return _MARKED if marked else _FOUND if is_corpus(topic.name) else _INVENTED


def fit_weights(parts: Sequence[Pairs]) -> tuple[float, dict[str, float]]:
    """Return the bias and the weights by feature."""
    rows = np.concatenate([part.rows for part in parts]).astype(np.float64)
    same = np.concatenate([part.same for part in parts])
    counts = np.concatenate([part.counts for part in parts])

    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = rows @ weights[1:] + weights[0]
        chances = 1 / (1 + np.exp(-scores))
        each = np.logaddexp(0, scores) - same * scores
        slope = counts * (chances - same)
        gradient = np.concatenate([[slope.sum()], rows.T @ slope + _PENALTY * weights[1:]])
        return float((counts * each).sum() + _PENALTY / 2 * (weights[1:] ** 2).sum()), gradient

    bounds = [(None, None), *(_bounds(name) for name in FEATURES)]
    found = minimize(loss, np.zeros(len(FEATURES) + 1), jac=True, method="L-BFGS-B", bounds=bounds)
    rounded = [round(float(weight), 3) for weight in found.x]
    return rounded[0], {name: weight for name, weight in zip(FEATURES, rounded[1:], strict=True) if weight}


def _bounds(name: str) -> tuple[float | None, float | None]:
    if name in _FREE:
        return None, None
    return (None, 0.0) if any(word in name for word in _AGAINST) else (0.0, None)


def choose_stop(topics: Sequence[tuple[Topic, float]], bias: float, weights: dict[str, float]) -> Identity:
    """Return the weights with the stop that clusters these topics best, each topic with what its pairs count for."""
    first = _identity(bias, weights, 0.0)
    scores = [score_pairs(topic.profiles, replace(topic.scorer, identity=first)) for topic, _ in topics]
    tried: list[tuple[float, Identity]] = []
    for stop in _STOPS:
        identity = _identity(bias, weights, stop)
        right = joined = should = 0.0
        for (topic, weight), pairs in zip(topics, scores, strict=True):
            found = join_clusters(topic.profiles, replace(topic.scorer, identity=identity), pairs)
            counts = [weight * count for count in count_pairs(topic, found)]
            right, joined, should = right + counts[0], joined + counts[1], should + counts[2]
        score = (1 + _BETA**2) * right / max(1, _BETA**2 * should + joined)
        print(
            f"stop {stop:5.2f}: {right:.0f} right of {joined:.0f} joined, {should:.0f} to join, F0.7 {score:.3f}",
            file=sys.stderr,
        )
        tried.append((score, identity))
    best = max(score for score, _ in tried)
    return next(identity for score, identity in reversed(tried) if score >= best - _SLACK)


def _identity(bias: float, weights: dict[str, float], stop: float) -> Identity:
    return Identity.model_validate({"bias": bias, "stop": stop, "absent": min(bias, stop - 1), "weights": weights})


def count_pairs(topic: Topic, clusters: Iterable[Sequence[int]]) -> tuple[int, int, int]:
    """Return how many pairs of marked claims are rightly joined, are joined, and should be."""
    home = {number: index for index, group in enumerate(clusters) for number in group}
    right = joined = should = 0
    for one, other in topic.pairs():
        same, together = topic.events[one] == topic.events[other], home[one] == home[other]
        right, joined, should = right + (same and together), joined + together, should + same
    return right, joined, should


def write_identity(identity: Identity) -> str:
    """Return the weights as the TOML file that claimx brings."""
    lines = [
        "# The chance that two claims are one event, as log-odds: the bias and what each feature adds (see",
        "# `claimx.compare.features`). Fitted by `claimx_training.identity.fit` on ECB+ (Cybulska and Vossen 2014,",
        "# CC BY 3.0) and on invented stories; not to be changed by hand.",
        f"bias = {identity.bias}",
        f"stop = {identity.stop}     # clusters are joined where the mean of their pairs is above",
        f"absent = {identity.absent}  # of pairs that are not looked at",
        "",
        "[weights]",
        *(f"{name} = {weight}" for name, weight in sorted(identity.weights.items(), key=lambda item: -item[1])),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit on the topics that are not held out, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=Path, metavar="CLAIMS.jsonl")
    parser.add_argument("-o", "--output", type=Path, help="where to write the weights (default: standard output)")
    args = parser.parse_args()
    documents = read_documents(args.claims)
    out = held_out(documents)
    documents = [document for document in documents if document.topic not in out]
    print(f"held out: topics {', '.join(sorted(out, key=int))}", file=sys.stderr)
    found, marked = read_topics(documents, marked=False), read_topics(documents, marked=True)
    parts = [read_pairs(found, marked=False), read_pairs(marked, marked=True)]
    for name, part in zip(("found", "marked"), parts, strict=True):
        print(f"{name}: {len(part.same)} pairs, {int(part.same.sum())} of one event", file=sys.stderr)
    weighed = [(topic, count_of(topic, marked=False)) for topic in found]
    weighed += [(topic, count_of(topic, marked=True)) for topic in marked]
    bias, weights = fit_weights(parts)
    text = write_identity(choose_stop(weighed, bias, weights))
    if args.output:
        args.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
