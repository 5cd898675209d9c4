"""The roles of a verb: subject and object by voice and frame, then the phrases of place."""

from collections.abc import Iterable

from spacy.tokens import Token

from claimx.claims.candidates import Trigger
from claimx.claims.nouns import Kinds
from claimx.claims.roles.fillers import Filler, Fillers, object_role
from claimx.claims.roles.paths import fill_from_adverbs, fill_from_preposition, path_phrases
from claimx.claims.roles.subjects import antecedent, surface_subject
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR


def fill_from_verb(trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    """Fill the roles of a verb trigger."""
    verb, rule = trigger.token, trigger.rule
    own = syntax.direct_objects(verb)
    fillers.figures += [t for t in own if kinds.is_time(t)]  # *bring back the good times*
    objects = [t for t in _objects(verb, kinds) if t not in trigger.span and not kinds.is_time(t)]
    objects = [t for t in objects if kinds.of(t) != "measure"]
    if rule.frame == "self":  # no object but a place that the rule lets be passed (*roamed the streets*)
        passed = [t for t in objects if rule.place_object and kinds.is_place(t)]
        fillers.objects = [t for t in objects if t in own and t not in passed]
        objects = passed
    if syntax.is_passive(verb):
        _fill_passive(trigger, kinds, fillers)
    else:
        _fill_active(trigger, objects, kinds, fillers)
    for phrase in path_phrases(trigger, objects, kinds):
        fill_from_preposition(phrase, trigger, kinds, fillers)
    fill_from_adverbs(verb, fillers)
    _fill_from_relative(verb, kinds, fillers)
    _fill_from_instrument(verb, kinds, fillers)


def _fill_passive(trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    subject = surface_subject(trigger.token, kinds)
    if subject is not None and trigger.rule.frame != "self":
        fillers.set(object_role(trigger, subject, kinds), subject)
    for agent in syntax.agents(trigger.token):
        if agent.lower_ not in GRAMMAR.transport_modes and not kinds.is_time(agent):
            fillers.set("who", agent)


def _fill_active(trigger: Trigger, objects: list[Token], kinds: Kinds, fillers: Fillers) -> None:
    verb, rule = trigger.token, trigger.rule
    subject = surface_subject(verb, kinds)
    own = bool(syntax.subjects(verb)) or verb.dep_ in {"conj", "xcomp", "ccomp"}
    if subject is not None and kinds.is_figure(subject) and not own:
        fillers.figures.append(subject)
    elif subject is not None and subject not in objects:
        drifts = rule.frame == "self" and kinds.of(subject) == "object"  # what has no will of its own is moved
        fillers.set("what" if drifts else "who", subject)
    if objects and kinds.is_figure(objects[0]):
        if rule.frame == "source":
            objects = _scene(objects[0], verb, kinds) or ([] if rule.drops_figures else objects)
        elif rule.frame == "path":
            objects = []
    if objects and _supplies_with(verb, trigger):
        fillers.set("destination", objects[0])
    elif objects:
        noun = _host(objects[0], trigger, kinds)
        fillers.set(object_role(trigger, noun, kinds), noun)
    if objects and rule.frame in {"transfer", "either"}:
        for receiver in syntax.indirect_objects(verb):
            fillers.set("destination", receiver)


def _supplies_with(verb: Token, trigger: Trigger) -> bool:
    """Return whether the object receives and *with* names what moves (*supplied **the rebels** with rifles*)."""
    return "with" in trigger.rule.prepositions and any(p.preposition == "with" for p in syntax.prepositionals(verb))


def _host(met: Token, trigger: Trigger, kinds: Kinds) -> Token:
    """Return the place where somebody is visited (*visited him in **prison***), the object where none is named."""
    if not (trigger.rule.meets_people and kinds.of(met) == "person"):
        return met
    places = _places_inside((*syntax.prepositionals(trigger.token), *syntax.prepositionals(met)), kinds)
    return places[0] if places else met


def _scene(event: Token, verb: Token, kinds: Kinds) -> list[Token]:
    """Return the place of an event that somebody flees (*violence in **Uzbekistan***)."""
    behind = (p for p in syntax.prepositionals(verb) if p.marker.i == event.i + 1)
    return _places_inside((*syntax.prepositionals(event), *behind), kinds)[:1]


def _places_inside(phrases: Iterable[syntax.Prepositional], kinds: Kinds) -> list[Token]:
    return [phrase.noun for phrase in phrases if phrase.preposition in {"in", "at"} and kinds.is_place(phrase.noun)]


def _objects(verb: Token, kinds: Kinds) -> list[Token]:
    found = [antecedent(t, kinds) for t in syntax.direct_objects(verb)]
    if not found and verb.dep_ == "conj":  # *arresting and deporting **them***, hung on the first verb
        found = [t for t in syntax.direct_objects(verb.head) if t.i > verb.i]
    if not found and verb.dep_ in syntax.RELATIVES and syntax.subjects(verb) and not syntax.is_passive(verb):
        pronoun = syntax.relative_pronoun(verb)
        if pronoun is None or pronoun.dep_ in syntax.OBJECTS:  # *the arms (that) Russia sent*
            found = [verb.head]
    return found


def _fill_from_relative(verb: Token, kinds: Kinds, fillers: Fillers) -> None:
    """Fill from *where* and *to which* in a relative clause: the antecedent is the place."""
    clause = syntax.first_conjunct(verb)
    if clause.dep_ not in syntax.RELATIVES:
        return
    for child in verb.children:
        if child.lower_ == "where" and kinds.is_place(clause.head):
            fillers.set("destination", clause.head)
    for name, filler in list(fillers.roles.items()):
        if filler.head.tag_ in {"WDT", "WP"}:
            fillers.roles[name] = Filler(clause.head)


def _fill_from_instrument(verb: Token, kinds: Kinds, fillers: Fillers) -> None:
    """Fill vehicle, and who, from the clause that says what was used (*used drones **to carry** …*)."""
    head = syntax.governor(verb)
    if verb.dep_ not in {"xcomp", "advcl"} or head is None or head.lemma_.lower() != "use":
        return
    means = syntax.subjects(head) if syntax.is_passive(head) else syntax.direct_objects(head)
    if means and kinds.is_vehicle(means[0]):
        fillers.set("vehicle", means[0])
        for agent in syntax.agents(head):
            fillers.set("who", agent)
