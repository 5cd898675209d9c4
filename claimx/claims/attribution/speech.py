"""Quotations tied to who speaks them, over sentences and paragraphs."""

from typing import Final

from spacy.tokens import Span, Token

from claimx.claims.attribution import cues as cue_finders
from claimx.claims.attribution.reading import (
    DASHES,
    FULL_STOPS,
    INTRO_MAX,
    SENTENCE_ENDS,
    Draft,
    Quote,
    Reading,
    is_complete,
    is_title,
    label_rule,
    labelled_name,
    last_inside,
    quote_rule,
    sentence_like,
    sentence_of,
)
from claimx.claims.attribution.runs import Piece, trimmed
from claimx.claims.attribution.sources import own_subject, source_kind, whole_source
from claimx.claims.attribution.speakers import find_speaker, words_between
from claimx.claims.attribution.tags import ending_verb, following_verb, preceding_verb
from claimx.claims.attribution.vocabulary import WORDS
from claimx.language import syntax

_JOINTS: Final = frozenset({"and", "but"})
_TITLE_MAX: Final = 12  # tokens of a title, marks included
_HEADING_MAX: Final = 8  # tokens of *Partial transcript as follows:*
_NAME_MAX: Final = 14  # tokens from *via* to the colon that ends the name


def attribute_quotations(reading: Reading) -> None:
    last: Draft | None = None  # who spoke last, to carry over
    last_paragraph = -2
    for number, quote in enumerate(reading.quotes):
        opens = quote.start == reading.paragraphs[quote.paragraph][0]
        if quote.depth > 0 or (opens and reading.turns[quote.paragraph]) or _names_work(reading, quote):
            continue
        draft = _spoken(reading, number)
        if draft is None and last is not None and _goes_on(reading, quote, last, last_paragraph):
            draft = last
        if draft is not None:
            draft.pieces.append(_excerpt(reading, quote, draft) or _piece_of(reading, quote, draft))
            last, last_paragraph = draft, quote.paragraph


def _names_work(reading: Reading, quote: Quote) -> bool:
    """Return whether a quotation is no more than the name of a programme or book (*told ABC’s “**Lee at Noon**.”*)."""
    doc = reading.doc
    short = quote.end - quote.start <= _TITLE_MAX
    return short and is_title(reading, quote) and doc[quote.start - 1].pos_ in {"PART", "ADP"}


def _excerpt(reading: Reading, quote: Quote, draft: Draft) -> Piece | None:
    """Return a paragraph in marks that the one before it takes from an outlet: all of it, whatever is quoted within."""
    start, end = reading.paragraphs[quote.paragraph]
    led_in = draft.region is not None and draft.region[1] <= start == quote.start
    if not led_in or draft.source is None or not reading.doc[end - 1].is_quote:
        return None
    return (start, end) if source_kind(draft.source, reading.lexicon) == "outlet" else None


def attribute_sequels(reading: Reading) -> None:
    """Give quotations that follow right upon an indirect *…, X said.* to X."""
    doc = reading.doc
    by_end = {draft.region[1]: draft for draft in reading.drafts if draft.region is not None and not draft.direct}
    taken = {i for draft in reading.drafts if draft.direct for start, end in draft.pieces for i in range(start, end)}
    for quote in reading.quotes:
        if quote.depth > 0 or quote.start in taken or not sentence_like(reading, quote):
            continue
        i = quote.start
        floor = reading.paragraphs[quote.paragraph][0]
        while i > floor and (doc[i - 1].is_punct or doc[i - 1].is_space):
            i -= 1
        if i in by_end and is_complete(reading, quote):
            by_end[i].pieces.append((quote.start, quote.end))


def _spoken(reading: Reading, number: int) -> Draft | None:
    quote = reading.quotes[number]
    taken = _taken_quotation(reading, quote)
    if taken is not None:
        return taken
    before, verb = preceding_verb(reading, quote), following_verb(reading, quote)
    near = before is not None and (before.i >= quote.start - 2 or reading.doc[quote.start - 1].text == ":")
    led_up = near and last_inside(reading.doc, quote) in FULL_STOPS
    if verb is not None and not led_up:
        return direct_draft(reading, verb, after=quote.end)
    if before is not None:
        return direct_draft(reading, before)
    draft = _labelled(reading, quote) or _signed(reading, quote) or _announced(reading, quote)
    if draft is not None:
        return draft
    ending = ending_verb(reading, quote)
    return direct_draft(reading, ending) if ending is not None else None


