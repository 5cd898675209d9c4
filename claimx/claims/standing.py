"""What is told of without being an event: abilities and purposes, and what would have been but was not."""

from spacy.tokens import Token

from claimx.claims.attribution.sources import noun_class
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR

_CLAUSES_OF_WORDS = frozenset({"acl", "advcl", "xcomp", "ccomp", "pcomp"})
_LANDS = frozenset({"GPE", "LOC"})
_RESIGNED = frozenset({"resigned", "resigns", "resign", "resigning", "resignation"})
_TIMES = frozenset({"DATE", "TIME"})
_THINGS = frozenset({"object", "vehicle", "weapon"})
_OF_ORIGIN = frozenset({"from", "of", "in", "outside", "according to"})
"""Prepositions beside *come* that leave it at where something is from."""


def is_no_event(trigger: Token) -> bool:
    """Return whether the text speaks of no particular movement at the trigger, done or to come.

    That is so of an ability or a purpose (*capable of reaching Oslo, authority to send troops, too narrow to enter*),
    of what is contrary to fact (*would have gone, had they crossed*), of what anybody may do (*those who cross*) and of
    where something is from (*most of it comes from Asia*), of what falls, of what an order or the like is of (*their
    **evacuation** order*), of who receives a guest (*welcomed her to his villa*), of what vehicles hold that stand
    (*lorries **carrying** grain are waiting*) and of what a duty is on (*tariffs on **imports***).
    """
    first = syntax.first_conjunct(trigger)
    if trigger.lemma_.lower() in GRAMMAR.fallings and trigger.doc[trigger.i + 1 : trigger.i + 2].text != "back":
        return True
    named = _is_provenance(trigger) or _is_of_an_order(trigger) or trigger.lemma_.lower() in GRAMMAR.receiving
    named = named or _is_load_of_a_standing_vehicle(trigger) or _is_taxed(trigger)
    return named or _is_ability(first) or _is_contrary_to_fact(first) or _is_of_anybody(first)


def is_writing(head: Token) -> bool:
    """Return whether the word stands for something that is sent to be read."""
    return head.pos_ == "NOUN" and head.lemma_.lower() in GRAMMAR.writings


def is_leaving_a_pact(trigger: Token, who: Token) -> bool:
    """Return whether a state leaves a pact, of which nothing is said but elsewhere (*the US **withdrawal***)."""
    lemma = trigger.lemma_.lower()
    if lemma not in GRAMMAR.leaving_words or (lemma == "leave" and who.ent_type_ not in {"GPE", "NORP", "ORG"}):
        return False
    for noun in trigger.doc:
        if noun.lemma_.lower() in GRAMMAR.pacts:
            left = syntax.governor(noun)
            if left is not None and left.i < noun.i and left.lemma_.lower() in GRAMMAR.leaving_words:
                return True
    return False


def is_leaving_an_office(trigger: Token, who: Token, origin: Token | None) -> bool:
    """Return whether somebody leaves a post: no place is named, and the article says of him that he resigns.

    Says so the sentence itself, or one that has his name beside the word.
    """
    lemma = trigger.lemma_.lower()
    if lemma not in GRAMMAR.leaving_words and lemma not in {"depart", "leaving"}:
        return False
    if origin is not None:
        return origin.lemma_.lower() in GRAMMAR.posts
    resigning = [token for token in trigger.sent if token.lemma_.lower() in GRAMMAR.resigning]
    if resigning or who.ent_type_ != "PERSON":
        return bool(resigning)
    beside = (token.sent for token in trigger.doc if token.lower_ in _RESIGNED)
    return any(other.text == who.text for sent in beside for other in sent)


def _is_load_of_a_standing_vehicle(verb: Token) -> bool:
    if verb.dep_ != "acl" or verb.lemma_.lower() not in GRAMMAR.carrying_verbs:
        return False
    noun = verb.head
    while noun.dep_ == "nmod" and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head  # *a convoy of lorries carrying grain*
    if noun.dep_ not in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS:
        return False
    predicates = (noun.head, *(child for child in noun.head.children if child.dep_ in {"xcomp", "acomp"}))
    return any(predicate.lemma_.lower() in GRAMMAR.standing for predicate in predicates)


