"""Claims of two kinds in every output: those that were asked for, and movements where nobody asks."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from openpyxl import load_workbook
from typer.testing import Result

from claimx.batch.work import Analysis
from claimx.compare import compare
from claimx.gazetteer import find_place
from claimx.output import FORMATS
from claimx.records import Article, Claim, Evidence, Source, Span, article_from_wire, claim_id, to_wire

Run = Callable[..., Result]

ARRESTED = "Police arrested the editor Ana Doe in Kisumu, her lawyer said."
FLOWN = "The army flew tents to Kampala."
TEXT = f"{ARRESTED}\n\n{FLOWN}\n"


def span(words: str, place: bool = False) -> Span:
    start = TEXT.index(words)
    return Span(words, start, start + len(words), place=find_place(words) if place else None)


def make_article() -> Article:
    """Return an article that tells of an arrest and of a flight."""
    arrested, flown = span("arrested"), span("flew")
    lawyer = span("her lawyer")
    arrest = Claim(
        id=claim_id(TEXT, arrested, kind="arrest"),
        predicate="arrest",
        trigger=arrested,
        evidence=Evidence(ARRESTED, 0, len(ARRESTED), 0),
        who=span("the editor Ana Doe"),
        roles={"by": span("Police"), "where": span("Kisumu", place=True)},
        sources=(Source(lawyer.text, lawyer.start, lawyer.end, "person"),),
        confidence=0.8,
        kind="arrest",
    )
    flight = Claim(
        id=claim_id(TEXT, flown),
        predicate="fly",
        trigger=flown,
        evidence=Evidence(FLOWN, len(ARRESTED) + 2, len(ARRESTED) + 2 + len(FLOWN), 1),
        who=span("The army"),
        what=span("tents"),
        destination=span("Kampala", place=True),
        confidence=0.9,
    )
    return Article("a.txt", TEXT, title="Two things", published="2025-03-05", claims=(arrest, flight))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "saved.json"
    path.write_text(json.dumps({"schema_version": 2, "articles": [to_wire(make_article())]}))
    return path


def told(run: Run, saved: Path, form: str, *kinds: str) -> str:
    """Return what `extract` makes of the saved article where these kinds are asked for."""
    out = saved.with_suffix(".out")
    asked = [argument for kind in kinds for argument in ("--kind", kind)]
    if FORMATS[form].binary:
        out = saved.with_suffix(FORMATS[form].suffixes[0])
        assert run("extract", saved, "--overwrite", "-o", out, *asked).exit_code == 0
        if form == "parquet":
            from pyarrow import parquet

            return str(parquet.read_table(out).to_pylist())
        return str([[cell.value for cell in row] for row in load_workbook(out)["claims"]])
    result = run("extract", saved, "-f", form, *asked)
    assert (result.exit_code, result.stderr) == (0, "")
    return str(result.stdout)


FORMS = [name for name, form in FORMATS.items() if "claims" in form.results]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_shows_the_kinds_that_are_asked_for(run: Run, saved: Path, form: str) -> None:
    if FORMATS[form].needs:
        pytest.importorskip(FORMATS[form].needs or "")
    without, alone, both = (told(run, saved, form, *kinds) for kinds in ((), ("arrest",), ("movement", "arrest")))
    for words, arrest, flight in ((without, False, True), (alone, True, False), (both, True, True)):
        shown = " ".join(words.split())
        for whole in (json.dumps(TEXT.strip())[1:-1], " ".join(TEXT.split())):  # some have the article, too
            shown = shown.replace(whole, "")
        assert (ARRESTED in shown) == arrest
        assert (FLOWN in shown) == flight
    assert without == told(run, saved, form, "movement")
    assert "Kisumu" in alone.replace(ARRESTED, "")  # where, beside the sentence
    if form != "geojson":
        assert "Police" in alone.replace(ARRESTED, "")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_columns_of_a_table_are_those_of_the_kinds(run: Run, saved: Path) -> None:
    (flight,) = rows(told(run, saved, "csv"))
    assert not flight.keys() & {"kind", "by", "where"}
    (arrest,) = rows(told(run, saved, "csv", "arrest"))
    assert not arrest.keys() & {"what", "origin", "origin_lat", "vehicle"}
    assert (arrest["kind"], arrest["who"], arrest["by"]) == ("arrest", "the editor Ana Doe", "Police")
    assert (arrest["where"], arrest["where_country"], arrest["where_precision"]) == ("Kisumu", "KE", "city")
    assert (arrest["first_source"], arrest["status"]) == ("her lawyer", "asserted")
    both = rows(told(run, saved, "csv", "movement", "arrest"))
    assert [row["kind"] for row in both] == ["arrest", "movement"]
    assert [row["destination"] for row in both] == ["", "Kampala"]
    assert {*both[0]} == {*flight, *arrest}


def test_json_has_the_kind_and_the_roles_and_is_read_back(run: Run, saved: Path) -> None:
    wire = json.loads(told(run, saved, "json", "arrest", "movement"))["articles"][0]
    assert article_from_wire(wire) == make_article()
    assert [claim["kind"] for claim in wire["claims"]] == ["arrest", "movement"]
    assert "roles" not in wire["claims"][1]
    line = json.loads(told(run, saved, "jsonl", "arrest"))
    assert line["roles"]["by"]["text"] == "Police"


def test_a_place_of_an_arrest_is_on_the_map(run: Run, saved: Path) -> None:
    (feature,) = json.loads(told(run, saved, "geojson", "arrest"))["features"]
    assert feature["geometry"]["type"] == "Point"
    assert (feature["properties"]["role"], feature["properties"]["kind"]) == ("where", "arrest")
    entities = [json.loads(line) for line in told(run, saved, "ftm", "arrest").splitlines()]
    event = next(entity for entity in entities if entity["schema"] == "Event")
    assert len(event["properties"]["involved"]) == 2
    assert event["properties"]["addressEntity"]


def test_the_table_for_people_calls_the_roles_by_their_labels(run: Run, saved: Path) -> None:
    words = " ".join(told(run, saved, "table", "arrest").split())
    assert "the editor Ana Doe (arrested) arrested by Police where Kisumu said by her lawyer" in words
    assert "arrested by Police" in told(run, saved, "markdown", "arrest")
    page = lxml.html.document_fromstring(told(run, saved, "html", "arrest"))
    assert page.findtext(".//h1") == "Arrest claims"
    assert [head.text for head in page.iter("th")] == [
        "who",
        "arrest",
        "arrested by",
        "where",
        "status",
        "said by",
        "words",
    ]


def test_a_store_keeps_all_and_hands_out_what_is_asked_for(run: Run, saved: Path, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    kept = run("extract", saved, "--store", db, "--kind", "arrest", "--kind", "movement", "-f", "jsonl")
    assert kept.exit_code == 0

    def found(*arguments: str) -> list[str]:
        return [json.loads(line)["kind"] for line in run("search", db, "-f", "jsonl", *arguments).stdout.splitlines()]

    assert found() == ["movement"]
    assert found("--kind", "arrest", "--who", "Doe") == ["arrest"]
    assert found("--who", "Doe") == []
    assert found("--kind", "arrest", "--kind", "movement", "--status", "asserted") == ["arrest", "movement"]
    assert rows(run("search", db, "-f", "csv", "--kind", "arrest").stdout)[0]["by"] == "Police"
    assert run("extract", saved, "--kind", "arrest", "--who", "Doe", "-f", "csv").stdout.count(ARRESTED) == 1


def test_the_report_has_a_column_a_pin_and_words_for_an_arrest(run: Run, saved: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    assert run("report", saved, "-o", page, "--kind", "arrest").exit_code == 0
    tree = lxml.html.document_fromstring(page.read_text())
    cells = {cell.get("data-label"): cell.text_content() for cell in tree.xpath("//td[@data-label]")}
    assert (cells["arrest"], cells["arrested by"], cells["where"]) == ("arrested", "Police", "Kisumu")
    assert "to" not in cells
    assert tree.xpath("//p[@class='brand']/span")[0].text == "arrest claims"
    assert " ".join(tree.xpath("//p[@class='route']")[0].text_content().split()) == "within Kisumu"
    assert json.loads(tree.get_element_by_id("data").text)["further"] == [["arrested by", "by"], ["where", "where"]]
    assert run("report", saved, "-o", page, "--overwrite").exit_code == 0
    plain = page.read_text()
    assert "movement claims" in plain
    assert "arrested by" not in plain
    assert '"further"' not in plain


def test_a_report_says_which_claims_it_did_not_find(run: Run, tmp_path: Path) -> None:
    text, page = tmp_path / "a.txt", tmp_path / "a.html"
    text.write_text("Nothing much.")
    result = run("report", text, "-o", page, "--kind", "arrest")
    assert "no arrest claims found" in result.stderr
    assert "No arrest claims were found." in page.read_text()


def test_a_comparison_is_of_movements() -> None:
    clusters = compare([make_article()]).clusters
    assert [mention.claim.kind for cluster in clusters for mention in cluster.mentions] == ["movement"]


def test_a_kind_that_is_none_is_wrong_usage(run: Run, saved: Path) -> None:
    result = run("extract", saved, "--kind", "theft")
    assert result.exit_code == 2
    assert "'theft' is no kind of claim; there are movement, arrest" in result.stderr


def test_a_worker_of_a_batch_is_told_the_kinds() -> None:
    assert Analysis().kinds == ("movement",)
    assert Analysis(kinds=("arrest",)) != Analysis()
