"""The report of real stories, as told by many outlets: accessible, and nothing in it is wider than the screen.

The stories' articles are their publishers' own and no part of claimx; where they are not beside it, this is skipped.
"""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_rules import opened, running, sync_api, violations
from spacy.language import Language

import claimx
from claimx.compare import compare
from claimx.records import Article
from claimx.report import write_report

STORIES = sorted((Path(__file__).parents[3] / "shared" / "gold" / "stories").glob("*.json"))
if not STORIES:
    pytest.skip("needs the real stories", allow_module_level=True)
LOOKS = ((1280, "light"), (1280, "dark"), (390, "light"))


@pytest.fixture(scope="module")
def browser() -> Iterator["sync_api.Browser"]:
    with running() as chromium:
        yield chromium


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
        with opened(browser, path, width, scheme) as page:
            assert page.locator("#table tbody tr").count() == sum(len(article.claims) for article in articles) > 10
            assert violations(page) == [], (width, scheme)
            wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wider) == 0, (width, scheme)
