"""What a terminal shows while articles are read and analysed, once that takes longer than a moment."""

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

_PATIENCE = 2.0  # seconds that nobody minds
_Item = TypeVar("_Item")


def count_aloud(items: Iterable[_Item], what: str, *, quiet: bool) -> Iterator[_Item]:
    """Yield the items, and say on a terminal how many came so far; the line is gone when they are over."""
    done = 0
    with wait_aloud(lambda: f"{done:,} {what} done", quiet=quiet):
        for item in items:
            yield item
            done += 1


@contextmanager
def wait_aloud(words: Callable[[], str], *, quiet: bool) -> Iterator[None]:
    """Say on a terminal what is going on, and for how long, while the block runs; the line is gone afterwards.

    A thread of its own draws it, as one long article may take longer than all others together.
    """
    if quiet or not sys.stderr.isatty():
        yield
        return
    began, over = time.monotonic(), threading.Event()

    def draw() -> None:
        wait = _PATIENCE
        while not over.wait(wait):
            wait = 0.5
            line = f"{words()}, {time.monotonic() - began:.0f} s"
            print(f"\r{line}\r", end="", file=sys.stderr, flush=True)  # what comes next is written over it

    drawing = threading.Thread(target=draw, daemon=True)
    drawing.start()
    try:
        yield
    finally:
        over.set()
        drawing.join()
        if time.monotonic() - began > _PATIENCE:
            print("\x1b[K", end="", file=sys.stderr, flush=True)
