"""Claims that somebody is arrested: an example of a kind of claim, built on PropBank's predicates and the syntax.

Precise rather than complete: whoever is arrested must be a person, and a role of which the encoder is not sure stays
empty. Without the encoder's semantic layers nothing is found.
"""

import functools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import Field
from spacy.tokens import Doc, Span, Token

from claimx.claims.candidates import Candidate, TriggerKind
from claimx.claims.nouns import Kinds
from claimx.claims.roles import Fillers, leave_out_own_clause
from claimx.claims.roles.times import is_stretch, time_span
from claimx.claims.standing import is_no_event
from claimx.claims.status import assess_status
from claimx.language import syntax
from claimx.language.semantics import Argument, semantics_of
from claimx.records import Claim
from claimx.rules.files import Strict, read_bundled
from claimx.rules.grammar import GRAMMAR
from claimx.rules.loader import RuleSet
from claimx.rules.schema import Identifier, Sentence, Status, Words

KIND = "arrest"
_ATTRIBUTES = frozenset({"amod", "compound"})


class ArrestExample(Strict):
    """A sentence that must make a claim, with what must fill its roles, what must leave them empty, and its status."""

    text: Sentence
    who: str | None = None
    by: str | None = None
    where: str | None = None
    when: str | None = None
    absent: tuple[str, ...] = ()
    status: Status | None = None


class ArrestWords(Strict):
    """Verbs or nouns of arrest, those of the PropBank `senses` given; verbs only with the words `into`, if given.

    A noun means something else with one of `not_modifiers` before it, and no arrest that was made behind one of
    `not_behind` (*a **warrant** for the arrest*).
    """

    id: Identifier
    verbs: Words = ()
    nouns: Words = ()
    senses: Words = ()
    into: str = ""
    not_modifiers: Words = ()
    not_behind: Words = ()
    matches: tuple[ArrestExample, ...] = Field(min_length=1)
    ignores: Words = Field(min_length=1)


class ArrestRules(Strict):
    """What `rules/arrest/words.toml` says: which argument fills which role, from which chance on, and the words.

    A time behind one of the `durations` says how long, not when. A word that by the syntax, too, hangs on that of
    arrest fills a role from the chance `agreed` on.
    """

    durations: Words
    roles: Mapping[str, str]
    least: Mapping[str, float]
    agreed: float
    words: tuple[ArrestWords, ...]


@functools.cache
def arrest_rules() -> ArrestRules:
    """Return the rules of arrest that claimx brings along."""
    return read_bundled(ArrestRules, "arrest/words.toml")


@dataclass(frozen=True, slots=True)
class _Trigger:
    token: Token
    span: Span
    kind: TriggerKind
    predicate: str
    rule: ArrestWords


def find_candidates(doc: Doc, rules: RuleSet, nouns: Kinds) -> Iterator[Candidate]:
    """Yield the arrests of the doc in text order: those of which it says who is arrested or, of a noun, by whom."""
    semantics = semantics_of(doc)
    for predicate in semantics.predicates if semantics is not None else ():
        trigger = _trigger(predicate.token, predicate.sense)
        if trigger is None or is_no_event(trigger.token):
            continue
        found, chance = _fillers(trigger, predicate.arguments, nouns)
        if "who" not in found.roles and (trigger.kind == "verb" or "by" not in found.roles):
            continue
        _part(trigger, found)
        status, cue, cues = assess_status(trigger, rules)
        yield Candidate(
            trigger=trigger,
            roles={role: filler.as_span() for role, filler in found.roles.items()},
            heads=found.heads(),
            status=status,
            status_cue=cue,
            rules=(trigger.rule.id, *cues),
            kind=KIND,
            chance=round(predicate.probability * chance, 3),
        )


def score(candidate: Candidate, nouns: Kinds, claim: Claim) -> float:
    """Return the encoder's chance that the word and its arguments are what they are taken for; never measured."""
    return candidate.chance


