"""Rule packs: what is accepted, what is refused, and how a refusal reads."""

from pathlib import Path

import pytest

from claimx.errors import RuleError
from claimx.rules.files import parse_toml
from claimx.rules.inflection import verb_forms
from claimx.rules.loader import load_rules
from claimx.rules.schema import RuleFile

PACK = """
[[movement]]
id = "{id}"
frame = "transfer"
needs = "thing"
verbs = ["teleport"]
matches = ["The crew teleported crates to the station."]
ignores = ["The crew slept."]
"""


def pack(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "pack.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_bundled_rules_load_with_unique_words() -> None:
    rules = load_rules()
    assert {"send", "withdraw", "visit"} <= {rule.id for rule in rules.movement}
    assert rules.verb_lemmas["fled"] == "flee"
    assert rules.classes.first["convoy"] == ("vehicle", "vehicle")


def test_every_event_noun_belongs_to_one_rule() -> None:
    seen: dict[str, str] = {}
    doubled = []
    for rule in load_rules().movement:
        for noun in rule.nouns:
            if noun in seen:
                doubled.append((noun, seen[noun], rule.id))
            seen[noun] = rule.id
    assert doubled == []


def test_a_pack_adds_a_rule(tmp_path: Path) -> None:
    rules = load_rules([pack(tmp_path, PACK.format(id="teleport"))])
    assert rules.verbs["teleport"][0][1].id == "teleport"
    assert "teleport" not in load_rules().verbs


def test_a_pack_replaces_the_bundled_rule_of_its_id(tmp_path: Path) -> None:
    rules = load_rules([pack(tmp_path, PACK.format(id="smuggle"))])
    assert "smuggle" not in rules.verbs
    assert rules.verbs["teleport"][0][1].id == "smuggle"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (PACK.format(id="x") + 'colour = "red"\n', "colour"),
        (PACK.format(id="x").replace('"transfer"', '"sideways"'), "frame"),
        (PACK.format(id="Not An Id"), "id"),
        (PACK.format(id="x").replace('verbs = ["teleport"]', ""), "needs verbs, nouns or phrases"),
        (PACK.format(id="x").replace('ignores = ["The crew slept."]', "ignores = []"), "ignores"),
        ("[[movement]\n", "not valid TOML"),
        ('[[wonder]]\nid = "x"\n', "wonder"),
    ],
)
def test_a_bad_pack_is_refused_by_name(text: str, part: str) -> None:
    with pytest.raises(RuleError) as refused:
        parse_toml(RuleFile, text, "mine.toml")
    message = str(refused.value)
    assert message.startswith("mine.toml: ")
    assert part in message
    assert "\n" not in message.replace("\n", "", 0) or "TOML" in message


def test_a_missing_pack_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="give a TOML file"):
        load_rules([tmp_path / "none.toml"])


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("flee", {"flee", "flees", "fled", "fleeing"}),
        ("ship", {"ship", "ships", "shipped", "shipping"}),
        ("carry", {"carry", "carries", "carried", "carrying"}),
        ("traffic", {"traffic", "traffics", "trafficked", "trafficking"}),
        ("move", {"move", "moves", "moved", "moving"}),
        ("withdraw", {"withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"}),
        ("rush", {"rush", "rushes", "rushed", "rushing"}),
        ("deploy", {"deploy", "deploys", "deployed", "deploying"}),
    ],
)
def test_verb_forms(lemma: str, forms: set[str]) -> None:
    assert verb_forms(lemma) == forms
