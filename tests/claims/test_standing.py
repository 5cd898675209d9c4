"""What is told of without being an event makes no claim; its opposite does."""

import pytest
from spacy.language import Language

import claimx
from claimx.claims.standing import is_leaving_a_pact, is_no_event, is_writing
from claimx.records import Article


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The missile is capable of reaching Oslo from Murmansk.", "reaching"),
        ("The president has the authority to send troops to the border.", "send"),
        ("The gate was too narrow for the lorry to enter the yard.", "enter"),
        ("The bomber was designed to carry warheads to Moscow.", "carry"),
        ("Without the storm they would have gone to Bergen.", "gone"),
        ("They could have been shot had they crossed the line.", "crossed"),
        ("The cabinet dropped a bill that would have allowed Spain to extradite suspects.", "extradite"),
        ("Anyone who has travelled to Iran needs a visa.", "travelled"),
        ("Any ship that enters the strait is stopped.", "enters"),
        ("The bill punishes people who return to the country illegally.", "return"),
        ("More than half of the refugees come from Africa, according to the ministry.", "come"),
        ("Nearly all of the wheat comes from Romania.", "comes"),
        ("Nurses ignored the army's evacuation order.", "evacuation"),
        ("The abbot welcomed the pilgrims to his villa on Monday.", "welcomed"),
        ("Some 40 lorries carrying wheat remain stuck in Gao.", "carrying"),
        ("A convoy of 40 lorries carrying wheat is waiting in Gao.", "carrying"),
        ("Ghana will levy a tariff on copper imports from Chile.", "imports"),
        ("Ghana set its own tariffs on goods imported to Accra.", "imported"),
        ("It is not easy for villagers to leave Kidal via Gao.", "leave"),
        ("The abbot spoke of a bill that would have meant that monks could be deported to Chad.", "deported"),
        ("Two balloons fell onto the village.", "fell"),
        ("The tariffs will apply to all exports of copper to Chile.", "exports"),
        ("The monks bought a boat that can enter the bay.", "enter"),
        ("The couple are too shaken to return to the village.", "return"),
    ],
)
def test_no_event(nlp: Language, text: str, word: str) -> None:
    (token,) = (t for t in nlp(text) if t.text == word)
    assert is_no_event(token)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("He was able to leave Libya on Monday.", "leave"),
        ("The president decided to send troops to the border.", "send"),
        ("They had crossed the line before noon.", "crossed"),
        ("They would go to Bergen on Friday.", "go"),
        ("The cabinet tabled a bill that would allow Spain to extradite suspects.", "extradite"),
        ("Those who fled to Chad told of hunger.", "fled"),
        ("The two men who return today were held for a year.", "return"),
        ("The lorry entered the yard.", "entered"),
        ("They came from Africa by boat.", "came"),
        ("They come from the airstrip with their headlights off.", "come"),
        ("The minister comes from Cairo to Oslo on Monday.", "comes"),
        ("Nurses watched the army's evacuation of the valley.", "evacuation"),
        ("A convoy of 40 lorries carrying wheat has crossed into Gao.", "carrying"),
        ("Ghana praised copper imports from Chile.", "imports"),
        ("The abbot spoke of a bill that will mean that monks are deported to Chad.", "deported"),
        ("The regiment fell back to the village.", "fell"),
        ("The ministry will turn to exports of copper to Chile.", "exports"),
        ("The monks sent a man who can enter the bay.", "enter"),
    ],
)
def test_event(nlp: Language, text: str, word: str) -> None:
    (token,) = (t for t in nlp(text) if t.text == word)
    assert not is_no_event(token)


def test_writings_are_no_goods(nlp: Language) -> None:
    doc = nlp("She sent two letters and a crate of rifles to Juba.")
    assert [t.text for t in doc if is_writing(t)] == ["letters"]


