"""The reporting verb that goes with a quotation: in the clause after it, before it, or ending the paragraph above."""

from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Token

from claimx.claims.attribution.reading import (
    DASHES,
    FULL_STOPS,
    INTRO_MAX,
    SENTENCE_ENDS,
    Quote,
    Reading,
    is_complete,
    is_title,
    last_inside,
    quote_rule,
    sentence_like,
)
from claimx.claims.attribution.runs import is_time
from claimx.claims.attribution.sources import own_subject
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.language import syntax

_BEFORE_TAG: Final = frozenset({",", "?", "!", "—", "–", "-", "…", "...", "."})
_OPEN_NOUN: Final = frozenset({"PROPN", "DET", "PRON", "NOUN", "ADJ"})
_WITHIN: Final = frozenset({"ADP", "DET", "NOUN", "ADJ", "PROPN"})
_REGION_STOPS: Final = frozenset({".", "!", "?", ";", ":"})
_REGION_MAX: Final = 40
_ENDING_MAX: Final = 14


@dataclass(frozen=True, slots=True)
class _Tag:
    """The words after a quotation that may say who spoke: `start:stop`, and how the quotation ends.

    `inner` is the last mark or character inside the quotation, `comma` whether a comma or dash follows it.
    """

    start: int
    stop: int
    inner: str
    comma: bool

    @property
    def new_sentence(self) -> bool:
        """Whether the quotation ends like a sentence, so that the words after it may be another one."""
        return self.inner in FULL_STOPS and not self.comma


def following_verb(reading: Reading, quote: Quote) -> Token | None:
    """Return the reporting verb of the clause right after a quotation (*"…," said X*; *"…," X told Y*)."""
    tag = _tag(reading, quote)
    if tag is None or is_title(reading, quote) or not (tag.comma or tag.inner in _BEFORE_TAG):
        return None
    if not _may_open(tag, reading.doc[tag.start]):
        return None
    for token in reading.doc[tag.start : tag.stop]:
        if quote_rule(reading.lexicon, token) is None or token.tag_ == "VBG" or not syntax.is_finite(token):
            continue
        if tag.new_sentence and _has_own_object(reading, token):
            return None
        if token.i == tag.start:
            return None if _has_own_clause(reading, token) else token
        if _is_subject_of(reading.doc, tag.start, token):
            return token if _reports(reading, quote, tag, token) else None
    opens = reading.doc[quote.start + 1].text[:1].isupper()
    return _any_verb(reading.doc, tag.start, tag.stop) if opens and tag.inner in {",", "!", "?"} else None


def _may_open(tag: _Tag, opener: Token) -> bool:
    """Return whether a word may begin the words about a quotation: behind a full stop no new sentence's."""
    runs_on = tag.inner != "." or tag.comma or opener.is_lower or opener.pos_ in {"PROPN", "PRON"}
    return runs_on and opener.lower_ not in WORDS.no_tag


def _tag(reading: Reading, quote: Quote) -> _Tag | None:
    doc, end = reading.doc, reading.paragraphs[quote.paragraph][1]
    start, comma = quote.end, False
    while start < end and (doc[start].text in {",", *DASHES} or (doc[start].is_space and "\n" not in doc[start].text)):
        comma = comma or not doc[start].is_space
        start += 1
    if start >= end or reading.quote_at[start] >= 0 or doc[start].text in _REGION_STOPS:
        return None
    stop = start
    limit = min(end, start + _REGION_MAX)
    while stop < limit and doc[stop].text not in _REGION_STOPS and reading.quote_at[stop] < 0:
        stop += 1
    return _Tag(start, stop, last_inside(doc, quote), comma)


def _is_subject_of(doc: Doc, start: int, verb: Token) -> bool:
    """Return whether the words from `start` to the verb are its subject, by the parse or by their kind."""
    subject = next((s for s in syntax.subjects(verb) if s.i < verb.i), None)
    if subject is not None and subject.left_edge.i <= start + 1:
        return True
    return not _finite_before(doc, start, verb.i) and any(t.pos_ in syntax.NOMINALS for t in doc[start : verb.i])


def _reports(reading: Reading, quote: Quote, tag: _Tag, verb: Token) -> bool:
    """Return whether a verb with its subject reports the quotation before it, rather than going on with its own."""
    own = _has_own_clause(reading, verb)
    if tag.inner == "." and not tag.comma:
        return verb.i + 1 >= tag.stop and not own
    within = quote.start > reading.paragraphs[quote.paragraph][0] and reading.doc[quote.start - 1].pos_ in _WITHIN
    return not own or (not within and (tag.comma or tag.inner in {",", "?", "!"}))


def _any_verb(doc: Doc, start: int, stop: int) -> Token | None:
    """Return the verb of a clause right after a quotation that can only report it (*“Never!” beamed the boy*)."""
    first, last = doc[start], doc[stop - 1]
    if stop - start > 1 and _may_tell(first) and doc[start + 1].pos_ in _OPEN_NOUN - {"ADJ"}:
        return first
    alone = stop - start <= 8 and not _finite_before(doc, start, last.i)
    return last if _may_tell(last) and alone and first.pos_ in _OPEN_NOUN else None


