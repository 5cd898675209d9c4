"""The page in a real Chromium: it works, runs nothing of anybody else's, and asks nothing of any server.

Needs the playwright package and a Chromium or Chrome of the system.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path

import pytest
from chromium import CHROMIUM
from examples import article
from storybook import BROKEN_WORDS, PAYLOADS, crowded, hostile, retold, story, write

from claimx.output.flat import link_to
from claimx.records import ROLES, Span
from claimx.review import Merged, Review, merge_reviews, read_reviews
from claimx.review.merging import reviews_of

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright (the extra claimx[test])")

if CHROMIUM is None:
    pytest.skip("needs Chromium or Chrome on the path", allow_module_level=True)

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WATCH = """
window.hits = 0;
window.hit = () => { window.hits += 1; };
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Opened:
    """A page in the browser, and all that it did which it should not."""

    page: "sync_api.Page"
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    def rows(self) -> list[int]:
        """Return the numbers of the rows that are shown, in their order."""
        found = self.page.locator("#table tbody tr:visible th a").all_text_contents()
        return [int(number) for number in found]

    def expect_in_view(self, selector: str) -> None:
        """Wait until a thing is wholly in view, and not under the filters that stay at the top."""
        sync_api.expect(self.page.locator(selector)).to_be_in_viewport(ratio=1)
        uncovered = """(selector) => { const element = document.querySelector(selector);
            const area = element.getBoundingClientRect();
            const top = document.elementFromPoint(area.left + area.width / 2, area.top + area.height / 2);
            return element.contains(top); }"""
        self.page.wait_for_function(uncovered, arg=selector)

    def innocent(self) -> bool:
        """Tell whether nothing was run, refused, complained of or asked for but the page itself."""
        violations = self.page.evaluate("window.violations")
        hits = self.page.evaluate("window.hits")
        return (self.complaints, self.requests, violations, hits) == ([], [self.page.url.partition("#")[0]], [], 0)


Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def browser() -> Iterator["sync_api.Browser"]:
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield running
        running.close()


@pytest.fixture
def open_page(browser: "sync_api.Browser", tmp_path: Path) -> Iterator[Open]:
    contexts = []

    def open_page(text: str | None = None, *, hash: str = "", width: int = 1280, **options: object) -> Opened:
        path = tmp_path / "story.html"
        path.write_text(text or story(), encoding="utf-8", newline="")
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        opened = Opened(page)
        page.add_init_script(WATCH)
        page.on("console", lambda message: opened.complaints.append(message.text))
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (opened.complaints.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: opened.requests.append(request.url.partition("#")[0]))
        page.on("requestfinished", lambda request: opened.fetched.append(request.url.partition("#")[0]))
        page.goto(path.as_uri() + hash)
        return opened

    yield open_page
    for context in contexts:
        context.close()


def test_a_row_leads_to_its_evidence_and_back(open_page: Open) -> None:
    opened = open_page()
    page = opened.page
    page.locator("#claim-3 td").nth(1).click()
    opened.expect_in_view("#evidence-3")
    assert page.locator(".piece.active").all_text_contents()[0] == "Russia"
    assert "".join(page.locator(".piece.evidence.active").all_text_contents()) == retold().claims[0].evidence.text
    assert page.locator("[data-role=to]").all_text_contents() == ["Benghazi"]
    assert page.locator("#claim-3").get_attribute("aria-current") == "true"
    assert "claim=3" in page.url
    page.locator("#evidence-4").click()
    opened.expect_in_view("#claim-4")
    assert page.locator("tr.selected").get_attribute("id") == "claim-4"
    page.locator("[data-trigger='1']").click()
    assert page.locator("tr.selected").get_attribute("id") == "claim-1"
    page.go_back()
    assert page.locator("tr.selected").get_attribute("id") == "claim-4"
    assert opened.innocent()


