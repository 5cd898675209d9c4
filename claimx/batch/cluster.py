"""Workers on other machines: a Dask cluster as an executor (extra `claimx[cluster]`).

M. Rocklin, "Dask: Parallel Computation with Blocked algorithms and Task Scheduling", Proceedings of the 14th Python in
Science Conference, 2015, pages 126-132.
"""

import logging
import re
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

from claimx import __version__
from claimx.errors import BatchError

_CONNECT_SECONDS = 10
_ADDRESS = re.compile(r"(?:tcp|tls|ws|wss)://.+:\d+")
_LOGGERS = ("distributed", "distributed.client", "distributed.core", "tornado.application")


class ClusterWorkers:
    """An executor over the workers of a Dask scheduler; work of a worker that is lost goes to another one."""

    def __init__(self, client: Any, count: int) -> None:
        self.count = count
        self._executor = client.get_executor()

    def submit(self, function: Any, /, *arguments: Any) -> Future[Any]:
        """Have the function called with the arguments on the cluster, and return where its result will be."""
        future: Future[Any] = self._executor.submit(function, *arguments)
        return future


@contextmanager
def cluster_workers(address: str) -> Iterator[ClusterWorkers]:
    """Connect to the Dask scheduler at `address`, as tcp://HOST:PORT, for the time of the block.

    It and its workers must have this version of claimx; a model or rule packs given by path must lie there on every
    machine, while sources need not: their bytes travel.
    Raises BatchError with the remedy where there is no scheduler, no worker, or another version.
    """
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        raise BatchError("--scheduler needs the package distributed; run: pip install 'claimx[cluster]'") from error
    if not _ADDRESS.fullmatch(address):
        raise BatchError(f"{address} is no address of a Dask scheduler; give one as tcp://HOST:PORT")
    for name in _LOGGERS:  # it prints what it logs, losses that it makes up for among it; claimx raises its own errors
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client: Any = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise BatchError(
            f"no Dask scheduler answers at {address}; start one with dask scheduler and give the address that it prints"
        ) from error
    try:
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"}):  # articles may be large
            yield ClusterWorkers(client, _count_workers(client, address))
    finally:
        client.close()


def _count_workers(client: Any, address: str) -> int:
    """Return how many pieces of work the cluster does at once, after a look at its workers."""
    try:
        client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
    except TimeoutError as error:
        raise BatchError(
            f"the scheduler at {address} has no workers; start some with: dask worker {address} --nthreads 1"
        ) from error

    def version() -> str | None:  # within a function, so that it travels as code, and not as a name in claimx
        try:
            import claimx
        except ImportError:
            return None
        return claimx.__version__

    versions = {f"the worker {name}": theirs for name, theirs in client.run(version).items()}
    versions["the scheduler"] = client.run_on_scheduler(version)  # unpacks the work, too
    for name, theirs in versions.items():
        if theirs != __version__:
            has = f"has claimx {theirs}" if theirs else "has no claimx"
            raise BatchError(f"{name} {has}; install claimx {__version__} there")
    return sum(client.ncores().values())
