"""The whole of it: the installed command with its own model, over the samples, as other programs read it."""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimx.records import ROLES, article_from_wire, to_wire

pytestmark = pytest.mark.weights

SAMPLES = Path(__file__).parents[2] / "samples"
STATUSES = {"asserted", "hedged", "prospective", "barred", "negated", "unclear"}


def claimx(*arguments: str, input: str | None = None) -> str:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("claimx")), *arguments],
        capture_output=True, encoding="utf-8", input=input, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def articles() -> list[dict[str, Any]]:
    articles: list[dict[str, Any]] = json.loads(claimx("extract", "-f", "json", str(SAMPLES)))["articles"]
    return articles


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Yield everything with offsets in it, however deep."""
    if isinstance(value, dict):
        if {"text", "start", "end"} <= value.keys():
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def test_every_sample_is_read(articles: list[dict[str, Any]]) -> None:
    suffixes = (".html", ".htm", ".txt", ".md")
    assert [article["source"] for article in articles] == sorted(
        str(path) for path in SAMPLES.iterdir() if path.suffix in suffixes
    )


def test_every_span_is_verbatim(articles: list[dict[str, Any]]) -> None:
    found = 0
    for article in articles:
        for span in spans([article["claims"], article["attributions"]]):
            assert article["text"][span["start"] : span["end"]] == span["text"]
            found += 1
    assert found > 300


def test_the_document_keeps_the_contract(articles: list[dict[str, Any]]) -> None:
    for article in articles:
        assert to_wire(article_from_wire(article)) == article
        assert len({claim["id"] for claim in article["claims"]}) == len(article["claims"])
        for claim in article["claims"]:
            assert claim["kind"] == "movement"
            assert claim["status"] in STATUSES
            assert claim["rules"]
            assert 0 <= claim["confidence"] <= 1
            assert any(claim[role] for role in ROLES)
            evidence = claim["evidence"]
            assert evidence["start"] <= claim["trigger"]["start"] < claim["trigger"]["end"] <= evidence["end"]


def test_text_files_are_untouched(articles: list[dict[str, Any]]) -> None:
    plain = [article for article in articles if not article["source"].endswith(".html")]
    assert plain
    for article in plain:
        assert article["text"] == Path(article["source"]).read_bytes().decode()


def test_the_same_sources_give_the_same_output(articles: list[dict[str, Any]]) -> None:
    assert json.loads(claimx("extract", "-f", "json", str(SAMPLES)))["articles"] == articles


def test_every_form_tells_the_same_claims(articles: list[dict[str, Any]]) -> None:
    ids = [claim["id"] for article in articles for claim in article["claims"]]
    lines = claimx("extract", str(SAMPLES)).splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids
    rows = csv.DictReader(io.StringIO(claimx("extract", "-f", "csv", str(SAMPLES)), newline=""))
    assert [row["id"] for row in rows] == ids
    features = json.loads(claimx("extract", "-f", "geojson", str(SAMPLES)))["features"]
    assert [feature["id"] for feature in features] == ids


def test_quotes_finds_who_said_what() -> None:
    text = "“We moved thirty trucks,” said Colonel Ana Reis. The ministry denied that any troops had left Tarnow.\n"
    (article,) = json.loads(claimx("quotes", "-f", "json", "-", input=text))["articles"]
    assert article["text"] == text
    said = {
        (found["source"]["text"], found["type"], found["content"][0]["text"].strip("“”,"))
        for found in article["attributions"]
        if found["source"]
    }
    assert ("Colonel Ana Reis", "direct", "We moved thirty trucks") in said
    assert any(source == "The ministry" and re.search("troops had left", content) for source, _, content in said)
