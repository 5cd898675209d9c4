"""Which places are one, a part of one another, or two."""

import math

from claimx.compare.profiles import Spot
from claimx.compare.vocabulary import vocabulary
from claimx.records import Place

_EARTH_KM = 6371.0


def same_spot(left: Spot, right: Spot) -> bool:
    """Return whether two names are of one place."""
    if left.place and right.place and left.place.geonameid is not None and right.place.geonameid is not None:
        return left.place.geonameid == right.place.geonameid and left.name == right.name
    return left.name == right.name and (left.country is None or right.country in (None, left.country))


def spots_agree(left: Spot, right: Spot) -> bool | None:
    """Return whether two spots may be one: the same, a part of the other, or near; None where nothing tells."""
    if same_spot(left, right):
        return True
    within = bool(left.words and right.words) and (left.words <= right.words or right.words <= left.words)
    described = not (_is_located(left) and _is_located(right))
    if within and described:
        return True  # *Kasungu, near the Zambian border* is Kasungu, whatever country the description brings up
    if left.country and right.country and left.country != right.country:
        return None if described and left.words & right.words else False
    if (left.is_country or right.is_country) and left.country and left.country == right.country:
        return True
    if within:
        return True
    if left.place and right.place and left.country == right.country:
        if (far := _distance(left.place, right.place)) is not None:
            if left.place.kind == right.place.kind == "city":
                return far <= vocabulary().limits.same_place_km
            return True if far <= vocabulary().limits.same_place_km else None
        return True if left.words & right.words else None
    return None


def _is_located(spot: Spot) -> bool:
    """Return whether the gazetteer knows the place itself, not only what it is described by."""
    return spot.place is not None and spot.place.geonameid is not None


def may_stray(one: Spot, other: Spot) -> bool:
    """Return whether two places of one article are not known to be one; *the shoal* is Sabina Shoal again."""
    if spots_agree(one, other) or _is_wide(one) or _is_wide(other):
        return False
    again = any(
        not spot.words and spot.name and set(spot.name.split()) <= set(named.name.split())
        for spot, named in ((one, other), (other, one))
    )
    return not again


def _is_wide(spot: Spot) -> bool:
    """Return whether a place is larger than a country, or is no country's: *Africa*, *the Red Sea*."""
    return spot.place is not None and spot.country is None


def _distance(left: Place, right: Place) -> float | None:
    """Return the great-circle distance in kilometres (haversine), None where a point is missing."""
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return None
    one, other = math.radians(left.lat), math.radians(right.lat)
    half = math.sin((other - one) / 2) ** 2
    half += math.cos(one) * math.cos(other) * math.sin(math.radians(right.lon - left.lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
