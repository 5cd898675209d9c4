"""Sources that no reporting words give: what the encoder takes for one (*a report by X*, *his account of …*)."""

from spacy.tokens import Span, Token

from claimx import records
from claimx.claims.attribution.sources import is_anonymous, source_kind, source_span, without_additions
from claimx.rules.lexicon import Lexicon


def told_by(head: Token) -> Span:
    """Return the phrase of a source by its head word."""
    return without_additions(source_span(head))


def unattributed_source(span: Span, lexicon: Lexicon) -> records.Source:
    """Return the record of a source that stands without reporting words: its cue is None."""
    kind = source_kind(span, lexicon)
    return records.Source(
        text=span.text, start=span.start_char, end=span.end_char, kind=kind, anonymous=is_anonymous(span, kind)
    )
