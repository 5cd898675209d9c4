"""`claimx model` on the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimx.cli import app

pytestmark = pytest.mark.weights

runner = CliRunner()


def test_info_names_sources_and_licences() -> None:
    result = runner.invoke(app, ["model", "info"])
    assert result.exit_code == 0, result.output
    assert "en_claimx" in result.stdout
    assert "CC BY-SA 4.0" in result.stdout
    assert "EWT test: LAS" in result.stdout


def test_info_as_json() -> None:
    result = runner.invoke(app, ["model", "info", "--json"])
    assert json.loads(result.stdout)["components"] == ["claimx_encoder"]


def test_info_of_a_plain_pipeline_says_little(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    result = runner.invoke(app, ["model", "info", "--model", str(tmp_path / "blank")])
    assert result.exit_code == 0
    assert "components: none" in result.stdout


def test_an_unknown_model_is_one_line_on_stderr() -> None:
    result = runner.invoke(app, ["model", "info", "--model", "en_none"])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
