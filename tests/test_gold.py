"""Our own annotated articles: that the marks are sound, and that claimx finds no fewer of them than it once did."""

import json

import pytest
from gold import corpora
from gold.marks import MarkError, locate, read_document
from spacy.language import Language

from claimx.errors import SourceUnreadable
from claimx.records import Span
from claimx_training.scoring import read_gold

DOCUMENTS = corpora.documents("gold")


def test_the_gold_file_is_built_from_the_marked_articles() -> None:
    built = corpora.gold_lines(corpora.ARTICLES.glob("*.toml"))
    assert corpora.GOLD_FILE.read_text(encoding="utf-8").splitlines() == built, f"{corpora.UPDATE} gold"


def test_there_is_enough_and_of_every_kind() -> None:
    claims = [claim for document in DOCUMENTS for claim in document.claims]
    assert len(DOCUMENTS) >= 20
    assert {claim.status for claim in claims} == {"asserted", "hedged", "prospective", "barred", "negated", "unclear"}
    assert {role for claim in claims for role in claim.roles} == set(corpora.ROLES)
    assert sum(not document.claims for document in DOCUMENTS) >= 3


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)
def test_spans_are_trimmed_and_sources_do_not_repeat(document: corpora.GoldDocument) -> None:
    for claim in document.claims:
        for span in (claim.trigger, *claim.roles.values(), *claim.sources):
            assert span.text == span.text.strip(" ,.;:\n")
        assert len({source.start for source in claim.sources}) == len(claim.sources)


def test_claims_found_hold_their_floors(nlp: Language) -> None:
    scores = corpora.measure("gold", nlp)
    low = corpora.below(corpora.read_floors()["gold"], scores.figures())
    assert not low, "\n".join(low + scores.misses)


TEXT = "The convoy left Goma. The convoy reached Sake,\nthen it left Sake for Bukavu."


def test_marks_are_found_by_the_words_around_them() -> None:
    claim = locate({"trigger": "it [left]", "vehicle": "[it] left => The convoy", "origin": "left [Sake]"}, TEXT)
    assert claim.trigger == Span("left", 55, 59)
    assert claim.roles == {"vehicle": Span("it", 52, 54, resolved="The convoy"), "origin": Span("Sake", 60, 64)}
    assert claim.status == "asserted"


@pytest.mark.parametrize(
    ("claim", "complaint"),
    [
        ({"trigger": "left"}, "occurs 2 times"),
        ({"trigger": "it [left"}, "closing bracket"),
        ({"trigger": "arrived"}, "not in the text"),
        ({"trigger": "lef"}, "not in the text"),  # words, not parts of them
        ({"trigger": "reached", "place": "Sake"}, "unknown key"),
        ({"trigger": "reached", "status": "likely"}, "unknown status"),
        ({"trigger": "reached", "vehicle": "[it] left => the truck"}, "'the truck' is not in the text"),
    ],
)
def test_marks_that_are_not_clear_are_refused(claim: dict[str, str], complaint: str) -> None:
    with pytest.raises(MarkError, match=complaint):
        locate(claim, TEXT)


def test_a_marked_file_needs_a_text_and_known_keys(tmp_path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("claims = []", "utf-8")
    with pytest.raises(MarkError, match="no text"):
        read_document(path)
    path.write_text("claim = []", "utf-8")
    with pytest.raises(MarkError, match="unknown key 'claim'"):
        read_document(path)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [({"start": 1}, "is not the text at 1:8"), ({"text": "reache"}, "is not the text"), ({"end": "8"}, "line 1")],
)
def test_a_gold_file_whose_offsets_lie_is_refused(tmp_path, change: dict[str, object], complaint: str) -> None:
    trigger = {"text": "reached", "start": 33, "end": 40, **change}
    claim = {"trigger": {**trigger, "end": 8} if "start" in change else trigger, "status": "asserted", "sources": []}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "x", "origin": "x", "text": TEXT, "claims": [claim]}), "utf-8")
    with pytest.raises(SourceUnreadable, match=complaint):
        read_gold(path)


def test_a_figure_below_its_floor_or_without_one_is_named() -> None:
    assert corpora.below({"triggers": 0.5}, {"triggers": 0.5}) == []
    assert corpora.below({"triggers": 0.5}, {"triggers": 0.499}) == ["triggers is 0.4990, its floor 0.5"]
    assert corpora.below({}, {"roles": 1.0}) == ["roles is 1.0000, its floor missing"]


def test_floors_rise_and_never_fall() -> None:
    assert corpora.raised({"triggers": 0.5, "roles": 0.9}, {"triggers": 0.61259, "roles": 0.4}) == {
        "triggers": 0.612,
        "roles": 0.9,
    }


def test_the_floors_file_is_as_the_update_writes_it() -> None:
    assert corpora.FLOORS_FILE.read_text(encoding="utf-8") == corpora.floors_toml(corpora.read_floors())
