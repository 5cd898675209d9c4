"""Two claims held against each other: what of who, whence, whither and how they share."""

from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from claimx.compare.parties import Party, agents_differ, names_meet, other_nouns, same_nouns, tell_apart
from claimx.compare.profiles import Profile
from claimx.compare.quantities import compatible
from claimx.compare.spots import Spot, may_stray, same_spot, spots_agree
from claimx.compare.vocabulary import vocabulary

SAME_NAME, SAME_NOUN, ALIKE, UNKNOWN, OTHER = 3, 2, 1, 0, -1
"""How surely one party moves in both claims."""


@dataclass(frozen=True)  # without slots, since it keeps what it is asked again and again
class Pair:
    """Two claims; nothing of what it says depends on which of them is `left`, but for `strays`, `in_order`."""

    left: Profile
    right: Profile

    @cached_property
    def both(self) -> tuple[tuple[Profile, Profile], tuple[Profile, Profile]]:
        """The claims either way round."""
        return (self.left, self.right), (self.right, self.left)

    @cached_property
    def same_article(self) -> bool:
        """Whether one article makes both claims."""
        return self.left.article == self.right.article

    @cached_property
    def same_sentence(self) -> bool:
        """Whether both stand in one sentence of one article."""
        return self.same_article and self.left.claim.evidence.start == self.right.claim.evidence.start

    @cached_property
    def statuses(self) -> set[str]:
        """The statuses of the claims."""
        return {self.left.claim.status, self.right.claim.status}

    @cached_property
    def movers(self) -> list[tuple[Party, Party]]:
        """Whoever moves in the one claim beside whoever moves in the other, as far as they are named."""
        return [(one, other) for one in self.left.movers for other in self.right.movers]

    @cached_property
    def themes(self) -> list[tuple[Party, Party]]:
        """What moves in the one claim beside what moves in the other, vehicles aside, where both name it."""
        one, other = self.left.theme, self.right.theme
        return [(one, other)] if one and other and not (one.is_empty or other.is_empty) else []

    @cached_property
    def movers_meet(self) -> bool:
        """Whether somebody or something named moves in both."""
        return any(names_meet(one.names, other.names) for one, other in self.movers)

    @cached_property
    def same_words(self) -> bool:
        """Whether one sentence was copied from the other."""
        return self.is_copied(vocabulary().limits.same_words_ratio)

    def is_copied(self, ratio: float) -> bool:
        """Return whether the claims, by one trigger, stand in sentences alike by at least `ratio` (0-100)."""
        left, right = self.left, self.right
        if left.claim.predicate != right.claim.predicate or left.claim.trigger.text != right.claim.trigger.text:
            return False
        return fuzz.ratio(left.sentence, right.sentence) >= ratio

    @cached_property
    def ends(self) -> list[tuple[Spot, Spot]]:
        """The ends of the way that both claims tell: whence and whence, whither and whither."""
        left, right = self.left, self.right
        ends = ((left.origin, right.origin), (left.destination, right.destination))
        return [(one, other) for one, other in ends if one and other]

    @cached_property
    def stops(self) -> list[tuple[Spot, Spot]]:
        """Places on the way beside others on it or its end, where not both claims say whither."""
        left, right = self.left, self.right
        if left.destination and right.destination:
            return []
        stops = ((left.via, right.destination), (left.destination, right.via), (left.via, right.via))
        return [(one, other) for one, other in stops if one and other]

    @cached_property
    def is_reversed(self) -> bool:
        """Whether one claim comes from where the other goes to."""
        ends = ((one.origin, other.destination) for one, other in self.both)
        return any(one and other and same_spot(one, other) for one, other in ends)

    @cached_property
    def where(self) -> int:
        """How many ends of the way are the same, below 0 where one is another place or the direction is."""
        agreed = [spots_agree(one, other) for one, other in self.ends]
        if False in agreed:
            return -1
        points = agreed.count(True) + any(spots_agree(one, other) for one, other in self.stops)
        return -1 if points == 0 and self.is_reversed else points

    @property
    def strays(self) -> bool:
        """Whether an end of the way is another, or not known to be the same, or the left one's stop is none here."""
        if any(may_stray(one, other) for one, other in self.ends):
            return True
        via, here = self.left.via, (self.right.via, self.right.destination)
        return via is not None and not any(spot and spots_agree(via, spot) for spot in here)

    @cached_property
    def who(self) -> int:
        """How surely one party moves in both, from -1 (two parties) over 0 (unknown) to 3 (one name)."""
        if self.movers_meet:
            return SAME_NAME
        if self.agents_differ:
            return OTHER
        if any(_two_parties(one, other) for one, other in self.themes):
            return OTHER
        pairs = self.themes or self.movers
        if any(one.heads & other.heads for one, other in pairs):
            return SAME_NOUN
        met = any(same_nouns(one, other) or one.countries & other.countries for one, other in pairs)
        return ALIKE if met else UNKNOWN

    @property
    def agents_differ(self) -> bool:
        """Whether others are known to have moved somebody or something."""
        one, other = self.left.agent, self.right.agent
        return bool(one and other and (agents_differ(one, other) or self._named_apart(one, other)))

    def _named_apart(self, one: Party, other: Party) -> bool:
        """Return whether two that go by names of no country have none in common, nor is one named beside the other."""
        if not (one.own and other.own) or one.countries or other.countries or self.movers_meet:
            return False
        left, right = self.left.named | one.names, self.right.named | other.names
        return not (names_meet(one.names, right) or names_meet(other.names, left))

    @property
    def numbers_differ(self) -> bool:
        """Whether two numbers are told that cannot be one."""
        one, other = self.left.quantity, self.right.quantity
        return bool(one and other and not compatible(one, other))

    @property
    def numbers_apart(self) -> bool:
        """Whether two numbers cannot be counts of one group: many times the other, or one of *another 2,000*."""
        one, other = self.left.quantity, self.right.quantity
        if one is None or other is None or compatible(one, other):
            return False
        few, many = sorted((one, other), key=lambda quantity: quantity.low)
        further = vocabulary().words.further
        added = [not further.isdisjoint(quantity.text.lower().split()) for quantity in (one, other)]
        limits = vocabulary().limits
        far = few.high is not None and few.low >= limits.many and many.low >= few.high * limits.times
        return far or any(added)

    @property
    def in_order(self) -> bool:
        """Whether the left claim is of an earlier day."""
        one, other = self.left.day, self.right.day
        return one is not None and other is not None and one < other

    @property
    def same_thing(self) -> bool:
        """Whether what moves goes by the same nouns."""
        one, other = self.left.theme, self.right.theme
        return bool(one and other and one.heads and one.heads == other.heads)

    @property
    def one_way(self) -> bool:
        """Whether two claims without a place in common may tell one way: not a leaving and an arriving."""
        one, other = self.left.way, self.right.way
        if None in (one, other):
            return self.left.claim.predicate == self.right.claim.predicate
        return one == other or ("back" not in (one, other) and bool({"send", "go"} & {one, other}))


def _two_parties(left: Party, right: Party) -> bool:
    if left.own and right.own and ((left.person and right.person) or same_nouns(left, right)):
        return True
    if left.countries and right.countries:
        return left.countries.isdisjoint(right.countries)
    return other_nouns(left, right) and (left.is_people != right.is_people or tell_apart(left, right))
