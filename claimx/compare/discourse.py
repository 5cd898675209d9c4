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
_LEAD = 3  # claims of the body among which a headline finds its own
_NEAR = 3  # paragraphs back that a pronoun or definite noun reaches


def find_anchors(profiles: Sequence[Profile], scorer: Scorer) -> Iterator[tuple[int, int]]:
    """Yield claims of one article, in order, as pairs of numbers: one that takes another up, and the other."""
    body = [profile for profile in profiles if not profile.headline]
    for profile in profiles:
        if profile.headline:
            fitting = [other for other in body[:_LEAD] if not scorer.conflicts(profile, other)]
            shared = (other for other in fitting if scorer.bond(profile, other) > 0 or profile.context & other.context)
            anchor = next(shared, None)
        else:
            earlier = (other for other in reversed(profiles) if other.number < profile.number)
            anchor = next((other for other in earlier if _continues(profile, other, scorer)), None)
        if anchor is not None:
            yield profile.number, anchor.number


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
        return scorer.who(profile, other) >= scorer.words.weights.alike
    # *they* and *the men* may be anybody: the nearest, or those who went the same way
    return where > 0 or profile.claim.evidence.paragraph - other.claim.evidence.paragraph <= 1
