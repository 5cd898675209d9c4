"""Actors behind spans: whom a capital, a demonym, a title or a noun stands for where it acts."""

import re
from collections.abc import Iterator

from claimx.gazetteer.countries import Countries
from claimx.gazetteer.near import Near
from claimx.gazetteer.words import COORDINATION, capitalised, clean, head, plain, singulars
from claimx.records import Actor, ActorType
from claimx.rules.nouns import bundled_nouns
from claimx.rules.places import Facts
from claimx.rules.titles import TITLES

_POSTS = (TITLES.posts | TITLES.ambiguous) - TITLES.royal
_ADDRESSES = TITLES.honorifics.union(f"{word}." for word in TITLES.short)
_PERSON_LABELS = {"PERSON", "PER"}
_ORGANISATION_LABELS = {"ORG", "ORGANIZATION", "ORGANISATION"}


class Actors:
    """Names and noun phrases, and whom they name as acting."""

    def __init__(self, facts: Facts, countries: Countries) -> None:
        self._facts = facts
        self._countries = countries

    def find(self, text: str, ent_label: str | None = None, *, near: Near) -> Actor | None:
        """Return whom a span names as acting; `ent_label` is the label of the name it holds, if any.

        Capitals and seats become countries here: ask only of what acts, never of where something goes. A vehicle
        stands for the country it belongs to (*Russian cargo planes*), other things for nobody. `near` is what the
        article names besides.
        """
        span = clean(text)
        bare = plain(span)
        if not any(letter.isupper() for letter in bare) or bare.lower().startswith("no "):
            return None
        if ent_label not in _PERSON_LABELS:
            country = self._acting_country(span)
            if country is None and bare in self._facts.shared:
                country = self._countries.choose(bare, near)
            if country:
                return Actor(self._countries.name_of(country), country, "country")
            if bare in self._countries.plural_people:
                return Actor(bare, self._countries.people[bare], "group")
        country, _ = self._countries.owner(bare)
        if any(self._class_of(word) == "vehicle" for word in head(bare).split(" ") if word.islower()):
            return Actor(self._countries.name_of(country), country, "country") if country else None
        if ent_label not in _ORGANISATION_LABELS and (person := self._person(bare, ent_label)):
            return person
        kind = self._kind(bare, ent_label)
        return Actor(bare, country or self._countries.inside(bare), kind) if kind else None

    def _acting_country(self, span: str) -> str | None:
        bare = plain(span)
        if bare in self._countries.plural_people:
            return None
        if country := self._countries.government_of(span):
            return country
        country, rest = self._countries.owner(bare)
        if country and rest.lower() in self._facts.actors.governments:
            return country
        noun, of, name = bare.partition(" of ")
        return self._countries.names.get(plain(name)) if of and noun.lower() in self._facts.actors.governments else None

    def _person(self, bare: str, ent_label: str | None) -> Actor | None:
        """Read *Syrian President Bashar al-Assad*, *its director, Esther Mbuyi*, *the Danish foreign minister*."""
        labelled = ent_label in _PERSON_LABELS
        parts = _between_commas(bare)
        if COORDINATION.search(bare):
            return Actor(bare, self._countries.nationality(bare), "group") if labelled else None
        country = self._countries.nationality(bare) or self._countries.inside(bare)
        titled = False
        for part in parts:
            words = part.split(" ")
            after = self._name_begins(words, labelled=labelled)
            name = " ".join(words[after:])
            if after and capitalised(name):
                return Actor(name, country, "person")
            titled |= 0 < after == len(words) or " of " in part or " for " in part
        names = [part for part in parts if _is_name(part)]
        if labelled or (titled and len(parts) > 1 and names):
            return Actor(names[-1] if titled and names else (names or parts)[0], country, "person")
        if country and self._class_of(head(bare).split(" ")[-1]) == "person":
            return Actor(bare, country, "person")
        return None

    def _name_begins(self, words: list[str], *, labelled: bool) -> int:
        """Return how many words of titles stand before a name: *Soap star Kezia*; but not *Muhammad bin Salman*."""
        plain_words = (n + 1 for n, word in enumerate(words) if labelled and word.islower() and len(word) > 3)
        return max((*self._title_ends(words), *plain_words), default=0)

    def _title_ends(self, words: list[str]) -> Iterator[int]:
        for start in range(len(words)):
            noun = self._class_of(words[start]) == "person" and words[start].lower() not in TITLES.royal
            if noun or words[start].lower() in _ADDRESSES:
                yield start + 1
            for end in range(start + 1, min(start + 4, len(words)) + 1):
                if " ".join(words[start:end]).lower() in _POSTS:
                    yield end

    def _kind(self, bare: str, ent_label: str | None) -> ActorType | None:
        phrase = head(bare)
        words = phrase.split(" ")
        if any(" ".join(words[-many:]).lower() in self._facts.actors.organisations for many in (3, 2, 1)):
            return "organisation"
        if words[-1] in self._countries.plural_people:
            return "group"
        if self._class_of(words[-1]) == "people":
            # Wagner fighters, Opposition leaders; nobody is named in "Two inmates"
            named = any(capitalised(word) for word in words[1:])
            named = named or (len(words) > 1 and capitalised(phrase) and not self._countries.is_quantity(words[0]))
            return "group" if named or self._countries.owner(bare)[0] else None
        if COORDINATION.search(bare):
            sides = [plain(side.strip()) for side in COORDINATION.split(bare)]
            return (
                "group"
                if all(self._countries.named(side) or self._countries.owner(side)[0] for side in sides)
                else None
            )
        return "organisation" if ent_label in _ORGANISATION_LABELS and not words[-1].islower() else None

    def _class_of(self, noun: str) -> str | None:
        """Return "person", "people" for more than one, or "vehicle"."""
        lower = noun.lower()
        if lower in self._facts.actors.peoples:
            return "people"
        classes = bundled_nouns().classes
        for many, spellings in (("person", (lower,)), ("people", singulars(lower))):
            for singular in spellings:
                found = classes.get(singular, frozenset())
                if "person" in found:
                    return many
                if "vehicle" in found:
                    return "vehicle"
        return None


def _between_commas(bare: str) -> list[str]:
    return [part for part in re.split(r",\s+(?:and )?", bare) if any(letter.isalpha() for letter in part)]


def _is_name(part: str) -> bool:
    return capitalised(part) and not any(word.islower() for word in part.split(" "))
