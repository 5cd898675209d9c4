"""How spans and chains of sources read in the formats for people."""

from collections.abc import Iterable

from claimx.output.clean import clean
from claimx.records import Article, Attribution, Claim, Source, Span


def word_span(span: Span | Source | None) -> str:
    """Return a span's words; in brackets, as editors do it, what a pronoun or a relative date stands for."""
    if span is None:
        return ""
    meant = span.resolved
    if isinstance(span, Span) and span.date and span.date.edtf:
        meant = span.date.edtf
    words = clean(span.text).strip()
    return f"{words} [{clean(meant).strip()}]" if meant and meant != span.text else words


def word_sources(sources: Iterable[Source]) -> str:
    """Return who told whom, nearest to the event first: "officials → The Wall Street Journal"."""
    return " → ".join(word_span(source) for source in sources)


def word_content(attribution: Attribution) -> str:
    """Return what was said, a gap between its spans as "…"."""
    return " … ".join(clean(span.text).strip() for span in attribution.content)


def word_actors(claim: Claim) -> str:
    """Return who moves what, and the article's word for it: "Russia → radars (moved)"."""
    actors = " → ".join(filter(None, (word_span(claim.who), word_span(claim.what))))
    return f"{actors} ({word_span(claim.trigger)})".lstrip()


def word_route(claim: Claim) -> str:
    """Return whence and whither, a question mark for what the article leaves open: "Syria → ?"; "" for neither."""
    ends = (word_span(claim.origin), word_span(claim.destination))
    return " → ".join(end or "?" for end in ends) if any(ends) else ""


def word_title(article: Article) -> str:
    """Return what to call an article: its title or, failing that, its source."""
    return clean(article.title or ("standard input" if article.source == "-" else article.source)).strip()


def word_origin(article: Article) -> str:
    """Return where an article is from: publisher, authors, date and source, as far as the title does not say it."""
    parts = (article.publisher, ", ".join(article.authors), article.published, article.title and article.source)
    return " · ".join(clean(part).strip() for part in parts if part)
