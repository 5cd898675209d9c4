"""Worker processes: what they are like, what their death costs, that they do not outlive us."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from cheap_work import (
    ListSink,
    MakeFiles,
    describe_process,
    die,
    die_on_poison,
    find_moved,
    is_alive,
    sleep_for_ever,
    wait_for_end,
)

from claimx.batch import BatchOptions, process_workers, run_batch
from claimx.batch.workers import usable_cores
from claimx.errors import BatchError

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="needs POSIX signals"),
]


def test_workers_are_processes_with_one_thread_deaf_to_ctrl_c() -> None:
    with process_workers(1) as workers:
        about = workers.submit(describe_process, []).result()
        assert is_alive(about["pid"])
        assert about["pid"] != os.getpid()
        assert about["blocked"]
        assert about["threads"]["OMP_NUM_THREADS"] == about["threads"]["OPENBLAS_NUM_THREADS"] == "1"
    assert wait_for_end(about["pid"])
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert "RAYON_NUM_THREADS" not in os.environ


def test_there_is_a_worker_a_core_by_default() -> None:
    with process_workers() as workers:
        assert workers.count == usable_cores() >= 1


def test_nothing_starts_before_there_is_work() -> None:
    with process_workers(2) as workers:
        assert workers._pool is None


def test_an_article_that_ends_its_process_costs_no_other(sink: ListSink, make_files: MakeFiles) -> None:
    paths = make_files(*["moved"] * 5, "POISON", count=14)
    with process_workers(2) as workers:
        summary = run_batch(paths, sink, executor=workers, work=die_on_poison, options=BatchOptions(workers=2, chunk=4))
    assert sink.sources == paths[:5] + paths[6:]
    (error,) = sink.errors
    assert (error.source, type(error).__name__) == (paths[5], "Abandoned")
    assert error.message == (
        "ended the process that worked on it, twice (a crash, or too little memory); "
        "leave it out, and please report this"
    )
    assert (summary.done, summary.failed) == (19, 1)


def test_workers_that_all_die_end_the_batch(sink: ListSink, make_files: MakeFiles) -> None:
    with pytest.raises(BatchError, match="no worker survives"), process_workers(1) as workers:
        run_batch(make_files(count=8), sink, executor=workers, work=die)


def test_a_worker_killed_from_outside_is_replaced(sink: ListSink, make_files: MakeFiles) -> None:
    with process_workers(1) as workers:
        pid = workers.submit(describe_process, []).result()["pid"]
        os.kill(pid, signal.SIGKILL)
        assert wait_for_end(pid)
        paths = make_files(count=20)
        run_batch(paths, sink, executor=workers, work=find_moved)
    assert sink.sources == paths
    assert sink.errors == []


def test_leaving_by_an_exception_waits_for_no_work() -> None:
    def leave() -> None:
        with process_workers(1) as workers:
            pids.append(workers.submit(describe_process, []).result()["pid"])
            workers.submit(sleep_for_ever, [])
            raise KeyboardInterrupt

    pids: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        leave()
    assert wait_for_end(*pids)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize("busy", [False, True])
def test_workers_end_when_their_parent_is_killed(busy: bool) -> None:
    code = f"""
        import sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from cheap_work import describe_process, sleep_for_ever
        from claimx.batch import process_workers

        if __name__ == "__main__":
            with process_workers(1) as workers:
                print(workers.submit(describe_process, []).result()["pid"], flush=True)
                workers.submit(sleep_for_ever if {busy} else describe_process, []).result()
                sys.stdin.read()
    """
    with subprocess.Popen(
        [sys.executable, "-c", dedent(code)], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        assert is_alive(pid)
        parent.kill()
    assert wait_for_end(pid)
