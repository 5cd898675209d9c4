"""From where, to where, past what and by what means: the phrases of place around a trigger."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from claimx.claims.candidates import Trigger
from claimx.claims.nouns import Kinds
from claimx.claims.roles.fillers import PLACE_ROLES, Fillers
from claimx.language import syntax
from claimx.language.syntax import Prepositional
from claimx.rules.grammar import GRAMMAR

_ADVERBIALS = frozenset({"advmod", "npadvmod", "obl:npmod", "obl:unmarked", "xcomp", "advcl", "obj", "obl"})
_WHERE_TO = frozenset({"home", "north", "south", "east", "west"})
_OF_PLACES_ALONE = frozenset({"in", "at", "on", "near", "along", "around", "over", "for"})
"""Prepositions that say where to or past what only where a place stands under them."""


def path_phrases(trigger: Trigger, objects: list[Token], kinds: Kinds) -> Iterator[Prepositional]:
    """Yield the prepositional phrases that may say from where, to where or how: the verb's own, and strays.

    Parsers hang *from Syria* on the noun before it as often as on the verb; a path preposition over a place, below
    the verb's object or below another path phrase, is the verb's.
    """
    verb = trigger.token
    for host in (verb, *adverbs_of(verb), *syntax.particles(verb)):
        for phrase in syntax.prepositionals(host):
            joined = host.lower_ == "out" and phrase.preposition == "of"
            yield replace(phrase, preposition="out of") if joined else phrase
            yield from strays(phrase.noun, trigger, kinds)
    measures = [noun for noun in syntax.bare_obliques(verb) if kinds.of(noun) == "measure"]
    for noun in (*objects, *measures):  # *travelled 40 miles from Goma*
        if noun.i > verb.i:
            yield from strays(noun, trigger, kinds)


def strays(noun: Token, trigger: Trigger, kinds: Kinds) -> Iterator[Prepositional]:
    """Yield the path phrases over places that hang below a noun that the trigger claims, but are the trigger's."""
    if noun.lemma_.lower() in kinds.rules.nouns or syntax.is_verb(noun):
        return
    leads_somewhere = noun.lemma_.lower() in GRAMMAR.path_nouns  # *the road to Mombasa* is one place
    for phrase in syntax.prepositionals(noun):
        if leads_somewhere and phrase.preposition == "to":
            continue
        is_path = phrase.preposition in GRAMMAR.path_prepositions or (
            phrase.preposition == "for" and "for" in trigger.rule.prepositions
        )
        if is_path and kinds.is_place(phrase.noun):
            yield phrase
        if phrase.noun.i > noun.i:
            yield from strays(phrase.noun, trigger, kinds)
    for child in noun.children:
        if child.dep_ in {"conj", "appos"} and child.i > noun.i:
            yield from strays(child, trigger, kinds)


def adverbs_of(verb: Token) -> list[Token]:
    """Return the adverbs that stand behind a verb or noun, those of place below them included (*back **home***)."""
    found = []
    for child in verb.rights:
        if child.dep_ in _ADVERBIALS and (child.pos_ in {"ADV", "ADP"} or child.lower_ in _WHERE_TO):
            found += [child, *(c for c in child.rights if c.pos_ == "ADV" and c.lower_ in GRAMMAR.place_adverbs)]
    return found


def fill_from_adverbs(host: Token, fillers: Fillers) -> None:
    """Fill the destination from an adverb of place behind a verb or noun."""
    for adverb in adverbs_of(host):
        if adverb.lower_ in GRAMMAR.place_adverbs:
            fillers.set("destination", adverb, span=adverb.doc[adverb.i : adverb.i + 1])


def fill_from_preposition(phrase: Prepositional, trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    """Fill the role that a prepositional phrase gives, if any, and leave it out of the phrases that hold it."""
    noun, preposition = phrase.noun, phrase.preposition
    if kinds.is_time(noun) or syntax.is_verb(noun):
        return
    kind, mode = kinds.of(noun), preposition == "by" and noun.lower_ in GRAMMAR.transport_modes
    if preposition in GRAMMAR.vehicle_prepositions and (kind == "vehicle" or mode):
        if mode or preposition != "by" or not syntax.is_passive(trigger.token):
            fillers.set("vehicle", noun)
        return
    role = trigger.rule.prepositions.get(preposition, GRAMMAR.role_of_preposition.get(preposition, ""))
    if role in {"", "when"}:
        if preposition in {"under", "with"} and kinds.is_figure(noun) and trigger.rule.frame in {"self", "goal"}:
            fillers.figures.append(noun)
    elif role in PLACE_ROLES and kinds.is_figure(noun):
        if preposition in GRAMMAR.figure_prepositions and noun.lemma_.lower() not in kinds.rules.nouns:
            fillers.figures.append(noun)
    elif role not in PLACE_ROLES or kind == "place" or preposition not in _OF_PLACES_ALONE:
        fillers.set(role, noun)
        _leave_out(phrase, fillers)


def _leave_out(phrase: Prepositional, fillers: Fillers) -> None:
    given = any(filler.head.i == phrase.noun.i for filler in fillers.roles.values())
    if phrase.preposition in GRAMMAR.place_joints and not given:
        return  # another has its role: *a trip to the valley **in Utah***
    for other in fillers.roles.values():
        if other.head.is_ancestor(phrase.noun):
            other.without.append(phrase.noun if phrase.marker.head.i == phrase.noun.i else phrase.marker)
