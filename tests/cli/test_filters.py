"""Choosing among claims without a store, by the words that a search takes; dates of any length."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from movements import make_article
from typer.testing import Result

from claimx.records import to_wire

Run = Callable[..., Result]
STORY = make_article(
    {"text": "Russia {moved} radars to Libya in May 2017.", "who": "Russia", "destination": "Libya",
     "when": "May 2017", "edtf": "2017-05"},
    {"text": "Kenya {flew} students out in 2019.", "who": "Kenya", "when": "2019", "edtf": "2019", "status": "hedged"},
)  # fmt: skip


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "story.json"
    path.write_text(json.dumps(to_wire(STORY)))
    return path


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["--who", "Russian"], ["moved"]),
        (["--status", "hedged"], ["flew"]),
        (["--status", "hedged", "--status", "asserted"], ["moved", "flew"]),
        (["--to", "Libya", "--who", "Kenya"], []),
        (["--text", "students"], ["flew"]),
        (["--since", "2017-05"], ["moved", "flew"]),
        (["--since", "2017-06"], ["flew"]),
        (["--until", "2017"], ["moved"]),
        (["--since", "2018", "--until", "2018"], []),
    ],
    ids=" ".join,
)
def test_extract_takes_what_search_takes(run: Run, saved: Path, asked: list[str], found: list[str]) -> None:
    result = run("extract", saved, "-f", "jsonl", *asked)
    assert result.exit_code == 0
    assert [json.loads(line)["trigger"]["text"] for line in result.stdout.splitlines()] == found
    assert ("no claims meet this" in result.stderr) == (not found)


@pytest.mark.parametrize("command", ["extract", "search"])
@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (["--since", "May"], "'May' is no date"),
        (["--status", "sure"], "is none of asserted"),
        (["--who", "*"], "no words"),
    ],
)
def test_what_asks_for_nothing_is_refused(
    run: Run, tmp_path: Path, saved: Path, command: str, asked: list[str], message: str
) -> None:
    source = saved
    if command == "search":
        source = tmp_path / "claims.db"
        assert run("extract", saved, "--store", source).exit_code == 0
    result = run(command, source, *asked)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert message in result.stderr


def test_a_store_gets_what_is_not_asked_for_too(run: Run, tmp_path: Path, saved: Path) -> None:
    store = tmp_path / "claims.db"
    assert run("extract", saved, "--store", store, "--who", "Kenya").exit_code == 0
    assert len(run("search", store, "-f", "jsonl").stdout.splitlines()) == 2
