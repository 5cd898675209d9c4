"""Articles built by hand: a sentence a claim, roles by their words."""

from typing import Any

from claimx.gazetteer import actor_of, find_place
from claimx.records import Article, Claim, Date, Evidence, Source, Span, claim_id

_PLACES = ("origin", "destination", "via")


def make_article(*sentences: dict[str, Any], source: str = "a.txt", title: str | None = None, **more: Any) -> Article:
    """Return an article of sentences: `text`, roles by their words, `sources`, `edtf`, and fields of the claim.

    `text` in braces the trigger: "Russia {moved} radars."
    """
    texts = [sentence["text"].replace("{", "").replace("}", "") for sentence in sentences]
    whole = "\n\n".join(texts)
    claims, start = [], 0
    for number, (sentence, text) in enumerate(zip(sentences, texts, strict=True)):
        claims.append(_claim(dict(sentence), whole, text, start, number))
        start += len(text) + 2
    return Article(source=source, text=whole, title=title, claims=tuple(claims), **more)


def _claim(sentence: dict[str, Any], whole: str, text: str, start: int, number: int) -> Claim:
    trigger = sentence.pop("text").partition("{")[2].partition("}")[0]

    def span(words: str, **more: Any) -> Span:
        begin = start + text.index(words)
        return Span(words, begin, begin + len(words), **more)

    roles: dict[str, Any] = {}
    for role in ("who", "what", "origin", "destination", "via", "vehicle", "when"):
        if words := sentence.pop(role, None):
            resolved = sentence.pop(f"{role}_is", None)
            meant = resolved or words
            if role in _PLACES:
                roles[role] = span(words, resolved=resolved, place=find_place(meant))
            elif role == "when":
                roles[role] = span(words, date=Date(sentence.pop("edtf", None), "explicit"))
            else:
                roles[role] = span(words, resolved=resolved, actor=actor_of(meant) if role == "who" else None)
    sources = tuple(
        Source(words, span(words).start, span(words).end, kind, actor=actor_of(words))
        for words, kind in sentence.pop("sources", ())
    )
    return Claim(
        id=claim_id(whole, span(trigger)),
        predicate=trigger,
        trigger=span(trigger),
        evidence=Evidence(text, start, start + len(text), number),
        sources=sources,
        **roles,
        **sentence,
    )


RADARS = {"text": "Russia {moved} radars to Libya.", "who": "Russia", "what": "radars", "destination": "Libya"}
PAGE = make_article(
    RADARS,
    source="https://example.org/radars",
    url="https://example.org/radars",
    title="Radars",
    published="2024-12-19",
    retrieved_at="2024-12-19T10:00:00Z",
    sha256="aa",
)
