"""Chains of sources: from who is said to have said it, through who passed it on, to the outlet that prints it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from claimx.report.story import Entry


@dataclass(frozen=True, slots=True)
class Link:
    """One who says it, with the `people` who speak for it; `kind` in words, `anonymous` where no name is given."""

    name: str
    people: tuple[str, ...]
    kind: str
    anonymous: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """A way that claims took, nearest to the event first; without links an outlet says them in its own voice."""

    links: tuple[Link, ...]
    entries: tuple[Entry, ...]


def draw_chains(entries: Iterable[Entry]) -> list[tuple[str, list[Chain]]]:
    """Return each outlet's chains, those with links first, then those with most claims; busy outlets first."""
    groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[(entry.outlet, *(voice.key for voice in entry.voices))].append(entry)
    outlets: dict[str, list[Chain]] = defaultdict(list)
    for group in groups.values():
        outlets[group[0].outlet].append(_chain(group))
    for chains in outlets.values():
        chains.sort(key=lambda chain: (not chain.links, -len(chain.entries), chain.entries[0].number))
    return sorted(outlets.items(), key=lambda item: -sum(len(chain.entries) for chain in item[1]))


def _chain(entries: list[Entry]) -> Chain:
    outlet = entries[0].outlet
    links = []
    for voices in zip(*(entry.voices for entry in entries), strict=True):  # those at one step, who are all one
        people = tuple(dict.fromkeys(voice.person for voice in voices if voice.person))
        anonymous = all(voice.anonymous for voice in voices)
        links.append(Link(voices[0].institution, people, voices[0].kind, anonymous))
    if links and links[-1].name.casefold() == outlet.casefold():  # the article names its own outlet
        links.pop()
    return Chain(tuple(links), tuple(entries))
