"""Coreference corpora are read as they are written, and chains scored as the standard scorer's definitions say."""

import zipfile
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from claimx.claims.coreference.resolver import BARS
from claimx.language.antecedents import AntecedentScorer
from claimx_training.coreference.corpora import read_gum, read_litbank
from claimx_training.coreference.joining import first_heads, joined_scorers
from claimx_training.coreference.measure import Judged, least_sureness
from claimx_training.coreference.scorer import Scores, best_sum

CORPUS = """\
# newdoc id = GUM_news_sample
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


def test_gum_is_read_with_nested_phrases(tmp_path: Path) -> None:
    path = tmp_path / "sample.conllu"
    path.write_text(CORPUS, encoding="utf-8")
    (document,) = read_gum(path)
    assert sorted((cluster, " ".join(document.words[start:end])) for start, end, cluster in document.phrases) == [
        ("1", "Diallo 's"), ("1", "He"), ("1", "Omar Diallo"), ("2", "Cairo"), ("3", "Diallo 's house"),
    ]  # fmt: skip
    assert [i for i, begins in enumerate(document.begins) if begins] == [0, 5]
    assert document.heads[:5] == [2, 0, -1, 2, 2]
    assert document.spaces[3] is False


def test_litbank_is_read_up_to_the_limit(tmp_path: Path) -> None:
    rows = [("The", "(0"), ("captain", "0)"), ("slept", "_"), (".", "_"), ("", ""), ("He", "(0)|(1"), ("woke", "1)")]
    text = "#begin document (x); part 0\n"
    text += "\n".join("\t".join(["x", "0", "0", word, *["_"] * 8, mark]) if word else "" for word, mark in rows)
    path = tmp_path / "litbank.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x_brat.conll", text + "\n#end document")
    (document,) = read_litbank(path, 100)
    assert document.words == ["The", "captain", "slept", ".", "He", "woke"]
    assert document.phrases == [(0, 2, "0"), (4, 5, "0"), (4, 6, "1")]
    assert not document.complete
    assert next(read_litbank(path, 3)).words == ["The", "captain", "slept"]


# ── scores: the examples with which the measures' definitions are explained ──────────────────────────────────────


def scored(gold: list[str], given_: list[str]) -> Scores:
    scores = Scores()
    scores.add([set(chain) for chain in gold], [set(chain) for chain in given_])
    return scores


def test_right_chains_score_full() -> None:
    scores = scored(["abc", "de"], ["abc", "de"])
    assert scores.conll == pytest.approx(1.0)


def test_chains_that_are_run_together_cost_precision() -> None:
    scores = scored(["ab", "cd"], ["abcd"])
    assert (scores.muc.precision, scores.muc.recall) == (pytest.approx(2 / 3), pytest.approx(1.0))
    assert (scores.b_cubed.precision, scores.b_cubed.recall) == (pytest.approx(0.5), pytest.approx(1.0))
    assert (scores.ceaf.precision, scores.ceaf.recall) == (pytest.approx(2 / 3), pytest.approx(1 / 3))


def test_a_chain_in_pieces_costs_recall() -> None:
    scores = scored(["abcd"], ["ab", "cd"])
    assert (scores.muc.precision, scores.muc.recall) == (pytest.approx(1.0), pytest.approx(2 / 3))
    assert scores.b_cubed.recall == pytest.approx(0.5)


def test_single_mentions_count_nowhere_and_nothing_is_no_error() -> None:
    assert scored(["ab"], ["ab", "c"]).conll == pytest.approx(1.0)
    assert scored(["a"], ["b"]).conll == 0.0


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=3))
def test_the_best_pairing_is_found(table: list[list[int]]) -> None:
    rows = [frozenset({("row", i)}) for i in range(len(table))]
    columns = [frozenset({("column", j)}) for j in range(3)]

    def similarity(a: frozenset[object], b: frozenset[object]) -> float:
        places = dict([*a, *b])  # type: ignore[call-overload]
        return float(table[places["row"]][places["column"]])

    best = max(sum(table[i][j] for i, j in enumerate(order[: len(table)])) for order in permutations(range(3)))
    assert best_sum(rows, columns, similarity) == pytest.approx(best)


def test_thresholds_keep_what_is_right_often_enough() -> None:
    sure = [Judged("person", 0.95 - i / 1000, True) for i in range(30)]
    unsure = [Judged("person", 0.7, False) for _ in range(30)]
    wrong = [Judged("noun", 0.99, False) for _ in range(30)]
    bars = dict(zip(BARS, least_sureness([*sure, *unsure, *wrong]), strict=True))
    assert bars["person"] == 0.8
    assert bars["noun"] == 0.8
    assert bars["kind"] == 0.7


def part(width: int, rows: int, score: float, vector: int = 2) -> dict[str, NDArray[np.float32]]:
    """Return a scorer's arrays over vectors of `vector`, `width` hidden units each of which scores `score`."""

    def full(*shape: int, value: float = 0.0) -> NDArray[np.float32]:
        return np.full(shape, value, dtype=np.float32)

    return {
        "product": full(vector, width), "product_bias": full(width, value=1.0), "anaphor": full(vector, width),
        "candidate": full(vector, width), "codes": full(rows, width), "score": full(width, value=score / width),
        "single": full(vector, width), "single_bias": full(width, value=1.0), "alone": full(1, width),
        "nothing": full(width, value=score / width), "nothing_bias": np.float32(score),
    }  # fmt: skip


def test_joined_scorers_give_the_mean_by_their_widths() -> None:
    whole = AntecedentScorer(**joined_scorers([part(4, 2, 1.0), part(2, 3, 4.0)]))
    vectors, first = np.zeros((2, 2), dtype=np.float32), np.zeros(1, dtype=np.int64)
    assert whole.pairs(vectors, first + 1, first, np.asarray([[2]])) == pytest.approx([2.0])
    assert whole.of_nothing(vectors[:1], np.asarray([[0]])) == pytest.approx([4.0])


def test_the_heads_of_the_vectors_are_told_from_those_that_came_after() -> None:
    own, later = part(64, 2, 1.0, vector=128), part(32, 3, 4.0, vector=128)
    found = first_heads(joined_scorers([own, later]))
    assert found["codes"].shape == (3, 64)
    for name in ("product", "product_bias", "score", "nothing", "single", "alone"):
        assert found[name] == pytest.approx(own[name])
