"""The page as text: valid, whole, harmless whatever articles say, and legible in both schemes."""

import base64
import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from importlib import resources
from itertools import product

import lxml.html
import pytest
from examples import article, articles, nasty_article
from hypothesis import given, settings
from storybook import PAYLOADS, faults, hostile, retold, squeezed, story, write

from claimx.output.clean import clean
from claimx.records import Article, Date, Source, Span, Status
from claimx.report.chains import draw_chains
from claimx.report.story import tell_story

ASSETS = resources.files("claimx.report") / "assets"


def tree(page: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page)


def section(page: str, name: str) -> str:
    (found,) = tree(page).xpath(f"//section[@id='{name}']")
    return " ".join(found.text_content().split())


def test_the_page_is_valid_html() -> None:
    for page in (story(), write(article()), write(), write(replace(article(), claims=()))):
        assert faults(page) == []


def test_faults_are_found() -> None:
    assert faults("<!DOCTYPE html><title>x</title><p><div></p></div>")


@pytest.mark.parametrize(
    "page", [story(), write(article()), write(*map(hostile, PAYLOADS))], ids=["two", "one", "hostile"]
)
def test_ids_are_unique_and_links_within_lead_somewhere(page: str) -> None:
    ids = Counter(tree(page).xpath("//@id"))
    assert max(ids.values()) == 1
    assert {target[1:] for target in tree(page).xpath("//a/@href") if target.startswith("#")} <= set(ids)
    for names in tree(page).xpath("//@aria-labelledby"):
        assert set(names.split()) <= set(ids)


def test_every_claim_has_a_row_with_its_words() -> None:
    rows = tree(story()).xpath("//table[@id='table']/tbody/tr")
    assert len(rows) == 5
    first = {cell.get("data-label"): " ".join(cell.text_content().split()) for cell in rows[0].xpath("td")}
    assert first == {
        "who": "Russian cargo planes",  # what moves leads, and says whose it is
        "movement": "moved",
        "what": "radars",
        "from": "Syria",
        "to": "bases in Libya",
        "when": "Monday [16 December 2024]",
        "status": "hedged",
        "said by": "alleged by the officials [US officials] →told by way of The Wall Street Journal "
        "→told by way of Caliber.Az",
        "confidence": "0.75",
        "outlet": "Caliber.Az",
    }


def test_sources_say_what_they_do_where_they_do_not_say_it_themselves() -> None:
    told = retold()
    claim = told.claims[0]
    officials, outlet = claim.sources
    for part, label in (("evidence", " (as evidence)"), ("relay", " (passes it on)"), ("speaker", ""), (None, "")):
        sources = (replace(officials, part=part), outlet)
        page = write(replace(told, claims=(replace(claim, sources=sources),)))
        (cell,) = tree(page).xpath("//td[@data-label='said by']")
        assert " ".join(cell.text_content().split()).startswith(f"the officials [US officials]{label} →"), part


def test_what_few_claims_have_stands_in_a_cell_of_others() -> None:
    told = article()
    full, bare = told.claims
    ferried = replace(full, who=bare.who, via=full.origin)
    (row,) = tree(write(replace(told, claims=(ferried,)))).xpath("//table[@id='table']/tbody/tr")
    cells = {cell.get("data-label"): " ".join(cell.text_content().split()) for cell in row.xpath("td")}
    assert cells["movement"] == "moved by Russian cargo planes"
    assert cells["to"] == "bases in Libya via Syria"
    assert cells["who"] == "They [Russian cargo planes] (?)"  # of another sentence


def test_a_column_that_nothing_fills_is_left_out() -> None:
    for told, there in ((article(), True), (replace(article(), claims=article().claims[1:]), False)):
        head = tree(write(told)).xpath("//table[@id='table']/thead//th/@data-sort")
        assert ("when" in head) is there
        assert {"who", "origin", "destination"} <= set(head)