def _taken_quotation(reading: Reading, quote: Quote) -> Draft | None:
    """Return an attribution of a paragraph in marks to the outlet that the one before it names with a colon."""
    if quote.paragraph == 0 or quote.start != reading.paragraphs[quote.paragraph][0]:
        return None
    first, last = reading.paragraphs[quote.paragraph - 1]
    draft = taken_from(reading, first, last - 1)
    if draft is not None:
        reading.add(draft)
    return draft


def taken_from(reading: Reading, first: int, colon: int) -> Draft | None:
    """Return an attribution, still without content, by whom a text is taken from (*From the Daily Star:*).

    *From* must open the paragraph that the colon ends; *via, per, according to* may stand anywhere before the name.
    """
    doc = reading.doc
    rule = label_rule(reading)
    while colon > first and doc[colon].is_space:
        colon -= 1
    if rule is None or doc[colon].text != ":":
        return None
    for i in range(colon - 2, max(first, colon - _NAME_MAX) - 1, -1):
        opens = doc[i].lower_ == "from" and i == first
        if opens or doc[i].lower_ in {"via", "per"} or doc[i - 1 : i + 1].text.lower() == "according to":
            words = doc[i + 1 : colon]
            named = any(t.ent_type_ in {"ORG", "PERSON"} for t in words)
            plain = not any(t.pos_ in {"VERB", "AUX", "SCONJ"} for t in words)
            cue = (i, colon + 1)
            return Draft(cue, None, rule, "quote", [], words, direct=True, region=cue) if named and plain else None
    return None


def direct_draft(reading: Reading, verb: Token, *, after: int | None = None) -> Draft:
    known = reading.used.get(verb.i)
    if known is not None:
        return known
    rule = quote_rule(reading.lexicon, verb) or reading.lexicon.any_verb
    draft = Draft(
        cue=cue_finders.cue_extent(verb),
        head=verb,
        rule=rule,
        frame="quote",
        pieces=[],
        source=_speaker_span(reading, verb, after),
        direct=True,
        region=cue_finders.reporting_clause(verb, reading.paragraphs[reading.paragraph_of[verb.i]][1]),
    )
    reading.add(draft)
    return draft


def _speaker_span(reading: Reading, verb: Token, after: int | None) -> Span | None:
    """Return who speaks a quotation that ends at `after`, where its verb follows it: the words between, if any."""
    plain = words_between(reading, after, verb)
    if plain is not None:
        return plain
    head = find_speaker(reading, verb)
    between = reading.doc[after : verb.i] if after is not None else reading.doc[0:0]
    if any(t.pos_ in syntax.NOMINALS for t in between) and (head is None or head.i > verb.i):
        run = trimmed(reading.doc, (between.start, between.end))  # his wife, Anahit, told …
        return reading.doc[run[0] : run[1]] if run is not None else None
    return whole_source(head, cue_finders.cue_extent(verb)) if head is not None else None


def _labelled(reading: Reading, quote: Quote) -> Draft | None:
    """Return an attribution by a speaker's label at the head of the paragraph (*Smith: "…"*)."""
    doc, rule = reading.doc, label_rule(reading)
    start = reading.paragraphs[quote.paragraph][0]
    j = quote.start - 1
    if rule is None or j <= start or doc[j].text != ":":
        return None
    # HEADLINE - Ann Lee: “…”
    start = next((i + 1 for i in range(j - 1, max(start, j - 9), -1) if doc[i].text in DASHES), start)
    label = doc[start:j]
    if len(label) > 8 or any(t.pos_ in {"VERB", "AUX"} for t in label) or not any(t.pos_ == "PROPN" for t in label):
        return None
    draft = Draft((j, j + 1), None, rule, "quote", [], labelled_name(label), direct=True, region=(start, j + 1))
    reading.add(draft)
    return draft


