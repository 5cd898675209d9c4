"""What a file's name promises is what is in it, and no file is lost: the rest is refused before any work."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from claimx.output.formats import FORMATS, names_for, suffixes_for

Run = Callable[..., Result]
TEXT = "The army moved trucks, officials said.\n"
COMMANDS = ["extract", "quotes", "compare", "report"]


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    return path


def refused(result: Result, loaded: list[str | None]) -> str:
    assert (result.exit_code, result.stdout, loaded) == (2, "", [])
    return " ".join(result.stderr.split())


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["r.pdf", "out", "out.jsn"])
def test_an_unknown_suffix_is_refused_with_the_known_ones(
    run: Run, loaded: list[str | None], tmp_path: Path, text_file: Path, command: str, name: str
) -> None:
    error = refused(run(command, text_file, "-o", tmp_path / name), loaded)
    assert name in error
    assert ".html" in error
    assert (".csv" in error) == (command != "report")
    assert not (tmp_path / name).exists()


def test_a_batch_writes_lines_under_no_other_name(run: Run, tmp_path: Path, text_file: Path) -> None:
    error = refused(run("batch", text_file, "-o", tmp_path / "claims.csv"), [])
    assert "claimx extract claims.jsonl -o claims.csv" in error
    assert not (tmp_path / "claims.csv").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_holds_something_is_kept(
    run: Run, loaded: list[str | None], tmp_path: Path, text_file: Path, command: str
) -> None:
    out = tmp_path / "out.html"
    out.write_text("my work of weeks")
    assert "--overwrite" in refused(run(command, text_file, "-o", out), loaded)
    assert out.read_text() == "my work of weeks"
    assert run(command, text_file, "-o", out, "--overwrite").exit_code == 0
    assert out.read_text().startswith("<!DOCTYPE html>")


def test_the_graph_beside_a_comparison_is_kept_too(
    run: Run, loaded: list[str | None], tmp_path: Path, text_file: Path
) -> None:
    graph = tmp_path / "graph.json"
    graph.write_text("{}")
    assert "--overwrite" in refused(run("compare", text_file, "--graph", graph), loaded)


def test_an_empty_file_is_there_to_be_filled(run: Run, tmp_path: Path, text_file: Path) -> None:
    out = tmp_path / "out.csv"
    out.touch()
    assert run("extract", text_file, "-o", out).exit_code == 0
    assert "moved" in out.read_text()


def test_a_form_can_have_any_name_that_promises_no_other_program(run: Run, tmp_path: Path, text_file: Path) -> None:
    assert run("extract", text_file, "-f", "csv", "-o", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out").read_text().startswith("article,")


@pytest.mark.parametrize(
    ("command", "name"), [("extract", "movies"), ("quotes", "geojson"), ("extract", "graph"), ("compare", "movies")]
)
def test_a_form_that_there_is_not_is_refused_by_name(run: Run, text_file: Path, command: str, name: str) -> None:
    result = run(command, "-f", name, text_file)
    assert result.exit_code == 2
    assert f"'{name}' is none of table, json" in " ".join(result.stderr.split())


@pytest.mark.parametrize("command", ["extract", "compare", "report"])
@pytest.mark.parametrize(
    ("name", "what"), [("oil.csv", "a table"), ("oil.XML", "data"), ("style.css", "a program"), ("a.db", "a database")]
)
def test_what_is_no_article_is_not_read_as_one(run: Run, tmp_path: Path, command: str, name: str, what: str) -> None:
    (tmp_path / name).write_text("vessel,port\nTroops moved to the port of Mombasa,Kenya\n")
    result = run(command, tmp_path / name, "-o", tmp_path / "out.html")
    assert result.exit_code == 1
    assert f"{name}: {what}, not an article; claimx reads .html .htm .txt .md files" in result.stderr


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_what_was_analysed_is_put_into_another_form(
    run: Run, loaded: list[str | None], tmp_path: Path, text_file: Path, form: str
) -> None:
    saved = tmp_path / f"saved.{form}"
    document = json.loads(run("extract", "-f", "json", text_file).stdout)
    saved.write_text(json.dumps(document) if form == "json" else json.dumps(document["articles"][0]) + "\n")
    loaded.clear()
    result = run("extract", saved, "-f", "json", "--store", tmp_path / "claims.db")
    assert (result.exit_code, result.stderr, loaded) == (0, "", [])
    assert json.loads(result.stdout)["articles"] == document["articles"]
    assert run("search", tmp_path / "claims.db", "-f", "csv").stdout.count("The army moved trucks") == 1


def test_data_of_others_is_not_taken_for_articles(run: Run, tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"name": "Troops moved to the port"}')
    result = run("extract", tmp_path / "package.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "entry 1 is no article" in result.stderr


def test_every_suffix_means_one_form() -> None:
    suffixes = [suffix for form in FORMATS.values() for suffix in form.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert set(suffixes_for("claims")) <= set(suffixes)
    assert "graph" not in names_for("claims")
