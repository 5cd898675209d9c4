"""The report of real stories in Chromium: accessible, nothing wider than the screen, no word broken in the middle."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_rules import opened, running, sync_api, violations
from real_stories import STORIES, read_story, write_story
from spacy.language import Language
from storybook import BROKEN_WORDS

if not STORIES:
    pytest.skip("needs the real stories", allow_module_level=True)
LOOKS = ((1280, "light"), (1280, "dark"), (390, "light"))


@pytest.fixture(scope="module")
def browser() -> Iterator["sync_api.Browser"]:
    with running() as chromium:
        yield chromium


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_axe_finds_no_violation(browser: "sync_api.Browser", nlp: Language, tmp_path: Path, story: Path) -> None:
    path = write_story(story, nlp, tmp_path)
    claims = sum(len(article.claims) for article in read_story(story, nlp))
    for width, scheme in LOOKS:
        with opened(browser, path, width, scheme) as page:
            assert page.locator("#table tbody tr").count() == claims > 10
            assert violations(page) == [], (width, scheme)
            wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wider) == 0, (width, scheme)
            assert page.evaluate(f"() => {{ {BROKEN_WORDS} }}") == [], (width, scheme)
