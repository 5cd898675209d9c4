"""Of whom or what a verb is said: its own subject, or the one that the grammar around it lends."""

from spacy.tokens import Token

from claimx.claims.nouns import Kinds
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR

_MAX_CONTROL = 6  # clauses to climb for a subject; deeper is a parse gone wrong


def surface_subject(verb: Token, kinds: Kinds, depth: int = 0) -> Token | None:
    """Return the head of what the verb is said of, passive or active: its own subject, or the one that control,
    coordination, a participle or a relative clause lends it (*Russia has started **moving***)."""
    own = syntax.subjects(verb)
    if own:
        return antecedent(own[0], kinds)
    dep, head = verb.dep_, syntax.governor(verb)
    if head is None or depth >= _MAX_CONTROL:
        return None
    if dep == "conj":
        is_clause = syntax.is_verb(head) or syntax.subjects(head) or head.dep_ in syntax.CLAUSAL
        return surface_subject(head, kinds, depth + 1) if is_clause else None
    if dep in {"acl", "amod"} or (dep in syntax.RELATIVES and not syntax.is_finite(verb)):
        return _subject_of_participle(verb, head, kinds, depth)
    if dep in syntax.RELATIVES:
        return head
    if dep in {"xcomp", "ccomp", "advcl", "pcomp", "obl", "nmod"}:
        if syntax.is_finite(verb) and dep == "ccomp":
            return syntax.lent_subject(head)
        controller = _controlled_object(head, kinds)
        if controller is not None and controller.i != verb.i:
            return controller
        if head.pos_ in {"VERB", "AUX", "ADJ"} or syntax.subjects(head):
            return surface_subject(head, kinds, depth + 1)
        return _subject_of_participle(verb, head, kinds, depth)
    return None


def _controlled_object(head: Token, kinds: Kinds) -> Token | None:
    """Return the object that is the lower verb's subject (*ordered **troops** to leave*)."""
    if head.lemma_.lower() not in GRAMMAR.object_control or syntax.is_passive(head):
        return None
    objects = syntax.direct_objects(head) or syntax.indirect_objects(head)
    if objects:
        return antecedent(objects[0], kinds)
    for phrase in syntax.prepositionals(head):
        if phrase.preposition in {"on", "for"} and head.lemma_.lower() in {"call", "appeal", "press", "push"}:
            return phrase.noun
    return None


def _subject_of_participle(verb: Token, noun: Token, kinds: Kinds, depth: int) -> Token | None:
    infinitive = any(c.lower_ == "to" for c in verb.children if c.i < verb.i)
    if not infinitive and not any(c.dep_ in {"case", "mark"} for c in verb.children):
        return _named(_nearer_mover(noun, verb, kinds) if kinds.is_figure(noun) else noun)
    ordered = noun.dep_ in syntax.OBJECTS and noun.head.lemma_.lower() in GRAMMAR.object_control
    if ordered and infinitive and not kinds.is_figure(noun):
        return noun
    if owners := syntax.possessors(noun):
        return None if noun.lemma_.lower() in GRAMMAR.bids else owners[0]
    head = syntax.governor(noun)
    if noun.pos_ in {"NOUN", "PRON", "PROPN"} and _is_ordinal_like(noun):
        return _whole(noun)
    if head is not None and head.pos_ in {"VERB", "AUX"}:
        if noun.dep_ in syntax.SUBJECTS:
            return None
        return surface_subject(head, kinds, depth + 1)
    return None


def _nearer_mover(noun: Token, verb: Token, kinds: Kinds) -> Token:
    """Return the last mover before a participle that hangs on an abstraction (*aid to people **fleeing***)."""
    for token in reversed(list(noun.doc[noun.i + 1 : verb.i])):
        if token.pos_ in {"NOUN", "PROPN"} and kinds.of(token) in {"person", "vehicle"}:
            return syntax.joined_name(token)
    return noun


def _is_ordinal_like(noun: Token) -> bool:
    """Return whether an infinitive after the noun says what the noun does (*the first ship to leave*)."""
    return any(
        c.lemma_.lower() in {"first", "last", "next", "only", "second", "third", "large", "most"} or c.tag_ == "JJS"
        for c in noun.subtree
        if c.i <= noun.i
    )


def antecedent(token: Token, kinds: Kinds) -> Token:
    """Return what a relative pronoun stands for, else the token."""
    if syntax.is_relative_pronoun(token) or (token.lower_ == "that" and token.pos_ == "PRON"):
        for clause in token.ancestors:
            if clause.dep_ in syntax.RELATIVES:
                return _named(fitting_antecedent(clause.head, token, kinds))
            if clause.dep_ in {"ccomp", "root", "ROOT", "parataxis"}:
                break
    return token


