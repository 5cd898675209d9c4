"""The command line with a blank pipeline, so that its own behaviour is tested without a language model."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

from claimx.cli import app
from claimx.records import Article, Attribution, Claim, Evidence, Source, Span, claim_id

Run = Callable[..., Result]


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Replace the analysis by a search for "moved"; return the names of the models asked for, in order."""
    names: list[str | None] = []

    def load_model(name: str | None = None) -> SimpleNamespace:
        names.append(name)
        return SimpleNamespace(meta={"lang": "en", "name": "test", "version": "1.2.3", "pipeline": ["parser"]})

    def extract(article: Article, **_: object) -> Article:
        if "CRASH" in article.text:
            raise ValueError("no such thing")
        claims = tuple(_claims(article.text))
        said = tuple(
            Attribution(Source(m[0], *m.span()), None, (Span(m[0], *m.span()),), "indirect")
            for m in re.finditer("officials", article.text)
        )
        return replace(article, claims=claims, attributions=said)

    monkeypatch.setattr("claimx.language.load_model", load_model, raising=False)

    def extract_all(articles: Iterable[Article], **_: object) -> Iterator[Article]:
        while batch := list(islice(articles, 2)):  # read ahead, as the real one does
            yield from [extract(article) for article in batch]

    monkeypatch.setattr("claimx.pipeline.extract", extract)
    monkeypatch.setattr("claimx.pipeline.extract_all", extract_all)
    return names


def _claims(text: str) -> Iterator[Claim]:
    for found in re.finditer("moved", text):
        trigger = Span(found[0], *found.span())
        line = next(m for m in re.finditer(r"[^\n]+", text) if m.start() <= found.start() < m.end())
        yield Claim(claim_id(text, trigger), "move", trigger, Evidence(line[0], *line.span(), 0), confidence=0.6)


@pytest.fixture
def run(loaded: list[str | None]) -> Run:
    """Run `claimx` with these arguments; `input` is piped in."""

    def run(*arguments: object, input: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=input)

    return run
