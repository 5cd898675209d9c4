"""Runs of tokens: what a head covers to the right of a word, and what hangs over its ends."""

from spacy.tokens import Doc, Token

from claimx.language import syntax

Piece = tuple[int, int]
"""A run of tokens, half-open."""
Content = tuple[Piece, ...]
"""What is said, as runs of tokens in text order."""

STOPS = frozenset({",", ";", ":", "—", "–", "―", "-", "--", "(", ")", ".", "!", "?"})
"""Marks that end a reporting clause or part a complement from its verb."""
TENSED = syntax.FINITE_TAGS - {"MD"}
"""Tags of verbs that carry tense by themselves."""


def right_of(child: Token, verb: Token) -> Piece:
    return max(child.left_edge.i, verb.i + 1), child.right_edge.i + 1


def whole(head: Token) -> Piece:
    span = syntax.phrase(head)
    return span.start, span.end


def is_time(token: Token) -> bool:
    return token.ent_type_ in {"DATE", "TIME"}


def trimmed(doc: Doc, piece: Piece) -> Piece | None:
    """Return the run without blanks and punctuation hanging over its ends; quote marks and brackets that pair stay."""
    start, end = piece
    while start < end and (doc[start].is_space or (doc[start].is_punct and not _opens(doc[start]))):
        start += 1
    while end > start and (doc[end - 1].is_space or _hangs_over(doc, start, end - 1)):
        end -= 1
    return (start, end) if end > start else None


def _hangs_over(doc: Doc, start: int, at: int) -> bool:
    return doc[at].is_punct and doc[at].text != "%" and not closes(doc, start, at)


def _opens(token: Token) -> bool:
    return token.is_quote or token.is_left_punct


def closes(doc: Doc, start: int, at: int) -> bool:
    """Return whether a token is a bracket or quote mark that closes one in the run from `start`."""
    token = doc[at]
    if token.text in {"?", "!"}:
        return False
    if token.text in {")", "]"}:
        return any(t.text in {"(", "["} for t in doc[start:at])
    return token.is_quote and any(_opens(t) for t in doc[start:at])
