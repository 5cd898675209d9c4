"""Triggers, roles, status and sources put together into claims; what the rules' needs do not bear out is dropped."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from claimx.claims import nouns
from claimx.claims.roles import Fillers, find_roles
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


def find_movements(
    doc: Doc, rules: RuleSet, is_vehicle: Callable[[Token], bool] | None = None
) -> Iterator[Movement]:
    """Yield the movements in text order, at most one a trigger word."""
    vehicle = is_vehicle or (lambda token: nouns.noun_class(token, rules) == "vehicle")
    taken: set[int] = set()
    found: list[tuple[Trigger, Fillers]] = []
    for candidates in find_triggers(doc, rules):
        if any(token.i in taken for token in candidates[0].span):
            continue
        for trigger in candidates:
            fillers = find_roles(trigger, rules, vehicle)
            if is_borne_out(trigger, fillers, rules):
                found.append((trigger, fillers))
                taken |= {token.i for token in trigger.span}
                break
    for trigger, fillers in _without_doubles(found):
        status, cue, cues = assess_status(trigger, rules)
        yield Movement(
            trigger=trigger,
            roles={role: filler.as_span() for role, filler in fillers.items()},
            heads={role: filler.head for role, filler in fillers.items()},
            status=status,
            status_cue=cue,
            rules=(trigger.rule.id, *cues),
        )


def is_borne_out(trigger: Trigger, fillers: Fillers, rules: RuleSet) -> bool:
    """Return whether the fillers give the trigger the evidence that its rule needs, and none makes it a figure."""
    rule, heads = trigger.rule, {role: filler.head for role, filler in fillers.items()}
    moved = heads.get("what") or (heads.get("who") if "vehicle" not in heads else None)
    object_like = heads.get({"goal": "destination", "source": "origin", "path": "via"}.get(rule.frame, "what"))
    for head in (moved, object_like):
        if head is not None and _is_refused(head, trigger):
            return False
    if moved is not None and nouns.is_figure(moved, rules) and not (rule.frame in {"goal", "source"} and "destination" in heads):
        return False
    if object_like is not None and nouns.is_figure(object_like, rules):
        return False
    if trigger.kind == "noun" and not (heads.keys() - {"when"}):
        return False
    if trigger.kind == "noun" and rule.needs == "goal":
        return bool(heads.keys() & {"who", "destination", "what", "vehicle"})
    places = [heads[r] for r in ("origin", "destination", "via") if r in heads]
    grounded = any(nouns.is_place(head, rules) for head in places) or "vehicle" in heads
    if rule.needs == "place":
        return grounded
    if rule.needs == "goal":
        goal = heads.get("destination")
        return goal is not None and (nouns.is_place(goal, rules) or nouns.is_party(goal, rules)) or (rule.frame == "transfer" and "origin" in heads)
    if rule.needs == "thing":
        thing = heads.get("what") or heads.get("vehicle") or heads.get("who")
        return grounded or (thing is not None and nouns.can_move(thing, rules))
    if trigger.kind == "verb" and rule.frame in {"transfer", "either"} and not places and "what" in heads:
        return nouns.can_move(heads["what"], rules) or not nouns.noun_class(heads["what"], rules)
    if trigger.kind == "verb" and rule.frame == "source" and "origin" in heads:
        return nouns.is_place(heads["origin"], rules) or len(places) > 1
    return bool(heads)


def _is_refused(head: Token, trigger: Trigger) -> bool:
    words = trigger.rule.not_objects
    return bool(words) and (head.lemma_.lower() in words or head.lower_ in words)


def _without_doubles(found: list[tuple[Trigger, Fillers]]) -> list[tuple[Trigger, Fillers]]:
    """Merge an event noun into the verb that it completes (*left for a visit to Rome*): one event, one claim."""
    kept = list(found)
    for trigger, fillers in found:
        if trigger.kind != "noun":
            continue
        for other, theirs in found:
            if other is trigger or other.kind != "verb":
                continue
            head = trigger.token.head
            preposition = next((c.lower_ for c in trigger.token.children if c.dep_ == "case"), head.lower_)
            if other.token.i in {head.i, head.head.i} and preposition in {"for", "on"} and other.rule.frame != "transfer":
                for role, filler in fillers.items():
                    if role not in theirs and role != "what":
                        theirs[role] = filler
                kept = [pair for pair in kept if pair[0] is not trigger]
    return kept
