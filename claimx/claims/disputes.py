"""Which claims of an article dispute each other: what one source says, and another rejects."""

from collections.abc import Sequence
from dataclasses import replace

from claimx.records import Claim, Source, Span
from claimx.rules.grammar import GRAMMAR

_TOLD = frozenset({"asserted", "hedged"})
_PARTIES = ("who", "what", "vehicle")
_PLACES = ("origin", "destination")


def with_disputes(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims in their order, each with the ids of those that a source rejects it by, or that it rejects.

    A claim is rejected where another one of the same verb is negated with a source, shares a party or place with it,
    and differs in none that both give. A source that rejects what it says itself elsewhere disputes nothing.
    """
    against: dict[str, list[str]] = {}
    rejecting = [claim for claim in claims if claim.status == "negated" and claim.sources]
    told = [claim for claim in claims if claim.status in _TOLD]
    for denial in rejecting:
        for claim in told:
            if _same_movement(denial, claim) and not _same_teller(denial, claim):
                against.setdefault(denial.id, []).append(claim.id)
                against.setdefault(claim.id, []).append(denial.id)
    return [replace(c, disputed_by=tuple(against[c.id])) if c.id in against else c for c in claims]


def _same_movement(one: Claim, other: Claim) -> bool:
    if one.predicate != other.predicate or one.kind != other.kind:
        return False
    shared = 0
    for role in (*_PARTIES, *_PLACES, *one.roles):
        a, b = one.filler(role), other.filler(role)
        if a is None or b is None or _is_pronoun(a) or _is_pronoun(b):
            continue  # what *it* stands for in a denial is the first thing that a resolver gets wrong
        if not (names_of(a) & names_of(b)):
            return False
        shared += 1
    return shared >= 1


def _is_pronoun(span: Span) -> bool:
    return span.text.lower() in GRAMMAR.personal_pronouns | GRAMMAR.pronouns["it"] | {"this", "that"}


def _same_teller(one: Claim, other: Claim) -> bool:
    return bool(other.sources) and names_of(one.sources[0]) == names_of(other.sources[0])


def names_of(span: Span | Source) -> frozenset[str]:
    """Return what a span may be known by: the last word of its text and of its referent, its actor and its place."""
    names = {name.split()[-1].lower() for name in (span.text, span.resolved or "") if name.split()}
    place = span.place if isinstance(span, Span) else None
    names |= {(span.actor.name if span.actor else "").lower(), (place.name if place else "").lower()}
    return frozenset(names - {""})