@pytest.mark.parametrize(
    ("before", "pact"),
    [
        ("Ghana decided to withdraw from the fishing agreement.", True),
        ("Ghana decided to withdraw from the valley.", False),
        ("Ghana signed the fishing agreement.", False),
    ],
)
def test_what_states_are_members_of_is_not_left_on_foot(nlp: Language, before: str, pact: bool) -> None:
    doc = nlp(f"{before} The withdrawal of Ghana will take a year.")
    (trigger,) = (t for t in doc if t.text == "withdrawal")
    (who,) = (t for t in doc if t.text == "Ghana" and t.i > trigger.i)
    assert is_leaving_a_pact(trigger, who) is pact


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Minister Anna Berg will leave at the end of May, and her resignation was accepted.", 0),
        ("Minister Anna Berg will leave Kidal at the end of May, and her resignation was accepted.", 1),
        ("Anna Berg resigned on Monday and left for Mopti.", 1),
        ("The minister left office in May.", 0),
        ("The minister left Mopti in May.", 1),
    ],
)
def test_an_office_is_not_left_on_foot(nlp: Language, text: str, claims: int) -> None:
    assert len(claimx.extract(Article("t", text), nlp=nlp).claims) == claims


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Weber also spoke about efforts to get Britons out of Kidal.", None),
        ("Weber made an effort to get Britons out of Kidal.", "Weber"),
        ("Norway welcomes the decision to send monitors to Mali.", None),
        ("Norway took the decision to send monitors to Mali.", "Norway"),
        ("Norway has imposed fresh sanctions on Togo for sending rifles to Mali.", "Togo"),
        ("A court fined the smith for carrying rifles to Mali.", "the smith"),
        ("Norway apologised for sending rifles to Mali.", "Norway"),
        ("The secretary of state's visit to Mali was long.", "The secretary of state"),
        ("The announcement of Weber's visit to Mali was short.", "Weber"),
        ("The army ordered the evacuation of the hospital in Kidal.", None),
        ("The army began the evacuation of the hospital in Kidal.", "The army"),
        ("The army issued a call to evacuate 400 villagers from Kidal.", None),
        ("The army issued a promise to evacuate 400 villagers from Kidal.", "The army"),
        ("Weber accepted an invitation to visit Mali.", "Weber"),
        ("Weber received an order to leave Mali.", "Weber"),
        ("Weber was arrested after an attempt to enter Mali.", "Weber"),
        ("The smith was convicted of conspiracy to carry rifles to Kidal.", "The smith"),
    ],
)
def test_who_speaks_of_a_movement_or_orders_it_does_not_make_it(nlp: Language, text: str, who: str | None) -> None:
    (claim,) = claimx.extract(Article("t", text), nlp=nlp).claims
    assert (claim.who.text if claim.who else None) == who


def test_whose_order_it_is_to_leave_does_not_leave(nlp: Language) -> None:
    text = "Nurses fled south following Chad's order to leave the northern valley."
    _, leaving = claimx.extract(Article("t", text), nlp=nlp).claims
    assert leaving.who is None or leaving.who.text != "Chad"


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        ("Weber will visit Mali on Friday.", "The mayor spoke about Weber's visit.", "prospective"),
        ("Weber visited Mali on Friday.", "The mayor spoke about Weber's visit.", "asserted"),
        ("Weber will travel to Mali on Friday.", "The mayor met him during Weber's visit.", "asserted"),
        ("Lee will visit Mali on Friday.", "The mayor spoke about Weber's visit.", "asserted"),
        ("Weber will visit Mali on Friday.", "The mayor spoke about Weber's last visit.", "asserted"),
        ("Weber will visit Mali on Friday.", "The mayor spoke about Weber's visit to Ghana.", "asserted"),
    ],
)
def test_a_journey_only_named_is_to_come_where_it_is_told_to_be(
    nlp: Language, before: str, after: str, status: str
) -> None:
    *_, last = claimx.extract(Article("t", f"{before}\n\n{after}"), nlp=nlp).claims
    assert last.trigger.text == "visit"
    assert last.status == status


def test_from_deep_inside_a_land_is_from_that_land(nlp: Language) -> None:
    (claim,) = claimx.extract(Article("t", "Rockets were launched from deep inside Chadian territory."), nlp=nlp).claims
    assert claim.origin is not None
    assert claim.origin.text == "Chadian territory"


@pytest.mark.parametrize(("verb", "to"), [("received", True), ("made", False)])
def test_who_receives_a_shipment_is_where_it_goes(nlp: Language, verb: str, to: bool) -> None:
    claims = claimx.extract(Article("t", f"Mali {verb} a delivery of rifles from Chad."), nlp=nlp).claims
    told = [claim for claim in claims if claim.trigger.text in {"received", "delivery"}]
    assert {(claim.destination is not None, claim.who is None) for claim in told} == {(to, to)}
