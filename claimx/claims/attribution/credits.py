"""Who is given the credit beside a clause: *, reports Channel 4*; *first told by the Post*; *heard from aides that*."""

from typing import Final

from spacy.tokens import Doc, Span, Token

from claimx.claims.attribution import cues as cue_finders
from claimx.claims.attribution.reading import DASHES, SENTENCE_ENDS, Draft, Reading, clause_rule, sentence_of
from claimx.claims.attribution.runs import Piece
from claimx.claims.attribution.sources import own_subject, source_kind, source_span, whole_source
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.claims.attribution.words import around_aside
from claimx.language import syntax
from claimx.rules.schema import ReportingRule

_CREDIT_MAX: Final = 14  # tokens of the name that a tag may give
_OF_A_NAME: Final = frozenset({"of", "from", "at", "by"})
_HEARD_MAX: Final = 12  # tokens from *from* to *that*


def attribute_credits(reading: Reading) -> None:
    """Add what is credited to somebody beside its clause, before the clause's own words are read."""
    for token in reading.doc:
        if token.i in reading.used:
            continue
        rules = reading.lexicon.verbs.get(token.lower_, ())
        draft = _inverted_tag(reading, token, rules)
        hosted = next((rule for rule in rules if rule.takes == ("host",)), None)
        if draft is None and hosted is not None:
            draft = (
                _heard(reading, token, hosted) if hosted.vouched_prepositions else _first_told(reading, token, hosted)
            )
        if draft is not None:
            reading.add(draft)


def _inverted_tag(reading: Reading, verb: Token, rules: tuple[ReportingRule, ...]) -> Draft | None:
    """Return the attribution of a tag that ends a clause, verb first (*…, **reports Channel 4***; *…, **say aides***).

    The parse takes who speaks for the verb's object, so that the words decide.
    """
    doc = reading.doc
    rule = clause_rule(rules)
    if rule is None or verb.i < 3 or verb.lower_ in VERBS.telling or reading.quote_at[verb.i] >= 0:
        return None
    named = verb.i + 1 < len(doc) and doc[verb.i + 1].pos_ in {"PROPN", "DET"}
    if verb.tag_ not in syntax.FINITE_TAGS and not (verb.tag_ == "NNS" and named):
        return None
    first, last = sentence_of(reading, verb)
    subject = own_subject(verb)
    if doc[verb.i - 1].text not in {",", *DASHES} or (subject is not None and subject.i < verb.i):
        return None
    if not any(t.tag_ in syntax.FINITE_TAGS for t in doc[first : verb.i]):
        return None
    words = _credited(doc[verb.i + 1 : min(last, verb.i + _CREDIT_MAX)])
    if words is None or source_kind(words, reading.lexicon) == "other":
        return None
    source = whole_source(words.root, (verb.i, verb.i + 1))
    if source.end < words.end:
        source = words
    region = (verb.i, source.end)
    pieces = around_aside(reading, verb, region, (first, last))
    return Draft((verb.i, verb.i + 1), verb, rule, "clause", pieces, source, region=region)


def _credited(words: Span) -> Span | None:
    """Return the noun phrase that a tag ends with, None where a verb of its own follows or nothing ends it."""
    end = words.start
    for token in words:
        if token.is_quote or token.text in {",", ";", ":", *DASHES, *SENTENCE_ENDS}:
            break
        if token.tag_ in syntax.FINITE_TAGS or token.pos_ in {"SCONJ", "PART"}:
            return None
        if token.pos_ == "ADP" and token.lower_ not in _OF_A_NAME:
            break
        end = token.i + 1
    named = words.doc[words.start : end]
    return named if any(t.pos_ in syntax.NOMINALS for t in named) else None


def _first_told(reading: Reading, verb: Token, rule: ReportingRule) -> Draft | None:
    """Return the attribution to who told of a thing first (*as first reported by X; a visit, disclosed by X, …*)."""
    doc = reading.doc
    agent = next(iter(syntax.agents(verb)), None)
    if agent is None or verb.tag_ != "VBN" or any(c.dep_ in syntax.AUXILIARIES for c in verb.children):
        return None
    source = source_span(agent)
    if source_kind(source, reading.lexicon) == "other":
        return None
    first, last = sentence_of(reading, verb)
    start = verb.i - 1 if doc[verb.i - 1].lower_ in WORDS.earliest else verb.i
    if start > first and doc[start - 1].lower_ == "as":
        begin, of_all = start - 1, True
    elif verb.dep_ == "acl" and (start < verb.i or doc[start - 1].text in {",", *DASHES}):
        begin, of_all = _told_of(verb, first)
    else:
        return None
    region = (begin, source.end)
    pieces = _rest(doc, region, (first, last)) if of_all else [(begin, start)]
    return Draft((verb.i, verb.i + 1), verb, rule, "host", pieces, source, region=region)


def _told_of(verb: Token, first: int) -> tuple[int, bool]:
    """Return where a phrase begins of which somebody told, and whether the sentence around it is what he told.

    It is after *in* and for what is added (*it sank, **in a report first told by X***; *…, **a loss disclosed by X***).
    """
    doc = verb.doc
    begin = min(syntax.phrase(verb.head).start, verb.head.left_edge.i)
    while doc[begin].is_punct:
        begin += 1
    before = doc[begin - 1] if begin > first else None
    if before is not None and before.text in {",", *DASHES} and doc[begin].lower_ in {"a", "an"}:
        return begin, True
    opens = doc[begin] if doc[begin].pos_ == "ADP" else before
    return (opens.i, True) if opens is not None and opens.lower_ == "in" else (begin, False)


def _rest(doc: Doc, region: Piece, sentence: Piece) -> list[Piece]:
    """Return the clause that a phrase stands beside: what comes before it, else what follows."""
    start, end = region
    return [(sentence[0], start)] if start > sentence[0] + 1 else [(end, sentence[1])]


def _heard(reading: Reading, verb: Token, rule: ReportingRule) -> Draft | None:
    """Return the attribution to whom somebody has a thing from (*he had **learned from clerks that** …*)."""
    doc = reading.doc
    marker = next((t for t in doc[verb.i + 1 : verb.i + 4] if t.lower_ == "from"), None)
    if marker is None:
        return None
    between = [t.lower_ for t in doc[verb.i + 1 : marker.i] if t.pos_ not in {"ADV", "DET", "ADJ"}]
    heard = len(between) == 1 and between[0] in WORDS.tidings if verb.lower_ in VERBS.receiving else not between
    that = next((t for t in doc[marker.i + 1 : marker.i + _HEARD_MAX] if t.lower_ == "that"), None)
    if not heard or that is None:
        return None
    words = doc[marker.i + 1 : that.i]
    if not len(words) or any(t.pos_ in {"VERB", "AUX"} for t in words):
        return None
    piece = (that.i, that.head.right_edge.i + 1)
    return Draft(cue_finders.cue_extent(verb), verb, rule, "host", [piece], words)
