"""What a page tells: articles and their claims, numbered through, each with where and when it happens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from claimx.compare.names import SourceKey, meant
from claimx.compare.speakers import Speaker, Speakers, know_speakers
from claimx.compare.vocabulary import vocabulary
from claimx.gazetteer import country_place, government_of
from claimx.outlets import fold, name_outlet, web_host
from claimx.output.clean import clean
from claimx.output.flat import days_of, places_of
from claimx.records import MOVEMENT, Article, Claim, Source, Span


class Period(NamedTuple):
    """Days from `first` to `final`, both included; None where an interval is open."""

    first: date | None
    final: date | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on the map; `exact` is false where it stands for a country or for some place in it.

    `label` is what a map calls the point, `name` the place that the article means; `country` tells a country's middle,
    `code` the country it lies in.
    """

    lat: float
    lon: float
    label: str
    name: str
    exact: bool
    country: bool = False
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it: the `institution`, or who speaks for none; the `person` who speaks for it, "" where none is named.

    Sources with one `key` are one, however the articles call them.
    """

    key: str
    institution: str
    person: str
    kind: str
    anonymous: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim with its number on the page (from 1), its article (index), and what views need again and again."""

    number: int
    article: int
    claim: Claim
    outlet: str
    origin: Spot | None
    via: Spot | None
    destination: Spot | None
    places: tuple[str, ...]
    voices: tuple[Voice, ...]
    period: Period | None

    @property
    def sources(self) -> tuple[str, ...]:
        """What to call those who say it, each once; a pronoun that stands for nobody known is nothing to choose by."""
        pronouns = vocabulary().words.empty
        return unique(voice.institution for voice in self.voices if fold(voice.institution) not in pronouns)

    @property
    def edtf(self) -> str | None:
        """The claim's own date; never that of publication."""
        return self.claim.when.date.edtf if self.claim.when and self.claim.when.date else None


@dataclass(frozen=True, slots=True)
class Story:
    """Articles and the entries of all their claims, article by article in order of their text."""

    articles: tuple[Article, ...]
    outlets: tuple[str, ...]
    entries: tuple[Entry, ...]


def tell_story(articles: Iterable[Article]) -> Story:
    """Return the story of the articles; `outlets` has one name for each of them."""
    kept = tuple(articles)
    outlets = tuple(clean(name_outlet(article)).strip() or "unnamed" for article in kept)
    speakers = know_speakers(kept)
    entries: list[Entry] = []
    for index, article in enumerate(kept):
        for claim in sorted(article.claims, key=lambda claim: (claim.trigger.start, claim.trigger.end)):
            entries.append(_entry(len(entries) + 1, index, claim, outlets[index], speakers))
    return Story(kept, outlets, tuple(entries))


def name_source(source: Source) -> str:
    """Return what to call a source: whom a pronoun stands for, without an article before it."""
    words = clean(meant(source)).strip()
    head, _, rest = words.partition(" ")
    return rest if rest and head in ("the", "a", "an", "The", "A", "An") and source.kind != "outlet" else words


def hear(source: Source, article: int, speakers: Speakers) -> Voice:
    """Return who a source is: whoever speaks for an institution is taken for it, an outlet goes by its usual name."""
    kind = "source" if source.kind == "other" else source.kind
    who = speakers.identify(source, article)
    words = name_source(source)
    if not isinstance(who, Speaker):
        return Voice(words.casefold(), words, "", kind, source.anonymous)
    if source.kind == "outlet":
        return Voice(str(who.key), words if fold(words) == fold(who.name) else who.name, "", kind, source.anonymous)
    name = clean(speakers.label(who.key)).strip() or words
    of = who.of or speakers.affiliations.get(who.key)
    if of and of != who.key:
        return Voice(*_institution(of, speakers), name, "organisation", source.anonymous)
    if who.kind == "person":
        return Voice(str(who.key), name, "", kind, source.anonymous)
    return Voice(*_institution(who.key, speakers), "", kind, source.anonymous)


def _institution(key: SourceKey, speakers: Speakers) -> tuple[str, str]:
    """Return the key and name of a speaker that is an institution; the seat of a government is its country's."""
    name = clean(speakers.label(key)).strip()
    code = key.name if key.type == "country" else government_of(name)
    country = country_place(code) if code else None
    return (str(SourceKey("country", code)), country.name) if code and country else (str(key), name)


def name_span(span: Span) -> str:
    """Return what to call whom or what a span names: whom a pronoun stands for."""
    return clean(meant(span)).strip()


def _is_named(span: Span, claim: Claim) -> bool:
    """Tell a place by its name; *home*, *there* and *the terminal* are not worth choosing by, and differ by article.

    A capital at the head of a sentence (*Home they went*) is no name.
    """
    words = span.text[1:] if span.start == claim.evidence.start else span.text
    return span.place is not None or any(letter.isupper() for letter in words)


def locate(span: Span | None) -> Spot | None:
    """Return where a span lies: the point of its place, else that of its country; None where neither is known."""
    if span is None or span.place is None:
        return None
    place = span.place
    name = clean(place.name).strip()
    if place.lat is not None and place.lon is not None and abs(place.lat) <= 90 and abs(place.lon) <= 180:
        exact = place.kind not in ("country", "state")
        return Spot(place.lat, place.lon, name, name, exact, place.kind == "country", place.country)
    middle = country_place(place.country) if place.country else None
    if middle is None or middle.lat is None or middle.lon is None:
        return None
    return Spot(middle.lat, middle.lon, middle.name, name, exact=False, country=True, code=place.country)


def safe_url(url: str | None) -> str | None:
    """Return an http(s) address, None for anything else: a link in an article may say `javascript:`."""
    address = clean(url or "").strip()
    return address if web_host(address) else None


def read_period(edtf: str) -> Period | None:
    """Return the days of an EDTF date, season, decade or interval; None where it is none that claimx writes."""
    first, final = (date.fromisoformat(day) if day else None for day in days_of(edtf))
    return Period(first, final) if first or final else None


def _entry(number: int, index: int, claim: Claim, outlet: str, speakers: Speakers) -> Entry:
    edtf = claim.when.date.edtf if claim.when and claim.when.date else None
    spans = places_of(claim).values()
    # what happens at a place is drawn as what moves within it
    at = next((spot for span in spans if (spot := locate(span))), None) if claim.kind != MOVEMENT else None
    return Entry(
        number=number,
        article=index,
        claim=claim,
        outlet=outlet,
        origin=at or locate(claim.origin),
        via=locate(claim.via),
        destination=at or locate(claim.destination),
        places=unique(
            clean(span.place.name if span.place else span.text).strip()
            for span in spans
            if span and _is_named(span, claim)
        ),
        voices=tuple(hear(source, index, speakers) for source in claim.sources),
        period=read_period(edtf) if edtf else None,
    )


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names, each once, in their order."""
    return tuple(dict.fromkeys(name for name in names if name))


def numbers(entries: Sequence[Entry]) -> str:
    """Return the entries' numbers, for the attribute by which a page's script finds what belongs to which claim."""
    return " ".join(str(entry.number) for entry in entries)
