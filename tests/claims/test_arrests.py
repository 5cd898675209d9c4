"""The example kind: arrests hold to the sentences beside their words, and movements know nothing of them."""

import pytest
from spacy.language import Language

from claimx.claims.arrest import ArrestExample, arrest_rules
from claimx.errors import RuleError
from claimx.language.semantics import SEMANTICS
from claimx.pipeline import extract, extract_from_doc
from claimx.records import Article, Claim
from claimx.rules.kinds import claim_kinds
from claimx.rules.loader import load_rules

MATCHES = [(words.id, example) for words in arrest_rules().words for example in words.matches]
IGNORES = [text for words in arrest_rules().words for text in words.ignores]


def arrests(text: str, nlp: Language, *kinds: str) -> tuple[Claim, ...]:
    article = Article("-", text, published="2025-03-05")
    return extract(article, nlp=nlp, rules=load_rules(kinds=kinds or ("arrest",))).claims


@pytest.mark.parametrize(("rule", "example"), MATCHES, ids=lambda value: getattr(value, "text", ""))
def test_words_of_arrest_match_their_examples(rule: str, example: ArrestExample, nlp: Language) -> None:
    claim = next(claim for claim in arrests(example.text, nlp) if rule in claim.rules)
    found = {role: span.text for role, span in claim.fillers().items()}
    wanted = {role: words for role in ("who", "by", "where", "when") if (words := getattr(example, role))}
    assert found | wanted == found
    assert not found.keys() & set(example.absent)
    assert claim.status == (example.status or claim.status)
    assert 0 < claim.confidence < 1


@pytest.mark.parametrize("text", IGNORES)
def test_words_of_arrest_leave_the_others_alone(text: str, nlp: Language) -> None:
    assert arrests(text, nlp) == ()


TOLD = "Police in Tirana denied on Sunday that they had detained the singer Ana Doe at the port of Durres."


def test_an_arrest_has_status_sources_referents_and_places_as_a_movement_has(nlp: Language) -> None:
    (claim,) = arrests(TOLD, nlp)
    assert (claim.kind, claim.predicate, claim.status) == ("arrest", "detain", "negated")
    assert [source.kind for source in claim.sources]
    fillers = claim.fillers()
    assert fillers["who"].text == "the singer Ana Doe"
    assert fillers["by"].text == "they"
    assert (fillers["by"].resolved or "").startswith("Police")
    assert fillers["where"].place is not None
    assert fillers["where"].place.country == "AL"
    for span in (claim.trigger, claim.evidence, *claim.fillers().values(), *claim.sources):
        assert TOLD[span.start : span.end] == span.text


def test_a_role_that_the_article_leaves_open_is_there_and_empty(nlp: Language) -> None:
    (claim,) = arrests("The editor was arrested.", nlp)
    assert claim.roles == {"by": None, "where": None}
    assert claim.when is None


def test_arrests_deny_each_other(nlp: Language) -> None:
    told, denied = arrests(
        "Soldiers detained Ana Doe in Durres, her lawyer said. The army denied that it had detained Ana Doe.", nlp
    )
    assert told.disputed_by == (denied.id,)


BOTH = "Soldiers took the rebels from Kano to Lagos, and police arrested Jane Doe in Abuja."


def test_only_what_is_asked_for_is_found(nlp: Language) -> None:
    assert [claim.kind for claim in arrests(BOTH, nlp, "movement")] == ["movement"]
    assert [claim.kind for claim in arrests(BOTH, nlp, "arrest")] == ["arrest"]
    both = arrests(BOTH, nlp, "arrest", "movement")
    assert [claim.kind for claim in both] == ["movement", "arrest"]
    assert both == (*arrests(BOTH, nlp, "movement"), *arrests(BOTH, nlp, "arrest"))
    assert [claim.kind for claim in extract(Article("-", BOTH), nlp=nlp).claims] == ["movement"]


def test_one_word_may_be_of_two_kinds_without_being_one_claim(nlp: Language) -> None:
    claims = arrests("Soldiers took the rebels into custody in Kano.", nlp, "movement", "arrest")
    assert len({claim.id for claim in claims}) == len(claims)


def test_without_the_semantic_layers_nobody_is_arrested(nlp: Language) -> None:
    doc = nlp(BOTH)
    doc.user_data.pop(SEMANTICS)
    article = Article("-", BOTH)
    assert extract_from_doc(article, doc, load_rules(kinds=("arrest",))).claims == ()


def test_a_kind_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(RuleError, match="'theft' is no kind of claim; there are movement, arrest"):
        load_rules(kinds=("theft",))


def test_movement_comes_first_and_has_no_roles_of_its_own_making() -> None:
    kinds = claim_kinds()
    assert next(iter(kinds)) == "movement"
    assert kinds["movement"].further == ()
    assert [role.name for role in kinds["arrest"].further] == ["by", "where"]
