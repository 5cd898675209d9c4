"""The roles of an event noun (*the withdrawal of troops from …*) and of a phrase such as *en route*."""

from spacy.tokens import Token

from claimx.claims.candidates import Trigger
from claimx.claims.nouns import Kinds
from claimx.claims.roles.fillers import OBJECT_ROLES, Fillers, object_role
from claimx.claims.roles.paths import adverbs_of, fill_from_preposition, strays
from claimx.claims.roles.subjects import surface_subject
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR


def fill_from_noun(trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    noun, frame = trigger.token, trigger.rule.frame
    moved_role = "what" if frame in {"transfer", "either"} else "who"
    place_role = "destination" if frame == "self" else OBJECT_ROLES.get(frame, "")  # *a tour of Africa*
    phrases = [p for host in (noun, *adverbs_of(noun)) for p in syntax.prepositionals(host)]
    for phrase in phrases:
        if phrase.preposition == "of" and not kinds.is_time(phrase.noun):
            if place_role and kinds.is_place(phrase.noun) and phrase.noun.ent_type_ != "PERSON":
                fillers.set(place_role, phrase.noun)
            elif frame == "either" and not _takes_object(trigger) and kinds.of(phrase.noun) != "object":
                fillers.set("who", phrase.noun)
            elif not kinds.is_figure(phrase.noun):
                named = object_role(trigger, phrase.noun, kinds) if moved_role == "what" else moved_role
                fillers.set(named, phrase.noun)
        elif phrase.preposition == "by" and not kinds.is_time(phrase.noun):
            fillers.set("who", phrase.noun)
        else:
            fill_from_preposition(phrase, trigger, kinds, fillers)
            for stray in strays(phrase.noun, trigger, kinds):
                fill_from_preposition(stray, trigger, kinds, fillers)
    for filler in list(fillers.roles.values()):
        locatives = (p for p in syntax.prepositionals(filler.head) if p.preposition in trigger.rule.prepositions)
        for phrase in (*strays(filler.head, trigger, kinds), *locatives):
            fill_from_preposition(phrase, trigger, kinds, fillers)
    for owner in syntax.possessors(noun):
        if kinds.is_time(owner):
            continue
        kind = kinds.of(owner)
        if kind in {"object"} and moved_role == "what":
            fillers.set("what", owner)
        else:
            fillers.set("who", owner)
    for modifier in syntax.premodifiers(noun):
        kind = kinds.of(modifier)
        if modifier.dep_ == "amod" and modifier.ent_type_ != "NORP":
            continue
        if modifier.ent_type_ in {"NORP", "GPE", "ORG", "PERSON"} and kind != "object":
            if kinds.is_place(modifier) and trigger.rule.place_object:
                fillers.set(trigger.rule.place_object, modifier)
            elif modifier.ent_type_ != "GPE" or moved_role == "what":
                fillers.set("who", modifier)
        elif kind in {"person", "object", "vehicle"}:
            fillers.set(moved_role, modifier)
    for adverb in adverbs_of(noun):
        if adverb.lower_ in GRAMMAR.place_adverbs:
            fillers.set("destination", adverb, span=adverb.doc[adverb.i : adverb.i + 1])
    _fill_from_behind(trigger, kinds, fillers)
    if "who" not in fillers.roles:
        _fill_from_light_verb(trigger, kinds, fillers)


def _fill_from_behind(trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    """Fill from the phrase right behind the noun, which parses hang on the verb (*forced a landing **in Rome***)."""
    head = syntax.governor(trigger.token)
    if head is not None and head.pos_ == "VERB":
        for phrase in syntax.prepositionals(head):
            if phrase.marker.i == trigger.token.i + 1:
                fill_from_preposition(phrase, trigger, kinds, fillers)


def _takes_object(trigger: Trigger) -> bool:
    return trigger.lemma not in {"return", "flight", "landing", "retreat", "homecoming"}


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
            if phrase.marker.i > noun.i:
                fill_from_preposition(phrase, trigger, kinds, fillers)
    elif light and noun.dep_ in syntax.PASSIVE_SUBJECTS:
        for agent in syntax.agents(head):
            fillers.set("who", agent)
    elif syntax.preposition_of(noun) in {"on", "for"} and head.lemma_.lower() in {"go", "leave", "depart", "embark"}:
        _set_subject(head, kinds, fillers)


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
        for child in token.children:
            if child.i >= trigger.span.end and child.dep_ == "advmod" and child.lower_ in GRAMMAR.place_adverbs:
                fillers.set("destination", child)
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
    """Return the verb of the phrase's clause: the one that governs it if it stands before it, else the last before."""
    for token in trigger.span:  # *the tanker is on its way*: the phrase is what is said of it
        if any(subject.i < trigger.span.start for subject in syntax.subjects(token)):
            return token
    governor = syntax.governor(trigger.token)
    while governor is not None and governor.pos_ not in {"VERB", "AUX"} and not syntax.subjects(governor):
        governor = syntax.governor(governor)
    if governor is not None and governor.i < trigger.span.start:
        return governor
    before = [t for t in trigger.span.doc[trigger.span.sent.start : trigger.span.start] if t.pos_ in {"VERB", "AUX"}]
    return before[-1] if before else None
