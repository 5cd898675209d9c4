"""Who speaks, where the parse alone does not say: the words beside a reporting verb, or the subject it shares."""

from collections.abc import Collection, Iterable
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from claimx.claims.attribution.reading import Reading, sentence_of
from claimx.claims.attribution.runs import TENSED, is_time
from claimx.claims.attribution.sources import own_subject, source_head, source_span
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.language import syntax


def find_speaker(reading: Reading, verb: Token) -> Token | None:
    """Return the head of who speaks: outside quotation marks, in the reporting clause or by control."""
    inside = reading.quote_at[verb.i]
    for find in (source_head, lambda verb: _nearby_source(reading, verb), lambda verb: borrowed_source(reading, verb)):
        head = find(verb)
        if head is not None and reading.quote_at[head.i] == inside:
            return head
    return None


def borrowed_source(reading: Reading, verb: Token) -> Token | None:
    """Return the subject of the finite verb that a participle or second verb goes with, where the parse lost it."""
    if verb.tag_ not in {"VBG", "VBD", "VBZ", "VBP", "VB"}:
        return None
    inside = reading.quote_at[verb.i]
    doc = reading.doc
    for i in range(verb.i - 1, sentence_of(reading, verb)[0] - 1, -1):
        token = doc[i]
        if reading.quote_at[i] != inside or token.pos_ not in {"VERB", "AUX"} or token.tag_ in {"VBG", "VBN", "VB"}:
            continue
        subject = own_subject(token)
        if subject is not None and token.dep_ not in syntax.RELATIVES:
            return subject
    return None


def _nearby_source(reading: Reading, verb: Token) -> Token | None:
    """Return the noun next to a reporting verb that the parse left without a subject (*said General Dvornikov*)."""
    doc = verb.doc
    first, last = reading.paragraphs[reading.paragraph_of[verb.i]]
    before = doc[verb.i - 1] if verb.i > first else None
    set_off = before is not None and before.is_punct
    if verb.tag_ == "VBG" or (verb.tag_ == "VBN" and not set_off):
        return None
    if before is not None and (set_off or before.pos_ == "ADV"):
        noun = _first_noun(doc[verb.i + 1 : last], {"VERB", "AUX", "ADP", "SCONJ"})
        if noun is not None:
            head = syntax.joined_name(noun)
            while head.dep_ in {"compound", "nmod:desc", "nmod:poss"} and verb.i < head.head.i < last:
                head = head.head
            return head
    if before is not None and before.text == ",":  # X, one of the owners, said
        return object_after(doc, sentence_of(reading, verb)[0])
    behind = (t for t in reversed(doc[max(first, verb.i - 8) : verb.i]) if t.dep_ not in {"obl", "nmod"})
    noun = _first_noun(behind, {"VERB", "SCONJ", "CCONJ"})
    return syntax.joined_name(noun) if noun is not None else None


def _first_noun(words: Iterable[Token], stops: Collection[str]) -> Token | None:
    """Return the first noun that is no time, before any punctuation or word of some parts of speech."""
    run = takewhile(lambda t: not (t.is_punct or t.is_space or t.pos_ in stops), words)
    return next((t for t in run if t.pos_ in syntax.NOMINALS and not is_time(t)), None)


def subject_before(verb: Token) -> Token | None:
    """Return the head of the phrase that ends at a finite verb to which the parse gave no subject.

    It may end with a description set off by commas (*the report, released in May, **says***), and goes no further back
    than to a phrase with a comma and preposition of its own (*In Oslo, Ann Lee, a clerk, **said***).
    """
    doc = verb.doc
    if verb.tag_ not in TENSED or verb.i < 2:
        return None
    token = doc[verb.i - 2] if doc[verb.i - 1].text == "," else doc[verb.i - 1]
    if token.pos_ not in syntax.NOMINALS:
        return None
    while token.head.i < token.i and not (
        token.dep_ in {"appos", "dep", "compound"} and syntax.preposition_of(token.head)
    ):
        counted = token.head.pos_ in {*syntax.NOMINALS, "DET", "NUM"}  # the parents of **some** of the victims
        if not counted and token.head.dep_ not in {"acl", "acl:relcl"}:
            break
        token = token.head
    return token


def words_between(reading: Reading, start: int | None, verb: Token) -> Span | None:
    """Return the words between a quotation and the verb that reports it, where they are one plain phrase."""
    if start is None:
        return None
    doc, end = reading.doc, verb.i
    while start < end and (doc[start].is_punct or doc[start].is_space):
        start += 1
    if end - start > 2 and doc[end - 1].text == "-" and not doc[end - 1].whitespace_:
        end -= 2  # Mr Lee | ad-libbed
    while end > start and (doc[end - 1].pos_ in {"ADV", "AUX", "PART"} or doc[end - 1].is_space):
        end -= 1
    aired = next((t.i for t in doc[start + 1 : end] if t.lower_ == "on" and _leads_to_title(t, end)), end)
    words = doc[start:aired]
    if not any(t.pos_ in syntax.NOMINALS for t in words) or words[0].pos_ in {"ADP", "ADV", "CCONJ", "VERB"}:
        return None
    return None if any(is_time(t) or _is_clausal(t) or _parts(reading, t) for t in words) else words


def _parts(reading: Reading, token: Token) -> bool:
    """Return whether a token is punctuation that no name has."""
    named = token.text in {"-", ".", "(", ")"} or (token.is_quote and reading.quote_at[token.i] < 0)
    return token.is_punct and not named


def _leads_to_title(token: Token, end: int) -> bool:
    """Return whether a quotation follows within a phrase (*the mayor **on** Radio One’s “Morning”*)."""
    return any(t.is_quote for t in token.doc[token.i + 1 : min(end, token.i + 4)])


def _is_clausal(token: Token) -> bool:
    verbal = token.pos_ == "SCONJ" or (token.pos_ == "VERB" and token.tag_.startswith("VB"))
    return verbal and token.dep_ != "acl" and token.lower_ not in WORDS.named


def quoted_speaker(reading: Reading, saying: Token) -> Span | None:
    """Return who is quoted as saying something (*quoted **the governor** as saying*), by the words alone."""
    doc = reading.doc
    if saying.tag_ != "VBG" or saying.i < 2 or doc[saying.i - 1].lower_ != "as":
        return None
    for i in range(saying.i - 2, max(saying.i - 14, -1), -1):
        if doc[i].lower_ in VERBS.quoting:
            words = doc[i + 1 : saying.i - 1]
            if len(words) and words[0].lower_ != "by":
                return words
            subject = next((c for c in doc[i].children if c.dep_ in syntax.SUBJECTS), None)
            return source_span(subject) if subject is not None else None  # *X was quoted (by Reuters) as saying*
    return None


def object_after(doc: Doc, start: int) -> Token | None:
    """Return the head of the noun phrase that begins at `start`."""
    if start >= len(doc) or (doc[start].is_punct and not doc[start].is_quote):
        return None
    token = doc[start]
    for _ in range(12):
        head = token.head
        if (
            head.i < start
            or head.i == token.i
            or (token.dep_ in {"nsubj", "obl", "obj", "conj"} and head.pos_ in {"VERB", "AUX"})
            or any(c.dep_ in {"cop", *syntax.SUBJECTS} for c in head.children)
        ):
            break
        token = head
    return token if token.pos_ in syntax.NOMINALS or token.pos_ in {"ADJ", "NUM", "DET"} else None
