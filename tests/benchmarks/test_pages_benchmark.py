"""The benchmark of pages: it measures what it says, and says when it can say nothing."""

from pathlib import Path

import pytest
from lxml.etree import XPath

from claimx_benchmarks.pages import FEWEST, Marked, main, marked_text, read_marks, score_pages, text_f1

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
    monkeypatch.setattr("claimx_benchmarks.pages.parse_page", lambda html: None)
    assert main([str(tmp_path)]) == 1
    assert "0.000 against 1.000  0.html" in capsys.readouterr().out


def test_few_pages_make_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    save(tmp_path, 3)
    assert main([str(tmp_path)]) == 2
    assert "too few" in capsys.readouterr().err


def test_the_article_is_taken_from_where_it_is_marked() -> None:
    html = """<body><h1>x</h1><div id=a><h1>A head</h1><p>One <b>two</b><!-- no --></p><div>Related</div>
        <figure>No</figure><script>no</script>three</div><div id=b>No</div></body>"""
    assert marked_text(html, Marked("//div[@id='a']", "div | p[@class='no']")).split() == ["One", "two", "three"]
    assert marked_text(html, Marked("//div[@id='b']", "")) == "No"


def test_pages_that_nobody_marked_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "below").mkdir()
    save(tmp_path / "below", 2)
    for number in range(2):
        (tmp_path / "below" / f"{number}.txt").unlink()
    monkeypatch.setattr("claimx_benchmarks.pages.read_marks", lambda: {"1.html": Marked("//article", "")})
    (scored,) = score_pages(tmp_path)
    assert (scored.name, scored.claimx, scored.trafilatura) == ("1.html", 1.0, 1.0)


def test_more_than_forty_pages_of_packages_are_marked() -> None:
    marks = read_marks()
    assert len(marks) >= FEWEST
    for mark in marks.values():
        XPath(mark.text)
        XPath(mark.without or ".")


def test_a_headline_on_top_counts_for_neither(tmp_path: Path) -> None:
    head, body = "<title>The convoy leaves town</title>", f"<h1>The convoy leaves town</h1><p>{STORY}</p>"
    page = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
    (tmp_path / "0.html").write_text(page, encoding="utf-8")
    (tmp_path / "0.txt").write_text(STORY, encoding="utf-8")
    (scored,) = score_pages(tmp_path)
    assert (scored.claimx, scored.trafilatura) == (1.0, 1.0)
