"""Events of several outlets, from a comparison made by hand."""

import io
from dataclasses import replace

import lxml.html
import pytest
from examples import article
from storybook import retold

from claimx.compare.records import (
    Canonical,
    Cluster,
    Comparison,
    Contradiction,
    Difference,
    FirstReport,
    Graph,
    Mention,
    Merge,
    Origin,
    OriginRange,
    Trace,
    Value,
)
from claimx.report import write_report
from claimx.report.events import lower_start

JOURNAL = Origin("o1", "Wall Street Journal", "outlet", True, "likely", ("Caliber.Az", "The Daily"), (0, 1))
VOICE = Origin("o2", "The Daily", "outlet", False, "firm", ("The Daily",), (1,))
MERGE = Merge(
    "o1", (0, 1), ("Caliber.Az", "The Daily"), "same source", "likely", "both have it from the <Journal>",
    (Trace(0, "text", "The Journal", 1, 2), Trace(1, "text", "The Journal", 3, 4), Trace(1, "publisher", "The Daily")),
)  # fmt: skip


def comparison() -> Comparison:
    """Return a comparison with one event that both articles tell, and one that the second tells alone."""
    articles = (article(), retold())
    moved, flown, denied = articles[0].claims[0], retold().claims[0], retold().claims[1]
    libya, benghazi = Value("bases in Libya", (0,)), Value("Benghazi", (1, 2))
    cluster = Cluster(
        id="c1",
        canonical=Canonical(
            "move", Value("moved", (0,)), Value("asserted", (1,)), who=Value("Russia", (1,)),
            what=Value("radars", (0, 1)), origin=Value("Syria", (0, 1)), destination=benghazi,
            when=Value("17 December", (1,)),
        ),
        mentions=(
            Mention(0, moved, "Caliber.Az", None, True, ("o1",)),
            Mention(1, flown, "The Daily", None, True, ("o1",)),
            Mention(1, denied, "The Daily", None, False, ("o2",)),
        ),
        agreements=("what", "origin"),
        differences=(
            Difference("destination", (benghazi, libya)), Difference("who", (Value("a", (1,)), Value("b", (2,)))),
        ),
        contradictions=(
            Contradiction("status", Value("hedged", (0,)), Value("negated", (2,)), "asserted here, denied there"),
        ),
        first_report=FirstReport(0, "2024-12-19", 1),
        outlets=("Caliber.Az", "The Daily"),
        origins=(JOURNAL, VOICE),
        merges=(MERGE,),
        origin_range=OriginRange(1, 2),
    )  # fmt: skip
    alone = replace(cluster, id="c2", mentions=cluster.mentions[1:2], outlets=("The Daily",), origins=(VOICE,))
    return Comparison(
        articles, (cluster, alone), ("Caliber.Az", "The Daily"), (JOURNAL, VOICE), (MERGE,), Graph((), ())
    )


def page() -> lxml.html.HtmlElement:
    out = io.StringIO(newline="")
    write_report([], out, comparison=comparison())
    return lxml.html.document_fromstring(out.getvalue())


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_an_event_that_several_outlets_tell_is_shown_and_no_other() -> None:
    (event,) = page().xpath("//div[@class='event']")
    assert words(event.find("h3")) == "Russia flew radars from Syria to Benghazi"
    assert event.get("data-claims") == "1 3 4"
    assert "asserted 17 December [17 December 2024] 1 3 4" in words(event)


def test_an_event_is_called_as_its_clearest_mention_has_it() -> None:
    """Parts of several mentions would make a sentence that nobody said, and one that is denied must not read as so."""
    told = comparison()
    (cluster, alone), (moved, _, denied) = told.clusters, told.clusters[0].mentions
    row = replace(cluster.canonical, status=Value("negated", (2,)), origin=Value("Syria", (0, 1)))
    barely = replace(moved, claim=replace(moved.claim, who=None, vehicle=None))
    out = io.StringIO(newline="")
    events = (
        replace(cluster, canonical=row, differences=()),
        replace(cluster, id="c3", mentions=(barely, denied, denied)),
    )
    write_report([], out, comparison=replace(told, clusters=(*events, alone)))
    first, second = lxml.html.document_fromstring(out.getvalue()).xpath("//div[@class='event']")
    assert words(first.find("h3")) == "Denied by Libya's army: flown to Benghazi"
    beside = [words(row) for row in first.xpath(".//table[@class='readings']//tr")]
    assert beside[:2] == ["whoRussiaThe Daily3", "fromSyriaCaliber.Az, The Daily1 3"]
    assert words(second.find("h3")) == (
        "Alleged by the officials [US officials]: moved radars from Syria to bases in Libya"
    )


def test_outlets_and_origins_are_counted_and_the_reason_given() -> None:
    text = words(page().xpath("//div[@class='tally']")[0])
    assert text.startswith(
        "2 outlets 1–2 likely independent origins 1 origin is given; 1 outlet speaks in its own voice."
    )
    assert "outlet, likely Wall Street Journal →told to Caliber.Az, The Daily" in text
    assert "unattributed in its own voice →in The Daily" in text
    assert "both have it from the <Journal> (likely) “The Journal”, “The Daily”" in text
    assert (
        "First, of those with a date: Caliber.Az, 19 December 2024 1 (1 article without a date may be earlier)" in text
    )


def test_differences_and_contradictions_say_who_says_what() -> None:
    (clash,) = page().xpath("//div[@class='clash']")
    assert words(clash) == (
        "Contradiction: status asserted here, denied there hedged Caliber.Az 1 against negated The Daily 4"
    )
    rows = [words(row) for row in page().xpath("//table[@class='readings']/tbody/tr")]
    assert rows == [
        "toBenghaziThe Daily3 4",
        "bases in LibyaCaliber.Az1",
    ]  # what one outlet puts in two ways is left out
    assert "They agree on what, from" in words(page().xpath("//div[@class='differing']")[0])


def test_articles_stand_in_the_comparisons_order() -> None:
    assert [words(outlet) for outlet in page().xpath("//p[@class='outlet']")] == ["Caliber.Az", "The Daily"]


@pytest.mark.parametrize(
    ("words", "within"),
    [
        ("At least two dead bodies", "at least two dead bodies"),
        ("The crates", "the crates"),
        ("The Hague’s judges", "The Hague’s judges"),
        ("Two Russian ships", "two Russian ships"),
        ("Russian ships", "Russian ships"),
        ("ALL of them", "ALL of them"),
        ("", ""),
    ],
)
def test_words_within_a_heading_begin_as_within_a_sentence(words: str, within: str) -> None:
    assert lower_start(words) == within