def _signed(reading: Reading, quote: Quote) -> Draft | None:
    """Return an attribution by a name set after the quotation with a dash (*“…” — Ann Lee*)."""
    doc = reading.doc
    last = reading.paragraphs[quote.paragraph][1]
    i = quote.end
    if quote.end >= last and quote.paragraph + 1 < len(reading.paragraphs):  # the name has a line of its own
        i, last = reading.paragraphs[quote.paragraph + 1]
    while i < last and doc[i].is_space:
        i += 1
    if i + 1 >= last or last - i > 16 or doc[i].text not in DASHES | {"―"} or not sentence_like(reading, quote):
        return None
    handle = next((k for k in range(i + 2, last) if doc[k].text == "(" and doc[k + 1].text.startswith("@")), last)
    name = trimmed(doc, (i + 1, handle))
    rule = label_rule(reading)
    if name is None or rule is None or not all(_in_name(t) for t in doc[name[0] : name[1]]):
        return None
    draft = Draft((i, i + 1), None, rule, "quote", [], doc[name[0] : name[1]], direct=True, region=(i, last))
    reading.add(draft)
    return draft


def _in_name(token: Token) -> bool:
    # ages too: readers and voters are signed *Ann Lee, 45*
    return token.text[:1].isupper() or token.is_punct or token.is_digit or token.lower_ in WORDS.name_joints


def _announced(reading: Reading, quote: Quote) -> Draft | None:
    """Return an attribution by a colon alone (*The minister apologised:* “…”), by the last verb before it."""
    doc = reading.doc
    number = quote.paragraph
    first, last = reading.paragraphs[number]
    if quote.start == first and number > 0:
        first, last = reading.paragraphs[number - 1]
        colon = last - 1
    else:
        colon = quote.start - 1
    while colon > first and doc[colon].is_space:
        colon -= 1
    rule = label_rule(reading)
    if rule is None or doc[colon].text != ":" or not sentence_like(reading, quote):
        return None
    for verb in reversed(doc[max(first, colon - INTRO_MAX) : colon]):
        if verb.text in SENTENCE_ENDS:
            return None
        free = reading.quote_at[verb.i] < 0 and verb.i not in reading.used
        if not free or verb.pos_ != "VERB" or not syntax.is_finite(verb):
            continue
        head = find_speaker(reading, verb)
        if head is None or head.lower_ in WORDS.relative_pronouns:
            return None
        if not (
            head.ent_type_ in {"PERSON", "ORG"} or head.pos_ == "PRON" or head.lower_ in reading.lexicon.source_nouns
        ):
            return None
        region = (verb.i, colon + 1)
        draft = Draft(region, verb, rule, "quote", [], whole_source(head, region), direct=True, region=region)
        reading.add(draft)
        return draft
    return None


def _goes_on(reading: Reading, quote: Quote, last: Draft, last_paragraph: int) -> bool:
    """Return whether a quotation without words of its own plainly goes on with the one before it."""
    spoken = max((end for _, end in last.pieces), default=0)
    edge = max(spoken, last.region[1] if last.region else 0)
    if quote.paragraph == last_paragraph:
        return _goes_on_in_paragraph(reading, quote, edge)
    if quote.continues:
        return True
    signed = last.head is None and last.region is not None and last.region[0] >= spoken
    heading = last_paragraph == quote.paragraph - 2 and _heads_transcript(reading, quote.paragraph - 1)
    follows = heading or last_paragraph == quote.paragraph - 1
    next_up = follows and quote.start == reading.paragraphs[quote.paragraph][0]
    rest = reading.doc[edge : reading.paragraphs[last_paragraph][1]]
    whole = sentence_like(reading, quote) or last_inside(reading.doc, quote) in FULL_STOPS
    if not next_up or signed or not whole:  # *“The Wire,” which …*
        return False
    return not any(t.is_sent_start and not t.is_punct for t in rest)


def _heads_transcript(reading: Reading, number: int) -> bool:
    """Return whether a paragraph only announces a speech that has been quoted from (*Transcript as follows:*)."""
    first, last = reading.paragraphs[number]
    words = reading.doc[first:last]
    return len(words) <= _HEADING_MAX and words[-1].text == ":" and any(t.lower_ in WORDS.transcripts for t in words)


