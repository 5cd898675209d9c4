"""Claims that the rules alone find: what invented texts can prove, since nobody learned from them."""

from collections.abc import Iterable, Iterator

from spacy.language import Language

from claimx.language.semantics import SEMANTICS
from claimx.pipeline import extract_from_doc
from claimx.records import Article
from claimx.rules.loader import load_rules


def extract_by_rules(articles: Iterable[Article], nlp: Language) -> Iterator[Article]:
    """Yield each article with its claims and attributions, the encoder's semantic layers left out."""
    rules = load_rules()
    for article in articles:
        doc = nlp(article.text)
        doc.user_data.pop(SEMANTICS, None)
        yield extract_from_doc(article, doc, rules)
