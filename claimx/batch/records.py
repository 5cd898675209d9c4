"""What the parts of a batch pass to one another."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol

from claimx.errors import SourceError
from claimx.records import Article
from claimx.sources.raw import Raw

Outcome = Article | SourceError
"""What becomes of a source: its article with what was found in it, or why there is none."""

Work = Callable[[Sequence[Raw]], Sequence[Outcome]]
"""What a worker does with some sources: an outcome for each, in order. It must be picklable: a module's function is."""


class Executor(Protocol):
    """What a batch runs on: anything that takes work as the executors of `concurrent.futures` do."""

    def submit(self, function: Any, /, *arguments: Any) -> Future[Any]:
        """Have the function called with the arguments somewhere, and return where its result will be."""


class Sink(Protocol):
    """Where the outcomes go. Its methods are called in one thread, for one source after another."""

    def holds(self, source: str) -> bool:
        """Tell whether the source is done since an earlier run."""

    def write(self, article: Article) -> None:
        """Take an article with what was found in it, whole or not at all; what it raises costs this article alone."""

    def write_error(self, error: SourceError) -> None:
        """Take the reason why a source has no article."""


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How a batch is spread.

    `workers` is how many pieces of work the executor does at once; `chunk` the most articles of a piece, enough for
    models that read several at once, and few enough that nobody waits long for the last piece; `readers` the threads
    that read sources.
    """

    workers: int = 1
    chunk: int = 4
    readers: int = 8


@dataclass(slots=True)
class Summary:
    """How far a batch has come: articles done, sources failed, sources skipped as done before or named twice."""

    done: int = 0
    failed: int = 0
    skipped: int = 0
    claims: int = 0
    seconds: float = 0.0

    @property
    def settled(self) -> int:
        """How many sources nothing is left to do for."""
        return self.done + self.failed + self.skipped
