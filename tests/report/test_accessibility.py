"""The report by the rules of axe-core, which stand for WCAG 2.2: no violation, in any scheme, width or state."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_rules import opened, running, sync_api, violations
from examples import article
from storybook import story, write


@pytest.fixture(scope="module")
def browser() -> Iterator["sync_api.Browser"]:
    with running() as chromium:
        yield chromium


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [("two", 1280, "light"), ("two", 1280, "dark"), ("two", 390, "light"), ("one", 390, "dark")],
)
def test_axe_finds_no_violation(
    browser: "sync_api.Browser", tmp_path: Path, name: str, width: int, scheme: str
) -> None:
    path = tmp_path / "story.html"
    path.write_text(story() if name == "two" else write(article()), encoding="utf-8", newline="")
    with opened(browser, path, width, scheme) as page:
        assert violations(page) == []
        page.click("#review-open")
        page.evaluate("location.hash = 'claim-1'")
        page.click("[data-verdict=corrected]")
        assert violations(page) == []


def test_axe_finds_what_is_wrong(browser: "sync_api.Browser") -> None:
    page = browser.new_page()
    page.set_content("<html><body><img src='x.png'><p style='color:#ccc'>grey</p></body></html>")
    assert {"image-alt", "color-contrast", "html-has-lang"} <= {rule for rule, _ in violations(page)}
