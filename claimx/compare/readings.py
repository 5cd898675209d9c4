"""What the mentions of one event say side by side: the canonical row, agreements, differences, contradictions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from claimx.compare.names import fold
from claimx.compare.profiles import Profile, Spot
from claimx.compare.quantities import compatible
from claimx.compare.records import Canonical, Contradiction, Development, Difference, Field, Value
from claimx.compare.similarity import Scorer
from claimx.compare.spots import spots_agree
from claimx.compare.vocabulary import vocabulary
from claimx.records import ROLES, Span

FIELDS: tuple[Field, ...] = (
    "who", "what", "quantity", "origin", "destination", "via", "vehicle", "when", "status", "sources",
)  # fmt: skip
"""The fields that are compared, in the order in which they are shown."""

_PLACES = ("origin", "destination", "via")
_SAID = ("asserted", "hedged")
_OUTCOMES = {
    "asserted": "planned at first, told to have happened later",
    "negated": "planned at first, told not to have happened later",
    "barred": "planned at first, barred later",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of a field, and the profiles of the mentions that give it; it is compared by the first."""

    value: Value
    profiles: tuple[Profile, ...]

    @property
    def profile(self) -> Profile:
        """The profile of the first mention."""
        return self.profiles[0]


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
    What one outlet tells otherwise later, it has learned since: that is a development. So is a plan that came to be.
    """
    for field, one, other, pair in _contrary(readings, scorer):
        if not _is_development(*pair):
            yield Contradiction(field, one.value, other.value, _why_not_both(field, one, other, pair))


def find_developments(readings: Readings, scorer: Scorer) -> Iterator[Development]:
    """Yield what changed in the course of time: a plan that was carried out or fell through, a number that grew.

    Only articles whose dates are known and differ can show that.
    """
    for field, one, other, pair in _contrary(readings, scorer):
        if _is_development(*pair):
            first, last = (one, other) if _published(pair[0]) < _published(pair[1]) else (other, one)
            yield Development(field, first.value, last.value, f"{first.value.text} at first, {last.value.text} later")
    found = {reading.value.text: reading for reading in readings.by_field.get("status", ())}
    plan = found.get("prospective")
    for outcome, words in _OUTCOMES.items():
        since = found.get(outcome)
        pairs = ((one, other) for one in plan.profiles for other in since.profiles) if plan and since else ()
        whole = plan and {profile.article for profile in plan.profiles}
        if plan and since and whole and any(profile.article in whole for profile in since.profiles):
            continue  # one article tells both, of other things or of one thing in two ways
        if plan and since and any(_came_later(*pair) and _comparable("status", *pair, scorer) for pair in pairs):
            yield Development("status", plan.value, since.value, words)


def _contrary(readings: Readings, scorer: Scorer) -> Iterator[tuple[Field, Reading, Reading, tuple[Profile, Profile]]]:
    """Yield the readings that cannot both be so, with the first mentions that show it."""
    for field, found in readings.by_field.items():
        if field not in _TESTS:
            continue
        for one, other in combinations(found, 2):
            pairs = ((left, right) for left in one.profiles for right in other.profiles)
            pair = next((pair for pair in pairs if _comparable(field, *pair, scorer) and _TESTS[field](*pair)), None)
            if pair:
                yield field, one, other, pair


def _comparable(field: Field, left: Profile, right: Profile, scorer: Scorer) -> bool:
    """Return whether two mentions say the same kind of thing, so that what they say can be held against each other.

    Who has left may well not have arrived; and within one article only what it says itself to be in dispute is.
    """
    if left.article == right.article:
        return right.claim.id in left.claim.disputed_by or left.claim.id in right.claim.disputed_by
    if field not in ("status", "when") or left.claim.predicate == right.claim.predicate:
        return True
    return left.way is not None and left.way == right.way


def _is_development(left: Profile, right: Profile) -> bool:
    """Return whether one outlet tells it otherwise on another day."""
    days = _published(left), _published(right)
    return left.outlet == right.outlet != "" and 0 not in days and days[0] != days[1]


def _came_later(plan: Profile, outcome: Profile) -> bool:
    """Return whether an article told a plan before another told what came of it."""
    return 0 < _published(plan) < _published(outcome)


def _published(profile: Profile) -> int:
    return profile.day or 0


def make_canonical(profiles: Sequence[Profile], readings: Readings) -> Canonical:
    """Return the event in one row: of each field the reading that most others bear out, the most specific first."""
    chosen: dict[str, Value] = {}
    for field, found in readings.by_field.items():
        if field != "sources":
            merits = [_merit(field, reading, found) for reading in found]
            chosen[field] = found[merits.index(max(merits))].value
    teller = max(range(len(profiles)), key=lambda index: (_borne_out(index, profiles[index], chosen), -index))
    trigger = profiles[teller].claim.trigger
    return Canonical(
        predicate=profiles[teller].claim.predicate, trigger=Value(trigger.text, (teller,), trigger), **chosen
    )


def shown(span: Span) -> str:
    """Return a span's words and, in brackets, the name or the date of what they stand for."""
    meant = span.date.edtf if span.date and span.date.edtf else span.resolved
    return f"{span.text} [{meant}]" if meant and meant != span.text else span.text