@pytest.mark.parametrize(
    ("status", "said", "alone"),
    [
        ("asserted", "the officials", ""),
        ("hedged", "alleged by the officials", "told with reserve"),
        ("negated", "denied by the officials", "denied, or did not happen"),
        ("barred", "barred, says the officials", "forbidden or suspended"),
    ],
)
def test_a_row_says_in_words_how_sure_it_is(status: Status, said: str, alone: str) -> None:
    told = retold()
    claim = replace(told.claims[0], status=status, sources=told.claims[0].sources[:1], status_cue=None)
    for sources, words in ((claim.sources, f"{said} [US officials]"), ((), alone)):
        page = write(replace(told, claims=(replace(claim, sources=sources),)))
        (cell,) = tree(page).xpath("//td[@data-label='said by']")
        assert " ".join(cell.text_content().split()) == words


def test_what_is_to_check_says_so_and_why() -> None:
    told = article()
    doubtful = replace(told.claims[0], confidence=0.49)
    denied = replace(told.claims[0], id="2", disputed_by=("1",))
    page = tree(write(replace(told, claims=(doubtful, denied, told.claims[1]))))
    cells = [" ".join(cell.text_content().split()) for cell in page.xpath("//td[@data-label='confidence']")]
    assert cells == ["0.49 check", "0.75 check: denied elsewhere in the article", "0.50"]
    caption = " ".join(page.xpath("//table[@id='table']/caption")[0].text_content().split())
    assert caption.endswith("Check 2 of them: confidence below 0.5 (1), denied elsewhere in the article (1).")
    assert "Check" not in tree(write(told)).xpath("//table[@id='table']/caption")[0].text_content()


def test_text_stands_on_the_page_unchanged() -> None:
    texts = tree(story()).xpath("//div[@class='text']")
    for found, whole in zip(texts, (article(), retold()), strict=True):
        for number in found.xpath(".//a[contains(@class, 'ref')]"):
            number.drop_tree()
        assert squeezed(found.text_content()) == squeezed(whole.text)
        for paragraph in found.xpath(".//p | .//h3"):
            assert paragraph.text_content().strip() in whole.text


def test_claims_are_marked_where_they_stand() -> None:
    page = tree(story())
    (trigger,) = page.xpath("//span[@data-trigger='1']")
    assert trigger.text == "moved"
    assert "s-hedged" in trigger.get("class")
    assert trigger.getnext().get("id") == "evidence-1"
    evidence = "".join(page.xpath("//span[contains(concat(' ', @data-claims, ' '), ' 1 ')]/text()"))
    assert evidence == article().claims[0].evidence.text
    roles = {span.text: span.get("data-roles") for span in page.xpath("//span[@data-roles]")}
    assert roles["Russian"] == "1:who|1:vehicle"  # who lies within the vehicle
    assert roles[" cargo planes"] == "1:vehicle"


def test_the_title_is_the_articles_or_the_one_given() -> None:
    assert tree(write(article())).findtext(".//h1") == article().title
    assert tree(story()).findtext(".//h1") == "Movement claims in 2 articles"
    assert tree(write(article(), title="Radars & more")).findtext(".//title") == "Radars & more"


def test_map_lists_ways_and_what_is_not_on_it() -> None:
    words = section(story(), "map")
    assert "Syria →to Libya radars" in words
    assert "Syria →to Benghazi radars" in words
    assert "from Syria the ship" in words  # Tartus is known by its country alone
    assert "1 claim not on the map" in words


def test_no_place_no_map() -> None:
    page = write(replace(article(), claims=article().claims[1:]))
    assert not tree(page).xpath("//section[@id='map'] | //a[@href='#map']")


def test_timeline_puts_nothing_on_the_day_of_publication() -> None:
    words = section(story(), "timeline")
    assert "16 December 2024 hedged: Russian" in words
    assert "17 December 2024 asserted: Russia" in words
    assert "Published 19 December 2024: Caliber.Az; 20 December 2024: The Daily" in words
    assert "Named, but not placed “soon” 5" in words
    assert "No time given 2 4" in words
    assert tree(story()).xpath("//ol[@class='rows']//time/@datetime") == ["2024-12-16", "2024-12-17"]


