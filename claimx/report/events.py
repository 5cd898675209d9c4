"""Events that several articles tell: how they word them, where they differ, and how many origins there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claimx.compare.records import Cluster, Comparison, Merge, Origin, Value
from claimx.output.clean import clean
from claimx.report.story import Entry, Story

FIELD_WORDS = {"quantity": "number", "origin": "from", "destination": "to", "sources": "said by"}
"""How a field is called on the page, where its name would not do."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How some articles put a field, and their entries."""

    words: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """Two readings of a field that cannot both be so, and why."""

    field: str
    left: Reading
    right: Reading
    reason: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why outlets count as one, and the words that show it."""

    reason: str
    likely: bool
    traces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """An event as the page shows it. `voices` are the outlets that name nobody; they are no `origins`."""

    number: int
    who: str
    what: str
    movement: str
    ends: str
    when: str
    status: str
    entries: tuple[Entry, ...]
    outlets: tuple[str, ...]
    origins: tuple[Origin, ...]
    voices: tuple[Origin, ...]
    merges: tuple[Why, ...]
    differences: tuple[tuple[str, tuple[Reading, ...]], ...]
    clashes: tuple[Clash, ...]
    agreements: tuple[str, ...]
    first: Entry | None
    first_day: str | None
    undated: int


def gather_events(comparison: Comparison, story: Story) -> list[Event]:
    """Return the events that two articles or more tell, in the comparison's order; `story` has its articles."""
    entries = {(entry.article, entry.claim.id): entry for entry in story.entries}
    shared = [cluster for cluster in comparison.clusters if len({mention.article for mention in cluster.mentions}) > 1]
    return [_event(number, cluster, entries) for number, cluster in enumerate(shared, 1)]


def _event(number: int, cluster: Cluster, entries: Mapping[tuple[int, str], Entry]) -> Event:
    told = tuple(entries[mention.article, mention.claim.id] for mention in cluster.mentions)
    row = cluster.canonical
    ends = (("from", row.origin), ("via", row.via), ("to", row.destination))
    first = cluster.first_report

    def reading(value: Value) -> Reading:
        return Reading(clean(value.text).strip(), tuple(told[index] for index in value.mentions))

    return Event(
        number=number,
        who=_words(row.who),
        what=_words(row.what),
        movement=_words(row.trigger),
        ends=" ".join(f"{word} {_words(value)}" for word, value in ends if value),
        when=_words(row.when),
        status=row.status.text,
        entries=told,
        outlets=cluster.outlets,
        origins=tuple(origin for origin in cluster.origins if origin.attributed),
        voices=tuple(origin for origin in cluster.origins if not origin.attributed),
        merges=tuple(_why(merge) for merge in cluster.merges),
        differences=tuple(
            (_label(difference.field), tuple(map(reading, difference.values))) for difference in cluster.differences
        ),
        clashes=tuple(
            Clash(_label(clash.field), reading(clash.left), reading(clash.right), clash.reason)
            for clash in cluster.contradictions
        ),
        agreements=tuple(map(_label, cluster.agreements)),
        first=told[first.mention] if first else None,
        first_day=first.published if first else None,
        undated=first.undated if first else 0,
    )


def _why(merge: Merge) -> Why:
    traces = dict.fromkeys(clean(trace.text).strip() for trace in merge.evidence)
    return Why(merge.reason, merge.certainty == "likely", tuple(traces))


def _words(value: Value | None) -> str:
    return clean(value.text).strip() if value else ""


def _label(field: str) -> str:
    return FIELD_WORDS.get(field, field)


def outlets_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the outlets of some entries, each once."""
    return tuple(dict.fromkeys(entry.outlet for entry in entries))
