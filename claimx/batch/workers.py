"""Worker processes: started afresh, one thread each, replaced when they die, never left behind."""

import atexit
import gc
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from typing import Any

_THREADS = ("OMP", "OPENBLAS", "MKL", "BLIS", "NUMEXPR", "RAYON")  # prefixes of the variables that libraries obey


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def process_workers(count: int | None = None) -> Iterator["ProcessWorkers"]:
    """Open an executor of `count` processes on this machine, one a core by default; they end with the block.

    Work that is not done when the block is left by an exception is dropped.
    """
    workers = ProcessWorkers(count or usable_cores())
    try:
        yield workers
    except BaseException:
        workers.drop()
        raise
    workers.close()


class ProcessWorkers:
    """An executor of spawned processes.

    Where a process dies, the futures of all work in hand fail with BrokenProcessPool, and the next work submitted goes
    to new processes.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool: _Pool | None = None

    def submit(self, function: Any, /, *arguments: Any) -> Future[Any]:
        """Have the function called with the arguments in a process, and return where its result will be."""
        # processes start here and inherit the mask: Ctrl-C, which a terminal sends to all of them, is ours to handle
        with _interrupts_held():
            if self._pool is None:
                self._pool = _start_pool(self.count)
            try:
                return self._pool.executor.submit(function, *arguments)
            except BrokenProcessPool:
                self.drop()
                self._pool = _start_pool(self.count)
                return self._pool.executor.submit(function, *arguments)

    def close(self) -> None:
        """Let the processes finish their work and end."""
        if self._pool is not None:
            self._pool.executor.shutdown(wait=True)
            self.drop()

    def drop(self) -> None:
        """End the processes at once."""
        if self._pool is not None:
            self._pool.lifeline.close()
            self._pool.executor.shutdown(wait=True, cancel_futures=True)
            self._pool.other_end.close()
            self._pool = None


@dataclass(frozen=True, slots=True)
class _Pool:
    """An executor and the pipe that its processes live by: they end when `lifeline` closes, with us at the latest."""

    executor: ProcessPoolExecutor
    lifeline: Connection
    other_end: Connection


def _start_pool(count: int) -> _Pool:
    # spawned, not forked: a fork copies threads' locks as they are at the moment, and dies of it now and then
    context = get_context("spawn")
    other_end, lifeline = context.Pipe(duplex=False)
    executor = ProcessPoolExecutor(count, mp_context=context, initializer=_start_worker, initargs=(other_end,))
    return _Pool(executor, lifeline, other_end)


def _start_worker(lifeline: Connection) -> None:
    # before any library that reads them is imported
    os.environ.update({f"{name}_NUM_THREADS": "1" for name in _THREADS}, TOKENIZERS_PARALLELISM="false")
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    atexit.register(gc.freeze)  # or the batch would wait until the collector has walked the model once more


def _end_with(lifeline: Connection) -> None:
    lifeline.poll(None)  # nothing is ever sent: it returns when the other end is closed
    os._exit(1)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C from this thread, and for good from processes started in the block; it comes after the block."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # where it is started with a process, it unblocks the signal again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
