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
        self._named_forces: frozenset[str] | None = None

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

    def is_force(self, token: Token) -> bool:
        """Return whether the phrase names what moves by nature: *the storm*, *Dora* beside *Hurricane Dora*."""
        named = self._meant(token) or token
        if self._is_force_noun(named):
            return named.ent_type_ not in {"ORG", "PERSON"} and not self.holds_people(named)
        if named.pos_ != "PROPN":
            return False
        if self._named_forces is None:
            before = [word for word in token.doc[:-1] if self._is_force_noun(word)]
            self._named_forces = frozenset(word.nbor().text for word in before)
        return named.text in self._named_forces

    def _is_force_noun(self, token: Token) -> bool:
        nouns, lemma = self.rules.classes, token.lemma_.lower()
        return "force" in nouns.kinds.get(lemma, ()) or "force" in nouns.classes.get(lemma, ())

    def is_time(self, token: Token) -> bool:
        """Return whether the phrase is a time expression."""
        if token.ent_type_:
            return token.ent_type_ in {"DATE", "TIME"}
        return token.pos_ in _TIME_PARTS and self.of(token) == "time" and not self.is_guess(token)

    def _class(self, token: Token) -> NounClass:
        lower = token.lower_
        if (meant := self._meant(token)) is not None:
            return self.of(meant)
        if lower in GRAMMAR.personal_pronouns:
            return "person"
        if lower in GRAMMAR.quantities or token.pos_ == "NUM":
            return self._counted(token)
        if token.pos_ == "ADV":
            return "place" if lower in GRAMMAR.place_adverbs else ""
        listed = _listed(token, self.rules)
        if listed == "measure":
            return "" if syntax.possessors(token) else "measure"  # *his feet*
        if listed == "time" and token.pos_ not in {"NOUN", "PROPN"}:
            return ""  # *may*, *second*
        if (named := _named(token, listed)) is not None:
            return named
        if listed == "vehicle" and self.holds_people(token):
            return "person"
        if listed:
            return listed
        if token.ent_type_ in _BY_ENTITY:
            return _ship_or(_BY_ENTITY[token.ent_type_], token)
        if token.pos_ == "PRON":
            return ""
        if token.pos_ == "PROPN" and is_place_name(token.text):
            return "place"
        self._guessed.add(token.i)
        return _ship_or(_BY_CLASS.get(_model_class(token), ""), token)

    def _meant(self, token: Token) -> Token | None:
        """Return what a pronoun stands for, None where that is not known."""
        if self._referent is None or token.lower_ not in {"it", "they", "them", "which", "that", "one", "this"}:
            return None
        referent = self._referent(token)
        return referent if referent is not None and referent.i != token.i else None

    def _counted(self, quantity: Token) -> NounClass:
        """Return the class of what a number or quantity counts; by itself it stands for who acts or is acted upon."""
        if quantity.ent_type_ in {"DATE", "TIME"}:
            return "time"
        counted = _counted_by(quantity)
        if counted is not None and counted.lower_ in GRAMMAR.quantities:
            counted = _counted_by(counted)  # *tens of thousands* count nothing named, *tens of thousands of men* men
        if counted is not None and (kind := self.of(counted)):
            return kind
        return "person" if quantity.dep_ in syntax.SUBJECTS - syntax.PASSIVE_SUBJECTS else "object"

    def holds_people(self, token: Token) -> bool:
        """Return whether the noun counts people: *a convoy of refugees*, not *the ship of the admiral*."""
        return any(
            phrase.preposition == "of"
            and phrase.noun.tag_ in {"NNS", "NNPS"}
            and not any(child.dep_ in {"det", "nmod:poss"} for child in phrase.noun.children)
            and self.of(phrase.noun) == "person"
            for phrase in syntax.prepositionals(token)
        )


def _counted_by(quantity: Token) -> Token | None:
    return next((phrase.noun for phrase in syntax.prepositionals(quantity) if phrase.preposition == "of"), None)


def _listed(token: Token, rules: RuleSet) -> NounClass:
    first = rules.classes.first
    lower = token.lower_
    singular = f"{lower[:-3]}y" if lower.endswith("ies") else f"{lower[:-3]}man" if lower.endswith("men") else lower
    keys = (lower, token.lemma_.lower(), lower.removesuffix("s"), singular)
    key = next((key for key in keys if key in first), lower.rpartition("-")[2] if "-" in lower else "")
    return next((_BY_CLASS[name] for name in first.get(key, ()) if name in _BY_CLASS), "")


def _named(token: Token, listed: NounClass) -> NounClass | None:
    """Return the class of a name by its entity label, None for what is no name or told better by the noun lists."""
    named, proper = _BY_ENTITY.get(token.ent_type_, ""), token.pos_ == "PROPN"
    if token.ent_type_ in {"VEHICLE", "WEAPON", "PRODUCT"} and listed:
        return listed
    if token.ent_type_ == "ORG" and proper and _is_lone_place(token):
        return "place"
    told = named == "time" or (named and proper and listed not in {"vehicle", "place"})
    return _ship_or(named, token) if told else None


def _is_lone_place(token: Token) -> bool:
    """Return whether a one-word "organisation" is a country or city that the entity recognizer mislabelled."""
    goes_on = any(after.ent_iob_ == "I" for after in token.doc[token.i + 1 : token.i + 2])
    return token.ent_iob_ == "B" and not goes_on and is_place_name(token.text)


def _ship_or(named: NounClass, token: Token) -> NounClass:
    names = {token.lower_, *(child.lower_ for child in token.children if child.dep_ in {"compound", "flat"})}
    return "vehicle" if names & GRAMMAR.ship_prefixes else named


def _model_class(token: Token) -> str:
    return str(token._.noun_class) if Token.has_extension("noun_class") else ""
