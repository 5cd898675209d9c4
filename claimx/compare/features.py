"""What tells whether two claims are one event, as named numbers; how much each weighs is learned, not said here.

All features are symmetrical, most are 1 where something holds, and what is not there is 0.
"""

import functools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from rapidfuzz import fuzz

from claimx.compare.periods import Period
from claimx.compare.profiles import Party, Profile, Spot
from claimx.compare.quantities import compatible
from claimx.compare.spots import same_spot, spots_agree
from claimx.compare.vocabulary import Feature, Vocabulary, vocabulary
from claimx.compare.wording import alikeness

Features = dict[Feature, float]
FEATURES: tuple[Feature, ...] = get_args(Feature)

_STEM = 4  # letters by which *departure* is found to be of *depart*
_LONG = 7  # days from which a time is too vague to say much
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Texts:
    """How alike the texts around two claims are: `rarity` of words, and `story`, how alike their articles are."""

    rarity: Mapping[str, float]
    around_rarity: Mapping[str, float]
    story: float


def pair_features(left: Profile, right: Profile, texts: Texts, words: Vocabulary) -> Features:
    """Return the features of a pair of claims that are not 0."""
    found: Features = dict(_movers(left, right, words))
    found.update(_agents(left, right))
    found.update(_places(left, right))
    found.update(_days(left, right))
    found.update(_numbers(left, right))
    found.update(_triggers(left, right, words))
    found.update(_words(left, right, texts))
    if same_words(left, right, words):
        found["sentence_copied"] = 1.0
    if left.tellers & right.tellers:
        found["same_teller"] = 1.0
    found.update(_together(found))
    return found


def weighted_overlap(left: frozenset[str], right: frozenset[str], rarity: Mapping[str, float]) -> float:
    """Return how alike two sets of words are, from 0 to 1, rare words counting most (cosine of binary weights)."""
    shared = sum(rarity.get(word, 1.0) for word in left & right)
    if not shared:
        return 0.0
    return shared / math.sqrt(
        sum(rarity.get(word, 1.0) for word in left) * sum(rarity.get(word, 1.0) for word in right)
    )


def names_meet(left: frozenset[str], right: frozenset[str]) -> bool:
    """Return whether two sets of names have one in common, in full or cut short."""
    if left & right:
        return True
    return any(_same_name(one.split(), other.split()) for one in left for other in right)


def _same_name(left: list[str], right: list[str]) -> bool:
    """Return whether one name is the end of the other (*Assad*, *Bashar al-Assad*) or holds it."""
    short, long = sorted((left, right), key=len)
    return len(short[-1]) > 3 and (long[-len(short) :] == short or (len(short) > 1 and set(short) <= set(long)))


def nouns_alike(left: str, right: str, words: Vocabulary) -> bool:
    """Return whether news uses two nouns for one thing."""
    return bool(words.alike.get(left, _NONE) & words.alike.get(right, _NONE))


def same_nouns(left: Party, right: Party, words: Vocabulary) -> bool:
    """Return whether two parties go by one noun or by nouns for one thing."""
    return bool(left.heads & right.heads) or any(
        nouns_alike(one, other, words) for one in left.heads for other in right.heads
    )


def _shared_nouns(left: Party, right: Party, words: Vocabulary) -> float:
    """Return how much of what two parties list is the same: the share of nouns that the other has a noun for."""

    def share(one: Party, other: Party) -> float:
        return sum(any(noun == o or nouns_alike(noun, o, words) for o in other.heads) for noun in one.heads) / len(
            one.heads
        )

    return min(share(left, right), share(right, left))


def is_people(party: Party, words: Vocabulary) -> bool:
    """Return whether a party is people, not goods."""
    return party.person or any(
        head in words.people or (head not in _things() and names_people(head)) for head in party.heads
    )


@functools.lru_cache(maxsize=4096)
def names_people(noun: str) -> bool:
    """Return whether a noun is more like those for people than like those for things, by the listed ones of each."""
    people, things = _listed()
    return alikeness(noun, people) > alikeness(noun, things)