def test_chains_map_and_timeline_lead_to_evidence(open_page: Open) -> None:
    opened = open_page()
    for part in ("#sources", "#map .ways", "#timeline .rows", "#events"):
        opened.page.locator(f"{part} [data-claim='3']").first.click()
        opened.expect_in_view("#evidence-3")
        assert opened.page.locator("tr.selected").get_attribute("id") == "claim-3"
        opened.page.keyboard.press("Escape")
        assert not opened.page.locator("tr.selected").count()
    arrow = opened.page.locator(".arrow:not(.loose)").first
    arrow.locator(".touch").dispatch_event("click")
    assert opened.page.locator(".ways li.lit").get_attribute("data-way") == arrow.get_attribute("data-way")
    assert opened.innocent()


def test_filters_show_what_fits_everywhere(open_page: Open) -> None:
    opened = open_page()
    page = opened.page
    shown = page.locator("#shown")
    expect = sync_api.expect(shown)
    assert shown.get_attribute("aria-live") == "polite"
    assert (opened.rows(), shown.inner_text()) == ([1, 2, 3, 4, 5], "5 claims")

    def rows(count: str) -> list[int]:
        expect.to_have_text(count)
        return opened.rows()

    page.fill("[name=words]", "SYRIA flew")
    assert rows("1 of 5 claims") == [3]
    assert page.locator(".ways li:visible").count() == 1
    assert page.locator(".arrow:not(.off)").count() == 1
    assert page.locator(".rows > li:visible").count() == 1
    page.fill("[name=words]", "no such words")
    assert rows("0 of 5 claims") == []
    assert page.locator("#nothing").is_visible()
    page.click("#reset")
    assert rows("5 claims") == [1, 2, 3, 4, 5]
    assert not page.locator("#nothing").is_visible()
    page.select_option("[name=outlet]", "The Daily")
    assert rows("3 of 5 claims") == [3, 4, 5]
    page.check("[value=negated]", force=True)
    assert rows("1 of 5 claims") == [4]
    page.check("[value=asserted]", force=True)  # a click shows only that
    sync_api.expect(page.locator("#claim-3")).to_be_visible()
    assert rows("1 of 5 claims") == [3]
    page.click(".statuses .s-negated", modifiers=["Control"])  # or that too
    assert rows("2 of 5 claims") == [3, 4]
    page.click(".statuses .s-negated", modifiers=["Control"])
    assert rows("1 of 5 claims") == [3]
    page.click(".statuses .s-asserted")  # again, and all are shown
    assert rows("3 of 5 claims") == [3, 4, 5]
    page.click("#reset")
    assert rows("5 claims") == [1, 2, 3, 4, 5]
    page.select_option("[name=source]", "The Wall Street Journal")
    assert rows("2 of 5 claims") == [1, 3]
    page.select_option("[name=place]", "Benghazi")
    assert rows("1 of 5 claims") == [3]
    page.click("#reset")
    page.fill("[name=from]", "2024-12-17")
    assert rows("1 of 5 claims") == [3]
    page.click("#reset")
    assert rows("5 claims") == [1, 2, 3, 4, 5]
    page.fill("[name=to]", "2024-12-16")
    assert rows("1 of 5 claims") == [1]
    assert opened.innocent()


def test_an_address_keeps_the_view(open_page: Open) -> None:
    opened = open_page()
    page = opened.page
    page.check("[value=negated]", force=True)
    page.fill("[name=words]", "benghazi")
    page.click("#view-world")
    page.wait_for_url(re.compile("words=benghazi.*view=world"))
    again = open_page(hash=page.evaluate("location.hash"))
    assert again.rows() == [4]
    assert again.page.locator("#view-world").get_attribute("aria-pressed") == "true"
    assert again.page.locator("[name=words]").input_value() == "benghazi"
    nonsense = open_page(hash="#claim=99&sort=nothing&status=x&words=%3Cb%3E&from=never")
    assert nonsense.rows() == []
    assert nonsense.innocent()


