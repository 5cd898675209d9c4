"""The report of real stories, as told by many outlets: accessible, and nothing in it is wider than the screen.

The stories' articles are their publishers' own and no part of claimx; where they are not beside it, this is skipped.
"""

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language

import claimx
from claimx.compare import compare
from claimx.records import Article
from claimx.report import write_report

STORIES = sorted((Path(__file__).parents[3] / "shared" / "gold" / "stories").glob("*.json"))
if not STORIES:
    pytest.skip("needs the real stories", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright (the extra claimx[test])")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe (the extra claimx[test])")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
if CHROMIUM is None:
    pytest.skip("needs Chromium or Chrome on the path", allow_module_level=True)
LOOKS = ((1280, "light"), (1280, "dark"), (390, "light"))


@pytest.fixture(scope="module")
def browser() -> Iterator["sync_api.Browser"]:
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox"])
        yield running
        running.close()


def read_story(path: Path, nlp: Language) -> list[Article]:
    """Return the articles of a story with the claims found in them."""
    told = json.loads(path.read_text(encoding="utf-8"))["articles"]
    articles = []
    for name, article in told.items():
        paragraphs = [article["title"], *filter(None, map(str.strip, article["text"].split("\n")))]
        read = Article(
            source=name,
            text="\n\n".join(paragraphs) + "\n",
            url=article["url"],
            title=article["title"],
            publisher=article["publisher"],
            published=(article.get("date") or "")[:10] or None,
            language="en",
        )
        articles.append(claimx.extract(read, nlp=nlp))
    return articles


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_axe_finds_no_violation(browser: "sync_api.Browser", nlp: Language, tmp_path: Path, story: Path) -> None:
    articles = read_story(story, nlp)
    out = io.StringIO(newline="")
    write_report(articles, out, comparison=compare(articles))
    path = tmp_path / "story.html"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    for width, scheme in LOOKS:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
        )
        page = context.new_page()
        page.goto(path.as_uri())
        assert page.locator("#table tbody tr").count() == sum(len(article.claims) for article in articles) > 10
        found = axe.Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], (width, scheme)
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wider) == 0, (width, scheme)
        context.close()