@functools.cache
def _listed() -> tuple[str, str]:
    """Return the nouns listed for people and those listed for things, each as one phrase."""
    return " ".join(sorted(vocabulary().people)), " ".join(sorted(_things()))


@functools.cache
def _things() -> frozenset[str]:
    """Return the nouns listed for things."""
    known = vocabulary()
    carried = frozenset(noun for noun, groups in known.alike.items() if groups & known.words.things)
    return carried - known.people


def same_words(left: Profile, right: Profile, words: Vocabulary) -> bool:
    """Return whether one sentence was copied from the other."""
    return is_copied(left, right, words.limits.same_words_ratio)


def is_copied(left: Profile, right: Profile, ratio: float) -> bool:
    """Return whether two claims by one trigger stand in sentences alike by at least `ratio` (0-100)."""
    if left.claim.predicate != right.claim.predicate or left.claim.trigger.text != right.claim.trigger.text:
        return False
    return fuzz.ratio(left.sentence, right.sentence) >= ratio


def movers_meet(left: Profile, right: Profile) -> bool:
    """Return whether somebody or something named moves in both."""
    return any(names_meet(one.names, other.names) for one in left.movers for other in right.movers)


def same_sentence(left: Profile, right: Profile) -> bool:
    """Return whether two claims stand in one sentence of one article."""
    return left.article == right.article and left.claim.evidence.start == right.claim.evidence.start


def _movers(left: Profile, right: Profile, words: Vocabulary) -> Iterator[tuple[Feature, float]]:
    pairs = [(one, other) for one in left.movers for other in right.movers]
    if not pairs:
        yield "mover_unsaid", 1.0
    if movers_meet(left, right):
        yield "mover_name", 1.0
    elif _named_nearby(left, right):
        yield "mover_named_nearby", 1.0
    if shares := [_shared_nouns(one, other, words) for one, other in pairs if one.heads & other.heads]:
        yield "mover_noun", max(shares)
    elif shares := [_shared_nouns(one, other, words) for one, other in pairs if same_nouns(one, other, words)]:
        yield "mover_noun_alike", max(shares)
    if any(one.countries & other.countries for one, other in pairs):
        yield "mover_country", 1.0
    alike = max((_wording(one, other) for one, other in pairs), default=0.0)
    if alike > 0.5:
        yield "mover_wording", 2 * alike - 1
    theme, counterpart = left.theme, right.theme
    if theme and counterpart and not theme.is_empty and not counterpart.is_empty:
        if theme.countries and counterpart.countries and not theme.countries & counterpart.countries:
            yield "mover_other_country", 1.0
        if theme.own and counterpart.own and not names_meet(theme.names, counterpart.names):
            yield "mover_other_name", 1.0
        if theme.heads and counterpart.heads and not same_nouns(theme, counterpart, words):
            if is_people(theme, words) != is_people(counterpart, words):
                yield "mover_other_class", 1.0
            elif tell_apart(theme, counterpart, words):
                yield "mover_other_noun", 1.0


def tell_apart(left: Party, right: Party, words: Vocabulary) -> bool:
    """Return whether other nouns are other things: none is wide, nor is one the ship of the other."""
    carried = [
        any(words.alike.get(head, _NONE) & words.words.carriers for head in party.heads) for party in (left, right)
    ]
    return carried[0] == carried[1] and not (left.heads | right.heads) & words.words.wide


def _wording(left: Party, right: Party) -> float:
    return fuzz.token_set_ratio(left.phrase, right.phrase) / 100 if left.phrase and right.phrase else 0.0


def _named_nearby(left: Profile, right: Profile) -> bool:
    """Return whether a name that one claim moves, or that stands beside, is in the other's sentence."""
    for one, other in ((left, right), (right, left)):
        names = {name for party in one.movers for name in party.names} or one.named
        if not any(party.names for party in other.movers) and names_meet(frozenset(names), other.named):
            return True
    return False


