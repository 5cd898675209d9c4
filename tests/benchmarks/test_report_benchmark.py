"""The benchmark of the page, run small."""

import pytest

from claimx_benchmarks import report


def test_it_measures_and_judges(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "LIMIT_EXPONENT", 100.0)
    assert report.main(["--sizes", "2", "4", "--no-browser"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[:2]] == [["2", "articles"], ["4", "articles"]]
    monkeypatch.setattr(report, "LIMIT_EXPONENT", -100.0)
    assert report.main(["--sizes", "2", "4", "--no-browser"]) == 1


def test_a_slow_browser_breaks_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "find_browser", lambda: "chromium")
    monkeypatch.setattr(report, "browse", lambda *_: {"filter": report.LIMIT_SECONDS + 1})
    assert report.main(["--sizes", "2"]) == 1
    monkeypatch.setattr(report, "browse", lambda *_: {"filter": report.LIMIT_SECONDS - 1})
    assert report.main(["--sizes", "2"]) == 0
