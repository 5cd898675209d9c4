"""The formats: exact where programs read them, harmless whatever the article says."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources

import html5lib
import lxml.html
import pytest
from examples import NASTY, any_text, article, nasty_article
from hypothesis import given
from hypothesis import strategies as st

import claimx
from claimx.output import FORMATS, Layer, OutputContext, write
from claimx.output.clean import clean
from claimx.output.csv import neutralise
from claimx.output.flat import link_to
from claimx.output.formats import names_for
from claimx.output.geojson import radius_of
from claimx.output.markdown import escape
from claimx.records import Actor, Article, Date, Place, Span, article_from_wire, to_wire

LAYERS: tuple[Layer, ...] = ("claims", "attributions")
TEXTS = [(name, layer) for layer in LAYERS for name in names_for(layer) if not FORMATS[name].binary]
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def written(*articles: Article, format: str, layer: Layer = "claims", width: int | None = None) -> str:
    out = io.StringIO(newline="")
    write(articles, out, format=format, context=OutputContext(layer=layer, model={"name": "en_test"}, width=width))
    return out.getvalue()


def test_json_is_the_contracts_document() -> None:
    document = json.loads(written(article(), article(), format="json"))
    assert list(document) == ["schema_version", "claimx", "model", "articles"]
    assert document["schema_version"] == 2
    assert document["claimx"] == claimx.__version__
    assert document["model"] == {"name": "en_test"}
    assert document["articles"] == [to_wire(article())] * 2
    assert [article_from_wire(wire) for wire in document["articles"]] == [article()] * 2


def test_json_without_articles_is_still_a_document() -> None:
    assert json.loads(written(format="json"))["articles"] == []


def test_json_keeps_letters_readable() -> None:
    assert "Leïla → Łódź" in written(replace(article(), title="Leïla → Łódź"), format="json")


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_json_carries_lone_surrogates_and_controls_unharmed(format: str) -> None:
    title = "\ud83d half \x9b2J \u202e \u2028 \x7f"
    text = written(replace(article(), title=title), format=format)
    text.encode("utf-8")
    assert not CONTROLS.search(text)
    first = json.loads(text if format == "json" else text.splitlines()[0])
    assert (first["articles"][0] if format == "json" else first["article"])["title"] == title


def test_jsonl_is_a_claim_a_line_with_its_article() -> None:
    lines = written(article(), article(), format="jsonl").split("\n")
    assert lines.pop() == ""
    assert len(lines) == 4
    first = json.loads(lines[0])
    metadata = first.pop("article")
    assert first == to_wire(article().claims[0])
    assert metadata == article().metadata()
    assert not {"text", "claims", "attributions"} & set(metadata)


def test_jsonl_of_attributions() -> None:
    lines = written(article(), format="jsonl", layer="attributions").splitlines()
    assert [json.loads(line)["type"] for line in lines] == ["direct", "indirect"]
    assert json.loads(lines[0])["article"]["title"] == article().title


def test_each_article_is_written_before_the_next_is_asked_for() -> None:
    out = io.StringIO()
    seen: list[int] = []

    def coming() -> Iterator[Article]:
        for _ in range(3):
            seen.append(out.getvalue().count("\n"))
            yield article()

    write(coming(), out, format="jsonl")
    assert seen == [0, 2, 4]


def test_csv_is_a_claim_a_row() -> None:
    text = written(article(), format="csv")
    assert text.count("\r\n") == text.count("\n") == 3
    full, bare = csv.DictReader(io.StringIO(text, newline=""))
    assert full["article"] == "samples/radars.html"
    assert (full["who"], full["what"]) == ("Russian", "radars")
    assert (full["origin"], full["destination"], full["via"]) == ("Syria", "bases in Libya", "")
    assert full["when"] == "Monday"
    assert (full["status"], full["status_cue"]) == ("hedged", "reportedly")
    assert full["sources"] == "the officials [US officials] → The Wall Street Journal → Caliber.Az"
    assert full["evidence"] == article().claims[0].evidence.text
    assert article().text[int(full["start"]) : int(full["end"])] == full["evidence"]
    assert float(full["confidence"]) == 0.75
    assert (bare["who"], bare["who_name"]) == ("They", "Russian cargo planes")
    assert bare["what"] == ""


def test_csv_has_what_was_resolved_in_columns_of_its_own() -> None:
    full, bare = csv.DictReader(io.StringIO(written(article(), format="csv"), newline=""))
    assert (full["who_name"], full["who_country"], full["who_type"]) == ("Russia", "RU", "country")
    assert (full["destination_name"], full["destination_country"]) == ("Libya", "LY")
    assert (float(full["origin_lat"]), float(full["origin_lon"])) == (35.0, 38.0)
    assert (full["origin_precision"], full["via_precision"]) == ("country's middle", "")
    assert (full["edtf"], full["first_day"], full["last_day"]) == ("2024-12-16", "2024-12-16", "2024-12-16")
    assert full["day_basis"] == "relative to publication"
    assert (full["first_source"], full["first_source_name"]) == ("the officials", "US officials")
    assert (full["first_source_kind"], full["last_source"]) == ("officials", "Caliber.Az")
    assert (bare["first_source"], bare["first_day"], bare["origin_lat"]) == ("", "", "")
    assert full["link"] == (
        "https://caliber.example/radars#:~:text=Russian%20cargo%20planes%20have%20reportedly%20moved,"
        "reports%20per%20The%20Wall%20Street%20Journal."
    )


def test_a_vehicle_is_not_called_by_whose_it_is() -> None:
    told = article()
    frigate = replace(told.claims[0].vehicle, actor=Actor("Norway", "NO", "country"))  # type: ignore[type-var]
    named = replace(told, claims=(replace(told.claims[0], vehicle=frigate),))
    (row,) = csv.DictReader(io.StringIO(written(named, format="csv"), newline=""))
    assert (row["vehicle"], row["vehicle_name"]) == ("Russian cargo planes", "")
    hers = replace(frigate, resolved="KNM Fridtjof Nansen")
    (row,) = csv.DictReader(
        io.StringIO(written(replace(told, claims=(replace(told.claims[0], vehicle=hers),)), format="csv"), newline="")
    )
    assert row["vehicle_name"] == "KNM Fridtjof Nansen"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        (None, None),
        ("javascript:alert(1)", None),
        ("https://a.example/x", "https://a.example/x#:~:text=%E2%80%9CThey%20left%2C%20so%2Dcalled%26%E2%80%9D"),
        ("https://a.example/x#top", "https://a.example/x#top:~:text=%E2%80%9CThey%20left%2C%20so%2Dcalled%26%E2%80%9D"),
    ],
)
def test_a_link_opens_the_article_at_the_sentence(url: str | None, link: str | None) -> None:
    assert link_to(replace(article(), url=url), "“They left,\n so-called&”") == link


@pytest.mark.parametrize(
    ("edtf", "days"),
    [("2024-23", ("2024-09-01", "2024-11-30")), ("2024-12-16/..", ("2024-12-16", "")), ("soon", ("", ""))],
)
def test_what_is_not_known_of_a_date_is_left_empty(edtf: str, days: tuple[str, str]) -> None:
    full = article().claims[0]
    assert full.when
    dated = replace(full, when=replace(full.when, date=Date(edtf, "explicit")))
    (row,) = csv.DictReader(io.StringIO(written(replace(article(), claims=(dated,)), format="csv"), newline=""))
    assert (row["first_day"], row["last_day"]) == days


def test_csv_of_attributions() -> None:
    direct, indirect = csv.DictReader(io.StringIO(written(article(), format="csv", layer="attributions"), newline=""))
    assert (direct["source"], direct["cue"], direct["type"]) == ("one of them", "said", "direct")
    assert direct["content"] == "“They left at night,”"
    assert (indirect["source"], indirect["content"]) == ("", "radars … since Monday")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\x00=1", "\x1b[31m=1", "＝1"])
def test_a_formula_is_made_text(cell: str) -> None:
    assert str(neutralise(cell)).startswith("'")


@pytest.mark.parametrize("cell", ["Troops left", "S-400", "1-2", "", 0.5, -3])
def test_other_cells_are_left_alone(cell: str | float) -> None:
    assert neutralise(cell) == cell


@given(any_text)
def test_no_cell_is_a_formula(text: str) -> None:
    cell = str(neutralise(text))
    assert cell.lstrip()[:1] not in ("=", "+", "-", "@", "\t", "\r") or not cell
    assert not CONTROLS.search(cell)


@pytest.mark.parametrize(("format", "layer"), TEXTS)
def test_nothing_an_article_says_steers_anything(format: str, layer: Layer) -> None:
    text = written(nasty_article(), format=format, layer=layer, width=200)
    assert "boo" in text
    assert not CONTROLS.search(text.replace("\r\n", "\n"))
    text.encode("utf-8")


def test_table_shows_square_brackets_as_they_are() -> None:
    assert "[red]boo[/red]" in written(nasty_article(), format="table", width=200)


def test_markdown_shows_markup_as_text() -> None:
    text = written(nasty_article(), format="markdown")
    assert r"\<b\>\&amp;\</b\> \*x\*" in text
    assert "<b>" not in text


def test_html_is_a_table_an_article() -> None:
    text = written(article(), replace(article(), title="Nothing in it", claims=()), format="html")
    rows = list(lxml.html.document_fromstring(text).iter("tr"))
    assert [cell.text for cell in rows[0]] == [
        "who", "movement", "what", "from", "to", "by", "when", "status", "said by", "words",
    ]  # without the one that nothing fills  # fmt: skip
    assert [cell.text_content() or None for cell in rows[1]][:9] == [
        "Russian", "moved", "radars", "Syria", "bases in Libya", "Russian cargo planes",
        "since Monday [16 December 2024]",
        "hedged", "alleged by the officials [US officials] → The Wall Street Journal → Caliber.Az",
    ]  # fmt: skip
    assert len(rows) == 3
    assert "Nothing in it" not in text


def test_html_shows_markup_as_text() -> None:
    page = lxml.html.fromstring(written(nasty_article(), format="html"))
    assert not list(page.iter("b", "script"))
    assert "<b>&amp;</b> *x*" in page.findtext(".//h2")
    assert not [link for link in page.iter("a") if not link.get("href").startswith("https://")]


@pytest.mark.parametrize("layer", ["claims", "attributions"])
def test_html_looks_like_the_report(layer: Layer) -> None:
    text = written(article(), format="html", layer=layer)
    style = (resources.files("claimx.report") / "assets" / "page.css").read_text(encoding="utf-8")
    assert style in text
    parser = html5lib.HTMLParser(strict=True)  # raises where the page is not valid
    parser.parse(text)
    page = lxml.html.document_fromstring(text)
    assert page.xpath("string(//h2/a/@href)") == article().url
    if layer == "claims":
        (status, _) = page.xpath("//span[contains(@class, 'status')]")
        assert status.get("class") == "status s-hedged"
        assert page.xpath("string(//td[@data-label='words']/a/@href)").startswith(f"{article().url}#:~:text=")
        assert "2 claims in 1 article" in page.text_content()


def test_html_of_attributions() -> None:
    page = lxml.html.fromstring(written(article(), format="html", layer="attributions"))
    assert [row[0].text for row in page.iter("tr")] == ["source", "one of them", None]


def test_markdown() -> None:
    text = written(article(), format="markdown")
    title = "[Russia shifts radars to Libya](<https://caliber.example/radars>)"
    assert text.startswith(f"## {title}\n\nCaliber.Az · Ada Lind, Bo Rask · 2024-12-19 · samples/")
    assert "- **Russian cargo planes → radars (moved)**, alleged by the officials \\[US officials\\] → The Wall" in text
    assert "Caliber.Az, since Monday \\[16 December 2024\\]  \n  Syria → bases in Libya  \n" in text
    assert text.endswith("2 claims in 1 article: 1 asserted, 1 hedged  \n")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("- a", r"\- a"),
        ("# a", r"\# a"),
        ("1. a", r"1\. a"),
        ("12) a", r"12\) a"),
        ("1 a - b", "1 a - b"),
        ("[a](b)", r"\[a\](b)"),
    ],
)
def test_markdown_starts_no_block_that_is_not_meant(words: str, shown: str) -> None:
    assert escape(words) == shown


@pytest.mark.parametrize("width", [80, 160])
def test_table_fits_and_says_all(width: int) -> None:
    text = written(article(), format="table", width=width)
    assert max(map(len, text.splitlines())) <= width
    flat = re.sub(r"\s+", " ", text)
    for words in (
        "Russia shifts radars to Libya",
        "Caliber.Az · Ada Lind, Bo Rask · 2024-12-19 · samples/radars.html",
        "1 hedged Russian cargo planes → radars (moved)",
        "Syria → bases in Libya",
        "Monday [16 December 2024]",
        "alleged by the officials [US officials] → The Wall Street Journal → Caliber.Az",
        "Russian cargo planes have reportedly moved radars from Syria to bases in Libya since Monday,",
        "2 asserted They [Russian cargo planes] (left)",
        "2 claims in 1 article: 1 asserted, 1 hedged",
    ):
        assert words in flat


@pytest.mark.parametrize("format", ["table", "markdown", "html"])
@pytest.mark.parametrize(("source", "name"), [("-", "standard input"), ("notes.txt", "notes.txt")])
def test_an_article_without_a_title_goes_by_its_source(format: str, source: str, name: str) -> None:
    untitled = replace(article(), title=None, publisher=None, authors=(), published=None, source=source)
    text = written(untitled, format=format)
    assert text.count(name) == 1
    assert "\n- \n" not in text
    assert "<p></p>" not in text


def test_table_leaves_out_articles_without_findings() -> None:
    assert written(replace(article(), claims=()), format="table") == ""
    assert "nobody" not in written(article(), replace(article(), title="nobody", claims=()), format="table")


def test_table_of_attributions() -> None:
    text = written(article(), format="table", layer="attributions", width=100)
    assert re.search(r"1 +direct +one of them", text)
    assert re.search(r"2 +indirect +\(source not named\)", text)


@pytest.mark.parametrize("format", ["table", "markdown", "html"])
def test_views_stand_behind_what_was_said(format: str) -> None:
    told = article()
    view = replace(told.attributions[0], voiced=False, content=(Span("the view", 0, 8),))
    text = written(replace(told, attributions=(view, *told.attributions)), format=format, layer="attributions")
    assert re.search(r"since Monday.*the view", text, re.DOTALL)
    assert len(re.findall(r"\bview\b", text)) == 2


def test_table_marks_the_claims_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    text = written(article(), format="table", width=200)
    assert re.search(r"\x1b\[1;4mmoved\x1b\[0m \x1b\[4mradars\x1b\[0m from \x1b\[4mSyria\x1b\[0m", text)


def test_geojson_draws_the_way() -> None:
    document = json.loads(written(article(), format="geojson"))
    assert document["type"] == "FeatureCollection"
    full, bare = document["features"]
    assert full["geometry"] == {"type": "LineString", "coordinates": [[38.0, 35.0], [17.0, 28.0]]}
    assert full["properties"]["origin"] == "Syria"
    assert full["properties"]["title"] == article().title
    assert (full["properties"]["role"], full["properties"]["precision"]) == ("origin destination", "country's middle")
    assert full["properties"]["radius_m"] == pytest.approx(735_000, rel=0.05), "Libya has 1.76 million km²"
    assert not any(isinstance(value, dict | list) for value in full["properties"].values())
    assert bare["geometry"] is None
    assert (bare["properties"]["role"], bare["properties"]["radius_m"]) == (None, None)


@pytest.mark.parametrize(
    ("place", "radius"),
    [
        (Place("Tobruk", "LY", 32.08, 23.96, 81302, "city"), 10_000),
        (Place("Russia", "RU", 60.0, 100.0, 2017370, "country"), 2_300_000),  # over the date line
        (Place("Malta", "MT", 35.9, 14.4, 2562770, "country"), None),  # too small for the outlines
        (Place("the north of Libya", "LY", None, None, None, "place by description"), None),
    ],
)
def test_a_place_says_how_far_it_reaches(place: Place, radius: int | None) -> None:
    known = radius_of(place)
    assert known == radius if radius is None or known is None else known == pytest.approx(radius, rel=0.05)


def test_geojson_within_one_country_is_no_line_of_no_length() -> None:
    claim = article().claims[0]
    within = replace(claim, origin=claim.destination)
    (feature,) = json.loads(written(replace(article(), claims=(within,)), format="geojson"))["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [17.0, 28.0]}


def test_geojson_of_one_place_is_a_point_and_of_none_a_document() -> None:
    claim = replace(article().claims[0], origin=None)
    document = json.loads(written(replace(article(), claims=(claim,)), format="geojson"))
    assert document["features"][0]["geometry"] == {"type": "Point", "coordinates": [17.0, 28.0]}
    assert json.loads(written(format="geojson"))["features"] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – “Łódź” 🚢", "plain – “Łódź” 🚢"),
        ("a\x1b[1;31mb\x1b[0mc", "abc"),
        ("a\x1b]8;;http://x\x07link\x1b]8;;\x07b", "alinkb"),
        ("a\x9b31mb\x00\x07c", "abc"),
        ("a\r\n\t b\u2028c", "a b c"),
        ("a\u202eb\u2066c", "abc"),
        ("a\ud83db", "a\ufffdb"),
        ("a\x1bPnever ended", "a"),
    ],
)
def test_clean(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text(st.sampled_from("ab \x1b[]0;mP\\\x07\x9b\x9d\x9c\n\u202e\ud800"), max_size=30))
def test_clean_leaves_nothing_to_clean(text: str) -> None:
    assert not CONTROLS.search(clean(text))
    assert "\n" not in clean(text)
    clean(text).encode("utf-8")


def test_nasty_is_nasty() -> None:
    assert CONTROLS.search(NASTY)