def _borne_out(index: int, profile: Profile, chosen: Mapping[str, Value]) -> tuple[bool, int]:
    """Return how well a mention's word fits the canonical row: below the headline, and with most of its values."""
    return not profile.headline, sum(index in value.mentions for value in chosen.values())


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
        told = tuple(profiles[index] for index in members)
        found.append(Reading(Value(_text(field, profile), tuple(members), span), told))
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
        # *the port of Odesa* is Odesa, but *bases in Syria* are less than Syria
        return spot.name if spot.place is None or spot.place.kind == "city" else fold(span.text)
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
    if field == "vehicle":
        return (profile.vehicle is not None and bool(profile.vehicle.names), own)
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


def _why_not_both(field: Field, one: Reading, other: Reading, pair: tuple[Profile, Profile]) -> str:
    left, right = one.value.text, other.value.text
    if field == "status":
        return "said to be so here, denied there"
    if field == "quantity":
        return f"{left} and {right} cannot be one number"
    if field == "when":
        return f"{_day(pair[0]) or left} and {_day(pair[1]) or right} are different times"
    return f"{left} and {right} are different places"


def _denied(left: Profile, right: Profile) -> bool:
    """Return whether one denies what another says; nobody contradicts himself, and *he* may be anybody."""
    statuses = {left.claim.status, right.claim.status}
    if "negated" not in statuses or not statuses & set(_SAID):
        return False
    one, other = _speaking(left), _speaking(right)
    return not (one | other) & vocabulary().words.empty and not one & other


def _speaking(profile: Profile) -> frozenset[str]:
    """Return the surnames of those who say it; outlets that both cite a third may well tell it otherwise."""
    said = (source for source in profile.claim.sources if source.kind == "person" or source.kind == "other")
    return frozenset(fold(source.resolved or source.text).rpartition(" ")[2] for source in said)


def _other_number(left: Profile, right: Profile) -> bool:
    """Return whether two numbers of one thing differ.

    Tonnes are of the cargo, whether the ship or the cargo is said to leave; other numbers count what they stand by,
    which must go by one noun.
    """
    one, other = left.quantity, right.quantity
    if one is None or other is None or compatible(one, other):
        return False
    if one.unit is not None:
        return True
    return bool(left.theme and right.theme and left.theme.heads and left.theme.heads == right.theme.heads)


def _other_time(left: Profile, right: Profile) -> bool:
    if left.when is None or right.when is None:
        return False
    if (left.claim.status == "prospective") != (right.claim.status == "prospective"):
        return False
    # what happens at night is dated by either day; longer times are too vague to differ by one
    return left.when.gap(right.when) > 1


def _other_place(left: Spot | None, right: Spot | None) -> bool:
    """Return whether two places of one level are two."""
    return bool(left and right and left.is_country == right.is_country and spots_agree(left, right) is False)


_TESTS: dict[Field, Callable[[Profile, Profile], bool]] = {
    "status": _denied,
    "quantity": _other_number,
    "when": _other_time,
    "origin": lambda left, right: _other_place(left.origin, right.origin),
    "destination": lambda left, right: _other_place(left.destination, right.destination),
}


def _day(profile: Profile) -> str | None:
    when = profile.when
    return date.fromordinal(when.first).isoformat() if when and when.days == 1 else None
