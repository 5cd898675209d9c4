"""What the mentions of one event say side by side: the canonical row, agreements, differences, contradictions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from claimx.compare.names import meant
from claimx.compare.pairs import Pair
from claimx.compare.profiles import Profile
from claimx.compare.records import Canonical, Contradiction, Development, Difference, Field, Value
from claimx.compare.spots import Spot, spots_agree
from claimx.compare.vocabulary import vocabulary
from claimx.outlets import fold
from claimx.records import ROLES, Span

FIELDS: tuple[Field, ...] = (
    "who", "what", "quantity", "origin", "destination", "via", "vehicle", "when", "status", "sources",
)  # fmt: skip
"""The fields that are compared, in the order in which they are shown."""

_CONTRARY: tuple[Field, ...] = ("quantity", "origin", "destination", "when", "status")  # of which one value alone is so
_PLACES = ("origin", "destination", "via")
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


Readings = dict[Field, tuple[Reading, ...]]
"""The readings of every field that an event has, the commonest first; those that mean the same are one."""


def read_fields(profiles: Sequence[Profile]) -> Readings:
    """Return what the mentions with these profiles, in the cluster's order, say of each field."""
    return {field: found for field in FIELDS if (found := _grouped(field, profiles))}


def find_agreements(readings: Readings) -> Iterator[Field]:
    """Yield the fields that two mentions or more fill, all in one way."""
    for field, found in readings.items():
        if len(found) == 1 and len(found[0].profiles) > 1:
            yield field


def find_differences(readings: Readings) -> Iterator[Difference]:
    """Yield the fields that mentions fill in different ways, whether or not both can be so."""
    for field, found in readings.items():
        if len(found) > 1:
            yield Difference(field, tuple(reading.value for reading in found))


def find_contradictions(readings: Readings) -> Iterator[Contradiction]:
    """Yield the pairs of readings that cannot both be so.

    A part of a place is no other place, a time within another no other time, and *dozens* no other number than 30.
    What one outlet tells otherwise later, it has learned since: that is a development. So is a plan that came to be.
    """
    for found, pair in _contrary(readings):
        if not _is_development(pair):
            yield found


def find_developments(readings: Readings) -> Iterator[Development]:
    """Yield what changed in the course of time: a plan that was carried out or fell through, a number that grew.

    Only articles whose dates are known and differ can show that.
    """
    for found, pair in _contrary(readings):
        if _is_development(pair):
            first, last = (found.left, found.right) if pair.in_order else (found.right, found.left)
            yield Development(found.field, first, last, f"{first.text} at first, {last.text} later")
    by_status = {reading.value.text: reading for reading in readings.get("status", ())}
    if (plan := by_status.get("prospective")) is None:
        return
    planning = {profile.article for profile in plan.profiles}
    for outcome, words in _OUTCOMES.items():
        since = by_status.get(outcome)
        if since is None or any(profile.article in planning for profile in since.profiles):
            continue  # one article tells both, of other things or of one thing in two ways
        pairs = (Pair(one, other) for one in plan.profiles for other in since.profiles)
        if any(pair.in_order and _is_comparable("status", pair) for pair in pairs):
            yield Development("status", plan.value, since.value, words)


def _contrary(readings: Readings) -> Iterator[tuple[Contradiction, Pair]]:
    """Yield the readings that cannot both be so, with the first mentions that show it."""
    for field in _CONTRARY:
        for one, other in combinations(readings.get(field, ()), 2):
            told = (*one.profiles, *other.profiles)
            for pair in (Pair(left, right) for left in one.profiles for right in other.profiles):
                if field == "status" and _denies_a_part(pair, told):
                    continue
                if _is_comparable(field, pair) and (why := _why_not_both(field, one.value, other.value, pair)):
                    yield Contradiction(field, one.value, other.value, why), pair
                    break


def _is_comparable(field: Field, pair: Pair) -> bool:
    """Return whether two mentions say the same kind of thing, so that what they say can be held against each other.

    Who has left may well not have arrived; and within one article only what it says itself to be in dispute is.
    """
    left, right = pair.left, pair.right
    if pair.same_article:
        return right.claim.id in left.claim.disputed_by or left.claim.id in right.claim.disputed_by
    if field not in ("status", "when") or left.claim.predicate == right.claim.predicate:
        return True
    return left.way is not None and left.way == right.way


def _denies_a_part(pair: Pair, told: Iterable[Profile]) -> bool:
    """Return whether who denies it also says in that sentence that it was (*flew in, but **could not land***)."""
    denials = [profile for profile in (pair.left, pair.right) if profile.claim.status == "negated"]
    return any(
        other.article == denial.article
        and other.claim.evidence == denial.claim.evidence
        and other.claim.status != "negated"
        and other.claim.sources == denial.claim.sources
        for denial in denials
        for other in told
    )


def _is_development(pair: Pair) -> bool:
    """Return whether one outlet tells it otherwise on another day."""
    left, right = pair.left, pair.right
    return left.outlet == right.outlet != "" and bool(left.day and right.day) and left.day != right.day


def make_canonical(profiles: Sequence[Profile], readings: Readings) -> Canonical:
    """Return the event in one row: of each field the reading that most others bear out, the most specific first."""
    chosen: dict[str, Value] = {}
    for field, found in readings.items():
        if field != "sources":
            chosen[field] = max(found, key=lambda reading: _merit(field, reading, found)).value
    # the word of the mention below the headline that has most of the values
    teller = max(
        range(len(profiles)),
        key=lambda index: (not profiles[index].headline, sum(index in value.mentions for value in chosen.values())),
    )
    trigger = profiles[teller].claim.trigger
    return Canonical(
        predicate=profiles[teller].claim.predicate, trigger=Value(trigger.text, (teller,), trigger), **chosen
    )


