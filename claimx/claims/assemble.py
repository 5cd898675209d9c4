"""Triggers, roles, status and sources put together into claims; what the rules' needs do not bear out is dropped."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from claimx.claims.evidence import is_borne_out
from claimx.claims.nouns import Kinds
from claimx.claims.roles import Filler, Fillers, find_roles, part_by_date
from claimx.claims.status import assess_status
from claimx.claims.triggers import Trigger, find_triggers
from claimx.rules.loader import RuleSet
from claimx.rules.schema import Status


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement found in a Doc: all spans are spaCy spans, nothing is resolved yet."""

    trigger: Trigger
    roles: dict[str, Span]
    heads: dict[str, Token]
    status: Status
    status_cue: Span | None
    rules: tuple[str, ...]


def find_movements(doc: Doc, rules: RuleSet, kinds: Kinds | None = None) -> Iterator[Movement]:
    """Yield the movements in text order: one a trigger word, or one for each place that has a date of its own."""
    kinds = kinds or Kinds(rules)

    def acts(role: str, filler: Filler) -> bool:
        # *a trip scheduled to take him to Oslo*: something is moved, but no abstraction moves it
        return role != "who" or not kinds.is_figure(filler.head)

    taken: set[int] = set()
    found: list[tuple[Trigger, Fillers]] = []
    for candidates in find_triggers(doc, rules):
        if any(token.i in taken for token in candidates[0].span):
            continue
        for trigger in candidates:
            fillers = find_roles(trigger, kinds)
            if is_borne_out(trigger, fillers, kinds):
                found.append((trigger, fillers))
                taken |= {token.i for token in trigger.span}
                break
    for trigger, fillers in _without_doubles(found):
        status, cue, cues = assess_status(trigger, rules)
        for part in part_by_date(fillers, kinds):
            yield Movement(
                trigger=trigger,
                roles={role: filler.as_span() for role, filler in part.roles.items() if acts(role, filler)},
                heads={role: filler.head for role, filler in part.roles.items() if acts(role, filler)},
                status=status,
                status_cue=cue,
                rules=(trigger.rule.id, *cues),
            )


def _without_doubles(found: list[tuple[Trigger, Fillers]]) -> list[tuple[Trigger, Fillers]]:
    """Return the finds with one claim an event.

    An event noun goes into the verb that it completes (*left for a visit to Rome*), and is none of its own where it is
    what moves (*a shipment of rice arrived*).
    """
    movers = {
        filler.head.i for trigger, fillers in found if trigger.kind == "verb" for filler in fillers.roles.values()
    }
    found = [pair for pair in found if pair[0].kind != "noun" or pair[0].token.i not in movers]
    kept = list(found)
    for trigger, fillers in found:
        if trigger.kind != "noun":
            continue
        for other, theirs in found:
            if other is trigger or other.kind != "verb":
                continue
            head = trigger.token.head
            preposition = next((c.lower_ for c in trigger.token.children if c.dep_ == "case"), head.lower_)
            if (
                other.token.i in {head.i, head.head.i}
                and preposition in {"for", "on"}
                and other.rule.frame != "transfer"
            ):
                for role, filler in fillers.roles.items():
                    if role not in theirs.roles and role != "what":
                        theirs.roles[role] = filler
                kept = [pair for pair in kept if pair[0] is not trigger]
    return kept
