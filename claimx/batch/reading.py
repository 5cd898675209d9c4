"""Threads that read sources, which is waiting for disks and hosts more than work."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue

from claimx.sources.raw import Raw


class Readers:
    """Some threads that call `read`. Unlike an executor's, they keep nobody from leaving while a page is awaited."""

    def __init__(self, count: int, read: Callable[[str], Raw]) -> None:
        self._read = read
        self._asked: SimpleQueue[tuple[Future[Raw], str] | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._serve, name=f"claimx-reader-{n}", daemon=True) for n in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, source: str) -> Future[Raw]:
        """Have the source read, and return where its bytes will be."""
        future: Future[Raw] = Future()
        self._asked.put((future, source))
        return future

    def close(self) -> None:
        """End the threads, each after what it is reading."""
        for _ in self._threads:
            self._asked.put(None)

    def _serve(self) -> None:
        while (asked := self._asked.get()) is not None:
            future, source = asked
            try:
                future.set_result(self._read(source))
            except BaseException as error:  # a thread that ends here would be waited for for ever
                future.set_exception(error)
