"""How likely two claims are one event, and what cannot be one whatever else speaks for it."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from claimx.compare.features import Features, pair_features, pins_down, weighted_overlap
from claimx.compare.pairs import SAME_NOUN, UNKNOWN, Pair
from claimx.compare.parties import Party, apart, other_nouns, same_nouns, tell_apart
from claimx.compare.profiles import Profile, article_names
from claimx.compare.spots import same_spot, spots_agree
from claimx.compare.vocabulary import Identity, vocabulary
from claimx.records import Article

APART = -3.0
"""The log-odds of what cannot be one event as it was read: a misreading does not outweigh many that agree."""

_VERY_ALIKE = 0.5  # two sentences that tell one event, in spite of a contradiction
_DAYS_OFF = 2  # between the times of claims of one article, beyond which they are of two events
_CONTRADICTED_DAYS = 3  # between the times that sentences alike give for one event
_SHARED = 8  # names of articles without a date, or words around claims of other days, from which they tell one story
_MANY = 5  # from which one number for two things says that they are one


@dataclass(frozen=True, slots=True)
class Scorer:
    """What scoring needs besides the pair: what features weigh, how rare words and names are, the articles' names."""

    identity: Identity
    rarity: Mapping[str, float]
    around_rarity: Mapping[str, float]
    names: Sequence[frozenset[str]]
    names_rarity: Mapping[str, float]
    members: Mapping[int, Sequence[int]]
    """The numbers of each article's profiles."""
    stories: dict[tuple[int, int], float] = field(default_factory=dict)
    """How alike two articles are by the names in them, as far as it was asked."""

    def score(self, pair: Pair) -> float:
        """Return the log-odds of a pair of being one event; `APART` where it cannot be."""
        if self.excluded(pair):
            return APART
        weights = self.identity.weights
        return self.identity.bias + sum(weights.get(name, 0.0) * value for name, value in self.features(pair).items())

    def features(self, pair: Pair) -> Features:
        """Return what speaks for and against one event."""
        one, other = sorted((pair.left.article, pair.right.article))
        if (one, other) not in self.stories:
            self.stories[one, other] = weighted_overlap(self.names[one], self.names[other], self.names_rarity)
        return pair_features(pair, self.rarity, self.around_rarity, self.stories[one, other])

    def pins_down(self, pair: Pair) -> bool:
        """Return whether a pair can be one event and shares what tells it from others of its kind."""
        return not self.excluded(pair) and pins_down(self.features(pair))

    def excluded(self, pair: Pair) -> bool:
        """Return whether two claims cannot be one event, however alike their words.

        Another day, place, flight, person or direction makes another event; one such contradiction is let pass where
        the sentences are nearly the same.
        """
        if _apart(pair):
            return True
        off = sum(spots_agree(one, other) is False for one, other in pair.ends)
        elsewhere, days = pair.where < 0, _days_off(pair)
        if days > _CONTRADICTED_DAYS or max(off, elsewhere) + (days > 1) + pair.numbers_differ > 1:
            return True
        if (days > 1 or self._unpinned(pair)) and not _stands_out(pair):
            return True
        return elsewhere and (days > 0 or pair.is_reversed or not self._very_alike(pair))

    def _unpinned(self, pair: Pair) -> bool:
        """Return whether nothing tells that it was the same time: ships reach ports all the time."""
        left, right = pair.left, pair.right
        if pair.same_article or (left.told and right.told) or pair.same_words:
            return False
        if left.weekday and left.weekday == right.weekday:
            return False
        if left.day is None or right.day is None:
            return len(self.names[left.article] & self.names[right.article]) < _SHARED
        if abs(left.day - right.day) <= vocabulary().limits.fresh_days:
            return False
        if pair.who <= UNKNOWN:
            return True  # *it* may be any missile that fell into the sea
        return len((left.context | left.around) & (right.context | right.around)) < _SHARED

    def _very_alike(self, pair: Pair) -> bool:
        """Return whether one end of the way may be told differently, since all else is alike."""
        if pair.same_words:
            return True
        alike = pair.who >= SAME_NOUN and not pair.same_sentence
        return alike and weighted_overlap(pair.left.context, pair.right.context, self.rarity) >= _VERY_ALIKE


def conflict(pair: Pair) -> bool:
    """Return whether two claims of one article cannot be one event: other movers, other places, other times."""
    left, right = pair.left, pair.right
    if _apart(pair) or pair.who < 0 or pair.where < 0:
        return True
    return bool(left.when and right.when and left.when.gap(right.when) > _DAYS_OFF)


def _apart(pair: Pair) -> bool:
    """Return whether kinds of words, names or numbers tell two events apart."""
    left, right = pair.left, pair.right
    return (
        (left.long_ago != right.long_ago and not (left.when and right.when))
        or (left.habitual != right.habitual and not pair.same_words)
        or _other_count(pair)
        or left.rule in right.not_with
        or right.rule in left.not_with
        or apart(left.flights, right.flights)
        or apart(left.ordinals, right.ordinals)
        or pair.agents_differ
        or any(_follows(*claims) or _one_of_many(*claims) or _is_stop(*claims) for claims in pair.both)
        or _is_earlier(pair)
        or _movers_differ(pair)
        or _is_plan(pair)
        or _is_ban(pair)
    )


def _other_count(pair: Pair) -> bool:
    """Return whether two numbers are of two groups: of others, many times the other, or of a further one."""
    return (pair.numbers_differ and pair.who <= UNKNOWN) or (pair.numbers_apart and not pair.same_words)


