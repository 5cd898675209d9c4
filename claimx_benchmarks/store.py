"""How fast a store takes articles, from one process and from two, and how fast it answers with many claims in it."""

import argparse
import multiprocessing
import random
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

from claimx.gazetteer import actor_of, find_place
from claimx.records import Article, Claim, Date, Evidence, Place, Source, SourceKind, Span, Status, claim_id
from claimx.store import Query, Store, make_run, open_store

LIMIT: Final = 0.1
"""Seconds that an answer may take."""
QUERIES: Final = {
    "a country": Query(who="Russia"),
    "a country's officials": Query(source="Russian officials"),
    "a thing": Query(what="Patriot batteries"),
    "a journey": Query(origin="Aleppo", destination="Libya"),
    "who, to, since, status, source": Query(
        who="Russia", destination="Libya", since=date(2024, 12, 1), status=("asserted",), source="officials"
    ),
    "a kind of source": Query(source="officials"),
    "a month": Query(since=date(2024, 12, 1), until=date(2024, 12, 31)),
    "words of the sentence": Query(text="cargo ship Benghazi"),
    "a phrase": Query(text='"two dozen cargo ships"'),
    "words of the article": Query(article="Khartoum convoy"),
    "a publisher": Query(publisher="Daily Courier"),
    "a status, sure": Query(status=("negated",), min_confidence=0.9),
    "a frequent word, a rare name": Query(text="moved", who="Sahel"),
    "nothing that is there": Query(who="Lilliput", text="moved"),
    "anything": Query(),
}
_CLAIMS: Final = 10
_STATUSES: Final[tuple[Status, ...]] = (
    "asserted",
    "asserted",
    "asserted",
    "hedged",
    "prospective",
    "negated",
    "unclear",
)
_KINDS: Final[tuple[SourceKind, ...]] = ("officials", "person", "outlet", "organisation")
_ROUNDS: Final = 5
_SHOWN: Final = 100


def generate_articles(count: int, *, seed: int = 1) -> Iterator[Article]:
    """Yield articles with ten claims each, the same for the same seed; sentences are made up, offsets are true."""
    with (Path(__file__).parent / "news.toml").open("rb") as file:
        names: dict[str, list[str]] = tomllib.load(file)["names"]
    chance = random.Random(seed)  # noqa: S311 - drawing words, no secrets
    for number in range(count):
        published = date(2024, 1, 1) + timedelta(chance.randrange(365))
        parts = [_Sentence(names, chance, published) for _ in range(_CLAIMS)]
        text = f"Report {seed}-{number}\n\n" + "\n\n".join(part.text for part in parts)
        claims, start = [], text.index("\n\n") + 2
        for paragraph, part in enumerate(parts, 1):
            claims.append(part.claim(text, start, paragraph))
            start += len(part.text) + 2
        yield Article(
            source=f"https://example.org/{seed}/{number}",
            url=f"https://example.org/{seed}/{number}",
            text=text,
            title=f"Report {seed}-{number}",
            publisher=chance.choice(names["paper"]),
            published=published.isoformat(),
            retrieved_at=f"{published}T12:00:00Z",
            sha256=f"{number:064x}",
            language="en",
            claims=tuple(claims),
        )


class _Sentence:
    """A sentence about one movement, with what stands where."""

    def __init__(self, names: dict[str, list[str]], chance: random.Random, published: date) -> None:
        country, day = chance.choice(names["Country"]), published - timedelta(chance.randrange(30))
        self._day = day
        self._status = chance.choice(_STATUSES)
        self._kind = chance.choice(_KINDS)
        self._confidence = round(chance.uniform(0.3, 1.0), 3)
        pieces = {
            "who": chance.choice((country, chance.choice(names["person"]), f"The {chance.choice(names['group'])}")),
            "trigger": "moved",
            "what": f"{chance.choice(names['number'])} {chance.choice((*names['weapon'], ''))} batteries".replace(
                "  ", " "
            ),
            "origin": chance.choice(names["city"]),
            "destination": chance.choice((*names["other"], *names["region"], *names["city"])),
            "vehicle": chance.choice(names["vehicle"]),
            "when": f"on {day:%B} {day.day}",
            "source": f"{chance.choice(names['Country'])}'s officials",
            "cue": "said",
            "bystanders": "residents",
        }
        self.text = (
            "{who} {trigger} {what} from {origin} to {destination} by {vehicle} {when}, {source} {cue}; the convoy had "
            "been seen near the border several times before, {bystanders} of the villages near the road told reporters."
        ).format(**pieces)
        self._spans, position = {}, 0
        for role, words in pieces.items():
            position = self.text.index(words, position)
            self._spans[role] = (position, position + len(words))

    def claim(self, text: str, start: int, paragraph: int) -> Claim:
        """Return the claim of the sentence, which begins at `start` of the text."""

        def span(role: str, **more: Any) -> Span:
            begin, end = self._spans[role]
            return Span(self.text[begin:end], start + begin, start + end, **more)

        trigger, source, who = span("trigger"), span("source"), span("who")
        bystanders = span("bystanders")
        return Claim(
            id=claim_id(text, trigger),
            predicate="move",
            trigger=trigger,
            evidence=Evidence(self.text, start, start + len(self.text), paragraph),
            who=span("who", actor=actor_of(who.text)),
            what=span("what"),
            origin=span("origin", place=_place(span("origin").text)),
            destination=span("destination", place=_place(span("destination").text)),
            vehicle=span("vehicle"),
            when=span("when", date=Date(self._day.isoformat(), "explicit")),
            status=self._status,
            sources=(
                Source(source.text, source.start, source.end, self._kind, cue=span("cue"), actor=actor_of(source.text)),
                Source(bystanders.text, bystanders.start, bystanders.end, "person", anonymous=True),
            ),
            rules=("move",),
            confidence=self._confidence,
        )


