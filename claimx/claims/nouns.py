"""What kind of thing a noun phrase's head names: the test that keeps figures of speech out."""

from collections.abc import Callable
from typing import Literal

from spacy.tokens import Token

from claimx.gazetteer import is_place_name
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR
from claimx.rules.loader import RuleSet

NounClass = Literal[
    "person", "organization", "vehicle", "place", "object", "time", "measure", "occasion", "abstract", ""
]

_BY_ENTITY: dict[str, NounClass] = {
    "PERSON": "person", "NORP": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place",
    "DATE": "time", "TIME": "time", "PRODUCT": "object", "WEAPON": "object", "VEHICLE": "vehicle", "EVENT": "abstract",
    "LAW": "abstract", "MONEY": "abstract", "PERCENT": "abstract", "LANGUAGE": "abstract",
}  # fmt: skip
_BY_CLASS: dict[str, NounClass] = {
    "person": "person", "animal": "person", "unit": "person", "group": "organization", "organization": "organization",
    "place": "place", "object": "object", "substance": "object", "plant": "object", "vehicle": "vehicle",
    "weapon": "object", "event": "abstract", "occasion": "occasion", "time": "time", "measure": "measure",
    "abstract": "abstract",
}  # fmt: skip
"""What the classes of nouns.toml and of the language model come to for movement."""


_TIME_PARTS = frozenset({"NOUN", "PROPN", "NUM", "ADV", "ADJ"})


class Kinds:
    """Tells what kinds of things a document's nouns name; `referent` gives what a pronoun stands for, if known."""

    def __init__(self, rules: RuleSet, referent: Callable[[Token], Token | None] | None = None) -> None:
        self.rules = rules
        self._referent = referent
        self._known: dict[int, NounClass] = {}
        self._guessed: set[int] = set()

    def of(self, token: Token) -> NounClass:
        """Return the class of what `token` heads, "" where nothing tells.

        Looked at in turn: pronoun, quantity (*dozens of **rescuers***), the rules' noun lists, entity label, and the
        language model's own noun class.
        """
        if token.i not in self._known:
            self._known[token.i] = ""  # a referent that leads back here settles nothing
            self._known[token.i] = self._class(token)
        return self._known[token.i]

    def is_place(self, token: Token) -> bool:
        """Return whether the phrase that `token` heads is a place one can go to."""
        return self.of(token) == "place"

    def is_party(self, token: Token) -> bool:
        """Return whether the phrase names somebody who can receive or act: people, organisations, countries."""
        named = token.ent_type_ in {"GPE", "NORP", "ORG", "PERSON"}
        return named or self.of(token) in {"person", "organization"} or token.lemma_.lower() in GRAMMAR.polities

    def can_move(self, token: Token) -> bool:
        """Return whether the phrase names something that can change place."""
        return self.of(token) in {"person", "organization", "vehicle", "object"} or token.ent_type_ == "GPE"

    def is_figure(self, token: Token) -> bool:
        """Return whether the phrase names what has no place: an abstraction, an event, a span of time."""
        return self.of(token) in {"abstract", "time"}

    def is_guess(self, token: Token) -> bool:
        """Return whether nothing but the language model's noun class tells what the phrase names."""
        self.of(token)
        return token.i in self._guessed

    def is_vehicle(self, token: Token) -> bool:
        """Return whether the phrase names a means of transport, pronouns that stand for one included."""
        return self.of(token) == "vehicle"

    def is_time(self, token: Token) -> bool:
        """Return whether the phrase is a time expression."""
        if token.ent_type_:
            return token.ent_type_ in {"DATE", "TIME"}
        return token.pos_ in _TIME_PARTS and self.of(token) == "time" and not self.is_guess(token)

    def _class(self, token: Token) -> NounClass:
        lower = token.lower_
        if lower in {"it", "they", "them", "which", "that", "one", "this"} and self._referent is not None:
            referent = self._referent(token)
            if referent is not None and referent.i != token.i:
                return self.of(referent)
        if lower in GRAMMAR.personal_pronouns:
            return "person"
        if lower in GRAMMAR.quantities or token.pos_ == "NUM":
            if token.ent_type_ in {"DATE", "TIME"}:
                return "time"
            for phrase in syntax.prepositionals(token):
                if phrase.preposition == "of":
                    return self.of(phrase.noun) or _bare_quantity(token)
            return _bare_quantity(token)
        if token.pos_ == "ADV":
            return "place" if lower in GRAMMAR.place_adverbs else ""
        listed = _listed(token, self.rules)
        if listed == "measure" and syntax.possessors(token):
            return ""  # *his feet*
        if listed == "measure":
            parts = (p for p in syntax.prepositionals(token) if p.preposition == "of")
            return "place" if any(self.is_place(p.noun) for p in parts) else "measure"
        if listed == "time" and token.pos_ not in {"NOUN", "PROPN"}:
            return ""  # *may*, *second*
        named = _BY_ENTITY.get(token.ent_type_, "")
        if token.ent_type_ in {"VEHICLE", "WEAPON", "PRODUCT"} and listed:
            return listed
        if token.ent_type_ == "ORG" and token.pos_ == "PROPN" and _is_lone_place(token):
            return "place"
        if named == "time" or (named and token.pos_ == "PROPN" and listed not in {"vehicle", "place"}):
            return _ship_or(named, token)
        if listed == "vehicle" and self.holds_people(token):
            return "person"
        if listed:
            return listed
        if named:
            return _ship_or(named, token)
        if token.pos_ == "PRON":
            return ""
        if token.pos_ == "PROPN" and is_place_name(token.text):
            return "place"
        self._guessed.add(token.i)
        return _ship_or(_BY_CLASS.get(_model_class(token), ""), token)

    def holds_people(self, token: Token) -> bool:
        """Return whether the noun counts people: *a convoy of refugees*, not *the ship of the admiral*."""
        return any(
            phrase.preposition == "of"
            and phrase.noun.tag_ in {"NNS", "NNPS"}
            and not any(child.dep_ in {"det", "nmod:poss"} for child in phrase.noun.children)
            and self.of(phrase.noun) == "person"
            for phrase in syntax.prepositionals(token)
        )