def test_a_link_to_one_claim_shows_it_and_lets_go(open_page: Open) -> None:
    opened = open_page(hash="#claim-4")
    page = opened.page
    opened.expect_in_view("#claim-4")
    assert page.locator("tr.selected").get_attribute("id") == "claim-4"
    page.evaluate("location.hash = '#evidence-5'")
    sync_api.expect(page.locator("tr.selected")).to_have_attribute("id", "claim-5")
    opened.expect_in_view("#evidence-5")
    page.go_back()
    sync_api.expect(page.locator("tr.selected")).to_have_attribute("id", "claim-4")
    assert page.evaluate("history.length") <= 3
    assert opened.innocent()


def test_columns_sort_both_ways(open_page: Open) -> None:
    opened = open_page()
    page = opened.page

    def sort(name: str) -> list[int]:
        page.locator(f"thead [data-sort={name}] button").click()
        return opened.rows()

    assert sort("confidence") == [3, 4, 1, 2, 5]
    assert page.locator("[aria-sort]").get_attribute("data-sort") == "confidence"
    assert sort("confidence") == [2, 5, 1, 4, 3]
    assert sort("when") == [1, 3, 2, 4, 5]
    assert sort("when") == [3, 1, 2, 4, 5]  # what has no date comes last either way
    assert sort("outlet") == [1, 2, 3, 4, 5]
    assert sort("status") == [2, 3, 1, 4, 5]
    assert sort("number") == [1, 2, 3, 4, 5]
    assert opened.innocent()


def test_keys_do_what_the_mouse_does(open_page: Open) -> None:
    opened = open_page()
    page = opened.page
    focused = "document.activeElement.getAttribute('href')"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "#claims"
    opened.expect_in_view(".skip")
    page.keyboard.press("Enter")
    page.wait_for_url("**#claims")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate(focused) == "#evidence-1":
            break
    assert page.evaluate(focused) == "#evidence-1"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "evidence-2"
    opened.expect_in_view("#evidence-2")
    page.keyboard.press("Enter")
    assert page.evaluate(focused) == "#evidence-2"
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == "#evidence-2"
    opened.expect_in_view("#claim-2")


@pytest.mark.parametrize("width", [320, 390, 700, 900, 1280])
def test_nothing_is_wider_than_the_screen(open_page: Open, width: int) -> None:
    opened = open_page(width=width)
    assert opened.page.evaluate(OVERFLOW) == 0
    assert opened.page.locator("#claim-1").is_visible()
    assert opened.page.locator("#more .fields").is_visible() == (width > 704)


