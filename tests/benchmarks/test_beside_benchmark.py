"""Measuring one release beside another."""

import json
import sys
from pathlib import Path

import pytest

from claimx_benchmarks import beside


@pytest.mark.weights
def test_both_commands_are_run_over_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("The ship left Tartus for Benghazi.\n", encoding="utf-8")
    (tmp_path / "notes.csv").write_text("no article\n", encoding="utf-8")
    ran = tmp_path / "ran"
    other = f"{sys.executable} -c \"import sys; open({str(ran)!r}, 'a').write(' '.join(sys.argv[1:]) + chr(10))\""
    assert beside.main([other, str(tmp_path), "--runs", "1", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert set(result) == {"1 articles", "start-up and a sentence"}
    for row in result.values():
        assert row["ratio"] == pytest.approx(row["this"] / row["other"])
    lines = ran.read_text().splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("a.txt")
    assert "notes.csv" not in lines[0]


def test_folder_without_articles_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert beside.main(["claimx", str(tmp_path)]) == 2
    assert "holds no .txt" in capsys.readouterr().err
