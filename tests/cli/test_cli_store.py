"""`--store` and `claimx search`: what people see."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from movements import make_article
from typer.testing import CliRunner, Result

from claimx.cli import app
from claimx.output.formats import FORMATS, names_for
from claimx.store import Query, open_store

Run = Callable[..., Result]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "claims.db"
    with open_store(path) as store:
        for number in range(3):
            store.add(
                make_article(
                    {"text": "Russia {moved} radars to Libya.", "who": "Russia", "destination": "Libya"},
                    {"text": "Kenya {flew} students out.", "who": "Kenya", "status": "hedged"},
                    source=f"{number}.txt",
                    title=f"Title {number}",
                    published=f"2024-12-1{number}",
                )
            )
    return path


def search(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["search", *map(str, arguments)])


def test_search_prints_the_matching_claims_of_each_article(db: Path) -> None:
    done = search(db, "--who", "Russia", "--to", "libya", "--since", "2024-12-11", "--status", "asserted", "-f", "json")
    assert (done.exit_code, done.stderr) == (0, "")
    articles = json.loads(done.stdout)["articles"]
    assert [article["source"] for article in articles] == ["2.txt", "1.txt"]
    assert [[claim["predicate"] for claim in article["claims"]] for article in articles] == [["moved"], ["moved"]]
    for article in articles:
        for claim in article["claims"]:
            assert article["text"][claim["who"]["start"] : claim["who"]["end"]] == claim["who"]["text"]


@pytest.mark.parametrize("format", [name for name in names_for("claims") if not FORMATS[name].binary])
def test_search_writes_every_format(db: Path, tmp_path: Path, format: str) -> None:
    out = tmp_path / "out"
    done = search(db, "--who", "Kenya", "-f", format, "-o", out)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    written = out.read_text(encoding="utf-8")
    assert written.count("Kenya flew students out.") >= 3
    assert "radars" not in written or format in ("json", "ftm")


def test_search_says_that_there_is_more(db: Path) -> None:
    done = search(db, "--limit", 2, "-f", "jsonl")
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr == "claimx: these are the first 2 claims; ask for more with --limit, 0 for all\n"
    for limit in (6, 0):
        done = search(db, "--limit", limit, "-f", "csv")
        assert len(list(csv.reader(io.StringIO(done.stdout)))) == 7
        assert done.stderr == ""
    assert search(db, "--limit", 2, "-q").stderr == ""


def test_search_says_that_there_is_nothing(db: Path) -> None:
    done = search(db, "--who", "Lilliput")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"claimx: {db}: no claims meet this\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--since", "16.12.2024"], "'16.12.2024' is no date; give 2017, 2017-05 or 2017-05-16"),
        (["--until", "2024-13"], "is no date"),
        (["--since", "2024-12-02", "--until", "2024-12-01"], "it is later than --until"),
        (["--status", "sure"], "'sure' is none of asserted, hedged"),
        (["--text", "*"], "no words to look for in it"),
        (["--from", ""], "Invalid value for --from: no words"),
        (["--min-confidence", "2"], "less than or equal to 1"),
        (["--limit", "-1"], "greater than or equal to 0"),
    ],
)
def test_search_refuses_what_makes_no_sense(db: Path, arguments: list[str], message: str) -> None:
    done = search(db, *arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_search_of_no_store_is_one_line(db: Path, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Russia moved radars to Libya, again and again." * 20)
    for place, line in (
        (tmp_path / "no.db", "no such file; check the name"),
        (note, "not a database; give the file that --store wrote"),
        (tmp_path, "a folder; give the name of a file"),
    ):
        done = search(place)
        assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"claimx: {place}: {line}\n")


def test_extract_keeps_what_it_finds(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The troops moved to the border with their officials on that day.")
    (tmp_path / "b.txt").write_text("The officials have said nothing about it to anybody for a year.")
    db = tmp_path / "claims.db"
    for command in ("extract", "quotes", "extract"):
        done = run(command, tmp_path / "a.txt", tmp_path / "b.txt", "--store", db, "-q")
        assert (done.exit_code, done.stderr) == (0, "")
    with open_store(db, create=False) as store:
        articles = list(store.articles())
        runs = [hit.claim.predicate for hit in store.search(Query())]
    assert [Path(article.source).name for article in articles] == ["a.txt", "b.txt"]
    assert [len(article.claims) for article in articles] == [1, 0]
    assert all(article.attributions for article in articles)
    assert runs == ["move"]


def test_the_store_gets_all_claims_whatever_is_shown(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The troops moved to the border on that day, people there say.")
    done = run("extract", tmp_path / "a.txt", "--store", tmp_path / "c.db", "--min-confidence", "0.9", "-q")
    assert done.stdout == ""
    assert len(search(tmp_path / "c.db", "-f", "jsonl").stdout.splitlines()) == 1


def test_a_store_that_is_none_is_found_before_anything_is_read(
    run: Run, loaded: list[str | None], tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("The troops moved to the border on that day, people there say." * 10)
    done = run("extract", note, "--store", note)
    assert (done.exit_code, done.stdout, loaded) == (1, "", [])
    assert done.stderr == f"claimx: {note}: not a database; give the file that --store wrote\n"


def test_without_store_nothing_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The troops moved to the border on that day, people there say.")
    assert run("extract", tmp_path / "a.txt").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
