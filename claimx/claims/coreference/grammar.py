"""What grammar alone says of reference: hidden subjects, co-arguments, predicate nouns, *it* that means nothing."""

from collections.abc import Iterator

from spacy.tokens import Token

from claimx.language.syntax import (
    CLAUSAL,
    RELATIVES,
    SUBJECTS,
    direct_objects,
    first_conjunct,
    governor,
    is_passive,
    joined_name,
    negations,
    subjects,
)
from claimx.rules.coreference import Pleonastic

_ARGUMENTS = frozenset({"obj", "dobj", "iobj", "dative", "obl:agent"})
_RELATIVE_TAGS = frozenset({"WDT", "WP"})
_COPULAS = frozenset({"be", "become", "remain"})
_COMPLEMENTS = frozenset(
    {"csubj", "csubj:pass", "csubj:outer", "csubjpass", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "relcl"}
)


def subject_for(verb: Token) -> Token | None:
    """Return the subject of a verb, its own or the one it takes over by control or coordination."""
    for _ in range(4):
        own = subjects(verb)
        if own:
            return joined_name(own[0])
        if verb.head.i == verb.i:
            return None
        if verb.dep_ == "xcomp":
            controllers = direct_objects(verb.head)
            if controllers:
                return joined_name(controllers[0])
        elif verb.dep_ in RELATIVES or verb.dep_ in {"acl", "ccomp"}:
            return None
        verb = verb.head
    return None


def co_arguments(token: Token) -> Iterator[int]:
    """Yield the heads of the other arguments of the verb that the token is an argument of."""
    first = first_conjunct(joined_name(token))
    verb = governor(first)
    if verb is None or verb.pos_ not in {"VERB", "AUX"}:
        return
    is_subject = first.dep_ in SUBJECTS
    for child in verb.children:
        if child.i == first.i:
            continue
        oblique = child.dep_ in {"obl", "prep"} and not is_subject
        if oblique or child.dep_ in SUBJECTS or child.dep_ in _ARGUMENTS:
            yield joined_name(child).i
            if child.tag_ in _RELATIVE_TAGS and verb.dep_ in RELATIVES:
                yield joined_name(verb.head).i  # *the **guard** who escorted **her***
    if not is_subject and not subjects(verb):
        controller = subject_for(verb)
        if controller is not None:
            yield controller.i


def subject_of_copula(token: Token) -> Token | None:
    """Return the subject that the noun is predicated of (*Haftar is the **commander***), if it is affirmed."""
    verb = next((c for c in token.children if c.dep_ == "cop"), None)
    if verb is not None:
        found = subjects(token)
    elif token.dep_ in {"attr", "xcomp"} and token.head.lemma_ in _COPULAS:
        found, verb = subjects(token.head), token.head
    else:
        return None
    clause = token if verb.dep_ == "cop" else verb
    if negations(clause) or any(c.dep_ in {"aux", "mark"} and c.tag_ == "MD" for c in clause.children):
        return None
    return joined_name(found[0]) if found else None


def is_empty(token: Token, words: Pleonastic) -> bool:
    """Return whether *it* stands for nothing: *it is unclear whether, it appears that, it rained*."""
    verb = token.head
    if token.dep_ not in SUBJECTS:
        return token.dep_ == "expl"
    lemma = verb.lemma_.lower()
    if lemma in words.weather:
        return True
    clause = any(child.dep_ in _COMPLEMENTS and child.i > verb.i for child in verb.children)
    predicate = next((c for c in verb.children if c.dep_ in {"acomp", "attr"}), None)
    if predicate is not None or any(c.dep_ == "cop" for c in verb.children):
        return _is_empty_predicate(verb if predicate is None else predicate, words, clause=clause)
    if not clause:
        return False
    finite = any(c.dep_ in {"ccomp", "csubj", "csubj:pass"} for c in verb.children)
    if is_passive(verb):
        return finite and lemma in words.passives
    return lemma in words.verbs and (finite or lemma == "take")


def _is_empty_predicate(predicate: Token, words: Pleonastic, *, clause: bool) -> bool:
    """Return whether *it* is nothing with what is said of it: *it is **clear** that, it was **Monday***."""
    if predicate.ent_type_ in {"DATE", "TIME"}:
        return True
    word = predicate.lemma_.lower()
    if clause or any(c.dep_ in CLAUSAL for c in predicate.children):
        return word in words.adjectives or word in words.nouns or predicate.pos_ in {"NOUN", "PROPN"}
    return word in words.nouns and not predicate.ent_type_
