"""`claimx report`: one file from any sources, whole or not at all."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result
from website import PAGE, Website

Run = Callable[..., Result]
TEXT = "The army moved trucks, officials said.\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "story.html"


def headline(page: Path) -> str:
    return re.search(r"<h1>(.*?)</h1>", page.read_text(encoding="utf-8"))[1]  # type: ignore[index]


def test_every_kind_of_source_goes_into_one_page(run: Run, tmp_path: Path, page: Path, website: Website) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_text(PAGE)
    (folder / "b.txt").write_text(TEXT)
    result = run("report", website.url("/page"), folder, "-", "-o", page, input="They moved on.\n")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert text.count('<article id="article-') == 4
    assert "thirty trucks" in text
    assert headline(page) == "Movement claims in 4 articles"


def test_one_article_gives_its_title_unless_another_is_asked_for(run: Run, tmp_path: Path, page: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    assert run("report", tmp_path / "a.html", "-o", page).exit_code == 0
    assert headline(page) == "Convoy leaves harbour town"
    assert (
        run("report", tmp_path / "a.html", "-o", page, "--overwrite", "--title", "Trucks & <b>radars</b>").exit_code
        == 0
    )
    assert headline(page) == "Trucks &amp; &lt;b&gt;radars&lt;/b&gt;"


def test_what_was_analysed_before_is_not_analysed_again(
    run: Run, loaded: list[str | None], tmp_path: Path, page: Path
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text("They moved on.\n")
    saved, store = tmp_path / "saved.json", tmp_path / "store.db"
    assert run("extract", tmp_path / "a.txt", "-o", saved).exit_code == 0
    assert run("extract", tmp_path / "b.txt", "-f", "json", "--store", store).exit_code == 0
    loaded.clear()
    result = run("report", saved, "--store", store, "-o", page)
    assert (result.exit_code, result.stderr) == (0, "")
    assert page.read_text(encoding="utf-8").count('<article id="article-') == 2
    assert loaded == []


def test_a_source_that_fails_is_said_and_costs_no_other(run: Run, tmp_path: Path, page: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    result = run("report", tmp_path / "a.txt", tmp_path / "missing.txt", "-o", page)
    assert result.exit_code == 1
    assert result.stderr == f"claimx: {tmp_path}/missing.txt: no such file; check the name\n"
    assert headline(page) == "a.txt"


def test_nothing_read_writes_no_page(run: Run, tmp_path: Path, page: Path) -> None:
    page.write_text("what was there")
    result = run("report", tmp_path / "missing.txt", "-o", page, "--overwrite")
    assert result.exit_code == 1
    assert "nothing to report" in result.stderr
    assert page.read_text() == "what was there"
    assert list(tmp_path.iterdir()) == [page]


def test_claims_below_the_confidence_asked_for_stay_out(run: Run, tmp_path: Path, page: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert run("report", tmp_path / "a.txt", "-o", page, "-q", "--min-confidence", "0.9").exit_code == 0
    assert 'id="claim-1"' not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [["a.txt"], ["-o", "page.html"], ["a.txt", "-o", "page.html", "-f", "csv"]])
def test_wrong_usage_is_told(run: Run, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("report", *arguments)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "report --help" in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_is_no_page(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    result = run("report", tmp_path / "a.txt", "-o", tmp_path)
    assert result.exit_code == 1
    assert "it is a folder" in result.stderr


@pytest.mark.weights
def test_other_commands_do_not_load_the_page(tmp_path: Path) -> None:
    """The template engine, the map and the comparison come with `report` alone."""
    (tmp_path / "a.txt").write_text(TEXT)
    code = (
        "import atexit, sys\n"
        "from claimx.cli import main\n"
        "parts = ('claimx.report', 'claimx.compare')\n"
        "atexit.register(lambda: print([name for name in sys.modules if name.startswith(parts)]))\n"
        f"sys.argv = ['claimx', 'extract', {str(tmp_path / 'a.txt')!r}, '-o', {str(tmp_path / 'b.csv')!r}]\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