def _goes_on_in_paragraph(reading: Reading, quote: Quote, edge: int) -> bool:
    between = reading.doc[min(edge, quote.start) : quote.start]
    words = [t for t in between if not t.is_punct and not t.is_space]
    if not words:  # *“…,” he wrote after Lee had said **that** “…”*
        before = reading.doc[quote.start - 1]
        return not before.is_alpha or before.lower_ in _JOINTS or reading.quote_at[before.i] >= 0
    if not is_complete(reading, quote):
        return False
    if all(t.lower_ in _JOINTS for t in words):
        return True  # "…," he said, but "…"
    before = reading.doc[quote.start - 1]
    if before.text not in {",", ":", *FULL_STOPS, *DASHES} and reading.quote_at[before.i] < 0:
        return False
    early = any(t.text in SENTENCE_ENDS and t.i < quote.start - 2 for t in between)
    # the clause goes on (", said X, who was there. "…")
    return sentence_like(reading, quote) and not early and not _speaks_again(reading, between)


def _speaks_again(reading: Reading, between: Span) -> bool:
    """Return whether another reporting verb with a subject of its own stands in a stretch of text."""
    return any(
        quote_rule(reading.lexicon, t) is not None and t.i not in reading.used and own_subject(t) is not None
        for t in between
    )


def _piece_of(reading: Reading, quote: Quote, draft: Draft) -> Piece:
    """Return the quotation, drawn back over the words of its sentence that go with it (*It was "a mess," she said*)."""
    follows = draft.head is not None and draft.head.i >= quote.end
    if not follows and not draft.pieces:
        return _piece_around(reading, quote, draft)
    drawn_back = follows and preceding_verb(reading, quote) is None
    return _drawn_back(reading, quote) if drawn_back else quote.start, quote.end


def _drawn_back(reading: Reading, quote: Quote) -> int:
    """Return where the words begin that go with a quotation in its sentence, the quotation's own start if none do."""
    doc, i = reading.doc, quote.start
    tags = [draft.region for draft in reading.drafts[-2:] if draft.direct and draft.region is not None]
    while i > reading.paragraphs[quote.paragraph][0] and not _parts(reading, quote, i):
        if any(start < i <= end for start, end in tags):
            return quote.start
        i -= 1
    while i < quote.start and (doc[i].is_space or doc[i].is_punct) and reading.quote_at[i] < 0:
        i += 1
    return i


def _parts(reading: Reading, quote: Quote, i: int) -> bool:
    """Return whether nothing before a token goes with a quotation after it: a sentence ends or a bracket opens."""
    token, number = reading.doc[i - 1], reading.quote_at[i - 1]
    if number >= 0:
        return reading.quotes[number].end == i and last_inside(reading.doc, reading.quotes[number]) in SENTENCE_ENDS
    opens = token.text == ":" and i == quote.start
    return opens or token.text in {*SENTENCE_ENDS, "("} or (token.is_space and "\n" in token.text)


def _piece_around(reading: Reading, quote: Quote, draft: Draft) -> Piece:
    """Return a quotation after its verb, with what stands before the verb where that is an aside."""
    doc, region, verb = reading.doc, draft.region, draft.head
    if region is None or verb is None or region[1] >= len(doc):
        return quote.start, quote.end
    lead = max(sentence_of(reading, verb)[0], reading.paragraphs[quote.paragraph][0])
    first = next((t for t in doc[quote.start : quote.end] if not t.is_punct and not t.is_space), None)
    if lead + 1 >= region[0] or doc[region[0] - 1].text != "," or doc[region[1]].text != ",":
        return quote.start, quote.end
    if first is None or first.text[:1].isupper() or doc[lead].pos_ in {"ADP", "SCONJ", "ADV", "VERB"}:
        return quote.start, quote.end
    draft.pieces.append((lead, region[0]))
    end, stop = quote.end, sentence_of(reading, doc[quote.end - 1])[1]
    while end < stop and doc[end].text not in {",", ";", *SENTENCE_ENDS, *DASHES} and not doc[end].is_space:
        end += 1
    return quote.start, end
