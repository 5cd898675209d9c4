"""Where quotations begin and end: quote marks paired over a plain text, paragraph by paragraph.

Works on characters alone, in one pass. Double marks (`"`, `“ ”`, `« »`, `''`) may be mixed, since news text does mix
them; single marks are told from apostrophes by what stands around them. A mark that is never closed reaches to the
end of its paragraph and no further, unless the next paragraph opens with a mark again: that is how a quotation runs
on over paragraphs in English.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from claimx.claims.attribution.vocabulary import VERBS, WORDS

_MARK: Final = re.compile(r"''|``|[\"“”„‟«»'‘’‚‹›]")
_DOUBLE_OPENERS: Final = frozenset({"“", "„", "«", "``"})
_DOUBLE_CLOSERS: Final = frozenset({"”", "»"})
_SINGLE: Final = frozenset({"'", "‘", "’", "‚", "‹", "›"})
_BEFORE_OPENING: Final = frozenset('([{—–-/…:"“')
_SENTENCE_PUNCTUATION: Final = frozenset(".,!?…")
_ELISIONS: Final = re.compile(rf"(?:{'|'.join(sorted(WORDS.elided))}|\d\ds?)\b", re.IGNORECASE)
_INCHES: Final = re.compile(r"\d\s?['’′]\s?\d{1,2}$")
# a closing mark typed as an opening one: it stands right before the words that say who spoke
_TAGGING: Final = "|".join(sorted(VERBS.tagging))
_REPORTING_AHEAD: Final = re.compile(rf"\s*(?:[\w.’'-]+\s+){{0,4}}(?:{_TAGGING})\b")
_REPORTING_BEHIND: Final = re.compile(rf"\b(?:{_TAGGING})\s*[,:]\s*$")
# where a single mark can close: after punctuation, or before a blank, punctuation or the end
_SINGLE_CLOSING: Final = re.compile(r"[.,!?…]['’›]|['’›](?=[\s.,;:!?)\]”\"—–-]|$)")
_LOOK_BEHIND: Final = 24
_LOOK_AHEAD: Final = 80


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quote marks, the marks included: `text[start:end]`, half-open.

    `depth` counts the quotations around it. `closed` is False where its closing mark is missing; it then ends with its
    paragraph. `continues` marks a piece that goes on with the quotation which the paragraph before left open.
    """

    start: int
    end: int
    paragraph: int
    depth: int = 0
    closed: bool = True
    continues: bool = False
    single: bool = False


@dataclass(frozen=True, slots=True)
class _Open:
    start: int
    single: bool
    mark: str = ""


@dataclass(slots=True)
class _Scan:
    """One paragraph being read: `text[start:end]`, the marks open so far, the quotations found."""

    text: str
    start: int
    end: int
    number: int
    last_single: int
    """Where a single mark can close for the last time, -1 for nowhere."""
    surplus: dict[int, int]
    """By the offset of each curly mark: how many more closing than opening ones follow it."""
    stack: list[_Open] = field(default_factory=list)
    found: list[Quotation] = field(default_factory=list)


def find_quotations(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Quotation]:
    """Return the quotations of a text in order of their opening marks; `paragraphs` are half-open offsets."""
    found: list[Quotation] = []
    running = False  # the paragraph before left a quotation open
    for number, (start, end) in enumerate(paragraphs):
        here = _of_paragraph(text, start, end, number)
        if running and here and here[0].start == start and not here[0].single:
            here[0] = replace(here[0], continues=True)
        found += here
        last = max((q for q in here if q.depth == 0), key=lambda q: q.end, default=None)
        running = last is not None and not last.closed and not last.single
    return found


def _of_paragraph(text: str, start: int, end: int, number: int) -> list[Quotation]:
    marks = list(_MARK.finditer(text, start, end))
    last_single = max((match.start() for match in _SINGLE_CLOSING.finditer(text, start, end)), default=-1)
    scan = _Scan(text, start, end, number, last_single, _surplus(marks))
    for match in marks:
        if match.group() in _SINGLE:
            _single(scan, match)
        elif not _INCHES.search(text, max(start, match.start() - 8), match.start()):
            _double(scan, match)
    bottom = next((opened for opened in scan.stack if not opened.single), None)
    found = scan.found
    if bottom is not None:
        found = [replace(q, depth=max(1, q.depth)) if bottom.start < q.start else q for q in found]
        found.append(Quotation(bottom.start, end, number, closed=False))
    return sorted(found, key=lambda q: (q.start, -q.end))


