"""The report by the rules of axe-core, which stand for WCAG 2.2: no violation, in any scheme, width or state."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from examples import article
from storybook import story, write

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright (the extra claimx[test])")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe (the extra claimx[test])")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
if CHROMIUM is None:
    pytest.skip("needs Chromium or Chrome on the path", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator["sync_api.Browser"]:
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox"])
        yield running
        running.close()


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [("two", 1280, "light"), ("two", 1280, "dark"), ("two", 390, "light"), ("one", 390, "dark")],
)
def test_axe_finds_no_violation(
    browser: "sync_api.Browser", tmp_path: Path, name: str, width: int, scheme: str
) -> None:
    path = tmp_path / "story.html"
    path.write_text(story() if name == "two" else write(article()), encoding="utf-8", newline="")
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(path.as_uri())
    assert violations(page) == []
    page.click("#review-open")
    page.evaluate("location.hash = 'claim-1'")
    page.click("[data-verdict=corrected]")
    assert violations(page) == []
    context.close()


def test_axe_finds_what_is_wrong(browser: "sync_api.Browser") -> None:
    page = browser.new_page()
    page.set_content("<html><body><img src='x.png'><p style='color:#ccc'>grey</p></body></html>")
    assert {"image-alt", "color-contrast", "html-has-lang"} <= {rule for rule, _ in violations(page)}


def violations(page: "sync_api.Page") -> list[tuple[str, list[str]]]:
    found = axe.Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]
