"""Articles for tests, their claims made by hand from words of the text."""

from collections.abc import Sequence
from dataclasses import replace

from claimx.gazetteer import actor_of, find_place
from claimx.records import Article, Attribution, Claim, Date, Evidence, Source, SourceKind, Span, Status, claim_id

Said = tuple[str, SourceKind] | tuple[str, SourceKind, bool]


def span(text: str, words: str, start: int = 0) -> Span:
    at = text.index(words, start)
    return Span(words, at, at + len(words))


def claim(
    text: str,
    trigger: str,
    *,
    rule: str = "move",
    status: Status = "asserted",
    said: Sequence[Said] = (),
    on: str | None = None,
    **roles: str,
) -> Claim:
    """Return the claim of the sentence of `trigger`; roles by their words, `said` nearest to the event first."""
    found = span(text, trigger)
    before = text[: found.start]
    start = max(before.rfind(mark) + len(mark) if mark in before else 0 for mark in (". ", "\n"))
    stop = min(end + 1 if end >= 0 else len(text) for end in (text.find(". ", found.end), text.find("\n", found.end)))
    evidence = Evidence(
        text[start:stop].strip(), start, start + len(text[start:stop].strip()), text.count("\n\n", 0, start)
    )
    spans = {}
    for role, words in roles.items():
        made = span(text, words, start)
        if role in ("origin", "destination", "via"):
            made = replace(made, place=find_place(words))
        elif role == "when":
            made = replace(made, date=Date(on, "explicit"))
        else:
            made = replace(made, actor=actor_of(words))
        spans[role] = made
    return Claim(
        id=claim_id(text, found),
        predicate=trigger,
        trigger=found,
        evidence=evidence,
        status=status,
        sources=tuple(source(text, *one) for one in said),
        rules=(rule,),
        **spans,
    )


def source(text: str, words: str, kind: SourceKind, anonymous: bool = False) -> Source:
    made = span(text, words)
    return Source(made.text, made.start, made.end, kind=kind, anonymous=anonymous, actor=actor_of(words))


def article(
    publisher: str | None,
    text: str,
    *claims: Claim,
    published: str | None = "2025-03-01",
    authors: tuple[str, ...] = (),
    title: str | None = None,
    attributions: tuple[Attribution, ...] = (),
) -> Article:
    return Article(
        source=f"{publisher or 'nobody'}.txt",
        text=text,
        publisher=publisher,
        published=published,
        authors=authors,
        title=title,
        language="en",
        claims=claims,
        attributions=attributions,
    )


def tanks(
    publisher: str | None,
    *,
    count: str = "30",
    origin: str = "Syria",
    destination: str = "Libya",
    tail: str = "",
    head: str = "",
    said: Sequence[Said] = (),
    status: Status = "asserted",
    published: str | None = "2025-03-01",
    authors: tuple[str, ...] = (),
    on: str = "2025-02-27",
) -> Article:
    """Return an article that says that Russia moved tanks; `tail` ends the sentence, `head` stands before it."""
    text = f"{head}Russia moved {count} tanks from {origin} to {destination} on that day{tail}.\n"
    made = claim(
        text, "moved", who="Russia", what=f"{count} tanks", origin=origin, destination=destination, when="that day",
        on=on, said=said, status=status,
    )  # fmt: skip
    return article(publisher, text, made, published=published, authors=authors)
