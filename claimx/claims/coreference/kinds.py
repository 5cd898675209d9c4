"""What a name is a name of, as definite nouns call it: *the country, the island, the company, the vessel*."""

import functools
from collections.abc import Sequence

from spacy.tokens import Doc

from claimx.claims.coreference.mentions import Mention
from claimx.claims.coreference.names import Name
from claimx.gazetteer import country_of
from claimx.rules.coreference import Vocabulary
from claimx.rules.nouns import bundled_nouns

_DIRECTIONS = frozenset({"northern", "southern", "eastern", "western", "central", "upper", "lower"})
_QUARTERS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})


def kinds_of_name(doc: Doc, members: Sequence[Mention], words: Vocabulary) -> frozenset[str]:
    """Return the kinds that the bearer of a name is one of, by label, name, gazetteer and the nouns beside it."""
    name = members[0].name
    if name is None:
        return frozenset()
    told = {kind for member in members for noun in member.nouns for kind in words.kinds_of.get(noun, ())}
    if members[0].classes == {"vehicle"} or "vessel" in told:
        return frozenset({"vessel"})
    if name.type == "place":
        return _kinds_of_place(doc, name, words)
    if name.type == "people" and any(m.role == "modifier" for m in members):
        return frozenset()
    kind = {"person": "notable", "group": "organization", "people": "organization"}.get(name.type)
    return frozenset() if kind is None else frozenset({kind})


def _kinds_of_place(doc: Doc, name: Name, words: Vocabulary) -> frozenset[str]:
    text = " ".join(name.parts)
    found = {kind for part in name.parts for kind in words.kinds_of.get(part, ())}
    if text in words.islands:
        found |= {"island"}
    if text in words.regions:
        found |= {"region"}
    if country_named(name.text(doc)):
        found |= {"country"}
    if not found:
        is_city = doc[name.start].ent_type_ == "GPE" and not _is_part(name.parts)
        found = {"city"} if is_city else {"region", "water", "island"}
    return frozenset(found)


def _is_part(parts: Sequence[str]) -> bool:
    """Return whether a place is part of another by its name (*eastern Sudan, East Ukraine*, not *East London*)."""
    rest = " ".join(parts[1:]).title()
    return len(parts) > 1 and (parts[0] in _DIRECTIONS or (parts[0] in _QUARTERS and country_named(rest) is not None))


@functools.cache
def country_named(name: str) -> str | None:
    """Return the code of the country whose name this is, whole (*Mexico*, not *Mexico City*)."""
    code = country_of(name)
    front, _, last = name.rpartition(" ")
    if code is None or last.lower() not in bundled_nouns().classes:
        return code
    return None if country_of(front) == code else code


@functools.cache
def homeland(people: str) -> str | None:
    """Return the code of the country that a demonym belongs to."""
    return country_of(people)
