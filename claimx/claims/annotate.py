"""Movements found in a Doc turned into the claims of an article: referents, evidence and ids put beside the spans."""

from bisect import bisect_right
from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from claimx.claims.assemble import Movement, find_movements
from claimx.claims.nouns import Kinds
from claimx.claims.reference import Resolver
from claimx.language.paragraphs import find_paragraphs
from claimx.records import ROLES, Article, Claim, Evidence, Span, claim_id
from claimx.rules.loader import RuleSet

_RESOLVED_ROLES = frozenset(ROLES) - {"when"}


class Annotator:
    """What is known of one document: its referents and paragraphs."""

    def __init__(self, article: Article, doc: Doc, rules: RuleSet) -> None:
        self.article = article
        self.doc = doc
        self.rules = rules
        self.resolver = Resolver(doc)
        self.kinds = Kinds(rules, self._referent)
        self._paragraph_starts = [start for start, _ in find_paragraphs(doc.text)]

    def claims(self) -> Iterator[Claim]:
        """Yield the document's movement claims in text order."""
        for movement in find_movements(self.doc, self.rules, self.kinds):
            yield self._claim(movement)

    def _referent(self, token: Token) -> Token | None:
        span = self.resolver.resolve(self.doc[token.i : token.i + 1])
        return span.root if span is not None else None

    def _claim(self, movement: Movement) -> Claim:
        trigger = _span(movement.trigger.span)
        sent = movement.trigger.token.sent
        return Claim(
            id=claim_id(self.article.text, trigger),
            predicate=movement.trigger.predicate,
            trigger=trigger,
            evidence=self._evidence(sent),
            status=movement.status,
            status_cue=_span(movement.status_cue) if movement.status_cue is not None else None,
            rules=movement.rules,
            **{role: self._role(role, movement.roles[role]) for role in ROLES if role in movement.roles},
        )

    def _role(self, role: str, span: DocSpan) -> Span:
        referent = self.resolver.resolve(span) if role in _RESOLVED_ROLES else None
        resolved = referent.text if referent is not None and referent.text != span.text else None
        return Span(span.text, span.start_char, span.end_char, resolved=resolved)

    def _evidence(self, sent: DocSpan) -> Evidence:
        text = sent.text.rstrip()
        start = sent.start_char + len(text) - len(text.lstrip())
        text = text.lstrip()
        paragraph = max(bisect_right(self._paragraph_starts, start) - 1, 0)
        return Evidence(text, start, start + len(text), paragraph)


def _span(span: DocSpan) -> Span:
    return Span(span.text, span.start_char, span.end_char)