def _grouped(field: Field, profiles: Sequence[Profile]) -> tuple[Reading, ...]:
    """Return the different readings of a field, the commonest first, then in the order of the mentions."""
    groups: defaultdict[object, list[int]] = defaultdict(list)
    for index, profile in enumerate(profiles):
        if (key := _key(field, profile)) is not None:
            groups[key].append(index)
    found = []
    for members in sorted(groups.values(), key=lambda members: (-len(members), members)):
        told = tuple(profiles[index] for index in members)
        span = getattr(told[0].claim, field) if field in ROLES else None
        found.append(Reading(Value(_text(field, told[0]), tuple(members), span), told))
    return tuple(found)


def _key(field: Field, profile: Profile) -> object | None:
    """Return what is equal where two mentions say the same of a field, None where one says nothing."""
    claim = profile.claim
    if field == "status":
        return claim.status
    if field == "sources":
        return tuple(fold(meant(source)) for source in claim.sources) or None
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
    return fold(meant(span))


def _text(field: Field, profile: Profile) -> str:
    """Return what to show of a field: a span's words and, in brackets, the name or date of what they stand for."""
    if field == "status":
        return profile.claim.status
    if field == "sources":
        return " → ".join(meant(source) for source in profile.claim.sources)
    if field == "quantity":
        quantity = profile.quantity
        return " ".join(filter(None, (quantity.text, quantity.unit))) if quantity else ""
    span: Span = getattr(profile.claim, field)
    name = span.date.edtf if span.date and span.date.edtf else span.resolved
    return f"{span.text} [{name}]" if name and name != span.text else span.text


def _merit(field: Field, reading: Reading, found: Sequence[Reading]) -> tuple[float, ...]:
    """Return what the canonical reading is chosen by, the highest first; equal ones leave the earliest first."""
    own, profile = len(reading.profiles), reading.profile
    if field in _PLACES:
        spot: Spot = getattr(profile, field)
        located = spot.place is not None and spot.place.lat is not None
        agreeing = [other for other in found if spots_agree(spot, getattr(other.profile, field))]
        return (_mentions(agreeing), spot.country is not None, not spot.is_country, located, own)
    if field == "when":
        when = profile.when
        if when is None:
            return (own, False, 0, own)
        agreeing = [other for other in found if other.profile.when and when.gap(other.profile.when) == 0]
        return (_mentions(agreeing), True, -when.days, own)
    if field == "quantity":
        return (own, not (profile.quantity and profile.quantity.approximate))
    if field == "vehicle":
        return (profile.vehicle is not None and bool(profile.vehicle.names), own)
    if field in ("who", "what"):
        party = profile.theme if field == "what" or profile.agent is None else profile.agent
        return (party is not None and not party.is_empty, own, min(len(reading.value.text), 60))
    return (own,)


def _mentions(readings: Sequence[Reading]) -> int:
    return sum(len(reading.profiles) for reading in readings)


def _why_not_both(field: Field, one: Value, other: Value, pair: Pair) -> str | None:
    """Return why not both of two values can be so, in words; None where they can."""
    if field == "status":
        return "said to be so here, denied there" if _is_denied(pair) else None
    if field == "quantity":
        return f"{one.text} and {other.text} cannot be one number" if _other_number(pair) else None
    if field == "when":
        times = f"{_day(pair.left) or one.text} and {_day(pair.right) or other.text}"
        return f"{times} are different times" if _other_time(pair) else None
    left, right = getattr(pair.left, field), getattr(pair.right, field)
    apart = left.is_country == right.is_country and spots_agree(left, right) is False
    return f"{one.text} and {other.text} are different places" if apart else None


def _is_denied(pair: Pair) -> bool:
    """Return whether one denies what another says of one place; nobody contradicts himself, and *he* may be anybody."""
    if "negated" not in pair.statuses or pair.statuses.isdisjoint(("asserted", "hedged")) or pair.where <= 0:
        return False
    one, other = _speaking(pair.left), _speaking(pair.right)
    return not (one | other) & vocabulary().words.empty and not one & other


def _speaking(profile: Profile) -> frozenset[str]:
    """Return the surnames of those who say it; outlets that both cite a third may well tell it otherwise."""
    said = (source for source in profile.claim.sources if source.kind in ("person", "other"))
    return frozenset(fold(meant(source)).rpartition(" ")[2] for source in said)


def _other_number(pair: Pair) -> bool:
    """Return whether two numbers of one thing differ.

    Tonnes are of the cargo, whether the ship or the cargo is said to leave; other numbers count what they stand by,
    which must go by one noun. How many are to go and how many went are two things.
    """
    if "prospective" in pair.statuses and len(pair.statuses) > 1:
        return False
    number = pair.left.quantity
    return pair.numbers_differ and (pair.same_thing or (number is not None and number.unit is not None))


def _other_time(pair: Pair) -> bool:
    left, right = pair.left, pair.right
    if left.when is None or right.when is None:
        return False
    if "prospective" in pair.statuses and len(pair.statuses) > 1:
        return False
    # what happens at night is dated by either day; longer times are too vague to differ by one
    return left.when.gap(right.when) > 1


def _day(profile: Profile) -> str | None:
    when = profile.when
    return date.fromordinal(when.first).isoformat() if when and when.days == 1 else None
