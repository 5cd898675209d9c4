"""How likely two claims are one event, and what cannot be one whatever else speaks for it."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from claimx.compare.features import (
    Features,
    Texts,
    agents_differ,
    is_people,
    is_reversed,
    movers_meet,
    pair_features,
    same_nouns,
    same_sentence,
    same_words,
    tell_apart,
    weighted_overlap,
)
from claimx.compare.profiles import Party, Profile, article_names
from claimx.compare.quantities import compatible
from claimx.compare.spots import may_stray, same_spot, spots_agree
from claimx.compare.vocabulary import Vocabulary, vocabulary
from claimx.records import Article

APART = -3.0
"""The log-odds of what cannot be one event as it was read: a misreading does not outweigh many that agree."""

_VERY_ALIKE = 0.5  # two sentences that tell one event, in spite of a contradiction
_DAYS_OFF = 2  # between the times of claims of one article, beyond which they are of two events
_CONTRADICTED_DAYS = 3  # between the times that sentences alike give for one event
_SHARED = 8  # names of articles without a date, or words around claims of other days, from which they tell one story
_MANY = 5  # from which one number for two things says that they are one
_SAME_NAME, _SAME_NOUN, _ALIKE, _UNKNOWN, _OTHER = 3, 2, 1, 0, -1


@dataclass(frozen=True, slots=True)
class Stories:
    """How alike articles are, by the names in them."""

    names: Sequence[frozenset[str]]
    rarity: Mapping[str, float]
    known: dict[tuple[int, int], float] = field(default_factory=dict)

    def alike(self, left: int, right: int) -> float:
        """Return how alike two articles are, from 0 to 1."""
        pair = (left, right) if left < right else (right, left)
        if pair not in self.known:
            self.known[pair] = weighted_overlap(self.names[pair[0]], self.names[pair[1]], self.rarity)
        return self.known[pair]


@dataclass(frozen=True, slots=True)
class Scorer:
    """What scoring needs besides the pair: the vocabulary, how rare words are, and how alike articles are."""

    words: Vocabulary
    rarity: Mapping[str, float]
    around_rarity: Mapping[str, float]
    stories: "Stories"

    def score(self, left: Profile, right: Profile) -> float:
        """Return the log-odds of a pair of being one event; `APART` where it cannot be."""
        if self.excluded(left, right):
            return APART
        identity = self.words.identity
        weights = identity.weights
        return identity.bias + sum(weights.get(name, 0.0) * value for name, value in self.features(left, right).items())

    def features(self, left: Profile, right: Profile) -> Features:
        """Return what speaks for and against one event."""
        story = 0.0 if left.article == right.article else self.stories.alike(left.article, right.article)
        return pair_features(left, right, Texts(self.rarity, self.around_rarity, story), self.words)

    def excluded(self, left: Profile, right: Profile) -> bool:
        """Return whether two claims cannot be one event, however alike their words.

        Another day, place, flight, person or direction makes another event; one such contradiction is let pass where
        the sentences are nearly the same.
        """
        if self._apart(left, right):
            return True
        where, days, number = self.where(left, right) < 0, self._days_off(left, right), self._number_off(left, right)
        if days > _CONTRADICTED_DAYS or self._ends_off(left, right) + (days > 1) + number > 1:
            return True
        if (days > 1 or self._unpinned(left, right)) and not self._stands_out(left, right):
            return True
        if where:
            return days > 0 or is_reversed(left, right) or not self._very_alike(left, right)
        return False

    def _apart(self, left: Profile, right: Profile) -> bool:
        """Return whether kinds of words, names or numbers tell two events apart."""
        if left.rule in right.not_with or right.rule in left.not_with or self.follow_on(left, right):
            return True
        if left.long_ago != right.long_ago and not (left.when and right.when):
            return True
        for one, other in ((left.flights, right.flights), (left.ordinals, right.ordinals)):
            if one and other and not one & other:
                return True
        if left.agent and right.agent and agents_differ(left.agent, right.agent):
            return True
        if self._is_earlier(left, right) or self._one_and_many(left, right):
            return True
        if self._is_stop(left, right) or self._movers_differ(left, right):
            return True
        return self._is_plan(left, right) or self._is_ban(left, right)

    def _one_and_many(self, left: Profile, right: Profile) -> bool:
        """Return whether one person moves in one claim, and several in the other: *a reporter*, *two guards*."""
        for one, other in ((left, right), (right, left)):
            several = other.quantity is not None and other.quantity.low >= 2 and not other.quantity.unit
            if (
                several
                and one.quantity is None
                and _is_single(one)
                and self.moves_people(one)
                and self.moves_people(other)
            ):
                return True
        return False

    def _is_earlier(self, left: Profile, right: Profile) -> bool:
        """Return whether one claim tells of *an earlier convoy*, and the other of the news of that day or later."""
        if left.earlier == right.earlier or (left.when and right.when):
            return False
        one, other = (left, right) if left.earlier else (right, left)
        if one.article == other.article:
            return True
        return other.when is None and one.day is not None and other.day is not None and one.day <= other.day

    def _is_plan(self, left: Profile, right: Profile) -> bool:
        """Return whether one article says what has been, and in other words what is still to come."""
        if left.article != right.article or left.claim.predicate == right.claim.predicate:
            return False
        statuses = {left.claim.status, right.claim.status}
        return (
            "prospective" in statuses
            and bool(statuses & {"asserted", "hedged"})
            and not (left.headline or right.headline)
        )

    def _is_ban(self, left: Profile, right: Profile) -> bool:
        """Return whether one claim tells what is forbidden to whomever, and the other somebody's movement."""
        if (left.claim.status == "barred") == (right.claim.status == "barred"):
            return False
        return not movers_meet(left, right) and self.who(left, right) < _SAME_NOUN

    def _is_stop(self, left: Profile, right: Profile) -> bool:
        """Return whether one claim tells of a stop on a way alone, and the other of the way or of another stop."""
        for one, other in ((left, right), (right, left)):
            if one.via is None or one.destination or one.origin or not (other.origin or other.destination):
                continue
            if not any(spot and spots_agree(one.via, spot) for spot in (other.via, other.destination)):
                return True
        return False

    def _movers_differ(self, left: Profile, right: Profile) -> bool:
        """Return whether two persons or ships bear other names, or two loads are other things."""
        one, other = left.theme, right.theme
        if one is None or other is None:
            return False
        if one.heads and other.heads and not (one.names or other.names or left.vehicle or right.vehicle):
            goods = not is_people(one, self.words) and not is_people(other, self.words)
            if goods and not same_nouns(one, other, self.words) and not one.words & other.words - left.numbers:
                nearby = one.heads & (right.context | right.around) or other.heads & (left.context | left.around)
                return not nearby and tell_apart(one, other, self.words) and not (one.countries or other.countries)
        if not one.own or not other.own:
            return False
        if movers_meet(left, right):
            return False
        if one.person and other.person:
            return True
        return same_nouns(one, other, self.words) and not same_words(left, right, self.words)

    def _days_off(self, left: Profile, right: Profile) -> int:
        """Return by how many days two claims' times differ; what happens at night is dated by either day."""
        if left.when and right.when:
            gap = left.when.gap(right.when)
            return gap if gap > 1 else 0
        if left.weekday and right.weekday and left.weekday != right.weekday:
            return _CONTRADICTED_DAYS
        apart = left.article != right.article
        if apart and left.day is not None and right.day is not None:
            window = self.words.limits.window
            for one, other, day in ((left, right, right.day), (right, left, left.day)):
                if one.when is None or other.when is not None:
                    continue
                planned = (one.claim.status == "prospective") + (other.claim.status == "prospective")
                if one.when.first > day + 1 and planned < 2:
                    return _CONTRADICTED_DAYS + (one.claim.status == "prospective")  # what is to come has not been
                if one.when.last < day - window and one.claim.status != "prospective":
                    return _CONTRADICTED_DAYS + 1
        return 0

    def _unpinned(self, left: Profile, right: Profile) -> bool:
        """Return whether nothing tells that it was the same time: ships reach ports all the time."""
        if left.article == right.article or (left.told and right.told) or same_words(left, right, self.words):
            return False
        if left.weekday and left.weekday == right.weekday:
            return False
        if left.day is None or right.day is None:
            names = self.stories.names
            return len(names[left.article] & names[right.article]) < _SHARED
        if abs(left.day - right.day) <= self.words.limits.fresh_days:
            return False
        if self.who(left, right) <= _UNKNOWN:
            return True  # *it* may be any missile that fell into the sea
        return len((left.context | left.around) & (right.context | right.around)) < _SHARED

    def _ends_off(self, left: Profile, right: Profile) -> int:
        """Return how many ends of the way are known to be others, 1 where the direction is."""
        ends = ((left.origin, right.origin), (left.destination, right.destination))
        off = sum(bool(one and other and spots_agree(one, other) is False) for one, other in ends)
        return max(off, self.where(left, right) < 0)

    def _number_off(self, left: Profile, right: Profile) -> bool:
        one, other = left.quantity, right.quantity
        return bool(one and other and not compatible(one, other))

    def _very_alike(self, left: Profile, right: Profile) -> bool:
        """Return whether one end of the way may be told differently, since all else is alike."""
        if same_words(left, right, self.words):
            return True
        alike = self.who(left, right) >= _SAME_NOUN and not same_sentence(left, right)
        return alike and weighted_overlap(left.context, right.context, self.rarity) >= _VERY_ALIKE

    def _stands_out(self, left: Profile, right: Profile) -> bool:
        """Return whether so much is the same that one event may be told of two days: a name, a number, both ends."""
        one, other = left.quantity, right.quantity
        if one and other and one.low >= _MANY and (one.low, one.high, one.unit) == (other.low, other.high, other.unit):
            return True
        if movers_meet(left, right):
            return True
        ends = ((left.origin, right.origin), (left.destination, right.destination))
        return all(one and other and spots_agree(one, other) for one, other in ends)

    def conflicts(self, left: Profile, right: Profile) -> bool:
        """Return whether two claims of one article cannot be one event: other movers, other places, other times."""
        if self._apart(left, right) or min(self.who(left, right), self.where(left, right)) < 0:
            return True
        return bool(left.when and right.when and left.when.gap(right.when) > _DAYS_OFF)

    def follow_on(self, left: Profile, right: Profile) -> bool:
        """Return whether people go somewhere themselves, and are then taken on: into a country, and to its capital."""
        if left.destination is None or right.destination is None or same_spot(left.destination, right.destination):
            return False
        for one, other in ((left, right), (right, left)):
            goes = one.claim.what is None and one.way == "go"
            taken = other.claim.what is not None and other.way == "send"
            if goes and taken and self.moves_people(other):
                return True
        return False

    def strays(self, left: Profile, right: Profile) -> bool:
        """Return whether an end of the way is another, or not known to be the same."""
        ends = ((left.origin, right.origin), (left.destination, right.destination))
        if any(one and other and may_stray(one, other) for one, other in ends):
            return True
        return left.via is not None and not any(
            spot and spots_agree(left.via, spot) for spot in (right.via, right.destination)
        )

    def bond(self, left: Profile, right: Profile) -> float:
        """Return how much of who, whence, whither and how two claims of one article share."""
        return self.who(left, right) + self.where(left, right) + self.one_way(left, right)

    def one_way(self, left: Profile, right: Profile) -> bool:
        """Return whether two claims without a place in common may tell one way: not a leaving and an arriving."""
        one, other = left.way, right.way
        if None in (one, other):
            return left.claim.predicate == right.claim.predicate
        return one == other or ("back" not in (one, other) and bool({"send", "go"} & {one, other}))

    def moves_people(self, profile: Profile) -> bool:
        """Return whether people go, or are moved."""
        return profile.theme is not None and is_people(profile.theme, self.words)

    def who(self, left: Profile, right: Profile) -> int:
        """Return how surely one party moves in both, from -1 (two parties) over 0 (unknown) to 3 (one name)."""
        if movers_meet(left, right):
            return _SAME_NAME
        if left.agent and right.agent and agents_differ(left.agent, right.agent):
            return _OTHER
        one, other = left.theme, right.theme
        if one is None or other is None or one.is_empty or other.is_empty:
            pairs = [(a, b) for a in left.movers for b in right.movers]
        else:
            pairs = [(one, other)]
            if self._two_parties(one, other):
                return _OTHER
        if any(a.heads & b.heads for a, b in pairs):
            return _SAME_NOUN
        met = any(same_nouns(a, b, self.words) or a.countries & b.countries for a, b in pairs)
        return _ALIKE if met else _UNKNOWN

    def _two_parties(self, left: Party, right: Party) -> bool:
        if left.own and right.own and ((left.person and right.person) or same_nouns(left, right, self.words)):
            return True
        if left.countries and right.countries and not left.countries & right.countries:
            return True
        if (
            left.heads
            and right.heads
            and not same_nouns(left, right, self.words)
            and not left.countries & right.countries
        ):
            return is_people(left, self.words) != is_people(right, self.words) or tell_apart(left, right, self.words)
        return False

    def where(self, left: Profile, right: Profile) -> int:
        """Return how many ends of the way are the same, below 0 where one is another place or the direction is."""
        points = 0
        for one, other in ((left.origin, right.origin), (left.destination, right.destination)):
            if one and other:
                agreed = spots_agree(one, other)
                if agreed is False:
                    return -1
                points += bool(agreed)
        if not (left.destination and right.destination):
            crossed = ((left.via, right.destination), (left.destination, right.via), (left.via, right.via))
            points += any(one and other and spots_agree(one, other) for one, other in crossed)
        return -1 if points == 0 and is_reversed(left, right) else points


def _is_single(profile: Profile) -> bool:
    """Return whether who moves is one of some kind: *a reporter*."""
    span = profile.claim.what or profile.claim.who
    return (
        span is not None
        and span.text.lower().startswith(("a ", "an "))
        and profile.theme is not None
        and len(profile.theme.heads) == 1
    )


def make_scorer(profiles: Sequence[Profile], articles: Sequence[Article]) -> Scorer:
    """Return a scorer for these profiles of the articles' claims."""
    names = [article_names(article) for article in articles]
    return Scorer(
        words=vocabulary(),
        rarity=_rarity([profile.context for profile in profiles]),
        around_rarity=_rarity([profile.context | profile.around for profile in profiles]),
        stories=Stories(names, _rarity(names)),
    )


def _rarity(texts: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return the weight of each word: the logarithm of the inverse share of the texts that hold it."""
    counts: Counter[str] = Counter(word for text in texts for word in text)
    return {word: math.log(1 + (len(texts) + 1) / count) for word, count in counts.items()}
