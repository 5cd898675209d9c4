"""How much speaks for two claims being one event, in points, and where two readings cannot both be so."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from claimx.compare.periods import Period
from claimx.compare.profiles import Party, Profile, Spot
from claimx.compare.quantities import compatible
from claimx.compare.vocabulary import Vocabulary, Weights, vocabulary
from claimx.records import Place

_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Scorer:
    """What scoring needs besides the pair: the vocabulary, how rare words are, and how alike articles are."""

    words: Vocabulary
    rarity: Mapping[str, float]
    stories: Mapping[tuple[int, int], float]

    def score(self, left: Profile, right: Profile) -> float:
        """Return the points of a pair; above the threshold of the vocabulary it may be one event."""
        weights = self.words.weights
        same_words = self._same_words(left, right)
        context = self._context(left, right)
        who = self._who(left, right)
        where = self._where(left, right)
        if min(who, where) <= weights.never:
            return weights.never
        if not same_words and not _enough(who, where, context, weights):
            return weights.never if where < 0 else weights.absent
        points = who + where + weights.context * context + self._kind(left, right)
        points += self._when(left, right) + self._number(left, right)
        if left.article == right.article:
            points += weights.same_article
            if left.claim.evidence.start == right.claim.evidence.start:
                points += weights.same_sentence
        else:
            points += weights.story * self.stories.get((left.article, right.article), 0.0)
        return points + (weights.same_words if same_words else 0.0)

    def counts_alike(self, left: Profile, right: Profile) -> bool:
        """Return whether the things that move go by one noun or by nouns for one thing, so that numbers compare."""
        one, other = left.theme, right.theme
        if one is None or other is None:
            return False
        return bool(one.heads & other.heads) or any(self._alike(a, b) for a in one.heads for b in other.heads)

    def _same_words(self, left: Profile, right: Profile) -> bool:
        """Return whether one sentence was copied from the other."""
        if left.claim.predicate != right.claim.predicate or left.claim.trigger.text != right.claim.trigger.text:
            return False
        return fuzz.ratio(left.sentence, right.sentence) >= self.words.limits.same_words_ratio

    def _context(self, left: Profile, right: Profile) -> float:
        shared = sum(self.rarity[word] for word in left.context & right.context)
        if not shared:
            return 0.0
        smaller = min(sum(self.rarity[word] for word in side.context) for side in (left, right))
        larger = max(sum(self.rarity[word] for word in side.context) for side in (left, right))
        return shared / math.sqrt(smaller * larger)

    def _who(self, left: Profile, right: Profile) -> float:
        weights = self.words.weights
        points = [self._parties(one, other) for one in left.movers for other in right.movers]
        best = 0.0
        if points:
            best = weights.never if min(points) <= weights.never and max(points) < weights.name else max(points)
        if best <= weights.never:
            return best
        if left.agent and right.agent:
            best += self._agents(left.agent, right.agent)
        elif crossed := [
            self._agents(one, other)
            for one, other in (
                (left.agent, right.theme),
                (right.agent, left.theme),
                (left.vehicle, right.agent),
                (right.vehicle, left.agent),
            )
            if one and other
        ]:
            best += max(0.0, *crossed) / 2
        return best

    def _parties(self, left: Party, right: Party) -> float:
        """Return the points of two parties that move, or are moved."""
        weights = self.words.weights
        if _names_meet(left.names, right.names):
            return weights.name
        if left.person and right.person and left.names and right.names:
            return weights.other_name
        points = 0.0
        if left.heads & right.heads:
            points = weights.head
        elif any(self._alike(one, other) for one in left.heads for other in right.heads):
            points = weights.alike
        elif left.heads and right.heads:
            points = weights.same_class if self._of_people(left) == self._of_people(right) else weights.other_class
        if points > 0 and left.phrase and right.phrase:
            points += weights.wording * fuzz.token_set_ratio(left.phrase, right.phrase) / 100
        if left.countries and right.countries and not left.countries & right.countries:
            points += weights.people_of
        return points

    def _agents(self, left: Party, right: Party) -> float:
        weights = self.words.weights
        if left.countries & right.countries or _names_meet(left.names, right.names):
            return weights.agent
        if left.countries and right.countries:
            return weights.other_agent
        if left.names and right.names and left.person and right.person:
            return weights.other_agent
        return weights.agent / 2 if left.heads & right.heads else 0.0

    def _alike(self, left: str, right: str) -> bool:
        none: frozenset[str] = frozenset()
        return bool(self.words.alike.get(left, none) & self.words.alike.get(right, none))

    def _of_people(self, party: Party) -> bool:
        return party.person or bool(party.heads & self.words.words.people)

    def _where(self, left: Profile, right: Profile) -> float:
        points = self._ends(left.origin, right.origin) + self._ends(left.destination, right.destination)
        if not (left.destination and right.destination):
            for one, other in ((left.via, right.destination), (left.destination, right.via), (left.via, right.via)):
                if one and other:
                    points += max(0.0, self._ends(one, other)) / 2
        for one, other in ((left.origin, right.destination), (left.destination, right.origin)):
            # what comes to a place and what goes from it are two movements, unless both say so of one way
            if one and other and points <= 0 and same_spot(one, other):
                points += self.words.weights.other_place / 2
        return points

    def _ends(self, left: Spot | None, right: Spot | None) -> float:
        if left is None or right is None:
            return 0.0
        weights = self.words.weights
        if same_spot(left, right):
            return weights.country if left.is_country else weights.place
        relation = spots_agree(left, right)
        if relation is None:
            return 0.0
        return weights.part_of_place if relation else weights.other_place

    def _when(self, left: Profile, right: Profile) -> float:
        weights = self.words.weights
        if left.when and right.when:
            gap = left.when.gap(right.when)
            if gap == 0:
                return weights.same_days if max(left.when.days, right.when.days) <= 7 else weights.overlapping_days
            if gap <= 3:
                return weights.apart_days
            return weights.apart_week if gap <= 10 else weights.apart_longer
        points = 0.0
        if left.day is not None and right.day is not None:
            points = weights.late_report * max(0, abs(left.day - right.day) - 7)
            for one, other in ((left, right), (right, left)):
                if one.when and other.day is not None and one.claim.status != "prospective":
                    points += _far_off(one.when, other.day, weights)
        return points

    def _number(self, left: Profile, right: Profile) -> float:
        weights = self.words.weights
        if left.quantity is None or right.quantity is None or left.quantity.unit != right.quantity.unit:
            return 0.0
        one, other = left.quantity, right.quantity
        if (one.low, one.high) == (other.low, other.high):
            return weights.same_number if one.low >= 5 else weights.near_number
        if compatible(one, other):
            return weights.near_number
        low, high = sorted((one.high or one.low, other.high or other.low))
        return weights.far_number if high > 3 * max(low, 1.0) else weights.other_number

    def _kind(self, left: Profile, right: Profile) -> float:
        weights = self.words.weights
        if left.claim.predicate == right.claim.predicate:
            return weights.same_kind
        if (left.rule, right.rule) in self.words.opposites:
            return weights.opposite_kind
        kinds = self.words.kinds
        return weights.same_kind if kinds.get(left.rule) == kinds.get(right.rule) is not None else 0.0


def make_scorer(profiles: Sequence[Profile], stories: Mapping[tuple[int, int], float]) -> Scorer:
    """Return a scorer for these profiles; `stories` says how alike their articles are, by pairs of index."""
    counts: dict[str, int] = {}
    for profile in profiles:
        for word in profile.context:
            counts[word] = counts.get(word, 0) + 1
    total = len(profiles) + 1
    rarity = {word: math.log(1 + total / count) for word, count in counts.items()}
    return Scorer(words=vocabulary(), rarity=rarity, stories=stories)


def same_spot(left: Spot, right: Spot) -> bool:
    """Return whether two names are of one place."""
    if left.place and right.place and left.place.geonameid is not None and right.place.geonameid is not None:
        return left.place.geonameid == right.place.geonameid and left.name == right.name
    return left.name == right.name and (left.country is None or right.country in (None, left.country))


def spots_agree(left: Spot, right: Spot) -> bool | None:
    """Return whether two spots may be one: the same, a part of the other, or near; None where nothing tells."""
    if same_spot(left, right):
        return True
    if left.country and right.country and left.country != right.country:
        return False
    if (left.is_country or right.is_country) and left.country and left.country == right.country:
        return True
    if left.words and right.words and (left.words <= right.words or right.words <= left.words):
        return True
    if left.place and right.place and left.country == right.country:
        if (far := _distance(left.place, right.place)) is not None:
            if left.place.kind == right.place.kind == "city":
                return far <= vocabulary().limits.same_place_km
            return True if far <= vocabulary().limits.same_place_km else None
        return True if left.words & right.words or "description" in left.place.kind + right.place.kind else None
    return None


def _distance(left: Place, right: Place) -> float | None:
    """Return the great-circle distance in kilometres (haversine), None where a point is missing."""
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return None
    one, other = math.radians(left.lat), math.radians(right.lat)
    half = math.sin((other - one) / 2) ** 2
    half += math.cos(one) * math.cos(other) * math.sin(math.radians(right.lon - left.lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def _names_meet(left: frozenset[str], right: frozenset[str]) -> bool:
    if left & right:
        return True
    return any(_same_name(one.split(), other.split()) for one in left for other in right)


def _same_name(left: list[str], right: list[str]) -> bool:
    """Return whether one name is the end of the other (*Assad*, *Bashar al-Assad*) or holds it."""
    short, long = sorted((left, right), key=len)
    return len(short[-1]) > 3 and (long[-len(short) :] == short or (len(short) > 1 and set(short) <= set(long)))


def _enough(who: float, where: float, context: float, weights: Weights) -> bool:
    """Return whether enough is known of two claims to call them one event at all."""
    if where < 0 or who < 0:
        return False
    if who >= weights.name:
        return where > 0 or context > 0.25
    return who >= weights.alike and (where > 0 or context > 0.4)


def _far_off(when: Period, day: int, weights: Weights) -> float:
    """Return what it costs that a dated event lies after, or long before, an undated one's article."""
    if when.first > day + 1:
        return weights.apart_days
    return weights.apart_week if when.last < day - vocabulary().limits.window else 0.0