def _agents(left: Profile, right: Profile) -> Iterator[tuple[Feature, float]]:
    if left.agent and right.agent:
        if left.agent.countries & right.agent.countries or names_meet(left.agent.names, right.agent.names):
            yield "agent", 1.0
        elif left.agent.heads & right.agent.heads:
            yield "agent_noun", 1.0
        elif agents_differ(left.agent, right.agent):
            yield "agent_other", 1.0
        elif not (left.agent.is_empty or right.agent.is_empty):
            yield "agent_unlike", 1.0
        return
    crossed = (
        (left.agent, right.theme),
        (right.agent, left.theme),
        (left.vehicle, right.agent),
        (right.vehicle, left.agent),
    )
    if any(one and other and _share_name(one, other) for one, other in crossed):
        yield "agent_crossed", 1.0


def agents_differ(left: Party, right: Party) -> bool:
    """Return whether two who move something are known to be two: of other countries, or persons of other names."""
    if left.countries and right.countries:
        return not left.countries & right.countries
    return bool(left.own and right.own and left.person and right.person and not names_meet(left.names, right.names))


def _share_name(left: Party, right: Party) -> bool:
    return bool(left.countries & right.countries) or names_meet(left.names, right.names)


def _places(left: Profile, right: Profile) -> Iterator[tuple[Feature, float]]:
    levels = [
        _level(one, other)
        for one, other in ((left.origin, right.origin), (left.destination, right.destination))
        if one and other
    ]
    if not (left.destination and right.destination):
        levels += [
            level
            for one, other in ((left.via, right.destination), (left.destination, right.via), (left.via, right.via))
            if one and other and (level := _level(one, other)) not in ("place_other", "place_unlike")
        ][:1]
    for level in set(levels):
        yield level, float(levels.count(level))
    if "place_unlike" in levels:
        ends = ((left.origin, right.origin), (left.destination, right.destination))
        unnamed = [(one, other) for one, other in ends if one and other and one.place is None and other.place is None]
        yield "place_alike", max((alikeness(one.name, other.name) for one, other in unnamed), default=0.0)
    if not levels:
        if is_reversed(left, right):
            yield "place_reversed", 1.0
        spots = [[spot for spot in (p.origin, p.destination, p.via) if spot] for p in (left, right)]
        if not (spots[0] and spots[1]):
            yield "place_unsaid", 1.0
        if any(
            spot.words and spot.words <= other.context for one, other in ((0, right), (1, left)) for spot in spots[one]
        ):
            yield "place_in_sentence", 1.0
        elif any(
            spot.words and spot.words <= other.around for one, other in ((0, right), (1, left)) for spot in spots[one]
        ):
            yield "place_nearby", 1.0


def _level(left: Spot, right: Spot) -> Feature:
    if same_spot(left, right):
        return "place_country" if left.is_country else "place_same"
    relation = spots_agree(left, right)
    if relation is None:
        return "place_noun" if left.words & right.words else "place_unlike"
    return "place_part" if relation else "place_other"


def is_reversed(left: Profile, right: Profile) -> bool:
    """Return whether one claim comes from where the other goes to."""
    ends = ((left.origin, right.destination), (left.destination, right.origin))
    return any(one and other and same_spot(one, other) for one, other in ends)


def _days(left: Profile, right: Profile) -> Iterator[tuple[Feature, float]]:
    gap = abs(left.day - right.day) if left.day is not None and right.day is not None else None
    if left.when and right.when:
        apart = left.when.gap(right.when)
        if apart == 0:
            yield ("days_same" if max(left.when.days, right.when.days) <= _LONG else "days_overlap"), 1.0
        else:
            yield ("days_next" if apart == 1 else "days_apart"), 1.0
    elif left.told and right.told:
        apart = left.told.gap(right.told)
        if apart == 0 and max(left.told.days, right.told.days) <= _LONG:
            yield "days_nearby_same", 1.0
        elif apart > 1:
            yield "days_nearby_apart", 1.0
    if left.weekday and left.weekday == right.weekday:
        yield "weekday_same", 1.0
    if left.article == right.article:
        return
    if gap is None:
        yield "published_unknown", 1.0
        return
    yield "published_apart", math.log1p(max(0, gap - 1))
    for one, other in ((left, right), (right, left)):
        if one.told and other.told is None and other.day is not None:
            if one.told.gap(_point(other.day)) <= 3:
                yield "day_of_publication", 1.0
            elif one.told.first > other.day + 1 and one.claim.status != "prospective":
                yield "day_after_publication", 1.0


