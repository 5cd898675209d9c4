"""Claims that tell one event: candidates by an inverted index, then average-link clustering of their scores.

Average link (UPGMA; Sokal and Michener, 1958) joins two groups by the mean of the scores between all their members,
so that a chain of half-likely pairs does not swallow all.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, combinations, groupby, product

from claimx.compare.discourse import find_anchors
from claimx.compare.pairs import Pair
from claimx.compare.parties import Party
from claimx.compare.profiles import Profile
from claimx.compare.similarity import APART, Scorer, conflict
from claimx.compare.vocabulary import vocabulary

Link = tuple[int, int]
"""The numbers of two profiles, the lower first."""

# Chosen on stories that were read, in log-odds.
_RIVALLED = 1.5  # what a pair loses that has a rival
_NEARLY = 0.5  # by how much less a rival may fit
_CLEARLY = 2.0  # by how much a rival must be another event than the claim beside it
_FAR = 1.0  # what scores further below the stop is not looked at again


def find_clusters(profiles: Sequence[Profile], scorer: Scorer) -> list[list[int]]:
    """Return the numbers of the profiles by event, each in exactly one list; lists and members in order."""
    return join_clusters(profiles, scorer, score_pairs(profiles, scorer))


def score_pairs(profiles: Sequence[Profile], scorer: Scorer) -> dict[Link, float]:
    """Return the log-odds of one event of the pairs worth scoring, less where a pair has rivals."""
    scores = {pair: _score(pair, profiles, scorer) for pair in candidate_pairs(profiles)}
    return {pair: score - _RIVALLED * _has_rival(pair, scores, profiles, scorer) for pair, score in scores.items()}


def _has_rival(pair: Link, scores: Mapping[Link, float], profiles: Sequence[Profile], scorer: Scorer) -> bool:
    """Return whether one of the two articles tells of another event that fits the other's claim as well or nearly so.

    A story may tell of ten buses to the border: which of them an article means that tells of one, its words must say.
    """
    stop, score = scorer.identity.stop, scores[pair]
    if score < stop - _FAR or profiles[pair[0]].article == profiles[pair[1]].article:
        return False

    def rivals(other: int, near: int, far: int) -> bool:
        fits = scores.get(_link(other, far), APART) > score - _NEARLY
        return fits and scores.get(_link(other, near), APART) < stop - _CLEARLY

    both = (pair, pair[::-1])
    return any(rivals(n, near, far) for near, far in both for n in scorer.members[profiles[near].article] if n != near)


def _link(one: int, other: int) -> Link:
    return (one, other) if one < other else (other, one)


def _score(pair: Link, profiles: Sequence[Profile], scorer: Scorer) -> float:
    return scorer.score(Pair(profiles[pair[0]], profiles[pair[1]]))


def join_clusters(profiles: Sequence[Profile], scorer: Scorer, scores: Mapping[Link, float]) -> list[list[int]]:
    """Return the clusters of profiles whose pairs have these scores."""
    identity, limits = scorer.identity, vocabulary().limits
    components = _components(len(profiles), (pair for pair, score in scores.items() if score > identity.stop))
    home = {member: number for number, component in enumerate(components) for member in component}
    links = {(one, other): score for (one, other), score in scores.items() if home[one] == home[other]}
    for component in components:
        if len(component) <= limits.whole:  # those too that share no key
            missing = (pair for pair in combinations(component, 2) if pair not in scores)
            links |= {pair: _score(pair, profiles, scorer) for pair in missing}
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), score in links.items():
        near[one][other] = near[other][one] = score - identity.stop

    @cache
    def pinned(one: int, other: int) -> bool:
        return scorer.pins_down(Pair(profiles[one], profiles[other]))

    def may_join(left: Sequence[int], right: Sequence[int]) -> bool:
        return any(pinned(*_link(one, other)) for one, other in product(left, right))

    absent = identity.absent - identity.stop
    clusters = (_average_link(component, near, absent, may_join) for component in components)
    return _with_followers(chain.from_iterable(clusters), profiles)


def _with_followers(clusters: Iterable[list[int]], profiles: Sequence[Profile]) -> list[list[int]]:
    """Return the clusters with those joined to others whose claims take up claims there, and conflict with none."""
    groups = dict(enumerate(map(list, sorted(clusters))))
    home = {member: number for number, group in groups.items() for member in group}
    for _, article in groupby(profiles, key=lambda profile: profile.article):
        for follower, anchor in find_anchors(list(article)):
            one, other = sorted((home[follower], home[anchor]))
            pairs = (Pair(profiles[left], profiles[right]) for left in groups[one] for right in groups[other])
            if one != other and not any(map(conflict, pairs)):
                groups[one] += groups.pop(other)
                home |= dict.fromkeys(groups[one], one)
    return sorted(map(sorted, groups.values()))


def candidate_pairs(profiles: Sequence[Profile]) -> list[Link]:
    """Return the pairs worth scoring, in order: all of few, of many those that share a key and lie near in time."""
    if len(profiles) <= vocabulary().limits.few:
        return list(combinations(range(len(profiles)), 2))
    index: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for profile in profiles:
        for key in _keys(profile):
            index[key].append(profile.number)
    near = chain.from_iterable(_near_in_time(members, profiles) for members in index.values())
    return sorted({(min(pair), max(pair)) for pair in near})


def _keys(profile: Profile) -> set[tuple[str, ...]]:
    """Return what a claim is found by: names, and pairs of who and where that few claims share."""
    parties = [party for party in (profile.agent, *profile.movers) if party]
    # who has no mover may name it elsewhere in the sentence, by a noun of its own
    nouns = chain.from_iterable(party.heads for party in profile.movers) if profile.movers else profile.context
    who = {f"country {country}" for party in parties for country in party.countries}
    who.update(*map(_named, nouns), *map(_surnames, profile.movers))
    where = {f"in {spot.country}" for spot in profile.spots if spot.country}
    where |= {word for spot in profile.spots if not spot.is_country for word in spot.words if len(word) > 3}
    keys: set[tuple[str, ...]] = set(product(who, where))
    keys |= {("name", name) for party in parties for name in _surnames(party)}
    keys.add(("sentence", profile.sentence[:60]))
    if profile.quantity and profile.quantity.low >= 5:
        keys |= {("number", str(profile.quantity.low), noun) for noun in who}
    return keys


def _surnames(party: Party) -> set[str]:
    return {token for name in party.names for token in name.split()[-1:]}


def _named(noun: str) -> set[str]:
    """Return what a noun is found by: itself, and the groups of nouns for one thing that it stands in."""
    return {noun, *(f"group {group}" for group in vocabulary().alike.get(noun, ()))}


def _near_in_time(members: Sequence[int], profiles: Sequence[Profile]) -> Iterator[Link]:
    """Yield the pairs under one key, those without a date with all; in a crowd with the nearest alone."""
    window, crowd = vocabulary().limits.window, vocabulary().limits.crowd
    dated = sorted((day, number) for number in members if (day := profiles[number].day) is not None)
    undated = [number for number in members if profiles[number].day is None]
    last = 0
    for position, (day, number) in enumerate(dated):
        while dated[last][0] < day - window:
            last += 1
        yield from ((number, other) for _, other in dated[max(last, position - crowd) : position])
    for position, number in enumerate(undated):
        yield from ((number, other) for other in undated[max(0, position - crowd) : position])
        yield from ((number, other) for _, other in dated[-crowd:])


def _components(count: int, pairs: Iterable[Link]) -> list[list[int]]:
    """Return what is joined by pairs, each in order, by its first member."""
    import networkx as nx  # loads slowly, and only comparing needs it

    graph = nx.Graph(pairs)
    graph.add_nodes_from(range(count))
    return sorted(map(sorted, nx.connected_components(graph)))


def _average_link(
    members: Sequence[int],
    near: Mapping[int, Mapping[int, float]],
    absent: float,
    may_join: Callable[[Sequence[int], Sequence[int]], bool],
) -> list[list[int]]:
    """Return the members in groups, joined while the mean of the links between two that may join is above zero.

    `near` has the links of each member; pairs without one count as `absent`, below zero, so groups without any link
    between them never join and are never looked at.
    """
    groups = {number: [number] for number in members}
    excess = {one: {other: link - absent for other, link in near[one].items()} for one in members}

    def mean(one: int, other: int) -> float:
        return excess[one][other] / (len(groups[one]) * len(groups[other])) + absent

    heap = [(-mean(one, other), one, other) for one in members for other in excess[one] if one < other]
    heapq.heapify(heap)
    while heap:
        link, one, other = heapq.heappop(heap)
        if link >= 0:
            break
        if one not in groups or other not in groups or -link != mean(one, other):
            continue  # outdated: a group has grown since
        if not may_join(groups[one], groups[other]):
            continue
        for third, more in excess.pop(other).items():
            del excess[third][other]
            if third != one:
                excess[one][third] = excess[third][one] = excess[one].get(third, 0.0) + more
        groups[one] = sorted(groups[one] + groups.pop(other))
        for third in excess[one]:
            heapq.heappush(heap, (-mean(one, third), min(one, third), max(one, third)))
    return list(groups.values())