def fitting_antecedent(head: Token, pronoun: Token, kinds: Kinds) -> Token:
    """Return the person that *who* takes up where the parse hangs its clause on what is none.

    That is whoever the noun belongs to (*two **players** on the club's team who left*), or else the nearest before it.
    """
    if pronoun.lower_ not in {"who", "whom"} or kinds.of(head) == "person":
        return head
    whole = head
    while whole.dep_ == "nmod" and whole.head.pos_ in {"NOUN", "PROPN"}:
        whole = whole.head
        if kinds.of(whole) == "person":
            return whole
    before = [token for token in head.doc[head.i + 1 : pronoun.i] if not token.is_punct]
    if before and before[-1].ent_type_ == "PERSON":
        return syntax.joined_name(before[-1])
    if kinds.of(head) in {"organization", ""}:
        return head
    for token in reversed(list(head.doc[head.i + 1 : pronoun.i])):
        if token.pos_ in {"NOUN", "PROPN"} and kinds.of(token) == "person":
            return syntax.joined_name(token)
    return head


def only_speaks_of(who: Token, trigger: Token) -> bool:
    """Return whether somebody speaks of a movement, or asks others for it, and so is not who makes it.

    That is so of the subjects of *spoke about efforts to send, welcomes the decision to send, ordered the evacuation*
    and *issued a call to leave*, and of whose order it is to leave.
    """
    noun = trigger
    if trigger.dep_ == "acl" and any(child.lower_ == "to" for child in trigger.children):
        noun = trigger.head
        if owners := syntax.possessors(noun):
            return who in owners and noun.lemma_.lower() in GRAMMAR.bids
    elif trigger.pos_ != "NOUN":
        return False
    verb = syntax.governor(noun)
    if verb is None or verb.pos_ != "VERB" or who not in syntax.subjects(verb):
        return False
    lemma, preposition = verb.lemma_.lower(), syntax.preposition_of(noun)
    if noun.i == trigger.i:
        return lemma in GRAMMAR.bidding_verbs and (noun.dep_ in syntax.OBJECTS or preposition == "for")
    issued = lemma in GRAMMAR.issuing_verbs and noun.lemma_.lower() in GRAMMAR.bids
    return issued or lemma in GRAMMAR.onlooking_verbs


def blamed_for(gerund: Token) -> Token | None:
    """Return who is punished or thanked for doing what a gerund says (*sanctions on **Chad** for sending rifles*)."""
    verb = syntax.governor(gerund)
    if gerund.tag_ != "VBG" or verb is None or verb.i > gerund.i or syntax.subjects(gerund):
        return None
    if not any(child.lower_ == "for" and child.dep_ in {"mark", "case"} for child in gerund.children):
        return None
    if verb.pos_ != "VERB":
        return _measured(verb, verb)
    objects = syntax.direct_objects(verb)
    if (measured := next(filter(None, (_measured(noun, verb) for noun in objects)), None)) is not None:
        return measured
    if verb.lemma_.lower() not in GRAMMAR.blaming_verbs:
        return None
    blamed = syntax.subjects(verb) if syntax.is_passive(verb) else objects
    return next((noun for noun in blamed if noun.i < gerund.i), None)


def _measured(measure: Token, verb: Token) -> Token | None:
    """Return whom a measure is laid on, by its own phrase or its verb's (*imposed **sanctions** on Chad*)."""
    if measure.lemma_.lower() not in GRAMMAR.measures:
        return None
    phrases = (*syntax.prepositionals(measure), *syntax.prepositionals(verb))
    return next((phrase.noun for phrase in phrases if phrase.preposition in {"on", "against"}), None)


def _named(noun: Token) -> Token:
    """Return the name that the noun is in apposition to, or the whole that it is part of (*one of the **groups***)."""
    while noun.dep_ == "appos" and noun.head.pos_ in syntax.NOMINALS:
        noun = noun.head
    return noun


def _whole(noun: Token) -> Token:
    """Return the quantity that a noun is counted by (***one** of the largest groups*), else the noun."""
    head = syntax.governor(noun)
    if (
        head is not None
        and syntax.preposition_of(noun) == "of"
        and (head.pos_ == "NUM" or head.lower_ in GRAMMAR.quantities)
    ):
        return head
    return noun