def _surplus(marks: Sequence[re.Match[str]]) -> dict[int, int]:
    left: dict[int, int] = {}
    balance = 0
    for match in reversed(marks):
        left[match.start()] = balance
        balance += (match.group() in _DOUBLE_CLOSERS) - (match.group() in _DOUBLE_OPENERS)
    return left


def _double(scan: _Scan, match: re.Match[str]) -> None:
    mark, at, end = match.group(), match.start(), match.end()
    before, after = _around(scan, at, end)
    opened = next((i for i in range(len(scan.stack) - 1, -1, -1) if not scan.stack[i].single), None)
    may_open = _may_open(mark, before, after)
    may_close = opened is not None and (
        (mark not in _DOUBLE_OPENERS and not (may_open and before.isspace()))
        or scan.stack[opened].mark == "„"
        or _closes_in_spite(scan.text, at, end, before)
    )
    if opened is not None and may_close:
        scan.found.append(Quotation(scan.stack[opened].start, end, scan.number, depth=opened))
        del scan.stack[opened:]
    elif may_open:
        nested = mark in _DOUBLE_OPENERS and scan.surplus[at] > 1  # closing marks enough for this one and the outer
        if opened is not None and not nested:
            _end_before(scan, opened, at)
        scan.stack.append(_Open(at, single=False, mark=mark))
    elif not scan.found and before != "" and before in _SENTENCE_PUNCTUATION and _reports_ahead(scan, end):
        scan.found.append(Quotation(scan.start, end, scan.number))  # the opening mark is missing


def _may_open(mark: str, before: str, after: str) -> bool:
    if mark in _DOUBLE_OPENERS:
        return after != ""
    if mark in _DOUBLE_CLOSERS:
        return before == "" and after.isalnum()  # typed for the opening one, at the head of a paragraph
    return after != "" and not after.isspace() and _opens_after(before)


def _reports_ahead(scan: _Scan, at: int) -> bool:
    return _REPORTING_AHEAD.match(scan.text, at, min(scan.end, at + _LOOK_AHEAD)) is not None


def _end_before(scan: _Scan, opened: int, at: int) -> None:
    """End a quotation that was never closed where the next one begins."""
    stop = at
    while stop > scan.stack[opened].start and scan.text[stop - 1].isspace():
        stop -= 1
    scan.found.append(Quotation(scan.stack[opened].start, stop, scan.number, depth=opened, closed=False))
    del scan.stack[opened:]


def _around(scan: _Scan, at: int, end: int) -> tuple[str, str]:
    return scan.text[at - 1] if at > scan.start else "", scan.text[end] if end < scan.end else ""


def _opens_after(before: str) -> bool:
    return before == "" or before.isspace() or before in _BEFORE_OPENING


def _closes_in_spite(text: str, at: int, end: int, before: str) -> bool:
    """Return whether an opening mark, met inside a quotation, is a closing one typed wrong."""
    stop = at
    while stop > 0 and text[stop - 1].isspace():
        stop -= 1
    if stop == 0 or text[stop - 1] not in _SENTENCE_PUNCTUATION:
        return False
    if _REPORTING_BEHIND.search(text, max(0, at - _LOOK_BEHIND), at):
        return False
    return bool(_REPORTING_AHEAD.match(text, end, end + _LOOK_AHEAD)) or (before != "" and not before.isspace())


def _single(scan: _Scan, match: re.Match[str]) -> None:
    mark, at, end = match.group(), match.start(), match.end()
    before, after = _around(scan, at, end)
    opened = len(scan.stack) - 1 if scan.stack and scan.stack[-1].single else None
    begins = after != "" and (after.isalnum() or after in '"“[$£€#@…') and not _ELISIONS.match(scan.text, end)
    if opened is not None and before != "" and not before.isspace() and not after.isalnum():
        if before in "sS" and after.isspace() and end <= scan.last_single:
            return  # the officials' plan: a possessive, for a plainer closing mark follows
        scan.found.append(Quotation(scan.stack[opened].start, end, scan.number, depth=opened, single=True))
        del scan.stack[opened:]
    elif mark != "›" and begins and _opens_after(before) and opened is None and end <= scan.last_single:
        scan.stack.append(_Open(at, single=True))
