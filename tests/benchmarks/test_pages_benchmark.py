"""The benchmark of pages: it measures what it says, and says when it can say nothing."""

from pathlib import Path

import pytest

from claimx.benchmarks.pages import main, text_f1

STORY = "The army moved thirty trucks from the port to Weststadt on Monday, two officials said in the town of Ostholm."


def save(folder: Path, many: int, body: str = STORY, text: str = STORY) -> None:
    for number in range(many):
        page = f"<html><head><title>x</title></head><body><article><p>{body} Day {number}.</p></article></body></html>"
        (folder / f"{number}.html").write_text(page, encoding="utf-8")
        (folder / f"{number}.txt").write_text(f"{text} Day {number}.", encoding="utf-8")


@pytest.mark.parametrize(
    ("found", "reference", "f1"),
    [("a b", "A, b!", 1.0), ("a a", "a b", 0.5), ("", "a", 0.0), ("", "", 1.0), ("a b c d", "a b", 2 / 3)],
)
def test_words_count_as_often_as_they_stand_there(found: str, reference: str, f1: float) -> None:
    assert text_f1(found, reference) == pytest.approx(f1)


def test_forty_pages_make_a_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(tmp_path, 40)
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("40 pages, text F1\nclaimx      ")


def test_a_text_that_is_lost_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path, 40)
    monkeypatch.setattr("claimx.benchmarks.pages.parse_page", lambda html: None)
    assert main([str(tmp_path)]) == 1
    assert "0.000 against 1.000  0.html" in capsys.readouterr().out


def test_few_pages_make_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    save(tmp_path, 3)
    assert main([str(tmp_path)]) == 2
    assert "too few" in capsys.readouterr().err
