"""Reporting words with the content that the grammar gives them, and asides that stand beside what they report."""

from typing import Final

from spacy.tokens import Doc, Span, Token

from claimx.claims.attribution import cues as cue_finders
from claimx.claims.attribution.clauses import gapped_clause, opened_clause
from claimx.claims.attribution.cues import Cue, find_cue
from claimx.claims.attribution.meaning import is_adjunct
from claimx.claims.attribution.phrases import goes_on_elsewhere
from claimx.claims.attribution.reading import (
    DASHES,
    FULL_STOPS,
    SENTENCE_ENDS,
    SPOKEN,
    Draft,
    Quote,
    Reading,
    clause_rule,
    last_inside,
    sentence_of,
)
from claimx.claims.attribution.runs import TENSED, Piece, is_time, trimmed
from claimx.claims.attribution.sources import is_passive, noun_source_head, own_subject, source_span, whole_source
from claimx.claims.attribution.speakers import (
    borrowed_source,
    find_speaker,
    quoted_speaker,
    subject_before,
    words_between,
)
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.language import syntax

_BESIDE_MAX: Final = 14  # tokens between the punctuation and the verb of an aside
_AFTER_ASIDE: Final = frozenset({",", ".", "—", "–", "-", "--", ";", ")", "!", "?", ":"})
_BEFORE_ASIDE: Final = frozenset({",", "—", "–", "-", "--", "”", '"', "''", "'", "’"})
_ASIDES: Final = SPOKEN | {"thought"}


def attribute_words(reading: Reading) -> None:
    """Add what verbs, nouns and adjectives attribute, the clauses first that stand beside what they report."""
    for token in reading.doc:
        if token.i in reading.used:
            continue
        cue = find_cue(token, reading.lexicon)
        aside = _aside(reading, token, cue) if token.lower_ in reading.lexicon.verbs else None
        if aside is not None:
            reading.add(aside)
        elif cue is not None:
            _add_governed(reading, cue)


def _aside(reading: Reading, verb: Token, cue: Cue | None) -> Draft | None:
    return _as_saying(reading, verb) or _parenthetical(reading, verb, cue)


def _add_governed(reading: Reading, cue: Cue) -> None:
    """Add the attribution of a word to the content that the grammar gives it."""
    source = _source_of(reading, cue)
    if _is_no_saying(reading, cue, source):
        return
    pieces = [_whole_quotations(reading, _within_sentence(reading, piece, cue.frame)) for piece in cue.content]
    if cue.frame == "clause" and source is not None:
        pieces = [*_condition_before(reading, cue.head, source), *pieces]
    draft = Draft((cue.start, cue.end), cue.head, cue.rule, cue.frame, pieces, source)
    reading.add(draft)
    _add_cited(reading, draft)
    _add_told_noun(reading, cue)


def _source_of(reading: Reading, cue: Cue) -> Span | None:
    """Return who says what a word reports, by the parse or the words beside it; None where nobody is named."""
    verb, head = cue.head, _source_head(reading, cue)
    source = quoted_speaker(reading, verb) or (whole_source(head, (cue.start, cue.end)) if head is not None else None)
    if cue.frame == "clause" and verb.tag_ in TENSED and not is_passive(verb):
        words = words_between(reading, sentence_of(reading, verb)[0], verb)
        if words is not None and (source is None or (source.start == words.start and source.end < words.end)):
            return words
    return source


def _source_head(reading: Reading, cue: Cue) -> Token | None:
    word, head = cue.head, cue.source
    put = cue.frame == "clause" and word.lower_ in VERBS.putting and _is_put(word)
    if put:
        head = None
    elif head is None or _quoted_away(reading, word, head):
        lost = word.pos_ == "VERB" and cue.frame in {"clause", "quote", "predicate", "object"} and not is_passive(word)
        head = borrowed_source(reading, word) if lost else None
    if head is None and cue.frame == "clause" and cue.rule.says("clause"):
        head = subject_before(word)
    if head is not None and word.tag_ == "VBG" and head.i == word.head.i and _is_utterance(reading, head):
        return noun_source_head(head)  # *opened with **remarks** accusing them of theft*: who made them
    return head


