"""What tells whether two claims are one event, as named numbers; how much each weighs is learned, not said here.

All features are symmetrical, most are 1 where something holds, and what is not there is 0.
"""

import math
from collections.abc import Mapping
from typing import get_args

from rapidfuzz.fuzz import token_set_ratio as wording

from claimx.compare.pairs import Pair
from claimx.compare.parties import Party, agents_differ, apart, names_meet, other_nouns, shared_nouns, tell_apart
from claimx.compare.periods import Period
from claimx.compare.quantities import compatible
from claimx.compare.spots import Spot, same_spot, spots_agree
from claimx.compare.vocabulary import Feature
from claimx.compare.wording import alikeness

Features = dict[Feature, float]
FEATURES: tuple[Feature, ...] = get_args(Feature)

_STEM = 4  # letters by which *departure* is found to be of *depart*
_LONG = 7  # days from which a time is too vague to say much

# What only one event is likely to share: a name, a day, a place, a number ...
_PINS = frozenset({
    "article_same", "days_same", "mover_name", "mover_named_nearby", "number_same", "numbers_shared", "place_part",
    "place_same", "sentence_copied", "weekday_same",
})  # fmt: skip
# ... and what pins down an event if the movers may be the same.
_PINS_OF_MOVER = frozenset({"headline", "number_may_be", "place_country"})
_MOVERS = frozenset({"mover_country", "mover_noun", "mover_noun_alike"})
_MANY_WORDS = 0.3  # of two sentences in common, from which they tell one event


def pair_features(
    pair: Pair, rarity: Mapping[str, float], around_rarity: Mapping[str, float], story: float
) -> Features:
    """Return the features of a pair of claims that are not 0.

    `rarity` says how much words of sentences and of those around them weigh, `story` how alike the articles are.
    """
    found: Features = {
        **_movers(pair),
        **_agents(pair),
        **_places(pair),
        **_days(pair),
        **_numbers(pair),
        **_triggers(pair),
        **_words(pair, rarity, around_rarity, story),
        "sentence_copied": pair.same_words,
        "same_teller": not pair.left.tellers.isdisjoint(pair.right.tellers),
    }
    found |= _together({name for name, value in found.items() if value}, found)
    return {name: float(value) for name, value in found.items() if value}


def pins_down(features: Features) -> bool:
    """Return whether a pair shares what tells one event from others of its kind: people flee, and trucks arrive, often.

    Groups of claims join only over such a pair, however likely the kind of event makes the others.
    """
    if features.keys() & _PINS or features.get("words", 0.0) > _MANY_WORDS:
        return True
    return bool(features.keys() & _MOVERS and features.keys() & _PINS_OF_MOVER)


def weighted_overlap(left: frozenset[str], right: frozenset[str], rarity: Mapping[str, float]) -> float:
    """Return how alike two sets of words are, from 0 to 1, rare words counting most (cosine of binary weights)."""
    shared = left & right
    if not shared:
        return 0.0
    both, one, other = (sum(rarity.get(word, 1.0) for word in words) for words in (shared, left, right))
    return both / math.sqrt(one * other)


def _movers(pair: Pair) -> Features:
    found: Features = {
        "mover_unsaid": not pair.movers,
        "mover_name": pair.movers_meet,
        "mover_named_nearby": not pair.movers_meet and _named_nearby(pair),
        "mover_country": any(one.countries & other.countries for one, other in pair.movers),
        "mover_wording": max([0.0, *(2 * wording(one.phrase, other.phrase) / 100 - 1 for one, other in pair.movers)]),
    }
    same = [(one, other) for one, other in pair.movers if one.heads & other.heads]
    shared = [shared_nouns(*parties) for parties in same or pair.movers]
    found["mover_noun" if same else "mover_noun_alike"] = max(shared, default=0.0)
    for one, other in pair.themes:
        found["mover_other_country"] = apart(one.countries, other.countries)
        found["mover_other_name"] = bool(one.own and other.own) and not names_meet(one.names, other.names)
        if other_nouns(one, other):
            found["mover_other_class"] = one.is_people != other.is_people
            found["mover_other_noun"] = one.is_people == other.is_people and tell_apart(one, other)
    return found


def _named_nearby(pair: Pair) -> bool:
    """Return whether a name that one claim moves, or that stands beside, is in the other's sentence."""
    for one, other in pair.both:
        names = {name for party in one.movers for name in party.names} or one.named
        if not any(party.names for party in other.movers) and names_meet(names, other.named):
            return True
    return False


def _agents(pair: Pair) -> Features:
    one, other = pair.left.agent, pair.right.agent
    if one is None or other is None:
        crossed = [both for one, other in pair.both for both in ((one.agent, other.theme), (one.vehicle, other.agent))]
        return {"agent_crossed": any(a and b and _share_name(a, b) for a, b in crossed)}
    if _share_name(one, other):
        return {"agent": 1.0}
    if one.heads & other.heads:
        return {"agent_noun": 1.0}
    if agents_differ(one, other):
        return {"agent_other": 1.0}
    return {"agent_unlike": not (one.is_empty or other.is_empty)}


def _share_name(left: Party, right: Party) -> bool:
    return bool(left.countries & right.countries) or names_meet(left.names, right.names)


def _places(pair: Pair) -> Features:
    levels = [_level(one, other) for one, other in pair.ends]
    stops = (_level(one, other) for one, other in pair.stops)
    levels += [level for level in stops if level not in ("place_other", "place_unlike")][:1]
    if not levels:
        return _places_nearby(pair)
    found: Features = {level: levels.count(level) for level in levels}
    if "place_unlike" in levels:
        unnamed = [(one, other) for one, other in pair.ends if one.place is None and other.place is None]
        found["place_alike"] = max((alikeness(one.name, other.name) for one, other in unnamed), default=0.0)
    return found


