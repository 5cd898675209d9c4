"""What event nouns take up: *his visit* is one to come where the article tells elsewhere that he will go."""

from collections.abc import Sequence
from dataclasses import replace

from claimx.claims.candidates import Candidate
from claimx.claims.disputes import names_of
from claimx.language import syntax
from claimx.records import Claim
from claimx.rules.grammar import GRAMMAR

Found = tuple[Candidate, Claim]


def with_plans_taken_up(given: Sequence[Found]) -> list[Claim]:
    """Return the claims in their order, with the status of journeys that are only taken up after those that are told.

    *His trip* lies ahead where the same traveller is said to go there, and nowhere said to have gone; where his
    sentence says that he went, it has been.
    """
    told = [(_takes_up(found, claim), claim) for found, claim in given]
    journeys = [(taken_up, claim) for taken_up, claim in told if claim.predicate in GRAMMAR.journeys]
    ahead = [claim for _, claim in journeys if claim.status == "prospective"]
    ahead.sort(key=lambda claim: claim.destination is None)
    done = [claim for taken_up, claim in journeys if claim.status in {"asserted", "hedged"} and not taken_up]
    return [_as_told(claim, ahead, done) if taken_up else claim for taken_up, claim in told]


def _as_told(claim: Claim, ahead: Sequence[Claim], done: Sequence[Claim]) -> Claim:
    """Return what takes up a journey with the status that the others give it."""
    here = any(other.evidence == claim.evidence and _one_traveller(claim, other) for other in done)
    if claim.status == "prospective" and here:
        return replace(claim, status="asserted", status_cue=None)
    told = [other for other in done if _one_journey(claim, other)]
    plan = next((other for other in ahead if _one_journey(claim, other)), None)
    if claim.status != "asserted" or plan is None or any(_one_journey(plan, other) for other in told):
        return claim
    return replace(claim, status="prospective", status_cue=plan.status_cue)


def _takes_up(found: Candidate, claim: Claim) -> bool:
    """Return whether an event noun only names a journey: *the visit, his trip*, but not *a visit, her last trip*."""
    noun = found.trigger.token
    if found.trigger.kind != "noun" or claim.predicate not in GRAMMAR.journeys or claim.when is not None:
        return False
    clause = syntax.governor(noun)
    if clause is not None and clause.tag_ == "VBD" and syntax.preposition_of(noun) in GRAMMAR.beside_prepositions:
        return False  # *told the mayor **during** his visit*
    definite = any(child.dep_ == "det" and child.lower_ in {"the", "this", "that"} for child in noun.children)
    earlier = any(child.lower_ in GRAMMAR.earlier for child in noun.children)
    return (definite or bool(syntax.possessors(noun))) and not earlier


def _one_journey(one: Claim, other: Claim) -> bool:
    """Return whether two claims may tell of one journey: the same traveller, and no two goals."""
    if not _one_traveller(one, other):
        return False
    if one.destination is None or other.destination is None:
        return True
    return bool(names_of(one.destination) & names_of(other.destination))


def _one_traveller(one: Claim, other: Claim) -> bool:
    return one.who is not None and other.who is not None and bool(names_of(one.who) & names_of(other.who))