def _is_put(verb: Token) -> bool:
    """Return whether a participle stands beside its clause (***Asked** whether it would rain, Lee smiled*)."""
    beside = verb.dep_ == "advcl" and verb.tag_ in {"VBD", "VBN"} and own_subject(verb) is None
    return beside and (verb.i < verb.head.i or any(c.lower_ == "when" and c.i < verb.i for c in verb.children))


def _add_cited(reading: Reading, draft: Draft) -> None:
    """Add whom an outlet has it from by a relative clause (*Le Monde, **which cited aides**, said that …*)."""
    rule = next((rule for _, rule in reading.lexicon.phrases.get("citing", ())), None)
    if rule is None or draft.source is None or not draft.rule.says(draft.frame):
        return
    for verb in draft.source:
        known = reading.used.get(verb.i)
        free = known is None or known.rule.mode == "topic"
        if free and verb.lower_ in VERBS.quoting and verb.dep_ in syntax.RELATIVES:
            for cited in syntax.direct_objects(verb)[:1]:
                added = Draft((verb.i, verb.i + 1), verb, rule, "host", list(draft.pieces), source_span(cited))
                reading.add(added)


def _add_told_noun(reading: Reading, cue: Cue) -> None:
    """Add the saying whose verb gives a plan or view that a noun names (***posted** his intent to go*)."""
    noun = cue.head
    verb = syntax.governor(noun) if noun.dep_ in {"obl", "nmod", "pobj"} else noun.head
    if noun.pos_ != "NOUN" or cue.rule.mode not in {"intention", "thought"} or verb is None or verb.i > noun.i:
        return
    by_object = noun.dep_ in syntax.OBJECTS or verb.lower_ in VERBS.telling
    rule = clause_rule(reading.lexicon.verbs.get(verb.lower_, ()))
    head = find_speaker(reading, verb) if rule is not None and by_object and verb.i not in reading.used else None
    if rule is not None and head is not None:
        extent = cue_finders.cue_extent(verb)
        pieces = [(max(noun.left_edge.i, verb.i + 1), max(stop for _, stop in cue.content))]
        reading.add(Draft(extent, verb, rule, "clause", pieces, whole_source(head, extent)))


def _is_no_saying(reading: Reading, cue: Cue, source: Span | None) -> bool:
    """Return whether words are no attribution at all.

    Such are those that name nobody where a thing is wanted, judged or talked about (*talk of sanctions*), or might be
    said (*it is safe **to say***); nor does a reader say what he is told to (*you agree to receive our mail*).
    """
    unsaid, mode = not cue.rule.says(cue.frame), cue.rule.mode
    if source is not None:
        inner = mode in {"thought", "intention"} and reading.quote_at[cue.head.i] < 0
        return inner and source.text.lower() == "you"
    if cue.head.pos_ != "VERB":
        return unsaid
    return (unsaid and mode in {"judgment", "topic", "request", "intention"}) or (
        cue.head.tag_ == "VB" and cue.head.head.pos_ == "ADJ"
    )


def _is_utterance(reading: Reading, noun: Token) -> bool:
    """Return whether a noun names what somebody says, and no document that could be cited for it."""
    rules = reading.lexicon.nouns.get(noun.lower_, ())
    return noun.lower_ not in reading.lexicon.source_nouns and any(rule.mode == "speech" for rule in rules)


