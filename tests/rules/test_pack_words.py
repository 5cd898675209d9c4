"""What a pack's one word does: a pack for each lexicon, and what is found with it and without it."""

from pathlib import Path

import pytest
from spacy.language import Language

from claimx import Article, extract
from claimx.claims.explain import check_examples
from claimx.errors import RuleError
from claimx.records import Claim
from claimx.rules.files import parse_toml
from claimx.rules.loader import RuleSet, bundled_rules, load_rules
from claimx.rules.schema import RuleFile

VERB = """
[[movement]]
id = "teleport"
frame = "transfer"
way = "leave"
not_with = ["visit"]
verbs = ["teleport"]
matches = ["The crew teleported crates to the station."]
ignores = ["The crew slept."]
"""
HEDGE = """
[[status]]
id = "presumptively"
status = "hedged"
reach = "modifier"
words = ["presumptively"]
matches = ["The ferry presumptively sailed to Sfax."]
"""
ORDER = """
[[status]]
id = "bade"
sort = "order"
status = "prospective"
reach = "complement"
words = ["adjure"]
matches = ["The admiral adjured the crew to sail to Sfax."]
"""
NOUNS = """
[[noun_class]]
id = "vessel"
nouns = ["corracle"]

[[noun_class]]
id = "airship"
of = "vehicle"
nouns = ["zeppeloon"]
"""
SAYING = """
[[reporting]]
id = "avow"
mode = "speech"
stance = "doubtful"
verbs = ["avouch"]
takes = ["clause", "quote"]
matches = [{ text = "The harbour master avouched that the ferry left Sfax.", source = "The harbour master" }]
ignores = ["The ferry was avouched."]
"""
SPEAKER = """
[[source_nouns]]
kind = "officials"
nouns = ["portreeve"]
"""


def rules_with(tmp_path: Path, text: str) -> RuleSet:
    path = tmp_path / "pack.toml"
    path.write_text(text, encoding="utf-8")
    return load_rules([path])


def claims(text: str, nlp: Language, rules: RuleSet) -> tuple[Claim, ...]:
    return extract(Article(source="-", text=text), nlp=nlp, rules=rules).claims


def test_a_rule_says_which_way_it_goes(tmp_path: Path) -> None:
    rules = rules_with(tmp_path, VERB)
    assert rules.ways_of("teleported") == {"leave"}
    assert rules.by_id["teleport"].not_with == ("visit",)
    assert not bundled_rules().ways_of("teleported")
    assert rules_with(tmp_path, VERB.replace('way = "leave"\n', "")).ways_of("teleported") == {"send"}


@pytest.mark.weights
@pytest.mark.parametrize(
    ("pack", "text", "status"),
    [
        (HEDGE, "The ferry presumptively sailed to Sfax.", "hedged"),
        (ORDER, "The admiral adjured the crew to sail to Sfax.", "prospective"),
    ],
)
def test_a_word_of_status(pack: str, text: str, status: str, nlp: Language, tmp_path: Path) -> None:
    rules = rules_with(tmp_path, pack)
    assert check_examples(parse_toml(RuleFile, pack, "pack.toml"), rules, nlp) == []
    rule = rules.status[-1].id
    assert any(rule in claim.rules for claim in claims(text, nlp, rules))
    assert not any(rule in claim.rules for claim in claims(text, nlp, bundled_rules()))
    assert status in {claim.status for claim in claims(text, nlp, rules)}


def test_a_pack_that_replaces_a_rule_of_status_keeps_what_grammar_takes_it_for(tmp_path: Path) -> None:
    rules = rules_with(tmp_path, ORDER.replace('sort = "order"\n', "").replace('"bade"', '"order"'))
    (order,) = (rule for rule in rules.status if rule.id == "order")
    assert (order.sort, order.words) == ("order", ("adjure",))


def test_a_noun_counts_for_movement_and_for_coreference(tmp_path: Path) -> None:
    rules = rules_with(tmp_path, NOUNS)
    assert rules.classes.first["corracle"] == ("vessel", "vehicle")
    assert rules.coreference.class_of["corracle"] == {"vehicle"}
    assert rules.coreference.kinds_of["corracle"] == {"vessel"}
    assert rules.classes.first["zeppeloon"] == ("airship", "vehicle")
    assert rules.classes.of("vehicle") >= {"corracle", "zeppeloon", "ferry", "truck"}
    assert "corracle" not in bundled_rules().classes.kinds


def test_a_noun_of_an_unknown_class_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="noun class airship: unknown"):
        rules_with(tmp_path, NOUNS.replace('of = "vehicle"\n', ""))


@pytest.mark.weights
def test_a_verb_of_saying_brings_a_source(nlp: Language, tmp_path: Path) -> None:
    text = "The harbour master avouched that the ferry had left Sfax for Malta."
    rules = rules_with(tmp_path, SAYING)
    assert check_examples(parse_toml(RuleFile, SAYING, "pack.toml"), rules, nlp) == []
    assert "avouch" in rules.coreference.saying
    found = extract(Article(source="-", text=text), nlp=nlp, rules=rules)
    assert [a.source.text for a in found.attributions if a.source] == ["The harbour master"]
    assert {claim.status for claim in found.claims} == {"hedged"}
    assert not extract(Article(source="-", text=text), nlp=nlp).attributions


@pytest.mark.weights
def test_a_noun_says_what_a_source_is(nlp: Language, tmp_path: Path) -> None:
    text = "A portreeve said that the ferry had left Sfax for Malta."
    kinds = [
        [a.source.kind for a in extract(Article(source="-", text=text), nlp=nlp, rules=rules).attributions if a.source]
        for rules in (rules_with(tmp_path, SPEAKER), bundled_rules())
    ]
    assert kinds[0] == ["officials"] != kinds[1]


def test_a_pack_that_goes_beyond_the_limits_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="a word or phrase of more than 100 characters"):
        rules_with(tmp_path, SAYING.replace('"avouch"', f'"{"a" * 101}"'))
    with pytest.raises(RuleError, match="more than 10,000 words"):
        rules_with(tmp_path, SPEAKER.replace('"portreeve"', ", ".join(f'"n{n}"' for n in range(10_001))))
