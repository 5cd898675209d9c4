"""What finding claims costs on text that runs on and on: a fixed amount for every word."""

from typing import Any

import numpy as np
import pytest
from spacy.language import Language

from claimx.claims.attribution.cues import reporting_clause
from claimx.claims.coreference import chains
from claimx.claims.coreference.pairs import FARTHEST, WINDOW, find_pairs
from claimx.pipeline import extract
from claimx.records import Article

END = "the army moved trucks to Tarnow."


@pytest.mark.parametrize("text", ["the trucks, " * 250 + END, "the trucks " + "of the army " * 250 + END])
def test_a_noun_is_weighed_against_the_nearest_others_only(
    nlp: Language, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    weighed: list[int] = []

    def counting(*args: Any) -> Any:
        found = find_pairs(*args)
        weighed.append(int(np.bincount(found.anaphor).max(initial=0)))
        return found

    monkeypatch.setattr(chains, "find_pairs", counting)
    assert extract(Article("x", text), nlp=nlp).text == text
    if not weighed:
        pytest.skip("the pipeline has not learned coreference")
    assert max(weighed) <= WINDOW + FARTHEST


def test_a_reporting_clause_ends_even_where_no_punctuation_does(nlp: Language) -> None:
    doc = nlp("officials said that " * 300 + END)
    verbs = [token for token in doc if token.text == "said"]
    assert len(verbs) == 300
    for verb in verbs:
        start, end = reporting_clause(verb, len(doc))
        assert start <= verb.i < end <= verb.i + 400