def test_chains_lead_from_the_event_to_the_outlet() -> None:
    words = section(story(), "sources")
    assert "Printed by Caliber.Az officials, not named US officials outlet The Wall Street Journal 1" in words
    assert "no source in its own voice 5" in words


def test_the_page_opens_with_events_and_then_the_claims() -> None:
    assert tree(story()).xpath("//main/section/@id") == [
        "events", "claims", "map", "timeline", "sources", "articles",
    ]  # fmt: skip
    assert tree(story()).xpath("//nav//a/@href") == [
        "#events", "#claims", "#map", "#timeline", "#sources", "#articles",
    ]  # fmt: skip


def copied(told: Article) -> Article:
    """Return an article as another outlet prints it on the same day."""
    return replace(told, source=f"copy of {told.source}", publisher="The Herald", url=None)


def test_an_event_has_the_words_of_its_clearest_mention() -> None:
    page = write(article(), retold(), copied(retold()))
    quote = tree(page).xpath("//section[@id='events']//blockquote")[0]
    assert quote.text_content() == f"“{retold().claims[0].evidence.text}”"
    assert "The Daily" in " ".join(quote.getnext().text_content().split())


def test_words_with_quotation_marks_get_no_others() -> None:
    told = retold()
    text = told.text.replace("radars from Syria", "“radars” fr. Syria")
    flown = replace(told.claims[0], evidence=replace(told.claims[0].evidence, text=text.split("\n")[2]))
    told = replace(told, text=text, claims=(flown,))
    page = write(article(), told, copied(told))
    (quote,) = tree(page).xpath("//section[@id='events']//blockquote")
    assert quote.text_content() == flown.evidence.text


def test_a_long_page_alone_is_laid_out_bit_by_bit() -> None:
    told = article()
    many = tuple(replace(told.claims[0], id=str(number)) for number in range(501))
    assert tree(write(replace(told, claims=many))).xpath("//main/@class") == ["long"]
    assert tree(write(replace(told, claims=many[:500]))).xpath("//main/@class") == []


def test_sources_are_merged_by_institution() -> None:
    text = (
        "Moved\n\nThe army moved trucks, said Kremlin spokesman Dmitry Peskov. Peskov said it moved guns. "
        "The Kremlin said it moved tanks.\n"
    )
    words = ("Kremlin spokesman Dmitry Peskov", "Peskov", "The Kremlin")
    claims = []
    for number, (name, kind) in enumerate(zip(words, ("person", "person", "organisation"), strict=True)):
        at = text.index(name, (0, text.index(". Peskov"), text.index("The Kremlin"))[number])
        said = Source(name, at, at + len(name), kind=kind)  # type: ignore[arg-type]
        claims.append(replace(article().claims[1], id=str(number), sources=(said,)))
    told = replace(article(), text=text, claims=tuple(claims))
    assert {entry.sources for entry in tell_story([told]).entries} == {("Russia",)}
    ((_, (chain,)),) = draw_chains(tell_story([told]).entries)
    assert chain.links[0].people == ("Dmitry Peskov",)
    assert len(chain.entries) == 3


def test_a_pronoun_is_no_source_to_choose() -> None:
    told = article()
    they = Source(*(getattr(told.claims[1].who, part) for part in ("text", "start", "end")))
    for said, sources in ((they, ()), (replace(they, resolved="the crew"), ("crew",))):
        (entry,) = tell_story([replace(told, claims=(replace(told.claims[1], sources=(said,)),))]).entries
        assert entry.sources == sources


def test_outlets_are_said_without_a_break() -> None:
    cells = tree(story()).xpath("//td[@data-label='outlet']/span[@class='whole']")
    assert [cell.text for cell in cells] == ["Caliber.Az", "Caliber.Az", "The Daily", "The Daily", "The Daily"]
    long = "The Society for the Preservation of Long Names of Newspapers"
    assert not tree(write(replace(article(), publisher=long))).xpath(f"//span[@class='whole'][text()='{long}']")


