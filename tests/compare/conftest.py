"""The evaluation set, analysed once."""

import pytest
from spacy.language import Language
from stories import Story, read_stories


@pytest.fixture(scope="session")
def stories(nlp: Language) -> list[Story]:
    """The stories under tests/compare/stories, with what the embedded model finds in them."""
    return read_stories(nlp)
