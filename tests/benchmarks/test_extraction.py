"""The benchmark of extraction: its articles, its shares, its verdict."""

import cProfile
import json
import pstats
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from claimx.rules.loader import load_rules
from claimx_benchmarks import extraction
from claimx_benchmarks.extraction import LIMIT, Shares, make_articles, measure, read_texts, report
from docs import make_doc

TEXTS = ["Russia moved radars to Libya.\n\nIt was late.", "Troops left."]


def test_articles_are_the_same_each_time_but_not_one_another() -> None:
    first, second = make_articles(TEXTS, 20), make_articles(TEXTS, 20)
    assert first == second
    assert len(first) == 20
    assert len({article.text for article in first}) > 10
    parts = {part for article in first for part in article.text.split("\n\n")}
    assert parts == {"Russia moved radars to Libya.", "It was late.", "Troops left."}


def test_no_text_makes_no_articles() -> None:
    with pytest.raises(ValueError, match="no text"):
        make_articles(["\n\n"], 3)


def test_texts_come_from_files_folders_and_gold(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "one.txt").write_text("Troops left.", encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text(json.dumps({"text": "A ship sailed."}) + "\n\n", encoding="utf-8")
    assert list(read_texts([tmp_path / "folder", tmp_path / "gold.jsonl"])) == ["Troops left.", "A ship sailed."]


class HandParsed:
    """A pipeline whose docs are one flat tree a text."""

    def __init__(self) -> None:
        self.vocab = spacy.blank("en").vocab

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        for text in texts:
            words = text.split(" ")
            deps = ["ROOT", *["dep"] * (len(words) - 1)]
            yield make_doc(words, vocab=self.vocab, heads=[0] * len(words), deps=deps, pos=["X"] * len(words))


def test_shares_add_up() -> None:
    shares = measure(make_articles(["Nobody moved."], 3), HandParsed(), load_rules())  # type: ignore[arg-type]
    assert 0.0 < shares.extraction < 1.0
    assert sum(shares.modules.values()) == pytest.approx(1.0, abs=0.05)
    assert "claims.movement.triggers" in shares.modules
    assert list(shares.modules.values()) == sorted(shares.modules.values(), reverse=True)
    assert shares.functions["pipeline.extract_from_doc"] > 0.9


def test_a_librarys_time_counts_for_the_module_that_calls_it() -> None:
    profile = cProfile.Profile()
    texts = make_articles(TEXTS, 30)
    profile.runcall(lambda: [json.dumps(article.metadata()) for article in texts])
    modules, _ = extraction._shares(pstats.Stats(profile))
    assert set(modules) == {"records"}  # all else is called from here, which is no module of claimx's


@pytest.mark.parametrize(("share", "status"), [(LIMIT - 0.01, 0), (LIMIT + 0.01, 1)])
def test_the_exit_status_is_the_verdict(
    share: float, status: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "one.txt"
    path.write_text("Troops left.", encoding="utf-8")
    found = Shares(12, 1.0, share, {"claims.roles": 1.0}, {"claims.roles.find_roles": 0.5, "claims.roles._fill": 0.25})
    monkeypatch.setattr(extraction, "measure", lambda *_: found)
    monkeypatch.setattr("claimx.language.load_model", lambda _: None)
    assert extraction.main([str(path), "--top", "1"]) == status
    shown = capsys.readouterr().out
    assert f"extraction     {share:7.1%}  (at most 25%)" in shown
    assert "find_roles" in shown
    assert "_fill" not in shown


def test_the_report_leaves_out_what_hardly_counts() -> None:
    found = Shares(12, 1.0, 0.1, {"claims.roles": 0.999, "claims.dates": 0.001}, {})
    assert "claims.dates" not in report(found, 1)
