"""Who says, what is said and whether, by the semantic layers of a reporting word, where the model gives them."""

from typing import Final

from spacy.tokens import Token

from claimx.language.semantics import Argument, semantics_of
from claimx.rules.grammar import GRAMMAR

FAIR: Final = 0.6
LIKELY: Final = 0.7
SURE: Final = 0.9


def role(word: Token, label: str, least: float) -> Token | None:
    """Return the head of the word's argument with a PropBank label, None where it is less sure than `least`."""
    return next((a.head for a in _arguments(word) if a.label == label and a.probability >= least), None)


def is_done(word: Token, least: float) -> bool:
    """Return whether what a word tells of is told as done, as far as the semantic layers know (*may say* is not)."""
    found = semantics_of(word.doc)
    return found is None or found.status(word)["asserted"] >= least


def is_adjunct(word: Token, head: Token) -> bool:
    """Return whether a head tells when, where, how or why a thing is done, rather than who does what to whom."""
    return any(a.head.i == head.i and a.label.startswith("ARGM") for a in _arguments(word))


def _arguments(word: Token) -> tuple[Argument, ...]:
    found = semantics_of(word.doc)
    return found.predicate(word).arguments if found is not None else ()


def refuses(verb: Token, thing: Token) -> bool:
    """Return whether somebody is not given what he asks for (*was **denied** a visa, denied the monks entry*)."""
    return verb.lemma_.lower() in {"deny", "refuse"} and thing.lemma_.lower() in GRAMMAR.permits
