"""`claimx extract` and `claimx quotes`: streams, exit statuses, errors."""

import csv
import io
import json
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result
from website import PAGE, Website

import claimx
from claimx.cli.streams import open_output
from claimx.errors import ModelError

Run = Callable[..., Result]
TEXT = "The army moved trucks, officials said.\n"


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    return path


def lines(text: str) -> list[str]:
    return text.splitlines()


def test_json_of_every_kind_of_source(run: Run, tmp_path: Path, text_file: Path, website: Website) -> None:
    page = tmp_path / "sub" / "page.html"
    page.parent.mkdir()
    page.write_text(PAGE)
    result = run("extract", "-f", "json", website.url("/page"), tmp_path, "-", input=TEXT)
    assert result.exit_code == 0
    assert result.stderr == ""
    document = json.loads(result.stdout)
    assert document["schema_version"] == 2
    assert document["claimx"] == claimx.__version__
    assert document["model"] == {"name": "en_test", "version": "1.2.3", "pipeline": ["parser"]}
    assert [article["source"] for article in document["articles"]] == [
        website.url("/page"), str(text_file), str(page), "-",
    ]  # fmt: skip
    for article in document["articles"]:
        (claim,) = article["claims"]
        assert article["text"][claim["trigger"]["start"] : claim["trigger"]["end"]] == "moved"


def test_a_pipe_gets_json_lines(run: Run, text_file: Path) -> None:
    result = run("extract", text_file)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["article"]["source"] == str(text_file)


def test_quotes_shows_attributions(run: Run, text_file: Path) -> None:
    (line,) = lines(run("quotes", text_file).stdout)
    assert json.loads(line)["source"]["text"] == "officials"
    document = json.loads(run("quotes", "-f", "json", text_file).stdout)
    assert [found["type"] for found in document["articles"][0]["attributions"]] == ["indirect"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("none.txt", None, "no such file"),
        ("empty.txt", b"", "empty"),
        ("blob.txt", bytes(range(256)), "a binary file"),
        ("links.html", b"<html><body><a href='/'>Home</a></body></html>", "no article text in this page"),
        ("fremd.txt", "Die Armee hat am Montag dreißig Lastwagen nach Westen gebracht, sagten zwei Beamte, die "
                      "nicht genannt werden wollten, der Zeitung.".encode(), "another language (de)"),
        ("folder", "folder", "no articles in this folder"),
    ],
)  # fmt: skip
def test_a_bad_source_costs_one_line_and_the_status_but_no_other_source(
    run: Run, tmp_path: Path, text_file: Path, name: str, data: bytes | str | None, words: str
) -> None:
    bad = tmp_path / name
    if data == "folder":
        bad.mkdir()
    elif isinstance(data, bytes):
        bad.write_bytes(data)
    result = run("extract", "-f", "json", bad, text_file)
    assert result.exit_code == 1
    (error,) = lines(result.stderr)
    assert error.startswith(f"claimx: {bad}: ")
    assert words in error
    assert [article["source"] for article in json.loads(result.stdout)["articles"]] == [str(text_file)]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/status/403", "403 Forbidden); open it in a browser, save the page and pass the file"),
        ("/status/404", "no such page"),
        ("/status/500", "the server failed"),
        ("/hang", "within 0.3 s"),
        ("/loop", "redirected more than"),
        ("/pdf", "application/pdf"),
    ],
)
def test_a_bad_address_costs_no_other_source(
    run: Run, text_file: Path, website: Website, path: str, words: str
) -> None:
    result = run("extract", "--timeout", "0.3", website.url(path), text_file)
    assert result.exit_code == 1
    (error,) = lines(result.stderr)
    assert words in error
    assert len(lines(result.stdout)) == 1


def test_an_unknown_scheme(run: Run, text_file: Path) -> None:
    result = run("extract", "gopher://example.org/", text_file)
    assert result.exit_code == 1
    assert "claimx reads http and https addresses, not gopher" in result.stderr
    assert len(lines(result.stdout)) == 1


