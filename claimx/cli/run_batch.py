"""What `claimx batch` does: put sources, workers and file together, show how far it is, stop in order."""

import signal
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import Literal

from claimx.batch import Analysis, BatchOptions, find_sources, process_workers, run_batch
from claimx.batch.cluster import ClusterWorkers, cluster_workers
from claimx.batch.workers import ProcessWorkers
from claimx.cli.arguments import RunOptions
from claimx.cli.progress import Progress, show_progress
from claimx.cli.streams import tell
from claimx.errors import ClaimxError, ModelError, RuleError, SourceError
from claimx.output.batch_file import BatchFile, open_batch_file
from claimx.sources import ReadOptions

_INTERRUPTED = 130  # as shells have it: 128 and the number of the signal

Workers = ProcessWorkers | ClusterWorkers


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What the options of `claimx batch` alone say."""

    output: Path
    paths: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    lines: Literal["articles", "claims"] = "articles"
    resume: bool = False
    overwrite: bool = False
    workers: int | None = None
    article_timeout: float = 0.0
    scheduler: str | None = None


def run(request: BatchRequest, options: RunOptions) -> int:
    """Do the batch and return the exit status.

    0 all sources done; 1 something failed; 2 nothing was done and the command needs changing; 130 stopped.
    """
    begun = False
    progress = Progress()
    try:
        with _terminable():
            _check_rules(options)
            with (
                _executor(request) as executor,
                open_batch_file(
                    request.output, lines=request.lines, resume=request.resume, overwrite=request.overwrite
                ) as out,
            ):
                begun = True
                _work(request, options, executor, out, progress)
    except KeyboardInterrupt:
        tell(f"stopped after {_counted(progress)}; go on with --resume")
        return _INTERRUPTED
    except (ModelError, RuleError) as error:
        tell(error)
        return 2
    except ClaimxError as error:
        tell(error)
        if not begun:
            return 2
        tell(f"stopped after {_counted(progress)}; go on with --resume")
        return 1
    if not options.quiet or progress.summary.failed:
        errors = f"; {out.errors_path} says why" if progress.summary.failed else ""
        tell(f"{_counted(progress)} in {progress.summary.seconds:.1f} s{errors}")
    return 1 if progress.summary.failed else 0


def _work(request: BatchRequest, options: RunOptions, executor: Workers, out: BatchFile, progress: Progress) -> None:
    read = ReadOptions(
        timeout=options.timeout, published=options.date.date().isoformat() if options.date else None, polite=True
    )
    work = Analysis(
        model=options.model,
        rules=tuple(str(path.absolute()) for path in options.rules),
        min_confidence=options.min_confidence,
        read=read,
        time_limit=request.article_timeout,
    )
    addresses = list(_read_feeds(request.feeds, read))

    def sources() -> Iterator[str | SourceError]:
        return chain(find_sources(request.paths, url_lists=request.urls), addresses)

    with show_progress(progress, lambda: sum(1 for _ in sources()), quiet=options.quiet) as update:
        run_batch(
            sources(),
            out,
            executor=executor,
            work=work,
            read=read,
            options=BatchOptions(workers=executor.count),
            on_progress=update,
        )


def _executor(request: BatchRequest) -> AbstractContextManager[Workers]:
    if request.scheduler is not None:
        return cluster_workers(request.scheduler)
    return process_workers(request.workers)


def _read_feeds(feeds: tuple[str, ...], read: ReadOptions) -> Iterator[str | SourceError]:
    """Yield the addresses that the feeds hold now."""
    for feed in feeds:
        from claimx.sources.feeds import read_feed

        try:
            yield from read_feed(feed, options=read)
        except SourceError as error:
            yield error


def _check_rules(options: RunOptions) -> None:
    """Raise RuleError for a bad pack before anything is begun."""
    if options.rules:
        from claimx.rules.loader import load_rules

        load_rules(options.rules)


def _counted(progress: Progress) -> str:
    summary = progress.summary
    articles = "article" if summary.done == 1 else "articles"
    claims = "claim" if summary.claims == 1 else "claims"
    words = [f"{summary.done:,} {articles} done with {summary.claims:,} {claims}"]
    words += [f"{summary.skipped:,} skipped"] if summary.skipped else []
    words += [f"{summary.failed:,} failed"] if summary.failed else []
    return ", ".join(words)


@contextmanager
def _terminable() -> Iterator[None]:
    """Take SIGTERM, by which systems end programs, for a Ctrl-C while the block runs."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
