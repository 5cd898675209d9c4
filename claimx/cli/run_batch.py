"""What `claimx batch` does: put sources, workers and file together, show how far it is, stop in order."""

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from types import FrameType
from typing import TYPE_CHECKING

from claimx.batch import Analysis, BatchOptions, find_sources, process_workers, run_batch
from claimx.batch.cluster import ClusterWorkers, cluster_workers
from claimx.batch.workers import ProcessWorkers
from claimx.cli.arguments import RunOptions
from claimx.cli.batch import BatchRequest
from claimx.cli.progress import Progress, show_progress
from claimx.cli.run import keep_asked, load_packs, read_options
from claimx.cli.streams import tell
from claimx.errors import BatchError, ClaimxError, ModelError, OutputError, RuleError, SourceError, fault_of
from claimx.output import describe_model
from claimx.output.batch_file import BatchFile, open_batch_file
from claimx.output.wording import word_number
from claimx.records import Article
from claimx.sources import ReadOptions

if TYPE_CHECKING:
    from claimx.store import Run, Store

_INTERRUPTED = 130  # as shells have it: 128 and the number of the signal

Workers = ProcessWorkers | ClusterWorkers


def run(request: BatchRequest, options: RunOptions) -> int:
    """Do the batch and return the exit status.

    0 all sources done; 1 something failed; 2 nothing was done and the command needs changing; 130 stopped.
    """
    progress = Progress()
    begun = False
    try:
        with _terminable(), _executor(request) as executor, _output(request, options) as output:
            begun = True
            _work(request, options, executor, output, progress)
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
        errors = f"; {output.file.errors_path} says why" if progress.summary.failed else ""
        tell(f"{_counted(progress)}, in {progress.summary.seconds:.1f} s{errors}")
    return 1 if progress.summary.failed else 0


@dataclass(slots=True)
class _Output:
    """Where everything goes: the file and, before it, so that the file lacks what the store lacks, a store."""

    file: BatchFile
    options: RunOptions
    store: "Store | None" = None
    run: "Run | None" = None

    def holds(self, source: str) -> bool:
        return self.file.holds(source)

    def write(self, article: Article) -> None:
        if self.store is not None:
            self.store.add(article, run=self.run)
        self.file.write(keep_asked(article, self.options))

    def write_error(self, error: SourceError) -> None:
        try:
            self.file.write_error(error)
        except OutputError as failure:  # the disk is full, say: somebody must still be told
            tell(error)
            tell(failure)


@contextmanager
def _output(request: BatchRequest, options: RunOptions) -> Iterator[_Output]:
    """Open what is written to; what is wrong with it, or with the rules, is found before anything is begun."""
    with ExitStack() as stack:
        load_packs(options)
        store = None
        if options.store is not None:
            from claimx.store import open_store

            store = stack.enter_context(open_store(options.store))
        file = stack.enter_context(
            open_batch_file(request.output, lines=request.lines, resume=request.resume, overwrite=request.overwrite)
        )
        yield _Output(file, options, store)


def _work(request: BatchRequest, options: RunOptions, executor: Workers, output: _Output, progress: Progress) -> None:
    read = replace(
        read_options(options),
        polite=True,
        public_only=not request.allow_private,
        cache=str(request.cache) if request.cache else None,
    )
    work = Analysis(
        model=options.model,
        rules=tuple(str(path.absolute()) for path in options.rules or ()),
        kinds=tuple(options.kinds),
        read=read,
        time_limit=request.article_timeout,
    )
    if output.store is not None:
        output.run = _describe_run(executor, work, options)
    addresses = list(_read_feeds(request.feeds or (), read))

    def sources() -> Iterator[str | SourceError]:
        return chain(find_sources(request.paths or (), url_lists=request.urls or ()), addresses)

    with show_progress(progress, lambda: sum(1 for _ in sources()), quiet=options.quiet) as update:
        run_batch(
            sources(),
            output,
            executor=executor,
            work=work,
            read=read,
            options=BatchOptions(workers=executor.count),
            on_progress=update,
        )


def _describe_run(executor: Workers, work: Analysis, options: RunOptions) -> "Run":
    """Return what the store keeps of how claims were found; which model it was, a worker knows."""
    from claimx.store import make_run

    try:
        meta = executor.submit(work.describe_model).result()
    except ClaimxError:
        raise
    except Exception as error:
        raise BatchError(f"no worker can load the model ({type(error).__name__}); try fewer workers") from error
    return make_run(model=describe_model(meta), packs=options.rules or ())


def _executor(request: BatchRequest) -> AbstractContextManager[Workers]:
    if request.scheduler is not None:
        return cluster_workers(request.scheduler)
    return process_workers(request.workers)


def _read_feeds(feeds: Iterable[str], read: ReadOptions) -> Iterator[str | SourceError]:
    """Yield the addresses that the feeds hold now."""
    for feed in feeds:
        from claimx.sources.feeds import read_feed

        try:
            yield from read_feed(feed, options=read)
        except Exception as error:
            yield fault_of(feed, "read", error)


def _counted(progress: Progress) -> str:
    summary = progress.summary
    words = [f"{word_number(summary.done, 'article')} done", f"{word_number(summary.claims, 'claim')} found"]
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
