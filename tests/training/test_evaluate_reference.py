"""The evaluation of reference reads coreference as the corpus writes it, and counts as it says."""

from pathlib import Path

import pytest

from claimx.claims.reference.ranking import probabilities
from claimx.claims.reference.vocabulary import ReferenceWeights, weights
from claimx.training.evaluate_reference import cases, evaluate, fit, read_documents, weights_toml

CORPUS = """\
# newdoc id = GUM_news_sample
# global.Entity = GRP-etype-infstat-salience-centering-minspan-link-identity
# text = Omar Diallo reached Cairo.
1\tOmar\tOmar\tPROPN\tNNP\tNumber=Sing\t3\tnsubj\t_\tEntity=(1-person-new-s-cf1-1-coref
2\tDiallo\tDiallo\tPROPN\tNNP\tNumber=Sing\t1\tflat\t_\tEntity=1)
3\treached\treach\tVERB\tVBD\tTense=Past|VerbForm=Fin\t0\troot\t_\t_
4\tCairo\tCairo\tPROPN\tNNP\tNumber=Sing\t3\tobj\t_\tEntity=(2-place-new-n-cf2-1-sgl)|SpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# text = He left Diallo's house.
1\tHe\the\tPRON\tPRP\tNumber=Sing\t2\tnsubj\t_\tEntity=(1-person-giv-s-cf1-1-ana)
2\tleft\tleave\tVERB\tVBD\tTense=Past|VerbForm=Fin\t0\troot\t_\t_
3-4\tDiallo's\t_\t_\t_\t_\t_\t_\t_\t_
3\tDiallo\tDiallo\tPROPN\tNNP\tNumber=Sing\t5\tnmod:poss\t_\tEntity=(3-place-new-n-cf2-2-sgl(1-person-giv-s-cf1-1-coref
4\t's\t's\tPART\tPOS\t_\t3\tcase\t_\tEntity=1)
5\thouse\thouse\tNOUN\tNN\tNumber=Sing\t2\tobj\t_\tEntity=3)|SpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "sample.conllu"
    path.write_text(CORPUS, encoding="utf-8")
    return path


def test_clusters_and_nesting_are_read(corpus: Path) -> None:
    (document,) = read_documents(corpus)
    doc = document.doc
    assert {c: [doc[m.start : m.end].text for m in ms] for c, ms in document.clusters.items()} == {
        "1": ["Omar Diallo", "He", "Diallo 's"],
        "2": ["Cairo"],
        "3": ["Diallo 's house"],
    }
    assert [(e.text, e.label_) for e in doc.ents] == [("Omar Diallo", "PERSON"), ("Cairo", "GPE"), ("Diallo", "PERSON")]


def test_genres_are_kept_by_name(corpus: Path) -> None:
    assert read_documents(corpus, genres=frozenset({"speech"})) == []
    assert len(read_documents(corpus, genres=frozenset({"news"}))) == 1


def test_a_right_resolution_counts(corpus: Path) -> None:
    score = evaluate(read_documents(corpus))["he"]
    assert (score.right, score.given, score.gold) == (1, 1, 1)


def test_a_wrong_resolution_counts_against_precision(corpus: Path) -> None:
    corpus.write_text(CORPUS.replace("Entity=(1-person-giv-s-cf1-1-ana)", "Entity=(9-person-giv-s-cf1-1-ana)"))
    score = evaluate(read_documents(corpus))["he"]
    assert (score.right, score.given, score.gold) == (0, 1, 0)


def test_cases_say_which_choice_is_right(corpus: Path) -> None:
    ((features, right),) = cases(read_documents(corpus))["he"]
    assert len(features) == len(right)
    assert right[0]
    assert not right[-1]


def test_fitting_prefers_what_was_right() -> None:
    rows = [([["near"], ["far"], ["none"]], [True, False, False])] * 10
    fitted = fit(rows, ridge=0.1)
    assert fitted["near"] > fitted["far"]
    near, far, none = probabilities([["near"], ["far"], ["none"]], fitted)
    assert near > 0.8
    assert near + far + none == pytest.approx(1)


def test_weights_are_written_as_they_are_read() -> None:
    import tomllib

    written = tomllib.loads(weights_toml({"he": {"d=0": 1.5}}, weights()))
    assert written["weights"]["he"] == {"d=0": 1.5}
    assert ReferenceWeights.model_validate(written).report == weights().report
