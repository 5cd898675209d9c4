"""What a worker does with a piece of work."""

import pickle
import signal
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from spacy.language import Language

import claimx
from claimx.batch import Analysis
from claimx.errors import ModelError, RuleError, SourceError
from claimx.pipeline import extract_from_doc
from claimx.records import Article
from claimx.sources import Raw, ReadOptions

pytestmark = pytest.mark.weights

TEXTS = (
    "Mali has moved its embassy from Dakar to Rabat, two diplomats said on Monday.\n",
    "Nothing happened.\n",
    "Russia may send radars to Libya. “We sent none,” said Anna Petrova, a spokeswoman, on Tuesday.\n",
)
RAWS = [Raw(f"{number}.txt", text.encode(), "text") for number, text in enumerate(TEXTS)]


def sources(outcomes: list[Article | SourceError]) -> list[str]:
    return [outcome.source for outcome in outcomes]


def test_the_same_as_extract_finds(nlp: Language) -> None:
    found = Analysis()(RAWS)
    for raw, text, article in zip(RAWS, TEXTS, found, strict=True):
        expected = claimx.extract(Article(raw.source, text), nlp=nlp)
        assert isinstance(article, Article)
        assert (article.claims, article.attributions) == (expected.claims, expected.attributions)
        assert (article.source, article.text, article.language) == (raw.source, text, "en")
    assert len(found[0].claims) == len(found[2].claims) - 1 == 1  # type: ignore[union-attr]
    assert Analysis()(RAWS) == found  # what the model forgets with the first piece does not harm the second


def test_an_analysis_travels() -> None:
    analysis = Analysis(model="en", rules=("a.toml",), read=ReadOptions(timeout=3.0), time_limit=9.0)
    assert pickle.loads(pickle.dumps(analysis)) == analysis  # noqa: S301


def test_the_model_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    Analysis()(RAWS)

    def load_model(name: str | None) -> None:
        raise AssertionError

    monkeypatch.setattr("claimx.language.load_model", load_model)
    assert len(Analysis(time_limit=99.0)(RAWS)) == 3


def test_the_model_describes_itself() -> None:
    assert Analysis().describe_model()["name"] == "claimx"


def test_options_of_reading_hold() -> None:
    (article,) = Analysis(read=ReadOptions(published="2024-12-19"))(RAWS[:1])
    assert isinstance(article, Article)
    assert article.published == "2024-12-19"


def test_what_cannot_be_understood_keeps_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimx.sources.html.parse_page", lambda html, url=None: 1 // 0)
    raws = [Raw("empty", b" "), RAWS[0], Raw("page", b"<html><p>x</p></html>", "html"), RAWS[1]]
    found = Analysis()(raws)
    assert sources(found) == ["empty", "0.txt", "page", "1.txt"]
    assert str(found[0]) == "empty: empty; nothing to read"
    assert str(found[2]).startswith("page: cannot be read (ZeroDivisionError: ")
    assert isinstance(found[1], Article)
    assert isinstance(found[3], Article)


def test_an_article_that_breaks_the_analysis_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def extract(article: Article, *rest: object) -> Article:
        if article.source == "1.txt":
            raise IndexError("no such word")
        return extract_from_doc(article, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("claimx.pipeline.extract_from_doc", extract)
    found = Analysis()(RAWS)
    assert sources(found) == ["0.txt", "1.txt", "2.txt"]
    assert str(found[1]) == "1.txt: cannot be analysed (IndexError: no such word); please report this"
    assert [type(outcome) for outcome in found] == [Article, claimx.errors.Unforeseen, Article]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs POSIX timers")
def test_an_article_that_takes_too_long_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def extract(article: Article, *rest: object) -> Article:
        while article.source == "1.txt":
            try:
                sum(range(1000))
            except Exception:  # noqa: S112 - what it is about: code that goes past everything
                continue
        return extract_from_doc(article, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("claimx.pipeline.extract_from_doc", extract)
    Analysis()([RAWS[0]])  # loads the model, which is not to count
    found = Analysis(time_limit=0.3)(RAWS)
    assert sources(found) == ["0.txt", "1.txt", "2.txt"]
    assert str(found[1]) == "1.txt: took longer than 0.3 s; leave it out, or allow it more time"
    assert found[0] == Analysis()([RAWS[0]])[0]
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs POSIX timers")
def test_a_page_that_takes_too_long_to_understand(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse_page(html: str, url: str | None = None) -> None:
        while True:
            pass

    monkeypatch.setattr("claimx.sources.html.parse_page", parse_page)
    found = Analysis(time_limit=0.2)([Raw("page", b"<html><p>x</p></html>", "html"), RAWS[1]])
    assert [type(outcome).__name__ for outcome in found] == ["Abandoned", "Article"]


def test_in_threads_there_is_no_limit_and_no_harm() -> None:
    found: list[Article | SourceError] = []
    expected = Analysis()(RAWS)
    threads = [
        threading.Thread(target=lambda: found.extend(Analysis(time_limit=0.001)(RAWS))) for _ in range(2)
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sources(found)) == sorted(sources(expected * 2))
    assert all(outcome in expected for outcome in found)


@pytest.fixture
def bad_pack(tmp_path: Path) -> Path:
    path = tmp_path / "bad.toml"
    path.write_text("[[movement]\n")
    return path


def test_what_concerns_all_articles_is_raised(bad_pack: Path) -> None:
    with pytest.raises(ModelError, match="no language model 'en_none'"):
        Analysis(model="en_none")(RAWS)
    with pytest.raises(RuleError, match="not valid TOML"):
        replace(Analysis(), rules=(str(bad_pack),))(RAWS)
