"""Events that several articles tell: how they word them, where they differ, and how many origins there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claimx.compare.records import Cluster, Comparison, Merge, Origin, Value
from claimx.output.clean import clean
from claimx.output.comparison.wording import FIELD_NAMES, differences_between, told_by_several, word_value
from claimx.output.wording import why_check
from claimx.records import ROLES
from claimx.report.story import Entry, Story

_SMALL = frozenset({
    "a", "about", "all", "almost", "an", "another", "around", "at", "both", "dozens", "each", "eight", "every", "few",
    "five", "four", "her", "his", "hundreds", "its", "many", "millions", "more", "most", "my", "nearly", "nine", "no",
    "one", "other", "our", "over", "seven", "several", "six", "some", "ten", "that", "the", "their", "these", "this",
    "those", "thousands", "three", "two", "up", "your",
})  # fmt: skip
"""Words that begin a sentence with a capital and are no names."""


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
    """An event as the page shows it; `named` origins are given, `unattributed` are outlets in their own voice.

    There may be `at_least` and `at_most` so many independent ones; `likely`: not all merges are sure.
    """

    number: int
    who: str
    what: str
    movement: str
    ends: str
    when: str
    status: str
    clearest: Entry
    entries: tuple[Entry, ...]
    outlets: tuple[str, ...]
    origins: tuple[Origin, ...]
    named: int
    unattributed: int
    at_least: int
    at_most: int
    likely: bool
    merges: tuple[Why, ...]
    differences: tuple[tuple[str, tuple[Reading, ...]], ...]
    clashes: tuple[Clash, ...]
    agreements: tuple[str, ...]
    first: Entry | None
    first_day: str | None
    undated: int


def gather_events(comparison: Comparison, story: Story) -> list[Event]:
    """Return the events that more than one outlet tells, in the comparison's order; `story` has its articles."""
    entries = {(entry.article, entry.claim.id): entry for entry in story.entries}
    return [_event(number, cluster, entries) for number, cluster in enumerate(told_by_several(comparison), 1)]


def _event(number: int, cluster: Cluster, entries: Mapping[tuple[int, str], Entry]) -> Event:
    told = tuple(entries[mention.article, mention.claim.id] for mention in cluster.mentions)
    row = cluster.canonical
    ends = (("from", row.origin), ("via", row.via), ("to", row.destination))
    first = cluster.first_report

    def reading(value: Value) -> Reading:
        return Reading(word_value(value), tuple(told[index] for index in value.mentions))

    return Event(
        number=number,
        who=word_value(row.who),
        what=lower_start(word_value(row.what)),
        movement=word_value(row.trigger),
        ends=" ".join(f"{word} {word_value(value)}" for word, value in ends if value),
        when=word_value(row.when),
        status=row.status.text,
        clearest=find_clearest(told, row.status.text),
        entries=told,
        outlets=cluster.outlets,
        origins=cluster.origins,
        named=sum(origin.attributed for origin in cluster.origins),
        unattributed=sum(not origin.attributed for origin in cluster.origins),
        at_least=cluster.origin_range.at_least,
        at_most=cluster.origin_range.at_most,
        likely=any(origin.certainty == "likely" for origin in cluster.origins),
        merges=tuple(_why(merge) for merge in cluster.merges),
        differences=tuple(
            (FIELD_NAMES[difference.field], tuple(map(reading, difference.values)))
            for difference in differences_between(cluster)
        ),
        clashes=tuple(
            Clash(FIELD_NAMES[clash.field], reading(clash.left), reading(clash.right), clash.reason)
            for clash in cluster.contradictions
        ),
        agreements=tuple(FIELD_NAMES[field] for field in cluster.agreements),
        first=told[first.mention] if first else None,
        first_day=first.published if first else None,
        undated=first.undated if first else 0,
    )


def lower_start(words: str) -> str:
    """Return words as they stand within a sentence: what is no name begins with a small letter, "The Hague" is left."""
    head, _, rest = words.partition(" ")
    article = head.casefold() in ("a", "an", "the")
    small = head.istitle() and head.casefold() in _SMALL and not (article and rest[:1].isupper())
    return words[:1].lower() + words[1:] if small else words


def find_clearest(entries: Iterable[Entry], status: str) -> Entry:
    """Return the mention whose own words tell most of an event: of its status, with most roles and sources filled.

    Of those that tell as much one that is not doubtful is taken, then the surest, then the shortest, then the first.
    """

    def clearness(entry: Entry) -> tuple[bool, int, bool, float, int, int]:
        claim = entry.claim
        filled = sum(getattr(claim, role) is not None for role in ROLES) + bool(claim.sources)
        length = len(claim.evidence.text)
        return claim.status == status, filled, not why_check(claim), claim.confidence, -length, -entry.number

    return max(entries, key=clearness)


def _why(merge: Merge) -> Why:
    traces = dict.fromkeys(clean(trace.text).strip() for trace in merge.evidence)
    return Why(merge.reason, merge.certainty == "likely", tuple(traces))


def outlets_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the outlets of some entries, each once."""
    return tuple(dict.fromkeys(entry.outlet for entry in entries))