def _may_tell(verb: Token) -> bool:
    return verb.tag_ in {"VBD", "VBZ"} and verb.pos_ == "VERB"


def _finite_before(doc: Doc, start: int, verb: int) -> bool:
    """Return whether another finite verb stands before the reporting verb, relative clauses aside."""
    return any(token.tag_ in syntax.FINITE_TAGS and token.head.i != verb for token in doc[start:verb])


def _has_own_clause(reading: Reading, verb: Token) -> bool:
    """Return whether the verb has a content clause to its right outside quotation marks."""
    return any(
        child.i > verb.i
        and child.dep_ == "ccomp"
        and reading.quote_at[child.i] < 0
        and syntax.is_finite(child)
        and not any(t.text == "," for t in verb.doc[verb.i + 1 : child.left_edge.i + 1])
        for child in verb.children
    )


def _has_own_object(reading: Reading, verb: Token) -> bool:
    """Return whether the verb has an object of its own: another sentence, not a tag to the quotation."""
    if verb.lower_ in VERBS.telling:
        return False
    return any(
        child.i > verb.i
        and reading.quote_at[child.i] < 0
        and (child.dep_ in {"ccomp", "xcomp"} or (child.dep_ in syntax.OBJECTS and not is_time(child)))
        and own_subject(verb) is not None
        for child in verb.children
    )


def ending_verb(reading: Reading, quote: Quote) -> Token | None:
    """Return the reporting verb of the short sentence before a quotation (*The chief agreed. “It is late.”*)."""
    doc = reading.doc
    first = reading.paragraphs[quote.paragraph][0]
    stop = quote.start - 1
    if stop <= first or doc[stop].text != "." or not sentence_like(reading, quote):
        return None
    for i in range(stop - 1, max(first, stop - _ENDING_MAX) - 1, -1):
        token = doc[i]
        if reading.quote_at[i] >= 0 or token.text in {*SENTENCE_ENDS, ","}:
            return None
        if quote_rule(reading.lexicon, token) is None or not syntax.is_finite(token) or token.i in reading.used:
            continue
        subject = own_subject(token)
        alone = not any(c.i > i and c.dep_ in {*syntax.OBJECTS, "ccomp", "xcomp", "advcl"} for c in token.children)
        begins = subject is not None and subject.left_edge.is_sent_start
        return token if alone and begins else None
    return None


def preceding_verb(reading: Reading, quote: Quote) -> Token | None:
    """Return the reporting verb that leads up to a quotation (*X said: "…"*, *telling CNN, "…"*)."""
    doc = reading.doc
    start = reading.paragraphs[quote.paragraph][0]
    if quote.start == start:
        return _introduced(reading, quote)
    j = quote.start - 1
    while j > start and doc[j].is_space:
        j -= 1
    for token in reversed(doc[max(start, j + 1 - _reach_back(reading, quote, doc[j])) : j + 1]):
        if reading.quote_at[token.i] >= 0 or token.text in SENTENCE_ENDS:
            return None
        if quote_rule(reading.lexicon, token) is not None:
            parted = doc[j].is_alpha and any(t.text in {",", ":"} for t in doc[token.i : j])
            content = (c for c in token.rights if c.dep_ == "ccomp" and c.i < quote.start)
            return None if parted or any(syntax.subjects(clause) for clause in content) else token
    return None


def _reach_back(reading: Reading, quote: Quote, before: Token) -> int:
    """Return within how many tokens the verb stands that leads up to a quotation, by what is right before that."""
    if before.text in {",", ":", "—", "–", "-"}:
        if before.i and before.nbor(-1).lower_ == "that":
            return 0
        return INTRO_MAX if before.text == ":" else 16
    if not before.is_alpha and before.text not in {")", "..."}:
        return 0
    if sentence_like(reading, quote):
        return 6
    return 1 if is_complete(reading, quote) else 0  # said "some words" and went on without marks


def _introduced(reading: Reading, quote: Quote) -> Token | None:
    """Return the verb that ends the paragraph before with a colon (*He said:* ¶ *"…"*)."""
    if quote.paragraph == 0:
        return None
    first, last = reading.paragraphs[quote.paragraph - 1]
    doc = reading.doc
    if doc[last - 1].text[-1:] != ":":
        return None
    return last_verb(reading, first, last - 1)


def _is_command(verb: Token) -> bool:
    """Return whether a verb bids the reader (***Read** the letter below:*)."""
    return verb.tag_ == "VB" and verb.dep_ == "ROOT" and verb.left_edge.i == verb.i


def last_verb(reading: Reading, first: int, last: int) -> Token | None:
    doc = reading.doc
    for k in range(last - 1, max(first, last - INTRO_MAX) - 1, -1):
        if doc[k].text in SENTENCE_ENDS:
            return None
        if quote_rule(reading.lexicon, doc[k]) is not None and not _is_command(doc[k]):
            return doc[k]
    return None
