"""The course of a batch: sources in, outcomes out, a bounded number of them in hand."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future
from dataclasses import dataclass, field
from functools import partial
from queue import SimpleQueue
from typing import Any

from claimx.batch.records import BatchOptions, Executor, Outcome, Sink, Summary, Work
from claimx.batch.seen import Seen
from claimx.batch.work import Analysis
from claimx.errors import Abandoned, BatchError, ClaimxError, SourceError, fault_of
from claimx.records import Article
from claimx.sources import ReadOptions, read_raw
from claimx.sources.raw import Raw

_PIECES_A_WORKER = 3  # one in work, the others on their way
_CHUNK_BYTES = 1_000_000  # a piece of work ends where it passes this
_READY_BYTES = 50_000_000  # nothing more is read while this much waits for workers
_HOPELESS = 5  # articles in a row, each alone, that end their worker: it is not the articles
_MOST_REFUSED = 25  # articles in a row that cannot be written: to read on would be in vain

Report = Callable[[Summary], object]


def run_batch(
    sources: Iterable[str | SourceError],
    sink: Sink,
    *,
    executor: Executor,
    work: Work | None = None,
    read: ReadOptions | None = None,
    options: BatchOptions | None = None,
    on_progress: Report | None = None,
) -> Summary:
    """Hand every source's article to `sink`, or why there is none, and return how many there were of each.

    `executor` may be any that takes work as those of `concurrent.futures` do; `work` is claimx's own analysis by
    default. `on_progress` is called with the summary so far after each source. Sources that the sink holds, or that
    came before, are passed over.

    Where a worker is lost, the articles that it may have had in hand are tried once more, each alone; the one that ends
    its worker again is an error like others. Memory holds a bounded number of articles, and a digest of every source
    seen. Whatever is raised while a source is read, analysed or written costs that source alone and is handed to the
    sink as its error. Raises ModelError or RuleError where the work itself is not possible, BatchError where the
    executor gives up or the sink refuses one article after the other; what `write_error` of the sink raises, and
    KeyboardInterrupt, pass through. What was not handed over by then is not done, and comes again with the next run.
    """
    read = read or ReadOptions()
    options = options or BatchOptions()
    readers = _Readers(options.readers, partial(read_raw, options=read))
    batch = _Batch(iter(sources), sink, executor, work or Analysis(read=read), options, readers, on_progress)
    try:
        batch.run()
    finally:
        readers.close()
    return batch.summary


@dataclass(slots=True)
class _Batch:
    """What is in hand: sources being read, bytes ready for work, pieces of work, and suspects to be tried alone."""

    sources: Iterator[str | SourceError]
    sink: Sink
    executor: Executor
    work: Work
    options: BatchOptions
    readers: "_Readers"
    on_progress: Report | None
    summary: Summary = field(default_factory=Summary)
    events: SimpleQueue[Future[Any]] = field(default_factory=SimpleQueue)  # what is read or worked on, once finished
    reading: dict[Future[Any], str] = field(default_factory=dict)
    ready: deque[Raw] = field(default_factory=deque)
    working: dict[Future[Any], list[Raw]] = field(default_factory=dict)
    suspects: deque[Raw] = field(default_factory=deque)  # in hand when a worker was lost
    alone: Future[Any] | None = None  # the suspect in work
    seen: Seen = field(default_factory=Seen)
    lost_in_a_row: int = 0
    refused_in_a_row: int = 0
    exhausted: bool = False
    begun: float = field(default_factory=time.monotonic)

    def run(self) -> None:
        while True:
            self._read_ahead()
            self._send()
            if not self.reading and not self.working:
                break
            self._settle(self.events.get())

    def _read_ahead(self) -> None:
        """Have sources read until enough are on their way for every worker's next piece."""
        enough = self.options.chunk * (self.options.workers + 1)
        while (
            not self.exhausted
            and len(self.reading) + len(self.ready) < enough
            and sum(len(raw.data) for raw in self.ready) < _READY_BYTES
        ):
            try:
                source = next(self.sources, None)
            except Exception as error:  # what yields them is broken; those that came are done
                self.exhausted = True
                source = fault_of("the list of sources", "read to its end", error)
            if source is None:
                self.exhausted = True
            elif isinstance(source, SourceError):
                self._take(source)
            elif not self.seen.add(source) or self.sink.holds(source):
                self.summary.skipped += 1
                self._tell()
            else:
                self._watch(self.readers.submit(source), self.reading, source)

    def _send(self) -> None:
        """Give the workers what is ready: full pieces, and smaller ones where a worker would be idle."""
        if self.suspects:
            if not self.working:
                self.alone = self._submit([self.suspects.popleft()])
            return
        while self.ready and len(self.working) < self.options.workers * _PIECES_A_WORKER:
            if len(self.ready) < self.options.chunk and len(self.working) >= self.options.workers:
                return
            raws: list[Raw] = []
            while self.ready and len(raws) < self.options.chunk and sum(len(raw.data) for raw in raws) < _CHUNK_BYTES:
                raws.append(self.ready.popleft())
            self._submit(raws)

    def _submit(self, raws: list[Raw]) -> Future[Any]:
        try:
            future = self.executor.submit(self.work, raws)
        except Exception as error:
            raise BatchError(
                f"the executor takes no more work ({_describe(error)}); start it again and use --resume"
            ) from error
        self._watch(future, self.working, raws)
        return future

    def _watch(self, future: Future[Any], where: dict[Future[Any], Any], what: Any) -> None:
        where[future] = what
        future.add_done_callback(self.events.put)

    def _settle(self, future: Future[Any]) -> None:
        if (source := self.reading.pop(future, None)) is None:
            self._settle_work(self.working.pop(future), future)
            return
        try:
            self.ready.append(future.result())
        except Exception as error:
            self._take(fault_of(source, "read", error))

    def _settle_work(self, raws: list[Raw], future: Future[Any]) -> None:
        try:
            outcomes = future.result()
        except ClaimxError:
            raise
        except CancelledError as error:
            raise BatchError("the executor dropped its work; start it again and use --resume") from error
        except Exception as error:
            self._settle_loss(raws, error, alone=future is self.alone)
        else:
            self.lost_in_a_row = 0
            if len(outcomes) != len(raws):
                raise BatchError(
                    f"the work gave {len(outcomes)} outcomes for {len(raws)} sources; every source has one"
                )
            for outcome in outcomes:
                self._take(outcome)

    def _settle_loss(self, raws: list[Raw], error: Exception, *, alone: bool) -> None:
        """Go on after work that cost a worker, or has no answer: which article it was, they show one by one."""
        if not alone:
            self.suspects.extend(raws)
            return
        self.lost_in_a_row += 1
        if self.lost_in_a_row >= _HOPELESS:
            raise BatchError(
                f"no worker survives its work ({_describe(error)}); "
                "try fewer workers, or a single article with claimx extract"
            ) from error
        (raw,) = raws
        words = f"ended the process that worked on it, twice ({_describe(error)}); leave it out, and please report this"
        self._take(Abandoned(raw.source, words))

    def _take(self, outcome: Outcome) -> None:
        """Hand an outcome to the sink: the one place that all of them pass."""
        if isinstance(outcome, Article):
            outcome = self._write(outcome)
        if isinstance(outcome, SourceError):
            self.sink.write_error(outcome)
            self.summary.failed += 1
        self._tell()

    def _write(self, article: Article) -> Outcome:
        """Hand an article to the sink, and return it or, where the sink refuses it, the error that says so."""
        try:
            self.sink.write(article)
        except Exception as error:
            self.refused_in_a_row += 1
            if self.refused_in_a_row > _MOST_REFUSED:
                raise BatchError(f"nothing can be written any more ({_describe(error)})") from error
            return fault_of(article.source, "written", error)
        self.refused_in_a_row = 0
        self.summary.done += 1
        self.summary.claims += len(article.claims)
        return article

    def _tell(self) -> None:
        self.summary.seconds = time.monotonic() - self.begun
        if self.on_progress is not None:
            self.on_progress(self.summary)


class _Readers:
    """Some threads that call `read`, which is waiting for disks and hosts more than work.

    Unlike an executor's, they keep nobody from leaving while a page is awaited.
    """

    def __init__(self, count: int, read: Callable[[str], Raw]) -> None:
        self._read = read
        self._asked: SimpleQueue[tuple[Future[Raw], str] | None] = SimpleQueue()
        self._count = count
        for number in range(count):
            threading.Thread(target=self._serve, name=f"claimx-reader-{number}", daemon=True).start()

    def submit(self, source: str) -> Future[Raw]:
        future: Future[Raw] = Future()
        self._asked.put((future, source))
        return future

    def close(self) -> None:
        for _ in range(self._count):
            self._asked.put(None)

    def _serve(self) -> None:
        while (asked := self._asked.get()) is not None:
            future, source = asked
            try:
                future.set_result(self._read(source))
            except BaseException as error:  # a thread that ends here would be waited for for ever
                future.set_exception(error)


def _describe(error: BaseException) -> str:
    if isinstance(error, BrokenExecutor):
        return "a crash, or too little memory"
    first = next(iter(str(error).splitlines()), "")
    return f"{type(error).__name__}: {first}" if first else type(error).__name__
