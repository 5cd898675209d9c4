"""Sources named by a phrase or a label: *according to X*, *citing X*, *Media: …*, *X said:* before paragraphs."""

from typing import Final

from spacy.tokens import Doc, Span, Token

from claimx.claims.attribution.clauses import opened_clause
from claimx.claims.attribution.reading import (
    DASHES,
    SENTENCE_ENDS,
    Draft,
    Reading,
    label_rule,
    labelled_name,
    quote_rule,
    sentence_of,
)
from claimx.claims.attribution.runs import Piece, trimmed
from claimx.claims.attribution.sources import noun_class, source_span
from claimx.claims.attribution.speakers import object_after
from claimx.claims.attribution.speech import direct_draft, taken_from
from claimx.claims.attribution.tags import last_verb
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR
from claimx.rules.schema import ReportingRule

_SIGNATURE: Final = 14  # tokens from a post's handle to the end of its paragraph, a date included
_CAPTION_MAX: Final = 12  # tokens from *this* to the word for the picture


def attribute_phrases(reading: Reading) -> None:
    doc, phrases = reading.doc, reading.lexicon.phrases
    for token in doc:
        for words, rule in phrases.get(token.lower_, ()):
            end = token.i + len(words)
            if rule.id == "colon" or [t.lower_ for t in doc[token.i : end]] != list(words) or end >= len(doc):
                continue
            draft = _phrase_draft(reading, token, end, rule)
            if draft is not None:
                reading.add(draft)
            break
    _attribute_labels(reading)


def _phrase_draft(reading: Reading, token: Token, end: int, rule: ReportingRule) -> Draft | None:
    doc = reading.doc
    if rule.source_kinds:
        source = _captioned(reading, end)
    else:
        head = object_after(doc, end)
        source = _from(source_span(head), end) if head is not None else None
    if source is None or source.root.lower_ in rule.not_sources:
        return None
    single = end - token.i == 1 and not rule.source_kinds
    if single and not _is_source_like(reading, source, token):
        return None
    piece = (token.i, source.end)
    pieces = _host(reading, token, piece)
    if not pieces:
        return None
    behind = _quoted_there(doc, source.end) if rule.id == "citing" else None
    if behind is not None:
        region = (token.i, behind.end)
        return Draft((token.i, end), token, rule, "host", pieces, behind, region=region, relays=(source,))
    return Draft((token.i, end), token, rule, "host", pieces, source, region=piece)


def _quoted_there(doc: Doc, start: int) -> Span | None:
    """Return whom a cited outlet quotes in its turn (*citing the daily, which quoted **a clerk***)."""
    words = [t.lower_ for t in doc[start : start + 3]]
    if words[:2] not in ([",", "which"], [",", "who"]) or words[-1] not in VERBS.quoting:
        return None
    head = object_after(doc, start + 3)
    return _from(source_span(head), start + 3) if head is not None else None


def _captioned(reading: Reading, start: int) -> Span | None:
    """Return the picture that a caption is of (*in **this undated photo***), by the words alone."""
    doc = reading.doc
    if doc[start].lower_ not in {"this", "these"}:
        return None
    for i in range(start + 1, min(start + _CAPTION_MAX, len(doc))):
        if reading.lexicon.source_nouns.get(doc[i].lower_) == "image":
            return doc[start : i + 1]
        described = doc[i].pos_ in {"NOUN", "PROPN", "NUM", "ADJ", "PUNCT"} or doc[i].dep_ == "amod"
        if not described or doc[i].text in SENTENCE_ENDS:
            return None
    return None


def _from(span: Span, start: int) -> Span | None:
    """Return the phrase begun at the word after the cue, whether or not the parse took that in.

    It stops before quotation marks: those are what is said, not who says it.
    """
    mark = next((t.i for t in span if t.is_quote and t.i > start), span.end)
    span = span.doc[span.start : max(mark, span.start)]
    while len(span) and span[-1].is_punct:
        span = span[:-1]
    return span.doc[start : span.end] if span.end > start else None


def _is_source_like(reading: Reading, source: Span, token: Token) -> bool:
    """Return whether *per* or *citing* leads to a source, not a measure or a reason."""
    root = source.root
    if root.ent_type_ in {"PERSON", "ORG"}:
        return True
    kind = reading.lexicon.source_nouns.get(root.lower_)
    if token.lower_ == "per":
        return kind is not None and source[0].pos_ in {"DET", "PROPN", "PRON", "ADJ"}
    if kind in {"officials", "outlet", "person", "document", "data", "image"}:
        return True
    reported = any(quote_rule(reading.lexicon, verb) is not None for verb in token.ancestors)
    return reported and noun_class(root) in {"person", "organization"}  # *the Herald, citing local militias, said*


def _host(reading: Reading, token: Token, piece: Piece) -> list[Piece]:
    """Return the sentence around a phrase, or the clause that it belongs to, without the phrase itself."""
    doc = reading.doc
    start, end = sentence_of(reading, token)
    clause = _clause_of(token)
    if clause is not None and clause.dep_ in syntax.RELATIVES:
        left, right = clause.left_edge.i, clause.right_edge.i + 1
        if doc[left].tag_ in {"WDT", "WP"} or doc[left].lower_ in WORDS.relative_pronouns:
            start, end = left, min(end, right)
    aside = token.i - 2 > start and doc[token.i - 1].text == ","
    if aside and doc[token.i - 2].lower_ in WORDS.adjuncts and clause is not None and clause.i > token.i:
        return [(piece[1], clause.right_edge.i + 1)]  # *left after, according to her, **it was shut***
    opened = opened_clause(doc, piece, (start, end))
    if opened is not None:
        return [opened]
    stop = piece[1]
    while stop < end and doc[stop].text not in {",", ";", "—", "–", ")"} and doc[stop].text not in SENTENCE_ENDS:
        stop += 1
    if reading.quote_at[start] >= 0:  # the sentence ends a quotation that began before it
        start = reading.quotes[reading.quote_at[start]].start
    pieces = [(start, piece[0])] if trimmed(doc, (start, piece[0])) is not None else []
    tail = trimmed(doc, (stop, end))
    if tail is None:
        return pieces
    if not pieces or (doc[min(stop, end - 1)].text in {",", "—", "–"} and not goes_on_elsewhere(doc, tail)):
        pieces.append((stop, end))
    return pieces


