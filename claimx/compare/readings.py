"""What the mentions of one event say side by side: the canonical row, agreements, differences, contradictions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from claimx.compare.names import fold
from claimx.compare.profiles import Profile, Spot
from claimx.compare.quantities import compatible
from claimx.compare.records import Canonical, Contradiction, Difference, Field, Value
from claimx.compare.similarity import Scorer, spots_agree
from claimx.records import ROLES, Span

FIELDS: tuple[Field, ...] = (
    "who", "what", "quantity", "origin", "destination", "via", "vehicle", "when", "status", "sources",
)  # fmt: skip
"""The fields that are compared, in the order in which they are shown."""

_PLACES = ("origin", "destination", "via")
_SAID = ("asserted", "hedged")


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of a field, and the profile of a mention that gives it, by which it is compared."""

    value: Value
    profile: Profile


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of every field in one event; those that mean the same are one."""

    by_field: dict[Field, tuple[Reading, ...]]

    def values(self, field: Field) -> tuple[Value, ...]:
        """Return the values of a field, the commonest first."""
        return tuple(reading.value for reading in self.by_field.get(field, ()))


def read_fields(profiles: Sequence[Profile]) -> Readings:
    """Return what the mentions with these profiles, in the cluster's order, say of each field."""
    return Readings({field: found for field in FIELDS if (found := _grouped(field, profiles))})


def find_agreements(readings: Readings) -> Iterator[Field]:
    """Yield the fields that two mentions or more fill, all in one way."""
    for field, found in readings.by_field.items():
        if len(found) == 1 and len(found[0].value.mentions) > 1:
            yield field


def find_differences(readings: Readings) -> Iterator[Difference]:
    """Yield the fields that mentions fill in different ways, whether or not both can be so."""
    for field, found in readings.by_field.items():
        if len(found) > 1:
            yield Difference(field, readings.values(field))


def find_contradictions(readings: Readings, scorer: Scorer) -> Iterator[Contradiction]:
    """Yield the pairs of readings that cannot both be so.

    A part of a place is no other place, a time within another no other time, and *dozens* no other number than 30.
    """
    for field, found in readings.by_field.items():
        for one, other in combinations(found, 2):
            if reason := _why_not_both(field, one, other, scorer):
                yield Contradiction(field, one.value, other.value, reason)


def make_canonical(profiles: Sequence[Profile], readings: Readings) -> Canonical:
    """Return the event in one row: of each field the reading that most others bear out, the most specific first."""
    fullest = max(range(len(profiles)), key=lambda index: (_filled(profiles[index]), -index))
    trigger = profiles[fullest].claim.trigger
    chosen = {
        field: max(found, key=lambda reading, field=field, found=found: _merit(field, reading, found)).value  # type: ignore[misc]
        for field, found in readings.by_field.items()
        if field != "sources"
    }
    return Canonical(
        predicate=profiles[fullest].claim.predicate,
        trigger=Value(trigger.text, (fullest,), trigger),
        **chosen,
    )


def shown(span: Span) -> str:
    """Return a span's words and, in brackets, the name of what they stand for."""
    return f"{span.text} [{span.resolved}]" if span.resolved and span.resolved != span.text else span.text


def _filled(profile: Profile) -> int:
    return sum(getattr(profile.claim, role) is not None for role in ROLES) - 2 * (profile.claim.status == "negated")


def _grouped(field: Field, profiles: Sequence[Profile]) -> tuple[Reading, ...]:
    """Return the different readings of a field, the commonest first, then in the order of the mentions."""
    groups: dict[object, list[int]] = {}
    for index, profile in enumerate(profiles):
        key = _key(field, profile)
        if key is not None:
            groups.setdefault(key, []).append(index)
    found = []
    for members in sorted(groups.values(), key=lambda members: (-len(members), members)):
        profile = profiles[members[0]]
        span = getattr(profile.claim, field) if field in ROLES else None
        found.append(Reading(Value(_text(field, profile), tuple(members), span), profile))
    return tuple(found)