def _condition_before(reading: Reading, verb: Token, source: Span) -> list[Piece]:
    """Return the condition that opens the sentence and belongs to what is said (***If they leave**, he said, …*)."""
    doc, start = reading.doc, sentence_of(reading, verb)[0]
    stop = source.start - 1
    if not start < stop or doc[stop].text != "," or not source.end <= verb.i:
        return []
    opens = doc[start].lower_ in WORDS.conditions or doc[start : start + 3].text.lower() in WORDS.conditions
    return [(start, stop)] if opens and reading.quote_at[start] == reading.quote_at[verb.i] else []


def _within_sentence(reading: Reading, piece: Piece, frame: str) -> Piece:
    """Return the run cut where its sentence ends, whatever the parse took in, or where the article adds its own."""
    start, end = piece
    doc = reading.doc
    tag = _tag_after(reading, start, end)
    if tag is not None:
        return start, tag
    for i in range(start + 3, end - 1):
        joined = i + 2 < end and doc[i + 1].lower_ == "and" and doc[i + 2].tag_ == "VBG"
        after = doc[i + 2] if joined else doc[i + 1]
        if doc[i].text == "," and reading.quote_at[i] < 0 and _is_added(reading, after, end):
            end = i
            break
    for i in range(start, end - 1):
        if reading.quote_at[i] < 0:
            if _ends_content(reading, i, frame):
                return start, i
        elif _closes_sentence(reading, reading.quotes[reading.quote_at[i]], start, i):
            return start, i + 1
    return start, end


def _tag_after(reading: Reading, start: int, end: int) -> int | None:
    """Return where a tag stands that ends a run and is of its whole sentence (*…, according to X; …, reports X*)."""
    for i in range(start + 2, end - 1):
        tag = reading.used.get(i)
        if tag is not None and not tag.direct and tag.region is not None and tag.region[0] == i:
            before = reading.doc[i - 1]
            if tag.region[1] >= end - 1 and (before.text == "," or before.is_quote):
                return i - (before.text == ",")
    return None


def _ends_content(reading: Reading, i: int, frame: str) -> bool:
    """Return whether what is said ends before a token: a full stop, a semicolon, or, after a phrase, a dash."""
    token, following = reading.doc[i], reading.doc[i + 1]
    dashed = token.text in {"—", "–", "--"} or (token.text == "-" and token.whitespace_ and token.nbor(-1).whitespace_)
    if token.text == ";" or (dashed and frame not in {"clause", "estimate"}):
        return True
    if token.text not in SENTENCE_ENDS or token.dep_ != "punct":
        return False
    return reading.quote_at[i + 1] >= 0 or following.text[:1].isupper() or following.is_space


def _closes_sentence(reading: Reading, quote: Quote, start: int, i: int) -> bool:
    """Return whether a token ends a quotation begun since `start` and with it a sentence, and another one follows."""
    whole = start <= quote.start and i == quote.end - 1
    return whole and last_inside(reading.doc, quote) in FULL_STOPS and reading.doc[i + 1].text[:1].isupper()


def _is_added(reading: Reading, first: Token, end: int) -> bool:
    """Return whether a comma parts what is said from the article's own addition, which runs to the end.

    A relative clause (*…, who fled in May*) or a further reporting word (*…, adding that …*).
    """
    if first.tag_ == "VBG":
        return first.lower_ in reading.lexicon.verbs and first.right_edge.i >= end - 2
    if first.lower_ in WORDS.parting:
        return _speaks_for_itself(reading, first, end)
    if first.lower_ not in {"who", "which", "where", "whose"}:
        return False
    clause = next((a for a in first.ancestors if a.dep_ in {*syntax.RELATIVES, "advcl:relcl"}), None)
    return clause is not None and clause.right_edge.i >= end - 2


