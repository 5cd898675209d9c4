"""The wire format: what goes out comes back, and has the contract's shape."""

import json
from dataclasses import replace

import pytest
from examples import article, articles
from hypothesis import HealthCheck, given, settings

from claimx.output.json import dump
from claimx.records import Article, Span, article_from_wire, claim_from_wire, claim_id, to_wire

SPAN = {"text", "start", "end"}


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(articles())
def test_any_article_survives_json(made: Article) -> None:
    text = dump(to_wire(made))
    assert article_from_wire(json.loads(text)) == made
    for claim in made.claims:
        assert claim_from_wire(to_wire(claim)) == claim
    text.encode("utf-8")
    assert not {char for char in text if char < " " or "\x7f" <= char <= "\x9f" or "\u202a" <= char <= "\u202e"}


def test_an_article_has_every_key_of_the_contract_in_its_order() -> None:
    wire = to_wire(article())
    assert list(wire) == [
        "source", "url", "title", "publisher", "authors", "published", "retrieved_at", "sha256", "language", "text",
        "claims", "attributions",
    ]  # fmt: skip
    assert list(wire["claims"][0]) == [
        "id", "kind", "predicate", "trigger", "who", "what", "origin", "destination", "via", "vehicle", "when",
        "status", "status_cue", "sources", "evidence", "rules", "confidence",
    ]  # fmt: skip
    assert list(wire["attributions"][0]) == ["source", "cue", "content", "type", "voiced"]
    assert set(wire["claims"][0]["evidence"]) == SPAN | {"paragraph"}
    assert set(wire["claims"][0]["sources"][1]) == SPAN | {"kind", "anonymous", "cue"}


def test_the_moment_of_publication_is_there_where_it_is_known() -> None:
    wire = to_wire(replace(article(), published_at="2024-12-19T22:30:00-05:00"))
    assert list(wire)[5:8] == ["published", "published_at", "retrieved_at"]
    assert wire["published_at"] == "2024-12-19T22:30:00-05:00"


def test_a_claim_of_another_kind_says_so_and_has_its_further_roles() -> None:
    movement = article().claims[0]
    other = replace(movement, kind="arrest", what=None, roles={"by": movement.what, "where": None})
    wire = to_wire(other)
    assert list(wire) == [*list(to_wire(movement))[:11], "roles", *list(to_wire(movement))[11:]]
    assert wire["kind"] == "arrest"
    assert wire["roles"] == {"by": to_wire(movement.what), "where": None}
    assert claim_from_wire(json.loads(dump(wire))) == other
    assert other.filler("by") == movement.what
    assert list(other.fillers()) == ["who", "origin", "destination", "vehicle", "when", "by"]
    assert claim_id("text", movement.trigger, kind="arrest") != claim_id("text", movement.trigger)


def test_absent_roles_are_null_and_absent_details_are_left_out() -> None:
    full, bare = to_wire(article())["claims"]
    assert bare["what"] is None
    assert bare["sources"] == []
    assert set(bare["who"]) == SPAN | {"resolved"}
    assert set(full["what"]) == SPAN
    assert full["who"]["actor"] == {"name": "Russia", "country": "RU", "type": "country"}
    assert full["when"]["date"] == {"edtf": "2024-12-16", "basis": "relative to publication"}


def test_what_schema_2_adds_is_there_where_it_is_known() -> None:
    made = article()
    claim = made.claims[0]
    sources = (replace(claim.sources[0], part="evidence", kind="image"), *claim.sources[1:])
    wire = to_wire(replace(claim, status="barred", disputed_by=("0" * 16,), sources=sources))
    assert (wire["status"], wire["disputed_by"]) == ("barred", ["0" * 16])
    assert list(wire).index("disputed_by") == list(wire).index("status_cue") + 1
    assert [source.get("part") for source in wire["sources"]] == ["evidence", None, None]
    assert claim_from_wire(json.loads(dump(wire))).sources == sources


def test_a_claim_of_schema_1_lacks_nothing() -> None:
    wire = to_wire(article().claims[0])
    assert "disputed_by" not in wire
    assert not any("part" in source for source in wire["sources"])
    assert claim_from_wire(wire) == article().claims[0]


def test_keys_of_newer_files_are_passed_over() -> None:
    wire = to_wire(article())
    wire["mood"] = wire["claims"][0]["mood"] = wire["claims"][0]["trigger"]["mood"] = "grim"
    assert article_from_wire(wire) == article()


@pytest.mark.parametrize("key", ["source", "text"])
def test_a_file_without_the_essentials_is_none(key: str) -> None:
    wire = to_wire(article())
    del wire[key]
    with pytest.raises(TypeError, match=key):
        article_from_wire(wire)


def test_claim_ids_depend_on_text_and_trigger_alone() -> None:
    trigger = Span("left", 7, 11)
    assert claim_id("Troops left.", trigger) == claim_id("Troops left.", trigger) == "ace0238e7671dbff"
    assert claim_id("Troops left!", trigger) != claim_id("Troops left.", trigger)
    assert claim_id("Troops left.", Span("left", 8, 11)) != claim_id("Troops left.", trigger)
    assert len(claim_id("\ud800", Span("", 0, 0))) == 16


def test_metadata_is_the_article_less_text_and_findings() -> None:
    assert set(article().metadata()) == set(to_wire(article())) - {"text", "claims", "attributions"}
