"""What a terminal shows while articles are read and analysed, once that takes longer than a moment."""

import sys
import threading
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

_PATIENCE = 2.0  # seconds that nobody minds
_Item = TypeVar("_Item")


def count_aloud(items: Iterable[_Item], what: str, *, quiet: bool) -> Iterator[_Item]:
    """Yield the items, and say on a terminal how many came so far; the line is gone when they are over.

    A thread of its own draws it, as one long article may take longer than all others together.
    """
    if quiet or not sys.stderr.isatty():
        yield from items
        return
    began, done, over = time.monotonic(), 0, threading.Event()

    def draw() -> None:
        wait = _PATIENCE
        while not over.wait(wait):
            wait = 0.5
            words = f"{done:,} {what} done, {time.monotonic() - began:.0f} s"
            print(f"\r{words}\r", end="", file=sys.stderr, flush=True)  # what comes next is written over it

    drawing = threading.Thread(target=draw, daemon=True)
    drawing.start()
    try:
        for item in items:
            yield item
            done += 1
    finally:
        over.set()
        drawing.join()
        if time.monotonic() - began > _PATIENCE:
            print("\x1b[K", end="", file=sys.stderr, flush=True)
