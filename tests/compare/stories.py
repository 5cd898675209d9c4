"""The evaluation set: invented articles on invented events, and which of their claims tell one event.

A file holds `articles`, and `events` with their `origins` and their `claims`, each as the id of its article and its
trigger in brackets between words that say which occurrence is meant. Claims that stand in no event are each their own.
Words and weights were chosen on the part *first*, and later on *second* too. *Unseen* was written after that, and
repairs came from it since. *Fresh* was written after that: what it showed wrong was repaired where the fault was a
general one. *Last* was written before those repairs and nothing was chosen on it: its figures are the nearest to what
to expect of other articles.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from by_rules import extract_by_rules
from spacy.language import Language

from claimx.compare import Comparison, compare
from claimx.compare.records import Cluster
from claimx.records import Article

FOLDER = Path(__file__).parent / "stories"
Mention = tuple[str, int]
"""A claim by its article and where its trigger begins."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its mentions, and the names of its origins."""

    name: str
    mentions: frozenset[Mention]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One file: articles with what was found in them, and the events of the gold."""

    name: str
    half: str
    articles: tuple[Article, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of claims: those in one event and in one cluster, only in one cluster, only in one event."""

    both: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        return 2 * self.both / max(1, 2 * self.both + self.wrong + self.missed)

    @property
    def precision(self) -> float:
        return self.both / max(1, self.both + self.wrong)

    def __str__(self) -> str:
        recall = self.both / max(1, self.both + self.missed)
        return f"F1 {self.f1:.3f}, precision {self.precision:.3f}, recall {recall:.3f}"


def read_stories(nlp: Language) -> list[Story]:
    """Return the stories of the set, their articles analysed."""
    return [_read(path, nlp) for path in sorted(FOLDER.glob("*.toml"))]


def compare_stories(stories: Sequence[Story]) -> Comparison:
    """Return the comparison of all articles of the stories together."""
    return compare([article for story in stories for article in story.articles])


def score(stories: Sequence[Story], comparison: Comparison) -> Score:
    """Return how well the clusters fit the events, over all pairs of claims."""
    gold = _pairs(event.mentions for story in stories for event in story.events)
    found = _pairs(map(mentions_of, comparison.clusters, [comparison] * len(comparison.clusters)))
    return Score(len(gold & found), len(found - gold), len(gold - found))


def misses(stories: Sequence[Story], comparison: Comparison) -> Iterator[str]:
    """Yield what went wrong, in words: pairs merged or lost, by what their triggers are."""
    texts = {article.source: article.text for story in stories for article in story.articles}
    gold = _pairs(event.mentions for story in stories for event in story.events)
    found = _pairs(map(mentions_of, comparison.clusters, [comparison] * len(comparison.clusters)))
    for verdict, pairs in (("merged", found - gold), ("lost", gold - found)):
        for pair in sorted(sorted(pair) for pair in pairs):
            yield f"{verdict}: " + " / ".join(
                f"{name} …{texts[name][max(0, at - 15) : at + 25]!r}" for name, at in pair
            )


def event_origins(event: Event, comparison: Comparison) -> list[str]:
    """Return the names of the origins of the cluster that tells most of an event."""
    return sorted(origin.name for origin in cluster_of(event, comparison).origins)


def right_origins(stories: Sequence[Story], comparison: Comparison) -> list[str]:
    """Return the names of the events that have as many origins as the gold."""
    events = [event for story in stories for event in story.events]
    return [event.name for event in events if len(event_origins(event, comparison)) == len(event.origins)]


def cluster_of(event: Event, comparison: Comparison) -> Cluster:
    """Return the cluster that holds most mentions of an event."""
    return max(comparison.clusters, key=lambda cluster: len(mentions_of(cluster, comparison) & event.mentions))


def mentions_of(cluster: Cluster, comparison: Comparison) -> frozenset[Mention]:
    """Return a cluster's mentions as the gold names them."""
    return frozenset(
        (comparison.articles[mention.article].source, mention.claim.trigger.start) for mention in cluster.mentions
    )


def _pairs(groups: Iterator[frozenset[Mention]]) -> set[frozenset[Mention]]:
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def _read(path: Path, nlp: Language) -> Story:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    articles = {}
    for raw in data["articles"]:
        text = raw["text"].strip()
        articles[raw["id"]] = Article(
            source=f"{path.stem}/{raw['id']}",
            text=text,
            title=raw["title"],
            publisher=raw["publisher"],
            authors=tuple(raw.get("authors", ())),
            published=raw["published"],
            language="en",
        )
    articles = dict(zip(articles, extract_by_rules(articles.values(), nlp), strict=True))
    events = [
        Event(raw["name"], frozenset(_find(mark, articles) for mark in raw["claims"]), tuple(sorted(raw["origins"])))
        for raw in data["events"]
    ]
    return Story(path.stem, data["half"], tuple(articles.values()), tuple(events))


def _find(mark: str, articles: Mapping[str, Article]) -> Mention:
    """Return the claim of a mark; refuse one that is not found just once, or that nothing was extracted for."""
    name, _, words = mark.partition(": ")
    before, _, rest = words.partition("[")
    trigger, _, after = rest.partition("]")
    article = articles[name]
    assert article.text.count(before + trigger + after) == 1, f"{article.source}: {mark}"
    start = article.text.index(before + trigger + after) + len(before)
    assert any(claim.trigger.start == start for claim in article.claims), f"{article.source}: no claim at {mark}"
    return article.source, start


def without_dates(articles: Sequence[Article]) -> list[Article]:
    """Return the articles as if nobody had said when they were published."""
    return [replace(article, published=None) for article in articles]
