"""The formats of comparisons: exact where programs read them, harmless whatever the articles say."""

import csv
import io
import json
import re
from dataclasses import replace

import lxml.html
import pytest
from examples import NASTY, articles, nasty_article
from hypothesis import given, settings
from hypothesis import strategies as st
from making import tanks

from claimx.compare import Comparison, compare
from claimx.compare.records import PROV_TERMS, comparison_to_wire
from claimx.output import OutputContext
from claimx.output.comparison import write_comparison
from claimx.output.comparison.wording import told_beside, word_event, word_way
from claimx.output.formats import FORMATS, names_for
from claimx.records import Article, Span, article_from_wire

CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

TEXTS = [name for name in names_for("comparison") if not FORMATS[name].binary]


def written(comparison: Comparison, format: str, width: int | None = 160) -> str:
    out = io.StringIO(newline="")
    write_comparison(comparison, out, format=format, context=OutputContext(model={"name": "en_test"}, width=width))
    return out.getvalue()


@pytest.fixture
def two() -> Comparison:
    """Two outlets that cite one agency and differ in number and status."""
    said = ", Reuters reported"
    return compare(
        [
            tanks("Herald", tail=said, said=[("Reuters", "outlet")]),
            tanks(
                "Tribune", tail=said, said=[("Reuters", "outlet")], count="45", destination="Benghazi", status="negated"
            ),
        ]
    )


def test_json_is_one_document(two: Comparison) -> None:
    document = json.loads(written(two, "json"))
    assert list(document)[:3] == ["schema_version", "claimx", "model"]
    assert [article_from_wire(wire) for wire in document["articles"]] == list(two.articles)
    cluster = document["clusters"][0]
    ids = {claim["id"] for article in document["articles"] for claim in article["claims"]}
    assert {mention["claim"] for mention in cluster["mentions"]} == ids
    assert {one["field"] for one in cluster["contradictions"]} == {"quantity", "status"}
    assert document["clusters"] == comparison_to_wire(two)["clusters"]


def test_jsonl_is_an_event_a_line(two: Comparison) -> None:
    line = json.loads(written(two, "jsonl"))
    assert [mention["article"]["publisher"] for mention in line["mentions"]] == ["Herald", "Tribune"]
    assert line["mentions"][0]["claim"]["trigger"]["text"] == "moved"
    assert written(compare([]), "jsonl") == ""


def test_csv_is_a_mention_a_row(two: Comparison) -> None:
    rows = list(csv.DictReader(io.StringIO(written(two, "csv"), newline="")))
    assert [row["outlet"] for row in rows] == ["Herald", "Tribune"]
    assert {row["event"] for row in rows} == {two.clusters[0].id}
    assert {(row["outlets"], row["origins"], row["contradictions"]) for row in rows} == {("2", "1", "2")}
    assert {row["origin_of_mention"] for row in rows} == {"Reuters"}
    assert [row["number"] for row in rows] == ["30", "45"]


def test_geojson_draws_the_canonical_way(two: Comparison) -> None:
    feature = json.loads(written(two, "geojson"))["features"][0]
    assert feature["geometry"]["type"] == "LineString"
    assert len(feature["geometry"]["coordinates"]) == 2
    assert feature["properties"]["destination"] == "Benghazi"
    assert feature["properties"]["origins"] == ["Reuters"]


@pytest.mark.parametrize("format", ["table", "markdown", "html"])
def test_people_read_who_differs_and_why_it_is_one_origin(two: Comparison, format: str) -> None:
    text = re.sub(r"\\(.)|<[^>]+>", r"\1", written(two, format))
    for words in (
        "2 articles of 2 outlets",
        "2 outlets, 1 independent origin",
        "Herald and Tribune cite Reuters",
        "30 and 45 cannot be one number",
        "said to be so here, denied there",
        "2025-03-01, Herald",
    ):
        assert words in text
    alone = written(compare([tanks("Herald")]), format)
    assert "1 event told by one outlet alone" in alone
    assert "cannot be one" not in alone


def pieced() -> Comparison:
    """An event of which each outlet tells another part: the cargo, its way; its crew, its carrier."""
    rest = ", the ministry denied"
    one, other = (tanks(name, tail=rest, said=[("the ministry", "organisation")], status="negated") for name in "AB")
    (told,), (retold,) = one.claims, other.claims
    return compare(
        [
            replace(one, claims=(replace(told, who=None, confidence=0.9),)),
            replace(other, claims=(replace(retold, what=None, destination=None, when=None, confidence=0.8),)),
        ]
    )