def _places_nearby(pair: Pair) -> Features:
    """Return what places say that stand alone: those of the one claim in the other's sentence or around it."""
    sought = [(spot.words, other) for one, other in pair.both for spot in one.spots if spot.words]
    within = any(words <= profile.context for words, profile in sought)
    return {
        "place_reversed": pair.is_reversed,
        "place_unsaid": not (pair.left.spots and pair.right.spots),
        "place_in_sentence": within,
        "place_nearby": not within and any(words <= profile.around for words, profile in sought),
    }


def _level(left: Spot, right: Spot) -> Feature:
    if same_spot(left, right):
        return "place_country" if left.is_country else "place_same"
    relation = spots_agree(left, right)
    if relation is None:
        return "place_noun" if left.words & right.words else "place_unlike"
    return "place_part" if relation else "place_other"


def _days(pair: Pair) -> Features:
    left, right = pair.left, pair.right
    found: Features = {"weekday_same": left.weekday is not None and left.weekday == right.weekday}
    if left.when and right.when:
        gap, short = left.when.gap(right.when), max(left.when.days, right.when.days) <= _LONG
        found[("days_same" if short else "days_overlap") if gap == 0 else "days_next" if gap == 1 else "days_apart"] = 1
    elif left.told and right.told:
        gap, short = left.told.gap(right.told), max(left.told.days, right.told.days) <= _LONG
        found["days_nearby_same"] = gap == 0 and short
        found["days_nearby_apart"] = gap > 1
    if pair.same_article:
        return found
    if left.day is None or right.day is None:
        return {**found, "published_unknown": 1.0}
    found["published_apart"] = math.log1p(max(0, abs(left.day - right.day) - 1))
    for one, other, day in ((left, right, right.day), (right, left, left.day)):
        if one.told and other.told is None:
            near = one.told.gap(Period(day, day)) <= 3
            later = one.told.first > day + 1 and one.claim.status != "prospective"
            found["day_of_publication"] = near
            found["day_after_publication"] = later and not near
    return found


def _numbers(pair: Pair) -> Features:
    left, right = pair.left, pair.right
    one, other = left.quantity, right.quantity
    found: Features = {
        "numbers_shared": not left.numbers.isdisjoint(right.numbers),
        "numbers_other": apart(left.numbers, right.numbers),
    }
    if one and other and one.unit == other.unit:
        if (one.low, one.high) == (other.low, other.high):
            found["number_same" if one.low >= 5 else "number_small"] = 1.0
        else:
            found["number_may_be" if compatible(one, other) else "number_other"] = 1.0
    return found


def _triggers(pair: Pair) -> Features:
    left, right = pair.left, pair.right
    found: Features = {_verbs(pair): 1.0, "status_same": len(pair.statuses) == 1}
    if left.verb != right.verb:
        found["verb_alike"] = alikeness(left.verb, right.verb)
        found["lemma_in_sentence"] = left.verb in right.context or right.verb in left.context
    if len(pair.statuses) > 1:
        if "prospective" in pair.statuses:
            found["plan_in_article" if pair.same_article else "status_prospective"] = 1.0
        else:
            found["status_negated"] = "negated" in pair.statuses
    return found


def _verbs(pair: Pair) -> Feature:
    one, other = pair.left.verb, pair.right.verb
    ways = pair.left.way, pair.right.way
    if one == other:
        return "lemma_same"
    if one[:_STEM] == other[:_STEM]:
        return "lemma_stem"
    if None in ways:
        return "lemma_other"
    if ways[0] == ways[1]:
        return "kind_same"
    return "kind_leave_and_arrive" if set(ways) == {"leave", "arrive"} else "kind_other"


def _words(pair: Pair, rarity: Mapping[str, float], around_rarity: Mapping[str, float], story: float) -> Features:
    left, right = pair.left, pair.right
    found: Features = {"headline": left.headline or right.headline, "article_same": pair.same_article}
    if pair.same_sentence:
        return {**found, "sentence_same": 1.0}  # its words say nothing for two claims in it being one
    if not pair.same_article:
        found["story"] = story
        found["words_around"] = weighted_overlap(left.around, right.around, around_rarity)
    found["words"] = weighted_overlap(left.context, right.context, rarity)
    found["words_much"] = max(0.0, 2 * found["words"] - 1)
    found["words_crossed"] = max(weighted_overlap(one.context, other.around, around_rarity) for one, other in pair.both)
    found["named_shared"] = names_meet(left.named, right.named)
    found["named_other"] = bool(left.named and right.named) and not found["named_shared"]
    return found


def _together(holds: set[Feature], found: Features) -> Features:
    """Return what says more than the sum of its parts."""
    verb = not holds.isdisjoint(("lemma_same", "lemma_stem", "kind_same"))
    who = not holds.isdisjoint(("mover_name", "mover_noun", "mover_named_nearby", "mover_noun_alike"))
    where = not holds.isdisjoint(("place_same", "place_country", "place_part"))
    when = not holds.isdisjoint(("days_same", "days_nearby_same"))
    words = found.get("words", 0.0)
    return {
        "verb_and_words": verb * words,
        "verb_and_story": verb * found.get("story", 0.0),
        "verb_and_mover": verb and who,
        "verb_and_place": verb and where,
        "verb_alike_and_words": found.get("verb_alike", 0.0) * words,
        "mover_and_place": who and where,
        "mover_and_day": who and when,
        "place_and_day": where and when,
        "mover_and_words": who * words,
    }
