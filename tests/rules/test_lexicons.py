"""Each fact stands once: what several parts ask for has one list, and no list says again what another says."""

from itertools import combinations

import pytest

from claimx.compare.quantities import find_quantity
from claimx.compare.vocabulary import vocabulary
from claimx.gazetteer import country_of
from claimx.rules import numbers
from claimx.rules.grammar import GRAMMAR
from claimx.rules.loader import bundled_rules
from claimx.rules.nouns import bundled_nouns
from claimx.rules.places import read_facts
from claimx.rules.titles import TITLES


def test_a_title_is_of_one_sort() -> None:
    sorts = (TITLES.posts, TITLES.ambiguous, TITLES.parts, TITLES.short, TITLES.address)
    assert not [one & other for one, other in combinations(sorts, 2) if one & other]
    assert TITLES.sole <= TITLES.posts
    assert {"gen", "gen.", "dr.", "sheriff", "foreign"} <= TITLES.words
    assert "prime minister" not in TITLES.words  # it is asked for word by word


@pytest.mark.parametrize("word", ["seventeen", "ninety", "dozens", "eighth"])
def test_a_number_is_one_to_all(word: str) -> None:
    assert word in numbers.WORDS
    assert word in GRAMMAR.quantities
    known = vocabulary().words
    assert word in known.partitive | known.empty


def test_numbers_in_words_add_up() -> None:
    found = find_quantity("forty-two buses")
    assert found is not None
    assert (found.low, found.high) == (42, 42)
    assert find_quantity("zero buses") is not None


def test_what_a_country_is_called_stands_for_it_in_coreference_too() -> None:
    names = bundled_rules().coreference.alias_of
    for code, facts in read_facts().countries.items():
        for name in (facts.name, *facts.also) if facts.name else ():
            assert names[name.lower()] == facts.name.lower(), name
            assert country_of(name) in (code, None), name
        assert facts.name or not facts.also, code
    assert names["isis"] == names["daesh"]


def test_nouns_are_compared_by_the_classes_of_all() -> None:
    known, nouns = vocabulary(), bundled_nouns()
    assert known.people >= nouns.of("person") | nouns.of("unit")
    assert known.alike["cutter"] & known.alike["tanker"]
    assert known.alike["jet"] & known.alike["helicopter"]
    assert not known.alike["jet"] & known.alike["tanker"]
