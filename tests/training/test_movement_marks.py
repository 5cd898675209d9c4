"""The movement marks that claimx brings along for training."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from claimx.records import ROLES
from claimx.training.corpora import GMB_GOLD_SENTENCES, RE3D_HELD_OUT
from claimx.training.semantics.marks import is_held_out, marks_file


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


def _spans(claim: dict[str, Any]) -> Iterator[list[int]]:
    yield claim["trigger"]
    yield from claim["sources"]
    yield from (claim[role] for role in ROLES if role in claim)
