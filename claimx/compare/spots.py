"""Where a role points, in one spelling, and which places are one, a part of one another, or two."""

import functools
import math
import re
from dataclasses import dataclass

from claimx import gazetteer
from claimx.compare.names import meant
from claimx.compare.vocabulary import vocabulary
from claimx.outlets import fold
from claimx.records import Article, Place, Span

_EARTH_KM = 6371.0
_NEXT_NAME = re.compile(r" (?!The\b|A\b|An\b)([A-Z][\w'’-]*[a-z]\w*)")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a role points: its name folded, the place that the gazetteer knows, the country it is in or is of."""

    name: str
    words: frozenset[str]
    place: Place | None
    country: str | None
    is_country: bool

    @property
    def id(self) -> int | None:
        """The id of the place itself, None where the gazetteer knows only what it is described by."""
        return self.place.geonameid if self.place else None

    @property
    def is_wide(self) -> bool:
        """Whether it is larger than a country, or is no country's: *Africa*, *the Red Sea*."""
        return self.place is not None and self.country is None


def read_spot(article: Article, span: Span | None) -> Spot | None:
    """Return where a span points; a name that was cut short (*Port | Sudan*) is read to its end."""
    if span is None:
        return None
    text, place = meant(span), span.place
    if place is None and span.actor is None and span.text[:1].isupper():
        if more := _NEXT_NAME.match(article.text, span.end):
            text = f"{span.text} {more[1]}"
        place = place_named(text)
    country = place.country if place else span.actor.country if span.actor else None
    name = fold(text)
    return Spot(
        name=fold(place.name) if place and place.geonameid is not None else name,
        words=frozenset(name.split()) - vocabulary().words.stop - vocabulary().words.places,
        place=place,
        country=country,
        is_country=place.kind == "country" if place else bool(country),
    )


@functools.lru_cache(maxsize=65536)
def place_named(name: str) -> Place | None:
    """Return where a name points by itself, None where it names no place."""
    return gazetteer.find_place(name)


def same_spot(left: Spot, right: Spot) -> bool:
    """Return whether two names are of one place."""
    if left.name != right.name:
        return False
    if left.id is not None and right.id is not None:
        return left.id == right.id
    return left.country is None or right.country in (None, left.country)


def spots_agree(left: Spot, right: Spot) -> bool | None:
    """Return whether two spots may be one: the same, a part of the other, or near; None where nothing tells."""
    if same_spot(left, right):
        return True
    shared = left.words & right.words
    within = bool(shared) and shared in (left.words, right.words)
    described, known = None in (left.id, right.id), None not in (left.country, right.country)
    if within and described:
        return True  # *Kasungu, near the Zambian border* is Kasungu, whatever country the description brings up
    if known and left.country != right.country:
        return None if described and shared else False
    if within or (known and (left.is_country or right.is_country)):
        return True
    if left.place is None or right.place is None or left.country != right.country:
        return None
    far = _distance(left.place, right.place)
    if far is None:
        return bool(shared) or None
    near = far <= vocabulary().limits.same_place_km
    return near if near or left.place.kind == right.place.kind == "city" else None


def may_stray(one: Spot, other: Spot) -> bool:
    """Return whether two places of one article are not known to be one; *the shoal* is Sabina Shoal again."""
    if one.is_wide or other.is_wide or spots_agree(one, other):
        return False
    return not any(
        not spot.words and spot.name and set(spot.name.split()) <= set(named.name.split())
        for spot, named in ((one, other), (other, one))
    )


def _distance(left: Place, right: Place) -> float | None:
    """Return the great-circle distance in kilometres (haversine), None where a point is missing."""
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return None
    one, other = math.radians(left.lat), math.radians(right.lat)
    half = math.sin((other - one) / 2) ** 2
    half += math.cos(one) * math.cos(other) * math.sin(math.radians(right.lon - left.lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
