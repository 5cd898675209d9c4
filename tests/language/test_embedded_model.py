"""The weights that claimx brings along, on sentences of our own: prose, headlines, datelines, capitals, typography."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Token

from claimx.errors import ModelError
from claimx.language import embedded_model_path, load_model
from claimx.language.info import model_info


def word(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


def names(doc: Doc) -> dict[str, str]:
    return {ent.text: ent.label_ for ent in doc.ents}


def test_active_voice(nlp: Language) -> None:
    doc = nlp("Russia has moved two radars from Tartus to eastern Libya.")
    assert word(doc, "moved").dep_ == "ROOT"
    assert (word(doc, "Russia").dep_, word(doc, "Russia").head.text) == ("nsubj", "moved")
    assert (word(doc, "radars").dep_, word(doc, "radars").head.text) == ("obj", "moved")
    assert word(doc, "Tartus").head.text == "moved"
    assert (word(doc, "from").dep_, word(doc, "from").head.text) == ("case", "Tartus")
    assert [token.lemma_ for token in doc[:5]] == ["Russia", "have", "move", "two", "radar"]
    assert names(doc)["Russia"] == "GPE"
    assert word(doc, "Libya").ent_type_ in {"GPE", "LOC"}


def test_passive_voice_and_relative_clause(nlp: Language) -> None:
    doc = nlp("The trucks, which had crossed the border at dawn, were sent back by the army on Monday.")
    assert (word(doc, "trucks").dep_, word(doc, "trucks").head.text) == ("nsubj:pass", "sent")
    assert (word(doc, "crossed").dep_, word(doc, "crossed").head.text) == ("acl:relcl", "trucks")
    assert word(doc, "army").dep_ in {"obl:agent", "obl"}
    assert word(doc, "army").head.text == "sent"
    assert names(doc)["Monday"] == "DATE"


def test_control_and_reported_speech(nlp: Language) -> None:
    doc = nlp("Karim Haddad, a spokesman for the Interior Ministry, said the troops had started leaving Aleppo.")
    assert (word(doc, "leaving").dep_, word(doc, "leaving").head.text) == ("xcomp", "started")
    assert (word(doc, "started").dep_, word(doc, "started").head.text) == ("ccomp", "said")
    assert (word(doc, "spokesman").dep_, word(doc, "spokesman").head.text) == ("appos", "Karim")
    assert names(doc)["Karim Haddad"] == "PERSON"


def test_sentences_split_in_running_text(nlp: Language) -> None:
    text = "The ship left at noon. Mr. Osman, who saw it, said so. “It was empty,” he added. No one else was there."
    starts = [sent.text.split()[0] for sent in nlp(text).sents]
    assert starts == ["The", "Mr.", "“It", "No"]


def test_headlines_have_no_stop_and_stand_alone(nlp: Language) -> None:
    doc = nlp("Troops Withdraw From Two Bases in Northern Syria\n\nThe army left Aleppo on Friday.")
    assert next(sent.text.strip() for sent in doc.sents) == "Troops Withdraw From Two Bases in Northern Syria"
    assert (word(doc, "Troops").dep_, word(doc, "Troops").head.text) == ("nsubj", "Withdraw")
    assert word(doc, "Withdraw").pos_ == "VERB"


def test_lines_in_capitals(nlp: Language) -> None:
    doc = nlp("RUSSIA MOVES RADARS TO LIBYA")
    assert (word(doc, "RUSSIA").dep_, word(doc, "RUSSIA").head.text) == ("nsubj", "MOVES")
    assert word(doc, "MOVES").lemma_ == "move"
    assert {"RUSSIA", "LIBYA"} <= set(names(doc))


def test_datelines(nlp: Language) -> None:
    doc = nlp("BEIRUT, Dec 16 (Reuters) — Two cargo ships left the port late on Sunday, officials said.")
    assert names(doc)["BEIRUT"] == "GPE"
    assert names(doc)["Reuters"] == "ORG"
    assert names(doc)["Dec 16"] == "DATE"
    assert (word(doc, "ships").dep_, word(doc, "ships").head.text) == ("nsubj", "left")


def test_hyphens_and_curly_marks(nlp: Language) -> None:
    doc = nlp("“The army’s air-defence systems weren’t moved,” she said.")
    assert word(doc, "defence").head.text == "systems"
    assert word(doc, "systems").dep_ == "nsubj:pass"
    assert word(doc, "n’t").lemma_ == "not"
    assert word(doc, "army").dep_ == "nmod:poss"


def test_nominals_have_classes(nlp: Language) -> None:
    doc = nlp("The minister said two helicopters and a missile had reached the port after the talks.")
    classes = {token.text: token._.noun_class for token in doc if token._.noun_class}
    assert classes["minister"] == "person"
    assert classes["helicopters"] == "vehicle"
    assert classes["missile"] == "weapon"
    assert classes["port"] == "place"
    assert classes["talks"] in {"event", "abstract"}
    assert "said" not in classes


def test_arc_probabilities_are_high_where_all_is_clear(nlp: Language) -> None:
    doc = nlp("The troops left the city.")
    assert all(token._.arc_prob > 0.5 for token in doc)


def test_the_same_text_gives_the_same_result_in_any_company(nlp: Language) -> None:
    text = "Two ships left Odesa on Monday.\n\nThey were seen near Izmir, the coast guard said."
    alone = nlp(text).to_json()
    assert [doc.to_json() for doc in nlp.pipe(["One.", text, "A longer text about ships and trucks. " * 9])][1] == alone


def test_a_long_text_without_stops_passes(nlp: Language) -> None:
    doc = nlp("troops and ships and " * 1000)
    assert len(doc) == 4000


def test_it_says_what_it_is(nlp: Language) -> None:
    info = model_info(nlp)
    assert info["name"] == "en_claimx"
    assert info["bytes"] < 80e6
    assert all(path.stat().st_size < 40e6 for path in embedded_model_path().rglob("*"))
    assert any("GUM" in source["name"] for source in info["sources"])
    assert info["performance"]["EWT test"]["LAS"] > 87.5
    assert "nsubj:pass" in info["labels"]["claimx_encoder"]


def test_sources_are_attributed_where_the_weights_are_shipped(nlp: Language) -> None:
    root = Path(__file__).parent.parent.parent
    notice = (root / "NOTICE").read_text(encoding="utf-8")
    for name in ("MiniLM", "EWT", "GUM", "Groningen Meaning Bank", "Wikigold", "Universal NER", "re3d", "GeoNames"):
        assert name in notice, name
    card = (embedded_model_path().parent.parent / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert f"{nlp.meta['performance']['EWT test']['LAS']:.1f}" in card


def test_an_unknown_model_is_named_with_a_remedy() -> None:
    with pytest.raises(ModelError, match=r"no language model 'en_none'.*installed spaCy pipeline"):
        load_model("en_none")


def test_a_folder_without_a_pipeline_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no language model"):
        load_model(str(tmp_path))


@pytest.mark.weights
def test_missing_weights_are_an_error_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimx.language.embedded_model_path", lambda: tmp_path / "gone")
    with pytest.raises(ModelError, match="install claimx again"):
        load_model()


@pytest.mark.weights
def test_running_it_needs_no_torch() -> None:
    code = (
        "import sys; sys.modules.update(torch=None, transformers=None)\n"
        "import claimx.language; claimx.language.load_model()('Ships left.')"
    )
    root = Path(__file__).parent.parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def test_memory_zones_change_nothing_and_leave_nothing(nlp: Language) -> None:
    """spaCy forgets the words of a zone; what the component keeps must not point at them."""
    texts = ["The Qwertzian army moved zworgs to Blaxtown.", "Zworgs and grumbles left Blaxtown for Wibbleton."]
    expected = [[(t.lemma_, t.tag_, str(t.morph), t.dep_, t.ent_type_) for t in nlp(text)] for text in texts]
    fresh = load_model()
    with fresh.memory_zone():
        fresh("Warm up.")
    size = len(fresh.vocab.strings)
    for _ in range(2):
        with fresh.memory_zone():
            found = [[(t.lemma_, t.tag_, str(t.morph), t.dep_, t.ent_type_) for t in fresh(text)] for text in texts]
        assert found == expected
    assert len(fresh.vocab.strings) == size
    assert "zworg" not in fresh.vocab.strings
    assert [t.lemma_ for t in fresh(texts[1])] == [row[0] for row in expected[1]]


@pytest.mark.weights
def test_a_word_that_is_also_a_label_may_go_with_its_zone() -> None:
    fresh = load_model()
    with fresh.memory_zone():
        fresh("The case of the compound root punct was in his mark.")
    assert [token.dep_ for token in fresh("Troops left for the border.")][2:4] == ["case", "det"]
