"""`claimx compare`: sources, stores, articles analysed before; what fails costs no other."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from claimx.records import article_from_wire
from claimx.store import open_store

Run = Callable[..., Result]
TOLD = "Troops moved to Goma on Monday, officials said."


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    found = []
    for name in ("herald", "tribune"):
        found.append(tmp_path / f"{name}.txt")
        found[-1].write_text(f"{TOLD}\n\nThis is the {name} and all that it has to say of it.\n")
    return found


def test_two_articles(run: Run, files: list[Path]) -> None:
    result = run("compare", "-f", "json", *files)
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert [article["source"] for article in document["articles"]] == sorted(map(str, files))
    assert document["model"]["name"] == "en_test"
    assert len(document["clusters"][0]["outlets"]) == 2


def test_a_pipe_gets_json_lines_and_a_suffix_sets_the_form(run: Run, files: list[Path], tmp_path: Path) -> None:
    assert json.loads(run("compare", *files).stdout.splitlines()[0])["outlets"] == ["herald.txt", "tribune.txt"]
    assert run("compare", *files, "-o", tmp_path / "out.csv").exit_code == 0
    assert (tmp_path / "out.csv").read_text().startswith("event,")


def test_the_graph_goes_beside_or_alone(run: Run, files: list[Path], tmp_path: Path) -> None:
    beside = run("compare", *files, "--graph", tmp_path / "graph.json")
    assert beside.exit_code == 0
    assert "clusters" not in beside.stdout
    alone = run("compare", *files, "-f", "graph")
    assert json.loads(alone.stdout)["@graph"] == json.loads((tmp_path / "graph.json").read_text())["@graph"]


@pytest.mark.parametrize("lines", [False, True], ids=["json", "jsonl"])
def test_articles_analysed_before_are_not_analysed_again(
    run: Run, loaded: list[str | None], files: list[Path], tmp_path: Path, lines: bool
) -> None:
    extracted = json.loads(run("extract", "-f", "json", *files).stdout)
    saved = tmp_path / ("saved.jsonl" if lines else "saved.json")
    articles = "".join(json.dumps(article) + "\n" for article in extracted["articles"])
    saved.write_text(articles if lines else json.dumps(extracted))
    loaded.clear()
    result = run("compare", "-f", "json", saved)
    assert result.exit_code == 0
    assert loaded == []
    assert json.loads(result.stdout)["articles"] == extracted["articles"]


def test_articles_of_a_store(run: Run, loaded: list[str | None], files: list[Path], tmp_path: Path) -> None:
    extracted = json.loads(run("extract", "-f", "json", files[0]).stdout)
    with open_store(tmp_path / "claims.db") as store:
        store.add(article_from_wire(extracted["articles"][0]))
    loaded.clear()
    alone = run("compare", "-f", "json", "--store", tmp_path / "claims.db")
    assert (alone.exit_code, loaded) == (0, [])
    both = run("compare", "-f", "json", "--store", tmp_path / "claims.db", files[1])
    assert len(json.loads(both.stdout)["articles"]) == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.json", None, "no such file; check the name"),
        ("bad.json", "{", "line 1 is not JSON"),
        ("bad.jsonl", '{"source": "s", "text": "x", "claims": []}\n{', "line 2 is not JSON"),
        ("claims.jsonl", '{"id": "x", "trigger": {}}\n', "these are claims; write them with -f json"),
        ("other.json", "[1]", "give what extract -f json wrote"),
        ("wrong.json", '{"source": "x", "text": 5, "claims": []}', "is not as claimx writes them (text: "),
        ("binary.json", b"\xff\xfe", "not UTF-8 text"),
    ],
)
def test_a_bad_file_costs_one_line_and_no_other(
    run: Run, files: list[Path], tmp_path: Path, name: str, content: str | bytes | None, said: str
) -> None:
    bad = tmp_path / name
    if content is not None:
        bad.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = run("compare", "-f", "json", bad, *files)
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["articles"]) >= 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_store_that_is_none(run: Run, files: list[Path], tmp_path: Path) -> None:
    result = run("compare", "-f", "json", "--store", tmp_path / "none.db", *files)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert len(json.loads(result.stdout)["articles"]) == 2


def test_nothing_to_compare_is_wrong_usage(run: Run) -> None:
    assert run("compare").exit_code == 2
    assert run("compare", "-f", "prose", "x.txt").exit_code == 2


def test_confidence_sifts_what_was_analysed_before_too(run: Run, files: list[Path], tmp_path: Path) -> None:
    saved = tmp_path / "saved.json"
    saved.write_text(run("extract", "-f", "json", *files).stdout)
    assert json.loads(run("compare", "-f", "json", saved).stdout)["clusters"]
    assert json.loads(run("compare", "-f", "json", "--min-confidence", "0.9", saved).stdout)["clusters"] == []
