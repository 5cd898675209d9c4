"""Measure how long comparing takes, and how the time grows with the number of articles.

The articles are made: each tells a few of many events, in its own words, with claims as extraction would find them, and
some are copies. Every event has about as many articles whatever the number, as in news from many days.
"""

import argparse
import math
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from claimx.compare import compare
from claimx.records import Actor, Article, Claim, Date, Evidence, Place, Source, Span, claim_id

LIMIT_SECONDS = 15.0
"""What 1,000 articles may take."""
LIMIT_EXPONENT = 1.6
"""The power of the number of articles that the time may grow with; the square would be 2."""

_SIZES = (250, 500, 1000, 2000)
_PER_EVENT = 5  # articles that tell an event, on average
_TOLD = 6  # events in an article
_PADDING = 12  # further sentences
_SEED = 11

_COUNTRIES = (
    "RU",
    "SY",
    "LY",
    "SD",
    "ML",
    "UA",
    "TR",
    "IR",
    "PL",
    "GR",
    "EG",
    "KE",
    "NE",
    "TD",
    "YE",
    "IQ",
    "LB",
    "AM",
)
_THINGS = (
    "radars", "tanks", "soldiers", "refugees", "drones", "prisoners", "envoys", "trucks", "missiles", "patients",
    "tonnes of wheat", "tonnes of flour", "boxes of vaccine", "helicopters", "gold bars", "statues", "cattle", "buses",
)  # fmt: skip
_VERBS = (("moved", "move"), ("sent", "send"), ("flew", "fly"), ("shipped", "ship"), ("brought", "bring"))
_SPEAKERS = ("officials", "a spokesman", "the ministry", "residents", "aid workers")
_OUTLETS = 80
_SYLLABLES = ("ba", "ko", "mi", "ra", "tu", "zen", "lor", "gan", "dis", "vek", "pol", "sha", "rim", "not", "fel", "qua")


@dataclass(frozen=True, slots=True)
class Event:
    """What articles tell: who moves how many of what from where to where, and when."""

    country: str
    thing: str
    number: int
    origin: Place
    destination: Place
    day: date


def make_articles(count: int) -> list[Article]:
    """Return as many articles, the same for the same number."""
    chance = random.Random(_SEED)  # noqa: S311 # no secret, but the same figures on each run
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(4000)]
    events = [_event(chance, words) for _ in range(max(1, count * _TOLD // _PER_EVENT))]
    articles: list[Article] = []
    for number in range(count):
        if articles and chance.random() < 0.1:
            original = chance.choice(articles[-50:])
            articles.append(replace(original, source=f"made/{number}", publisher=_outlet(chance)))
        else:
            told = sorted(chance.sample(events, min(_TOLD, len(events))), key=lambda event: event.day)
            articles.append(_article(chance, words, told, number))
    return articles


def _event(chance: random.Random, words: Sequence[str]) -> Event:
    return Event(
        country=chance.choice(_COUNTRIES),
        thing=chance.choice(_THINGS),
        number=chance.randint(5, 900),
        origin=_place(chance, words),
        destination=_place(chance, words),
        day=date(2024, 1, 1) + timedelta(days=chance.randint(0, 365)),
    )


def _place(chance: random.Random, words: Sequence[str]) -> Place:
    number = chance.randrange(1000)
    country = _COUNTRIES[number % len(_COUNTRIES)]
    return Place(words[number].capitalize(), country, number % 140 - 70.0, number % 300 - 150.0, number + 1, "city")


def _outlet(chance: random.Random) -> str:
    return f"Daily {chance.randrange(_OUTLETS)}"


def _article(chance: random.Random, words: Sequence[str], told: Sequence[Event], number: int) -> Article:
    text = ""
    drafts: list[tuple[int, Event, tuple[str, str], str]] = []
    for event in told:
        verb, speaker = chance.choice(_VERBS), chance.choice(_SPEAKERS)
        drafts.append((len(text), event, verb, speaker))
        text += f"{_sentence(event, verb[0], speaker)}\n\n"
        for _ in range(_PADDING // _TOLD):
            text += " ".join(chance.choices(words, k=14)).capitalize() + ".\n\n"
    claims = tuple(_claim(text, start, event, verb, speaker) for start, event, verb, speaker in drafts)
    published = max(event.day for event in told) + timedelta(days=1)
    return Article(
        f"made/{number}", text, publisher=_outlet(chance), published=published.isoformat(), language="en", claims=claims
    )


def _sentence(event: Event, verb: str, speaker: str) -> str:
    route = f"from {event.origin.name} to {event.destination.name}"
    return f"{event.country} {verb} {event.number} {event.thing} {route} on {event.day.isoformat()}, {speaker} said."


def _claim(text: str, start: int, event: Event, verb: tuple[str, str], speaker: str) -> Claim:
    sentence = _sentence(event, verb[0], speaker)

    def span(words: str) -> Span:
        at = start + sentence.index(words)
        return Span(words, at, at + len(words))

    trigger = span(verb[0])
    said = span(speaker)
    return Claim(
        id=claim_id(text, trigger),
        predicate=verb[1],
        trigger=trigger,
        evidence=Evidence(sentence, start, start + len(sentence), text.count("\n\n", 0, start)),
        who=replace(span(event.country), actor=Actor(event.country, event.country, "country")),
        what=span(f"{event.number} {event.thing}"),
        origin=replace(span(event.origin.name), place=event.origin),
        destination=replace(span(event.destination.name), place=event.destination),
        when=replace(span(event.day.isoformat()), date=Date(event.day.isoformat(), "explicit")),
        sources=(Source(said.text, said.start, said.end, kind="officials", anonymous=True),),
        rules=("move",),
    )


def measure(sizes: Sequence[int], rounds: int) -> dict[int, float]:
    """Return the seconds that comparing takes by number of articles, the median of some rounds."""
    compare(make_articles(20))  # what loads once is no part of it
    seconds = {}
    for size in sizes:
        articles = make_articles(size)
        seconds[size] = statistics.median(_timed(articles) for _ in range(rounds))
    return seconds


def _timed(articles: Sequence[Article]) -> float:
    begun = time.process_time()
    compare(articles)
    return time.process_time() - begun


def growth(seconds: dict[int, float]) -> float:
    """Return the power of the number of articles that the time grows with: the slope between their logarithms."""
    points = [(math.log(size), math.log(max(taken, 1e-9))) for size, taken in seconds.items()]
    return statistics.linear_regression(*zip(*points, strict=True)).slope


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the seconds and their growth; 1 where a limit is broken."""
    parser = argparse.ArgumentParser(
        prog="python -m claimx_benchmarks compare", description=(__doc__ or "").split("\n", 1)[0]
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=list(_SIZES), metavar="N", help="numbers of articles")
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="how often each is measured")
    options = parser.parse_args(arguments)
    seconds = measure(sorted(set(options.sizes)), options.rounds)
    for size, taken in seconds.items():
        allowed = f"  (at most {LIMIT_SECONDS:g})" if size == 1000 else ""
        print(f"{size:6d} articles {taken:8.2f} s{allowed}")
    broken = any(taken > LIMIT_SECONDS for size, taken in seconds.items() if size <= 1000)
    if len(seconds) > 1:
        exponent = growth(seconds)
        print(f"grows with the power {exponent:.2f} of the number  (at most {LIMIT_EXPONENT:g})")
        broken = broken or exponent > LIMIT_EXPONENT
    return int(broken)


if __name__ == "__main__":
    raise SystemExit(main())