def _point(day: int) -> Period:
    return Period(day, day)


def _numbers(left: Profile, right: Profile) -> Iterator[tuple[Feature, float]]:
    one, other = left.quantity, right.quantity
    if one and other and one.unit == other.unit:
        if (one.low, one.high) == (other.low, other.high):
            yield ("number_same" if one.low >= 5 else "number_small"), 1.0
        elif compatible(one, other):
            yield "number_may_be", 1.0
        else:
            yield "number_other", 1.0
    if left.numbers and right.numbers:
        yield ("numbers_shared" if left.numbers & right.numbers else "numbers_other"), 1.0


def _triggers(left: Profile, right: Profile, words: Vocabulary) -> Iterator[tuple[Feature, float]]:
    one, other = left.verb, right.verb
    kinds = left.way, right.way
    if one == other:
        yield "lemma_same", 1.0
    elif one[:_STEM] == other[:_STEM] and min(len(one), len(other)) >= _STEM:
        yield "lemma_stem", 1.0
    elif kinds[0] and kinds[0] == kinds[1]:
        yield "kind_same", 1.0
    elif kinds[0] and kinds[1]:
        yield ("kind_leave_and_arrive" if set(kinds) == {"leave", "arrive"} else "kind_other"), 1.0
    else:
        yield "lemma_other", 1.0
    if one != other:
        yield "verb_alike", alikeness(one, other)
        if one in right.context or other in left.context:
            yield "lemma_in_sentence", 1.0
    statuses = {left.claim.status, right.claim.status}
    if len(statuses) == 1:
        yield "status_same", 1.0
    elif "prospective" in statuses:
        yield ("plan_in_article" if left.article == right.article else "status_prospective"), 1.0
    elif "negated" in statuses:
        yield "status_negated", 1.0


def _words(left: Profile, right: Profile, texts: Texts) -> Iterator[tuple[Feature, float]]:
    if left.headline or right.headline:
        yield "headline", 1.0
    if left.article == right.article:
        yield "article_same", 1.0
        if same_sentence(left, right):
            yield "sentence_same", 1.0  # its words say nothing for two claims in it being one
            return
    else:
        yield "story", texts.story
    context = weighted_overlap(left.context, right.context, texts.rarity)
    yield "words", context
    if context >= 0.5:
        yield "words_much", 2 * context - 1
    if left.article != right.article:
        yield "words_around", weighted_overlap(left.around, right.around, texts.around_rarity)
    crossed = max(
        weighted_overlap(left.context, right.around, texts.around_rarity),
        weighted_overlap(left.around, right.context, texts.around_rarity),
    )
    yield "words_crossed", crossed
    if names_meet(left.named, right.named):
        yield "named_shared", 1.0
    elif left.named and right.named:
        yield "named_other", 1.0


def _together(found: Mapping[Feature, float]) -> Iterator[tuple[Feature, float]]:
    """Yield what says more than the sum of its parts."""
    verb = any(name in found for name in ("lemma_same", "lemma_stem", "kind_same"))
    who = any(name in found for name in ("mover_name", "mover_noun", "mover_named_nearby", "mover_noun_alike"))
    where = any(name in found for name in ("place_same", "place_country", "place_part"))
    when = any(name in found for name in ("days_same", "days_nearby_same"))
    if verb:
        yield "verb_and_words", found.get("words", 0.0)
        yield "verb_and_story", found.get("story", 0.0)
        if who:
            yield "verb_and_mover", 1.0
        if where:
            yield "verb_and_place", 1.0
    yield "verb_alike_and_words", found.get("verb_alike", 0.0) * found.get("words", 0.0)
    if who and where:
        yield "mover_and_place", 1.0
    if who and when:
        yield "mover_and_day", 1.0
    if where and when:
        yield "place_and_day", 1.0
    if who:
        yield "mover_and_words", found.get("words", 0.0)
