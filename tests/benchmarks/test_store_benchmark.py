"""The benchmark of the store, run small."""

import re
from pathlib import Path

import pytest

from claimx.records import Span
from claimx_benchmarks import store as benchmark


def test_generated_articles_are_true_to_their_text() -> None:
    articles = list(benchmark.generate_articles(3))
    assert [len(article.claims) for article in articles] == [10, 10, 10]
    assert articles == list(benchmark.generate_articles(3))
    assert articles[0].text != next(benchmark.generate_articles(1, seed=2)).text
    for article in articles:
        for claim in article.claims:
            spans = [claim.trigger, claim.evidence, *(source.cue for source in claim.sources), claim.who, claim.what]
            spans += [claim.origin, claim.destination, claim.vehicle, claim.when, *claim.sources]
            for span in filter(None, spans):
                assert article.text[span.start : span.end] == span.text
            assert isinstance(claim.destination, Span)
    assert len({claim.id for article in articles for claim in article.claims}) == 30


@pytest.mark.parametrize(("limit", "status"), [(3600.0, 0), (0.0, 1)])
def test_it_measures_and_holds_answers_to_the_limit(
    limit: float, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(benchmark, "LIMIT", limit or 1e-9)
    monkeypatch.setattr(benchmark, "fill_from", lambda *_: 1.0)
    monkeypatch.setattr(benchmark, "time_command", lambda _: 1.0)
    assert benchmark.main(["--claims", "200", "--store", str(tmp_path / "a.db")]) == status
    printed = capsys.readouterr().out
    assert "20 articles, 200 claims" in printed
    found = {name: int(many) for many, name in re.findall(r"ms +(\d+) claims  (.+)", printed)}
    assert found.keys() == benchmark.QUERIES.keys()
    assert (found["anything"], found["nothing that is there"]) == (100, 0)
    assert "slowest answer" in printed
