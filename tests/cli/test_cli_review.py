"""`claimx review`: reviews go into stores and files, and figures come out of them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from claimx.records import to_wire
from claimx.review.records import article_key
from claimx.sources.saved import read_saved
from claimx.store import open_store

Run = Callable[..., Result]
TEXT = "The army moved trucks, officials said.\n\nThey moved on.\n"


@pytest.fixture
def saved(run: Run, tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT)
    path = tmp_path / "claims.json"
    assert run("extract", tmp_path / "a.txt", "-o", path, "--store", tmp_path / "claims.db").exit_code == 0
    return path


@pytest.fixture
def reviews(saved: Path, tmp_path: Path) -> Path:
    (article,) = read_saved(str(saved))
    first, second = article.claims
    about = {"review": 1, "article": article_key(article)}
    lines = [
        {**about, "verdict": "accepted", "claim": first.id},
        {**about, "verdict": "rejected", "claim": second.id},
        {**about, "verdict": "read"},
    ]
    path = tmp_path / "reviews.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_reviews_go_into_a_file(run: Run, saved: Path, reviews: Path, tmp_path: Path) -> None:
    before = saved.read_bytes()
    result = run("review", "apply", reviews, "--to", saved)
    assert result.exit_code == 2  # it would be lost
    assert "--overwrite" in result.stderr
    assert saved.read_bytes() == before
    out = tmp_path / "reviewed.json"
    result = run("review", "apply", reviews, "--to", saved, "-o", out)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "1 article: 1 accepted, 1 rejected\n", "")
    (article,) = read_saved(str(out))
    assert [claim.review for claim in article.claims] == ["accepted"]
    assert json.loads(out.read_text())["model"] == json.loads(before)["model"]
    assert run("review", "apply", reviews, "--to", saved, "--overwrite").exit_code == 0
    assert saved.read_bytes() == out.read_bytes()


def test_reviews_go_into_a_line_a_article_and_into_a_store(
    run: Run, saved: Path, reviews: Path, tmp_path: Path
) -> None:
    lines = tmp_path / "claims.jsonl"
    (article,) = read_saved(str(saved))
    lines.write_text(json.dumps(to_wire(article)) + "\n")  # as batch has it
    assert run("review", "apply", reviews, "--to", lines, "--overwrite").exit_code == 0
    (article,) = read_saved(str(lines))
    assert len(article.claims) == 1
    assert lines.read_text().startswith('{"source": "')
    store = tmp_path / "claims.db"
    assert run("review", "apply", reviews, "--to", store).exit_code == 0
    with open_store(store) as opened:
        assert [claim.review for one in opened.articles() for claim in one.claims] == ["accepted"]
    assert run("review", "apply", reviews, "--to", store).stdout == "1 article: 1 accepted, 1 rejected\n"


def test_reviews_of_other_articles_are_said(run: Run, reviews: Path, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Others moved.\n")
    other = tmp_path / "other.json"
    assert run("extract", tmp_path / "b.txt", "-o", other).exit_code == 0
    result = run("review", "apply", reviews, "--to", other, "--overwrite")
    assert result.exit_code == 1
    assert f"1 article of the reviews is not in {other}" in result.stderr


def test_figures_come_with_their_interval(run: Run, reviews: Path) -> None:
    result = run("review", "score", reviews)
    assert result.exit_code == 0
    assert "precision\t0.50 (0.09 to 0.91): 1 of 2 claims reviewed are right in every part" in result.stdout
    assert "recall\t1.00 (0.21 to 1.00): 1 of 1 claims of 1 article read whole were found" in result.stdout
    wire = json.loads(run("review", "score", reviews, "-f", "json").stdout)
    assert wire["precision"] == {"part": 1, "whole": 2, "share": 0.5, "low": 0.0945, "high": 0.9055}


def test_what_is_no_review_is_one_line(run: Run, saved: Path, tmp_path: Path) -> None:
    result = run("review", "score", saved)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert "no review" in result.stderr
    assert run("review", "apply", tmp_path / "none.jsonl", "--to", saved, "--overwrite").exit_code == 1
