"""The benchmark of comparing: it runs small, and its limits can fail."""

import pytest

from claimx.compare import compare as compare_articles
from claimx_benchmarks import compare


def test_articles_are_made_as_extraction_gives_them() -> None:
    articles = compare.make_articles(40)
    assert len(articles) == 40
    assert articles == compare.make_articles(40)
    for article in articles:
        for claim in article.claims:
            for span in (claim.trigger, claim.who, claim.what, claim.origin, claim.destination, claim.when):
                assert span is not None
                assert article.text[span.start : span.end] == span.text
    assert any(len(cluster.outlets) > 1 for cluster in compare_articles(articles).clusters)


def test_it_runs_small(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare.main(["--sizes", "10"]) == 0
    assert "10 articles" in capsys.readouterr().out


def test_growth_is_the_power() -> None:
    assert compare.growth({10: 1.0, 20: 4.0, 40: 16.0}) == pytest.approx(2.0)
    assert compare.growth({10: 1.0, 20: 2.0}) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("seconds", "status"),
    [({500: 1.0, 1000: 2.0}, 0), ({500: 1.0, 1000: 4.0}, 1), ({500: 40.0, 1000: 61.0}, 1), ({1000: 2.0}, 0)],
    ids=["fine", "as the square", "too slow", "one size"],
)
def test_broken_limits_are_status_1(monkeypatch: pytest.MonkeyPatch, seconds: dict[int, float], status: int) -> None:
    monkeypatch.setattr(compare, "measure", lambda *_: seconds)
    assert compare.main([]) == status


def test_a_thousand_articles_may_take_fifteen_seconds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for taken, status in ((14.9, 0), (15.1, 1)):
        monkeypatch.setattr(compare, "measure", lambda sizes, rounds, taken=taken: {500: 7.0, 1000: taken})
        assert compare.main(["--sizes", "500", "1000"]) == status
    assert "(at most 15)" in capsys.readouterr().out