def _speaks_for_itself(reading: Reading, joint: Token, end: int) -> bool:
    """Return whether a clause tells in the article's voice what somebody else says (*…, **while** the army insists …*).

    What the first speaker tells of the other's words would stand under *that*, or lie further back.
    """
    verb = joint.head
    rules = reading.lexicon.verbs.get(verb.lower_, ())
    if not any(rule.mode in {"speech", "writing", "request", "judgment"} for rule in rules):
        return False
    subject, helpers = own_subject(verb), {c.lower_ for c in verb.children if c.dep_ in syntax.AUXILIARIES}
    if (
        subject is None
        or (subject.pos_ == "PRON" and joint.lower_ not in WORDS.conceding)
        or not joint.i < subject.i < verb.i
        or helpers - {"has", "have", "also"}
    ):
        return False
    present = verb.tag_ in TENSED or bool(helpers)
    return present and verb.right_edge.i >= end - 2 and not any(c.lower_ == "that" for c in verb.lefts)


def _quoted_away(reading: Reading, cue: Token, source: Token) -> bool:
    """Return whether a source lies inside a quotation that the cue is outside of."""
    return reading.quote_at[source.i] >= 0 and reading.quote_at[source.i] != reading.quote_at[cue.i]


def _whole_quotations(reading: Reading, piece: Piece) -> Piece:
    """Return the run drawn on to the end of a quotation that it only begins (a quotation of several sentences)."""
    start, end = piece
    doc = reading.doc
    if end + 1 < len(doc) and doc[end].text == ":" and reading.quote_at[end + 1] >= 0:
        return start, reading.quotes[reading.quote_at[end + 1]].end
    quote = reading.quotes[reading.quote_at[end - 1]] if reading.quote_at[end - 1] >= 0 else None
    return start, max(end, quote.end) if quote is not None and quote.start >= start else end


def _parenthetical(reading: Reading, verb: Token, cue: Cue | None) -> Draft | None:
    """Return the attribution of a clause that stands beside what is said (*The port, he said, is shut*)."""
    rule = clause_rule(reading.lexicon.rules_of(verb), _ASIDES)
    if rule is None or not syntax.is_finite(verb) or verb.pos_ not in {"VERB", "AUX"} or gapped_clause(verb):
        return None
    doc, sent = reading.doc, _sentence_inside(reading, verb)
    start, end = cue_finders.reporting_clause(verb, sent[1])
    words, subject = None, own_subject(verb)
    if subject is None or _is_torn(subject, start):
        words = _words_beside(reading, verb, sent[0]) or _described_words(reading, verb, sent[0])
    if words is not None:
        start = min(start, words.start)
    if doc[start].lower_ in WORDS.joining or (cue is not None and not _is_aside(doc, verb, cue, end)):
        return None
    start -= start > sent[0] and doc[start - 1].lower_ == "as"
    head = words.root if words is not None else find_speaker(reading, verb)
    if head is None or not _is_set_off(doc, (start, end), sent) or not _reports_nothing_itself(verb, head, end):
        return None
    pieces = around_aside(reading, verb, (start, end), sent)
    if not _may_be_said(verb, pieces):
        return None
    extent = cue_finders.cue_extent(verb)
    return Draft(extent, verb, rule, "clause", pieces, words or whole_source(head, extent), region=(start, end))


def _is_torn(subject: Token, start: int) -> bool:
    """Return whether a name stands right behind a noun that the parse gave to what is said (*…, **the head of the
    office in Mali** Boris Lee said*)."""
    before = subject.doc[start - 1] if start else subject
    return subject.pos_ == "PROPN" and before.i < subject.i and before.pos_ in syntax.NOMINALS


def _may_be_said(verb: Token, pieces: list[Piece]) -> bool:
    """Return whether a verb can report the words around it: no mere adverbial (*On Monday, crowds gathered, …*)."""
    told = any(t.tag_ in syntax.FINITE_TAGS for first, last in pieces for t in verb.doc[first:last])
    return any(last - first > 1 for first, last in pieces) and (told or verb.lower_ in VERBS.tagging)


