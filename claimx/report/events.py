"""Events that several articles tell: how they word them, where they differ, and how many origins there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claimx.compare.records import Cluster, Comparison, Merge, Value
from claimx.output.clean import clean
from claimx.output.comparison import wording
from claimx.output.comparison.wording import FIELD_NAMES
from claimx.output.wording import mover_of, word_reserve, word_span, word_when
from claimx.report.story import Entry, Story, unique
from claimx.rules import numbers

_SMALL = frozenset({
    *numbers.WORDS, "a", "about", "all", "almost", "an", "another", "around", "at", "both", "each", "every", "few",
    "her", "his", "its", "many", "more", "most", "my", "nearly", "no", "other", "our", "over", "several", "some",
    "that", "the", "their", "these", "this", "those", "up", "your",
})  # fmt: skip
"""Words that begin a sentence with a capital and are no names."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How some articles put a field, and their entries."""

    words: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """An event as the page shows it, called as its clearest mention has it, with the `reserve` that this makes.

    `differences` have for a field its readings, `beside` the reading that only other mentions tell, `clashes` two that
    cannot both be so, and why. `named` origins are given, `unattributed` are outlets in their own voice; `likely`: not
    all merges are sure. What `cluster` has, the page takes from there.
    """

    number: int
    reserve: str
    who: str
    what: str
    movement: str
    ends: str
    when: str
    status: str
    clearest: Entry
    entries: tuple[Entry, ...]
    cluster: Cluster
    named: int
    unattributed: int
    likely: bool
    differences: tuple[tuple[str, tuple[Reading, ...]], ...]
    beside: tuple[tuple[str, Reading], ...]
    clashes: tuple[tuple[str, Reading, Reading, str], ...]
    agreements: tuple[str, ...]
    first: Entry | None


def gather_events(comparison: Comparison, story: Story) -> list[Event]:
    """Return the events that more than one outlet tells, in the comparison's order; `story` has its articles."""
    entries = {(entry.article, entry.claim.id): entry for entry in story.entries}
    return [_event(number, cluster, entries) for number, cluster in enumerate(wording.told_by_several(comparison), 1)]


def _event(number: int, cluster: Cluster, entries: Mapping[tuple[int, str], Entry]) -> Event:
    told = tuple(entries[mention.article, mention.claim.id] for mention in cluster.mentions)
    first = cluster.first_report
    clearest = wording.clearest_mention(cluster)
    claim = clearest.claim
    ends = (("from", claim.origin), ("via", claim.via), ("to", claim.destination))
    mover = wording.name_party(mover_of(claim), claim)
    what = wording.name_party(claim.what, claim)
    leads = not mover and claim.what is not None and claim.what.start < claim.trigger.start

    def reading(value: Value) -> Reading:
        return Reading(wording.word_value(value), tuple(told[index] for index in value.mentions))

    return Event(
        number=number,
        reserve=word_reserve(claim),
        who=what if leads else mover,  # “84 people taken”, as the sentence has it
        what="" if leads else lower_start(what),
        movement=word_span(claim.trigger),
        ends=" ".join(f"{word} {word_span(span)}" for word, span in ends if span),
        when=word_when(claim),
        status=claim.status,
        clearest=told[cluster.mentions.index(clearest)],
        entries=told,
        cluster=cluster,
        named=sum(origin.attributed for origin in cluster.origins),
        unattributed=sum(not origin.attributed for origin in cluster.origins),
        likely=any(origin.certainty == "likely" for origin in cluster.origins),
        differences=tuple(
            (FIELD_NAMES[difference.field], tuple(map(reading, difference.values)))
            for difference in wording.differences_between(cluster)
        ),
        beside=tuple((FIELD_NAMES[field], reading(value)) for field, value in wording.told_beside(cluster)),
        clashes=tuple(
            (FIELD_NAMES[clash.field], reading(clash.left), reading(clash.right), clash.reason)
            for clash in cluster.contradictions
        ),
        agreements=tuple(FIELD_NAMES[field] for field in cluster.agreements),
        first=told[first.mention] if first else None,
    )


def lower_start(words: str) -> str:
    """Return words as they stand within a sentence: what is no name begins with a small letter, "The Hague" is left."""
    head, _, rest = words.partition(" ")
    article = head.casefold() in ("a", "an", "the")
    small = head.istitle() and head.casefold() in _SMALL and not (article and rest[:1].isupper())
    return words[:1].lower() + words[1:] if small else words


def traces_of(merge: Merge) -> tuple[str, ...]:
    """Return the words that show why outlets count as one, each once."""
    return unique(clean(trace.text).strip() for trace in merge.evidence)


def outlets_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the outlets of some entries, each once."""
    return unique(entry.outlet for entry in entries)
