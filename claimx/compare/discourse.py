"""Claims that say little by themselves, with the claim of the same article that they take up.

A headline tells the event that the article opens with; *they* and *the men* go on with those of whom it has just been.
Such claims share too little with other articles' to be found by it, so each follows the claim that it takes up.
"""

import re
from collections.abc import Iterator, Sequence

from claimx.compare.pairs import Pair
from claimx.compare.profiles import Profile
from claimx.compare.similarity import conflict

_PRONOUN = re.compile(r"^(?:they|them|it|he|him|she|her|we|us|these|those)$", re.IGNORECASE)
_DEFINITE = re.compile(r"^(?:the|these|those|both|its|their|his|her)\s", re.IGNORECASE)
_NEAR = 3  # paragraphs back that a pronoun or definite noun reaches


def find_anchors(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Yield claims of one article, in order, as pairs of numbers: one that takes another up, and the other."""
    body = [profile for profile in profiles if not profile.headline]
    lead = [profile for profile in body if profile.claim.evidence.paragraph == body[0].claim.evidence.paragraph]
    for position, profile in enumerate(profiles):
        if profile.headline:
            fitting = filter(_summarises, (Pair(profile, other) for other in lead))
            pair = max(fitting, key=lambda pair: (_bond(pair), -pair.right.number), default=None)
        else:
            earlier = (Pair(profile, other) for other in reversed(profiles[:position]))
            pair = next(filter(_continues, earlier), None)
        if pair is not None:
            yield profile.number, pair.right.number


def _bond(pair: Pair) -> int:
    """Return how much of who, whence, whither and how a pair shares."""
    return pair.who + pair.where + pair.one_way


def _summarises(pair: Pair) -> bool:
    """Return whether a headline may tell what a claim of the lead tells."""
    if conflict(pair):
        return False
    if pair.where > 0:
        return True
    return pair.one_way and (pair.who > 0 or not pair.left.context.isdisjoint(pair.right.context))


def _is_named_vehicle(profile: Profile, other: Profile) -> bool:
    """Return whether *the ship* is what has a name in the sentence before."""
    vehicle, theme = profile.claim.vehicle, other.theme
    beside = profile.claim.evidence.paragraph == other.claim.evidence.paragraph
    if not beside or vehicle is None or theme is None or theme.heads:
        return False
    return bool(theme.names and _DEFINITE.match(vehicle.text))


def _continues(pair: Pair) -> bool:
    """Return whether a claim goes on about what an earlier one has moved."""
    profile, other = pair.left, pair.right
    words = [span.text for span in (profile.claim.what or profile.claim.who, profile.claim.vehicle) if span]
    pronoun = any(map(_PRONOUN.match, words))
    back = profile.claim.evidence.paragraph - other.claim.evidence.paragraph
    if back > _NEAR or not (pronoun or any(map(_DEFINITE.match, words))):
        return False
    if len(pair.statuses) > 1 and pair.statuses & {"prospective", "negated"}:
        return False  # what is to come, or was not, is another movement than what has been
    if conflict(pair) or pair.strays or (pair.where <= 0 and not pair.one_way):
        return False
    if profile.theme is None or not profile.theme.is_empty:
        return pair.who >= 1 or _is_named_vehicle(profile, other)
    # *they* may be anybody who has gone another way, *the men* only people of whom it has just been
    return pair.where > 0 or (back <= 1 and not pronoun and other.moves_people)