def test_a_range_of_dates_is_drawn_as_one() -> None:
    claim = article().claims[0]
    days = [replace(claim, id=edtf, when=replace(claim.when, date=Date(edtf, "explicit"))) for edtf in (  # type: ignore[type-var]
        "2024-12-16", "2024-12-01/2024-12-10", "2024-12/..", "2024-12-10/2024-12-10",
    )]  # fmt: skip
    rows = tree(write(replace(article(), claims=tuple(days)))).xpath("//ol[@class='rows']/li")
    drawn = {row.xpath(".//time/@datetime")[0]: [len(row.xpath(f".//*[@class='{name}']")) for name in
             ("day", "bound")] + [len(row.xpath(".//path[contains(@class, 'beyond')]"))] for row in rows}  # fmt: skip
    assert drawn == {
        "2024-12-16": [1, 0, 0],
        "2024-12-10/2024-12-10": [1, 0, 0],
        "2024-12-01/2024-12-10": [0, 2, 0],
        "2024-12/..": [0, 1, 1],
    }


def test_several_articles_are_compared_and_one_is_not() -> None:
    words = section(story(), "events")
    assert re.search("2 outlets 1 (likely )?independent origin", words)
    assert "Wall Street Journal →told to Caliber.Az, The Daily" in words
    assert "Why they count as one" in words
    assert "Benghazi" in words
    assert not tree(write(article())).xpath("//section[@id='events']")
    assert not tree(write(article(), retold(), compared=False)).xpath("//section[@id='events']")


def test_nothing_to_show_is_said() -> None:
    page = write(replace(article(), claims=(), title=None, publisher=None, url=None))
    assert "No movement claims were found." in section(page, "claims")
    assert not tree(page).xpath("//section[@id='timeline']")
    assert "radars.html" in section(page, "articles")


def test_links_leave_by_http_alone_and_tell_nobody() -> None:
    (link,) = tree(write(retold())).xpath("//a[starts-with(@href, 'http')]")
    assert link.get("href") == "https://daily.example/radars?a=1&b=2"
    assert link.get("rel") == "noopener noreferrer"
    page = write(nasty_article(), *map(hostile, PAYLOADS), compared=False)
    for target in tree(page).xpath("//@href | //@src | //@action | //@formaction"):
        assert re.match(r"#|https?://", target), target


def test_the_page_names_its_own_style_and_script_and_nothing_else() -> None:
    page = story()
    policy = tree(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = re.search(r"<style>(.*?)</style>", page, re.S)[1]  # type: ignore[index]
    script = re.search(r"<script>(.*?)</script>", page, re.S)[1]  # type: ignore[index]
    for text, directive in ((style, "style-src"), (script, "script-src")):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert not tree(page).xpath("//@style | //@*[starts-with(name(), 'on')]")
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_claimxs_own_assets_end_no_element_early() -> None:
    for name in ("page.css", "page.js"):
        text = (ASSETS / name).read_text(encoding="utf-8")
        assert not re.search(r"</(style|script)|<!--|https?://", text, re.I)
    script = (ASSETS / "page.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", script)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_stay_words(payload: str) -> None:
    page = write(hostile(payload), hostile(payload + " again"))
    page.encode("utf-8")
    assert faults(page) == []
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", page)
    root = tree(page)
    assert len(root.xpath("//script")) == 2
    assert len(root.xpath("//style")) == 1
    assert len(root.xpath("//form")) == 1
    assert not root.xpath("//iframe | //img | //link | //base | //object | //embed | //math | //animate")
    assert not root.xpath("//@*[starts-with(name(), 'on') or name() = 'srcdoc' or name() = 'style']")
    assert [meta.get("http-equiv") for meta in root.xpath("//meta[@http-equiv]")] == ["Content-Security-Policy"]
    assert clean(payload).strip() in root.xpath("//td[@data-label='what']")[0].text_content()


def test_data_for_the_script_is_json_that_ends_no_script() -> None:
    page = write(*map(hostile, PAYLOADS), compared=False)
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1]  # type: ignore[index]
    assert not re.search(r"[<>&\u2028\u2029]", data)
    claims = json.loads(data)["claims"]
    assert [claim["outlet"] for claim in claims] == [clean(payload).strip() for payload in PAYLOADS]


