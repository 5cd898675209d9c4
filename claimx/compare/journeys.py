"""Legs of one journey: events that are not one, but follow each other on one way of one party."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claimx.compare.pairs import Pair
from claimx.compare.profiles import Profile
from claimx.compare.records import Cluster
from claimx.compare.spots import same_spot
from claimx.compare.vocabulary import vocabulary

_DAYS = 3  # between legs, at most


def link_journeys(clusters: Sequence[Cluster], members: Sequence[Sequence[Profile]]) -> list[Cluster]:
    """Return the clusters, each with the ids of those that tell legs of its journey.

    One leg ends where the next begins, and who moves bears one name in both, within days.
    """
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in _meeting(members):
        if any(_is_next(left, right) for left in members[one] for right in members[other]):
            found[one].add(other)
            found[other].add(one)
    return [
        replace(cluster, journey=tuple(sorted(clusters[other].id for other in found[number])))
        for number, cluster in enumerate(clusters)
    ]


def _meeting(members: Sequence[Sequence[Profile]]) -> Iterator[tuple[int, int]]:
    """Yield pairs of groups one of which ends at a place by whose name the other begins, or goes by way of."""
    begins: defaultdict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(members):
        for profile in group:
            for spot in (profile.origin, profile.via):
                if spot and not spot.is_country:
                    begins[spot.name].add(number)
    for number, group in enumerate(members):
        ends = {profile.destination.name for profile in group if profile.destination}
        yield from sorted({(number, other) for name in ends for other in begins.get(name, ()) if other != number})


def _is_next(left: Profile, right: Profile) -> bool:
    """Return whether one claim ends where another begins, and one named party moves in both, days apart at most."""
    end, begins = left.destination, (right.origin, right.via)
    if end is None or not any(spot and same_spot(end, spot) for spot in begins) or not Pair(left, right).movers_meet:
        return False
    if left.told and right.told:
        return left.told.gap(right.told) <= _DAYS
    if left.day is None or right.day is None:
        return left.article == right.article
    return abs(left.day - right.day) <= vocabulary().limits.fresh_days