def test_a_heading_is_of_one_mention_alone_and_says_how_sure_it_is() -> None:
    (cluster,) = pieced().clusters
    assert cluster.canonical.who is not None
    assert word_event(cluster) == "30 tanks (moved)"
    assert word_way(cluster) == "Syria → Libya"
    assert [(field, value.text) for field, value in told_beside(cluster)] == [("who", "Russia")]
    assert "## Denied by the ministry: 30 tanks (moved)" in written(pieced(), "markdown")
    page = lxml.html.document_fromstring(written(pieced(), "html"))
    assert page.findtext(".//h2") == "Denied by the ministry: 30 tanks (moved)"
    assert [cell.text_content() for cell in page.xpath("//td[@data-label='said by']")] == ["denied by the ministry"] * 2
    for format in ("table", "markdown"):
        assert re.search(r"who\W+Russia \(B\)", written(pieced(), format).replace("\\", "")), format


def test_a_pronoun_gives_way_to_a_name_and_a_guess_is_marked() -> None:
    told = tanks("Herald", head="Russia. It. ")
    (claim,) = told.claims
    it = Span("It", 8, 10, resolved="the Kremlin")
    for who, words in ((it, "the Kremlin (?)"), (replace(it, resolved=None), ""), (Span("Russia", 0, 6), "Russia (?)")):
        (cluster,) = compare([replace(told, claims=(replace(claim, who=who),))]).clusters
        assert word_event(cluster) == f"{words} → 30 tanks (moved)".removeprefix(" → ")


@pytest.mark.parametrize("format", ["markdown", "html"])
def test_a_sentence_is_told_once(two: Comparison, format: str) -> None:
    text = re.sub(r"\\(.)|<[^>]+>", r"\1", written(two, format))
    for mention in two.clusters[0].mentions:
        assert text.count(mention.claim.evidence.text) == 1


@pytest.mark.parametrize("width", [60, 80, 160])
def test_the_table_fits(two: Comparison, width: int) -> None:
    assert max(map(len, written(two, "table", width).splitlines())) <= width


def test_the_graph_is_in_terms_of_prov(two: Comparison) -> None:
    document = json.loads(written(two, "graph"))
    assert {node["type"] for node in document["nodes"]} == {"article", "source"}
    edges = {(edge["start"], edge["end"], edge["type"]): edge["prov"] for edge in document["edges"]}
    assert edges["article 0", "outlet reuters", "cites"] == "prov:wasAttributedTo"
    assert edges["article 0", "outlet reuters", "rests on"] == "prov:hadPrimarySource"
    assert edges["article 0", "outlet herald", "published by"] == "prov:wasAttributedTo"
    assert all(PROV_TERMS[type] == prov for (_, _, type), prov in edges.items())
    nodes = {node["id"] for node in document["nodes"]}
    assert all(edge["start"] in nodes and edge["end"] in nodes for edge in document["edges"])
    linked = {node["@id"]: node for node in document["@graph"]}
    assert linked["urn:claimx:article:0"]["prov:hadPrimarySource"] == [{"@id": "urn:claimx:outlet:reuters"}]
    assert linked["urn:claimx:outlet:reuters"]["@type"] == "prov:Organization"


def nasty() -> Comparison:
    one = nasty_article()
    return compare([one, replace(one, publisher=f"{NASTY} too", url=None)])


@pytest.mark.parametrize("format", TEXTS)
def test_nothing_an_article_says_steers_anything(format: str) -> None:
    comparison = nasty()
    assert len(comparison.clusters[0].outlets) == 2
    text = written(comparison, format, 200)
    assert "boo" in text
    assert not CONTROLS.search(text.replace("\r\n", "\n"))
    text.encode("utf-8")


def test_html_shows_markup_as_text() -> None:
    page = lxml.html.fromstring(written(nasty(), "html"))
    assert not list(page.iter("b", "script", "img"))


def test_no_cell_is_a_formula() -> None:
    for row in csv.reader(io.StringIO(written(nasty(), "csv"), newline="")):
        assert not any(cell.lstrip()[:1] in tuple("=+-@") for cell in row if cell)


@settings(max_examples=25)
@given(st.lists(articles(), max_size=3), st.sampled_from(sorted(TEXTS)))
def test_any_articles_in_any_format(told: list[Article], format: str) -> None:
    text = written(compare(told), format, 80)
    text.encode("utf-8")
    assert not CONTROLS.search(text.replace("\r\n", "\n"))
    if format in ("json", "geojson", "graph"):
        json.loads(text)
    elif format == "jsonl":
        assert all(json.loads(line) for line in text.splitlines())


def test_the_table_has_25_lines_an_event_at_most() -> None:
    tail = ", said a man who had been standing at the harbour since the early morning with his two dogs"
    told = [tanks(f"Paper {number}", tail=tail, count=str(30 + number)) for number in range(20)]
    event = written(compare(told), "table", 60).split("\n\n")[1]
    assert len(event.strip("\n").splitlines()) <= 25
    assert "more: -f html" in event