@settings(max_examples=40)
@given(articles())
def test_any_article_makes_a_page(any_article: Article) -> None:
    page = write(any_article)
    page.encode("utf-8")
    ids = Counter(tree(page).xpath("//@id"))
    assert max(ids.values()) == 1
    assert len(tree(page).xpath("//table[@id='table']/tbody/tr")) == len(any_article.claims)


# colours


def colours() -> dict[str, tuple[str, str]]:
    style = (ASSETS / "page.css").read_text(encoding="utf-8")
    return {name: (light, dark) for name, light, dark in re.findall(r"--(\w+): light-dark\((#\w+), (#\w+)\);", style)}


def channels(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def luminance(colour: list[float]) -> float:
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: list[float], other: list[float]) -> float:
    """Return the contrast ratio of WCAG 2.2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, ground: str, share: float) -> list[float]:
    return [share * a + (1 - share) * b for a, b in zip(channels(colour), channels(ground), strict=True)]


STATUS_COLOURS = ("asserted", "hedged", "prospective", "barred", "negated", "unclear")


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_is_legible(scheme: int) -> None:
    shade = {name: both[scheme] for name, both in colours().items()}
    for text, ground in product(("ink", "soft", "link", *STATUS_COLOURS), ("paper", "card", "glow")):
        assert contrast(channels(shade[text]), channels(shade[ground])) >= 4.5, (text, ground)
    for status in STATUS_COLOURS:
        assert contrast(channels(shade[status]), mixed(shade[status], shade["paper"], 0.11)) >= 4.5, status
        assert contrast(channels(shade["paper"]), channels(shade[status])) >= 4.5, status
        for ground in ("sea", "land", "named"):
            assert contrast(channels(shade[status]), channels(shade[ground])) >= 3, (status, ground)
    for ground in ("sea", "land", "named"):
        assert contrast(channels(shade["ink"]), channels(shade[ground])) >= 4.5, ground
    assert contrast(channels(shade["focus"]), channels(shade["paper"])) >= 3


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(channels("#ffffff"), channels("#000000")) == pytest.approx(21)
    assert contrast(channels("#777777"), channels("#ffffff")) == pytest.approx(4.48, abs=0.01)


def test_statuses_differ_by_more_than_colour() -> None:
    page = tree(story())
    style = (ASSETS / "page.css").read_text(encoding="utf-8")
    signs = {re.search(rf"\.mark\.s-{status} {{(.*)}}", style)[1] for status in STATUS_COLOURS}  # type: ignore[index]
    lines = {
        re.search(rf"\.s-{status} \.line {{(.*)}}", style)[1]
        for status in ("hedged", "prospective", "barred", "unclear")
    }  # type: ignore[index]
    assert (len(signs), len(lines)) == (6, 4)
    for row in page.xpath("//table[@id='table']/tbody/tr"):
        (status,) = row.xpath(".//td[@data-label='status']")
        assert status.text_content().strip() in STATUS_COLOURS


def test_no_status_is_chosen_until_somebody_chooses() -> None:
    """A click shows only that status; with all of them ticked it would take one away."""
    boxes = tree(story()).xpath("//input[@name='status']")
    assert [box.get("value") for box in boxes] == list(STATUS_COLOURS)
    assert not any("checked" in box.attrib for box in boxes)


def test_what_has_no_name_is_no_place_to_choose() -> None:
    claim = article().claims[0]
    text = article().text
    there = Span("since", text.index("since"), text.index("since") + 5)  # as *there* would stand
    (entry,) = tell_story([replace(article(), claims=(replace(claim, destination=there),))]).entries
    assert entry.places == ("Syria",)
    home = Span("Russian", claim.evidence.start, claim.evidence.start + 7)  # as *Home they went* would stand
    (entry,) = tell_story([replace(article(), claims=(replace(claim, destination=home),))]).entries
    assert entry.places == ("Syria",)
