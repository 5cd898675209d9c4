"""How far a batch is: a bar on a terminal, a line now and then elsewhere."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from claimx.batch import Summary
from claimx.cli.streams import tell

_LINE_SECONDS = 30.0
_WARM_UP_SECONDS = 2.0  # before which a rate says more about starting than about working


@dataclass(slots=True)
class Progress:
    """The summary so far, and how many sources there are once they are counted."""

    summary: Summary = field(default_factory=Summary)
    total: int | None = None


@contextmanager
def show_progress(progress: Progress, count: Callable[[], int], *, quiet: bool) -> Iterator[Callable[[Summary], None]]:
    """Open the display; what it gives is to be called with each summary. `count` runs in a thread of its own."""

    def keep(summary: Summary) -> None:
        progress.summary = summary

    if quiet:
        yield keep
        return

    def find_total() -> None:
        with suppress(Exception):  # what is wrong with a source, the batch itself finds; this is for show
            progress.total = count()

    threading.Thread(target=find_total, daemon=True).start()
    with _bar(progress) if sys.stderr.isatty() else _lines(progress) as update:
        yield update


def describe(progress: Progress) -> str:
    """Return in words how far it is, how fast it goes, and when it will be over as far as that can be said."""
    summary, total = progress.summary, progress.total
    worked = summary.done + summary.failed
    known = total is not None and total >= summary.settled  # files may have come since they were counted
    words = f"{summary.settled:,} of {total:,} articles" if known else f"{summary.settled:,} articles"
    if summary.failed:
        words += f", {summary.failed:,} failed"
    if worked and summary.seconds >= _WARM_UP_SECONDS:
        rate = worked / summary.seconds
        words += f", {rate:.3g} a second"
        if known and total is not None:
            words += f", {_in_words((total - summary.settled) / rate)} left"
    return words


def _in_words(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


@contextmanager
def _bar(progress: Progress) -> Iterator[Callable[[Summary], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (BarColumn(), TextColumn("{task.description}", markup=False))
    with Bars(*columns, console=Console(stderr=True), refresh_per_second=4, transient=True) as bars:
        bar = bars.add_task("starting", total=None)

        def update(summary: Summary) -> None:
            progress.summary = summary
            bars.update(bar, completed=summary.settled, total=progress.total, description=describe(progress))

        yield update


@contextmanager
def _lines(progress: Progress) -> Iterator[Callable[[Summary], None]]:
    told = time.monotonic()

    def update(summary: Summary) -> None:
        nonlocal told
        progress.summary = summary
        if time.monotonic() - told >= _LINE_SECONDS:
            told = time.monotonic()
            tell(describe(progress))

    yield update
