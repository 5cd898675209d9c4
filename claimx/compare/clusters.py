"""Claims that tell one event: candidates by an inverted index, then average-link clustering of their scores.

Average link (UPGMA; Sokal and Michener, 1958) joins two groups by the mean of the scores between all their members,
so that a chain of half-likely pairs does not swallow all.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby

from claimx.compare.discourse import find_anchors
from claimx.compare.profiles import Party, Profile, Spot
from claimx.compare.similarity import Scorer
from claimx.compare.vocabulary import Vocabulary

Pair = tuple[int, int]


def find_clusters(profiles: Sequence[Profile], scorer: Scorer) -> list[list[int]]:
    """Return the numbers of the profiles by event, each in exactly one list; lists and members in order."""
    return join_clusters(profiles, scorer, score_pairs(profiles, scorer))


def score_pairs(profiles: Sequence[Profile], scorer: Scorer) -> dict[Pair, float]:
    """Return the log-odds of one event of the pairs worth scoring."""
    pairs = candidate_pairs(profiles, scorer.words)
    return {(one, other): scorer.score(profiles[one], profiles[other]) for one, other in pairs}


def join_clusters(profiles: Sequence[Profile], scorer: Scorer, scores: Mapping[Pair, float]) -> list[list[int]]:
    """Return the clusters of profiles whose pairs have these scores."""
    identity = scorer.words.identity
    links = {pair: score - identity.stop for pair, score in scores.items()}
    complete = len(profiles) <= scorer.words.limits.few
    neighbours: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), link in links.items():
        neighbours[one][other] = neighbours[other][one] = link
    clusters: list[list[int]] = []
    for component in _components(len(profiles), (pair for pair, link in links.items() if link > 0)):
        known = set(component)
        if len(component) <= scorer.words.limits.whole and not complete:  # those too that share no key
            for one, other in combinations(component, 2):
                if other not in neighbours[one]:
                    link = scorer.score(profiles[one], profiles[other]) - identity.stop
                    neighbours[one][other] = neighbours[other][one] = link
        near = {one: {other: link for other, link in neighbours[one].items() if other in known} for one in component}
        clusters += _average_link(component, near, identity.absent - identity.stop)
    return _with_followers(clusters, profiles, scorer)


def _with_followers(clusters: Sequence[list[int]], profiles: Sequence[Profile], scorer: Scorer) -> list[list[int]]:
    """Return the clusters with those joined to others whose claims take up claims there, and conflict with none."""
    groups = {number: list(group) for number, group in enumerate(sorted(clusters))}
    home = {member: number for number, group in groups.items() for member in group}
    for _, article in groupby(profiles, key=lambda profile: profile.article):
        for follower, anchor in find_anchors(list(article), scorer):
            one, other = sorted((home[follower], home[anchor]))
            if one == other or _conflict(groups[one], groups[other], profiles, scorer):
                continue
            groups[one] += groups.pop(other)
            home |= dict.fromkeys(groups[one], one)
    return sorted(sorted(group) for group in groups.values())


def _conflict(left: Sequence[int], right: Sequence[int], profiles: Sequence[Profile], scorer: Scorer) -> bool:
    return any(scorer.conflicts(profiles[one], profiles[other]) for one in left for other in right)


def candidate_pairs(profiles: Sequence[Profile], words: Vocabulary) -> list[Pair]:
    """Return the pairs worth scoring, in order: all of few, of many those that share a key and lie near in time."""
    if len(profiles) <= words.limits.few:
        return list(combinations(range(len(profiles)), 2))
    index: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for profile in profiles:
        for key in _keys(profile, words):
            index[key].append(profile.number)
    pairs: set[Pair] = set()
    for members in index.values():
        if len(members) > 1:
            pairs.update(_near_in_time(members, profiles, words))
    return sorted(pairs)


def _keys(profile: Profile, words: Vocabulary) -> set[tuple[str, ...]]:
    """Return what a claim is found by: names, and pairs of who and where that few claims share."""
    who = {f"country {country}" for party in (profile.agent, *profile.movers) if party for country in party.countries}
    who |= {noun for party in profile.movers for noun in _nouns(party, words)}
    where = {place for spot in (profile.origin, profile.destination, profile.via) if spot for place in _places(spot)}
    who |= {token for party in profile.movers for name in party.names for token in name.split()[-1:]}
    if not profile.movers:
        # it may name them elsewhere in the sentence, by a noun of its own
        who |= {noun for word in profile.context for noun in _named(word, words)}
    keys: set[tuple[str, ...]] = {(one, other) for one in who for other in where}
    keys |= {
        ("name", token)
        for party in (profile.agent, *profile.movers)
        if party
        for name in party.names
        for token in name.split()[-1:]
    }
    keys.add(("sentence", profile.sentence[:60]))
    if profile.quantity and profile.quantity.low >= 5:
        keys |= {("number", str(profile.quantity.low), noun) for noun in who}
    return keys


def _nouns(party: Party, words: Vocabulary) -> Iterator[str]:
    for head in party.heads:
        yield from _named(head, words)


def _named(noun: str, words: Vocabulary) -> Iterator[str]:
    """Yield what a noun is found by: itself, and the groups of nouns for one thing that it stands in."""
    yield noun
    yield from (f"group {group}" for group in words.alike.get(noun, ()))


def _places(spot: Spot) -> Iterator[str]:
    if spot.country:
        yield f"in {spot.country}"
    if not spot.is_country:
        yield from (word for word in spot.words if len(word) > 3)


def _near_in_time(members: Sequence[int], profiles: Sequence[Profile], words: Vocabulary) -> Iterator[Pair]:
    """Yield the pairs under one key, those without a date with all; in a crowd with the nearest alone."""
    window, crowd = words.limits.window, words.limits.crowd
    dated = sorted((profiles[number].day or 0, number) for number in members if profiles[number].day is not None)
    undated = [number for number in members if profiles[number].day is None]
    last = 0
    for position, (day, number) in enumerate(dated):
        while dated[last][0] < day - window:
            last += 1
        yield from (_ordered(number, other) for _, other in dated[max(last, position - crowd) : position])
    for position, number in enumerate(undated):
        yield from (_ordered(number, other) for other in undated[max(0, position - crowd) : position])
        yield from (_ordered(number, other) for _, other in dated[-crowd:])


def _ordered(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _components(count: int, pairs: Iterable[Pair]) -> Iterator[list[int]]:
    """Yield what is joined by pairs, each in order, by its first member."""
    parents = list(range(count))

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parents[high] = low
    members: defaultdict[int, list[int]] = defaultdict(list)
    for number in range(count):
        members[root(number)].append(number)
    yield from members.values()


def _average_link(members: Sequence[int], near: Mapping[int, Mapping[int, float]], absent: float) -> list[list[int]]:
    """Return the members in groups, joined while the mean of the links between two groups is above zero.

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
        for third, more in excess.pop(other).items():
            del excess[third][other]
            if third != one:
                excess[one][third] = excess[third][one] = excess[one].get(third, 0.0) + more
        groups[one] = sorted(groups[one] + groups.pop(other))
        for third in excess[one]:
            heapq.heappush(heap, (-mean(one, third), *_ordered(one, third)))
    return list(groups.values())
