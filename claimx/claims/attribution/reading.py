"""What is known of a document while its attributions are being found: tokens, paragraphs, quotations, drafts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Doc, Span, Token

from claimx.claims.attribution.quotations import find_quotations
from claimx.claims.attribution.runs import Piece, is_time
from claimx.claims.attribution.vocabulary import WORDS
from claimx.language.paragraphs import find_paragraphs
from claimx.rules.lexicon import Lexicon
from claimx.rules.schema import Mode, ReportingRule

DASHES: Final = frozenset({"—", "–", "―", "-", "--"})
FULL_STOPS: Final = frozenset({".", "!", "?", "…", "..."})
SENTENCE_ENDS: Final = frozenset({".", "!", "?"})
INTRO_MAX: Final = 30
SPOKEN: Final = frozenset[Mode]({"speech", "writing"})
_DATELINE_MAX: Final = 12
_TRANSCRIPT: Final = 3  # so many paragraphs that open with a name and a colon make a text a transcript
_LONGEST_SENTENCE: Final = 400  # tokens to either side; what runs on without a full stop is no prose


@dataclass(slots=True)
class Quote:
    start: int
    end: int
    paragraph: int
    depth: int
    closed: bool
    continues: bool


@dataclass(slots=True)
class Draft:
    cue: Piece
    head: Token | None
    rule: ReportingRule
    frame: str
    pieces: list[Piece]
    source: Span | None
    direct: bool = False
    region: Piece | None = None
    relays: tuple[Span, ...] = ()
    """Who passes the words on, where the phrase itself says so (*citing **the FT**, which quoted officials*)."""


@dataclass(slots=True)
class Reading:
    doc: Doc
    lexicon: Lexicon
    paragraphs: list[Piece]
    quotes: list[Quote]
    quote_at: list[int]  # outermost quotation of each token, -1 for none
    paragraph_of: list[int]
    turns: list[Span | None]
    """By paragraph, the label of who speaks it in a transcript; None throughout where the text is none."""
    drafts: list[Draft] = field(default_factory=list)
    used: dict[int, Draft] = field(default_factory=dict)  # by the index of the cue's head

    def add(self, draft: Draft) -> None:
        """Take up an attribution; the word that heads its cue is read no second time."""
        self.drafts.append(draft)
        if draft.head is not None:
            self.used[draft.head.i] = draft


def read_document(doc: Doc, lexicon: Lexicon) -> Reading:
    offsets = find_paragraphs(doc.text)
    spans = [doc.char_span(start, end, alignment_mode="expand") for start, end in offsets]
    paragraphs = [(span.start, span.end) for span in spans if span is not None]
    paragraph_of = [0] * len(doc)
    for number, (first, last) in enumerate(paragraphs):
        paragraph_of[first:last] = [number] * (last - first)
    quotes: list[Quote] = []
    quote_at = [-1] * len(doc)
    for found in find_quotations(doc.text, offsets):
        span = doc.char_span(found.start, found.end, alignment_mode="expand")
        if span is None or _is_nickname(span):
            continue
        if found.depth == 0:
            quote_at[span.start : span.end] = [len(quotes)] * len(span)
        quotes.append(Quote(span.start, span.end, found.paragraph, found.depth, found.closed, found.continues))
    turns = [_speaker_label(doc, paragraph) for paragraph in paragraphs]
    if sum(label is not None for label in turns) < _TRANSCRIPT:
        turns = [None] * len(turns)
    return Reading(doc, lexicon, paragraphs, quotes, quote_at, paragraph_of, turns)


def _speaker_label(doc: Doc, paragraph: Piece) -> Span | None:
    """Return the name before a colon that opens a paragraph, or the quotation it opens, as in a transcript."""
    first, last = paragraph
    first += doc[first].is_quote
    for i in range(first, min(first + 5, last)):
        if doc[i].text == ":" and i > first:
            label = doc[first:i]
            return None if label.text.lower() in WORDS.signposts else label
        if doc[i].pos_ != "PROPN" and not doc[i].is_upper:
            return None
    return None


def _is_nickname(span: Span) -> bool:
    """Return whether a quotation is a name within a name (*Marcia "Cia" Price*)."""
    doc = span.doc
    if len(span) > 4 or span.start == 0 or span.end >= len(doc):
        return False
    return doc[span.start - 1].pos_ == "PROPN" and doc[span.end].pos_ == "PROPN"


def sentence_of(reading: Reading, token: Token) -> Piece:
    """Return the token's sentence, kept inside its paragraph.

    Where a parser breaks off in the middle, with nothing that could end a sentence, the parts count as one.
    """
    first, last = reading.paragraphs[reading.paragraph_of[token.i]]
    sent = token.sent
    start, end = max(sent.start, first), min(sent.end, last)
    while start > max(first, token.i - _LONGEST_SENTENCE) and not _may_end_sentence(reading.doc, start - 1):
        start = max(reading.doc[start - 1].sent.start, first)
    while end < min(last, token.i + _LONGEST_SENTENCE) and not _may_end_sentence(reading.doc, end - 1):
        end = min(reading.doc[end].sent.end, last)
    if start == first:
        start = _after_dateline(reading.doc, start, min(end, token.i))
    return start, end


def _after_dateline(doc: Doc, start: int, end: int) -> int:
    """Return where a report's first sentence begins, after place and agency (*GAO, Mali (AP) — The trucks*)."""
    if start >= end or not doc[start].is_upper or len(doc[start]) < 3:
        return start
    for i in range(start + 1, min(end, start + _DATELINE_MAX)):
        if doc[i].text in DASHES and doc[i].nbor(-1).whitespace_:
            return i + 1
        if not (doc[i].text[:1].isupper() or doc[i].is_punct or doc[i].is_digit):
            return start
    return start


