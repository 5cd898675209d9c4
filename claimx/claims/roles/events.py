"""The roles of an event noun (*the withdrawal of troops from …*) and of a phrase such as *en route*."""

from spacy.tokens import Token

from claimx.claims.candidates import Trigger
from claimx.claims.nouns import Kinds
from claimx.claims.roles.fillers import OBJECT_ROLES, Fillers, object_role
from claimx.claims.roles.paths import adverbs_of, fill_from_adverbs, fill_from_preposition, strays
from claimx.claims.roles.subjects import surface_subject
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR
from claimx.rules.schema import Role

_GOING_BACK = frozenset({"return", "flight", "landing", "retreat", "homecoming"})
"""Event nouns that take no object though their verbs may: behind *of* stands who moves."""


def fill_from_noun(trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    """Fill the roles of an event noun from its own phrases, owners and modifiers, else from the verb above it."""
    noun = trigger.token
    _fill_from_phrases(trigger, kinds, fillers)
    mover = "what" if trigger.rule.frame in {"transfer", "either"} else "who"
    for owner in syntax.possessors(noun):
        if not kinds.is_time(owner):
            driven_out = trigger.rule.way == "expel" and "what" not in fillers.roles  # ***his** expulsion from Kenya*
            fillers.set("what" if driven_out and owner.ent_type_ not in {"GPE", "ORG", "NORP"} else "who", owner)
    for modifier in syntax.premodifiers(noun):
        if modifier.dep_ != "amod" or modifier.ent_type_ == "NORP":
            _fill_from_modifier(modifier, mover, trigger, kinds, fillers)
    fill_from_adverbs(noun, fillers)
    _fill_from_behind(trigger, kinds, fillers)
    if "who" not in fillers.roles:
        _fill_from_light_verb(trigger, kinds, fillers)


def _fill_from_phrases(trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    noun = trigger.token
    for phrase in [p for host in (noun, *adverbs_of(noun)) for p in syntax.prepositionals(host)]:
        if phrase.preposition in {"of", "by"} and not kinds.is_time(phrase.noun):
            if phrase.preposition == "by":
                fillers.set("who", phrase.noun)
            elif role := _role_of_genitive(phrase.noun, trigger, kinds):
                fillers.set(role, phrase.noun)
        else:
            fill_from_preposition(phrase, trigger, kinds, fillers)
            for stray in strays(phrase.noun, trigger, kinds):
                fill_from_preposition(stray, trigger, kinds, fillers)
    for filler in list(fillers.roles.values()):
        locatives = (p for p in syntax.prepositionals(filler.head) if p.preposition in trigger.rule.prepositions)
        for phrase in (*strays(filler.head, trigger, kinds), *locatives):
            fill_from_preposition(phrase, trigger, kinds, fillers)


def _role_of_genitive(noun: Token, trigger: Trigger, kinds: Kinds) -> Role | None:
    """Return the role of what stands behind *of*: a place gone to or left (*a tour of **Africa***), or what moves."""
    frame = trigger.rule.frame
    place_role = "destination" if frame == "self" else OBJECT_ROLES.get(frame)
    if place_role is not None and kinds.is_place(noun) and noun.ent_type_ != "PERSON":
        return place_role
    if frame == "either" and trigger.lemma in _GOING_BACK and kinds.of(noun) != "object":
        return "who"
    if kinds.is_figure(noun):
        return None
    return object_role(trigger, noun, kinds) if frame in {"transfer", "either"} else "who"


def _fill_from_modifier(modifier: Token, mover: str, trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    kind = kinds.of(modifier)
    if modifier.ent_type_ in {"NORP", "GPE", "ORG", "PERSON"} and kind != "object":
        if kinds.is_place(modifier) and trigger.rule.place_object:
            fillers.set(trigger.rule.place_object, modifier)
        elif modifier.ent_type_ != "GPE" or mover == "what":
            fillers.set("who", modifier)
    elif kind in {"person", "object", "vehicle"}:
        fillers.set(mover, modifier)


def _fill_from_behind(trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    """Fill from the phrase right behind the noun, which parses hang on the verb (*forced a landing **in Rome***)."""
    head = syntax.governor(trigger.token)
    if head is not None and head.pos_ == "VERB":
        for phrase in syntax.prepositionals(head):
            if phrase.marker.i == trigger.token.i + 1:
                fill_from_preposition(phrase, trigger, kinds, fillers)


def _fill_from_light_verb(trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    """Fill from a light or aspect verb: who from its subject, places from its phrases (*began the airlift to …*)."""
    noun = trigger.token
    head = syntax.governor(noun)
    if head is None or head.pos_ != "VERB":
        return
    definite = any(c.dep_ == "det" and c.lower_ in {"the", "this", "that"} for c in noun.children)
    if definite and not fillers.roles and head.lemma_.lower() not in {"make", "take", "pay"}:
        return  # *suspended the transfer* takes up an earlier claim
    light = head.lemma_.lower() in GRAMMAR.light_verbs
    if light and noun.dep_ in syntax.OBJECTS and not syntax.is_passive(head):
        _set_subject(head, kinds, fillers)
        for phrase in syntax.prepositionals(head):
            fill_from_preposition(phrase, trigger, kinds, fillers)
    elif light and noun.dep_ in syntax.PASSIVE_SUBJECTS:
        for agent in syntax.agents(head):
            fillers.set("who", agent)


def _set_subject(verb: Token, kinds: Kinds, fillers: Fillers) -> None:
    subject = surface_subject(verb, kinds)
    if subject is not None and not kinds.is_figure(subject):
        fillers.set("who", subject)


def fill_from_phrase(trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    """Fill the roles of a phrase such as *en route*: its own goal, and who moves from the verb before it."""
    for token in trigger.span:
        for phrase in syntax.prepositionals(token):
            if phrase.noun.i >= trigger.span.end:
                fill_from_preposition(phrase, trigger, kinds, fillers)
    if not fillers.roles:
        _fill_from_next(trigger, fillers)
    verb = _verb_before(trigger)
    if verb is not None:
        _set_subject(verb, kinds, fillers)
        for phrase in syntax.prepositionals(verb):
            stands_before = phrase.noun.i < trigger.span.start
            if stands_before and phrase.preposition in {"in", "at", "on"} and kinds.is_place(phrase.noun):
                fillers.set("via", phrase.noun)


def _fill_from_next(trigger: Trigger, fillers: Fillers) -> None:
    """Fill from the phrase right behind, whatever the parse hangs it on."""
    end = trigger.span.end
    for after in trigger.span.doc[end : end + 1]:
        if after.lower_ in {"to", "from"}:
            noun = after.head if after.dep_ == "case" else next((c for c in after.children if c.dep_ == "pobj"), None)
            if noun is not None and noun.i >= end:
                fillers.set(GRAMMAR.role_of_preposition[after.lower_], noun)


def _verb_before(trigger: Trigger) -> Token | None:
    """Return the verb of the phrase's clause: the one that governs it, if it stands before it."""
    for token in trigger.span:  # *the tanker is on its way*: the phrase is what is said of it
        if any(subject.i < trigger.span.start for subject in syntax.subjects(token)):
            return token
    governor = syntax.governor(trigger.token)
    while governor is not None and governor.pos_ not in {"VERB", "AUX"} and not syntax.subjects(governor):
        governor = syntax.governor(governor)
    return governor if governor is not None and governor.i < trigger.span.start else None
