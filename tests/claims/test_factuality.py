"""Status and chain under every class of embedding predicate, and through up to three hops in all word orders.

The tables stand in `factuality/*.toml`: text with the trigger in braces, status, sources nearest first. What is known
to be wrong stands in `known` of its class, by its text, with the reason.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from by_rules import extract_by_rules
from spacy.language import Language

from claimx.records import Article, Claim

FILES = ("status", "chains")


def _table(name: str) -> list[dict[str, Any]]:
    path = Path(__file__).parent / "factuality" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["class"]


def _cases() -> list[Any]:
    found = []
    for name in FILES:
        for group in _table(name):
            known = group.get("known", {})
            for text, status, chain in group["cases"]:
                marks = [pytest.mark.xfail(strict=True, reason=known[text])] if text in known else []
                found.append(pytest.param(text, status, chain, id=f"{group['name']}: {text[:60]}", marks=marks))
    return found


CASES = _cases()


def _claim(text: str, nlp: Language) -> Claim:
    (article,) = extract_by_rules([Article(source="table", text=text.replace("{", "").replace("}", ""))], nlp)
    found = [claim for claim in article.claims if claim.trigger.start == text.index("{")]
    assert found, f"no claim at {text!r}"
    return found[0]


@pytest.mark.parametrize(("text", "status", "chain"), CASES)
def test_case(text: str, status: str, chain: list[str], nlp: Language) -> None:
    claim = _claim(text, nlp)
    assert (claim.status, [source.text for source in claim.sources]) == (status, chain)


def test_the_table_is_large_and_few_of_it_are_known_to_fail() -> None:
    texts = [case.values[0] for case in CASES]
    assert len(texts) >= 300
    assert len(set(texts)) == len(texts)
    assert sum(bool(case.marks) for case in CASES) <= len(CASES) * 0.05
    statuses = {case.values[1] for case in CASES}
    assert statuses == {"asserted", "hedged", "prospective", "barred", "negated", "unclear"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("A dock worker told Reuters that the freighter had {left} Odessa.", ["speaker", "relay"]),
        ("Customs statistics showed that Ghana {exported} salt to Benin.", ["evidence"]),
        ("Images taken by Maxar show that the launchers {left} Jufra.", ["evidence"]),
        ("Minsk confirmed that it had {sent} drones to Sudan.", ["speaker"]),
    ],
)
def test_every_hop_says_what_it_does(text: str, parts: list[str], nlp: Language) -> None:
    assert [source.part for source in _claim(text, nlp).sources] == parts
