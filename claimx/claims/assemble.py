"""Triggers, roles, status and sources put together into claims; what the rules' needs do not bear out is dropped."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from claimx.claims.nouns import Kinds
from claimx.claims.roles import OBJECT_ROLES, Fillers, find_roles, part_by_date
from claimx.claims.status import assess_status
from claimx.claims.triggers import Trigger, find_triggers
from claimx.language import syntax
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
                roles={role: filler.as_span() for role, filler in part.roles.items()},
                heads=part.heads(),
                status=status,
                status_cue=cue,
                rules=(trigger.rule.id, *cues),
            )


def is_borne_out(trigger: Trigger, fillers: Fillers, kinds: Kinds) -> bool:
    """Return whether the fillers give the trigger the evidence that its rule needs, and none makes it a figure."""
    return not refusal(trigger, fillers, kinds)


def refusal(trigger: Trigger, fillers: Fillers, kinds: Kinds) -> str:
    """Return why the fillers do not bear the trigger out as a movement, "" where they do."""
    rule, heads = trigger.rule, fillers.heads()
    moved = heads.get("what") or (heads.get("who") if "vehicle" not in heads else None)
    object_like = heads.get(OBJECT_ROLES.get(rule.frame, "what"))
    goal = heads.get("destination") if rule.frame == "goal" else None
    for head in (object_like if rule.frame in OBJECT_ROLES else moved, object_like, goal):
        if head is not None and _is_refused(head, trigger):
            return f"{head.text!r} makes it mean something else"
    if moved is not None and kinds.is_figure(moved) and not (rule.frame == "goal" and trigger.kind == "noun"):
        if not _is_plainly_moved(moved, trigger, fillers, kinds):
            return f"{moved.text!r} cannot change place"
    elif object_like is not None and object_like is not moved and kinds.is_figure(object_like):
        return f"{object_like.text!r} is no place or thing"
    if (
        trigger.kind == "verb"
        and moved is not None
        and kinds.is_place(moved)
        and not moved.ent_type_
        and not _is_building(moved, trigger)
    ):
        return f"{moved.text!r} stays where it is"
    if trigger.kind == "verb" and rule.frame == "self" and syntax.is_passive(trigger.token):
        return "it is done to something"
    if (
        trigger.kind == "verb"
        and rule.frame == "goal"
        and syntax.is_passive(trigger.token)
        and not (object_like is not None and kinds.is_place(object_like))
    ):
        return "nobody goes anywhere"  # *could not be reached for comment*
    if (
        trigger.kind == "verb"
        and rule.frame == "source"
        and not rule.drops_figures
        and (
            (fillers.figures and "origin" in heads) or syntax.is_passive(trigger.token) or _has_predicate(trigger.token)
        )
    ):
        return "something is left in some state, nobody leaves"
    thing = heads.get("what")
    if trigger.kind == "verb" and thing is not None and thing.ent_type_ in {"GPE", "LOC"} and kinds.is_place(thing):
        return f"{thing.text!r} stays where it is"
    if fillers.objects and not (heads.keys() & {"origin", "destination"}):
        return f"it is done to {fillers.objects[0].text!r}"
    actor = heads.get("who")
    if (
        trigger.kind == "verb"
        and actor is not None
        and actor is not moved
        and kinds.is_figure(actor)
        and not (moved is not None and kinds.can_move(moved))
    ):
        return f"{actor.text!r} cannot act"
    if not heads.keys() - {"when"}:
        return "it names no participant and no place"
    places = [heads[role] for role in ("origin", "destination", "via") if role in heads]
    if fillers.figures and not any(kinds.is_place(head) for head in places):
        return f"{fillers.figures[0].text!r} is no place"
    return "" if _has_evidence(trigger, heads, kinds) else f"it needs a {rule.needs}, and no filler is one"


def _has_evidence(trigger: Trigger, heads: dict[str, Token], kinds: Kinds) -> bool:
    rule = trigger.rule
    places = [heads[r] for r in ("origin", "destination", "via") if r in heads]
    placed = any(kinds.is_place(head) for head in places)
    grounded = "vehicle" in heads or placed
    thing = heads.get("what")
    moves_thing = thing is not None and kinds.can_move(thing)
    receiver = heads.get("destination")
    reaches_party = thing is not None and receiver is not None and kinds.is_party(receiver)
    if trigger.kind == "noun":
        mover = heads.get("who")
        if rule.needs == "place":
            return placed
        return (
            grounded or moves_thing or rule.needs in {"role", "goal"} or (mover is not None and kinds.can_move(mover))
        )
    match rule.needs:
        case "place":
            return placed or (moves_thing and reaches_party)
        case "goal":
            goal = heads.get("destination")
            reached = goal is not None and (kinds.is_place(goal) or kinds.is_party(goal))
            return reached or (rule.frame == "transfer" and "origin" in heads)
        case "thing":
            mover = thing or heads.get("who")
            return grounded or reaches_party or (mover is not None and kinds.can_move(mover))
        case _:
            if thing is not None and not places:
                return moves_thing or not kinds.of(thing)
            if rule.frame == "source" and "origin" in heads:
                return grounded
            return True


def _is_plainly_moved(moved: Token, trigger: Trigger, fillers: Fillers, kinds: Kinds) -> bool:
    """Return whether the words for moving and the places named outweigh the model's guess that it is an abstraction."""
    heads = fillers.heads()
    return (
        kinds.is_guess(moved)
        and trigger.rule.frame in {"transfer", "either"}
        and trigger.rule.needs != "place"
        and heads.get("what") is moved
        and any(kinds.is_place(heads[role]) for role in ("origin", "destination") if role in heads)
    )


def _is_building(place: Token, trigger: Trigger) -> bool:
    """Return whether a place is an institution that somebody moves elsewhere (*moved its **embassy** to Accra*)."""
    return trigger.rule.frame in {"transfer", "either"} and place.dep_ in syntax.OBJECTS | syntax.PASSIVE_SUBJECTS


def _has_predicate(verb: Token) -> bool:
    """Return whether the verb says in what state it leaves its object (*left three **dead***)."""
    return any(
        child.i > verb.i
        and child.dep_ in {"xcomp", "oprd", "acomp"}
        and child.pos_ in {"ADJ", "NOUN", "VERB"}
        and child.tag_ not in {"VB"}
        for child in verb.children
    )


def _is_refused(head: Token, trigger: Trigger) -> bool:
    words = trigger.rule.not_objects
    return bool(words) and (head.lemma_.lower() in words or head.lower_ in words)


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
