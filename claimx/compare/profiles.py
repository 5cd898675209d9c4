"""A claim as far as it can be compared: parties, places, days and words in one spelling."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from claimx.claims.dates import resolve_date
from claimx.compare.names import meant
from claimx.compare.parties import BEFORE, WORD, Party, context_words, proper_names, read_party
from claimx.compare.periods import Period, read_day, read_period
from claimx.compare.quantities import find_measures, find_quantity
from claimx.compare.records import Quantity
from claimx.compare.spots import Spot, place_named, read_spot
from claimx.compare.vocabulary import vocabulary
from claimx.gazetteer import country_of
from claimx.outlets import fold
from claimx.records import Article, Claim
from claimx.rules.calendar import DAY_NAMES, MONTHS
from claimx.rules.loader import RuleSet, bundled_rules
from claimx.rules.numbers import ORDINALS
from claimx.rules.schema import MovementRule, Way

_STOPS = (".", "!", "?", ".”", '."', ":", ",", ";")
_DAYS = "|".join(sorted(DAY_NAMES))
_MONTHS = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = re.compile(rf"\b(?:{_DAYS})\b")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_TOP = 300  # characters
_LONGEST_HEADLINE = 25  # words
_AROUND = 250  # characters before and after a sentence that are its neighbours
_DAY = re.compile(
    rf"\b(?:(?:(?:last|next|this|on)\s)?(?:{_DAYS})|yesterday|today|tomorrow"
    rf"|(?:{_MONTHS})\.?\s\d{{1,2}}(?:,\s\d{{4}})?(?!\d)|\d{{1,2}}\s(?:{_MONTHS})(?:\s\d{{4}})?)\b",
    re.IGNORECASE,
)
_LONG_AGO = re.compile(r"\b(?:centur(?:y|ies)|decades?|years)\s(?:ago|earlier|before)\b")
_HABIT = re.compile(
    r"\b(?:each|every|annual(?:ly)?|yearly|monthly|weekly|daily|regularly|often|usually)\b", re.IGNORECASE
)
_RATE = re.compile(r"\b(?:(?:an?|per|each|every)\s(?:hour|day|night|week|month|year)|daily|weekly)\b", re.IGNORECASE)
_WHOSE = r"(?:an?|the|his|her|its|their|our|my|\w+['’]s?) "
_EARLIER_WORD = "(?:earlier|previous|prior|past) "
_EARLIER = re.compile(rf"(?:{_WHOSE})?{_EARLIER_WORD}", re.IGNORECASE)
_EARLIER_NEAR = re.compile(rf"\b{_WHOSE}{_EARLIER_WORD}(?:[\w-]+ ){{0,3}}$", re.IGNORECASE)
_PARTICLES = frozenset({"off", "out", "up", "away", "back", "down", "over"})
_FLIGHT = re.compile(r"\b(?:[Ff]light|FLIGHT)\s(?:[Nn]umber\s|No\.\s)?(?:[A-Z]{1,3}[ -]?)?(\d{1,4})\b")


@dataclass(frozen=True, slots=True)
class Profile:
    """A claim with what it is compared by; `number` is its place among all profiles, `day` its article's."""

    number: int
    article: int
    claim: Claim
    verb: str
    """The lemma of its trigger with its particle: *take off*."""
    day: int | None
    when: Period | None
    weekday: str | None
    rule: str
    not_with: frozenset[str]
    """The ids of rules whose words cannot tell the same event."""
    way: Way | None
    """Which way it goes, by its rule or else by its word; to return somebody or something is to send."""
    agent: Party | None
    theme: Party | None
    vehicle: Party | None
    origin: Spot | None
    destination: Spot | None
    via: Spot | None
    quantity: Quantity | None
    sentence: str
    context: frozenset[str]
    headline: bool
    named: frozenset[str]
    """Proper names in the sentence that are neither places nor sources, folded."""
    around: frozenset[str]
    """The words of the sentences before and after."""
    told: Period | None
    """When it was, by the claim or, where that says nothing, by its sentence or the one before."""
    numbers: frozenset[str]
    """The numbers in the sentence, in digits."""
    flights: frozenset[str]
    """The numbers of flights in the sentence."""
    ordinals: frozenset[str]
    """Which of several it is: *the second flight*."""
    tellers: frozenset[str]
    """The names of its sources, folded."""
    earlier: bool
    """Whether it is told to be another one than that of the news: *an earlier convoy*."""
    long_ago: bool
    """Whether it was many years before it is told."""
    habitual: bool
    """Whether it is told to happen again and again: *every week*, *500 trucks a day*."""
    outlet: str
    """Who published it, folded; "" where nobody is named."""

    @property
    def spots(self) -> list[Spot]:
        """The places that it tells."""
        return [spot for spot in (self.origin, self.destination, self.via) if spot]

    @property
    def movers(self) -> list[Party]:
        """Whoever and whatever changes place, as far as it is named."""
        return [party for party in (self.theme, self.vehicle) if party and not party.is_empty]

    @property
    def moves_people(self) -> bool:
        """Whether people go, or are moved."""
        return self.theme is not None and self.theme.is_people


