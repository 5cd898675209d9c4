"""Real stories as told by many outlets, with the claims found in them, for tests of the report.

Their articles are their publishers' own and no part of claimx; where they are not beside it, tests are skipped.
"""

import functools
import io
import json
from pathlib import Path

from spacy.language import Language

import claimx
from claimx.compare import compare
from claimx.records import Article
from claimx.report import write_report

STORIES = sorted((Path(__file__).parents[3] / "shared" / "gold" / "stories").glob("*.json"))


@functools.cache
def read_story(path: Path, nlp: Language) -> tuple[Article, ...]:
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
    return tuple(articles)


def write_story(path: Path, nlp: Language, folder: Path) -> Path:
    """Write the report of a story into the folder and return its path."""
    articles = read_story(path, nlp)
    out = io.StringIO(newline="")
    write_report(articles, out, comparison=compare(articles))
    page = folder / "story.html"
    page.write_text(out.getvalue(), encoding="utf-8", newline="")
    return page