def _trigger(token: Token, sense: str) -> _Trigger | None:
    """Return the word as a trigger, by the first words of arrest that it is one of, None where it is none."""
    lemma, doc = token.lemma_.lower(), token.doc
    if token.dep_ in _ATTRIBUTES:  # *an arrest warrant, the arrested man*
        return None
    for rule in arrest_rules().words:
        if rule.senses and sense not in rule.senses:
            continue
        if token.pos_ == "NOUN" and lemma in rule.nouns:
            before = {child.lemma_.lower() for child in token.children if child.i < token.i}
            above = syntax.governor(token)
            behind = above is not None and above.lemma_.lower() in rule.not_behind
            if before.isdisjoint(rule.not_modifiers) and not behind:
                return _Trigger(token, doc[token.i : token.i + 1], "noun", lemma, rule)
        elif token.pos_ == "VERB" and lemma in rule.verbs:
            span = _into(token, rule.into) if rule.into else doc[token.i : token.i + 1]
            if span is not None:
                return _Trigger(token, span, "verb", f"{lemma} {rule.into}".strip(), rule)
    return None


def _into(verb: Token, words: str) -> Span | None:
    """Return the words that complete the verb, with it where they follow at once, None where they do not stand."""
    for phrase in syntax.prepositionals(verb):
        span = verb.doc[phrase.marker.i : phrase.noun.i + 1]
        if span.text.lower() == words:
            return verb.doc[verb.i : span.end] if span.start == verb.i + 1 else span
    return None


def _fillers(trigger: _Trigger, arguments: tuple[Argument, ...], nouns: Kinds) -> tuple[Fillers, float]:
    """Return what surely fills the roles, and the chance that all of it does."""
    rules, found, chances = arrest_rules(), Fillers(), []
    for argument in sorted(arguments, key=lambda argument: -argument.probability):
        role = rules.roles.get(argument.label, "")
        host = syntax.governor(argument.head)
        hangs = host is not None and host.i == trigger.token.i
        least = min(rules.least.get(role, 1.0), rules.agreed if hangs and role else 1.0)
        if role in found.roles or argument.probability < least:
            continue
        if _fits(role, argument.head, nouns):
            found.set(role, argument.head, span=_time(argument.head, nouns) if role == "when" else None)
            chances.append(argument.probability)
    by = found.roles.get("by")
    if by is not None and "who" not in found.roles and by.head in syntax.possessors(trigger.token):
        del found.roles["by"]  # *the editor's arrest*: whose it is, nothing else tells
    return found, math.prod(chances)


def _fits(role: str, head: Token, nouns: Kinds) -> bool:
    """Return whether a word names what may fill the role."""
    if role == "who":
        counted = head.pos_ == "NUM" or head.lower_ in GRAMMAR.quantities  # *12 were arrested*
        return counted or nouns.of(head) == "person" or head.ent_type_ in {"PERSON", "NORP"}
    if role == "by":
        return nouns.is_party(head)
    if role == "where":
        return head.pos_ != "NUM" and nouns.is_place(head)  # *one of the worst days*
    dates = nouns.is_time(head) or head.lower_ in GRAMMAR.time_adverbs
    return dates and not is_stretch(head, nouns) and not _is_duration(head)


def _is_duration(time: Token) -> bool:
    return syntax.preposition_of(time) in arrest_rules().durations


def _time(head: Token, nouns: Kinds) -> Span:
    """Return the whole time expression of which the word is a part, how long it took (*for three days*) left out."""
    while head.head.i != head.i and nouns.is_time(head.head) and not _is_duration(head.head):
        head = head.head
    return time_span(head, nouns)


def _part(trigger: _Trigger, found: Fillers) -> None:
    """Leave out of each role's phrase what fills another one, and the clause of the arrest itself."""
    for role, filler in found.roles.items():
        others = [other.head for name, other in found.roles.items() if name != role]
        filler.without += [head for head in others if filler.head.is_ancestor(head)]
    leave_out_own_clause(trigger, found)
