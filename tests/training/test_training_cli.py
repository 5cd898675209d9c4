"""`python -m claimx_training` on the command line."""

from pathlib import Path

import pytest
from spacy.language import Language
from typer.testing import CliRunner

from claimx_training.__main__ import app
from claimx_training.evaluate import Figure

runner = CliRunner()


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

    monkeypatch.setattr("claimx_training.evaluate.evaluate", evaluate)
    monkeypatch.setattr("claimx_training.corpora.CorpusPaths.check", lambda _: None)
    monkeypatch.setattr("claimx_training.__main__.load_model", lambda _: None)
    result = runner.invoke(app, ["evaluate", "--corpora", str(tmp_path), "--float32", "other"])
    assert result.exit_code == 0, result.output
    assert result.stdout.split() == ["EWT", "test", "LAS", "89.50", "float32", "89.75", "n=3"]
