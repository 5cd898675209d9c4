"""Every rule holds to the sentences that stand beside it, under the embedded language model."""

import pytest
from spacy.language import Language

from claimx.claims.explain import ignore_faults, match_faults
from claimx.rules.loader import load_rules
from claimx.rules.schema import Example, MovementRule, StatusRule

RULES = load_rules()
MATCHES = [
    pytest.param(rule, example if isinstance(example, Example) else Example(text=example), id=f"{rule.id}-{number}")
    for rule in (*RULES.movement, *RULES.status)
    for number, example in enumerate(rule.matches)
]
IGNORES = [
    pytest.param(rule, text, id=f"{rule.id}-{number}")
    for rule in (*RULES.movement, *RULES.status)
    for number, text in enumerate(rule.ignores)
]


@pytest.mark.parametrize(("rule", "example"), MATCHES)
def test_fires(rule: MovementRule | StatusRule, example: Example, nlp: Language) -> None:
    assert match_faults(rule, example, RULES, nlp) == []


@pytest.mark.parametrize(("rule", "text"), IGNORES)
def test_stays_silent(rule: MovementRule | StatusRule, text: str, nlp: Language) -> None:
    assert ignore_faults(rule, text, RULES, nlp) == []


def test_there_are_enough_examples() -> None:
    assert len(MATCHES) >= 150
    assert len(IGNORES) >= 150


def test_no_sentence_stands_twice() -> None:
    texts = [p.values[1].text for p in MATCHES] + [p.values[1] for p in IGNORES]  # type: ignore[union-attr]
    assert len({t for t in texts if texts.count(t) > 1} - {t.text for p in MATCHES for t in [p.values[1]]}) == 0  # type: ignore[union-attr,misc]
