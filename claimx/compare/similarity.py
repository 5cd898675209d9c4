"""How much speaks for two claims being one event, in points, and where two readings cannot both be so."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from claimx.compare.periods import Period
from claimx.compare.profiles import Party, Profile, Spot, article_names
from claimx.compare.quantities import compatible
from claimx.compare.spots import may_stray, same_spot, spots_agree
from claimx.compare.vocabulary import Vocabulary, Weights, vocabulary
from claimx.records import Article

_VERY_ALIKE = 0.5  # two sentences that tell one event, in spite of a contradiction
_DAYS_OFF = 2  # between the times of claims of one article, beyond which they are of two events


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
    stories: "Stories"

    def score(self, left: Profile, right: Profile) -> float:
        """Return the points of a pair; above the threshold of the vocabulary it may be one event."""
        weights = self.words.weights
        where = self.where(left, right)  # first what is cheap and tells most pairs apart
        when = self._when(left, right)
        if where <= weights.other_place or when <= weights.apart_longer:
            return weights.never
        number = self._number(left, right)
        if (where < 0) + (when <= weights.apart_days) + (number <= weights.other_number) > 1:
            return weights.never  # an event may be told with one contradiction; two make it another
        if when <= weights.apart_days and not self._stands_out(left, right, number):
            return weights.never
        who = self.who(left, right)
        if who <= weights.never or self.follow_on(left, right):
            return weights.never
        same_words = who >= 0 and self._same_words(left, right)
        same_sentence = left.article == right.article and left.claim.evidence.start == right.claim.evidence.start
        # that two claims stand in one sentence says nothing for their being one
        context = 0.0 if same_sentence else weighted_overlap(left.context, right.context, self.rarity)
        if where < 0:
            # one end of the way is another: a contradiction, where all else is alike, and else another event
            alike = same_words or (who >= weights.head and context >= _VERY_ALIKE)
            if not alike or when < weights.same_days:
                return weights.never
        else:
            known = _enough(who, where, context, weights) and not self._unpinned(left, right, number)
            if not (same_words or known or self._meet(left, right, where, when)):
                return weights.never if who < 0 else weights.too_little
        points = who + where + weights.context * context + self.kind(left, right)
        points += when + number
        if left.article == right.article:
            points += weights.same_article
            if same_sentence:
                points += weights.same_sentence
        else:
            points += weights.story * self.stories.alike(left.article, right.article)
        return points + (weights.same_words if same_words else 0.0)

    def _stands_out(self, left: Profile, right: Profile, number: float) -> bool:
        """Return whether so much is the same that one event may be told of two days: a name, a number, both ends."""
        if number >= self.words.weights.same_number:
            return True
        if any(_names_meet(one.names, other.names) for one in left.movers for other in right.movers):
            return True
        ends = ((left.origin, right.origin), (left.destination, right.destination))
        return all(one and other and spots_agree(one, other) for one, other in ends)

    def _unpinned(self, left: Profile, right: Profile, number: float) -> bool:
        """Return whether nothing tells when, nor exactly who or which way: ships reach ports all the time."""
        if left.article == right.article or (left.when and right.when):
            return False
        days = None if left.day is None or right.day is None else abs(left.day - right.day)
        if days is not None and days <= self.words.limits.fresh_days:
            return False  # what two papers tell within days is likely news of these days
        return not self._stands_out(left, right, number)

    def _meet(self, left: Profile, right: Profile, where: float, when: float) -> bool:
        """Return whether claims, one of which does not say who moves, tell one coming or going at a place and time."""
        weights = self.words.weights
        unsaid = not (left.movers and right.movers) and left.article != right.article
        return unsaid and where >= weights.place and when >= weights.same_days and self.kind(left, right) > 0

    def conflicts(self, left: Profile, right: Profile) -> bool:
        """Return whether two claims cannot be one event: other movers, other places, other times."""
        if min(self.who(left, right), self.where(left, right)) < 0 or (left.rule, right.rule) in self.words.opposites:
            return True
        if self.follow_on(left, right):
            return True
        return bool(left.when and right.when and left.when.gap(right.when) > _DAYS_OFF)

    def follow_on(self, left: Profile, right: Profile) -> bool:
        """Return whether people go somewhere themselves, and are then taken on: into a country, and to its capital."""
        if left.destination is None or right.destination is None or same_spot(left.destination, right.destination):
            return False
        for one, other in ((left, right), (right, left)):
            goes = one.claim.what is None and self._kind_of(one) == "go"
            if goes and other.claim.what is not None and self._kind_of(other) == "send" and self.moves_people(other):
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
        """Return the points for who, whence, whither and how, all that two claims of one article share."""
        return self.who(left, right) + self.where(left, right) + self.kind(left, right)

    def one_way(self, left: Profile, right: Profile) -> bool:
        """Return whether two claims without a place in common may tell one way: not a leaving and an arriving."""
        one, other = self._kind_of(left), self._kind_of(right)
        if None in (one, other):
            return left.claim.predicate == right.claim.predicate
        return one == other or ("back" not in (one, other) and bool({"send", "go"} & {one, other}))

    def _kind_of(self, profile: Profile) -> str | None:
        """Return the class of a claim's words; to return somebody or something is to send."""
        kind = self.words.kinds.get(profile.rule)
        return "send" if kind == "back" and profile.claim.what is not None else kind

    def moves_people(self, profile: Profile) -> bool:
        """Return whether people go, or are moved."""
        return profile.theme is not None and self._of_people(profile.theme)

    def counts_alike(self, left: Profile, right: Profile) -> bool:
        """Return whether the things that move go by one noun or by nouns for one thing, so that numbers compare."""
        return left.theme is not None and right.theme is not None and self._same_nouns(left.theme, right.theme)

    def _same_nouns(self, left: Party, right: Party) -> bool:
        return bool(left.heads & right.heads) or any(self._alike(a, b) for a in left.heads for b in right.heads)

    def _same_words(self, left: Profile, right: Profile) -> bool:
        """Return whether one sentence was copied from the other."""
        if left.claim.predicate != right.claim.predicate or left.claim.trigger.text != right.claim.trigger.text:
            return False
        return fuzz.ratio(left.sentence, right.sentence) >= self.words.limits.same_words_ratio

    def who(self, left: Profile, right: Profile) -> float:
        """Return the points for who moves, and what."""
        best = self._movers(left, right)
        if best <= self.words.weights.never:
            return best
        if left.agent and right.agent:
            best += self._agents(left.agent, right.agent)
        else:
            crossed = (
                (left.agent, right.theme),
                (right.agent, left.theme),
                (left.vehicle, right.agent),
                (right.vehicle, left.agent),
            )
            best += max((self._agents(one, other) for one, other in crossed if one and other), default=0.0) / 2
        return best

    def _movers(self, left: Profile, right: Profile) -> float:
        """Return the points for what is moved or goes; the means of transport may be it, but need not."""
        weights = self.words.weights
        if any(_names_meet(one.names, other.names) for one in left.movers for other in right.movers):
            return weights.name
        nearby = self._named_nearby(left, right)
        if not (left.movers and right.movers):
            return nearby
        themes = [party if party and not party.is_empty else None for party in (left.theme, right.theme)]
        if themes[0] and themes[1]:
            points = self._parties(themes[0], themes[1])
        else:
            points = max(0.0, *(self._parties(one, other) for one in left.movers for other in right.movers))
        if points >= 0 and left.vehicle and right.vehicle and self._same_nouns(left.vehicle, right.vehicle):
            points += weights.vehicle
        return points + nearby if points >= 0 else points

    def _named_nearby(self, left: Profile, right: Profile) -> float:
        """Return the points where a name that one claim moves, or that stands beside, is in the other's sentence."""
        for one, other in ((left, right), (right, left)):
            names = {name for party in one.movers for name in party.names} or one.named
            if not any(party.names for party in other.movers) and _names_meet(frozenset(names), other.named):
                return self.words.weights.named_nearby
        return 0.0

    def _parties(self, left: Party, right: Party) -> float:
        """Return the points of two parties that move, or are moved."""
        weights = self.words.weights
        if left.names and right.names and not _names_meet(left.names, right.names):
            if left.person and right.person:
                return weights.other_name
            if self._same_nouns(left, right):
                return weights.other_thing
        points = 0.0
        if left.heads & right.heads:
            points = weights.head * self._share(left, right)
        elif any(self._alike(one, other) for one in left.heads for other in right.heads):
            points = weights.alike * self._share(left, right)
        elif left.countries & right.countries:
            points = weights.alike
        elif left.heads and right.heads:
            if self._of_people(left) != self._of_people(right):
                points = weights.other_class
            else:
                points = weights.other_head if self._tell_apart(left, right) else weights.same_class
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

    def _share(self, left: Party, right: Party) -> float:
        """Return how much of two lists of things is in both, from 0.5 to 1: *aircraft, personnel and weapons*."""
        shares = [
            sum(any(head == mine or self._alike(head, mine) for head in others.heads) for mine in own.heads)
            / len(own.heads)
            for own, others in ((left, right), (right, left))
        ]
        return (1 + min(shares)) / 2

    def _alike(self, left: str, right: str) -> bool:
        none: frozenset[str] = frozenset()
        return bool(self.words.alike.get(left, none) & self.words.alike.get(right, none))

    def _tell_apart(self, left: Party, right: Party) -> bool:
        """Return whether other nouns are other things: none is wide, nor is one the ship of the other."""
        words = self.words
        carried = [
            any(words.alike.get(head, frozenset()) & words.words.carriers for head in party.heads)
            for party in (left, right)
        ]
        return carried[0] == carried[1] and not (left.heads | right.heads) & words.words.wide

    def _of_people(self, party: Party) -> bool:
        return party.person or bool(party.heads & self.words.words.people)

    def where(self, left: Profile, right: Profile) -> float:
        """Return the points for whence and whither."""
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
            if gap <= 1:
                return 0.0  # what happens at night is dated by either day
            if gap <= 3:
                return weights.apart_days
            return weights.apart_week if gap <= 10 else weights.apart_longer
        if left.weekday and right.weekday and left.weekday != right.weekday:
            return weights.apart_days
        undated = left.article != right.article and None in (left.day, right.day)
        points = weights.undated if undated else 0.0
        if left.day is not None and right.day is not None:
            points = weights.late_report * max(0, abs(left.day - right.day) - self.words.limits.fresh_days)
            for one, other in ((left, right), (right, left)):
                if one.when and other.day is not None:
                    points += _far_off(one, one.when, other, other.day, weights)
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

    def kind(self, left: Profile, right: Profile) -> float:
        """Return the points for the words of movement."""
        weights = self.words.weights
        if left.claim.predicate == right.claim.predicate:
            return weights.same_kind
        if (left.rule, right.rule) in self.words.opposites:
            return weights.opposite_kind
        one, other = self._kind_of(left), self._kind_of(right)
        if one is None or other is None:
            return 0.0
        if one == other:
            return weights.same_kind
        for denied, kind, told in ((left, one, other), (right, other, one)):
            if denied.claim.status == "negated" and kind == "arrive" and told in ("leave", "send"):
                return weights.opposite_kind  # who has left may well not have arrived
        # *ships left* and *ships were sent* are one; *weapons were withdrawn* and *were sent* more likely two
        return weights.other_kind if left.claim.what and right.claim.what else 0.0


