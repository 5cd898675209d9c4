"""Work for batches that needs no language model, importable by name in worker processes, and a sink in memory."""

import os
import re
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from claimx.batch.records import Outcome
from claimx.errors import SourceError, SourceUnreadable
from claimx.records import Article, Claim, Evidence, Span, claim_id
from claimx.sources import Raw

MakeFiles = Callable[..., list[str]]


class ListSink:
    """A sink that keeps what it gets."""

    def __init__(self, *held: str) -> None:
        self.held = set(held)
        self.articles: list[Article] = []
        self.errors: list[SourceError] = []

    def holds(self, source: str) -> bool:
        return source in self.held

    def write(self, article: Article) -> None:
        self.articles.append(article)

    def write_error(self, error: SourceError) -> None:
        self.errors.append(error)

    @property
    def sources(self) -> list[str]:
        return sorted(article.source for article in self.articles)


def find_moved(raws: Sequence[Raw]) -> list[Outcome]:
    """A claim for each "moved"; bytes with "BAD" in them cannot be read."""
    return [_outcome(raw) for raw in raws]


def find_slowly(raws: Sequence[Raw]) -> list[Outcome]:
    """The same, but so slowly that something can happen meanwhile."""
    time.sleep(0.02)
    return find_moved(raws)


def count_loads() -> int:
    """How often the worker that is asked has loaded a model."""
    from claimx.batch.work import _loaded

    return _loaded.cache_info().misses


def count_workers() -> int:
    """How many workers the cluster has, asked on one of them."""
    from distributed import get_worker

    return len(get_worker().client.scheduler_info(n_workers=-1)["workers"])


def die_on_poison(raws: Sequence[Raw]) -> list[Outcome]:
    """The same, but "POISON" ends the process, as a crash or the system short of memory does."""
    if any(b"POISON" in raw.data for raw in raws):
        os.kill(os.getpid(), signal.SIGKILL)
    return find_moved(raws)


def die(raws: Sequence[Raw]) -> list[Outcome]:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def sleep_for_ever(raws: Sequence[Raw]) -> list[Outcome]:
    time.sleep(600)
    raise AssertionError


def describe_process(raws: Sequence[Raw]) -> dict[str, Any]:
    """What a worker is like: its id, its limits on threads, what it does with Ctrl-C."""
    return {
        "pid": os.getpid(),
        "threads": {name: value for name, value in os.environ.items() if name.endswith("_NUM_THREADS")},
        "blocked": signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()),
    }


def article(source: str, text: str) -> Article:
    """An article with a claim for each "moved"."""
    return Article(source=source, text=text, claims=tuple(_claim(text, found) for found in re.finditer("moved", text)))


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that is dead and not yet buried does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_for_end(*pids: int) -> bool:
    deadline = time.monotonic() + 20
    while any(is_alive(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _outcome(raw: Raw) -> Article | SourceError:
    if b"BAD" in raw.data:
        return SourceUnreadable(raw.source, "bad; make it good")
    return article(raw.source, raw.data.decode())


def _claim(text: str, found: re.Match[str]) -> Claim:
    trigger = Span(found[0], *found.span())
    return Claim(claim_id(text, trigger), "move", trigger, Evidence(text, 0, len(text), 0))
