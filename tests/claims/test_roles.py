"""Whose a role is, in whole sentences as the model reads them: each case beside one that differs in that alone."""

import pytest
from spacy.language import Language

import claimx
from claimx.records import ROLES, Article


@pytest.mark.parametrize(
    ("text", "trigger", "roles"),
    [
        # a headline's participle that no past tense looks like
        ("Three miners flown to Quito after blast", "flown", {"what": "Three miners", "destination": "Quito"}),
        ("Three miners flew to Quito after blast", "flew", {"who": "Three miners", "destination": "Quito"}),
        # who is driven out
        ("The court met after his expulsion from Kenya.", "expulsion", {"what": "his", "origin": "Kenya"}),
        ("Oslo was angered by his expulsion of nuns.", "expulsion", {"who": "his", "what": "nuns"}),
        # a year is no part of a verb, nor a count of days after a dash of a date
        ("The agency said that it plans to fly in 2032.", "fly", {"who": "it", "when": "2032"}),
        (
            "The nuns were moved to the clinic on May 3—nine days before the feast.",
            "moved",
            {"what": "The nuns", "destination": "the clinic", "when": "May 3"},
        ),
        (
            "The abbot visited Chad in August last year.",
            "visited",
            {"who": "The abbot", "destination": "Chad", "when": "August last year"},
        ),
        (
            "The balloon took off from Oslo at 07:30 on July 12.",
            "took off",
            {"origin": "Oslo", "vehicle": "The balloon", "when": "07:30 on July 12"},
        ),
        # times of another clause
        ("The king died in May after he was flown to Oslo.", "flown", {"what": "he", "destination": "Oslo"}),
        (
            "The king died after he was flown to Oslo in May.",
            "flown",
            {"what": "he", "destination": "Oslo", "when": "May"},
        ),
        (
            "The prefect said Thursday he has sent nuns to Mali.",
            "sent",
            {"who": "he", "what": "nuns", "destination": "Mali"},
        ),
        (
            "The prefect said next week he will send nuns to Mali.",
            "send",
            {"who": "he", "what": "nuns", "destination": "Mali", "when": "next week"},
        ),
        # places of another verb
        ("When he agreed, she fled and phoned nuns from a phone booth.", "fled", {"who": "she"}),
        ("She fled from a phone booth.", "fled", {"who": "She", "origin": "a phone booth"}),
        # what is no part of a place
        (
            "The monks fled to a camp near Gao, the center's head in the Kayes province Sergey Okot said.",
            "fled",
            {"who": "The monks", "destination": "a camp near Gao"},
        ),
        ("Six were taken to hospital with burns.", "taken", {"what": "Six", "destination": "hospital"}),
        (
            "The pilgrims came from Lima, Cusco and Arequipa.",
            "came",
            {"who": "The pilgrims", "origin": "Lima, Cusco and Arequipa"},
        ),
        # means of transport
        (
            "The nuns later sailed the vessel to Oslo.",
            "sailed",
            {"who": "The nuns", "destination": "Oslo", "vehicle": "the vessel"},
        ),
        # who gets a thing
        (
            "The air force is set to get a dozen jets from Spain.",
            "get",
            {"what": "a dozen jets", "origin": "Spain", "destination": "The air force"},
        ),
    ],
)
def test_roles(nlp: Language, text: str, trigger: str, roles: dict[str, str]) -> None:
    (claim,) = (c for c in claimx.extract(Article("t", text), nlp=nlp).claims if c.trigger.text == trigger)
    spans = {role: getattr(claim, role) for role in ROLES}
    assert {role: span.text for role, span in spans.items() if span is not None} == roles


def test_who_moves_somebody_is_not_whom_he_moves(nlp: Language) -> None:
    text = "Michael Okello was sentenced on Monday. The man admitted that he took the man to Oslo by bus."
    (claim,) = (c for c in claimx.extract(Article("t", text), nlp=nlp).claims if c.trigger.text == "took")
    assert claim.who is not None
    assert claim.what is not None
    assert claim.what.resolved is None or claim.what.resolved not in {claim.who.resolved, claim.who.text}