def _follows(one: Profile, other: Profile) -> bool:
    """Return whether people go somewhere themselves, and are then taken on: into a country, and to its capital."""
    if one.destination is None or other.destination is None or same_spot(one.destination, other.destination):
        return False
    goes = one.claim.what is None and one.way == "go"
    return goes and other.claim.what is not None and other.way == "send" and other.moves_people


def _one_of_many(one: Profile, other: Profile) -> bool:
    """Return whether one person moves in one claim, and several in the other: *a reporter*, *two guards*."""
    several = other.quantity is not None and other.quantity.low >= 2 and not other.quantity.unit
    span = one.claim.what or one.claim.who
    single = span is not None and span.text.lower().startswith(("a ", "an ")) and one.quantity is None
    if not (several and single and one.theme and len(one.theme.heads) == 1):
        return False
    return one.moves_people and other.moves_people


def _is_earlier(pair: Pair) -> bool:
    """Return whether one claim tells of *an earlier convoy*, and the other of the news of that day or later."""
    left, right = pair.left, pair.right
    if left.earlier == right.earlier or (left.when and right.when):
        return False
    one, other = (left, right) if left.earlier else (right, left)
    if pair.same_article:
        return True
    return other.when is None and one.day is not None and other.day is not None and one.day <= other.day


def _is_plan(pair: Pair) -> bool:
    """Return whether one article says what has been, and in other words what is still to come."""
    left, right = pair.left, pair.right
    if not pair.same_article or left.claim.predicate == right.claim.predicate or left.headline or right.headline:
        return False
    return "prospective" in pair.statuses and not pair.statuses.isdisjoint(("asserted", "hedged"))


def _is_ban(pair: Pair) -> bool:
    """Return whether one claim tells what is forbidden to whomever, and the other somebody's movement."""
    return "barred" in pair.statuses and len(pair.statuses) > 1 and pair.who < SAME_NOUN


def _is_stop(one: Profile, other: Profile) -> bool:
    """Return whether one claim tells of a stop on a way alone, and the other of the way or of another stop."""
    if one.via is None or one.destination or one.origin or not (other.origin or other.destination):
        return False
    return not any(spot and spots_agree(one.via, spot) for spot in (other.via, other.destination))


def _movers_differ(pair: Pair) -> bool:
    """Return whether two persons or ships bear other names, or two loads are other things."""
    one, other = pair.left.theme, pair.right.theme
    if one is None or other is None:
        return False
    if one.own and other.own and not pair.movers_meet:
        return (one.person and other.person) or (same_nouns(one, other) and not pair.same_words)
    return _other_loads(pair, one, other)


def _other_loads(pair: Pair, one: Party, other: Party) -> bool:
    """Return whether two loads are other things, with nothing named about them, and neither stands beside the other."""
    left, right = pair.left, pair.right
    named = any((one.names, other.names, one.countries, other.countries, left.vehicle, right.vehicle))
    if named or one.is_people or other.is_people or one.words & other.words - left.numbers:
        return False
    beside = one.heads & (right.context | right.around) or other.heads & (left.context | left.around)
    return not beside and other_nouns(one, other) and tell_apart(one, other)


def _days_off(pair: Pair) -> int:
    """Return by how many days two claims' times differ; what happens at night is dated by either day."""
    left, right = pair.left, pair.right
    if left.when and right.when:
        gap = left.when.gap(right.when)
        return gap if gap > 1 else 0
    if left.weekday and right.weekday and left.weekday != right.weekday:
        return _CONTRADICTED_DAYS
    if pair.same_article or left.day is None or right.day is None:
        return 0
    for one, other, day in ((left, right, right.day), (right, left, left.day)):
        if one.when is None or other.when is not None:
            continue
        planned = one.claim.status == "prospective"
        if one.when.first > day + 1 and not (planned and other.claim.status == "prospective"):
            return _CONTRADICTED_DAYS + planned  # what is to come has not been
        if one.when.last < day - vocabulary().limits.window and not planned:
            return _CONTRADICTED_DAYS + 1
    return 0


def _stands_out(pair: Pair) -> bool:
    """Return whether so much is the same that one event may be told of two days: a name, a number, both ends."""
    one, other = pair.left.quantity, pair.right.quantity
    if one and other and one.low >= _MANY and (one.low, one.high, one.unit) == (other.low, other.high, other.unit):
        return True
    return pair.movers_meet or (len(pair.ends) == 2 and all(spots_agree(one, other) for one, other in pair.ends))


def make_scorer(profiles: Sequence[Profile], articles: Sequence[Article]) -> Scorer:
    """Return a scorer for these profiles of the articles' claims."""
    names = [article_names(article) for article in articles]
    members: defaultdict[int, list[int]] = defaultdict(list)
    for profile in profiles:
        members[profile.article].append(profile.number)
    return Scorer(
        identity=vocabulary().identity,
        rarity=_rarity([profile.context for profile in profiles]),
        around_rarity=_rarity([profile.context | profile.around for profile in profiles]),
        names=names,
        names_rarity=_rarity(names),
        members=members,
    )


def _rarity(texts: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return the weight of each word: the logarithm of the inverse share of the texts that hold it."""
    counts = Counter(word for text in texts for word in text)
    return {word: math.log(1 + (len(texts) + 1) / count) for word, count in counts.items()}
