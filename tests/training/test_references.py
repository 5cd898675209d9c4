"""The marks of who *he* and *the vessel* are: what is brought along, and how it is read."""

import json
from pathlib import Path

import spacy

from claimx_training.coreference.references import read_references, references_file
from claimx_training.semantics.marks import written_file

SENTENCES = ["Omar Diallo left Cairo.", "The agent said it rained when he went; the agent slept."]
REFERENCES = [[[1, 0, 9], [0, 0, 11]], [[1, 15, 17], None], [[1, 30, 32], [1, 0, 9]]]


def test_phrases_of_written_excerpts_are_whole_words_of_them() -> None:
    texts = {p["id"]: p["sentences"] for p in map(json.loads, written_file().read_text(encoding="utf-8").splitlines())}
    records = [json.loads(line) for line in references_file().read_text(encoding="utf-8").splitlines()]
    assert len({record["text"] for record in records}) == len(records)
    written = [record for record in records if record["text"].startswith("written:")]
    assert len(written) > 500
    for record in written:
        sentences = texts[record["text"].split(":")[1]]
        for anaphor, antecedent in record["references"]:
            assert anaphor != antecedent, record["text"]
            for sentence, start, end in (phrase for phrase in (anaphor, antecedent) if phrase is not None):
                text = sentences[sentence]
                assert start < end <= len(text)
                assert text[start:end] == text[start:end].strip()
                assert not (text[start - 1 : start].isalnum() and text[start].isalnum()), (record["text"], text)


def test_what_takes_one_up_shares_its_cluster_and_is_all_that_teaches(tmp_path: Path) -> None:
    path = tmp_path / "references.jsonl"
    path.write_text(json.dumps({"text": "x:0-1", "references": REFERENCES}) + "\n", encoding="utf-8")
    (document,) = read_references(path, lambda _: SENTENCES, spacy.blank("en"))
    said = {" ".join(document.words[start:end]): cluster for start, end, cluster in document.phrases}
    assert said["The agent"] == said["Omar Diallo"] == said["he"] != said["it"]
    assert {" ".join(document.words[start:end]) for start, end in document.anaphors} == {"The agent", "it", "he"}
    assert [i for i, begins in enumerate(document.begins) if begins] == [0, 5]


def test_a_text_of_several_articles_is_a_document_for_each_that_has_marks(tmp_path: Path) -> None:
    path = tmp_path / "references.jsonl"
    sentences = ["A ship sank.", *SENTENCES, "It rained."]
    references = [[[2, 0, 9], [1, 0, 11]], [[2, 30, 32], [0, 0, 6]], [[2, 39, 48], [2, 0, 9]]]
    path.write_text(json.dumps({"text": "x:0-3", "begins": [1, 3], "references": references}) + "\n", encoding="utf-8")
    (document,) = read_references(path, lambda _: sentences, spacy.blank("en"))
    assert document.words[:3] == ["Omar", "Diallo", "left"]
    marked = {" ".join(document.words[start:end]) for start, end in document.anaphors}
    assert marked == {"The agent", "the agent"}, "what would take up something of another article is left out"
    assert len({cluster for _, _, cluster in document.phrases}) == 1
