"""How alike words are, and what of a claim's words tells two events apart."""

from dataclasses import replace

import numpy as np
import pytest
from compare.making import tanks  # type: ignore[import-not-found]

from claimx.compare.parties import names_people, own_names, read_party
from claimx.compare.profiles import read_profile
from claimx.compare.vocabulary import vocabulary
from claimx.compare.wording import alikeness
from claimx.records import Span


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [("flee", "escape", "deliver"), ("plane", "aircraft", "hospital"), ("staff", "personnel", "cargo"),
     ("take off", "depart", "evict")],
)  # fmt: skip
def test_words_of_like_meaning_are_more_alike(word: str, near: str, far: str) -> None:
    assert alikeness(word, near) > alikeness(word, far)
    assert alikeness(word, near) == alikeness(near, word)
    assert alikeness(word, word) == pytest.approx(1.0)


def test_a_word_that_no_vector_is_known_of_is_like_nothing() -> None:
    assert alikeness("qwrtzx", "qwrtzx") == 0.0
    assert alikeness("", "plane") == 0.0


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("two Harbour League players", set()),
        ("two players on the Harbour Lions' second team", set()),
        ("an organiser of the Harvest March", set()),
        ("Jane Roe, who organised the Harvest March", {"jane roe"}),
        ("the cutter Dona Paz", {"dona paz"}),
        ("Anna and John Roe", {"anna", "john roe"}),
    ],
)
def test_a_party_owns_the_names_it_goes_by_not_those_it_belongs_to(phrase: str, names: set[str]) -> None:
    assert own_names(phrase) == names


@pytest.mark.parametrize(
    ("noun", "people"), [("striker", True), ("butler", True), ("coffin", False), ("submarine", False)]
)
def test_a_noun_in_no_list_is_people_or_a_thing_by_its_like(noun: str, people: bool) -> None:
    assert noun not in vocabulary().people
    assert names_people(noun) is people
    text = f"the {noun}"
    party = read_party(text, Span(text, 0, len(text)))
    assert party is not None
    assert party.is_people is people


def test_a_listed_thing_is_no_people() -> None:
    text = "the aid"
    party = read_party(text, Span(text, 0, len(text)))
    assert party is not None
    assert not party.is_people


def test_a_particle_is_of_the_verb() -> None:
    article = tanks("Courier")
    (claim,) = article.claims
    assert read_profile(article, 0, claim, 0).verb == claim.predicate
    off = replace(claim, trigger=replace(claim.trigger, text="took off"), predicate="take")
    assert read_profile(article, 0, off, 0).verb == "take off"
    there = replace(off, trigger=replace(claim.trigger, text="on the way"), predicate="on the way")
    assert read_profile(article, 0, there, 0).verb == "on the way"


def test_vectors_keep_which_words_are_near() -> None:
    pytest.importorskip("torch")
    from claimx_training.identity.vectors import make_vectors

    chance = np.random.default_rng(3)
    wide = chance.normal(size=(40, 12)).astype(np.float32) * np.linspace(3, 0.1, 12, dtype=np.float32)
    wide[1] = wide[0] + 0.01
    cut = make_vectors([f"w{n}" for n in range(40)], wide, width=4).astype(float)
    cut /= np.linalg.norm(cut, axis=1, keepdims=True)
    assert cut.shape == (40, 4)
    assert int((cut @ cut[0])[1:].argmax()) == 0
    with pytest.raises(ValueError, match="2 words, but 40"):
        make_vectors(["a", "b"], wide)
