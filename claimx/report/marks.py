"""An article's text cut into pieces at the offsets of its claims, so that a page can mark each in place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claimx.language.paragraphs import find_paragraphs
from claimx.output.clean import clean
from claimx.records import Article
from claimx.report.story import Entry
from claimx.rules.kinds import further_roles

ROLE_WORDS = {"origin": "from", "destination": "to"}
"""How a role is called on the page, where its name would not do."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, from the offset `start`, in which nothing begins or ends.

    `evidence` has the numbers of the claims in whose sentence it lies, `roles` what it is to which of them, `trigger`
    the claim whose movement it names (the first of several), and `ends` the claims whose trigger ends with it.
    """

    start: int
    text: str
    evidence: tuple[int, ...]
    roles: tuple[tuple[int, str], ...]
    trigger: Entry | None
    ends: tuple[Entry, ...]


Paragraph = tuple[Piece, ...]


def mark_paragraphs(article: Article, entries: Sequence[Entry]) -> list[Paragraph]:
    """Return the article's paragraphs in pieces that together are its text, less the white space between paragraphs."""
    marks = list(_marks(entries))
    return [
        tuple(_pieces(article.text, start, end, [mark for mark in marks if mark.start < end and mark.end > start]))
        for start, end in find_paragraphs(article.text)
    ]


def is_headline(paragraph: Paragraph, article: Article) -> bool:
    """Tell whether a paragraph is the article's title in the text."""
    words = clean("".join(piece.text for piece in paragraph)).strip()
    return bool(article.title) and words == clean(article.title or "").strip()


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    entry: Entry
    what: str  # "evidence", "trigger" or a role


def _marks(entries: Iterable[Entry]) -> Iterator[_Mark]:
    for entry in entries:
        claim = entry.claim
        yield _Mark(claim.evidence.start, claim.evidence.end, entry, "evidence")
        yield _Mark(claim.trigger.start, claim.trigger.end, entry, "trigger")
        further = further_roles([claim.kind])
        for role, span in claim.fillers().items():
            words = further[role].label if role in further else ROLE_WORDS.get(role, role)
            yield _Mark(span.start, span.end, entry, words)
        if cue := claim.status_cue:
            yield _Mark(cue.start, cue.end, entry, "cue")
        for source in claim.sources:
            yield _Mark(source.start, source.end, entry, "said by")


def _pieces(text: str, start: int, end: int, marks: Sequence[_Mark]) -> Iterator[Piece]:
    cuts = sorted({start, end, *(cut for mark in marks for cut in (mark.start, mark.end) if start < cut < end)})
    for first, final in pairwise(cuts):
        here = [mark for mark in marks if mark.start <= first and final <= mark.end]
        yield Piece(
            first,
            text[first:final],
            tuple(mark.entry.number for mark in here if mark.what == "evidence"),
            tuple((mark.entry.number, mark.what) for mark in here if mark.what not in ("evidence", "trigger")),
            next((mark.entry for mark in here if mark.what == "trigger"), None),
            tuple(mark.entry for mark in marks if mark.what == "trigger" and first < mark.end <= final),
        )
