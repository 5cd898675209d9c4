"""The main path: what `extract` promises of any text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

import claimx
from claimx.pipeline import extract_all
from claimx.records import ROLES, Article, Span, to_wire

TEXT = (
    "Mali moves its embassy from Dakar to Rabat\n\n"
    "Mali has started moving its embassy from Dakar to Rabat, two diplomats said on Monday.\n\n"
    "The ambassador left Dakar last week. “We will not go back,” she said."
)


def spans(article: Article) -> list[Span]:
    found: list[Span] = []
    for claim in article.claims:
        found += [claim.trigger, *(getattr(claim, role) for role in ROLES), claim.status_cue]
        found += [Span(s.text, s.start, s.end) for s in claim.sources]
        found.append(Span(claim.evidence.text, claim.evidence.start, claim.evidence.end))
    for attribution in article.attributions:
        found += [attribution.cue, *attribution.content]
    return [span for span in found if span is not None]


def test_the_main_job(nlp: Language) -> None:
    article = claimx.extract(Article(source="-", text=TEXT), nlp=nlp)
    rows = [(c.trigger.text, c.who and c.who.text, c.origin and c.origin.text, c.destination and c.destination.text)
            for c in article.claims]  # fmt: skip
    assert ("moves", "Mali", "Dakar", "Rabat") in rows
    assert ("moving", "Mali", "Dakar", "Rabat") in rows
    assert ("left", "The ambassador", "Dakar", None) in rows
    back = next(c for c in article.claims if c.trigger.text.startswith("go"))
    assert back.status == "negated"


def test_the_same_answer_twice_and_in_any_company(nlp: Language) -> None:
    alone = claimx.extract(Article(source="a", text=TEXT), nlp=nlp)
    others = [Article(source=str(n), text=f"{TEXT}\n\nIt rained. " * n) for n in range(1, 4)]
    together = next(extract_all([Article(source="a", text=TEXT), *others], nlp=nlp))
    assert to_wire(alone) == to_wire(together)


def test_ids_differ_and_stay(nlp: Language) -> None:
    first = claimx.extract(Article(source="a", text=TEXT), nlp=nlp)
    again = claimx.extract(Article(source="elsewhere", text=TEXT), nlp=nlp)
    ids = [claim.id for claim in first.claims]
    assert len(set(ids)) == len(ids)
    assert ids == [claim.id for claim in again.claims]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", ".", "“", "—" * 50, "\u200b\u202e", "a" * 5000])
def test_nothing_to_find(text: str, nlp: Language) -> None:
    assert claimx.extract(Article(source="-", text=text), nlp=nlp).claims == ()


PIECES = st.sampled_from(
    ["Russia sent tanks to Mali.", "\n\n", "\n", " ", "“", "”", '"', "he said", "the officials", "from Oran to Tunis",
     "(Reuters) —", "left", "fled", "to", "the convoy", "\u00a0", "e\u0301", "😀", "\u202e", "\x00", "NOT", "will",
     "visit", "of", ",", "and", "which", "was", "by", "on Monday"]
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map(" ".join))
def test_every_span_is_verbatim(nlp: Language, text: str) -> None:
    article = claimx.extract(Article(source="-", text=text), nlp=nlp)
    assert article.text == text
    for span in spans(article):
        assert text[span.start : span.end] == span.text
        assert span.start < span.end


@pytest.mark.parametrize(
    ("publisher", "url", "relays"),
    [
        (None, None, ["the BBC"]),
        ("Reuters", None, ["the BBC"]),
        ("BBC News", None, []),
        (None, "https://www.bbc.co.uk/news/7", []),
    ],
)
def test_an_outlet_is_no_source_of_its_own_article(
    nlp: Language, publisher: str | None, url: str | None, relays: list[str]
) -> None:
    text = "Two nurses told the BBC that the trucks had left Kidal for Gao on Monday."
    article = claimx.extract(Article("a.html", text, publisher=publisher, url=url), nlp=nlp)
    assert [[source.text for source in claim.sources] for claim in article.claims] == [["Two nurses", *relays]]


def test_an_outlet_that_says_it_reports_a_thing_is_among_its_sources(nlp: Language) -> None:
    text = "Russian planes have carried radars from Syria to Libya, the officials said, the Star reports per Reuters."
    article = claimx.extract(Article("a.html", text, publisher="The Star"), nlp=nlp)
    assert [[source.text for source in claim.sources] for claim in article.claims] == [
        ["the officials", "Reuters", "the Star"]
    ]