def read_profile(article: Article, index: int, claim: Claim, number: int, rules: RuleSet | None = None) -> Profile:
    """Return the profile of a claim of the article that has this index among those compared."""
    rules, text, sentence = rules or bundled_rules(), article.text, claim.evidence
    rule, verb, context = rule_of(claim, rules), _verb(claim), context_words(sentence.text)
    who, what = claim.who, claim.what
    giver = claim.origin if claim.origin and claim.origin.actor else None  # *weapons from the Danes*
    when = read_period(claim.when.date.edtf) if claim.when and claim.when.date else None
    time = claim.when.text.lower() if claim.when else ""
    weekday = _WEEKDAY.search(time)
    before = text[max(0, sentence.start - _AROUND) : sentence.start]
    after = text[sentence.end : sentence.end + _AROUND]
    return Profile(
        number=number,
        article=index,
        claim=claim,
        verb=verb,
        day=read_day(article.published),
        when=when,
        weekday=weekday[0] if weekday else None,
        rule=rule.id if rule else "",
        not_with=frozenset(rule.not_with if rule else ()),
        way=_way(claim, verb, rule, rules),
        agent=read_party(text, who or giver) if what else None,
        theme=read_party(text, what or who),
        vehicle=read_party(text, claim.vehicle),
        origin=read_spot(article, claim.origin),
        destination=read_spot(article, claim.destination),
        via=read_spot(article, claim.via),
        quantity=_read_quantity(article, claim),
        sentence=fold(sentence.text),
        context=context,
        headline=is_headline(article, claim),
        named=_named_in_sentence(claim),
        around=context_words(f"{before} {after}"),
        told=when or _day_told(article, claim, before),
        numbers=frozenset(word for word in context if any(map(str.isdigit, word)) and not _YEAR.match(word)),
        flights=frozenset(_FLIGHT.findall(sentence.text)),
        ordinals=_ordinals(claim),
        earlier=_is_earlier(claim),
        long_ago=_LONG_AGO.search(time) is not None,
        habitual=_is_habitual(claim),
        outlet=fold(article.publisher or ""),
        tellers=frozenset(fold(meant(source)) for source in claim.sources if not source.anonymous),
    )


def rule_of(claim: Claim, rules: RuleSet) -> MovementRule | None:
    """Return the rule by which a claim was found, None where these rules have it not."""
    return rules.by_id.get(claim.rules[0]) if claim.rules else None


def _way(claim: Claim, verb: str, rule: MovementRule | None, rules: RuleSet) -> Way | None:
    lemma, _, particle = verb.partition(" ")
    ways = {one.goes for own, one in rules.verbs.get(lemma, ()) if own == particle}
    way = rule.goes or "go" if rule else ways.pop() if len(ways) == 1 else vocabulary().ways.get(lemma)
    return "send" if way == "back" and claim.what is not None else way


