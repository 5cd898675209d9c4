"""Triggers, roles, status and sources put together into claims; what the rules' needs do not bear out is dropped."""

from collections.abc import Iterator
from typing import TypeVar

from spacy.tokens import Doc, Span

from claimx.claims.candidates import Candidate, Trigger
from claimx.claims.movement.evidence import refusal
from claimx.claims.movement.learned import LEARNED, Learned, Listed, decide_status, find_learned
from claimx.claims.movement.triggers import find_triggers
from claimx.claims.nouns import Kinds
from claimx.claims.roles import find_roles, part_by_date
from claimx.claims.status import assess_status
from claimx.language import syntax
from claimx.language.semantics import semantics_of
from claimx.rules.loader import RuleSet
from claimx.rules.schema import Status

_Found = TypeVar("_Found", Listed, Learned)


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
    for found in _without_doubles(list(find_learned(doc, semantics, listed, kinds))):
        by_rule, cue, cues = assess_status(found.trigger, rules)
        only = next((rule for rule in rules.status if cues == (rule.id,)), None)
        if only is not None and only.sure:
            status = by_rule
        else:
            status = decide_status(found.statuses, None if only is not None and only.unsure else by_rule)
        ids = (found.trigger.rule.id, LEARNED.id) if found.listed else (LEARNED.id,)
        if status == by_rule:
            yield from _parts(found, kinds, status, cue, (*ids, *cues), found)
        else:
            yield from _parts(found, kinds, status, None, ids, found)


def find_movements_by_rules(doc: Doc, rules: RuleSet, kinds: Kinds | None = None) -> Iterator[Candidate]:
    """Yield the movements that the rules alone find: those of their words that the grammar around them bears out."""
    kinds = kinds or Kinds(rules)
    for word in _without_doubles([word for word in find_listed(doc, rules, kinds) if not word.refusal]):
        status, cue, cues = assess_status(word.trigger, rules)
        yield from _parts(word, kinds, status, cue, (word.trigger.rule.id, *cues))


def find_listed(doc: Doc, rules: RuleSet, kinds: Kinds) -> Iterator[Listed]:
    """Yield the words that rules list, each with the first rule that bears it out, else with the first one's refusal.

    Rules of users' packs come first, and what one of them refuses no other rule bears out.
    """
    taken: set[int] = set()
    for candidates in find_triggers(doc, rules):
        if any(token.i in taken for token in candidates[0].span):
            continue
        word = _judged(candidates, rules, kinds)
        if not word.refusal:
            taken |= {token.i for token in word.trigger.span}
        yield word


def _judged(candidates: list[Trigger], rules: RuleSet, kinds: Kinds) -> Listed:
    words: list[Listed] = []
    for trigger in sorted(candidates, key=lambda trigger: trigger.rule.id not in rules.own):
        fillers = find_roles(trigger, kinds)
        word = Listed(trigger, fillers, refusal(trigger, fillers, kinds), own=trigger.rule.id in rules.own)
        if word.own or not word.refusal:
            return word
        words.append(word)
    return words[0]


def _parts(
    found: Listed | Learned,
    kinds: Kinds,
    status: Status,
    cue: Span | None,
    ids: tuple[str, ...],
    learned: Learned | None = None,
) -> Iterator[Candidate]:
    for part in part_by_date(found.fillers, kinds):
        # *a trip scheduled to take him to Oslo*: something is moved, but no abstraction moves it
        kept = {role: f for role, f in part.roles.items() if role != "who" or not kinds.is_figure(f.head)}
        yield Candidate(
            trigger=found.trigger,
            roles={role: filler.as_span() for role, filler in kept.items()},
            heads={role: filler.head for role, filler in kept.items()},
            status=status,
            status_cue=cue,
            rules=tuple(dict.fromkeys(ids)),
            learned=learned,
        )


def _without_doubles(found: list[_Found]) -> list[_Found]:
    """Return the finds with one claim an event.

    An event noun goes into the verb that it completes (*left for a visit to Rome, made their way*), and is none of its
    own where it is what moves (*a shipment of rice arrived*).
    """
    verbs = [one for one in found if one.trigger.kind == "verb"]
    movers = {filler.head.i for verb in verbs for filler in verb.fillers.roles.values()}
    kept = [one for one in found if one.trigger.kind != "noun" or one.trigger.token.i not in movers]
    for noun in [one for one in kept if one.trigger.kind == "noun"]:
        for verb in verbs:
            if _completes(noun.trigger, verb.trigger):
                for role, filler in noun.fillers.roles.items():
                    if role != "what":
                        verb.fillers.roles.setdefault(role, filler)
                kept = [one for one in kept if one is not noun]
    return kept


def _completes(noun: Trigger, verb: Trigger) -> bool:
    """Return whether an event noun says no more than where or why the verb above it goes."""
    head = noun.token.head
    if verb.token.i == head.i and noun.token.lemma_ == "way" and noun.token.dep_ == "obj":
        return True
    purpose = syntax.preposition_of(noun.token) in {"for", "on"} and verb.rule.frame != "transfer"
    return purpose and verb.token.i in {head.i, head.head.i}
