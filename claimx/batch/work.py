"""What a worker does: understand the sources of a piece of work and find what is in them."""

import functools
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import TYPE_CHECKING, Any

from claimx.batch.records import Outcome
from claimx.errors import Abandoned, SourceError, unforeseen
from claimx.records import MOVEMENT, Article
from claimx.sources.raw import Raw, ReadOptions

if TYPE_CHECKING:
    from spacy.language import Language

    from claimx.rules.loader import RuleSet

_LOADING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Analysis:
    """The work of `claimx batch`: called with sources as they were read, it returns an outcome for each.

    `model`, `rules` and `kinds` are names that each worker process looks up, once.
    `time_limit` is in seconds an article, 0 for none; it holds in the main thread of a process, where the workers of
    `process_workers` work, and on systems with POSIX timers.
    """

    model: str | None = None
    rules: tuple[str, ...] = ()
    kinds: tuple[str, ...] = (MOVEMENT,)
    read: ReadOptions = field(default_factory=ReadOptions)
    time_limit: float = 0.0

    def __call__(self, raws: Sequence[Raw]) -> list[Outcome]:
        """Return what becomes of each source, in order. Raises ModelError and RuleError, which concern them all."""
        tools = _load(self.model, self.rules, self.kinds)
        outcomes = [self._understand(raw) for raw in raws]
        articles = [outcome for outcome in outcomes if isinstance(outcome, Article)]
        # one at a time, for executors whose workers are threads; what the model learns of words goes with the zone, or
        # a worker would grow with every article
        with tools.lock, tools.nlp.memory_zone():
            found = iter(self._analyse(articles, tools))
        return [next(found) if isinstance(outcome, Article) else outcome for outcome in outcomes]

    def describe_model(self) -> dict[str, Any]:
        """Return what the language model says of itself. Raises ModelError and RuleError."""
        return dict(_load(self.model, self.rules, self.kinds).nlp.meta)

    def _understand(self, raw: Raw) -> Outcome:
        from claimx.sources import understand

        try:
            with _time_limit(self.time_limit):
                return understand(raw, options=self.read)
        except SourceError as error:
            return error
        except _TimeIsUpError:
            return self._abandoned(raw.source)
        except Exception as error:
            return unforeseen(raw.source, "read", error)

    def _analyse(self, articles: Sequence[Article], tools: "_Tools") -> list[Outcome]:
        from claimx.pipeline import extract_each

        try:
            with _time_limit(self.time_limit * len(articles)):
                return list(extract_each(articles, nlp=tools.nlp, rules=tools.rules))
        except _TimeIsUpError:
            if len(articles) == 1:
                return [self._abandoned(articles[0].source)]
            return [outcome for article in articles for outcome in self._analyse([article], tools)]

    def _abandoned(self, source: str) -> Abandoned:
        return Abandoned(source, f"took longer than {self.time_limit:g} s; leave it out, or allow it more time")


@dataclass(frozen=True, slots=True)
class _Tools:
    """What a process loads once."""

    nlp: "Language"
    rules: "RuleSet"
    lock: threading.Lock


def _load(model: str | None, rules: tuple[str, ...], kinds: tuple[str, ...]) -> _Tools:
    with _LOADING:
        return _loaded(model, rules, kinds)


@functools.cache
def _loaded(model: str | None, rules: tuple[str, ...], kinds: tuple[str, ...]) -> _Tools:
    from claimx.language import load_model
    from claimx.language.affixes import limit_affixes
    from claimx.rules.loader import load_rules

    nlp = load_model(model)
    limit_affixes(nlp.tokenizer)  # now, as it cannot be done in the memory zones of the work
    return _Tools(nlp, load_rules(rules, kinds=kinds), threading.Lock())


class _TimeIsUpError(BaseException):
    """Not an Exception: what catches those to go past bad pages must not catch this."""


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise _TimeIsUpError in the block after `seconds`, where a timer can be had."""
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise _TimeIsUpError

    before = signal.signal(signal.SIGALRM, stop)
    try:
        # again every second: the first may fall into a place that swallows it, such as a destructor
        signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)