def _verb(claim: Claim) -> str:
    """Return the lemma of a claim's trigger, with the particle where it has one of its own."""
    before, _, last = claim.trigger.text.lower().rpartition(" ")
    return f"{claim.predicate} {last}" if before and last in _PARTICLES else claim.predicate


def _day_told(article: Article, claim: Claim, before: str) -> Period | None:
    """Return the one day that a claim's sentence names or, where it names none, the last one that its forerunner does.

    Where a sentence names several, nothing tells which it was.
    """
    days = _DAY.findall(claim.evidence.text) or _DAY.findall(before.rpartition("\n\n")[2])[-1:]
    if len(days) != 1:
        return None
    published = date.fromordinal(day) if (day := read_day(article.published)) else None
    tense: Literal["past", "future"] = "future" if claim.status == "prospective" else "past"
    found = resolve_date(days[0], published, tense)
    return read_period(found.edtf) if found else None


def _ordinals(claim: Claim) -> frozenset[str]:
    """Return which of several events a claim tells by its trigger's or its means' words: *a second flight*."""
    before = claim.evidence.text[: claim.trigger.start - claim.evidence.start].lower().split()[-3:]
    named = [word for span in (claim.what, claim.vehicle) if span for word in span.text.lower().split()[:4]]
    return frozenset(ORDINALS).intersection((*before, *named))


def _is_earlier(claim: Claim) -> bool:
    """Return whether a claim's movers or its trigger are called earlier ones: *the previous delivery*."""
    end = claim.trigger.start - claim.evidence.start
    before = claim.evidence.text[max(0, claim.evidence.text.rfind(",", 0, end)) : end]
    named = [span.text for span in (claim.who, claim.what, claim.vehicle) if span]
    return bool(_EARLIER_NEAR.search(before)) or any(map(_EARLIER.match, named))


def _is_habitual(claim: Claim) -> bool:
    """Return whether a claim's time, or the number of what moves, is that of a habit."""
    named = [span.text for span in (claim.when, claim.who, claim.what, claim.vehicle) if span]
    return bool(claim.when and _HABIT.search(claim.when.text)) or any(map(_RATE.search, named))


def _named_in_sentence(claim: Claim) -> frozenset[str]:
    said = " ".join(fold(meant(source)) for source in claim.sources)
    names = proper_names(claim.evidence.text)
    persons = (fold(name) for name in names if country_of(name) is None and place_named(name) is None)
    return frozenset(name for name in persons if name not in said)


def is_headline(article: Article, claim: Claim) -> bool:
    """Return whether a claim stands in a headline: the title, or a line near the top that ends without a full stop."""
    evidence = claim.evidence
    if article.title and fold(evidence.text) == fold(article.title):
        return True
    first, last = article.text.rfind("\n", 0, evidence.start) + 1, article.text.find("\n", evidence.start)
    line = article.text[first:last].strip()
    near_top = last >= 0 and evidence.start < max(_TOP, len(article.text) // 5)
    return near_top and not line.endswith(_STOPS) and len(line.split()) <= _LONGEST_HEADLINE


def _read_quantity(article: Article, claim: Claim) -> Quantity | None:
    """Return the number of what is moved or, where nothing is, of those who go.

    Where these have none, it is the one measured quantity of the sentence: *left with 300 tonnes of aid*.
    """
    if span := claim.what or claim.who:
        before = article.text[max(span.start - BEFORE, claim.evidence.start, 0) : span.start]
        if (found := find_quantity(span.text, before=before)) or claim.what:
            return found
    measures = find_measures(claim.evidence.text)
    return measures[0] if len(measures) == 1 else None


def article_names(article: Article) -> frozenset[str]:
    """Return the capitalised words of an article and its numbers, folded: what tells its story from others."""
    tokens = (token for token in WORD.findall(article.text) if token[:1].isupper() or token[:1].isdigit())
    return frozenset(map(fold, tokens)) - vocabulary().words.stop