def _is_taxed(trigger: Token) -> bool:
    goods = trigger if trigger.pos_ == "NOUN" else trigger.head if trigger.dep_ == "acl" else None
    if goods is None or goods.head.i > goods.i:
        return False
    preposition, head = syntax.preposition_of(goods), goods.head
    if preposition == "to" and head.lemma_.lower() == "apply":  # *the tariffs apply to **exports***
        return any(subject.lemma_.lower() in GRAMMAR.duties for subject in syntax.subjects(head))
    return preposition == "on" and head.lemma_.lower() in GRAMMAR.duties


def _is_ability(verb: Token) -> bool:
    head = verb.head
    if head.lemma_.lower() in GRAMMAR.eases and head.pos_ == "ADJ" and any(c.lower_ == "to" for c in verb.children):
        return True  # *it is not **easy** for them to leave*
    if head.i == verb.i or verb.dep_.split(":")[0] not in _CLAUSES_OF_WORDS:
        return False
    if head.lemma_.lower() in GRAMMAR.abilities and head.pos_ in {"NOUN", "ADJ"}:
        return True
    if head.tag_ == "VBN" and head.lemma_.lower() in GRAMMAR.purposes:
        return True
    if verb.dep_ in syntax.RELATIVES and noun_class(head) in _THINGS:  # *a boat that **can** enter the bay*
        return any(child.lower_ == "can" and child.dep_ in syntax.AUXILIARIES for child in verb.children)
    described = head.pos_ in {"ADJ", "ADV"} or head.tag_ in {"JJ", "VBN"}
    return described and any(child.lower_ == "too" for child in head.children)


def _is_contrary_to_fact(verb: Token) -> bool:
    helpers = [child for child in verb.children if child.dep_ in syntax.AUXILIARIES]
    if any(child.lower_ in {"would", "'d", "’d"} for child in helpers) and any(
        child.lower_ in {"have", "'ve", "’ve"} for child in helpers
    ):
        return True
    granted = verb.dep_ == "ccomp" and verb.head.lemma_ in GRAMMAR.entailing_verbs
    if (verb.dep_ == "xcomp" or granted) and verb.head.i < verb.i:  # *a bill that would have allowed him to leave*
        return _is_contrary_to_fact(verb.head)
    subject = next((child for child in verb.children if child.dep_ in syntax.SUBJECTS), None)
    return (
        verb.dep_ == "advcl"
        and subject is not None
        and any(child.lower_ == "had" and child.i < subject.i < verb.i for child in helpers)
        and not any(child.dep_ == "mark" for child in verb.children)
    )


def _is_of_anybody(verb: Token) -> bool:
    if verb.dep_ not in syntax.RELATIVES:
        return False
    antecedent = verb.head
    words = {antecedent.lower_, *(child.lower_ for child in antecedent.children if child.dep_ == "det")}
    if words & GRAMMAR.anybody:
        return True
    others = [child for child in antecedent.children if child.i < antecedent.i and not child.is_punct]
    present = verb.tag_ in {"VBP", "VBZ"} or any(
        child.tag_ in {"VBP", "VBZ"} and child.lemma_ == "be" for child in verb.children
    )
    return present and not others and antecedent.lemma_.lower() in GRAMMAR.those


def _is_of_an_order(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and noun.dep_ == "compound" and noun.head.lemma_.lower() in GRAMMAR.orders


def _is_provenance(verb: Token) -> bool:
    """Return whether a present tense says no more than from which land something is: no way or time beside it."""
    if verb.lemma_ != "come" or verb.tag_ not in {"VBP", "VBZ"}:
        return False
    phrases = syntax.prepositionals(verb)
    plain = not any(c.dep_ in syntax.PARTICLES | syntax.AUXILIARIES or c.ent_type_ in _TIMES for c in verb.children)
    lands = any(phrase.preposition == "from" and phrase.noun.ent_type_ in _LANDS for phrase in phrases)
    return lands and {phrase.preposition for phrase in phrases} <= _OF_ORIGIN and plain
