"""Quote marks paired over paragraphs: cases from quotations.toml, and properties that hold for any text."""

import time
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx.claims.attribution.quotations import find_quotations
from claimx.language.paragraphs import find_paragraphs

CASES = tomllib.loads((Path(__file__).parent / "quotations.toml").read_text(encoding="utf-8"))["case"]
MARKED = st.text(alphabet="ab .,\n\"'“”‘’«»?!s", max_size=80)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    found = find_quotations(text, find_paragraphs(text))
    assert [text[q.start : q.end] for q in found] == case["quotes"]
    assert [q.depth for q in found] == case.get("depth", [0] * len(found))
    assert [i for i, q in enumerate(found) if not q.closed] == case.get("open", [])
    assert [i for i, q in enumerate(found) if q.continues] == case.get("continues", [])


def test_names_are_unique() -> None:
    names = [case["name"] for case in CASES]
    assert len(set(names)) == len(names)


@given(MARKED)
def test_quotations_stay_inside_their_paragraphs_and_nest(text: str) -> None:
    paragraphs = find_paragraphs(text)
    found = find_quotations(text, paragraphs)
    for quote in found:
        start, end = paragraphs[quote.paragraph]
        assert start <= quote.start < quote.end <= end
    for a in found:
        for b in found:
            assert (
                a.end <= b.start
                or b.end <= a.start
                or (a.start <= b.start and b.end <= a.end)
                or (b.start <= a.start and a.end <= b.end)
            )
    assert [q.start for q in found] == sorted(q.start for q in found)


@given(MARKED)
def test_outermost_quotations_do_not_overlap(text: str) -> None:
    outermost = [q for q in find_quotations(text, find_paragraphs(text)) if q.depth == 0]
    for a, b in pairwise(outermost):
        assert a.end <= b.start


@pytest.mark.parametrize("unit", ['"a ', "'a ", "“a ", "a” ", "‘a ", "a's ", "\"'a "])
def test_time_grows_with_the_text_alone(unit: str) -> None:
    text = unit * 40_000
    began = time.perf_counter()
    find_quotations(text, [(0, len(text))])
    assert time.perf_counter() - began < 5
