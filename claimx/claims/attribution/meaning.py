"""Who says and what is said by the semantic roles of a reporting word, where the model gives them."""

from typing import Final

from spacy.tokens import Token

from claimx.language.semantics import semantics_of

FAIR: Final = 0.6
SURE: Final = 0.9


def role(word: Token, label: str, least: float) -> Token | None:
    """Return the head of the word's argument with a PropBank label, None where it is less sure than `least`."""
    found = semantics_of(word.doc)
    arguments = found.predicate(word).arguments if found is not None else ()
    return next((a.head for a in arguments if a.label == label and a.probability >= least), None)
