"""From an article to its claims: read this first."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from claimx.errors import ModelError, RuleError, SourceError, Unforeseen, unforeseen
from claimx.records import Article

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from claimx.rules.loader import RuleSet


_PASSED_OVER = "cannot be analysed (the language model gave nothing back)"
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def extract(article: Article | str, *, nlp: "Language | None" = None, rules: "RuleSet | None" = None) -> Article:
    """Return the article with its movement claims and attributions.

    A `str` is read as a source (URL, path or "-") first; `rules` is what `claimx.rules.loader.load_rules` gives, the
    bundled rules by default. Raises ClaimxError where the source or the model is not fit.
    """
    if isinstance(article, str):
        from claimx.sources import read

        article = read(article)
    return next(extract_all([article], nlp=nlp, rules=rules))


def extract_all(
    articles: Iterable[Article], *, nlp: "Language | None" = None, rules: "RuleSet | None" = None
) -> Iterator[Article]:
    """Yield each article with its claims and attributions, in order; faster than one `extract` each.

    Lone surrogates, which no file can hold, become U+FFFD in the article's text; offsets stay.
    """
    from claimx.language import load_model
    from claimx.rules.loader import bundled_rules

    nlp = nlp or load_model()
    rules = rules or bundled_rules()
    for doc, article in nlp.pipe(_texts(articles, nlp), as_tuples=True, batch_size=16):
        yield extract_from_doc(article, doc, rules)


def _texts(articles: Iterable[Article], nlp: "Language") -> "Iterator[tuple[str, Article]]":
    """Yield each article with its text, such that `nlp` can read it."""
    from claimx.language.affixes import prepare_for

    for article in articles:
        text = _SURROGATE.sub("\ufffd", article.text)
        prepare_for(nlp, text)
        yield text, article if text == article.text else replace(article, text=text)


def extract_each(
    articles: Iterable[Article], *, nlp: "Language | None" = None, rules: "RuleSet | None" = None
) -> Iterator[Article | SourceError]:
    """Yield each article as `extract_all` does, and where one breaks the analysis the error that says so.

    It costs no other article. Raises ModelError and RuleError, which concern them all, and what `articles` itself
    raises, after those that came before.
    """
    articles = iter(articles)
    pending: deque[Article] = deque()  # handed over and not yet back
    ended: list[Exception] = []  # by what, where the articles did not just come to their end

    def handed_over() -> Iterator[Article]:
        try:
            for article in articles:
                pending.append(article)
                yield article
        except Exception as error:  # no fault of the analysis, and no reason to take what is left for all
            ended.append(error)

    while True:
        try:
            for extracted in extract_all(handed_over(), nlp=nlp, rules=rules):
                pending.popleft()
                yield extracted
        except (ModelError, RuleError):
            raise
        except Exception:  # some article of those pending: which one, they show one by one
            for article in pending:
                try:
                    yield extract(article, nlp=nlp, rules=rules)
                except Exception as error:
                    yield unforeseen(article.source, "analysed", error)
            pending.clear()
        else:
            yield from (Unforeseen(article.source, f"{_PASSED_OVER}; please report this") for article in pending)
            if ended:
                raise ended[0]
            return


def extract_from_doc(article: Article, doc: "Doc", rules: "RuleSet") -> Article:
    """Return the article with what is found in its parsed text."""
    from claimx.claims.annotate import Annotator

    annotator = Annotator(article, doc, rules)
    return replace(article, claims=tuple(annotator.claims()), attributions=tuple(annotator.attributions()))
