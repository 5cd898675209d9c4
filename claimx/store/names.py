"""Names and words as people ask for them, and the countries that stored spans belong to."""

import re
from dataclasses import dataclass

from claimx.gazetteer import country_of, government_of
from claimx.records import Source, Span

_PHRASE = re.compile(r'"([^"]+)"|([^\s"]+)')
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a name asks for: spans of `country` that hold the phrases `besides`, or any that hold all `phrases`."""

    phrases: tuple[str, ...]
    country: str | None = None
    besides: tuple[str, ...] = ()


def storable(text: str) -> str:
    """Return text that a database can hold, as long as before: U+FFFD for NUL and lone surrogates."""
    return _UNSTORABLE.sub("\ufffd", text)


def read_phrases(words: str) -> tuple[str, ...]:
    """Return the words, and "words in quotes" as phrases, that can be searched for; what is no word is left out."""
    found = (match[1] or match[2] for match in _PHRASE.finditer(storable(words)))
    return tuple(phrase for phrase in found if any(char.isalnum() for char in phrase))


def read_name(words: str, *, acts: bool) -> Wanted:
    """Return what is wanted: *Russia* and *Russian* the country, *Russian officials* its officials, else the words.

    Of what `acts`, a capital stands for its country, as *Moscow* does.
    """
    phrases = read_phrases(words)
    if '"' in words:
        return Wanted(phrases)
    for name in (words, words.title()) if words.islower() else (words,):
        exact = government_of(name)
        if exact and (acts or country_of(name) == exact):
            return Wanted(() if len(name) == 2 else phrases, exact)  # us, whom somebody moves, are not the US
        country, tokens = country_of(name), name.split()
        for many in range(1, len(tokens)):
            if country and country_of(" ".join(tokens[:many])) == country:
                return Wanted(phrases, country, read_phrases(" ".join(tokens[many:])))
    return Wanted(phrases)


def country_behind(span: Span | Source, *, is_place: bool = False) -> str | None:
    """Return the country that a span's place or actor, or its words, belong to."""
    place = span.place if isinstance(span, Span) else None
    known = [place and place.country, span.actor and span.actor.country]
    for country in known if is_place else reversed(known):
        if country:
            return storable(country)
    return country_of(span.resolved or span.text)
