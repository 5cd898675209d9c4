"""A claim as far as it can be compared: parties, places, days and words in one spelling."""

import functools
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from claimx import gazetteer as places
from claimx.claims.dates import resolve_date
from claimx.compare.names import fold
from claimx.compare.periods import Period, read_day, read_period
from claimx.compare.quantities import find_measures, find_quantity
from claimx.compare.records import Quantity
from claimx.compare.vocabulary import Vocabulary, vocabulary
from claimx.records import Article, Claim, Place, Span
from claimx.rules.calendar import DAY_NAMES, MONTHS
from claimx.rules.loader import RuleSet, bundled_rules
from claimx.rules.numbers import ORDINALS
from claimx.rules.schema import MovementRule, Way

_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
_NEXT_NAME = re.compile(r" (?!The\b|A\b|An\b)([A-Z][\w'’-]*[a-z]\w*)")
_SPLIT = re.compile(r",| and | or | as well as | including | such as ", re.IGNORECASE)
_AFTER = re.compile(
    r"\b(?:for|from|in|into|on|to|with|at|by|under|aboard|near|against|between|who|whom|which|that|whose|carrying|belonging|"
    r"held|trapped|left|controlled)\b",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"\s\w+(?:ed|ing|en|wn)\s+(?:by|in|from|to|with|on|at|for|off|out|near)\b", re.IGNORECASE)
