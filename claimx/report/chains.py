"""Chains of sources: from who is said to have said it, through who passed it on, to the outlet that prints it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from claimx.records import Source
from claimx.report.story import Entry, name_source

KIND_WORDS = {
    "person": "person",
    "officials": "officials",
    "organisation": "organisation",
    "outlet": "outlet",
    "document": "document",
    "data": "data",
    "other": "source",
}


@dataclass(frozen=True, slots=True)
class Link:
    """One who says it; `kind` in words, `anonymous` where no name is given."""

    name: str
    kind: str
    anonymous: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """A way that claims took, nearest to the event first; without links the outlet says it in its own voice."""

    links: tuple[Link, ...]
    outlet: str
    entries: tuple[Entry, ...]


def draw_chains(entries: Iterable[Entry]) -> list[Chain]:
    """Return the chains, those with links first, then those with most claims."""
    groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[tuple(name.casefold() for name in (*map(name_source, entry.claim.sources), entry.outlet))].append(entry)
    chains = [_chain(group) for group in groups.values()]
    return sorted(chains, key=lambda chain: (not chain.links, -len(chain.entries), chain.entries[0].number))


def _chain(entries: list[Entry]) -> Chain:
    outlet = entries[0].outlet
    links = [_link(source) for source in entries[0].claim.sources]
    if links and links[-1].name.casefold() == outlet.casefold():  # the article names its own outlet
        links.pop()
    return Chain(tuple(links), outlet, tuple(entries))


def _link(source: Source) -> Link:
    return Link(name_source(source), KIND_WORDS[source.kind], source.anonymous)
