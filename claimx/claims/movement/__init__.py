"""Claims that somebody or something changes place: the kind that claimx was made for.

The modules here and most of `claimx.claims.roles` know of movements alone; status, attribution, coreference and dates
serve every kind.
"""

from collections.abc import Iterator

from spacy.tokens import Doc

from claimx.claims.candidates import Candidate
from claimx.claims.movement import confidence
from claimx.claims.movement.assemble import find_movements
from claimx.claims.nouns import Kinds
from claimx.records import Claim
from claimx.rules.loader import RuleSet


def find_candidates(doc: Doc, rules: RuleSet, nouns: Kinds) -> Iterator[Candidate]:
    """Yield the movements of the doc in text order."""
    return find_movements(doc, rules, nouns)


def score(candidate: Candidate, nouns: Kinds, claim: Claim) -> float:
    """Return how likely the claim is faultless."""
    return confidence.score(candidate, nouns, claim)
