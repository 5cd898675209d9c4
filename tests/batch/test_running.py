"""The course of a batch, over executors of several kinds, with work that costs nothing."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

import pytest
from cheap_work import ListSink, MakeFiles, find_moved

from claimx.batch import Analysis, BatchOptions, Summary, run_batch
from claimx.errors import BatchError, ModelError, OutputError, SourceError, SourceNotFound
from claimx.records import Article
from claimx.sources import Raw, ReadOptions


class Inline:
    """An executor that works at once, in the caller's thread, and keeps what it was given."""

    def __init__(self, work: Callable[[Any], Any] | None = None) -> None:
        self.pieces: list[list[Raw]] = []
        self._work = work

    def submit(self, function: Any, /, *arguments: Any) -> Future[Any]:
        self.pieces.append(arguments[0])
        future: Future[Any] = Future()
        try:
            future.set_result((self._work or function)(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future


@pytest.mark.parametrize(
    "executor",
    [
        lambda: ThreadPoolExecutor(3),
        lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
    ],
    ids=["threads", "processes"],
)
def test_any_executor_does_the_work(executor: Callable[[], Executor], sink: ListSink, make_files: MakeFiles) -> None:
    paths = make_files("BAD", "Nothing.", count=30)
    with executor() as workers:
        summary = run_batch([*paths, "none.txt"], sink, executor=workers, work=find_moved)
    assert sink.sources == paths[1:]
    assert {type(error).__name__: error.source for error in sink.errors} == {
        "SourceUnreadable": paths[0],
        "SourceNotFound": "none.txt",
    }
    assert (summary.done, summary.failed, summary.skipped, summary.claims) == (31, 2, 0, 30)
    assert summary.seconds > 0
    assert summary.settled == 33


def test_the_work_is_the_analysis_unless_told_otherwise(sink: ListSink, make_files: MakeFiles) -> None:
    asked: list[object] = []

    class Noting(Inline):
        def submit(self, function: Any, /, *arguments: Any) -> Future[Any]:
            asked.append(function)
            return super().submit(find_moved, *arguments)

    run_batch(make_files(count=1), sink, executor=Noting(), read=ReadOptions(timeout=3.0))
    assert asked == [Analysis(read=ReadOptions(timeout=3.0))]


def test_nothing_to_do(sink: ListSink) -> None:
    assert run_batch([], sink, executor=Inline(), work=find_moved).settled == 0


def test_what_is_held_or_came_before_is_passed_over(make_files: MakeFiles) -> None:
    paths = make_files(count=4)
    sink = ListSink(paths[1])
    summary = run_batch([*paths, paths[0], paths[2]], sink, executor=Inline(), work=find_moved)
    assert sink.sources == [paths[0], paths[2], paths[3]]
    assert (summary.done, summary.skipped) == (3, 3)


def test_errors_among_the_sources_are_reported_in_their_place(sink: ListSink, make_files: MakeFiles) -> None:
    (path,) = make_files(count=1)
    error = SourceNotFound("folder", "no articles in this folder")
    summary = run_batch([error, path], sink, executor=Inline(), work=find_moved)
    assert sink.errors == [error]
    assert (summary.done, summary.failed) == (1, 1)


def test_progress_is_told_after_every_source(make_files: MakeFiles) -> None:
    paths = make_files("BAD", count=5)
    seen: list[Summary] = []
    run_batch(
        [*paths, "none.txt"],
        ListSink(paths[1]),
        executor=Inline(),
        work=find_moved,
        on_progress=lambda summary: seen.append(replace(summary)),
    )
    assert [summary.settled for summary in seen] == [1, 2, 3, 4, 5, 6, 7]
    assert (seen[-1].done, seen[-1].failed, seen[-1].skipped, seen[-1].claims) == (4, 2, 1, 4)


def test_sources_are_asked_for_when_they_are_needed(sink: ListSink, make_files: MakeFiles) -> None:
    """However many there are, a bounded number is in hand."""
    paths = make_files(count=400)
    given = 0
    furthest = 0

    def sources() -> Iterator[str]:
        nonlocal given
        for path in paths:
            given += 1
            yield path

    def note(summary: Summary) -> None:
        nonlocal furthest
        furthest = max(furthest, given - summary.settled)

    options = BatchOptions(workers=2, chunk=4, readers=2)
    summary = run_batch(sources(), sink, executor=Inline(), work=find_moved, options=options, on_progress=note)
    assert summary.done == 400
    assert furthest <= options.chunk * (options.workers + 1) + options.chunk * options.workers * 3


def test_articles_come_in_pieces_but_nobody_idles_for_it(sink: ListSink, make_files: MakeFiles) -> None:
    paths = make_files(count=40)
    executor = Held()
    thread = threading.Thread(
        target=run_batch,
        args=(paths, sink),
        kwargs={"executor": executor, "work": find_moved, "options": BatchOptions(workers=2, chunk=8)},
    )
    thread.start()
    while thread.is_alive():
        executor.release()
        time.sleep(0.02)  # the reader gets ahead of who works
    thread.join()
    assert len(sink.articles) == 40
    sizes = [len(piece) for piece in executor.pieces]
    assert sizes[0] < 8
    assert max(sizes) == 8


class Held(Inline):
    """An executor that works when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[tuple[Future[Any], Any, Any]] = []
        self._some = threading.Semaphore(0)

    def submit(self, function: Any, /, *arguments: Any) -> Future[Any]:
        self.pieces.append(arguments[0])
        future: Future[Any] = Future()
        self._waiting.append((future, function, arguments))
        self._some.release()
        return future

    def release(self) -> None:
        if self._some.acquire(timeout=0.05):
            future, function, arguments = self._waiting.pop(0)
            future.set_result(function(*arguments))


def test_large_articles_go_alone(sink: ListSink, make_files: MakeFiles) -> None:
    paths = make_files(*["moved" + " " * 1_200_000] * 4)
    executor = Inline()
    run_batch(paths, sink, executor=executor, work=find_moved, options=BatchOptions(workers=1, chunk=4))
    assert [len(piece) for piece in executor.pieces] == [1, 1, 1, 1]


def test_a_reader_that_breaks_costs_one_source(
    sink: ListSink, make_files: MakeFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = make_files(count=2)

    def read_raw(source: str, *, options: ReadOptions) -> Raw:
        if source == paths[0]:
            raise RecursionError("too deep")
        return Raw(source, b"moved")

    monkeypatch.setattr("claimx.batch.running.read_raw", read_raw)
    run_batch(paths, sink, executor=Inline(), work=find_moved)
    assert sink.sources == [paths[1]]
    (error,) = sink.errors
    assert str(error) == f"{paths[0]}: cannot be read (RecursionError: too deep); please report this"


def test_what_cannot_be_kept_costs_its_source_alone(
    sink: ListSink, make_files: MakeFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = make_files(count=2)

    def read_raw(source: str, *, options: ReadOptions) -> Raw:
        if source == paths[0]:
            raise OutputError("cannot keep what was read")
        return Raw(source, b"moved")

    monkeypatch.setattr("claimx.batch.running.read_raw", read_raw)
    run_batch(paths, sink, executor=Inline(), work=find_moved)
    assert sink.sources == [paths[1]]
    (error,) = sink.errors
    assert (type(error).__name__, str(error)) == ("NotKept", f"{paths[0]}: cannot keep what was read")


def test_a_list_of_sources_that_breaks_is_told(sink: ListSink, make_files: MakeFiles) -> None:
    paths = make_files(count=2)

    def sources() -> Iterator[str]:
        yield from paths
        raise LookupError("no more")

    summary = run_batch(sources(), sink, executor=Inline(), work=find_moved)
    assert (sink.sources, summary.failed) == (paths, 1)
    (error,) = sink.errors
    assert error.message == "cannot be read to its end (LookupError: no more); please report this"


def test_work_that_forgets_a_source_is_refused(sink: ListSink, make_files: MakeFiles) -> None:
    with pytest.raises(BatchError, match="the work gave 0 outcomes for 1 sources"):
        run_batch(make_files(count=2), sink, executor=Inline(lambda raws: find_moved(raws)[1:]), work=find_moved)


def test_options_of_reading_arrive(sink: ListSink, make_files: MakeFiles) -> None:
    (path,) = make_files(count=1)
    run_batch([path], sink, executor=Inline(), work=find_moved, read=ReadOptions(max_bytes=5))
    (error,) = sink.errors
    assert "larger than 5 bytes" in error.message


class Lost(Exception):
    """A worker is gone, as executors of all kinds say it."""


def lose(raws: list[Raw]) -> Any:
    if any(b"POISON" in raw.data for raw in raws):
        raise Lost("no heartbeat\nsince a while")
    return find_moved(raws)


def test_the_article_that_ends_its_worker_is_found_and_costs_no_other(sink: ListSink, make_files: MakeFiles) -> None:
    paths = make_files("moved", "POISON", "moved", "POISON", count=20)
    executor = Inline(lose)
    summary = run_batch(paths, sink, executor=executor, work=find_moved, options=BatchOptions(workers=1, chunk=24))
    assert sink.sources == [path for number, path in enumerate(paths) if number not in (1, 3)]
    assert {error.source for error in sink.errors} == {paths[1], paths[3]}
    for error in sink.errors:
        assert type(error).__name__ == "Abandoned"
        assert "twice (Lost: no heartbeat);" in error.message
    assert (summary.done, summary.failed) == (22, 2)


def test_suspects_are_tried_one_at_a_time(sink: ListSink, make_files: MakeFiles) -> None:
    paths = make_files("POISON", count=30)
    executor = Inline(lose)
    run_batch(paths, sink, executor=executor, work=find_moved, options=BatchOptions(workers=2, chunk=8))
    first = next(n for n, piece in enumerate(executor.pieces) if any(b"POISON" in raw.data for raw in piece))
    suspects = executor.pieces[first]
    tried = [piece for piece in executor.pieces[first + 1 :] if piece[0] in suspects]
    assert [len(piece) for piece in tried] == [1] * len(suspects)


def test_a_batch_without_a_chance_ends(sink: ListSink, make_files: MakeFiles) -> None:
    with pytest.raises(BatchError, match=r"no worker survives its work .*Lost.*fewer workers"):
        run_batch(make_files(*["POISON"] * 40), sink, executor=Inline(lose), work=find_moved)
    assert len(sink.errors) < 10


@pytest.mark.parametrize(
    ("raised", "expected", "words"),
    [
        (ModelError("no such pipeline"), ModelError, "no such pipeline"),
        (CancelledError(), BatchError, "dropped its work"),
    ],
)
def test_what_concerns_all_articles_ends_the_batch(
    raised: Exception, expected: type[Exception], words: str, sink: ListSink, make_files: MakeFiles
) -> None:
    def work(raws: list[Raw]) -> None:
        raise raised

    with pytest.raises(expected, match=words):
        run_batch(make_files(count=3), sink, executor=Inline(work), work=find_moved)
    assert (sink.articles, sink.errors) == ([], [])


def test_an_executor_that_takes_no_more_work(sink: ListSink, make_files: MakeFiles) -> None:
    workers = ThreadPoolExecutor(1)
    workers.shutdown()
    with pytest.raises(BatchError, match="takes no more work"):
        run_batch(make_files(count=3), sink, executor=workers, work=find_moved)


class Full(ListSink):
    """A sink without room for some articles."""

    def __init__(self, *refused: str) -> None:
        super().__init__()
        self.refused = refused

    def write(self, article: Article) -> None:
        if article.source in self.refused:
            raise OutputError("the disk is full")
        super().write(article)


def test_an_article_that_the_sink_refuses_is_an_error(make_files: MakeFiles) -> None:
    paths = make_files(count=60)
    sink = Full(*paths[::2])
    summary = run_batch(paths, sink, executor=Inline(), work=find_moved)
    assert sink.sources == paths[1::2]
    assert sorted(error.source for error in sink.errors) == paths[::2]
    assert {error.message for error in sink.errors} == {"the disk is full"}
    assert (summary.done, summary.failed, summary.claims) == (30, 30, 30)


def test_a_sink_that_takes_nothing_ends_the_batch_and_no_thread_is_left(make_files: MakeFiles) -> None:
    paths = make_files(count=60)
    sink = Full(*paths)
    with pytest.raises(BatchError, match=r"nothing can be written any more \(OutputError: the disk is full\)"):
        run_batch(paths, sink, executor=Inline(), work=find_moved)
    assert len(sink.errors) == 25
    readers = [thread for thread in threading.enumerate() if thread.name.startswith("claimx-reader")]
    for thread in readers:
        thread.join(10)
    assert not any(thread.is_alive() for thread in readers)


def test_errors_of_sources_are_no_articles(sink: ListSink) -> None:
    error: SourceError = SourceNotFound("a", "b")
    run_batch([error], sink, executor=Inline(), work=find_moved)
    assert (sink.articles, sink.errors) == ([], [error])
