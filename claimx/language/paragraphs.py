"""Where paragraphs begin and end in a plain text."""

import re
from typing import Final

_BLANK_LINES: Final = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_BREAK: Final = re.compile(r"\n")
# text wrapped by hand or by a mail program keeps its lines near one width, well under that of a paragraph
_WRAP_MAX: Final = 100
_WRAP_MIN: Final = 40
_WRAP_LINES: Final = 3
# how news agencies open a report: PORTO ALEGRE, Brazil (AP) -- Soldiers …; a word in small letters after the dash, or
# a second dash soon after, makes it an aside: NATO — the alliance — …
_DATELINE: Final = re.compile(
    r"(?!.{0,60}\s(?:—|–|-{1,2})\s.{0,60}\s(?:—|–|-{1,2})\s)[A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]+){0,3}"
    r"(?:, [A-Z][\w.]*(?: [A-Z][\w.]*)?)?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2},?)?(?: \([A-Z][\w /]{1,25}\))?"
    r" ?(?:—|–|-{1,2}) (?=[“\"‘']?[A-Z\d][^A-Z])"
)
_SENTENCE_END: Final = (".", "!", "?", ":", ";", "”", '"', "’", "…", ")")


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs of `text` in order, as half-open character offsets without surrounding white space.

    Blank lines separate paragraphs, and so do single line breaks, unless the lines around them are plainly one
    paragraph wrapped at a fixed width.
    """
    # offsets must stay those of the text given, so line ends are looked at, never normalised
    plain = text.replace("\r\n", " \n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    spans: list[tuple[int, int]] = []
    for start, end in _split(plain, 0, len(plain), _BLANK_LINES):
        block = plain[start:end]
        if "\n" not in block or _is_wrapped(block):
            spans.append((start, end))
        else:
            spans.extend(_split(plain, start, end, _LINE_BREAK))
    return spans


def dateline_end(text: str, start: int) -> int:
    """The offset at which the report begins behind the dateline that a paragraph opens with; `start` if it has none."""
    match = _DATELINE.match(text, start)
    return match.end() if match else start


def _split(text: str, start: int, end: int, border: re.Pattern[str]) -> list[tuple[int, int]]:
    edges = [start]
    for match in border.finditer(text, start, end):
        edges += [match.start(), match.end()]
    edges.append(end)
    spans = []
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        piece = text[first:last]
        kept = piece.strip()
        if kept:
            offset = first + len(piece) - len(piece.lstrip())
            spans.append((offset, offset + len(kept)))
    return spans


def _is_wrapped(block: str) -> bool:
    """Is this block one paragraph broken into lines of about equal width?

    True when all lines but the last fill most of the longest line's width, that width is one people wrap at, and most
    lines break off in the middle of a sentence.
    """
    lines = [line.rstrip() for line in block.split("\n")]
    if len(lines) < _WRAP_LINES:
        return len(lines) == _WRAP_LINES - 1 and _runs_on(lines[0], lines[1])
    width = max(len(line) for line in lines)
    if not _WRAP_MIN <= width <= _WRAP_MAX:
        return False
    body = lines[:-1]
    full = sum(len(line) >= 0.75 * width for line in body)
    broken = sum(not line.endswith(_SENTENCE_END) for line in body)
    return full >= 0.8 * len(body) and broken >= 0.5 * len(body)


def _runs_on(first: str, second: str) -> bool:
    """Two lines that are one: the first is long, ends in mid-sentence, and the second goes on in lower case."""
    return _WRAP_MIN <= len(first) <= _WRAP_MAX and not first.endswith(_SENTENCE_END) and second.lstrip()[:1].islower()
