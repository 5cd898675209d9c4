"""Whom or what a role names, in one spelling, and how two of them compare."""

import functools
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from claimx.compare.vocabulary import vocabulary
from claimx.compare.wording import alikeness
from claimx.gazetteer import country_of
from claimx.outlets import fold
from claimx.records import Span

WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
BEFORE = 24  # characters in front of a span in which a hedge or its common noun may stand

_SPLIT = re.compile(r",(?!\d)| and | or | as well as | including | such as ", re.IGNORECASE)
_AFTER = re.compile(
    r"\b(?:for|from|in|into|on|to|with|at|by|under|aboard|near|against|between|who|whom|which|that|whose|carrying|belonging|"
    r"held|trapped|left|controlled)\b",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"\s\w+(?:ed|ing|en|wn)\s+(?:by|in|from|to|with|on|at|for|off|out|near)\b", re.IGNORECASE)
_COMMON_NOUN = re.compile(r"\b([a-z][a-z-]+)\s$")
_OF = re.compile(r"\s+of\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Party:
    """Who or what a role names: the proper `names` in it, the countries it is of, its head nouns, all its words.

    `own` are the names that it goes by itself: not that of the league of *two NBA players*.
    """

    names: frozenset[str]
    own: frozenset[str]
    person: bool
    countries: frozenset[str]
    heads: frozenset[str]
    phrase: str

    @property
    def is_empty(self) -> bool:
        """Whether it names nothing by itself (*they*, *the men*)."""
        return not (self.names or self.countries or self.heads)

    @property
    def is_people(self) -> bool:
        """Whether it is people, not goods."""
        return self.person or any(map(names_people, self.heads))

    @property
    def words(self) -> frozenset[str]:
        """All the words of its phrase that can tell it from others."""
        return frozenset(self.phrase.split())


def read_party(text: str, span: Span | None) -> Party | None:
    """Return whom a span of the text names, by what it was resolved to where it names nobody itself."""
    if span is None:
        return None
    words, actor = vocabulary(), span.actor
    names: set[str] = set()
    heads: set[str] = set()
    if actor and actor.type in ("person", "organisation") and not _is_described(actor.name):
        names.add(fold(actor.name))
    person = actor is not None and actor.type == "person"
    before = _COMMON_NOUN.search(text, max(0, span.start - BEFORE), span.start)
    if before and span.text[:1].isupper() and (noun := words.singular(before[1])) in words.alike:
        heads.add(noun)  # *the cutter Teresa Magbanua*
        person = person and noun in words.people
    phrases = (span.text, span.resolved or "")
    countries = {actor.country} if actor and actor.country else set()
    for name in set[str]().union(*map(proper_names, phrases)):
        if country := country_of(name):
            countries.add(country)
        elif name.lower() not in words.words.empty and not _is_described(name):
            names.add(fold(name))
    return Party(
        names=frozenset(names - {""}),
        own=frozenset(names.intersection(set().union(*map(own_names, phrases)))),
        person=person,
        countries=frozenset(countries),
        heads=frozenset(heads.union(*map(head_nouns, phrases))),
        phrase=" ".join(sorted(set[str]().union(*map(context_words, phrases)))),
    )


def _is_described(name: str) -> bool:
    """Return whether what stands for a name only says what somebody or something is (*North Korean soldier*)."""
    words, tokens = vocabulary(), name.split()
    nouns = (words.singular(token.lower()) for token in tokens if token.islower() or len(tokens) == 1)
    return any(noun in words.people or noun in words.alike for noun in nouns)


def head_nouns(phrase: str) -> set[str]:
    """Return the nouns that the parts of a phrase are about, in the singular: *radars for S-400s, tanks* both."""
    words = vocabulary().words
    found = set[str]()
    for part in _SPLIT.split(phrase):
        heads = list(filter(None, map(_head, _OF.split(part))))
        # of *26,000 tonnes of maize* the maize, of *the cargo* the cargo
        found.update([head for head in heads if head not in words.partitive][:1] or heads[-1:])
    return found - words.empty


def _core(piece: str) -> str:
    """Return a part of a phrase up to what comes after its head: a participle, a preposition, a relative clause."""
    return _AFTER.split(_PARTICIPLE.split(piece)[0])[0]


def _head(piece: str) -> str:
    """Return the last word of a noun phrase that begins small, in the singular; "" where it ends in a name."""
    words, tokens = vocabulary(), WORD.findall(_core(piece))
    while tokens and (tokens[-1][:1].isdigit() or tokens[-1].lower() in words.words.stop):
        tokens.pop()
    if not tokens:
        return ""
    last: str = tokens[-1]
    # *Ukrainian* is of what the headline goes on to name
    named = last[:1].isupper() and (len(tokens) > 1 or (not last.endswith("s") and country_of(last)))
    return "" if named else words.singular(last.lower())


def own_names(phrase: str) -> set[str]:
    """Return the names that the parts of a phrase end with, folded: none before a noun, none after `of`."""
    cores = (_core(_OF.split(part)[0]).strip() for part in _SPLIT.split(phrase))
    named = (core for core in cores if core.rpartition(" ")[2][:1].isupper())
    return {fold(name) for core in named for name in proper_names(core) if core.endswith(name)}


def proper_names(phrase: str) -> set[str]:
    """Return the names in a phrase: runs of capitalised words, but for one word that the phrase merely begins with.

    *Patients from Khartoum* begins a sentence; so may *Forty Polish tanks*.
    """
    runs: list[list[str]] = [[]]
    tokens = WORD.findall(phrase)
    for token in tokens:
        if token[:1].isupper() and token.lower() not in ("the", "a", "an"):
            runs[-1].append(token)
        else:
            runs.append([])
    names = set()
    for run in filter(None, runs):
        first = run[0] == tokens[0] and len(tokens) > 1 and not country_of(run[0])
        if first and (len(run) == 1 or country_of(run[1])):
            run = run[1:]
        while len(run) > 1 and country_of(run[0]):  # *Turkish Foreign Minister*
            names.add(run[0])
            run = run[1:]
        names.add(" ".join(run))
    return {name for name in names if len(name) > 2}


def context_words(text: str) -> frozenset[str]:
    """Return the words of a text that can tell it from others, in the singular."""
    words = vocabulary()
    tokens = (token.lower().replace("’", "'").removesuffix("'s") for token in WORD.findall(text))
    return frozenset(words.singular(token) for token in tokens if len(token) > 1 and token not in words.words.stop)


@functools.lru_cache(maxsize=4096)
def names_people(noun: str) -> bool:
    """Return whether a noun is listed for people or, if not for things, more like the former than like the latter."""
    if noun in vocabulary().people or noun in _things():
        return noun in vocabulary().people
    people, things = (" ".join(sorted(nouns)) for nouns in (vocabulary().people, _things()))
    return alikeness(noun, people) > alikeness(noun, things)


@functools.cache
def _things() -> frozenset[str]:
    """Return the nouns listed for things."""
    known = vocabulary()
    return frozenset(noun for noun, groups in known.alike.items() if groups & known.words.things) - known.people


def apart(left: AbstractSet[object], right: AbstractSet[object]) -> bool:
    """Return whether two things said of one kind have nothing in common; where either is unsaid, nothing tells."""
    return bool(left and right) and left.isdisjoint(right)


def names_meet(left: AbstractSet[str], right: AbstractSet[str]) -> bool:
    """Return whether two sets of names have one in common, in full or cut short."""
    if left & right:
        return True
    return any(_same_name(one.split(), other.split()) for one in left for other in right)


def _same_name(left: list[str], right: list[str]) -> bool:
    """Return whether one name is the end of the other (*Assad*, *Bashar al-Assad*) or holds it."""
    short, long = sorted((left, right), key=len)
    return len(short[-1]) > 3 and (long[-len(short) :] == short or (len(short) > 1 and set(short) <= set(long)))


def nouns_alike(left: str, right: str) -> bool:
    """Return whether news uses two nouns for one thing."""
    alike = vocabulary().alike
    return left == right or not alike.get(left, frozenset()).isdisjoint(alike.get(right, ()))


def same_nouns(left: Party, right: Party) -> bool:
    """Return whether two parties go by one noun or by nouns for one thing."""
    return any(nouns_alike(one, other) for one in left.heads for other in right.heads)


def shared_nouns(left: Party, right: Party) -> float:
    """Return how much of what two parties list is the same: the share of nouns that the other has a noun for."""

    def share(one: Party, other: Party) -> float:
        return sum(any(nouns_alike(noun, o) for o in other.heads) for noun in one.heads) / max(1, len(one.heads))

    return min(share(left, right), share(right, left))


def other_nouns(left: Party, right: Party) -> bool:
    """Return whether two parties go by nouns, and by none for one thing."""
    return bool(left.heads and right.heads) and not same_nouns(left, right)


def tell_apart(left: Party, right: Party) -> bool:
    """Return whether other nouns are other things: none is wide, nor is one the ship of the other."""
    alike, words = vocabulary().alike, vocabulary().words
    one, other = (any(alike.get(head, frozenset()) & words.carriers for head in party.heads) for party in (left, right))
    return one == other and not (left.heads | right.heads) & words.wide


def agents_differ(left: Party, right: Party) -> bool:
    """Return whether two who move something are known to be two: of other countries, or persons of other names."""
    if left.countries and right.countries:
        return left.countries.isdisjoint(right.countries)
    return bool(left.own and right.own and left.person and right.person and not names_meet(left.names, right.names))