def _sentence_inside(reading: Reading, verb: Token) -> Piece:
    """Return the verb's sentence, kept inside the quotation that the verb stands in (*"It was late, he said."*)."""
    start, end = sentence_of(reading, verb)
    if reading.quote_at[verb.i] >= 0:
        quote = reading.quotes[reading.quote_at[verb.i]]
        start, end = max(start, quote.start + 1), min(end, quote.end - quote.closed)
    return start, end


def _is_set_off(doc: Doc, clause: Piece, sent: Piece) -> bool:
    """Return whether punctuation stands to both sides of a reporting clause, or its sentence begins or ends there."""
    start, end = clause
    if end < sent[1] and doc[end].text not in _AFTER_ASIDE and not doc[end].is_space:
        return False
    return doc[start].lower_ == "as" if start == sent[0] else doc[start - 1].text in _BEFORE_ASIDE


def _reports_nothing_itself(verb: Token, head: Token, end: int) -> bool:
    """Return whether nothing that a reporting verb could report stands between it and the end of its clause."""
    after = verb.doc[verb.i + 1 : end]
    if head.i > verb.i:
        return True
    # a participle only describes: *said in a statement **issued** at Rome*
    verbs = (t for t in after if t.pos_ in {"VERB", "AUX"} and not (t.dep_ == "acl" and t.tag_ in {"VBN", "VBG"}))
    if any(verbs) or any(t.lower_ in {"how", "what", "why", "to"} and t.pos_ != "ADP" for t in after):
        return False
    if verb.lower_ in VERBS.telling or not len(after):
        return True
    given = any(verb.i < c.i < end and not is_time(c) for c in syntax.direct_objects(verb))
    return not given and (after[0].pos_ in {"ADP", "ADV", "PUNCT", "SCONJ", "PART"} or bool(after[0].ent_type_))


def around_aside(reading: Reading, verb: Token, clause: Piece, sent: Piece) -> list[Piece]:
    """Return what a reporting clause in a sentence reports: what stands before it and, set off again, after it."""
    doc, (start, end) = reading.doc, clause
    if (inner := opened_clause(doc, clause, sent)) is not None:
        return [inner]
    pieces: list[Piece] = []
    floor = sent[0]
    if end < sent[1] and doc[end].text in DASHES and start > floor and doc[start - 1].text == ",":
        # … — that will not happen, they believe — …
        floor = next((t.i + 1 for t in reversed(doc[floor:start]) if t.text in DASHES), floor)
    if reading.quote_at[floor] >= 0 > reading.quote_at[verb.i]:  # the sentence ends a quotation begun before it
        floor = min(floor, reading.quotes[reading.quote_at[floor]].start)
    if start > floor and trimmed(doc, (floor, start)) is not None:
        pieces.append((floor, start))
    if end >= sent[1] or doc[end].text not in {",", *DASHES} or floor > sent[0]:
        return pieces
    tail = trimmed(doc, (end, sent[1]))
    if tail is None or _is_tag(reading, tail):
        return pieces
    if not pieces or not (_belongs_to(verb, doc[tail[0]]) or goes_on_elsewhere(doc, tail)):
        pieces.append((end, sent[1]))
    return pieces


def _as_saying(reading: Reading, saying: Token) -> Draft | None:
    """Return the attribution of a tag that quotes (*…, the agency quoted a clerk **as saying***)."""
    doc = reading.doc
    source = quoted_speaker(reading, saying)
    rule = clause_rule(reading.lexicon.verbs[saying.lower_], {"speech"})
    first, last = sentence_of(reading, saying)
    end = saying.i + 1
    if end < last and doc[end].lower_ == "by":  # *was quoted as saying **by the agency***
        end = next((t.i for t in doc[end:last] if t.is_punct), last)
    if source is None or rule is None or (end < last and doc[end].text not in _AFTER_ASIDE):
        return None
    start = source.start
    while start > first and doc[start - 1].text not in _BEFORE_ASIDE:
        start -= 1
    if start - 1 <= first:
        return None
    extent = (saying.i, saying.i + 1)
    return Draft(extent, saying, rule, "clause", [(first, start)], source, region=(start, end))