_COMMON_NOUN = re.compile(r"\b([a-z][a-z-]+)\s$")
_OF = re.compile(r"\s+of\s+", re.IGNORECASE)
_STOPS = (".", "!", "?", ".”", '."', ":", ",", ";")
_DAYS = "|".join(sorted(DAY_NAMES))
_MONTHS = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = re.compile(rf"\b(?:{_DAYS})\b", re.IGNORECASE)
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_TOP = 300  # characters
_LONGEST_HEADLINE = 25  # words
_BEFORE = 24  # characters in front of a span in which a hedge may stand
_AROUND = 250  # characters before and after a sentence that are its neighbours
_DAY = re.compile(
    rf"\b(?:(?:(?:last|next|this|on)\s)?(?:{_DAYS})|yesterday|today|tomorrow"
    rf"|(?:{_MONTHS})\.?\s\d{{1,2}}(?:,\s\d{{4}})?(?!\d)|\d{{1,2}}\s(?:{_MONTHS})(?:\s\d{{4}})?)\b",
    re.IGNORECASE,
)
_LONG_AGO = re.compile(r"\b(?:centur(?:y|ies)|decades?|years)\s(?:ago|earlier|before)\b", re.IGNORECASE)
_WHOSE = r"(?:an?|the|his|her|its|their|our|my|\w+['’]s?) "
_EARLIER_WORD = "(?:earlier|previous|prior|past) "
_EARLIER = re.compile(rf"(?:{_WHOSE})?{_EARLIER_WORD}", re.IGNORECASE)
_EARLIER_NEAR = re.compile(rf"\b{_WHOSE}{_EARLIER_WORD}(?:[\w-]+ ){{0,3}}$", re.IGNORECASE)
_PARTICLES = frozenset({"off", "out", "up", "away", "back", "down", "over"})
_FLIGHT = re.compile(r"\b(?:[Ff]light|FLIGHT)\s(?:[Nn]umber\s|No\.\s)?(?:[A-Z]{1,3}[ -]?)?(\d{1,4})\b")


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
    words: frozenset[str]
    phrase: str

    @property
    def is_empty(self) -> bool:
        """Whether it names nothing by itself (*they*, *the men*)."""
        return not (self.names or self.countries or self.heads)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a role points: its name folded, the place that the gazetteer knows, the country it is in or is of."""

    name: str
    words: frozenset[str]
    place: Place | None
    country: str | None
    is_country: bool


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
    movers: tuple[Party, ...]
    """Whoever and whatever changes place, as far as it is named."""
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
    outlet: str
    """Who published it, folded; "" where nobody is named."""


def read_profile(article: Article, index: int, claim: Claim, number: int, rules: RuleSet | None = None) -> Profile:
    """Return the profile of a claim of the article that has this index among those compared."""
    words, rules = vocabulary(), rules or bundled_rules()
    rule, verb = rules.by_id.get(claim.rules[0]) if claim.rules else None, _verb(claim)
    who, what = claim.who, claim.what
    theme, vehicle = read_party(article.text, what or who, words), read_party(article.text, claim.vehicle, words)
    when = read_period(claim.when.date.edtf) if claim.when and claim.when.date else None
    context = context_words(claim.evidence.text, words)
    start, end = claim.evidence.start, claim.evidence.end
    before, after = article.text[max(0, start - _AROUND) : start], article.text[end : end + _AROUND]
    return Profile(
        number=number,
        article=index,
        claim=claim,
        verb=verb,
        day=read_day(article.published),
        when=when,
        weekday=_weekday(claim.when),
        rule=rule.id if rule else "",
        not_with=frozenset(rule.not_with if rule else ()),
        way=_way(claim, verb, rule, rules),
        agent=read_party(article.text, who or _giver(claim), words) if what else None,
        theme=theme,
        vehicle=vehicle,
        origin=read_spot(article, claim.origin),
        destination=read_spot(article, claim.destination),
        via=read_spot(article, claim.via),
        quantity=read_quantity(article, claim) or _read_cargo(claim),
        sentence=fold(claim.evidence.text),
        context=context,
        headline=is_headline(article, claim),
        named=_named_in_sentence(claim),
        movers=tuple(party for party in (theme, vehicle) if party and not party.is_empty),
        around=context_words(f"{before} {after}", words),
        told=when or _day_told(article, claim, before),
        numbers=frozenset(word for word in context if any(map(str.isdigit, word)) and not _YEAR.match(word)),
        flights=frozenset(_FLIGHT.findall(claim.evidence.text)),
        ordinals=_ordinals(claim),
        earlier=_is_earlier(claim),
        long_ago=bool(claim.when and _LONG_AGO.search(claim.when.text)),
        outlet=fold(article.publisher or ""),
        tellers=frozenset(fold(source.resolved or source.text) for source in claim.sources if not source.anonymous),
    )


def _giver(claim: Claim) -> Span | None:
    """Return from whom something goes, as far as it is somebody: *weapons from the Danes*."""
    return claim.origin if claim.origin and claim.origin.actor else None


def _way(claim: Claim, verb: str, rule: MovementRule | None, rules: RuleSet) -> Way | None:
    lemma, _, particle = verb.partition(" ")
    ways = {one.goes for own, one in rules.verbs.get(lemma, ()) if own == particle}
    way = rule.goes or "go" if rule else next(iter(ways)) if len(ways) == 1 else vocabulary().ways.get(lemma)
    return "send" if way == "back" and claim.what is not None else way


def _verb(claim: Claim) -> str:
    """Return the lemma of a claim's trigger, with the particle where it has one of its own."""
    last = claim.trigger.text.lower().rpartition(" ")
    return f"{claim.predicate} {last[2]}" if last[0] and last[2] in _PARTICLES else claim.predicate


def _day_told(article: Article, claim: Claim, before: str) -> Period | None:
    """Return the one day that a claim's sentence names or, where it names none, the last one that its forerunner does.

    Where a sentence names several, nothing tells which it was.
    """
    published = date.fromordinal(day) if (day := read_day(article.published)) else None
    tense: Literal["past", "future"] = "future" if claim.status == "prospective" else "past"
    own = _DAY.findall(claim.evidence.text)
    if len(own) > 1:
        return None
    last = own or _DAY.findall(before.rpartition("\n\n")[2])[-1:]
    found = resolve_date(last[0], published, tense) if last else None
    return read_period(found.edtf) if found else None


def _ordinals(claim: Claim) -> frozenset[str]:
    """Return which of several events a claim tells by its trigger's or its means' words: *a second flight*."""
    before = claim.evidence.text[: claim.trigger.start - claim.evidence.start].lower().split()[-3:]
    named = [word for span in (claim.what, claim.vehicle) if span for word in span.text.lower().split()[:4]]
    return frozenset(word for word in (*before, *named) if word in ORDINALS)


def _is_earlier(claim: Claim) -> bool:
    """Return whether a claim's movers or its trigger are called earlier ones: *the previous delivery*."""
    end = claim.trigger.start - claim.evidence.start
    before = claim.evidence.text[max(0, claim.evidence.text.rfind(",", 0, end)) : end]
    named = [span.text for span in (claim.who, claim.what, claim.vehicle) if span]
    return bool(_EARLIER_NEAR.search(before)) or any(_EARLIER.match(text) for text in named)


