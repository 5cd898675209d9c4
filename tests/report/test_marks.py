"""Articles in pieces: nothing lost, nothing moved, whatever overlaps."""

from dataclasses import replace

from examples import TEXT, article, articles, span
from hypothesis import given
from storybook import squeezed, write

from claimx.records import Article, Evidence
from claimx.report.chains import draw_chains
from claimx.report.marks import is_headline, mark_paragraphs
from claimx.report.story import safe_url, tell_story


@given(articles())
def test_pieces_together_are_the_text(any_article: Article) -> None:
    entries = tell_story([any_article]).entries
    paragraphs = mark_paragraphs(any_article, entries)
    assert squeezed("".join(piece.text for pieces in paragraphs for piece in pieces)) == squeezed(any_article.text)
    ends = [entry.number for pieces in paragraphs for piece in pieces for entry in piece.ends]
    assert len(ends) == len(set(ends))


def test_pieces_lie_at_the_claims_offsets() -> None:
    entries = tell_story([article()]).entries
    for entry in entries:
        evidence = trigger = ""
        for pieces in mark_paragraphs(article(), entries):
            for piece in pieces:
                evidence += piece.text if entry.number in piece.evidence else ""
                trigger += piece.text if piece.trigger == entry else ""
        assert evidence == entry.claim.evidence.text
        assert trigger == entry.claim.trigger.text


def test_claims_that_overlap_are_both_marked() -> None:
    """Two claims of one sentence with one trigger, and a role that runs across the end of the sentence."""
    first = article().claims[0]
    second = replace(
        first, id="x", status="negated", what=span("said, Caliber.Az reports per The Wall Street Journal. “They")
    )
    entries = tell_story([replace(article(), claims=(first, second))]).entries
    pieces = [piece for paragraph in mark_paragraphs(article(), entries) for piece in paragraph]
    (moved,) = [piece for piece in pieces if piece.trigger]
    assert (moved.text, moved.evidence, [entry.number for entry in moved.ends]) == ("moved", (1, 2), [1, 2])
    across = [piece for piece in pieces if (2, "what") in piece.roles]
    assert "".join(piece.text for piece in across) == second.what.text  # type: ignore[union-attr]
    assert {bool(piece.evidence) for piece in across} == {True, False}


def test_evidence_over_two_paragraphs_is_marked_in_both() -> None:
    claim = replace(article().claims[0], evidence=Evidence(TEXT, 0, len(TEXT), 0))
    marked = mark_paragraphs(article(), tell_story([replace(article(), claims=(claim,))]).entries)
    assert len(marked) == 2
    assert all(marked)
    assert all(piece.evidence == (1,) for pieces in marked for piece in pieces)


def test_the_headline_is_told_from_the_text() -> None:
    first, second = mark_paragraphs(article(), ())
    assert is_headline(first, article())
    assert not is_headline(second, article())
    assert not is_headline(first, replace(article(), title=None))


def test_the_page_does_not_tell_the_folders_of_a_file() -> None:
    page = write(replace(article(), source="/home/jane/leak/radars.html"))
    assert "radars.html" in page
    assert "jane" not in page


def test_addresses_are_those_of_the_web_or_none() -> None:
    assert safe_url("HTTPS://daily.example/a") == "HTTPS://daily.example/a"
    for bad in (
        None,
        "",
        "//x.example",
        "javascript:alert(1)",
        "java\nscript:x",
        "data:text/html,x",
        "http:",
        "ftp://x.example",
        "http://[x",
    ):
        assert safe_url(bad) is None


def test_chains_are_told_apart_by_who_passed_them_on() -> None:
    claims = article().claims
    other = replace(claims[0], id="1", sources=claims[0].sources[1:])
    again = replace(claims[0], id="2")
    ((outlet, chains),) = draw_chains(tell_story([replace(article(), claims=(*claims, other, again))]).entries)
    assert outlet == "Caliber.Az"
    assert [([link.name for link in chain.links], len(chain.entries)) for chain in chains] == [
        (["US officials", "The Wall Street Journal"], 2),  # and then Caliber.Az, whose page it is
        (["The Wall Street Journal"], 1),
        ([], 1),
    ]
    assert [(link.kind, link.anonymous) for link in chains[0].links] == [("officials", True), ("outlet", False)]
