"""How well clusters fit the events of ECB+'s topics that nothing was fitted on, beside the same lemma as a rule.

    python -m claimx_training.identity.evaluate CLAIMS.jsonl

`CLAIMS.jsonl` is what `claimx_training.identity.corpus` writes. Measured are the claims that claimx finds, of which few
overlap a marked event, and the marked events read as claims. *Same lemma* takes all mentions of a topic with one lemma
for one event, which is hard to beat (Upadhyay et al., "Revisiting the evaluation for cross document event coreference",
COLING 2016). Pairs are counted over all documents of a topic; B³ is that of Bagga and Baldwin (1998).
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from claimx.compare.clusters import find_clusters
from claimx_training.identity.corpus import held_out, read_documents
from claimx_training.identity.fit import Topic, count_pairs, read_topics


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision and recall of pairs, and of B³."""

    pairs: tuple[float, float]
    b_cubed: tuple[float, float]

    def __str__(self) -> str:
        """The figures as text."""
        pairs = "pairs P {:.3f} R {:.3f} F1 {:.3f}".format(*self.pairs, _f1(self.pairs))
        return pairs + "   B3 P {:.3f} R {:.3f} F1 {:.3f}".format(*self.b_cubed, _f1(self.b_cubed))


def _f1(figures: tuple[float, float]) -> float:
    return 2 * figures[0] * figures[1] / max(sum(figures), 1e-9)


def same_lemma(topic: Topic) -> list[list[int]]:
    """Return the topic's claims by lemma."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for profile in topic.profiles:
        groups[profile.claim.predicate].append(profile.number)
    return list(groups.values())


def measure(topics: Iterable[tuple[Topic, Sequence[Sequence[int]]]]) -> Figures:
    """Return the figures of topics with their clusters, over the claims whose events are known."""
    right = joined = should = mentions = 0
    precision = recall = 0.0
    for topic, clusters in topics:
        counted = count_pairs(topic, clusters)
        right, joined, should = right + counted[0], joined + counted[1], should + counted[2]
        known = set(topic.events)
        events: defaultdict[str, set[int]] = defaultdict(set)
        for number, event in topic.events.items():
            events[event].add(number)
        for group in clusters:
            here = known & set(group)
            for number in here:
                whole = events[topic.events[number]]
                precision += len(here & whole) / len(here)
                recall += len(here & whole) / len(whole)
        mentions += len(known)
    return Figures(
        (right / max(1, joined), right / max(1, should)), (precision / max(1, mentions), recall / max(1, mentions))
    )


def main() -> None:
    """Print the figures of the topics held out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=Path, metavar="CLAIMS.jsonl")
    args = parser.parse_args()
    documents = read_documents(args.claims)
    out = held_out(documents)
    documents = [document for document in documents if document.topic in out]
    print(f"{len(out)} topics held out, {len(documents)} documents")
    for name, marked in (("claims found", False), ("marked events", True)):
        topics = read_topics(documents, marked=marked)
        print(f"{name}: {sum(len(topic.events) for topic in topics)} mentions")
        print(f"  learned     {measure((topic, find_clusters(topic.profiles, topic.scorer)) for topic in topics)}")
        print(f"  same lemma  {measure((topic, same_lemma(topic)) for topic in topics)}")


if __name__ == "__main__":
    main()
