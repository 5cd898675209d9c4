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
    doc = reading.doc
    if tag is None or is_title(reading, quote):
        return None
    if not (tag.comma or tag.inner in _BEFORE_TAG):
        return _bare_tag(reading, quote, tag.start)
    opener = doc[tag.start]
    if opener.lower_ in WORDS.no_tag:
        return None
    if tag.inner == "." and not tag.comma and not (opener.is_lower or opener.pos_ in {"PROPN", "PRON"}):
        return None
    for j in range(tag.start, tag.stop):
        token = doc[j]
        inverted = j == tag.start and token.tag_ == "VBN"  # asked Captain Osei, taken for a passive
        if quote_rule(reading.lexicon, token) is None or token.tag_ == "VBG":
            continue
        if not (inverted or syntax.is_finite(token)):
            continue
        if tag.new_sentence and _has_own_object(reading, token):
            return None
        if j == tag.start or (j == tag.start + 1 and opener.pos_ == "ADV"):
            return None if _has_own_clause(reading, token) else token
        if _is_subject_of(doc, tag.start, token):
            return token if _reports(reading, quote, tag, token) else None
    if tag.inner in {",", "!", "?"} and doc[quote.start + 1].text[:1].isupper():
        return _any_verb(doc, tag.start, tag.stop)
    return None


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
        if "\n" in doc[stop].text:
            break
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


def _bare_tag(reading: Reading, quote: Quote, i: int) -> Token | None:
    """Return the verb of a tag with no comma before it, only where it cannot be else (*“It is late” Diaz said.*)."""
    doc = reading.doc
    end = reading.paragraphs[quote.paragraph][1]
    if not sentence_like(reading, quote) or (
        doc[quote.start - 1].pos_ in {"ADP", "DET", "NOUN", "VERB"} and quote.start > 0
    ):
        return None
    for j in range(i + 1, min(i + 5, end)):
        if quote_rule(reading.lexicon, doc[j]) is not None and doc[j].tag_ in {"VBD", "VBZ"}:
            names = all(t.pos_ in {"PROPN", "PRON", "DET", "NOUN", "ADJ"} for t in doc[i:j])
            return doc[j] if names and (j + 1 == end or doc[j + 1].text in _REGION_STOPS) else None
    return None


def _any_verb(doc: Doc, start: int, stop: int) -> Token | None:
    """Return the verb of a clause right after a quotation that can only report it (*“Never!” beamed the boy*)."""
    if stop - start < 2:
        return None
    first, last = doc[start], doc[stop - 1]
    if last.pos_ in {"ADP", "ADV", "PART"} and stop - start > 2:  # she went on
        last = doc[stop - 2]
    if (
        first.tag_ in {"VBD", "VBZ"}
        and first.pos_ == "VERB"
        and doc[start + 1].pos_ in {"PROPN", "DET", "PRON", "NOUN"}
    ):
        return first
    if (
        last.tag_ in {"VBD", "VBZ"}
        and last.pos_ == "VERB"
        and stop - start <= 8
        and not _finite_before(doc, start, last.i)
    ):
        return last if first.pos_ in {"PROPN", "DET", "PRON", "NOUN", "ADJ"} else None
    return None


def _finite_before(doc: Doc, start: int, verb: int) -> bool:
    """Return whether another finite verb stands before the reporting verb, relative clauses aside."""
    relative = False
    for token in doc[start:verb]:
        if token.tag_ in {"WP", "WDT"} or token.lower_ in {"who", "which"}:
            relative = True
        elif token.text == "," and relative and doc[token.i + 1].i == verb:
            relative = False
        elif token.tag_ in syntax.FINITE_TAGS:
            hyphened = not token.whitespace_ or (token.i > start and not doc[token.i - 1].whitespace_)
            if not relative and not hyphened and token.head.i != verb:
                return True
        elif token.pos_ in {"SCONJ", "CCONJ"} and token.dep_ == "mark":
            return True
    return False


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
        if reading.quote_at[i] >= 0 or (token.text in SENTENCE_ENDS and token.dep_ == "punct") or token.text == ",":
            return None
        if quote_rule(reading.lexicon, token) is None or not syntax.is_finite(token) or token.i in reading.used:
            continue
        subject = own_subject(token)
        alone = not any(c.i > i and c.dep_ in {*syntax.OBJECTS, "ccomp", "xcomp", "advcl"} for c in token.children)
        begins = subject is not None and (subject.left_edge.i == first or doc[subject.left_edge.i].is_sent_start)
        return token if alone and begins else None
    return None


def preceding_verb(reading: Reading, quote: Quote) -> Token | None:
    """Return the reporting verb that leads up to a quotation (*X said: "…"*, *telling CNN, "…"*)."""
    doc = reading.doc
    start = reading.paragraphs[quote.paragraph][0]
    if quote.start == start:
        return _introduced(reading, quote)
    j = quote.start - 1
    while j > start and doc[j].is_space and "\n" not in doc[j].text:
        j -= 1
    before = doc[j]
    if before.text in {",", ":", "—", "–", "-"}:
        if before.text == "," and j > start and doc[j - 1].lower_ == "that":
            return None
        near = INTRO_MAX if before.text == ":" else 16
    elif before.is_alpha or before.text in {")", ".", "..."}:
        near = 6
        if not sentence_like(reading, quote):
            near = 1
            if not is_complete(reading, quote):
                return None  # said "some words" and went on without marks
    else:
        return None
    if before.text == "." and before.dep_ == "punct":
        return None
    low = max(start, j - near + 1)
    best: Token | None = None
    for k in range(j, low - 1, -1):
        token = doc[k]
        if reading.quote_at[k] >= 0 or token.text in SENTENCE_ENDS or (token.text == ";" and k < j):
            break
        if quote_rule(reading.lexicon, token) is None:
            continue
        if (token.dep_ in {"amod", "compound"} and token.tag_ not in {"VBG", "VBN"}) or _is_command(token):
            continue
        if before.is_alpha and k < j and any(t.text in {",", ":"} for t in doc[k:j]):
            break
        best = token
        break
    if best is None:
        return None
    if any(
        child.i > best.i and child.dep_ == "ccomp" and child.i < quote.start and syntax.subjects(child)
        for child in best.children
    ):
        return None
    return best


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
        if doc[k].text in SENTENCE_ENDS and doc[k].dep_ == "punct":
            return None
        if (
            reading.quote_at[k] < 0
            and quote_rule(reading.lexicon, doc[k]) is not None
            and doc[k].dep_ not in {"amod", "compound"}
            and not _is_command(doc[k])
        ):
            return doc[k]
    return None