def _key(field: Field, profile: Profile) -> object | None:
    """Return what is equal where two mentions say the same of a field, None where one says nothing."""
    claim = profile.claim
    if field == "status":
        return claim.status
    if field == "sources":
        return tuple(fold(source.resolved or source.text) for source in claim.sources) or None
    if field == "quantity":
        quantity = profile.quantity
        return (quantity.low, quantity.high, quantity.unit) if quantity else None
    span: Span | None = getattr(claim, field)
    if span is None:
        return None
    if field == "when":
        return (span.date.edtf if span.date else None) or fold(span.text)
    if field in _PLACES:
        spot: Spot = getattr(profile, field)
        return (
            spot.place.geonameid if spot.place and spot.place.geonameid and spot.name == fold(span.text) else spot.name
        )
    if field == "who" and span.actor:
        return span.actor.country if span.actor.type == "country" else fold(span.actor.name)
    return fold(span.resolved or span.text)


def _text(field: Field, profile: Profile) -> str:
    if field == "status":
        return profile.claim.status
    if field == "sources":
        return " → ".join(source.resolved or source.text for source in profile.claim.sources)
    if field == "quantity":
        quantity = profile.quantity
        return " ".join(filter(None, (quantity.text, quantity.unit))) if quantity else ""
    return shown(getattr(profile.claim, field))


def _merit(field: Field, reading: Reading, found: Sequence[Reading]) -> tuple[float, ...]:
    """Return what the canonical reading is chosen by, the highest first; equal ones leave the earliest first."""
    support = sum(len(other.value.mentions) for other in found if _agree(field, reading, other))
    own = len(reading.value.mentions)
    profile = reading.profile
    if field in _PLACES:
        spot: Spot = getattr(profile, field)
        located = spot.place is not None and spot.place.lat is not None
        return (support, spot.country is not None, not spot.is_country, located, own)
    if field == "when":
        return (support, profile.when is not None, -profile.when.days if profile.when else 0, own)
    if field == "quantity":
        return (own, not (profile.quantity and profile.quantity.approximate))
    if field in ("who", "what"):
        party = profile.theme if field == "what" or profile.agent is None else profile.agent
        return (party is not None and not party.is_empty, own, min(len(reading.value.text), 60))
    return (own,)


def _agree(field: Field, one: Reading, other: Reading) -> bool:
    """Return whether two readings can be of one thing, as far as anything tells."""
    if field in _PLACES:
        left, right = getattr(one.profile, field), getattr(other.profile, field)
        return spots_agree(left, right) is True
    if field == "when" and one.profile.when and other.profile.when:
        return one.profile.when.gap(other.profile.when) == 0
    return one is other


def _why_not_both(field: Field, one: Reading, other: Reading, scorer: Scorer) -> str | None:
    tests: dict[Field, Callable[[Profile, Profile, Scorer], bool]] = {
        "status": _denied,
        "quantity": _other_number,
        "when": _other_time,
        "origin": lambda left, right, _: spots_agree(left.origin, right.origin) is False,  # type: ignore[arg-type]
        "destination": lambda left, right, _: spots_agree(left.destination, right.destination) is False,  # type: ignore[arg-type]
        "who": _other_actor,
    }
    if field not in tests or not tests[field](one.profile, other.profile, scorer):
        return None
    left, right = one.value.text, other.value.text
    return {
        "status": "said to be so here, denied there",
        "quantity": f"{left} and {right} cannot be one number",
        "when": f"{_day(one.profile) or left} and {_day(other.profile) or right} are different times",
        "origin": f"{left} and {right} are different places",
        "destination": f"{left} and {right} are different places",
        "who": f"{left} and {right} are not the same",
    }[field]  # fmt: skip


def _denied(left: Profile, right: Profile, _: Scorer) -> bool:
    statuses = {left.claim.status, right.claim.status}
    return "negated" in statuses and bool(statuses & {*_SAID, "prospective"})


def _other_number(left: Profile, right: Profile, scorer: Scorer) -> bool:
    if left.quantity is None or right.quantity is None or compatible(left.quantity, right.quantity):
        return False
    return bool(left.theme and right.theme) and scorer.counts_alike(left, right)


def _other_time(left: Profile, right: Profile, _: Scorer) -> bool:
    if (
        left.when is None
        or right.when is None
        or (left.claim.status == "prospective") != (right.claim.status == "prospective")
    ):
        return False
    # what happens at night is dated by either day; longer times are too vague to differ by one
    return left.when.gap(right.when) > 1


def _other_actor(left: Profile, right: Profile, _: Scorer) -> bool:
    one, other = left.agent, right.agent
    return bool(one and other and one.countries and other.countries and not one.countries & other.countries)


def _day(profile: Profile) -> str | None:
    when = profile.when
    return date.fromordinal(when.first).isoformat() if when and when.days == 1 else None
