"""The figures of an evaluation, on docs made by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from claimx_training.evaluate import (
    Figure,
    SpanCounts,
    by_corpus,
    documents,
    entity_spans,
    raw_text,
    score_noun_classes,
    score_raw_text,
    score_trees,
    score_uner,
)
from claimx_training.sentences import NOT_ANNOTATED, Sentence

GOLD = Sentence(
    words=["Ships", "left", "Tartus", "."],
    spaces=[True, True, False, True],
    document="d",
    starts_paragraph=True,
    upos=["NOUN", "VERB", "PROPN", "PUNCT"],
    xpos=["NNS", "VBD", "NNP", "."],
    feats=["Number=Plur", "", "Number=Sing", ""],
    lemmas=["ship", "leave", "Tartus", "."],
    heads=[1, -1, 1, 1],
    deprels=["nsubj", "root", "obj", "punct"],
    noun_classes=["vehicle", "", NOT_ANNOTATED, ""],
)


def annotate(doc: Doc) -> Doc:
    """All of `GOLD`, but that the place is an oblique."""
    done = Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=GOLD.xpos,
        pos=GOLD.upos,
        morphs=GOLD.feats,
        lemmas=GOLD.lemmas,
        heads=[1, 1, 1, 1],
        deps=["nsubj", "ROOT", "obl", "punct"],
    )
    done.user_data["claimx.noun_class"] = ["vehicle", "", "place", ""]
    done.set_ents([Span(done, 2, 3, "GPE")])
    return done


@pytest.fixture
def nlp() -> Language:
    nlp = spacy.blank("en")

    @Language.component("annotate_by_hand")
    def component(doc: Doc) -> Doc:
        return annotate(doc)

    nlp.add_pipe("annotate_by_hand")
    return nlp


def values(figures: list[Figure]) -> dict[str, float]:
    return {figure.name: figure.value for figure in figures}


def test_trees_count_heads_and_labels(nlp: Language) -> None:
    found = values(score_trees(nlp, [GOLD], "made up"))
    assert found == {"LAS": 75, "UAS": 100, "UPOS": 100, "XPOS": 100, "features": 100, "lemmas": 100}


def test_raw_text_is_compared_by_characters(nlp: Language) -> None:
    found = values(score_raw_text(nlp, [GOLD], "made up"))
    assert found["raw text words"] == 100
    assert found["raw text LAS"] == 75
    assert found["raw text sentence starts"] == 100


def test_raw_text_parts_paragraphs() -> None:
    second = GOLD.copy(starts_paragraph=False)
    third = GOLD.copy(starts_paragraph=True)
    assert raw_text([GOLD, second, third]) == "Ships left Tartus. Ships left Tartus.\n\nShips left Tartus."


def test_noun_classes_are_scored_where_annotated(nlp: Language) -> None:
    figure = score_noun_classes(nlp, [GOLD], "made up")
    assert (figure.value, figure.detail) == (100, "n=1")


def test_universal_ner_places_are_one_kind(nlp: Language, tmp_path: Path) -> None:
    path = tmp_path / "made.iob2"
    path.write_text("1\tShips\tO\n2\tleft\tO\n3\tTartus\tB-LOC\n4\t.\tO\n\n", encoding="utf-8")
    assert values(score_uner(nlp, path, "made up"))["NER F1"] == 100


def test_a_span_with_another_border_or_label_is_wrong() -> None:
    counts = SpanCounts()
    counts.add([(0, 1, "ORG"), (2, 4, "PERSON")], [(0, 1, "GPE"), (2, 4, "PERSON"), (5, 6, "ORG")])
    precision, recall, f1 = counts.score()
    assert (precision, round(recall, 1), round(f1)) == (50, 33.3, 40)
    assert counts.score("PERSON") == (100, 100, 100)
    assert counts.score("ORG") == (0, 0, 0)


def test_labels_can_be_left_out(nlp: Language) -> None:
    doc = annotate(Doc(nlp.vocab, words=GOLD.words))
    keep: Callable[[str], str | None] = {"ORG": "ORG"}.get
    assert entity_spans(doc, keep) == []


def test_documents_and_corpora_are_kept_apart() -> None:
    other = GOLD.copy(document="e")
    assert [len(group) for group in documents([GOLD, GOLD, other])] == [2, 1]
    table = by_corpus([Figure("a", "x", 1), Figure("b", "x", 2), Figure("a", "y", 3)])
    assert {name: len(rows) for name, rows in table.items()} == {"a": 2, "b": 1}


def test_figures_and_sources_go_into_the_meta_data(tmp_path: Path) -> None:
    publish = pytest.importorskip("claimx_training.publish", reason="publishing needs torch", exc_type=ImportError)
    (tmp_path / "meta.json").write_text('{"name": "x"}', encoding="utf-8")
    publish.write_performance(tmp_path, [Figure("EWT test", "LAS", 88.123)])
    assert '"LAS": 88.12' in (tmp_path / "meta.json").read_text(encoding="utf-8")
    assert all({"name", "author", "license", "use"} == set(source) for source in publish.read_sources())
