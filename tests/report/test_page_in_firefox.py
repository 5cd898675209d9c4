"""The page in a real Firefox: it works there as in Chromium, and Firefox has nothing to complain of.

Needs a Firefox of the system, and no driver: it is driven over the protocol that it speaks itself.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from examples import article
from firefox import FIREFOX, Firefox
from storybook import BROKEN_WORDS, PAYLOADS, crowded, hostile, story, write

pytestmark = pytest.mark.browser

if FIREFOX is None:
    pytest.skip("needs Firefox on the path", allow_module_level=True)

ROWS = "#table tbody tr th a"
OVERFLOW = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
GROUND = "return getComputedStyle(document.body).backgroundColor"
IN_VIEW = """
(() => {
    const area = document.querySelector(arguments[0]).getBoundingClientRect();
    return area.top >= 0 && area.bottom <= innerHeight && area.width > 0;
})()"""

Open = Callable[..., str]


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    settings = {"ui.prefersReducedMotion": 1, "layout.css.prefers-color-scheme.content-override": 1}
    with Firefox(tmp_path_factory.mktemp("profile"), settings=settings) as running:
        yield running


@pytest.fixture
def open_page(firefox: Firefox, tmp_path: Path) -> Iterator[Open]:
    """Open a page; at the end Firefox must have had no complaint of it, nor must it have asked for anything."""
    opened = []

    def open_page(text: str | None = None, *, hash: str = "", width: int = 1280) -> str:
        path = tmp_path / f"{len(opened)}.html"
        path.write_text(text or story(), encoding="utf-8", newline="")
        opened.append(path.as_uri())
        firefox.open(path.as_uri() + hash, width=width)
        return path.as_uri()

    yield open_page
    assert firefox.run("return performance.getEntriesByType('resource').map((entry) => entry.name)") == []
    for address in opened:
        assert firefox.complaints(address) == []


def test_a_row_leads_to_its_evidence_and_back(firefox: Firefox, open_page: Open) -> None:
    open_page()
    firefox.click("#claim-3 td:nth-of-type(2)")
    firefox.wait(IN_VIEW, "#evidence-3")
    assert firefox.texts(".piece.active")[0] == "Russia"
    assert "claim=3" in firefox.run("return location.hash")
    firefox.click("#evidence-4")
    firefox.wait(IN_VIEW, "#claim-4")
    assert firefox.run("return document.querySelector('tr.selected').id") == "claim-4"
    firefox.run("history.back()")
    firefox.wait("document.querySelector('tr.selected')?.id === 'claim-3'")


def test_filters_show_what_fits(firefox: Firefox, open_page: Open) -> None:
    open_page()
    assert (firefox.texts(ROWS), firefox.texts("#shown")) == (["1", "2", "3", "4", "5"], ["5 claims"])
    firefox.type("[name=words]", "SYRIA flew")
    firefox.wait("document.querySelector('#shown').textContent === '1 of 5 claims'")
    assert firefox.texts(ROWS) == ["3"]
    firefox.click("#reset")
    firefox.wait("document.querySelector('#shown').textContent === '5 claims'")
    firefox.click(".statuses .s-negated")
    firefox.wait("document.querySelector('#shown').textContent === '1 of 5 claims'")
    assert firefox.texts(ROWS) == ["4"]
    firefox.click(".statuses .s-negated")
    firefox.wait("document.querySelector('#shown').textContent === '5 claims'")
    firefox.click("thead [data-sort=confidence] button")
    assert firefox.texts(ROWS) == ["3", "4", "1", "2", "5"]


def test_an_address_keeps_the_view(firefox: Firefox, open_page: Open) -> None:
    open_page(hash="#status=negated&words=benghazi&view=world")
    assert firefox.texts(ROWS) == ["4"]
    assert firefox.run("return document.querySelector('#view-world').getAttribute('aria-pressed')") == "true"


def test_the_map_is_zoomed_and_has_all_names(firefox: Firefox, open_page: Open) -> None:
    open_page(write(crowded()))
    box = "return document.querySelector('#world').getAttribute('viewBox').split(' ').map(Number)"
    near = firefox.run(box)
    firefox.click("#zoom-in")
    assert firefox.run(box)[2] < near[2]
    for view in ("#view-near", "#view-world"):
        firefox.click(view)
        assert len(set(firefox.texts(".pin.country text"))) == 11, view


def test_a_review_is_kept(firefox: Firefox, open_page: Open) -> None:
    open_page()
    firefox.click("#review-open")
    firefox.click("#claim-3 th a")
    firefox.click("[data-verdict=rejected]")
    assert firefox.texts("#review-tally") == ["1 of 5 claims reviewed"]
    firefox.reload()
    firefox.click("#review-open")
    assert firefox.texts("#review-tally") == ["1 of 5 claims reviewed"]


@pytest.mark.parametrize("width", [320, 390, 500, 700, 1280])
def test_nothing_is_wider_than_the_screen(firefox: Firefox, open_page: Open, width: int) -> None:
    open_page(width=width)
    assert firefox.run("return innerWidth") == width
    assert firefox.run(OVERFLOW) == 0
    assert firefox.texts("#claim-1 th a") == ["1"]
    assert firefox.run(BROKEN_WORDS) == []


def test_it_works_on_a_phone(firefox: Firefox, open_page: Open) -> None:
    open_page(write(crowded()), width=390)
    assert len(set(firefox.texts(".pin.country text"))) == 11
    open_page(width=390)
    assert not firefox.run("return document.querySelector('#more').open")
    firefox.click("#more summary")
    firefox.type("[name=words]", "SYRIA flew")
    firefox.wait("document.querySelector('#shown').textContent === '1 of 5 claims'")
    firefox.click("#claim-3 th a")
    firefox.wait(IN_VIEW, "#evidence-3")


def test_both_schemes_and_paper(firefox: Firefox, open_page: Open) -> None:
    open_page()
    grounds = []
    for name in ("Light", "Dark", "Auto"):  # Auto is light here: see the settings
        firefox.click("#theme")
        assert firefox.texts("#theme-name") == [name]
        grounds.append(firefox.run(GROUND))
    assert grounds[0] == grounds[2] != grounds[1]
    assert len(firefox.paper()) > 10_000


def test_one_article_alone_and_none(firefox: Firefox, open_page: Open) -> None:
    open_page(write(article()))
    assert firefox.texts(ROWS) == ["1", "2"]
    open_page(write())
    assert firefox.texts("#shown") == ["0 claims"]


def test_hostile_articles_run_nothing(firefox: Firefox, open_page: Open) -> None:
    open_page(write(*map(hostile, PAYLOADS), compared=False))
    firefox.click(f"#claim-{len(PAYLOADS)} th a")
    firefox.type("[name=words]", PAYLOADS[0])
    firefox.wait("document.querySelector('#shown').textContent.includes(' of ')")
    assert firefox.run("return document.querySelectorAll('script').length") == 2


def test_a_script_that_got_in_would_be_stopped(firefox: Firefox, tmp_path: Path) -> None:
    """The policy holds in Firefox too, and what it forbids would be among the complaints."""
    path = tmp_path / "bad.html"
    bad = "<script>document.title = 'hit'</script><p onclick=\"document.title = 'hit'\">x</p>"
    path.write_text(story().replace("<main>", f"<main>{bad}"), encoding="utf-8", newline="")
    firefox.open(path.as_uri())
    assert firefox.run("return document.title") != "hit"
    assert any("Content-Security-Policy" in complaint for complaint in firefox.complaints(path.as_uri()))
