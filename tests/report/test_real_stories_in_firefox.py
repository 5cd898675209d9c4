"""The report of real stories in Firefox: light, dark, on a phone and on paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from firefox import FIREFOX, Firefox
from real_stories import STORIES, read_story, write_story
from spacy.language import Language
from storybook import BROKEN_WORDS

if FIREFOX is None:
    pytest.skip("needs Firefox on the path", allow_module_level=True)
if not STORIES:
    pytest.skip("needs the real stories", allow_module_level=True)
OVERFLOW = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with Firefox(tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_it_fits_screens_and_paper(firefox: Firefox, nlp: Language, tmp_path: Path, story: Path) -> None:
    address = write_story(story, nlp, tmp_path).as_uri()
    claims = sum(len(article.claims) for article in read_story(story, nlp))
    for width in (1280, 390):
        firefox.open(address, width=width)
        assert firefox.run("return innerWidth") == width
        assert len(firefox.texts("#table tbody tr th a")) == claims > 10
        assert firefox.run(OVERFLOW) == 0, width
        assert firefox.run(BROKEN_WORDS) == [], width
        assert firefox.complaints(address) == []
    firefox.open(address)
    grounds = set()
    for _ in range(3):
        firefox.click("#theme")
        grounds.add(firefox.run("return getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2
    assert len(firefox.paper()) > 50_000
