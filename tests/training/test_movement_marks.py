"""The movement marks that claimx brings along for training."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimx.records import ROLES
from claimx_training.corpora import GMB_GOLD_SENTENCES, RE3D_HELD_OUT
from claimx_training.semantics.marks import is_held_out, join_words, marks_file, rams_excerpts, written_file


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    return [json.loads(line) for line in marks_file().read_text(encoding="utf-8").splitlines()]


def test_texts_that_claims_are_measured_on_are_not_marked(records: list[dict[str, Any]]) -> None:
    for name in (record["text"] for record in records):
        corpus, _, rest = name.partition(":")
        if corpus == "gmb":
            first, last = map(int, rest.split("-"))
            assert not set(range(first, last + 1)) & set(GMB_GOLD_SENTENCES), name
        assert not (corpus == "re3d" and rest.startswith(RE3D_HELD_OUT)), name


def test_each_text_is_marked_once_and_its_spans_are_spans(records: list[dict[str, Any]]) -> None:
    names = [record["text"] for record in records]
    assert len(names) == len(set(names))
    for record in records:
        for claim in record["claims"]:
            for sentence, start, end in _spans(claim):
                assert sentence >= 0
                assert 0 <= start < end


def test_outlets_of_one_topic_are_held_out_together() -> None:
    assert is_held_out("ecb:4_1ecb:0-0") == is_held_out("ecb:4_12ecbplus:0-0")


def test_excerpts_of_one_article_are_held_out_together_and_more_of_them() -> None:
    assert is_held_out("rams:17_0:0-4") == is_held_out("rams:17_3:0-4")
    share = sum(is_held_out(f"rams:{n}_0:0-4") for n in range(400)) / 400
    assert 0.15 < share < 0.25
    assert not any(is_held_out(f"written:A00-{n:02}:0-2") for n in range(100))


def test_spans_of_written_passages_are_whole_words_of_them(records: list[dict[str, Any]]) -> None:
    lines = written_file().read_text(encoding="utf-8").splitlines()
    passages = {p["id"]: p["sentences"] for p in map(json.loads, lines)}
    assert len(passages) == len(lines)
    marked = {r["text"].split(":")[1]: r["claims"] for r in records if r["text"].startswith("written:")}
    assert marked.keys() == passages.keys()
    for name, claims in marked.items():
        for sentence, start, end in (span for claim in claims for span in _spans(claim)):
            text = passages[name][sentence]
            assert end <= len(text)
            assert not text[start:end].startswith(" ")
            assert not (text[start - 1 : start].isalnum() and text[start].isalnum()), (name, text[start:end])


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ('He said : " Go . "', 'He said: "Go."'),
        ("the US - led talks on 9/11 and COVID - 19", "the US-led talks on 9/11 and COVID-19"),
        ("It cost $ 8.4 ( £ 6 ) , “ he did n’t say ”", "It cost $8.4 (£6), “he didn’t say”"),
        ("war - and peace", "war-and peace"),
    ],
)
def test_words_of_news_run_as_text(words: str, text: str) -> None:
    assert join_words(words.split(), hyphens=True) == text


def test_excerpts_are_named_by_article(tmp_path: Path) -> None:
    path = tmp_path / "rams.jsonl"
    rows = [{"source_url": url, "sentences": [["A", "."]]} for url in ("x", "y", "x")]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    assert [name for name, _ in rams_excerpts(path)] == ["0_0", "1_0", "0_1"]


def _spans(claim: dict[str, Any]) -> Iterator[list[int]]:
    yield claim["trigger"]
    yield from claim["sources"]
    yield from (claim[role] for role in ROLES if role in claim)