def _listed(token: Token, rules: RuleSet) -> NounClass:
    first = rules.classes.first
    lower = token.lower_
    for key in (
        lower,
        token.lemma_.lower(),
        lower.removesuffix("s"),
        f"{lower[:-3]}y" if lower.endswith("ies") else lower,
        f"{lower[:-3]}man" if lower.endswith("men") else lower,
    ):
        if key in first:
            break
    else:
        key = lower.rpartition("-")[2] if "-" in lower else ""
    return next((_BY_CLASS[name] for name in first.get(key, ()) if name in _BY_CLASS), "")


def _is_lone_place(token: Token) -> bool:
    """Return whether a one-word "organisation" is a country or city that the entity recognizer mislabelled."""
    after = token.doc[token.i + 1 : token.i + 2]
    alone = token.ent_iob_ == "B" and not (len(after) and after[0].ent_iob_ == "I")
    return alone and is_place_name(token.text)


def _bare_quantity(token: Token) -> NounClass:
    """Return what a number or quantity by itself stands for: whoever acts, or whatever is acted upon."""
    return "person" if token.dep_ in syntax.SUBJECTS - syntax.PASSIVE_SUBJECTS else "object"


def _ship_or(named: NounClass, token: Token) -> NounClass:
    names = {token.lower_, *(child.lower_ for child in token.children if child.dep_ in {"compound", "flat"})}
    return "vehicle" if names & GRAMMAR.ship_prefixes else named


def _model_class(token: Token) -> str:
    return str(token._.noun_class) if Token.has_extension("noun_class") else ""