def test_both_schemes_and_the_toggle(open_page: Open) -> None:
    opened = open_page(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = opened.page.evaluate(ground)
    opened.page.click("#theme")
    light = opened.page.evaluate(ground)
    assert "Colours: light" in str(opened.page.get_attribute("#theme", "aria-label"))
    assert opened.page.evaluate("localStorage.getItem('claimx-theme')") == "light"
    opened.page.click("#theme")
    assert opened.page.evaluate(ground) == dark != light
    assert open_page(color_scheme="light").page.evaluate(ground) == light


def test_the_world_is_shown_on_demand(open_page: Open) -> None:
    opened = open_page(reduced_motion="reduce")
    box = "document.querySelector('#world').getAttribute('viewBox').split(' ').map(Number)"
    near = opened.page.evaluate(box)
    opened.page.click("#view-world")
    world = opened.page.evaluate(box)
    assert world[2] > 9000 > near[2]
    labels = opened.page.locator(".pin text:visible").all_text_contents()
    assert "Libya" in labels
    opened.page.click("#view-near")
    assert opened.page.evaluate(box) == near


VIEW = "document.querySelector('#world').getAttribute('viewBox').split(' ').map(Number)"


def test_the_map_is_zoomed_and_moved(open_page: Open) -> None:
    opened = open_page(reduced_motion="reduce")
    page = opened.page
    near = page.evaluate(VIEW)
    page.click("#zoom-in")
    closer = page.evaluate(VIEW)
    assert closer[2] < near[2]
    assert page.locator("#view-near").get_attribute("aria-pressed") == "false"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(VIEW)[0] > closer[0]
    page.locator("#world").scroll_into_view_if_needed()
    area = page.locator("#world").bounding_box()
    assert area
    page.mouse.move(area["x"] + 40, area["y"] + 40)
    before = page.evaluate(VIEW)
    page.mouse.down()
    page.mouse.move(area["x"] + 90, area["y"] + 70, steps=4)
    page.mouse.up()
    after = page.evaluate(VIEW)
    assert (after[0] < before[0], after[1] < before[1], after[2]) == (True, True, before[2])
    page.keyboard.down("Control")
    page.mouse.wheel(0, 300)
    page.keyboard.up("Control")
    page.wait_for_function(f"{VIEW}[2] > {after[2]}")
    for _ in range(12):
        page.click("#zoom-out")
    assert page.evaluate(VIEW)[2] <= 10_400  # no farther than the whole world
    page.click("#view-near")
    assert page.evaluate(VIEW) == near
    assert opened.innocent()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_country_touched_has_its_name_in_every_view(open_page: Open, width: int) -> None:
    opened = open_page(write(crowded()), width=width, reduced_motion="reduce")
    page = opened.page
    names = {"Libya", "Tunisia", "Malta", "Italy", "Egypt", "Greece", "Israel", "Lebanon", "Syria", "Jordan", "Cyprus"}
    for view in ("#view-near", "#view-world"):
        page.click(view)
        page.wait_for_timeout(50)
        shown = page.locator(".pin.country text:visible")
        assert set(shown.all_text_contents()) == names, (view, width)
        boxes = [one.bounding_box() for one in shown.all()]
        assert not [(a, b) for a, b in combinations(boxes, 2) if a and b and overlap(a, b)], (view, width)
    assert opened.innocent()


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    """Tell whether two boxes lie on each other by more than the room above and below letters."""
    return all(
        one[at] + room < other[at] + other[size] and other[at] + room < one[at] + one[size]
        for at, size, room in (("x", "width", 3), ("y", "height", 7))
    )


def test_names_of_outlets_never_break(open_page: Open) -> None:
    lines = (
        """() => [...document.querySelectorAll(".whole")].filter((name) => name.getClientRects().length > 1).length"""
    )
    for width in (320, 700, 1280):
        page = open_page(write(replace(article(), publisher="The Washington Examiner"), retold()), width=width).page
        assert page.locator(".whole").count() > 5
        assert page.evaluate(lines) == 0
        assert page.evaluate(OVERFLOW) == 0


def test_nothing_is_cut_off(open_page: Open) -> None:
    cut = """(selector) => [...document.querySelectorAll(selector)].filter((one) => {
        const box = one.parentElement.getBoundingClientRect(), own = document.createRange();
        own.selectNodeContents(one);
        return own.getBoundingClientRect().right > box.right + 1;
    }).map((one) => one.textContent)"""
    for publisher in ("The Washington Post", "The Christian Science Monitor of Boston, Massachusetts"):
        page = open_page(write(replace(article(), publisher=publisher), retold())).page
        assert page.evaluate(cut, ".outlets h3") == []
        assert page.evaluate(cut, "#table thead span") == []


def test_a_link_of_a_claim_opens_the_article_at_its_sentence(browser: "sync_api.Browser") -> None:
    told = article()
    link = link_to(told, told.claims[0].evidence.text)
    sentence = told.claims[0].evidence.text.replace("moved radars", "<a href='#x'>moved</a> radars")
    body = (
        f"<h1>Long</h1><p style='height: 5000px'>before</p><p id='it'>{sentence}</p><p style='height: 5000px'>after</p>"
    )
    html = f"<!DOCTYPE html><title>Long</title>{body}"

    def serve(route: "sync_api.Route") -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    for at_it in (True, False):
        context = browser.new_context(viewport={"width": 800, "height": 600})
        context.route("**/*", serve)
        page = context.new_page()
        page.goto(link if at_it else link.partition("#")[0])
        page.wait_for_timeout(300)
        top = page.evaluate("document.querySelector('#it').getBoundingClientRect().top")
        assert (0 <= top <= 600) is at_it
        context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_words_stay_whole(open_page: Open, width: int) -> None:
    """Words that fit a column are not broken over lines, also where a claim has everything."""
    split = f"() => {{ {BROKEN_WORDS} }}"
    told = retold()
    words = "ambulances surrounding the diplomatic helicopters of Afghanistan"
    text = told.text.replace("Russia flew", f"{words} flew")
    every = Span(words, text.index(words), text.index(words) + len(words))
    claim = replace(told.claims[0], **dict.fromkeys(ROLES, every))
    page = open_page(write(replace(told, text=text, claims=(claim,))), width=width).page
    assert page.evaluate(split) == []
    page.evaluate("for (const cell of document.querySelectorAll('#table td')) cell.style.maxWidth = '3rem'")
    assert page.evaluate(split) != []  # it sees what is broken


def test_readings_have_the_width_of_a_phone(open_page: Open) -> None:
    page = open_page(width=390).page
    (width,) = {
        box["width"] for cell in page.locator(".readings td:first-of-type").all() if (box := cell.bounding_box())
    }
    assert width > 300


def test_dates_stand_on_one_line(open_page: Open) -> None:
    for width in (390, 1280):
        page = open_page(width=width).page
        page.evaluate("document.querySelector('#more').open = true")
        tops = {box["y"] for one in page.locator(".dates input").all() if (box := one.bounding_box())}
        assert len(tops) == 1, width


def test_a_picture_of_the_whole_page_has_all_of_it(open_page: Open) -> None:
    far = """() => [...document.querySelectorAll(".event, article, #table tbody tr")]
        .filter((one) => getComputedStyle(one).contentVisibility !== "visible").length"""
    assert open_page().page.evaluate(far) == 0


def test_what_is_shown_is_saved_as_csv(open_page: Open) -> None:
    opened = open_page()
    page = opened.page
    page.locator("thead [data-sort=confidence] button").click()
    page.select_option("[name=outlet]", "The Daily")
    sync_api.expect(page.locator("#shown")).to_have_text("3 of 5 claims")
    rows = saved_csv(opened)
    assert rows[0][:4] == ["No.", "who", "movement", "what"]
    assert [row[0] for row in rows[1:]] == ["3", "4", "5"]
    first = dict(zip(rows[0], rows[1], strict=True))
    claim = retold().claims[0]
    assert first["evidence"] == claim.evidence.text
    assert (first["id"], first["status"], first["from"]) == (claim.id, "asserted", "Syria")
    assert first["said by"] == "the officials [US officials] → The Wall Street Journal"
    opened.page.click("#reset")
    sync_api.expect(page.locator("#shown")).to_have_text("5 claims")
    rows = {row["No."]: row for row in (dict(zip(rows[0], row, strict=True)) for row in saved_csv(opened)[1:])}
    # each role in a column of its own, whatever cell it stands in on the page
    assert (rows["1"]["who"], rows["1"]["vehicle"]) == ("Russian", "Russian cargo planes")
    assert (rows["1"]["when"], rows["1"]["confidence"]) == ("Monday [16 December 2024]", "0.75")
    assert first["link"].startswith("https://daily.example/radars?a=1&b=2#:~:text=Russia%20flew")
    assert opened.innocent()


def test_nothing_in_the_csv_runs(open_page: Open) -> None:
    opened = open_page(write(*(hostile(f"{sign}HYPERLINK(1)") for sign in "=+-@"), compared=False))
    for row in saved_csv(opened)[1:]:
        assert len(row) == len(saved_csv(opened)[0])
        assert not [cell for cell in row if cell[:1] in tuple("=+-@")]


def saved_csv(opened: Opened) -> list[list[str]]:
    with opened.page.expect_download() as download:
        opened.page.click("#save-csv")
    return list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8"), newline="")))


# reviews


def select_words(page: "sync_api.Page", words: str) -> None:
    """Mark words in the text of an article, as a mouse would."""
    page.evaluate(
        """(words) => {
            const walk = document.createTreeWalker(document.querySelector("#articles"), NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const at = walk.currentNode.data.indexOf(words);
                if (at >= 0 && walk.currentNode.parentElement.closest("p[data-start]")) {
                    getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + words.length);
                    return;
                }
            }
        }""",
        words,
    )


def saved_reviews(opened: Opened, tmp_path: Path) -> list[Review]:
    with opened.page.expect_download() as download:
        opened.page.click("#review-save")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return read_reviews([path])


def test_a_review_is_kept_and_saved_and_can_be_merged(open_page: Open, tmp_path: Path) -> None:
    opened = open_page()
    page = opened.page
    assert not page.locator("#review").is_visible()
    page.click("#review-open")
    page.locator("#claim-3 th a").click()
    page.keyboard.press("a")  # accepted, and on to the next
    assert page.locator("#review-subject").inner_text() == "Claim 4"
    page.click("[data-verdict=rejected]")
    assert page.locator("#review-subject").inner_text() == "Claim 5"
    page.click("[data-verdict=corrected]")
    page.select_option("#correct-status", "prospective")
    page.fill("[data-role-of=who]", "ship")
    page.fill("[data-role-of=when]", "")
    page.click("#correct-keep")
    select_words(page, "told")
    sync_api.expect(page.locator("#review-subject")).to_have_text("Missed: “told”")
    page.click("[data-verdict=missed]")
    page.fill("[data-role-of=who]", "the officials")
    page.click("#correct-keep")
    page.locator("#claim-3 th a").click()
    page.check("#review-read")
    assert page.locator("#review-tally").inner_text() == "3 of 5 claims reviewed, 1 missed"

    page.reload()  # all is there again
    page.click("#review-open")
    assert page.locator("#review-tally").inner_text() == "3 of 5 claims reviewed, 1 missed"
    assert page.locator("#claim-4").get_attribute("data-verdict") == "rejected"
    reviews = saved_reviews(opened, tmp_path)
    assert sorted(review.verdict for review in reviews) == ["accepted", "corrected", "missed", "read", "rejected"]
    merged = Merged()
    reviewed = merge_reviews(retold(), reviews_of(retold(), reviews), merged)
    assert merged.refused == []
    assert [(claim.trigger.text, claim.review) for claim in reviewed.claims] == [
        ("flew", "accepted"), ("told", "missed"), ("leave", "corrected"),
    ]  # fmt: skip
    flew, told, leave = reviewed.claims
    assert told.who
    assert (told.who.text, told.evidence) == ("the officials", flew.evidence)
    assert leave.who
    assert (leave.who.text, leave.when, leave.status) == ("ship", None, "prospective")
    for claim in reviewed.claims:
        for span in (claim.trigger, claim.evidence, claim.who):
            assert span is None or reviewed.text[span.start : span.end] == span.text
    assert (opened.complaints, page.evaluate("window.violations")) == ([], [])


def test_a_verdict_is_taken_back(open_page: Open) -> None:
    opened = open_page()
    page = opened.page
    page.click("#review-open")
    page.locator("#claim-1 th a").click()
    page.click("[data-verdict=accepted]")
    page.locator("#claim-1 th a").click()
    assert page.locator("#review-verdict").inner_text() == "accepted"
    page.click("#review-undo")
    assert page.locator("#review-tally").inner_text() == "0 of 5 claims reviewed"
    assert page.locator("#review-save").is_disabled()
    page.fill("[name=words]", "radar")  # words typed elsewhere are no verdicts
    assert page.locator("#review-tally").inner_text() == "0 of 5 claims reviewed"
    assert opened.innocent()


def test_what_others_left_in_the_browser_does_no_harm(open_page: Open) -> None:
    opened = open_page()
    page = opened.page
    page.evaluate("""() => {
        for (const { text_sha256 } of JSON.parse(document.querySelector("#data").textContent).articles)
            localStorage.setItem(`claimx-review-${text_sha256}`, '{"x": "<img src=x onerror=hit()>"}');
    }""")
    page.reload()
    page.click("#review-open")
    assert page.locator("#review-tally").inner_text() == "0 of 5 claims reviewed"
    assert (opened.complaints, page.evaluate("window.hits")) == ([], 0)


def test_on_paper_there_is_everything_but_buttons(open_page: Open) -> None:
    opened = open_page(color_scheme="dark")
    opened.page.emulate_media(media="print")
    opened.page.evaluate("document.querySelector('#review').hidden = false")
    for gone in ("#filters", "#theme", ".views", ".skip", "#review"):
        assert not opened.page.locator(gone).first.is_visible(), gone
    for there in ("#table", "#world", ".rows", "#article-1 .text", ".legend"):
        assert opened.page.locator(there).is_visible(), there
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(opened.page.pdf()) > 10_000


def test_without_scripts_the_page_is_whole(open_page: Open) -> None:
    opened = open_page(java_script_enabled=False)
    page = opened.page
    assert opened.rows() == [1, 2, 3, 4, 5]
    assert not page.locator("#filters").is_visible()
    assert not page.locator("#theme").is_visible()
    assert page.locator("#world").is_visible()
    page.locator("#claim-3 th a").click()
    assert page.url.endswith("#evidence-3")
    assert (opened.complaints, len(opened.requests)) == ([], 1)


def test_hostile_articles_run_nothing(open_page: Open) -> None:
    opened = open_page(write(*map(hostile, PAYLOADS), compared=False))
    page = opened.page
    page.evaluate("""() => {
        for (const element of document.querySelectorAll("body *")) {
            for (const type of ["mouseover", "mouseenter", "focus", "load", "error"]) {
                element.dispatchEvent(new Event(type, { bubbles: true }));
            }
        }
    }""")
    for number in (1, 8, 20, len(PAYLOADS)):
        page.locator(f"#claim-{number} th a").click()
        page.locator(f"#evidence-{number}").click()
    shown = sync_api.expect(page.locator("#shown"))
    for payload in (PAYLOADS[0], PAYLOADS[7], "__proto__"):
        page.fill("[name=words]", payload)
        shown.to_contain_text(" of ")
        assert opened.rows()
        page.select_option("[name=outlet]", index=3)
        page.click("#reset")
        shown.not_to_contain_text(" of ")
    for head in page.locator("thead button").all():
        head.click()
    assert page.evaluate("document.querySelectorAll('script').length") == 2
    assert opened.innocent()


def test_a_script_that_got_in_would_be_stopped(open_page: Open) -> None:
    """The policy holds even where escaping would not."""
    bad = "<script>hit()</script><img src=https://evil.example/x.png onerror=hit()><p style='color:red'>x</p>"
    opened = open_page(story().replace("<main>", f"<main>{bad}"))
    assert opened.page.evaluate("window.hits") == 0
    assert opened.fetched == [opened.page.url]
    assert {"script-src-elem", "img-src", "style-src-attr"} <= set(opened.page.evaluate("window.violations"))
    assert not opened.innocent()


def test_one_article_alone(open_page: Open) -> None:
    opened = open_page(write(article()))
    assert opened.rows() == [1, 2]
    assert not opened.page.locator("[name=outlet]").count()
    assert opened.innocent()


def test_an_article_without_claims(open_page: Open) -> None:
    opened = open_page(write())
    assert opened.page.locator("#shown").inner_text() == "0 claims"
    assert opened.innocent()
