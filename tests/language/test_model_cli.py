"""`claimx model` on the command line."""

import json
from pathlib import Path

import pytest
from spacy.language import Language
from typer.testing import CliRunner

from claimx.cli.model import app
from claimx.training.evaluate import Figure

runner = CliRunner()


def test_info_names_sources_and_licences() -> None:
    result = runner.invoke(app, ["info"])
    assert result.exit_code == 0, result.output
    assert "en_claimx" in result.stdout
    assert "CC BY-SA 4.0" in result.stdout
    assert "EWT test: LAS" in result.stdout


def test_info_as_json() -> None:
    result = runner.invoke(app, ["info", "--json"])
    assert json.loads(result.stdout)["components"] == ["claimx_encoder"]


def test_info_of_a_plain_pipeline_says_little(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    result = runner.invoke(app, ["info", "--model", str(tmp_path / "blank")])
    assert result.exit_code == 0
    assert "components: none" in result.stdout


def test_an_unknown_model_is_one_line_on_stderr() -> None:
    result = runner.invoke(app, ["info", "--model", "en_none"])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1


def test_missing_corpora_are_one_line_on_stderr(tmp_path: Path) -> None:
    for command in ("evaluate", "train"):
        result = runner.invoke(app, [command, "--corpora", str(tmp_path)])
        assert result.exit_code == 1
        assert "lacks ewt/en_ewt-train.conllu" in result.stderr
        assert result.stderr.count("\n") == 1


def test_an_unknown_part_is_wrong_usage(tmp_path: Path) -> None:
    assert runner.invoke(app, ["evaluate", "--corpora", str(tmp_path), "--part", "train"]).exit_code == 2


def test_evaluate_prints_both_models_side_by_side(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    scores = iter([89.5, 89.75])

    def evaluate(nlp: Language, paths: object, *, part: str) -> list[Figure]:
        return [Figure(f"EWT {part}", "LAS", next(scores), "n=3")]

    monkeypatch.setattr("claimx.training.evaluate.evaluate", evaluate)
    monkeypatch.setattr("claimx.training.corpora.CorpusPaths.check", lambda _: None)
    monkeypatch.setattr("claimx.language.load_model", lambda _: None)
    result = runner.invoke(app, ["evaluate", "--corpora", str(tmp_path), "--float32", "other"])
    assert result.exit_code == 0, result.output
    assert result.stdout.split() == ["EWT", "test", "LAS", "89.50", "float32", "89.75", "n=3"]