def make_scorer(profiles: Sequence[Profile], articles: Sequence[Article]) -> Scorer:
    """Return a scorer for these profiles of the articles' claims."""
    rarity = _rarity([profile.context for profile in profiles])
    names = [article_names(article) for article in articles]
    return Scorer(words=vocabulary(), rarity=rarity, stories=Stories(names, _rarity(names)))


def _rarity(texts: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return the weight of each word: the logarithm of the inverse share of the texts that hold it."""
    counts: Counter[str] = Counter(word for text in texts for word in text)
    return {word: math.log(1 + (len(texts) + 1) / count) for word, count in counts.items()}


def weighted_overlap(left: frozenset[str], right: frozenset[str], rarity: Mapping[str, float]) -> float:
    """Return how alike two sets of words are, from 0 to 1, rare words counting most (cosine of binary weights)."""
    shared = sum(rarity[word] for word in left & right)
    if not shared:
        return 0.0
    return shared / math.sqrt(sum(rarity[word] for word in left) * sum(rarity[word] for word in right))


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
    if who < 0:
        return False
    if who >= weights.name:
        return where > 0 or context > 0.25
    return who >= weights.alike and (where > 0 or context > 0.4)


def _far_off(dated: Profile, when: Period, other: Profile, day: int, weights: Weights) -> float:
    """Return what it costs that a dated event lies after, or long before, an article that does not date it."""
    if when.first > day + 1:
        if dated.claim.status != "prospective":
            return weights.apart_days
        # what one says is to come, another cannot say has been; what both see coming may be one
        return 0.0 if other.claim.status == "prospective" else weights.apart_week
    if dated.claim.status == "prospective":
        return 0.0
    return weights.apart_week if when.last < day - vocabulary().limits.window else 0.0