def goes_on_elsewhere(doc: Doc, tail: Piece) -> bool:
    """Return whether a run after an aside goes on in the article's voice rather than in what is said."""
    first = doc[tail[0]]
    if first.lower_ in {"and", "but", "so"}:
        return not any(t.dep_ in syntax.SUBJECTS for t in doc[tail[0] + 1 : tail[0] + 6])
    return first.lower_ in WORDS.elsewhere or first.tag_ == "VBG"


def _clause_of(token: Token) -> Token | None:
    for ancestor in token.ancestors:
        if ancestor.pos_ in {"VERB", "AUX"} or any(c.dep_ == "cop" for c in ancestor.children):
            return ancestor
    return None


def _attribute_labels(reading: Reading) -> None:
    """Add *Media: Russia shifts …* and *Mr X said:* ¶ paragraphs without marks."""
    rule = label_rule(reading)
    for number, (_, last) in enumerate(reading.paragraphs):
        if reading.doc[last - 1].text[-1:] == ":" and number + 1 < len(reading.paragraphs):
            _introduce_paragraphs(reading, number)
        if rule is None:
            continue
        draft = _turn(reading, number, rule) or _post(reading, number, rule) or _headed(reading, number, rule)
        if draft is not None:
            reading.add(draft)


def _turn(reading: Reading, number: int, rule: ReportingRule) -> Draft | None:
    """Return the attribution of a paragraph in a transcript to whom its label names."""
    turn, (first, last) = reading.turns[number], reading.paragraphs[number]
    if turn is None:
        return None
    cue = (turn.end, turn.end + 1)
    return Draft(cue, None, rule, "host", [(cue[1], last)], turn, region=(first, cue[1]))


def _post(reading: Reading, number: int, rule: ReportingRule) -> Draft | None:
    """Return the attribution of a post without quote marks to who signs it."""
    first, last = reading.paragraphs[number]
    signed = _signed_post(reading.doc, (first, last))
    if signed is None or any(reading.quote_at[i] >= 0 for i in range(first, last)):
        return None
    at = signed.start - 1
    return Draft((at, at + 1), None, rule, "host", [(first, at)], signed, region=(at, last))


def _headed(reading: Reading, number: int, rule: ReportingRule) -> Draft | None:
    """Return the attribution of a headline, or of a text's first lines, to whom a label before a colon names."""
    doc, (first, last) = reading.doc, reading.paragraphs[number]
    colon = next((i for i in range(first + 1, min(first + 7, last - 2)) if doc[i].text == ":"), None)
    if colon is None or reading.quote_at[colon] >= 0 or reading.quote_at[colon + 1] >= 0:
        return None
    label = doc[first:colon]
    if label.root.pos_ not in {"NOUN", "PROPN"} or any(t.pos_ in {"VERB", "AUX"} for t in label):
        return None
    kind = reading.lexicon.source_nouns.get(label.root.lower_)
    heading = kind in {"outlet", "officials"} and not doc[last - 1].is_punct
    known = (kind is not None and number < 2) or (label.root.ent_type_ == "PERSON" and number < 1)
    if not heading and not known:
        return None
    cue = (colon, colon + 1)
    return Draft(cue, None, rule, "host", [(colon + 1, last)], labelled_name(label), region=(first, colon + 1))


def _signed_post(doc: Doc, paragraph: Piece) -> Span | None:
    """Return the name that signs a post, by its dash and handle (*The gates are open. — **Ann Lee** (@annlee)*)."""
    first, last = paragraph
    handle = next((i for i in range(last - 1, max(first, last - _SIGNATURE), -1) if doc[i].text.startswith("@")), None)
    if handle is None or doc[handle - 1].text != "(":
        return None
    dash = next((i for i in range(handle - 1, max(first, handle - 8), -1) if doc[i].text in DASHES | {"―"}), None)
    return doc[dash + 1 : handle - 1] if dash is not None and dash + 1 < handle - 1 else None


def _introduce_paragraphs(reading: Reading, number: int) -> None:
    doc = reading.doc
    first, last = reading.paragraphs[number]
    following = reading.paragraphs[number + 1]
    if reading.quote_at[following[0]] >= 0:
        return
    taken = taken_from(reading, first, last - 1)
    if taken is not None:
        taken.pieces.append(following)
        reading.add(taken)
        return
    verb = last_verb(reading, first, last - 1)
    if verb is None:
        return
    draft = direct_draft(reading, verb)
    draft.pieces.append(following)
    for start, end in reading.paragraphs[number + 2 :]:
        words = {t.lower_ for t in doc[start:end]}
        if not (words & GRAMMAR.first_person) or any(reading.quote_at[i] >= 0 for i in range(start, end)):
            break
        draft.pieces.append((start, end))
