"""RAMS and WikiEvents read in the guideline's terms, and claims scored against them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from claimx.records import Span
from claimx_training.events import (
    Argument,
    Event,
    EventDocument,
    _outside,
    is_movement,
    joined,
    make_event,
    read_rams,
    read_wikievents,
    report,
    score_events,
)
from docs import radars_doc

VOCAB = spacy.blank("en").vocab
WORDS = ["Russia", "moved", "radars", "to", "Libya", "."]
TEXT = "Russia moved radars to Libya."


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(words, start, start + len(words))


@pytest.mark.parametrize(
    ("event_type", "expected"),
    [
        ("movement.transportperson.evacuationrescue", True),
        ("movement.transportartifact.n/a", True),
        ("movement.transportperson.preventexit", False),
        ("movement.transportperson.grantentryasylum", False),
        ("movement.transportartifact.hide", False),
        ("conflict.attack.n/a", False),
        ("Movement.Transportation.Evacuation", True),
        ("Movement.Transportation.PreventPassage", False),
        ("Transaction.ExchangeBuySell.Unspecified", False),
    ],
)
def test_types_that_are_movement(event_type: str, expected: bool) -> None:
    assert is_movement(event_type) is expected


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["He", "said", ":", '"', "We", "left", '"', "."], 'He said: "We left".'),
        (["the", "right", "-", "wing", "party", "(", "PiS", ")"], "the right-wing party (PiS)"),
        (["weapons", "-", "a", "lot"], "weapons - a lot"),
        (["Russia", "'s", "troops", "did", "n't", "go"], "Russia's troops didn't go"),
        (["the", "states", "'", "ships", ",", "$", "5"], "the states' ships, $5"),
    ],
)
def test_words_are_joined_as_english_is_spaced(words: list[str], text: str) -> None:
    found, offsets = joined(words)
    assert found == text
    assert [found[start:end] for start, end in offsets] == words


def test_who_moves_itself_is_not_moved_too() -> None:
    links = [("transporter", span("Russia"), True), ("passenger", span("Russia"), True)]
    event = make_event("movement.transportperson.selfmotion", span("moved"), links, TEXT)
    assert event.arguments == (Argument("who", ("who", "what"), (span("Russia"),)),)


def test_a_role_given_elsewhere_is_neither_wanted_nor_held_against() -> None:
    links = [("artifact", span("radars"), True), ("origin", span("Russia"), False)]
    event = make_event("movement.transportartifact.n/a", span("moved"), links, TEXT)
    assert [argument.role for argument in event.arguments] == ["what"]
    assert event.elsewhere == {"origin"}


def test_coordinated_arguments_are_answered_by_one_span() -> None:
    text = "Anna and Ben fled."
    links = [("transporter", span("Anna", text), True), ("transporter", span("Ben", text), True)]
    event = make_event("movement.transportperson.n/a", span("fled", text), links, text)
    assert [s.text for s in event.arguments[0].spans] == ["Anna", "Ben", "Anna and Ben"]


def test_rams_contexts(tmp_path: Path) -> None:
    moved = {
        "doc_key": "one",
        "sentences": [["It", "was", "late", "."], WORDS],
        "evt_triggers": [[5, 5, [["movement.transportartifact.n/a", 1.0]]]],
        "gold_evt_links": [
            [[5, 5], [4, 4], "evt012arg01transporter"],
            [[5, 5], [6, 6], "evt012arg02artifact"],
            [[5, 5], [0, 0], "evt012arg04origin"],
        ],
    }
    arrested = {**moved, "doc_key": "two", "evt_triggers": [[5, 5, [["movement.transportperson.preventexit", 1.0]]]]}
    document = one_row(read_rams, tmp_path, moved, arrested)
    assert document.text == f"It was late. {TEXT}"
    (event,) = document.events
    assert event.trigger.text == "moved"
    assert {argument.role: argument.spans[0].text for argument in event.arguments} == {
        "who": "Russia",
        "what": "radars",
    }
    assert event.elsewhere == {"origin"}
    assert all_spans_are_verbatim(document)


def test_wikievents_documents(tmp_path: Path) -> None:
    row = {
        "doc_id": "one",
        "sentences": [
            [[["Radars", 0, 6], ["shifted", 7, 14]], "Radars shifted"],
            [[["Russia", 15, 21], ["moved", 22, 27], ["radars", 28, 34], [".", 34, 35]], "Russia moved radars."],
        ],
        "entity_mentions": [
            {"id": "T1", "sent_idx": 1, "start": 2, "end": 3},
            {"id": "T2", "sent_idx": 1, "start": 4, "end": 5},
            {"id": "T3", "sent_idx": 0, "start": 0, "end": 1},
        ],
        "event_mentions": [
            {
                "event_type": "Movement.Transportation.Unspecified",
                "trigger": {"start": 3, "end": 4, "sent_idx": 1},
                "arguments": [
                    {"entity_id": "T1", "role": "Transporter"},
                    {"entity_id": "T2", "role": "PassengerArtifact"},
                    {"entity_id": "T3", "role": "Vehicle"},
                ],
            },
            {"event_type": "Conflict.Attack.Unspecified", "trigger": {"start": 1, "end": 2}, "arguments": []},
        ],
    }
    document = one_row(read_wikievents, tmp_path, row)
    assert document.text == "Radars shifted\n\nRussia moved radars. "
    (event,) = document.events
    assert {argument.role: argument.spans[0].text for argument in event.arguments} == {
        "who": "Russia",
        "what": "radars",
    }
    assert event.elsewhere == {"vehicle"}
    assert all_spans_are_verbatim(document)


def one_row(read: Any, folder: Path, *rows: Any) -> EventDocument:
    """Return the only document that the reader finds in the rows."""
    path = folder / "events.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (document,) = read(path)
    assert isinstance(document, EventDocument)
    return document


def all_spans_are_verbatim(document: EventDocument) -> bool:
    spans = [event.trigger for event in document.events]
    spans += [span for event in document.events for argument in event.arguments for span in argument.spans]
    return all(document.text[span.start : span.end] == span.text for span in spans)


class HandParsed:
    """A pipeline that knows one sentence: *Russia moved radars to Libya.*"""

    def pipe(self, texts: Iterable[tuple[str, Any]], **_: Any) -> Iterator[tuple[Doc, Any]]:
        for text, context in texts:
            assert text == TEXT
            yield radars_doc(), context


def scored(event: Event) -> Any:
    return score_events([EventDocument("one", TEXT, (event,))], HandParsed())  # type: ignore[arg-type]


def test_a_trigger_found_has_its_roles_compared() -> None:
    links = [
        ("transporter", span("Russia"), True),
        ("artifact", span("radars"), True),
        ("origin", span("Libya"), True),
    ]
    scores = scored(make_event("movement.transportartifact.n/a", span("moved"), links, TEXT))
    assert scores.triggers.recall == 1.0
    assert scores.strict["who"].f1 == scores.strict["what"].f1 == 1.0
    assert (scores.strict["origin"].gold, scores.strict["origin"].right) == (1, 0)
    assert scores.strict["destination"].predicted == 1  # not marked: too much
    assert [fault.split(":")[0] for fault in scores.wrong_roles] == ["origin lacking", "destination too much"]


def test_a_role_marked_elsewhere_does_not_count_as_too_much() -> None:
    links = [
        ("artifact", span("radars"), True),
        ("destination", span("Libya"), False),
        ("transporter", span("Russia"), True),
    ]
    scores = scored(make_event("movement.transportartifact.n/a", span("moved"), links, TEXT))
    assert scores.strict["destination"].predicted == 0
    assert scores.wrong_roles == []


def test_a_moved_party_without_mover_answers_as_who_or_what() -> None:
    scores = scored(
        make_event("movement.transportperson.n/a", span("moved"), [("passenger", span("Russia"), True)], TEXT)
    )
    assert scores.strict["what"].right == 1


def test_a_missed_trigger_says_why() -> None:
    scores = scored(make_event("movement.transportartifact.n/a", span("radars"), [], TEXT))
    assert scores.triggers.recall == 0.0
    (miss,) = scores.misses
    assert (miss.kind, miss.trigger) == ("not in the lexicon", "radars")
    shown = report("RAMS", scores, show=1)
    assert "triggers recall 0.000 (0 of 1)" in shown
    assert "'radars': radar (NOUN obj of 'moved')" in shown


def test_what_the_guideline_leaves_out_is_counted_apart() -> None:
    event = make_event("movement.transportperson.n/a", span("radars"), [], TEXT)
    scores = scored(replace(event, outside="arrest is not movement by itself"))
    assert scores.misses == []
    assert "recall 0.000 (0 of 0); with the marks that the guideline leaves out 0.000 (0 of 1)" in report(
        "RAMS", scores
    )


def test_a_mark_that_the_guideline_leaves_out_says_why(tmp_path: Path) -> None:
    (document, trigger), reason = next(iter(_outside().items()))
    row = {
        "doc_key": document,
        "sentences": [["It", trigger, "."]],
        "evt_triggers": [[1, 1, [["movement.transportperson.n/a", 1.0]]]],
        "gold_evt_links": [],
    }
    assert one_row(read_rams, tmp_path, row).events[0].outside == reason
    assert one_row(read_rams, tmp_path, {**row, "doc_key": "another"}).events[0].outside == ""