def _weekday(when: Span | None) -> str | None:
    """Return the day of the week that a span names."""
    found = _WEEKDAY.search(when.text) if when else None
    return found[0].lower() if found else None


def _named_in_sentence(claim: Claim) -> frozenset[str]:
    said = " ".join(fold(source.resolved or source.text) for source in claim.sources)
    found = set()
    for name in proper_names(claim.evidence.text):
        folded = fold(name)
        if folded not in said and _country_of(name) is None and _find_place(name) is None:
            found.add(folded)
    return frozenset(found)


def is_headline(article: Article, claim: Claim) -> bool:
    """Return whether a claim stands in a headline: the title, or a line near the top that ends without a full stop."""
    evidence = claim.evidence
    if article.title and fold(evidence.text) == fold(article.title):
        return True
    first, last = article.text.rfind("\n", 0, evidence.start) + 1, article.text.find("\n", evidence.start)
    line = article.text[first : last if last >= 0 else len(article.text)].strip()
    near_top = last >= 0 and evidence.start < max(_TOP, len(article.text) // 5)
    return near_top and not line.endswith(_STOPS) and len(line.split()) <= _LONGEST_HEADLINE


def read_quantity(article: Article, claim: Claim) -> Quantity | None:
    """Return the number of what is moved or, where nothing is, of those who go."""
    span = claim.what or claim.who
    if span is None:
        return None
    before = article.text[max(span.start - _BEFORE, claim.evidence.start, 0) : span.start]
    return find_quantity(span.text, before=before)


def _read_cargo(claim: Claim) -> Quantity | None:
    """Return the one measured quantity in a sentence whose claim lacks what is moved: *left with 300 tonnes of aid*."""
    if claim.what is not None:
        return None
    found = find_measures(claim.evidence.text)
    return found[0] if len(found) == 1 else None


def read_party(text: str, span: Span | None, words: Vocabulary) -> Party | None:
    """Return whom a span of the text names, by what it was resolved to where it names nobody itself."""
    if span is None:
        return None
    phrases = [span.text, span.resolved] if span.resolved else [span.text]
    names: set[str] = set()
    own: set[str] = set()
    heads: set[str] = set()
    tokens: set[str] = set()
    countries: set[str] = set()
    if span.actor:
        if span.actor.type in ("person", "organisation") and not is_described(span.actor.name, words):
            names.add(fold(span.actor.name))
        if span.actor.country:
            countries.add(span.actor.country)
    person = bool(span.actor and span.actor.type == "person")
    if (before := _COMMON_NOUN.search(text, max(0, span.start - _BEFORE), span.start)) and span.text[:1].isupper():
        noun = words.singular(before[1])
        if noun in words.alike:  # *the cutter Teresa Magbanua*
            heads.add(noun)
            person = person and noun in words.people
    for phrase in phrases:
        heads |= head_nouns(phrase, words)
        for name in proper_names(phrase):
            if country := _country_of(name):
                countries.add(country)
            elif name.lower() not in words.words.empty and not is_described(name, words):
                names.add(fold(name))
        own |= own_names(phrase)
        tokens |= context_words(phrase, words)
    return Party(
        names=frozenset(names - {""}),
        own=frozenset(names & own),
        person=person,
        countries=frozenset(countries),
        heads=frozenset(heads),
        words=frozenset(tokens),
        phrase=" ".join(sorted(tokens)),
    )


def is_described(name: str, words: Vocabulary) -> bool:
    """Return whether what stands for a name only says what somebody or something is (*North Korean soldier*)."""
    tokens = name.split()
    nouns = (words.singular(token.lower()) for token in tokens if token.islower() or len(tokens) == 1)
    return any(noun in words.people or noun in words.alike for noun in nouns)


def read_spot(article: Article, span: Span | None) -> Spot | None:
    """Return where a span points; a name that was cut short (*Port | Sudan*) is read to its end."""
    if span is None:
        return None
    text, place = span.resolved or span.text, span.place
    if place is None and span.actor is None and span.text[:1].isupper():
        if more := _NEXT_NAME.match(article.text, span.end):
            text = f"{span.text} {more[1]}"
        place = _find_place(text)
    country = place.country if place else span.actor.country if span.actor else None
    name = fold(text)
    return Spot(
        name=fold(place.name) if place and place.geonameid is not None else name,
        words=frozenset(name.split()) - vocabulary().words.stop - vocabulary().words.places,
        place=place,
        country=country,
        is_country=bool(place and place.kind == "country") or bool(place is None and country),
    )


def head_nouns(phrase: str, words: Vocabulary) -> set[str]:
    """Return the nouns that the parts of a phrase are about, in the singular: *radars for S-400s, tanks* both."""
    found = set()
    for part in _SPLIT.split(phrase):
        heads: list[str] = []
        for piece in _OF.split(part):
            noun = _head(_core(piece), words)
            if noun:
                heads.append(noun)
        # of *26,000 tonnes of maize* the maize, of *the cargo* the cargo
        found.update([head for head in heads if head not in words.words.partitive][:1] or heads[-1:])
    return found - words.words.empty


def _core(piece: str) -> str:
    """Return a part of a phrase up to what comes after its head: a participle, a preposition, a relative clause."""
    return _AFTER.split(_PARTICIPLE.split(piece)[0])[0]


def _head(piece: str, words: Vocabulary) -> str:
    """Return the last word of a noun phrase that begins small, in the singular; "" where it ends in a name."""
    tokens = _WORD.findall(piece)
    while tokens and (tokens[-1][:1].isdigit() or tokens[-1].lower() in words.words.stop):
        tokens.pop()
    if not tokens or (tokens[-1][:1].isupper() and len(tokens) > 1):
        return ""
    if tokens[-1][:1].isupper() and not tokens[-1].endswith("s") and _country_of(tokens[-1]):
        return ""  # *Ukrainian*, of what the headline goes on to name
    return words.singular(tokens[-1].lower())


def own_names(phrase: str) -> set[str]:
    """Return the names that the parts of a phrase end with, folded: none before a noun, none after `of`."""
    found = set()
    for part in _SPLIT.split(phrase):
        core = _core(_OF.split(part)[0]).strip()
        if core.rpartition(" ")[2][:1].isupper():
            found |= {fold(name) for name in proper_names(core) if core.endswith(name)}
    return found


def proper_names(phrase: str) -> set[str]:
    """Return the names in a phrase: runs of capitalised words, but for one word that the phrase merely begins with.

    *Patients from Khartoum* begins a sentence; so may *Forty Polish tanks*.
    """
    runs: list[list[str]] = [[]]
    tokens = _WORD.findall(phrase)
    for token in tokens:
        if token[:1].isupper() and token.lower() not in ("the", "a", "an"):
            runs[-1].append(token)
        elif runs[-1]:
            runs.append([])
    names = set()
    for run in runs:
        first = bool(run) and run[0] == tokens[0] and len(tokens) > 1 and not _country_of(run[0])
        if first and (len(run) == 1 or _country_of(run[1])):
            run = run[1:]
        while len(run) > 1 and _country_of(run[0]):  # *Turkish Foreign Minister*
            names.add(run[0])
            run = run[1:]
        names.add(" ".join(run))
    return {name for name in names if len(name) > 2}


def article_names(article: Article) -> frozenset[str]:
    """Return the capitalised words of an article and its numbers, folded: what tells its story from others."""
    words = vocabulary().words.stop
    tokens = (match[0] for match in _WORD.finditer(article.text))
    return frozenset(
        folded
        for token in tokens
        if (token[:1].isupper() or token[:1].isdigit()) and (folded := fold(token)) not in words
    )


def context_words(text: str, words: Vocabulary) -> frozenset[str]:
    """Return the words of a text that can tell it from others, in the singular."""
    tokens = (match[0].lower().replace("’", "'").removesuffix("'s") for match in _WORD.finditer(text))
    return frozenset(words.singular(token) for token in tokens if len(token) > 1 and token not in words.words.stop)


@functools.lru_cache(maxsize=65536)
def _country_of(name: str) -> str | None:
    return places.country_of(name)


@functools.lru_cache(maxsize=65536)
def _find_place(name: str) -> Place | None:
    return places.find_place(name)
