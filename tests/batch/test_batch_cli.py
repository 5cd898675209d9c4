"""`claimx batch`: what it prints, writes and returns, with cheap work; then for real, killed and resumed."""

import functools
import io
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
import website as site
from cheap_work import MakeFiles, die_on_poison, find_moved, wait_for_end
from typer.testing import CliRunner, Result
from website import Website

from claimx.batch import Analysis, Summary
from claimx.batch.records import Outcome
from claimx.cli import app, progress
from claimx.cli.progress import Progress, describe, show_progress
from claimx.output.batch_file import open_batch_file
from claimx.sources import Raw
from claimx.store import open_store

Run = Callable[..., Result]
CLAIMX = [sys.executable, "-c", "from claimx.cli import main; main()"]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Analysis]:
    """Replace the analysis by a search for "moved"; return what was asked for."""
    asked: list[Analysis] = []

    def analysis(**options: object) -> Callable[[Sequence[Raw]], list[Outcome]]:
        asked.append(Analysis(**options))  # type: ignore[arg-type]
        return die_on_poison

    monkeypatch.setattr("claimx.cli.run_batch.Analysis", analysis)
    return asked


@pytest.fixture
def run(asked: list[Analysis], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `claimx batch` in a folder of its own, with one worker."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(app, ["batch", "--workers", "1", *map(str, arguments)])

    return run


def read(path: str = "out.jsonl") -> list[dict[str, object]]:
    return [json.loads(line) for line in Path(path).read_bytes().splitlines()]


def sources(path: str = "out.jsonl") -> list[object]:
    return sorted(str(wire["source"]) for wire in read(path))


def test_articles_come_out_and_a_summary_is_told(run: Run, make_files: MakeFiles, tmp_path: Path) -> None:
    paths = make_files("Nothing.", count=3)
    result = run(tmp_path, "-o", "out.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert re.fullmatch(r"claimx: 4 articles done, 3 claims found, in \d+\.\d s\n", result.stderr)
    assert sources() == paths
    assert [found.name for found in Path().iterdir()] == ["out.jsonl"]


def test_failures_have_a_file_and_the_exit_status_says_so(run: Run, make_files: MakeFiles) -> None:
    paths = make_files("BAD", "POISON", "moved")
    result = run(*paths, "none.txt", "*.doc", "-o", "out.jsonl")
    assert result.exit_code == 1
    assert re.fullmatch(
        r"claimx: 1 article done, 1 claim found, 4 failed, in .* s; out.errors.jsonl says why\n", result.stderr
    )
    assert sources() == [paths[2]]
    assert {str(wire["source"]): wire["error"] for wire in read("out.errors.jsonl")} == {
        paths[0]: "SourceUnreadable",
        paths[1]: "Abandoned",
        "none.txt": "SourceNotFound",
        "*.doc": "SourceNotFound",
    }


def test_quiet_keeps_to_what_went_wrong(run: Run, make_files: MakeFiles) -> None:
    (path,) = make_files("moved")
    assert run(path, "-q", "-o", "out.jsonl").stderr == ""
    assert "1 failed" in run("none.txt", "-q", "-o", "other.jsonl").stderr


def test_resuming_does_what_is_missing(run: Run, make_files: MakeFiles) -> None:
    paths = make_files(count=4)
    run(*paths[:2], "none.txt", "-o", "out.jsonl")
    before = Path("out.jsonl").read_bytes()
    result = run(*paths, "-o", "out.jsonl", "--resume")
    assert result.exit_code == 0
    assert "2 articles done, 2 claims found, 2 skipped, in" in result.stderr
    assert Path("out.jsonl").read_bytes().startswith(before)
    assert sources() == paths
    assert not Path("out.errors.jsonl").exists()


def test_a_claim_a_line(run: Run, make_files: MakeFiles) -> None:
    paths = make_files("moved, moved", "Nothing.")
    assert run(*paths, "-o", "out.jsonl", "--lines", "claims").exit_code == 0
    assert [wire["article"]["source"] for wire in read()] == [paths[0]] * 2  # type: ignore[index]
    result = run(*paths, "-o", "out.jsonl", "--lines", "claims", "--resume")
    assert "0 articles done, 0 claims found, 2 skipped" in result.stderr


def test_what_is_there_is_not_lost_by_mistake(run: Run, make_files: MakeFiles) -> None:
    paths = make_files(count=2)
    run(paths[0], "-o", "out.jsonl")
    result = run(paths[1], "-o", "out.jsonl")
    assert result.exit_code == 2
    assert result.stderr == (
        "claimx: out.jsonl holds something already; --resume adds to it what it lacks, --overwrite begins it anew\n"
    )
    assert sources() == [paths[0]]
    assert run(paths[1], "-o", "out.jsonl", "--overwrite").exit_code == 0
    assert sources() == [paths[1]]


def test_two_batches_at_once_on_one_file(run: Run, make_files: MakeFiles) -> None:
    with open_batch_file(Path("out.jsonl")):
        result = run(*make_files(count=1), "-o", "out.jsonl", "--resume")
    assert result.exit_code == 2
    assert result.stderr == "claimx: another batch is writing out.jsonl; wait for its end, or give another -o\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["a.txt"],
        ["-o", "out.jsonl"],
        ["a.txt", "-o", "-"],
        ["a.txt", "-o", "out.jsonl", "--resume", "--overwrite"],
        ["a.txt", "-o", "out.jsonl", "--scheduler", "tcp://127.0.0.1:1"],  # beside the --workers of these tests
        ["a.txt", "-o", "out.jsonl", "--workers", "0"],
        ["a.txt", "-o", "out.jsonl", "--lines", "words"],
        ["a.txt", "-o", "out.jsonl", "--article-timeout", "-1"],
        ["a.txt", "-o", "out.jsonl", "--min-confidence", "2"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_2(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("claimx: ")
    assert result.stderr.endswith(" batch --help\n")
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("out", ["no/such/out.jsonl", ".", "/dev/null"])
def test_places_that_cannot_be_written(run: Run, out: str) -> None:
    result = run("a.txt", "-o", out)
    assert result.exit_code == 2
    assert re.fullmatch(rf"claimx: (cannot write )?{re.escape(out)} .*; .*\n", result.stderr)


def test_a_bad_rule_pack_is_found_before_anything_is_begun(run: Run, tmp_path: Path) -> None:
    pack = tmp_path / "pack.toml"
    pack.write_text("[[movement]\n")
    result = run("a.txt", "-o", "out.jsonl", "--rules", pack)
    assert result.exit_code == 2
    assert "not valid TOML" in result.stderr
    assert not Path("out.jsonl").exists()


def test_options_reach_the_work(run: Run, asked: list[Analysis], make_files: MakeFiles, tmp_path: Path) -> None:
    pack = tmp_path / "here" / "pack.toml"
    pack.write_text("")
    run(*make_files(count=1), "-o", "out.jsonl", "--model", "en_x", "--rules", "pack.toml",
        "--date", "2024-12-19", "--timeout", "7", "--article-timeout", "9")  # fmt: skip
    (analysis,) = asked
    assert (analysis.model, analysis.time_limit) == ("en_x", 9.0)
    assert analysis.rules == (str(pack),)
    assert (analysis.read.published, analysis.read.timeout, analysis.read.polite) == ("2024-12-19", 7.0, True)


def test_confidence_sifts_claims(run: Run, make_files: MakeFiles) -> None:
    paths = make_files("moved")
    run(*paths, "-o", "all.jsonl", "--min-confidence", "0.5")  # which is what these claims have
    run(*paths, "-o", "none.jsonl", "--min-confidence", "0.6")
    assert [len(wire["claims"]) for name in ("all", "none") for wire in read(f"{name}.jsonl")] == [1, 0]  # type: ignore[arg-type]


def test_all_that_is_read_can_be_kept_and_read_again(run: Run, make_files: MakeFiles) -> None:
    paths = make_files("moved", "moved, moved")
    run(*paths, "-o", "out.jsonl", "--archive", "kept")
    result = run("kept", "-o", "again.jsonl")
    assert result.exit_code == 0, result.stderr
    assert sorted(str(wire["text"]) for wire in read("again.jsonl")) == ["moved", "moved, moved"]


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><link>{page}</link></item><item><link>{gzip}</link></item></channel></rss>"""


@pytest.fixture
def polite_website(website: Website) -> Website:
    feed = FEED.format(page=website.url("/page"), gzip=website.url("/gzip")).encode()
    website.script["/feed"] = [lambda h: h.answer(feed, "application/rss+xml")]
    website.script["/robots.txt"] = [lambda h: h.answer(b"User-agent: *\nDisallow: /moved\n", "text/plain")]
    return website


def test_addresses_come_from_arguments_lists_and_feeds(run: Run, polite_website: Website) -> None:
    url = polite_website.url
    Path("list").write_text(f"# morning\n{url('/plain')}\n{url('/page')}\n{url('/status/404')}\n{url('/moved')}\n")
    result = run(
        url("/brotli"), "--urls", "list", "--feed", url("/feed"), "--feed", url("/status/500"), "-o", "out.jsonl"
    )
    assert result.exit_code == 1
    assert sources() == sorted(url(path) for path in ("/brotli", "/gzip", "/page", "/plain"))
    assert {str(wire["source"]): wire["error"] for wire in read("out.errors.jsonl")} == {
        url("/status/404"): "SourceNotFound",
        url("/moved"): "FetchError",  # robots.txt does not want it read
        url("/status/500"): "FetchError",
    }
    assert "1 skipped" in result.stderr  # in the list and in the feed


def test_what_a_feed_lists_in_private_networks_must_be_allowed(run: Run, polite_website: Website) -> None:
    url = polite_website.url("/page").replace("127.0.0.1", "localhost")
    feed = FEED.format(page=url, gzip=polite_website.url("/gzip")).encode()
    polite_website.script["/feed"] = [lambda h: h.answer(feed, "application/rss+xml")]
    refused = run("--feed", polite_website.url("/feed"), "-o", "out.jsonl")
    assert refused.exit_code == 1
    (error,) = read("out.errors.jsonl")
    assert error["source"] == url
    assert "leads into a private network (localhost); use --allow-private" in str(error["message"])
    allowed = run("--feed", polite_website.url("/feed"), "-o", "out.jsonl", "--resume", "--allow-private")
    assert allowed.exit_code == 0, allowed.stderr


def test_pages_can_be_kept_and_asked_for_only_if_they_changed(run: Run, polite_website: Website) -> None:
    def page(handler: site.Handler) -> None:
        if handler.headers["If-None-Match"] == '"1"':
            handler.answer(b"", status=304)
        else:
            handler.answer(site.PAGE.encode(), ETag='"1"')

    polite_website.script["/marked"] = [page]
    for name in ("one.jsonl", "two.jsonl"):
        assert run(polite_website.url("/marked"), "--cache", "pages", "-o", name).exit_code == 0
    asked = [
        {name.lower(): value for name, value in headers.items()}.get("if-none-match")
        for path, headers in polite_website.requests
        if path == "/marked"
    ]
    assert asked == [None, '"1"']
    assert read("one.jsonl")[0]["sha256"] == read("two.jsonl")[0]["sha256"]


def test_progress_in_words() -> None:
    assert describe(Progress(Summary(done=3), None)) == "3 articles"
    assert describe(Progress(Summary(done=3), 10)) == "3 of 10 articles"
    summary = Summary(done=1990, failed=10, skipped=1000, seconds=200.0)
    assert describe(Progress(summary, 12_000)) == "3,000 of 12,000 articles, 10 failed, 10 a second, 15 min left"
    assert describe(Progress(summary, 3_500)).endswith("10 a second, 50 s left")
    assert describe(Progress(summary, 1_000_000)).endswith("27.7 h left")
    assert describe(Progress(summary, 2_999)) == "3,000 articles, 10 failed, 10 a second"  # there are new files


def test_a_line_now_and_then_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    shown = Progress()
    with show_progress(shown, lambda: 5, quiet=False) as update:
        update(Summary(done=1))
        assert capsys.readouterr().err == ""
        now = 31.0
        while shown.total is None:
            time.sleep(0.001)
        update(Summary(done=2))
        update(Summary(done=3))
    assert capsys.readouterr().err == "claimx: 2 of 5 articles\n"
    assert shown.summary.done == 3


def test_sources_that_cannot_be_counted_are_not_counted(capsys: pytest.CaptureFixture[str]) -> None:
    counted = threading.Event()

    def count() -> int:
        counted.set()
        raise RuntimeError("no")

    shown = Progress()
    with show_progress(shown, count, quiet=False):
        assert counted.wait(10)
    assert shown.total is None
    assert capsys.readouterr().err == ""


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(sys, "stderr", terminal)
    shown = Progress()
    with show_progress(shown, lambda: 5, quiet=False) as update:
        while shown.total is None:
            time.sleep(0.001)
        update(Summary(done=2, failed=1, seconds=3.0))
    assert "3 of 5 articles, 1 failed, 1 a second, 2 s left" in terminal.getvalue()
    assert "━" in terminal.getvalue()


def test_quiet_shows_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    shown = Progress()
    with show_progress(shown, lambda: 1 // 0, quiet=True) as update:
        update(Summary(done=2))
    assert capsys.readouterr() == ("", "")
    assert shown.summary.done == 2


# for real


@pytest.mark.weights
def test_a_store_gets_what_the_file_gets(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Mali has moved its embassy from Dakar to Rabat, two diplomats said on Monday.\n")
    command = [*CLAIMX, "batch", "a.txt", "-o", "out.jsonl", "--workers", "1", "--store", "claims.db"]
    for options in ([], ["--overwrite", "--min-confidence", "1"]):
        done = subprocess.run([*command, *options], capture_output=True, text=True, cwd=tmp_path, check=False)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
    (wire,) = (json.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines())
    assert wire["claims"] == []
    with open_store(tmp_path / "claims.db") as store:
        (article,) = store.articles()  # the same article again is one, and whole
    assert article.source == "a.txt"
    assert [claim.predicate for claim in article.claims] == ["move"]
    with closing(sqlite3.connect(tmp_path / "claims.db")) as base:
        assert base.execute("SELECT DISTINCT model FROM runs").fetchall() == [("en_claimx 0.1.0",)]


def test_a_store_that_cannot_be_opened_is_found_before_anything_is_begun(run: Run, make_files: MakeFiles) -> None:
    Path("notes.db").write_text("no database at all, and long enough to be sure of it" * 20)
    result = run(*make_files("moved"), "-o", "out.jsonl", "--store", "notes.db")
    assert result.exit_code == 2
    assert re.fullmatch("claimx: notes.db: .*\n", result.stderr)
    assert not Path("out.jsonl").exists()


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of short articles, each with claims of its own."""
    folder = tmp_path_factory.mktemp("articles")
    places = ("Tarnow", "Weststadt", "Dakar", "Rabat", "Oslo", "Benghazi")
    for number in range(120):
        chance = random.Random(number)  # noqa: S311 - drawing sentences
        origin, destination = chance.sample(places, 2)
        (folder / f"{number:03}.txt").write_text(
            f"The army moved {number + 2} trucks from {origin} to {destination} on Monday, two officials said.\n",
            encoding="utf-8",
        )
    return folder


@functools.cache
def undisturbed(articles: Path) -> list[bytes]:
    """The lines of a batch that nobody disturbs."""
    out = articles.with_name("undisturbed.jsonl")
    done = subprocess.run(
        [*CLAIMX, "batch", articles, "-o", out, "--workers", "2"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = sorted(out.read_bytes().splitlines())
    assert len(lines) == 120
    assert all(json.loads(line)["claims"] for line in lines)
    return lines


def start(articles: Path, out: Path, *options: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*CLAIMX, "batch", articles, "-o", out, "--resume", *options],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # so that a signal can go to all of it, as Ctrl-C does
    )


def wait_for_lines(out: Path, count: int, process: "subprocess.Popen[str]") -> None:
    while (out.read_bytes().count(b"\n") if out.exists() else 0) < count:
        assert process.poll() is None, "the batch ended too soon"
        time.sleep(0.002)


def group_of(leader: int) -> list[int]:
    """The processes that were started by `leader`, and by those, as far as they have not left its group."""
    return [
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/stat")
        if path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[2] == str(leader)
    ]


@pytest.mark.weights
def test_killed_five_times_and_resumed_it_gives_the_same_claims(articles: Path, tmp_path: Path) -> None:
    expected = undisturbed(articles)
    chance = random.Random(6)  # noqa: S311 - when to kill
    out = tmp_path / "out.jsonl"
    for _ in range(5):
        held = out.read_bytes().count(b"\n") if out.exists() else 0
        with start(articles, out, "--workers", chance.choice("12")) as batch:
            wait_for_lines(out, held + chance.randint(1, 6), batch)
            time.sleep(chance.random() / 50)
            batch.kill()
        assert batch.returncode == -signal.SIGKILL
        if chance.random() < 0.5:  # as if it had been in mid-write
            out.write_bytes(out.read_bytes()[: -chance.randint(1, 300)])
    with start(articles, out, "--workers", "2") as batch:
        assert batch.wait() == 0
    assert sorted(out.read_bytes().splitlines()) == expected


@pytest.mark.weights
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_in_order_it_leaves_a_good_file_and_says_how_to_go_on(
    articles: Path, tmp_path: Path, number: signal.Signals
) -> None:
    out = tmp_path / "out.jsonl"
    with start(articles, out, "--workers", "1") as batch:
        wait_for_lines(out, 1, batch)
        if number == signal.SIGINT:
            os.killpg(batch.pid, number)
        else:
            batch.send_signal(number)
        _, stderr = batch.communicate()
    assert batch.returncode == 130
    told = re.fullmatch(r"claimx: stopped after (\d+) articles? done, \d+ claims? found; go on with --resume\n", stderr)
    assert told
    lines = out.read_bytes().splitlines()
    # an article that the signal caught while it was written is taken back; one just written may not be counted yet
    assert int(told[1]) <= len(lines) < 120
    assert set(lines) <= set(undisturbed(articles))
    assert wait_for_end(*group_of(batch.pid))


@pytest.mark.slow
def test_a_model_that_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Troops left.")
    done = subprocess.run(
        [*CLAIMX, "batch", tmp_path / "a.txt", "-o", tmp_path / "out.jsonl", "--model", "en_none"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("claimx: no language model 'en_none': ")
    assert done.stderr.count("\n") == 1


def test_only_moved_counts() -> None:
    """The work that stands in for the analysis finds nothing else."""
    (found,) = find_moved([Raw("a", b"The army left.")])
    assert not found.claims  # type: ignore[union-attr]
