"""Triggers, roles, status and sources put together into claims; what the rules' needs do not bear out is dropped."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from claimx.claims.candidates import Candidate, Trigger
from claimx.claims.movement.evidence import refusal
from claimx.claims.movement.learned import LEARNED, Learned, Listed, decide_status, find_learned
from claimx.claims.movement.triggers import find_triggers
from claimx.claims.nouns import Kinds
from claimx.claims.roles import Filler, Fillers, find_roles, part_by_date
from claimx.claims.status import assess_status
from claimx.language.semantics import semantics_of
from claimx.rules.loader import RuleSet
from claimx.rules.schema import Status


def find_movements(doc: Doc, rules: RuleSet, kinds: Kinds | None = None) -> Iterator[Candidate]:
    """Yield the movements in text order: one a trigger word, or one for each place that has a date of its own.

    Where the pipeline gives no semantic layers, the rules alone decide.
    """
    kinds = kinds or Kinds(rules)
    semantics = semantics_of(doc)
    if semantics is None:
        yield from find_movements_by_rules(doc, rules, kinds)
        return
    listed = {token.i: word for word in find_listed(doc, rules, kinds) for token in word.trigger.span}
    learned = list(find_learned(doc, semantics, listed, kinds))
    single = {trigger.token.i for trigger, _ in _without_doubles([(one.trigger, one.fillers) for one in learned])}
    for found in (one for one in learned if one.trigger.token.i in single):
        by_rule, cue, cues = assess_status(found.trigger, rules)
        unsure = any(rule.unsure for rule in rules.status if cues == (rule.id,))
        status = decide_status(found.statuses, None if unsure else by_rule)
        ids = [found.trigger.rule.id] if found.listed else []
        yield from _parts(
            found.trigger,
            found.fillers,
            kinds,
            status,
            cue if status == by_rule else None,
            (*ids, LEARNED.id, *(cues if status == by_rule else ())),
            found,
        )


def find_movements_by_rules(doc: Doc, rules: RuleSet, kinds: Kinds | None = None) -> Iterator[Candidate]:
    """Yield the movements that the rules alone find: those of their words that the grammar around them bears out."""
    kinds = kinds or Kinds(rules)
    found = [(word.trigger, word.fillers) for word in find_listed(doc, rules, kinds) if not word.refusal]
    for trigger, fillers in _without_doubles(found):
        status, cue, cues = assess_status(trigger, rules)
        yield from _parts(trigger, fillers, kinds, status, cue, (trigger.rule.id, *cues), None)


def find_listed(doc: Doc, rules: RuleSet, kinds: Kinds) -> Iterator[Listed]:
    """Yield the words that rules list, each with the first rule that bears it out, else with the first one's refusal.

    Rules of users' packs come first, and what one of them refuses no other rule bears out.
    """
    taken: set[int] = set()
    for candidates in find_triggers(doc, rules):
        if any(token.i in taken for token in candidates[0].span):
            continue
        refused: Listed | None = None
        for trigger in sorted(candidates, key=lambda trigger: trigger.rule.id not in rules.own):
            fillers = find_roles(trigger, kinds)
            reason = refusal(trigger, fillers, kinds)
            word = Listed(trigger, fillers, reason, own=trigger.rule.id in rules.own)
            if not reason:
                taken |= {token.i for token in trigger.span}
                yield word
                break
            refused = refused or word
            if word.own:
                yield word
                break
        else:
            if refused is not None:
                yield refused


def _parts(
    trigger: Trigger,
    fillers: Fillers,
    kinds: Kinds,
    status: Status,
    cue: Span | None,
    ids: tuple[str, ...],
    learned: Learned | None,
) -> Iterator[Candidate]:
    def acts(role: str, filler: Filler) -> bool:
        # *a trip scheduled to take him to Oslo*: something is moved, but no abstraction moves it
        return role != "who" or not kinds.is_figure(filler.head)

    for part in part_by_date(fillers, kinds):
        kept = {role: filler for role, filler in part.roles.items() if acts(role, filler)}
        yield Candidate(
            trigger=trigger,
            roles={role: filler.as_span() for role, filler in kept.items()},
            heads={role: filler.head for role, filler in kept.items()},
            status=status,
            status_cue=cue,
            rules=tuple(dict.fromkeys(ids)),
            learned=learned,
        )


def _without_doubles(found: list[tuple[Trigger, Fillers]]) -> list[tuple[Trigger, Fillers]]:
    """Return the finds with one claim an event.

    An event noun goes into the verb that it completes (*left for a visit to Rome, made their way*), and is none of its
    own where it is what moves (*a shipment of rice arrived*).
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
            completes = (
                other.token.i in {head.i, head.head.i}
                and preposition in {"for", "on"}
                and other.rule.frame != "transfer"
            )
            if completes or (other.token.i == head.i and trigger.token.lemma_ == "way" and trigger.token.dep_ == "obj"):
                for role, filler in fillers.roles.items():
                    if role not in theirs.roles and role != "what":
                        theirs.roles[role] = filler
                kept = [pair for pair in kept if pair[0] is not trigger]
    return kept
