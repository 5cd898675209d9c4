"""Attributions and chains under the embedded model: cases from attributions.toml, and the rules' own examples."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from claimx.claims.attribution import Attributed, find_attributions, source_chain, to_records
from claimx.claims.explain import ignore_faults, match_faults
from claimx.rules.loader import bundled_rules
from claimx.rules.schema import ReportingRule

CASES = tomllib.loads((Path(__file__).parent / "attributions.toml").read_text(encoding="utf-8"))["case"]
RULES = bundled_rules().lexicon.rules


def described(found: Attributed) -> dict[str, Any]:
    """Return what a case may say of an attribution."""
    return {
        "source": found.source.text if found.source is not None else None,
        "cue": found.cue.text if found.cue is not None else None,
        "content": [span.text for span in found.content],
        **{
            name: getattr(found, name)
            for name in ("type", "kind", "anonymous", "says", "stance", "mode", "nested", "listed", "rule")
        },
    }


def agrees(found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(
        value in found["content"] if key == "content" and isinstance(value, str) else found[key] == value
        for key, value in wanted.items()
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any], nlp: Language) -> None:
    doc = nlp(case["text"])
    attributions = find_attributions(doc)
    found = [described(a) for a in attributions]
    for wanted in case.get("finds", []):
        assert any(agrees(a, wanted) for a in found), (wanted, found)
    for unwanted in case.get("lacks", []):
        assert not any(agrees(a, unwanted) for a in found), (unwanted, found)
    if "only" in case:
        assert sum(not a.nested for a in attributions) == case["only"], found
    if "listed" in case:
        assert sum(a.listed and a.saying for a in attributions) == case["listed"], found
    for wanted in case.get("chain", []):
        token = next(t for t in doc if t.text == wanted["word"])
        assert [hop.source.text for hop in source_chain(token, attributions)] == wanted["hops"], found


def test_there_are_enough_cases() -> None:
    quotations = tomllib.loads((Path(__file__).parent / "quotations.toml").read_text(encoding="utf-8"))["case"]
    assert len(CASES) + len(quotations) >= 120
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_finds_its_examples(rule: ReportingRule, nlp: Language) -> None:
    for example in rule.matches:
        assert match_faults(rule, example, bundled_rules(), nlp) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_ignores_its_others(rule: ReportingRule, nlp: Language) -> None:
    for text in rule.ignores:
        assert ignore_faults(rule, text, bundled_rules(), nlp) == []


@pytest.mark.parametrize("case", CASES[::6], ids=lambda case: case["name"])
def test_records_are_verbatim(case: dict[str, Any], nlp: Language) -> None:
    text = case["text"]
    for attributed in find_attributions(nlp(text)):
        record = to_records(attributed)
        spans: Sequence[Any] = [*record.content, *filter(None, [record.source, record.cue])]
        assert all(text[span.start : span.end] == span.text for span in spans)