@pytest.mark.parametrize("position", range(4))
def test_an_article_that_breaks_the_analysis_costs_no_other(run: Run, tmp_path: Path, position: int) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(4)]
    for path in paths:
        path.write_text("CRASH" if path == paths[position] else TEXT)
    result = run("extract", *paths)
    assert result.exit_code == 1
    (error,) = lines(result.stderr)
    assert error == f"claimx: {paths[position]}: cannot be analysed (ValueError: no such thing); please report this"
    sources = [json.loads(line)["article"]["source"] for line in lines(result.stdout)]
    assert sources == [str(path) for path in paths if path != paths[position]]


def test_a_source_that_breaks_the_reader_costs_no_other(
    run: Run, text_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(html: str, url: str | None = None) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("claimx.sources.html.parse_page", broken)
    result = run("extract", "-", text_file, input=PAGE)
    assert result.exit_code == 1
    assert result.stderr == "claimx: -: cannot be read (RecursionError: too deep); please report this\n"
    assert len(lines(result.stdout)) == 1


def test_an_error_cannot_steer_the_terminal(run: Run) -> None:
    result = run("extract", "no\x1b[31m\nsuch\u202e.txt")
    assert result.stderr == "claimx: no such.txt: no such file; check the name\n"


def test_a_file_name_that_is_not_utf8(run: Run, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text(TEXT)
    result = run("extract", path, str(path) + "x")
    assert json.loads(result.stdout)["article"]["source"] == str(path)
    assert result.stderr.startswith(f"claimx: {tmp_path}/caf\ufffd.txtx: no such file")
    for form in ("table", "csv", "json"):
        assert run("extract", "-f", form, path).exit_code == 0


def test_no_model_is_loaded_where_nothing_can_be_read(run: Run, loaded: list[str | None], tmp_path: Path) -> None:
    result = run("extract", "-f", "json", tmp_path / "none.txt")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["articles"] == []
    assert loaded == []


def test_the_model_is_loaded_once(run: Run, loaded: list[str | None], text_file: Path) -> None:
    run("extract", "--model", "en_other", text_file, text_file)
    assert loaded == ["en_other"]


def test_a_model_that_is_missing(run: Run, text_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load_model(name: str | None) -> None:
        raise ModelError(f"{name}: no such pipeline")

    monkeypatch.setattr("claimx.language.load_model", load_model, raising=False)
    result = run("extract", "--model", "en_none", text_file)
    assert result.exit_code == 2
    assert result.stderr == "claimx: en_none: no such pipeline\n"
    assert result.stdout == ""


def test_a_rule_pack_that_is_broken(run: Run, text_file: Path, tmp_path: Path, loaded: list[str | None]) -> None:
    pack = tmp_path / "pack.toml"
    pack.write_text("[[movement]\n")
    result = run("extract", "--rules", pack, text_file)
    assert result.exit_code == 2
    (error,) = lines(result.stderr)
    assert str(pack) in error
    assert "TOML" in error
    assert (result.stdout, loaded) == ("", [])


def test_confidence_sifts_claims(run: Run, text_file: Path) -> None:
    assert len(lines(run("extract", "--min-confidence", "0.6", text_file).stdout)) == 1
    result = run("extract", "--min-confidence", "0.7", text_file)
    assert result.stdout == ""
    assert result.stderr == f"claimx: {text_file}: no claims meet this\n"


def test_quiet_leaves_out_notes_and_keeps_errors(run: Run, tmp_path: Path) -> None:
    dull = tmp_path / "dull.txt"
    dull.write_text("Nothing happened.")
    result = run("extract", "--quiet", dull, tmp_path / "none.txt")
    assert re.fullmatch(r"claimx: .*none\.txt: no such file.*\n", result.stderr)
    assert "nobody is quoted" in run("quotes", dull).stderr


def test_a_date_for_undated_articles(run: Run, text_file: Path) -> None:
    (line,) = lines(run("extract", "--date", "2024-12-19", text_file).stdout)
    assert json.loads(line)["article"]["published"] == "2024-12-19"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["extract"],
        ["extract", "-f", "xml", "a.txt"],
        ["extract", "--date", "19 December", "a.txt"],
        ["extract", "--min-confidence", "2", "a.txt"],
        ["extract", "--timeout", "0", "a.txt"],
        ["extract", "--no-such-option", "a.txt"],
        ["quotes", "-f", "geojson", "a.txt"],
        ["quotes", "--min-confidence", "0.5", "a.txt"],
        ["no-such-command"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_2(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    if arguments:
        (error,) = lines(result.stderr)
        assert error.startswith("claimx: ")
        assert error.endswith("--help")
    else:
        assert "Usage: " in result.stderr


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("out.json", "{\n"),
        ("out.jsonl", '{"id"'),
        ("OUT.NDJSON", '{"id"'),
        ("out.csv", "article,url"),
        ("out.md", "## "),
        ("out.html", "<!DOCTYPE html>"),
        ("out.geojson", '{"type": "FeatureCollection"'),
    ],
)
def test_the_suffix_sets_the_form(run: Run, tmp_path: Path, text_file: Path, name: str, start: str) -> None:
    out = tmp_path / name
    result = run("extract", "-o", out, text_file)
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_text().startswith(start)
    (tmp_path / "usual").write_text("")
    assert out.stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_the_format_wins_over_the_suffix(run: Run, tmp_path: Path, text_file: Path) -> None:
    out = tmp_path / "out.json"
    assert run("extract", "-f", "csv", "-o", out, text_file).exit_code == 0
    data = out.read_bytes().decode()
    assert "\r\n" in data
    assert len(list(csv.reader(io.StringIO(data, newline="")))) == 2


def test_a_dash_is_standard_output(run: Run, text_file: Path) -> None:
    assert run("extract", "-o", "-", text_file).stdout == run("extract", text_file).stdout != ""


def test_an_old_file_is_replaced_whole_and_keeps_its_permissions(run: Run, tmp_path: Path, text_file: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("stale " * 1000)
    out.chmod(0o640)
    assert run("extract", "-o", out, "--overwrite", text_file).exit_code == 0
    assert "stale" not in out.read_text()
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


def test_a_link_stays_a_link(run: Run, tmp_path: Path, text_file: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    assert run("extract", "-o", tmp_path / "link.csv", "--overwrite", text_file).exit_code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert "moved" in (tmp_path / "real.csv").read_text()


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    out.write_text("old")

    def fail() -> None:
        with open_output(out) as stream:
            stream.write("new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("out", ["no/such/folder/out.csv", "."])
def test_a_place_that_cannot_be_written(run: Run, text_file: Path, out: str) -> None:
    result = run("extract", "-o", out, text_file)
    assert result.exit_code == 1
    (error,) = lines(result.stderr)
    assert error.startswith(f"claimx: cannot write {out} (")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk(run: Run, text_file: Path) -> None:
    result = run("extract", "-o", "/dev/full", text_file)
    assert result.exit_code == 1
    assert result.stderr == "claimx: cannot write /dev/full (No space left on device); check the folder and the disk\n"


@pytest.mark.parametrize("command", ["extract", "quotes"])
def test_what_is_read_can_be_kept_and_read_again(run: Run, tmp_path: Path, website: Website, command: str) -> None:
    folder = tmp_path / "kept"
    first = run(command, "-f", "json", "--archive", folder, website.url("/moved"), "-", input=TEXT)
    assert (first.exit_code, first.stderr) == (0, "")
    again = run(command, "-f", "json", folder)
    assert (again.exit_code, again.stderr) == (0, "")
    articles, kept = (json.loads(result.stdout)["articles"] for result in (first, again))
    assert [{**article, "source": ""} for article in kept] == [{**article, "source": ""} for article in articles]


def test_an_archive_that_cannot_be_written_is_told_for_every_source(run: Run, tmp_path: Path, text_file: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = run("extract", "--archive", tmp_path / "file", text_file, text_file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(lines(result.stderr)) == 2
    for error in lines(result.stderr):
        assert error.startswith(f"claimx: {text_file}: cannot keep what was read in {tmp_path / 'file'} (")


def test_a_damaged_archive_costs_no_article_before_the_damage(run: Run, tmp_path: Path, text_file: Path) -> None:
    folder = tmp_path / "kept"
    for _ in range(2):
        assert run("extract", "--archive", folder, text_file, text_file).exit_code == 0
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes()[:-4])
    result = run("extract", "-f", "json", path, text_file)
    assert result.exit_code == 1
    assert "the archive is damaged" in lines(result.stderr)[-1]
    assert [article["source"] for article in json.loads(result.stdout)["articles"]][-1] == str(text_file)
    assert len(json.loads(result.stdout)["articles"]) == 4