def _may_end_sentence(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.is_space:
        return "\n" in token.text or i == 0 or _may_end_sentence(doc, i - 1)
    if token.text[-1:] in ".!?…:;":
        return True
    return i > 0 and (token.is_quote or token.text in {")", "]"}) and doc[i - 1].text[-1:] in ".!?…"


def clause_rule(rules: Iterable[ReportingRule], modes: Collection[str] = SPOKEN) -> ReportingRule | None:
    """Return the first rule that takes a clause for content, in one of some modes, by default those of saying."""
    return next((rule for rule in rules if "clause" in rule.takes and rule.mode in modes), None)


def quote_rule(lexicon: Lexicon, verb: Token) -> ReportingRule | None:
    if verb.pos_ not in {"VERB", "AUX"} and not verb.tag_.startswith("VB"):
        return None
    return next((rule for rule in lexicon.rules_of(verb) if "quote" in rule.takes), None)


def label_rule(reading: Reading) -> ReportingRule | None:
    return next((rule for _, rule in reading.lexicon.phrases.get(":", ())), None)


def labelled_name(label: Span) -> Span:
    """Return who a label names, without topic and time (*Ann Lee | on the strike:*; *Lee | now:*)."""
    if label[0].ent_type_ != "PERSON" and not label[0].tag_.startswith("NNP"):
        return label
    aside = next((t.i for t in label[1:] if t.lower_ in {"on", "in"} or t.pos_ == "ADV" or is_time(t)), label.end)
    return label.doc[label.start : aside]


def sentence_like(reading: Reading, quote: Quote) -> bool:
    inside = [t for t in reading.doc[quote.start : quote.end] if not t.is_punct and not t.is_space]
    return len(inside) >= 4 and inside[0].text[:1].isupper()


def is_complete(reading: Reading, quote: Quote) -> bool:
    """Return whether a quotation ends with its sentence, rather than being a few words within one."""
    doc = reading.doc
    if not quote.closed or last_inside(doc, quote) in {*FULL_STOPS, ","}:
        return True
    return quote.end >= reading.paragraphs[quote.paragraph][1] or doc[quote.end].text in {*FULL_STOPS, *DASHES, ","}


def is_title(reading: Reading, quote: Quote) -> bool:
    """Return whether a quotation is the title of a work within a sentence (*on “Meet the Press,” he said that …*)."""
    doc = reading.doc
    if quote.start == 0 or doc[quote.start - 1].pos_ not in {"ADP", "NOUN", "PROPN", "PART", "DET", "ADJ", "NUM"}:
        return False
    words = [t.text for t in doc[quote.start : quote.end] if t.is_alpha]
    return 0 < len(words) <= 8 and all(w[0].isupper() or len(w) <= 3 for w in words)


def last_inside(doc: Doc, quote: Quote) -> str:
    """Return the last token before the closing mark, or the mark itself where it is glued on."""
    i = quote.end - 1
    while i > quote.start and (doc[i].is_quote or doc[i].is_space):
        i -= 1
    return doc[i].text[-1:] if doc[i].is_punct or doc[i].text[-1:] in ",?!" else doc[i].text
