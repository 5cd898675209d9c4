"""What is told of without being an event: abilities and purposes, and what would have been but was not."""

from spacy.tokens import Token

from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR

_CLAUSES_OF_WORDS = frozenset({"acl", "advcl", "xcomp", "ccomp", "pcomp"})


def is_no_event(trigger: Token) -> bool:
    """Return whether the text speaks of no particular movement at the trigger, done or to come.

    That is so of an ability or a purpose (*capable of reaching Oslo, authority to send troops, too narrow to enter*)
    and of what is contrary to fact (*would have gone, had they crossed*).
    """
    first = syntax.first_conjunct(trigger)
    return _is_ability(first) or _is_contrary_to_fact(first)


def _is_ability(verb: Token) -> bool:
    head = verb.head
    if head.i == verb.i or verb.dep_.split(":")[0] not in _CLAUSES_OF_WORDS:
        return False
    if head.lemma_.lower() in GRAMMAR.abilities and head.pos_ in {"NOUN", "ADJ"}:
        return True
    if head.tag_ == "VBN" and head.lemma_.lower() in GRAMMAR.purposes:
        return True
    return head.pos_ in {"ADJ", "ADV"} and any(child.lower_ == "too" for child in head.children)


def _is_contrary_to_fact(verb: Token) -> bool:
    helpers = [child for child in verb.children if child.dep_ in syntax.AUXILIARIES]
    if any(child.lower_ in {"would", "'d", "’d"} for child in helpers) and any(
        child.lower_ in {"have", "'ve", "’ve"} for child in helpers
    ):
        return True
    subject = next((child for child in verb.children if child.dep_ in syntax.SUBJECTS), None)
    return (
        verb.dep_ == "advcl"
        and subject is not None
        and any(child.lower_ == "had" and child.i < subject.i < verb.i for child in helpers)
        and not any(child.dep_ == "mark" for child in verb.children)
    )
