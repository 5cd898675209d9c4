"""Bodies of states in one spelling: *Turkey's foreign ministry* is the Turkish Ministry of Foreign Affairs."""

import functools
import re
from collections.abc import Mapping

from claimx.compare.names import SourceKey, institution
from claimx.gazetteer import country_of, government_of
from claimx.outlets import fold
from claimx.rules.files import Strict, read_bundled

_POSSESSIVE = re.compile(r"[’']s?$")
_INNER = re.compile(r"^(?P<head>.+)\s+(?:of|in)\s+(?:the\s+)?(?P<place>[A-Z][^,]*)$")
_MINISTRY = re.compile(r"^(?P<kind>ministry|department) (?:of|for) (?P<matter>.+)$")
_OWNER = 4  # words, at most, that name the country before the body


class _Words(Strict):
    nouns: frozenset[str]
    same: dict[str, tuple[str, ...]]


def state_body(name: str) -> SourceKey | None:
    """Return the key of a state's body: what it is, and the country's code where the name tells.

    None for names of anything else. *Foreign Ministry* alone is a body too, of a country that nothing tells.
    """
    words = name.split()
    for length in range(1, min(_OWNER, len(words) - 1) + 1):
        owner = " ".join(words[:length])
        bare = _POSSESSIVE.sub("", owner)
        country = country_of(bare) or (government_of(bare) if bare != owner else None)
        if country:
            kind = _kind(" ".join(words[length:]))
            return institution(kind, country) if kind else None
    if match := _INNER.match(name):
        country, kind = country_of(match["place"]) or government_of(match["place"]), _kind(match["head"])
        if country and kind:
            return institution(kind, country)
    kind = _kind(name)
    return institution(kind) if kind in _plain() else None


def known_body(name: str) -> SourceKey | None:
    """Return the key of a body whose name tells of what state it is, None for names of anything else."""
    return key if (key := state_body(name)) and key.country else None


def is_of(one: SourceKey, other: SourceKey) -> bool:
    """Return whether a body's key is another's with the country that it is of."""
    return one.name == other.name and bool(one.country) and is_of_any(other)


def is_of_any(key: SourceKey) -> bool:
    """Return whether a key is that of a state's body without the country."""
    return key.type == "institution" and not key.country and key.name in _plain()


def plain_body(noun: str) -> str:
    """Return the one word for a body by what it is: *coast guard* and *coastguard*, *army* and *military*."""
    return _same().get(fold(noun), fold(noun))


def _kind(rest: str) -> str | None:
    """Return what a body is, in one spelling, None where the words name no body of a state."""
    folded = fold(rest).replace("defense", "defence")
    if match := _MINISTRY.match(folded):
        folded = f"{match['matter']} {match['kind']}"
    folded = plain_body(folded)
    return folded if folded.rpartition(" ")[2] in _words().nouns or folded in _plain() else None


@functools.cache
def _plain() -> frozenset[str]:
    """Return what bodies of states go by without a country."""
    return frozenset(_same().values())


@functools.cache
def _same() -> Mapping[str, str]:
    """Return the one word for a body by all that it is called."""
    return {fold(word): fold(name) for name, also in _words().same.items() for word in (name, *also)}


@functools.cache
def _words() -> _Words:
    return read_bundled(_Words, "bodies.toml")
