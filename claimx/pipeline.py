"""From an article to its claims: read this first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from claimx.records import ROLES, Article, Claim, Evidence, Span, claim_id

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

    from claimx.claims.assemble import Movement


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller may set: rule packs to add, and the least confidence a claim must have (0…1)."""

    rule_packs: tuple[str | Path, ...] = ()
    min_confidence: float = 0.0


def extract(article: Article | str, *, nlp: "Language | None" = None, options: Options | None = None) -> Article:
    """Return the article with its movement claims and attributions.

    A `str` is read as a source (URL, path or "-") first. Raises ClaimxError where the source, the model or a rule
    pack is not fit.
    """
    if isinstance(article, str):
        from claimx.sources import read

        article = read(article)
    return next(extract_all([article], nlp=nlp, options=options))


def extract_all(
    articles: Iterable[Article], *, nlp: "Language | None" = None, options: Options | None = None
) -> Iterator[Article]:
    """Yield each article with its claims and attributions, in order; faster than one `extract` each."""
    from claimx.rules.loader import load_rules

    options = options or Options()
    if nlp is None:
        from claimx.language import load_model

        nlp = load_model()
    rules = load_rules(options.rule_packs)
    for article in articles:
        doc = nlp(article.text)
        claims = tuple(_claims(article, doc, rules))
        yield replace(article, claims=tuple(c for c in claims if c.confidence >= options.min_confidence))


def _claims(article: Article, doc: "Doc", rules: object) -> Iterator[Claim]:
    from claimx.claims.assemble import find_movements

    for movement in find_movements(doc, rules):  # type: ignore[arg-type]
        yield _claim(article, movement)


def _claim(article: Article, movement: "Movement") -> Claim:
    trigger = _span(movement.trigger.span)
    sent = movement.trigger.token.sent
    roles = {role: _span(movement.roles[role]) for role in ROLES if role in movement.roles}
    return Claim(
        id=claim_id(article.text, trigger),
        predicate=movement.trigger.predicate,
        trigger=trigger,
        evidence=Evidence(sent.text, sent.start_char, sent.end_char, article.text.count("\n\n", 0, sent.start_char)),
        status=movement.status,
        status_cue=_span(movement.status_cue) if movement.status_cue is not None else None,
        rules=movement.rules,
        **roles,
    )


def _span(span: "DocSpan") -> Span:
    return Span(span.text, span.start_char, span.end_char)