def _words_beside(reading: Reading, verb: Token, floor: int) -> Span | None:
    """Return the words between the punctuation before a verb and the verb, where they are one plain phrase."""
    doc = reading.doc
    start = verb.i
    while start > max(floor, verb.i - _BESIDE_MAX) and not doc[start - 1].is_punct and not doc[start - 1].is_quote:
        start -= 1
    if start == floor or not doc[start - 1].is_punct:
        return None
    return words_between(reading, start, verb)


def _described_words(reading: Reading, verb: Token, floor: int) -> Span | None:
    """Return a name and the description set off behind it, before a verb (*…, **the Lowy Trust, a charity**, says*)."""
    doc = reading.doc
    if verb.i - 1 <= floor or doc[verb.i - 1].text != ",":
        return None
    comma = _comma_before(doc, verb.i - 1, floor)
    start = _comma_before(doc, comma, floor) if comma is not None else None
    if comma is None or start is None or doc[comma + 1].lower_ in {*WORDS.joining, "and", "or", "but"}:
        return None
    relative = doc[comma + 1].tag_ in {"WP", "WDT"}
    if not relative and any(t.tag_ in syntax.FINITE_TAGS for t in doc[comma + 1 : verb.i - 1]):
        return None
    words = words_between(reading, start + 1, doc[comma])
    return doc[words.start : verb.i - 1] if words is not None and words.start == start + 1 else None


def _comma_before(doc: Doc, end: int, floor: int) -> int | None:
    """Return the comma that opens the run of words before another one, None where something else parts them."""
    i = end - 1
    while i > max(floor, end - _BESIDE_MAX) and not doc[i].is_punct and not doc[i].is_quote:
        i -= 1
    return i if doc[i].text == "," and i < end - 1 else None


def _is_tag(reading: Reading, run: Piece) -> bool:
    """Return whether a run is a second reporting clause (*…, the officials said**, the Daily Star reports***)."""
    doc = reading.doc
    verbs = [t for t in doc[run[0] : run[1]] if t.tag_ in syntax.FINITE_TAGS]
    if len(verbs) != 1 or not any("clause" in rule.takes for rule in reading.lexicon.verbs.get(verbs[0].lower_, ())):
        return False
    rest = doc[verbs[0].i + 1 : run[1]]
    return not len(rest) or rest[0].is_punct or rest[0].lower_ in {"per", "citing", "on", "in"}


def _is_aside(doc: Doc, verb: Token, cue: Cue, end: int) -> bool:
    """Return whether a reporting clause stands alone although the parse gives its verb a complement.

    It does where the complement begins only after the punctuation that ends the clause.
    """
    first = min(start for start, _ in cue.content)
    subject = own_subject(verb)
    if subject is not None and subject.i > verb.i and doc[verb.i - 1].is_punct:
        return True
    if cue.frame in {"infinitive", "gerund", "predicate", "object_infinitive"}:
        return False
    if doc[first].lower_ == "that" and end > verb.i + 1:
        return False
    if first >= end:
        return end >= len(doc) or doc[end].text in {",", *DASHES}
    return any(first < start < verb.i for start, _ in cue.content)


def _belongs_to(verb: Token, token: Token) -> bool:
    """Return whether the token hangs on the verb by something other than what is said."""
    node = token
    while node.head.i != node.i:
        if node.head.i == verb.i:
            if node.dep_ == "obl" and token.pos_ == "ADP" and verb.nbor().text == ",":
                # *aided, she said, **by the rain***, and not *closed, she said, **in a letter***
                return is_time(node) or node.lower_ in WORDS.relay_nouns or is_adjunct(verb, node)
            return node.dep_ in {"advcl", "conj", "obl", "acl", "appos", "advmod", "cc", "obl:unmarked", "obl:tmod"}
        node = node.head
    return False
