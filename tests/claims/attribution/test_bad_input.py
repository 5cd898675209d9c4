"""Text that is hard to attribute: marks that do not pair, quotations without end, a tag in every clause."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from claimx.claims.attribution import find_attributions, source_chain, to_records

WORDS = (
    "she",
    "said",
    "the crew",
    "left",
    "Accra",
    "told Reuters",
    "according to",
    "citing",
    "A:",
    "who",
    "—",
    ",",
    ".",
)
MARKS = ("“", "”", '"', "‘", "’", "«", "»", "\n\n")


@pytest.mark.parametrize(
    "text",
    [
        "“The crew left Accra. Nobody saw it. They flew to Lome.”",
        "“The crew left Accra.\n\n“Nobody saw it.\n\n“They flew to Lome.",
        "The crew left Accra.” Nobody saw it.",
        "”",
        "said: “",
        "In this",
        "From:\n\n“The crew left Accra.”",
    ],
)
def test_who_is_not_named_is_nobody(text: str, nlp: Language) -> None:
    assert [a.source for a in find_attributions(nlp(text)) if a.source is not None] == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from([*WORDS, *MARKS]), max_size=30))
def test_no_text_breaks_it(parts: list[str], nlp: Language) -> None:
    doc = nlp(" ".join(parts))
    found = find_attributions(doc)
    for attributed in found:
        record = to_records(attributed)
        assert all(doc.text[span.start : span.end] == span.text for span in record.content)
    for token in doc:
        source_chain(token, found)


@pytest.mark.parametrize(
    "unit",
    ["she said he said ", "“she said ", "The crew, she said, left. ", "according to her, citing him, ", "A: yes\n\n"],
)
def test_time_grows_with_the_text_alone(unit: str, nlp: Language) -> None:
    docs = [nlp(unit * times) for times in (40, 160)]
    took = []
    for doc in docs:
        began = time.perf_counter()
        find_attributions(doc)
        took.append(time.perf_counter() - began)
    assert took[1] < 40 * max(took[0], 0.02)
