"""Reviews merged into the articles that they are about: what is right stays, what is wrong goes, the missed comes."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from claimx.claims.dates import published_on, resolve_date
from claimx.gazetteer import actor_of, find_place
from claimx.language.paragraphs import find_paragraphs
from claimx.records import Article, Claim, Evidence, Role, Span, claim_id
from claimx.review.records import Review, Verdict, Words, article_key

RULE = "review"
"""Stands among the rules of a claim that a reader added."""

_PLACES = ("origin", "destination", "via")
# a sentence ends at its stop, unless that is of an initial or an abbreviation: Mr., U.S., Gen.
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?…][”\"’)\]]*\s+(?=[“\"‘'(\[]?[A-Z0-9])"
)


@dataclass(slots=True)
class Merged:
    """What merging came to: the verdicts taken in, and those that fit nothing, in words."""

    taken: Counter[Verdict] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)


def merge_reviews(article: Article, reviews: Iterable[Review], merged: Merged) -> Article:
    """Return the article as its reader has it; `reviews` are those about its text, `merged` is told what came of each.

    A claim that is accepted or corrected says so (`review`); one that is rejected is gone, and nothing is disputed by
    it any more; one that was missed stands where its words do. The same reviews merged again change nothing.
    """
    claims = {claim.id: claim for claim in article.claims}
    for review in reviews:
        if review.verdict == "read":
            merged.taken["read"] += 1
        elif review.verdict == "missed":
            _add(article, review, claims, merged)
        elif review.claim in claims:
            _judge(article, review, claims, merged)
        elif review.verdict == "rejected":
            merged.taken["rejected"] += 1  # gone since an earlier merge
        else:
            merged.refused.append(f"{article.source}: no claim {review.claim} is left in it")
    kept = [*claims.values()]
    if [*claims] != [claim.id for claim in article.claims]:
        kept.sort(key=lambda claim: (claim.trigger.start, claim.trigger.end))
    left = tuple(replace(claim, disputed_by=tuple(filter(claims.__contains__, claim.disputed_by))) for claim in kept)
    return article if left == article.claims else replace(article, claims=left)


def _judge(article: Article, review: Review, claims: dict[str, Claim], merged: Merged) -> None:
    claim = claims[review.claim or ""]
    if review.verdict == "rejected":
        del claims[claim.id]
    elif review.verdict == "accepted":
        claims[claim.id] = replace(claim, review="accepted")
    elif (corrected := _filled(article, claim, review, merged)) is not None:
        claims[claim.id] = replace(corrected, review="corrected")
    else:
        return
    merged.taken[review.verdict] += 1


def _add(article: Article, review: Review, claims: dict[str, Claim], merged: Merged) -> None:
    trigger = _find(article.text, review.trigger) if review.trigger else None
    if trigger is None:
        merged.refused.append(f"{article.source}: the missed words do not stand in it")
        return
    bare = Claim(
        claim_id(article.text, trigger),
        trigger.text.lower(),
        trigger,
        _evidence(article.text, trigger),
        rules=(RULE,),
        confidence=1.0,
        review="missed",
    )
    known = claims.get(bare.id)
    if known is not None and known.review != "missed":
        merged.refused.append(f"{article.source}: {trigger.text!r} is no missed claim, one is there; correct that")
    elif (added := _filled(article, bare, review, merged)) is not None:
        claims[added.id] = added
        merged.taken["missed"] += 1


def _filled(article: Article, claim: Claim, review: Review, merged: Merged) -> Claim | None:
    """Return the claim with the status and roles of a review, None where its words do not stand in the article."""
    changes: dict[Role, Span | None] = {}
    for role, words in review.roles.items():
        present: Span | None = getattr(claim, role)
        if not words.strip():
            changes[role] = None
        elif present is None or present.text != words:
            span = _nearest(article.text, words.strip(), claim)
            if span is None:
                merged.refused.append(f"{article.source}: {role} is not in its words: {words.strip()[:60]!r}")
                return None
            changes[role] = _resolved(role, span, article)
    cue = None if review.status and review.status != claim.status else claim.status_cue
    return replace(claim, status=review.status or claim.status, status_cue=cue, **changes)  # type: ignore[arg-type]


def _nearest(text: str, words: str, claim: Claim) -> Span | None:
    """Return where words stand: in the claim's sentence if they do, as near to its trigger as they do."""
    evidence, at = claim.evidence, claim.trigger.start
    return _closest(text, words, lambda start: (not evidence.start <= start < evidence.end, abs(start - at)))


def _find(text: str, words: Words) -> Span | None:
    """Return the words where they are said to stand, or where they stand nearest to that."""
    if text[words.start : words.end] == words.text:
        return Span(words.text, words.start, words.end)
    return _closest(text, words.text, lambda start: (False, abs(start - words.start))) if words.text.strip() else None


def _closest(text: str, words: str, distance: Callable[[int], tuple[bool, int]]) -> Span | None:
    start = min((match.start() for match in re.finditer(re.escape(words), text)), key=distance, default=None)
    return None if start is None else Span(words, start, start + len(words))


def _resolved(role: Role, span: Span, article: Article) -> Span:
    """Return the span with the place, date or actor that its words name, as far as lists tell."""
    if role in _PLACES:
        return replace(span, place=find_place(span.text))
    if role == "when":
        return replace(span, date=resolve_date(span.text, published_on(article)))
    return replace(span, actor=actor_of(span.text)) if role == "who" else span


def _evidence(text: str, trigger: Span) -> Evidence:
    """Return the sentence around a trigger, as far as stops tell."""
    for number, (start, end) in enumerate(find_paragraphs(text)):
        if start <= trigger.start < end:
            ends = [match.end() for match in _SENTENCE_END.finditer(text, start, end)]
            first = max((at for at in ends if at <= trigger.start), default=start)
            last = min((at for at in ends if at >= trigger.end), default=max(end, trigger.end))
            words = text[first:last].rstrip()
            return Evidence(words, first, first + len(words), number)
    return Evidence(trigger.text, trigger.start, trigger.end, 0)


def reviews_of(article: Article, reviews: Iterable[Review]) -> list[Review]:
    """Return the reviews that are about an article's text."""
    key = article_key(article)["text_sha256"]
    return [review for review in reviews if review.article.text_sha256 == key]
