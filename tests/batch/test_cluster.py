"""A batch on a Dask cluster: a real scheduler and two workers, as processes on loopback."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cheap_work import ListSink, MakeFiles, count_loads, count_workers, find_moved, find_slowly

import claimx
from claimx import __version__
from claimx.batch import Analysis, BatchOptions, run_batch
from claimx.batch.cluster import _count_workers, cluster_workers
from claimx.errors import BatchError
from claimx.records import Article
from claimx.sources import Raw, ReadOptions

pytest.importorskip("distributed", reason="needs the extra claimx[cluster]")

pytestmark = pytest.mark.slow

CLAIMX = [sys.executable, "-c", "from claimx.cli import main; main()"]
PATH = [str(Path(__file__).parent), str(Path(claimx.__file__).parent.parent)]


@dataclass
class Cluster:
    """A scheduler and its workers."""

    folder: Path
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def address(self) -> str:
        address: str = json.loads((self.folder / "scheduler.json").read_text(encoding="utf-8"))["address"]
        return address

    def start(self, module: str, *arguments: str) -> "subprocess.Popen[bytes]":
        with (self.folder / f"{module}-{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", "--no-dashboard", *arguments],
                cwd=self.folder,
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join(PATH),
                },
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def start_scheduler(self) -> None:
        path = self.folder / "scheduler.json"
        process = self.start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(path))
        while not path.exists() or not path.read_bytes():
            assert process.poll() is None, "the scheduler ended"
            time.sleep(0.02)

    def start_worker(self) -> "subprocess.Popen[bytes]":
        return self.start(
            "dask_worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--memory-limit", "0"
        )

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.kill()
        for process in self.processes:
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        cluster.start_scheduler()
        cluster.start_worker()
        cluster.start_worker()
        with cluster_workers(cluster.address) as workers:  # waits for the first of them
            while workers.submit(count_workers).result() < 2:
                time.sleep(0.05)
        yield cluster
    finally:
        cluster.stop()


def claimx_batch(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*CLAIMX, "batch", *map(str, arguments)], capture_output=True, text=True, check=False)


TEXTS = [
    f"Mali has moved {number + 2} trucks from Dakar to Rabat, two diplomats said on Monday.\n" for number in range(24)
]


def test_it_gives_the_same_results_and_loads_the_model_once_a_worker(
    cluster: Cluster, sink: ListSink, make_files: MakeFiles
) -> None:
    paths = make_files(*TEXTS)
    work = Analysis(read=ReadOptions(published="2024-12-19"))
    with cluster_workers(cluster.address) as workers:
        assert workers.count == 2
        summary = run_batch(
            [*paths, "none.txt"], sink, executor=workers, work=work, options=BatchOptions(workers=2, chunk=3)
        )
        loads = [workers.submit(count_loads).result() for _ in range(4)]
    assert (summary.done, summary.failed) == (24, 1)
    expected = work([Raw(path, Path(path).read_bytes(), "text") for path in paths])
    assert sorted(sink.articles, key=lambda article: article.source) == expected
    assert all(article.claims for article in sink.articles)
    assert set(loads) == {1}


def test_a_large_article_travels_in_silence(cluster: Cluster, sink: ListSink, make_files: MakeFiles) -> None:
    paths = make_files("moved" + " " * 15_000_000)
    with cluster_workers(cluster.address) as workers:  # dask warns of large work, which is an error in these tests
        run_batch(paths, sink, executor=workers, work=find_moved)
    assert sink.sources == paths


def test_the_command_runs_on_the_cluster(cluster: Cluster, make_files: MakeFiles, tmp_path: Path) -> None:
    paths = make_files(*TEXTS)
    done = claimx_batch(*paths, "-o", tmp_path / "out.jsonl", "--scheduler", cluster.address)
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"claimx: 24 articles done, 24 claims found, in .* s\n", done.stderr)
    assert len((tmp_path / "out.jsonl").read_bytes().splitlines()) == 24


def test_the_work_of_a_lost_worker_is_done_by_another(
    cluster: Cluster, make_files: MakeFiles, capfd: pytest.CaptureFixture[str]
) -> None:
    """Last in this module, for it costs a worker."""

    class Killing(ListSink):
        def write(self, article: Article) -> None:
            super().write(article)
            if len(self.articles) == 5:
                victim.kill()

    victim = cluster.processes[-1]
    sink = Killing()
    paths = make_files("BAD", count=60)
    with cluster_workers(cluster.address) as workers:
        run_batch(paths, sink, executor=workers, work=find_slowly, options=BatchOptions(workers=2, chunk=2))
    assert victim.wait() == -signal.SIGKILL
    assert sink.sources == paths[1:]
    assert [error.source for error in sink.errors] == paths[:1]
    assert capfd.readouterr() == ("", "")


def test_a_lost_scheduler_ends_the_batch(tmp_path: Path, make_files: MakeFiles) -> None:
    class Killing(ListSink):
        def write(self, article: Article) -> None:
            super().write(article)
            if len(self.articles) == 2:
                lonely.processes[0].kill()

    lonely = Cluster(tmp_path)
    try:
        lonely.start_scheduler()
        lonely.start_worker()
        with pytest.raises(BatchError, match="use --resume"), cluster_workers(lonely.address) as workers:
            run_batch(make_files(count=60), Killing(), executor=workers, work=find_slowly)
    finally:
        lonely.stop()


@pytest.mark.parametrize("address", ["nonsense", "http://127.0.0.1:1", "tcp://127.0.0.1", "127.0.0.1:8786"])
def test_no_address_of_a_scheduler(address: str) -> None:
    with pytest.raises(BatchError, match=f"{address} is no address of a Dask scheduler; give one as tcp://HOST:PORT"):
        cluster_workers(address).__enter__()


def test_a_scheduler_without_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimx.batch.cluster._CONNECT_SECONDS", 1)
    lonely = Cluster(tmp_path)
    try:
        lonely.start_scheduler()
        with pytest.raises(BatchError, match="has no workers; start some with: dask worker tcp://"):
            cluster_workers(lonely.address).__enter__()
    finally:
        lonely.stop()


@pytest.mark.parametrize(("version", "words"), [("0.0.9", "has claimx 0.0.9"), (None, "has no claimx")])
def test_workers_with_another_version(version: str | None, words: str) -> None:
    class Client:
        def wait_for_workers(self, count: int, timeout: float) -> None:
            pass

        def run(self, function: object) -> dict[str, str | None]:
            return {"tcp://near": __version__, "tcp://far": version}

        def run_on_scheduler(self, function: object) -> str | None:
            return __version__

    with pytest.raises(BatchError, match=f"the worker tcp://far {words}; install claimx .* there"):
        _count_workers(Client(), "tcp://here")


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BatchError, match=r"pip install 'claimx\[cluster\]'"):
        cluster_workers("tcp://127.0.0.1:1").__enter__()


def test_a_command_that_finds_no_scheduler_leaves_nothing_behind(tmp_path: Path) -> None:
    done = claimx_batch("a.txt", "-o", tmp_path / "out.jsonl", "--scheduler", "tcp://127.0.0.1:1")
    assert done.returncode == 2
    assert re.fullmatch("claimx: no Dask scheduler answers at tcp://127.0.0.1:1; start one .*\n", done.stderr)
    assert list(tmp_path.iterdir()) == []
