"""The benchmark of batches: its articles, what it measures, its verdict."""

from pathlib import Path

import pytest

from claimx_benchmarks import batch
from claimx_benchmarks.batch import MEMORY_LIMIT, SPEED_LIMIT, Measured, measure, short_articles, write_articles


def test_short_articles_are_short_and_no_two_the_same() -> None:
    articles = short_articles(400)
    assert articles == short_articles(400)
    assert len(set(articles)) == 400
    assert all(10 <= len(article.split()) <= 100 for article in articles)


@pytest.mark.weights
def test_a_run_is_measured(tmp_path: Path) -> None:
    write_articles(tmp_path, ["The army moved trucks.\n"] * 3)
    assert len(list(tmp_path.rglob("*.txt"))) == 3
    run = measure(tmp_path, 1)
    assert 0.0 < run.cpu_seconds < 600.0
    assert 50.0 < run.memory < 5000.0
    assert run.seconds > 0.0


@pytest.mark.parametrize(
    ("two", "large", "arguments", "status"),
    [
        (SPEED_LIMIT - 0.01, MEMORY_LIMIT - 0.01, [], 0),
        (SPEED_LIMIT + 0.01, MEMORY_LIMIT - 0.01, [], 1),
        (SPEED_LIMIT - 0.01, MEMORY_LIMIT + 0.01, [], 1),
        (SPEED_LIMIT + 0.01, MEMORY_LIMIT - 0.01, ["--only", "memory"], 0),
        (SPEED_LIMIT - 0.01, MEMORY_LIMIT + 0.01, ["--only", "speed"], 0),
    ],
)
def test_the_exit_status_is_the_verdict(
    two: float,
    large: float,
    arguments: list[str],
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def measured(folder: Path, workers: int) -> Measured:
        many = len(list(folder.rglob("*.txt"))) == 7
        return Measured(100.0 * (two if workers == 2 else 1.0), 50.0, 300.0 * (large if many else 1.0))

    monkeypatch.setattr(batch, "measure", measured)
    assert batch.main([*arguments, "--articles", "3", "--repeat", "1", "--small", "5", "--large", "7"]) == status
    shown = capsys.readouterr().out
    assert (f"two workers take {two:.2f} of the time of one (at most 0.6)" in shown) == ("memory" not in arguments)
    assert (f"takes {large:.2f} of the memory of the small one" in shown) == ("speed" not in arguments)
