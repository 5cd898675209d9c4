"""Each form read back by a program that others read it with."""

import io
import json
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import duckdb
import followthemoney
import networkx as nx
import openpyxl
import pytest
from examples import any_text, article, articles, nasty_article
from geojson_pydantic import FeatureCollection
from hypothesis import HealthCheck, given, settings
from lxml import etree

from claimx.compare import compare
from claimx.errors import OutputError
from claimx.output import Layer, OutputContext, write, xlsx
from claimx.output.comparison import write_comparison
from claimx.output.flat import CLAIM_COLUMNS, SOURCE_COLUMNS
from claimx.records import Actor, Article, Span


def written(*told: Article, format: str, layer: Layer = "claims") -> bytes:
    out = io.BytesIO()
    write(told, out, format=format, context=OutputContext(layer=layer))
    return out.getvalue()


def text_of(*told: Article, format: str) -> str:
    out = io.StringIO()
    write(told, out, format=format)
    return out.getvalue()


def workbook(*told: Article, layer: Layer = "claims") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(written(*told, format="xlsx", layer=layer)))


def rows(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[dict[str, object]]:
    head, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_a_workbook_has_sheets_for_claims_sources_and_articles() -> None:
    book = workbook(article(), replace(article(), claims=(), title="Nothing in it"))
    assert book.sheetnames == ["claims", "sources", "articles"]
    assert tuple(cell.value for cell in book["claims"][1]) == CLAIM_COLUMNS
    assert tuple(cell.value for cell in book["sources"][1]) == SOURCE_COLUMNS
    full, bare = rows(book["claims"])
    assert (full["who"], full["who_country"], full["confidence"], full["origin_lat"]) == ("Russian", "RU", 0.75, 35)
    assert bare["who_name"] == "Russian cargo planes"
    assert [row["source"] for row in rows(book["sources"])] == [
        "the officials", "The Wall Street Journal", "Caliber.Az",
    ]  # fmt: skip
    assert [(row["title"], row["claims"]) for row in rows(book["articles"])] == [
        ("Russia shifts radars to Libya", 2), ("Nothing in it", 0),
    ]  # fmt: skip


def test_a_workbook_has_filters_a_head_in_sight_and_links() -> None:
    sheet = workbook(article())["claims"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.auto_filter.ref.endswith(f"{sheet.max_row}")
    links = {cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert article().url in links
    link = sheet.cell(2, CLAIM_COLUMNS.index("link") + 1)
    assert "#:~:text=Russian" in f"{link.hyperlink.target}#{link.hyperlink.location or ''}"


def test_nothing_in_a_workbook_runs() -> None:
    data = written(nasty_article(), format="xlsx")
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not any("<f>" in parts.read(name).decode() for name in parts.namelist() if "sheet" in name)


def test_a_workbook_of_quotes() -> None:
    book = workbook(article(), layer="attributions")
    assert book.sheetnames == ["quotes", "articles"]
    assert [row["source"] for row in rows(book["quotes"])] == ["one of them", None]


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(articles(), any_text)
def test_any_article_is_a_workbook_that_opens(told: Article, url: str) -> None:
    book = workbook(replace(told, url=f"https://a.example/{url}"))
    assert len(rows(book["claims"])) == len(told.claims)


def test_what_a_cell_cannot_hold_is_cut_and_says_so() -> None:
    (row,) = rows(workbook(replace(article(), title="x" * 40_000, claims=()))["articles"])
    assert str(row["title"]).endswith("x…")
    assert len(str(row["title"])) == 32_767


def test_a_sheet_that_is_full_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_ROWS", 2)
    with pytest.raises(OutputError, match=r"2 rows a sheet, and sources need more; give -f csv"):
        written(article(), format="xlsx")


def test_duckdb_reads_parquet_with_its_types(tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    path.write_bytes(written(article(), article(), format="parquet"))
    asked = f"SELECT count(*), max(last_day), avg(destination_lat), min(who_country) FROM '{path}'"  # noqa: S608
    ((count, day, lat, country),) = duckdb.sql(asked).fetchall()
    assert (count, day.isoformat(), lat, country) == (4, "2024-12-16", 28.0, "RU")
    ((kind,),) = duckdb.sql(f"SELECT typeof(first_day) FROM '{path}' LIMIT 1").fetchall()  # noqa: S608
    assert kind == "DATE"


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(articles())
def test_any_article_is_parquet(told: Article) -> None:
    assert written(told, nasty_article(), format="parquet").startswith(b"PAR1")


def test_duckdb_reads_csv_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    out = io.StringIO(newline="")
    write([article()], out, format="csv")
    path.write_bytes(out.getvalue().encode())
    found = duckdb.sql(f"SELECT who, first_day, origin_lon FROM '{path}' WHERE who_country = 'RU'").fetchall()  # noqa: S608
    assert [(who, day.isoformat(), float(lon)) for who, day, lon in found] == [("Russian", "2024-12-16", 38.0)]


def entities(*told: Article) -> dict[str, followthemoney.EntityProxy]:
    out = io.StringIO()
    write(told, out, format="ftm")
    made = {}
    for line in out.getvalue().splitlines():
        wire = json.loads(line)
        schema = followthemoney.model.get(wire["schema"])
        assert schema
        schema.validate(wire)
        proxy = followthemoney.model.get_proxy(wire, cleaned=False)
        kept = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
        assert kept == {name: sorted(set(values)) for name, values in wire["properties"].items()}, "nothing is dropped"
        assert proxy.id not in made
        made[proxy.id] = proxy
    for proxy in made.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert value in made, f"{prop} points nowhere"
                assert made[value].schema.is_a(prop.range), prop
    return made


def test_a_movement_between_two_places_is_a_trip_with_its_proof() -> None:
    made = entities(article())
    (trip,) = (proxy for proxy in made.values() if proxy.schema.name == "Trip")
    ends = [made[trip.first(end)] for end in ("startLocation", "endLocation")]
    assert [end.first("country") for end in ends] == ["sy", "ly"]
    assert made[trip.first("proof")].first("title") == "Russia shifts radars to Libya"
    assert made[trip.first("proof")].schema.name == "Document"
    assert (made[trip.first("involved")].first("name"), trip.first("startDate")) == ("Russia", "2024-12-16")
    assert made[trip.first("vehicle")].first("name") == "Russian cargo planes"
    assert trip.first("summary") == article().claims[0].evidence.text


def test_an_entity_says_who_denies_and_names_no_ship_by_its_flag() -> None:
    told = article()
    frigate = replace(told.claims[0].vehicle, actor=Actor("Norway", "NO", "country"))  # type: ignore[type-var]
    denied = replace(told.claims[0], vehicle=frigate, status="negated")
    made = entities(replace(told, claims=(denied,)))
    (trip,) = (proxy for proxy in made.values() if proxy.schema.name == "Trip")
    assert made[trip.first("vehicle")].first("name") == "Russian cargo planes"
    assert trip.first("notes").startswith("denied by the officials [US officials] → ")
    assert trip.first("name") == "denied, or did not happen: Russian cargo planes → radars (moved)"


def test_any_other_movement_is_an_event() -> None:
    (event,) = (proxy for proxy in entities(article()).values() if proxy.schema.name == "Event")
    assert event.first("recordId") == article().claims[1].id


def test_a_country_is_one_entity_in_all_articles() -> None:
    made = entities(article(), replace(article(), url="https://other.example/", sha256="1" * 64))
    assert sum(proxy.schema.name == "Document" for proxy in made.values()) == 2
    assert [proxy.first("name") for proxy in made.values() if proxy.schema.name == "PublicBody"] == ["Russia"]


def test_hostile_articles_are_entities_all_the_same() -> None:
    claim = replace(nasty_article().claims[0], who=Span("", 0, 0))
    out = io.StringIO()
    write([nasty_article(), replace(nasty_article(), claims=(claim,))], out, format="ftm")
    for line in out.getvalue().splitlines():
        followthemoney.model.get_proxy(json.loads(line))


def test_a_comparison_is_a_workbook_with_a_row_a_mention() -> None:
    one = article()
    other = replace(one, publisher="=The Daily", url="https://daily.example/", source="b.html")
    comparison = compare([one, other])
    out = io.BytesIO()
    write_comparison(comparison, out, format="xlsx")
    book = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    assert book.sheetnames == ["mentions", "articles"]
    mentions = rows(book["mentions"])
    assert len(mentions) == sum(len(cluster.mentions) for cluster in comparison.clusters)
    assert {row["outlet"] for row in mentions} == {"Caliber.Az", "=The Daily"}
    assert {cell.data_type for line in book["mentions"] for cell in line} <= {"s", "n"}
    assert [row["url"] for row in rows(book["articles"])] == [told.url for told in comparison.articles]


def test_geojson_is_as_its_standard_has_it() -> None:
    """RFC 7946, by the models of geojson-pydantic."""
    for told in (article(), nasty_article(), replace(article(), publisher="half a pair: \ud83d")):
        FeatureCollection.model_validate_json(text_of(told, format="geojson"))
    out = io.StringIO()
    write_comparison(compare([article(), replace(article(), source="b.html")]), out, format="geojson")
    assert FeatureCollection.model_validate_json(out.getvalue()).features


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(articles())
def test_any_article_is_geojson(told: Article) -> None:
    FeatureCollection.model_validate_json(text_of(told, format="geojson"))


@pytest.mark.skipif(shutil.which("jq") is None, reason="needs jq")
@pytest.mark.parametrize(
    ("format", "question"), [("json", ".articles[].claims[].trigger.text"), ("jsonl", ".trigger.text")]
)
def test_jq_reads_json(format: str, question: str) -> None:
    told = (article(), nasty_article())
    text = text_of(*told, format=format)
    done = subprocess.run(["jq", question], input=text.encode(), capture_output=True, check=False)  # noqa: S607
    assert (done.returncode, done.stderr) == (0, b"")
    triggers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert triggers == [claim.trigger.text for one in told for claim in one.claims]


def gexf(*told: Article) -> bytes:
    out = io.StringIO()
    write_comparison(compare(told), out, format="gexf")
    return out.getvalue().encode()


GEXF = etree.XMLSchema(etree.parse(Path(__file__).with_name("gexf-1.3.xsd")))


def test_networkx_reads_the_graph() -> None:
    one = article()
    other = replace(one, publisher="The Daily", url="https://daily.example/", source="b.html")
    comparison = compare([one, other])
    data = gexf(one, other)
    graph = nx.read_gexf(io.BytesIO(data), version="1.3")
    assert set(graph.nodes) == {node.id for node in comparison.graph.nodes}
    assert {data["label"] for _, data in graph.nodes(data=True)} == {node.label for node in comparison.graph.nodes}
    assert graph.number_of_edges() == len(comparison.graph.edges) > 0
    assert {data["relation"] for *_, data in graph.edges(data=True)} == {edge.type for edge in comparison.graph.edges}
    assert {data["weight"] for *_, data in graph.edges(data=True)} == {
        len(edge.claims) for edge in comparison.graph.edges
    }
    assert data == gexf(one, other), "the same comparison is the same file"


def test_the_graph_is_as_gephis_format_has_it() -> None:
    one = article()
    GEXF.assertValid(etree.fromstring(gexf(one, replace(one, publisher="The Daily", source="b.html"))))
    GEXF.assertValid(etree.fromstring(gexf(one)))
    GEXF.assertValid(etree.fromstring(gexf()))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b'<graph mode="static"', b'<graph mode="static" name=""'),
        (b'version="1.3"', b'version="1.3" xmlns:x="urn:x" x:schemaLocation="y"'),
        (b'source="article 0"', b'source="nowhere"'),
        (b'for="relation"', b'for="nothing"'),
        (b'type="string"', b'type="words"'),
    ],
)
def test_the_schema_tells_what_is_wrong(right: bytes, wrong: bytes) -> None:
    data = gexf(article())
    assert right in data
    assert not GEXF.validate(etree.fromstring(data.replace(right, wrong, 1)))


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(articles(), any_text)
def test_any_article_is_a_graph(told: Article, url: str) -> None:
    GEXF.assertValid(etree.fromstring(gexf(told, nasty_article(), replace(nasty_article(), url=url))))


def test_hostile_articles_are_a_graph_all_the_same() -> None:
    data = gexf(nasty_article(), replace(nasty_article(), url="\ufffe\x00"))
    GEXF.assertValid(etree.fromstring(data))
    assert nx.read_gexf(io.BytesIO(data), version="1.3").number_of_nodes()
