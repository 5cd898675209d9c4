"""What helps at the prompt: patterns, hints, completion, the manual page, a sign that it is at work."""

import io
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result
from website import Website

from claimx.cli import app, waiting
from claimx.cli.rules import app as rules_app
from claimx.records import Article
from claimx.sources import ReadOptions
from claimx.sources.web import BATCH_USER_AGENT, USER_AGENT, fetcher

Run = Callable[..., Result]
TEXT = "The army moved trucks, officials said.\n"


@pytest.mark.parametrize("source", ["bbc.com/news", "www.bbc.com", "example.co.uk/a-b/c.html"])
def test_an_address_without_its_scheme_is_known(run: Run, source: str) -> None:
    assert run("extract", source).stderr == f"claimx: {source}: no such file; for a web page put https:// before it\n"


@pytest.mark.parametrize("source", ["missing.txt", "no/such.html", "page.warc", "notes"])
def test_a_missing_file_is_not_taken_for_an_address(run: Run, source: str) -> None:
    assert "https://" not in run("extract", source).stderr


@pytest.mark.parametrize("command", ["extract", "compare"])
def test_patterns_work_as_in_batches(run: Run, tmp_path: Path, command: str) -> None:
    for name in ("a.txt", "b/c.txt", "d.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{TEXT}It is about {name}.\n")
    result = run(command, "-f", "json", tmp_path / "**" / "*.txt")
    assert (result.exit_code, result.stdout.count('"source": "')) == (0, 2)
    result = run(command, "-f", "json", tmp_path / "*.doc")
    assert (result.exit_code, "no file matches this pattern" in result.stderr) == (1, True)


def test_patterns_find_what_was_analysed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert run("batch", tmp_path / "a.txt", "-o", tmp_path / "a.jsonl", "--workers", "1").exit_code in (0, 1)
    (tmp_path / "b.json").write_text(run("extract", "-f", "json", tmp_path / "a.txt").stdout)
    assert "moved" in run("extract", "-f", "csv", tmp_path / "*.json").stdout


def test_shells_complete_commands_options_and_forms() -> None:
    env = {**os.environ, "_CLAIMX_COMPLETE": "complete_bash"}
    for words, expected in (
        ("claimx ex", "extract"),
        ("claimx extract --over", "--overwrite"),
        ("claimx extract -f x", "xlsx"),
    ):
        env |= {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
        command = [Path(sys.executable).with_name("claimx")]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
        assert done.stdout.split() == [expected]


def test_completion_can_be_installed(tmp_path: Path) -> None:
    assert "--install-completion" in CliRunner().invoke(app, ["--help"]).stdout
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("needs bash")
    folder = Path(sys.executable).parent
    env = {**os.environ, "HOME": str(tmp_path), "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    # a command follows, so that bash stays and can be seen to be the shell that is used
    told = subprocess.run(
        [bash, "-c", "claimx --install-completion; echo done"], env=env, capture_output=True, text=True
    )
    assert told.stdout.endswith("done\n"), told.stderr
    asked = f"source {tmp_path}/.bashrc; complete -p claimx"
    known = subprocess.run([bash, "-c", asked], env=env, capture_output=True, text=True, check=True)
    assert known.stdout.endswith("claimx\n")


def test_the_manual_says_what_the_help_says() -> None:
    page = CliRunner().invoke(app, ["--man"]).stdout
    assert page.startswith(".TH CLAIMX 1")
    words = re.sub(r"\\(.)", r"\1", page)
    for command in ("extract", "batch", "report"):
        help = CliRunner().invoke(app, [command, "--help"]).stdout
        assert f".SS {command} [OPTIONS]" in words
        for flag in re.findall(r"--[a-z-]+", help):
            assert flag in words


@pytest.mark.skipif(shutil.which("groff") is None, reason="needs groff")
def test_the_manual_is_good_roff() -> None:
    page = CliRunner().invoke(app, ["--man"]).stdout
    command = ["groff", "-man", "-Tutf8", "-ww"]
    done = subprocess.run(command, input=page, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "the command line was wrong" in " ".join(done.stdout.split())


def test_try_shows_who_says_it_and_by_which_words() -> None:
    result = CliRunner().invoke(rules_app, ["try", "-", "Russia has reportedly moved radars to Libya, officials said."])
    assert "claim 'moved': hedged, cue 'reportedly'" in result.stdout
    assert "claim 'moved': said by 'officials' (officials, cue 'said')" in result.stdout


def test_the_robot_says_whether_it_reads_many_pages() -> None:
    assert fetcher(ReadOptions())._headers()["User-Agent"] == USER_AGENT
    assert fetcher(ReadOptions(polite=True))._headers()["User-Agent"] == BATCH_USER_AGENT
    assert "many pages" in BATCH_USER_AGENT


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_PATIENCE", 0.01)
    for quiet in (False, True):
        monkeypatch.setattr("sys.stderr", screen := Terminal())
        list(waiting.count_aloud((time.sleep(0.05) for _ in range(2)), "articles", quiet=quiet))
        assert (
            screen.getvalue() == "" if quiet else re.search(r"\r\d articles done, 0 s\r.*\x1b\[K$", screen.getvalue())
        )


@pytest.mark.parametrize("command", ["extract", "quotes", "compare", "report"])
def test_every_command_that_takes_its_time_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(f"{TEXT}Nobody saw them.\n")
    told = []

    def count(items: Iterable[Article], what: str, *, quiet: bool) -> Iterator[Article]:
        told.append((what, quiet))
        return iter(items)

    monkeypatch.setattr("claimx.cli.run.count_aloud", count)
    out = ["-o", tmp_path / "page.html"]
    assert run(command, tmp_path / "a.txt", tmp_path / "b.txt", *out).exit_code == 0
    assert run(command, tmp_path / "a.txt", *out, "--overwrite", "--quiet").exit_code == 0
    assert told == [("articles", False), ("articles", True)]


@pytest.mark.parametrize("quiet", [False, True])
def test_a_slow_server_and_a_slow_start_are_waited_for_aloud(
    run: Run, website: Website, monkeypatch: pytest.MonkeyPatch, quiet: bool
) -> None:
    """Before the first article is there, nothing could be counted, and yet somebody waits."""
    told = []

    @contextmanager
    def wait(words: Callable[[], str], *, quiet: bool) -> Iterator[None]:
        told.append((words(), quiet))
        yield

    monkeypatch.setattr("claimx.cli.run.wait_aloud", wait)
    assert run("extract", website.url("/page"), *(["--quiet"] if quiet else [])).exit_code == 0
    assert told == [("reading", quiet), ("loading the language model", quiet)]


def test_waiting_shows_what_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_PATIENCE", 0.01)
    monkeypatch.setattr("sys.stderr", screen := Terminal())
    with waiting.wait_aloud(lambda: "reading", quiet=False):
        time.sleep(0.1)
    assert re.search(r"\rreading, 0 s\r.*\x1b\[K$", screen.getvalue())


def test_what_is_quick_is_not_commented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", screen := Terminal())
    assert list(waiting.count_aloud([1, 2], "articles", quiet=False)) == [1, 2]
    assert screen.getvalue() == ""


@pytest.mark.parametrize("command", ["rules", "review"])
def test_a_group_alone_shows_its_help_as_it_is(run: Run, command: str) -> None:
    result = run(command)
    assert result.exit_code == 2
    assert f"{command} [OPTIONS] COMMAND [ARGS]..." in result.stderr.splitlines()[0]
    assert len(result.stderr.splitlines()) > 8