@cache
def _place(name: str) -> Place | None:
    return find_place(name)


def fill(store: str, articles: int, seed: int) -> float:
    """Add generated articles to a store and return the seconds that the adding took."""
    with open_store(store) as opened:
        run, seconds, rest = make_run(), 0.0, generate_articles(articles, seed=seed)
        while some := list(islice(rest, 100)):
            begun = time.perf_counter()
            for article in some:
                opened.add(article, run=run)
            seconds += time.perf_counter() - begun
    return seconds


def fill_from(store: str, articles: int, processes: int) -> float:
    """Add articles from several processes at once and return the seconds of the slowest."""
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        jobs = [(store, articles // processes, 100 + number) for number in range(processes)]
        return max(pool.starmap(fill, jobs))


def time_query(store: Store, query: Query) -> tuple[float, int]:
    """Return the median seconds of an answer, once the store is warm, and how many claims are in it."""
    seconds = []
    for _ in range(_ROUNDS + 1):
        begun = time.perf_counter()
        found = sum(1 for _ in store.search(query))
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds[1:]), found


def time_command(store: str) -> float:
    """Return the least seconds, of three, that the whole command takes, from starting Python to the last claim."""
    seconds = []
    for _ in range(3):
        begun = time.perf_counter()
        arguments = ["search", store, "--who", "Russia", "--to", "Libya", "-f", "jsonl"]
        subprocess.run(  # noqa: S603 - our own interpreter and arguments
            [sys.executable, "-c", "from claimx.cli import main; main()", *arguments], capture_output=True, check=True
        )
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def main(arguments: Sequence[str]) -> int:
    """Print what was measured; the exit status is 1 where an answer takes longer than it may."""
    parser = argparse.ArgumentParser(
        prog="python -m claimx_benchmarks store", description=(__doc__ or "").split("\n", 1)[0]
    )
    parser.add_argument("--claims", type=int, default=100_000, metavar="N", help="claims in the store")
    parser.add_argument("--store", metavar="STORE", help="an empty store to fill, a file in a new folder by default")
    options = parser.parse_args(arguments)

    with tempfile.TemporaryDirectory() as folder:
        place = options.store or str(Path(folder) / "claims.db")
        articles = max(1, options.claims // _CLAIMS)
        few = max(2, articles // 10)
        alone = fill(place, articles, seed=1)
        print(f"{articles} articles, {articles * _CLAIMS} claims: {articles / alone:.0f} articles a second")
        one, two = (fill_from(str(Path(folder) / f"{number}.db"), few, number) for number in (1, 2))
        print(f"{few} articles into a new file from 2 processes: {one / two:.2f} x the rate of 1")
        if Path(place).exists():
            print(f"size of the file: {Path(place).stat().st_size / 1e6:.0f} MB")
        worst = 0.0
        with open_store(place, create=False) as store:
            for name, query in QUERIES.items():
                seconds, found = time_query(store, replace(query, limit=_SHOWN))
                worst = max(worst, seconds)
                print(f"{seconds * 1000:7.1f} ms  {found:4} claims  {name}")
        print(f"slowest answer {worst * 1000:.1f} ms, {worst / LIMIT:.2f} x what it may take ({LIMIT * 1000:.0f} ms)")
        print(f"the whole command: {time_command(place):.2f} s")
    return int(worst > LIMIT)
