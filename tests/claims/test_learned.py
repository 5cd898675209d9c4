"""Candidates by what the encoder learned, and what rules have to say of them. The encoder is played by tables."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Token

from claimx.claims.annotate import Annotator
from claimx.claims.candidates import Candidate
from claimx.claims.movement.assemble import find_movements
from claimx.claims.movement.learned import ClaimWeights, StatusWeights, decisions, filler_offers, logit
from claimx.language.semantics import SEMANTICS, STATUSES, Choice, Semantics
from claimx.records import Article
from claimx.rules.loader import load_rules
from docs import make_doc

Roles = Mapping[str, Mapping[str, float]]


class Told(Semantics):
    """What a table says instead of an encoder: chances by word, role fillers and statuses by trigger word."""

    def __init__(self, doc: Doc, triggers: Mapping[str, float], roles: Roles, status: str = "asserted") -> None:
        self.doc = doc
        self._triggers, self._roles, self._status_name = triggers, roles, status

    def movement(self, token: Token) -> float:
        return self._triggers.get(token.text, 0.0)

    @property
    def movements(self) -> float:  # type: ignore[override]
        return sum(self._triggers.values())

    def roles(self, token: Token) -> dict[str, tuple[float, list[Choice]]]:
        found = {}
        for role in decisions().role:
            words = self._roles.get(role, {})
            choices = [Choice(t, words[t.text]) for t in self.doc if t.text in words]
            choices.sort(key=lambda choice: -choice.probability)
            found[role] = (1 - sum(words.values()), choices)
        return found

    def status(self, token: Token) -> dict[str, float]:
        return {name: 0.95 if name == self._status_name else 0.01 for name in STATUSES}

    def sources(self, token: Token) -> list[Choice]:
        return []


def crew_doc() -> Doc:
    """Return *The frigate ferried envoys from Split to Bari.* with its tree."""
    return make_doc(
        "The frigate ferried envoys from Split to Bari .",
        spaces=[True] * 7 + [False, False],
        heads="1 2 2 2 5 2 7 2 2",
        deps="det nsubj ROOT obj case obl case obl punct",
        pos="DET NOUN VERB NOUN ADP PROPN ADP PROPN PUNCT",
        tags="DT NN VBD NNS IN NNP IN NNP .",
        lemmas="the frigate ferry envoy from Split to Bari .",
        morphs=["", "", "Tense=Past|VerbForm=Fin", "", "", "", "", "", ""],
        ents="O O O O O B-GPE O B-GPE O",
    )


FILLED: Roles = {
    "who": {"frigate": 0.9},
    "what": {"envoys": 0.9},
    "origin": {"Split": 0.9},
    "destination": {"Bari": 0.9},
}


def found_in(doc: Doc, triggers: Mapping[str, float], roles: Roles = FILLED, **told: str) -> list[Candidate]:
    doc.user_data[SEMANTICS] = Told(doc, triggers, roles, **told)
    return list(find_movements(doc, load_rules()))


def test_a_word_that_the_encoder_takes_for_a_movement_is_a_claim_with_its_roles() -> None:
    (movement,) = found_in(crew_doc(), {"ferried": 0.99})
    assert movement.trigger.span.text == "ferried"
    assert movement.roles["what"].text == "envoys"
    assert movement.roles["origin"].text == "Split"
    assert movement.roles["destination"].text == "Bari"
    assert "learned" in movement.rules


def test_a_word_said_twice_over_is_one_movement() -> None:
    doc = make_doc(
        "We must evacuate , evacuate Basra .", heads="2 2 2 4 2 4 2",
        deps="nsubj aux ROOT punct conj obj punct", pos="PRON AUX VERB PUNCT VERB PROPN PUNCT",
        tags="PRP MD VB , VB NNP .", lemmas="we must evacuate , evacuate Basra .", ents="O O O O O B-GPE O",
    )  # fmt: skip
    assert len(found_in(doc, {"evacuate": 0.99}, {"who": {"We": 0.9}, "origin": {"Basra": 0.9}})) == 1


def test_a_means_of_transport_is_the_vehicle_and_never_who() -> None:
    (movement,) = found_in(crew_doc(), {"ferried": 0.99})
    assert movement.roles["vehicle"].text == "The frigate"
    assert "who" not in movement.roles


def test_a_quality_is_no_party() -> None:
    doc = make_doc(
        "Its military withdrawal from Basra began .", heads="2 2 5 4 2 5 5",
        deps="nmod:poss amod nsubj case nmod ROOT punct", pos="PRON ADJ NOUN ADP PROPN VERB PUNCT",
        tags="PRP$ JJ NN IN NNP VBD .", lemmas="its military withdrawal from Basra begin .", ents="O O O O B-GPE O O",
    )  # fmt: skip
    (movement,) = found_in(doc, {"withdrawal": 0.99}, {"what": {"military": 0.9}, "origin": {"Basra": 0.9}})
    assert "what" not in movement.roles
    assert movement.roles["origin"].text == "Basra"


def test_a_number_of_people_are_people() -> None:
    doc = make_doc(
        "The first of 12 sailors returned home .", heads="1 5 4 4 1 5 5 5",
        deps="det nsubj case nummod nmod ROOT advmod punct", pos="DET NOUN ADP NUM NOUN VERB ADV PUNCT",
        tags="DT NN IN CD NNS VBD RB .", lemmas="the first of 12 sailor return home .", ents="O O O O O O O O",
    )  # fmt: skip
    doc[1]._.noun_class = "object"
    (movement,) = found_in(doc, {"returned": 0.99}, {"who": {"first": 0.9}, "destination": {"home": 0.9}})
    assert movement.roles["who"].text == "The first of 12 sailors"
    assert "what" not in movement.roles


def test_whose_a_vehicle_is_moves_though_the_vehicle_hangs_on_another_verb() -> None:
    doc = make_doc(
        "The senator 's jet , painted red , landed in Denver .", heads="1 3 1 5 5 8 5 5 8 10 8 8",
        deps="det nmod:poss case obj punct advcl xcomp punct ROOT case obl punct",
        pos="DET NOUN PART NOUN PUNCT VERB ADJ PUNCT VERB ADP PROPN PUNCT",
        tags="DT NN POS NN , VBN JJ , VBD IN NNP .",
        lemmas="the senator 's jet , paint red , land in Denver .", ents="O O O O O O O O O O B-GPE O",
    )  # fmt: skip
    (movement,) = found_in(doc, {"landed": 0.99}, {"vehicle": {"jet": 0.9}, "destination": {"Denver": 0.9}})
    assert movement.roles["who"].text == "The senator"
    assert movement.roles["vehicle"].text == "The senator 's jet"


def test_whom_the_parse_joins_to_a_place_is_none() -> None:
    doc = make_doc(
        "Lee flew to Oslo and Kim sang .", heads="1 1 3 1 5 3 1 1",
        deps="nsubj ROOT case obl cc conj conj punct", pos="PROPN VERB ADP PROPN CCONJ PROPN VERB PUNCT",
        tags="NNP VBD IN NNP CC NNP VBD .", lemmas="Lee fly to Oslo and Kim sing .",
        ents="B-PERSON O O B-GPE O B-PERSON O O",
    )  # fmt: skip
    (movement,) = found_in(doc, {"flew": 0.99}, {"who": {"Lee": 0.9}, "destination": {"Oslo": 0.9}})
    assert movement.roles["destination"].text == "Oslo"


def test_a_word_that_the_encoder_is_sure_is_none_is_no_claim() -> None:
    assert found_in(crew_doc(), {"ferried": 0.001}) == []


def test_a_filler_below_its_threshold_stays_out() -> None:
    unsure = {**FILLED, "via": {"Split": 0.003}, "origin": {}}
    (movement,) = found_in(crew_doc(), {"ferried": 0.99}, unsure)
    assert "via" not in movement.roles
    assert movement.roles["destination"].text == "Bari"


def test_the_words_of_a_name_are_one_offer() -> None:
    doc = make_doc(
        "Danish Navy ferried envoys to Bari",
        heads="1 2 2 2 5 2",
        deps="amod nsubj ROOT obj case obl",
        pos="ADJ PROPN VERB NOUN ADP PROPN",
    )
    shared = [Choice(doc[1], 0.4), Choice(doc[0], 0.35), Choice(doc[3], 0.1)]
    assert [(round(p, 2), agreed, head.text) for p, agreed, head in filler_offers("who", shared, None)] == [
        (0.75, False, "Navy"),
        (0.1, False, "envoys"),
    ]
    assert [(agreed, head.text) for _, agreed, head in filler_offers("who", shared, doc[5])][-1] == (True, "Bari")
    assert next(filler_offers("who", shared[::-1], doc[1]))[1] is False
    assert [agreed for _, agreed, _ in filler_offers("who", shared, doc[1])] == [True, False]


def test_the_words_of_a_time_expression_are_one_offer_headed_by_the_top_word() -> None:
    doc = make_doc(
        "They left midday Thursday and slept on Sunday",
        heads="1 1 1 2 5 1 7 5",
        deps="nsubj ROOT obl nmod cc conj case obl",
    )
    shared = [Choice(doc[3], 0.5), Choice(doc[2], 0.4), Choice(doc[7], 0.05)]
    assert [(round(p, 2), head.text) for p, _, head in filler_offers("when", shared, None)] == [
        (0.9, "midday"),
        (0.05, "Sunday"),
    ]


def test_an_article_heads_no_party() -> None:
    (movement,) = found_in(crew_doc(), {"ferried": 0.99}, {**FILLED, "who": {"The": 0.97}})
    assert "who" not in movement.roles or movement.roles["who"].text != "The"


def test_a_word_fills_one_role_alone() -> None:
    twice = {"origin": {"Split": 0.97}, "via": {"Split": 0.9}, "what": {"envoys": 0.9}}
    (movement,) = found_in(crew_doc(), {"ferried": 0.99}, twice)
    assert movement.roles["origin"].text == "Split"
    assert "via" not in movement.roles


@pytest.mark.parametrize(("weight", "status"), [(0.5, "barred"), (20.0, "asserted")])
def test_the_rules_status_has_its_weight_beside_the_encoders(
    monkeypatch: pytest.MonkeyPatch, weight: float, status: str
) -> None:
    weights = StatusWeights(encoder=1.0, rules=dict.fromkeys(decisions().status.rules, weight))
    weighed = decisions().model_copy(update={"status": weights})
    monkeypatch.setattr("claimx.claims.movement.learned.decisions", lambda: weighed)
    (movement,) = found_in(crew_doc(), {"ferried": 0.99}, status="barred")
    assert movement.status == status
    assert movement.status_cue is None


def test_without_any_role_but_a_time_there_is_no_claim() -> None:
    found = found_in(crew_doc(), {"Bari": 0.99}, {})
    assert [movement for movement in found if movement.trigger.token.text == "Bari"] == []


@pytest.mark.parametrize(("named", "claims"), [("Hurricane", 0), ("Admiral", 1)])
def test_a_storm_is_no_mover_by_its_name_alone_either(named: str, claims: int) -> None:
    doc = make_doc(
        f"{named} Dora rested . Dora left Bari .", heads="1 2 2 2 5 5 5 5",
        deps="compound nsubj ROOT punct nsubj ROOT obj punct", pos="PROPN PROPN VERB PUNCT PROPN VERB PROPN PUNCT",
        tags="NNP NNP VBD . NNP VBD NNP .", lemmas=f"{named} Dora rest . Dora leave Bari .", ents="O O O O O O O O",
    )  # fmt: skip
    assert len(found_in(doc, {"left": 0.99}, {"who": {"Dora": 0.9}, "origin": {"Bari": 0.9}})) == claims


def test_without_semantic_layers_the_rules_decide() -> None:
    (movement,) = find_movements(crew_doc(), load_rules())
    assert movement.learned is None
    assert "learned" not in movement.rules


PACK = """
[[movement]]
id = "own"
frame = "transfer"
needs = "thing"
verbs = ["beam"]
not_objects = ["rumour"]
matches = ["The frigate beamed envoys to Bari."]
ignores = ["He beamed rumours to Bari."]
"""


@pytest.mark.parametrize(("thing", "claims"), [("envoy", 1), ("rumour", 0)])
def test_a_users_rule_outweighs_the_encoder(tmp_path: Path, thing: str, claims: int) -> None:
    doc = crew_doc()
    words = [token.text for token in doc]
    words[2], words[3] = "beamed", f"{thing}s"
    own = make_doc(
        words,
        spaces=[bool(token.whitespace_) for token in doc],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
        pos=[token.pos_ for token in doc],
        tags=[token.tag_ for token in doc],
        lemmas=["the", "frigate", "beam", thing, "from", "Split", "to", "Bari", "."],
        morphs=[str(token.morph) for token in doc],
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc],
    )
    pack = tmp_path / "own.toml"
    pack.write_text(PACK)
    sure_of_the_contrary = 0.001 if claims else 0.999
    roles = {"what": {f"{thing}s": 0.9}, "destination": {"Bari": 0.9}}
    own.user_data[SEMANTICS] = Told(own, {"beamed": sure_of_the_contrary}, roles)
    assert len(list(find_movements(own, load_rules([pack])))) == claims


@pytest.mark.parametrize(("least", "given"), [(0.0, 1), (1.0, 0)])
def test_a_claim_below_the_least_confidence_is_not_given(
    nlp: Language, monkeypatch: pytest.MonkeyPatch, least: float, given: int
) -> None:
    bounded = decisions().model_copy(update={"claim": ClaimWeights(least=least)})
    monkeypatch.setattr("claimx.claims.annotate.decisions", lambda: bounded)
    doc = nlp("The army moved forty tanks from Tartus to Benghazi on Monday.")
    annotator = Annotator(Article(source="-", text=doc.text), doc, load_rules())
    assert len(list(annotator.candidates_and_claims())) == 1
    assert len(list(annotator.claims())) == given


def test_log_odds_are_bounded_and_symmetric() -> None:
    assert logit(0.5) == 0.0
    assert logit(1.0) == pytest.approx(-logit(0.0))
    assert logit(1.0) < 8


@pytest.mark.parametrize("attached", ["player", "club"])
def test_who_takes_up_the_people_and_not_what_they_belong_to(attached: str) -> None:
    clause = {"player": 1, "club": 4}[attached]
    doc = make_doc(
        "Two players of the club who fled to Malta met .", heads=[1, 9, 4, 4, 1, 6, clause, 8, 6, 9, 9],
        deps="nummod nsubj case det nmod nsubj acl:relcl case obl ROOT punct",
        pos="NUM NOUN ADP DET NOUN PRON VERB ADP PROPN VERB PUNCT", tags="CD NNS IN DT NN WP VBD IN NNP VBD .",
        lemmas="two player of the club who flee to Malta meet .", ents="O O O O O O O O B-GPE O O",
    )  # fmt: skip
    for told in ("club", "who"):
        (movement,) = found_in(doc, {"fled": 0.99}, {"who": {told: 0.95}, "destination": {"Malta": 0.95}})
        assert movement.roles["who"].text == "Two players of the club"


def convoy_doc(noun: str) -> Doc:
    """Return *A convoy of NOUN left Mosul.* with its tree."""
    return make_doc(
        f"A convoy of {noun} left Mosul .", heads="1 4 3 1 4 4 4", deps="det nsubj case nmod ROOT obj punct",
        pos="DET NOUN ADP NOUN VERB PROPN PUNCT", tags="DT NN IN NNS VBD NNP .",
        lemmas=f"a convoy of {noun.removesuffix('s')} leave Mosul .", ents="O O O O O B-GPE O",
    )  # fmt: skip


@pytest.mark.parametrize(("noun", "role"), [("refugees", "who"), ("trucks", "vehicle")])
def test_a_convoy_of_people_is_people(noun: str, role: str) -> None:
    (movement,) = found_in(convoy_doc(noun), {"left": 0.99}, {"vehicle": {"convoy": 0.9}, "origin": {"Mosul": 0.9}})
    assert {name for name in ("who", "vehicle") if name in movement.roles} == {role}


def test_to_make_ones_way_is_one_movement() -> None:
    doc = make_doc(
        "Thousands made their way to Oaxaca .", heads="1 1 3 1 5 1 1", deps="nsubj ROOT nmod:poss obj case obl punct",
        pos="NOUN VERB PRON NOUN ADP PROPN PUNCT", tags="NNS VBD PRP$ NN IN NNP .",
        lemmas="thousand make their way to Oaxaca .", ents="O O O O O B-GPE O",
    )  # fmt: skip
    roles = {"who": {"Thousands": 0.9}, "destination": {"Oaxaca": 0.9}}
    assert [str(found.trigger.span) for found in found_in(doc, {"made": 0.95, "way": 0.9}, roles)] == ["made"]


@pytest.mark.parametrize(("verb", "lemma", "posted"), [("expelled", "expel", True), ("sent", "send", False)])
def test_where_somebody_is_posted_is_no_goal_of_who_expels_him(verb: str, lemma: str, posted: bool) -> None:
    doc = make_doc(
        f"Lima {verb} an envoy to Norway .", heads="1 1 3 1 5 3 1", deps="nsubj ROOT det obj case nmod punct",
        pos="PROPN VERB DET NOUN ADP PROPN PUNCT", tags="NNP VBD DT NN IN NNP .",
        lemmas=f"Lima {lemma} an envoy to Norway .", ents="B-GPE O O O O B-GPE O",
    )  # fmt: skip
    roles = {"who": {"Lima": 0.9}, "what": {"envoy": 0.9}, "destination": {"Norway": 0.9}}
    (movement,) = found_in(doc, {verb: 0.99}, roles)
    assert ("destination" not in movement.roles) is posted


@pytest.mark.parametrize(("noun", "limits"), [("restrictions", True), ("ideas", False)])
def test_who_limits_what_others_do_is_not_who_does_it(noun: str, limits: bool) -> None:
    doc = make_doc(
        f"Norway announced {noun} on flying to Chad .", heads="1 1 1 4 2 6 4 1",
        deps="nsubj ROOT obj mark acl case obl punct", pos="PROPN VERB NOUN SCONJ VERB ADP PROPN PUNCT",
        tags="NNP VBD NNS IN VBG IN NNP .", lemmas=f"Norway announce {noun[:-1]} on fly to Chad .",
        ents="B-GPE O O O O O B-GPE O",
    )  # fmt: skip
    (movement,) = found_in(doc, {"flying": 0.99}, {"who": {"Norway": 0.9}, "destination": {"Chad": 0.9}})
    assert ("who" not in movement.roles) is limits


def test_how_far_off_it_was_is_no_origin_of_what_is_put_down() -> None:
    put = make_doc(
        "Commandos were landed a mile from Kunduz .", heads="2 2 2 4 2 6 4 2",
        deps="nsubj:pass aux:pass ROOT det obl:npmod case nmod punct", pos="NOUN AUX VERB DET NOUN ADP PROPN PUNCT",
        tags="NNS VBD VBN DT NN IN NNP .", lemmas="commando be land a mile from Kunduz .", ents="O O O O O O B-GPE O",
    )  # fmt: skip
    (movement,) = found_in(put, {"landed": 0.99}, {"what": {"Commandos": 0.9}, "origin": {"Kunduz": 0.9}})
    assert "origin" not in movement.roles
    gone = make_doc(
        "Rebels then withdrew a mile from Kunduz .", heads="2 2 2 4 2 6 2 2",
        deps="nsubj advmod ROOT det obj case obl punct", pos="NOUN ADV VERB DET NOUN ADP PROPN PUNCT",
        tags="NNS RB VBD DT NN IN NNP .", lemmas="rebel then withdraw a mile from Kunduz .", ents="O O O O O O B-GPE O",
    )  # fmt: skip
    roles = {"who": {"Rebels": 0.9}, "what": {"mile": 0.8}, "origin": {"Kunduz": 0.9}}
    (movement,) = found_in(gone, {"withdrew": 0.99}, roles)
    assert {name: movement.roles[name].text for name in movement.roles} == {"who": "Rebels", "origin": "Kunduz"}
