"""`claimx rules`: list, check, try."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimx.cli.rules import app

GOOD = """
[[movement]]
id = "teleport"
frame = "transfer"
needs = "role"
verbs = ["teleport"]
matches = [{ text = "The crew teleported soldiers to the station.", who = "The crew", what = "soldiers" }]
ignores = ["The crew slept."]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "pack.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_list_names_every_rule_once() -> None:
    result = CliRunner().invoke(app, ["list"])
    assert result.exit_code == 0
    listed = [tuple(line.split("\t")[:2]) for line in result.stdout.splitlines()]
    assert len(listed) == len(set(listed))
    ids = {name for name, _ in listed}
    assert {"send", "visit", "negation", "accuse"} <= ids
    assert "teleport" not in ids


def test_list_shows_a_pack_that_is_added(pack: Path) -> None:
    result = CliRunner().invoke(app, ["list", "--rules", str(pack)])
    assert "teleport\tmovement\ttransfer\tteleport" in result.stdout.splitlines()


@pytest.mark.weights
def test_check_passes_a_pack_whose_examples_hold(pack: Path) -> None:
    result = CliRunner().invoke(app, ["check", str(pack)])
    assert (result.exit_code, result.stdout) == (0, f"{pack}: 1 rules, all examples hold\n")


@pytest.mark.weights
def test_check_says_which_example_fails(pack: Path) -> None:
    pack.write_text(GOOD.replace('what = "soldiers"', 'what = "crates"'), encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(pack)])
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "teleport: what is 'soldiers', not 'crates'" in result.stderr


def test_check_refuses_a_pack_of_the_wrong_form(pack: Path) -> None:
    pack.write_text(GOOD.replace("needs", "wants"), encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(pack)])
    assert result.exit_code == 2
    assert "wants" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.weights
def test_try_says_why_a_rule_is_silent() -> None:
    result = CliRunner().invoke(app, ["try", "-", "The minister sent a message to the market."])
    assert result.exit_code == 0
    assert "rule send (transfer) is silent: 'message' makes it mean something else" in result.stdout


@pytest.mark.weights
def test_try_shows_what_a_pack_finds(pack: Path) -> None:
    result = CliRunner().invoke(app, ["try", str(pack), "The crew teleported soldiers to the station."])
    assert "rule teleport (transfer) fires" in result.stdout
    assert "claim 'teleported': asserted; rules teleport" in result.stdout


@pytest.mark.weights
def test_try_says_when_no_rule_knows_a_word() -> None:
    result = CliRunner().invoke(app, ["try", "-", "It rained."])
    assert result.stdout == "no rule knows a word of it\n"
