"""The rules of axe-core, which stand for WCAG 2.2, asked of a page in Chromium."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from chromium import CHROMIUM

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright (the extra claimx[test])")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe (the extra claimx[test])")
if CHROMIUM is None:
    pytest.skip("needs Chromium or Chrome on the path", allow_module_level=True)


@contextmanager
def running() -> Iterator["sync_api.Browser"]:
    """Run a Chromium without a window."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def opened(browser: "sync_api.Browser", path: Path, width: int, scheme: str) -> Iterator["sync_api.Page"]:
    """Open a page file in a context of its own, at this width and in this colour scheme."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(path.as_uri())
    yield page
    context.close()


def violations(page: "sync_api.Page") -> list[tuple[str, list[str]]]:
    """Return the rules that a page breaks, each with the elements that break it."""
    found = axe.Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]
