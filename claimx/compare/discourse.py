"""Claims that say little by themselves, with the claim of the same article that they take up.

A headline tells the event that the article opens with; *they* and *the men* go on with those of whom it has just been.
Such claims share too little with other articles' to be found by it, so each follows the claim that it takes up.
"""

import re
from collections.abc import Iterator, Sequence

from claimx.compare.profiles import Profile
from claimx.compare.similarity import Scorer

_PRONOUN = re.compile(r"^(?:they|them|it|he|him|she|her|we|us|these|those)$", re.IGNORECASE)
_DEFINITE = re.compile(r"^(?:the|these|those|both|its|their|his|her)\s", re.IGNORECASE)
_NEAR = 3  # paragraphs back that a pronoun or definite noun reaches


def find_anchors(profiles: Sequence[Profile], scorer: Scorer) -> Iterator[tuple[int, int]]:
    """Yield claims of one article, in order, as pairs of numbers: one that takes another up, and the other."""
    body = [profile for profile in profiles if not profile.headline]
    lead = [profile for profile in body if profile.claim.evidence.paragraph == body[0].claim.evidence.paragraph]
    for profile in profiles:
        if profile.headline:
            fitting = [other for other in lead if _summarises(profile, other, scorer)]
            anchor = max(fitting, key=lambda other: (scorer.bond(profile, other), -other.number), default=None)
        else:
            earlier = (other for other in reversed(profiles) if other.number < profile.number)
            anchor = next((other for other in earlier if _continues(profile, other, scorer)), None)
        if anchor is not None:
            yield profile.number, anchor.number


def _summarises(headline: Profile, other: Profile, scorer: Scorer) -> bool:
    """Return whether a headline may tell what a claim of the lead tells."""
    if scorer.conflicts(headline, other):
        return False
    if scorer.where(headline, other) > 0:
        return True
    return scorer.one_way(headline, other) and (
        scorer.who(headline, other) > 0 or bool(headline.context & other.context)
    )


def _is_named_vehicle(profile: Profile, other: Profile) -> bool:
    """Return whether *the ship* is what has a name in the sentence before."""
    vehicle, theme = profile.claim.vehicle, other.theme
    beside = profile.claim.evidence.paragraph == other.claim.evidence.paragraph
    if not beside or vehicle is None or theme is None or theme.person or theme.heads:
        return False
    return bool(theme.names and _DEFINITE.match(vehicle.text))


def _continues(profile: Profile, other: Profile, scorer: Scorer) -> bool:
    """Return whether a claim goes on about what another has moved."""
    spans = [span for span in (profile.claim.what or profile.claim.who, profile.claim.vehicle) if span]
    if not any(_PRONOUN.match(span.text) or _DEFINITE.match(span.text) for span in spans):
        return False
    if profile.claim.evidence.paragraph - other.claim.evidence.paragraph > _NEAR:
        return False
    statuses = {profile.claim.status, other.claim.status}
    if len(statuses) > 1 and statuses & {"prospective", "negated"}:
        return False  # what is to come, or was not, is another movement than what has been
    if scorer.conflicts(profile, other) or scorer.strays(profile, other):
        return False
    where = scorer.where(profile, other)
    if where <= 0 and not scorer.one_way(profile, other):
        return False
    if profile.theme is None or not profile.theme.is_empty:
        return scorer.who(profile, other) >= 1 or _is_named_vehicle(profile, other)
    if where > 0:
        return True
    # *they* may be anybody who has gone another way, *the men* only people of whom it has just been
    beside = profile.claim.evidence.paragraph - other.claim.evidence.paragraph <= 1
    return beside and not any(_PRONOUN.match(span.text) for span in spans) and scorer.moves_people(other)
