"""What `claimx batch` gains by a second worker, and whether its memory stays flat in the number of articles.

Both run the command itself, on generated news text, in processes of their own. Time is wall time, the least of several
runs, one worker and two in turn: what else the machine does counts, so its load is printed beside.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from claimx_benchmarks.speed import generate_articles

SPEED_LIMIT: Final = 0.6
"""The most that a batch with two workers may take of its time with one."""

MEMORY_LIMIT: Final = 1.3
"""The most memory that the large batch may take, in units of the small one's."""

_RUN: Final = """
import json, resource, sys
from claimx.cli import main
try:
    main()
except SystemExit as ended:
    if ended.code: sys.exit("the batch failed")
own, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime
print(json.dumps({"cpu": cpu, "parent": own.ru_maxrss / 1024, "worker": theirs.ru_maxrss / 1024}))
"""  # the command, in a process that says at the end what it took
_WORDS_AN_ARTICLE: Final = 500  # more than a generated article has
_SYLLABLES: Final = ("ba", "dor", "ki", "len", "mar", "no", "pe", "rus", "sha", "ti", "ul", "ver", "wo", "yan", "zil")


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of the command: wall and CPU seconds, and the most memory that its processes can have held, in MB.

    Memory is the parent's peak and, for each worker, the peak of the largest.
    """

    seconds: float
    cpu_seconds: float
    memory: float


def short_articles(count: int) -> list[str]:
    """Articles of 25 to 65 words, each with a few names that no other has, as in the news."""
    paragraphs: list[str] = []
    seed = 1
    while len(paragraphs) < count:
        for article in generate_articles(_WORDS_AN_ARTICLE * 100, seed=seed):
            paragraphs += article.split("\n\n")
        seed += 1
    chance = random.Random(0)  # noqa: S311 - making names up, no secrets

    def name() -> str:
        return "".join(chance.choices(_SYLLABLES, k=4)).title()

    return [f"{text} “We saw it,” said {name()} {name()} of {name()}.\n" for text in paragraphs[:count]]


def write_articles(folder: Path, articles: Sequence[str]) -> None:
    """Write each article into a file of its own, a hundred a folder."""
    for number, article in enumerate(articles):
        path = folder / f"{number // 100:03}" / f"{number:05}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(article, encoding="utf-8")


def measure(folder: Path, workers: int) -> Measured:
    """Run the command over a folder."""
    with tempfile.TemporaryDirectory() as other:
        arguments = ["batch", str(folder), "-o", f"{other}/out.jsonl", "--workers", str(workers), "--quiet"]
        begun = time.perf_counter()
        done = subprocess.run(  # noqa: S603 - our own interpreter and arguments
            [sys.executable, "-c", _RUN, *arguments], capture_output=True, text=True, check=True
        )
        seconds = time.perf_counter() - begun
    found = json.loads(done.stdout)
    return Measured(seconds, found["cpu"], found["parent"] + workers * found["worker"])


def run_speed(articles: int, repeat: int) -> float:
    """Print what one worker and two take for so many articles; return the ratio of the least times."""
    best = {1: float("inf"), 2: float("inf")}
    texts = generate_articles(articles * _WORDS_AN_ARTICLE)[:articles]
    with tempfile.TemporaryDirectory() as folder:
        write_articles(Path(folder), texts)
        sys.stdout.write(f"{len(texts)} articles of {sum(len(text.split()) for text in texts) // len(texts)} words\n")
        for _ in range(repeat):
            for workers in best:
                load = os.getloadavg()[0]
                run = measure(Path(folder), workers)
                best[workers] = min(best[workers], run.seconds)
                sys.stdout.write(
                    f"  workers {workers}  {run.seconds:6.1f} s  {run.cpu_seconds:6.1f} CPU s  load before {load:.1f}\n"
                )
                sys.stdout.flush()
    ratio = best[2] / best[1]
    sys.stdout.write(f"two workers take {ratio:.2f} of the time of one (at most {SPEED_LIMIT})\n")
    return ratio


def run_memory(small: int, large: int, workers: int) -> float:
    """Print the memory that a small and a large batch of short articles take; return the ratio."""
    texts = short_articles(large)
    memory = []
    for count in (small, large):
        with tempfile.TemporaryDirectory() as folder:
            write_articles(Path(folder), texts[:count])
            run = measure(Path(folder), workers)
        memory.append(run.memory)
        sys.stdout.write(f"{count:6} short articles  {run.memory:6.0f} MB in {1 + workers} processes\n")
        sys.stdout.flush()
    ratio = memory[1] / memory[0]
    sys.stdout.write(f"the large batch takes {ratio:.2f} of the memory of the small one (at most {MEMORY_LIMIT})\n")
    return ratio


def main(arguments: Sequence[str]) -> int:
    """Run the benchmark; exit status 1 where a limit is broken."""
    parser = argparse.ArgumentParser(prog="python -m claimx_benchmarks batch")
    parser.add_argument("--only", choices=["speed", "memory"], default=None, help="one part alone")
    parser.add_argument("--articles", type=int, default=200, help="articles for speed")
    parser.add_argument("--repeat", type=int, default=2, help="runs of each kind, of which the fastest counts")
    parser.add_argument("--small", type=int, default=500, help="short articles of the small batch, for memory")
    parser.add_argument("--large", type=int, default=10_000, help="short articles of the large batch")
    parser.add_argument("--workers", type=int, default=2, help="workers, for memory")
    options = parser.parse_args(arguments)
    good = True
    if options.only != "memory":
        good = run_speed(options.articles, options.repeat) <= SPEED_LIMIT
    if options.only != "speed":
        good = run_memory(options.small, options.large, options.workers) <= MEMORY_LIMIT and good
    return 0 if good else 1
