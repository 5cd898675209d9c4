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

_TITLE_MAX: Final = 12  # tokens of a title, marks included
_NAME_MAX: Final = 14  # tokens from *via* to the colon that ends the name


def attribute_quotations(reading: Reading) -> None:
    last: Draft | None = None  # who spoke last, to carry over
    last_paragraph = -2
    for number, quote in enumerate(reading.quotes):
        opens = quote.start == reading.paragraphs[quote.paragraph][0]
        if quote.depth > 0 or (opens and reading.turns[quote.paragraph]) or _names_work(reading, quote):
            continue
        draft = _spoken(reading, number)
        carried = False
        if draft is None and last is not None:
            draft = _carried(reading, quote, last, last_paragraph)
            carried = draft is not None
        if draft is None:
            continue
        piece = _excerpt(reading, quote, draft) or _piece_of(reading, quote, draft, carried=carried)
        if piece not in draft.pieces:
            draft.pieces.append(piece)
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
        if (
            quote.depth > 0
            or quote.start in taken
            or not sentence_like(reading, quote)
            or not is_complete(reading, quote)
        ):
            continue
        i = quote.start
        floor = reading.paragraphs[quote.paragraph][0]
        while i > floor and (doc[i - 1].is_punct or doc[i - 1].is_space):
            i -= 1
        draft = by_end.get(i)
        if draft is not None and i > floor:
            draft.pieces.append((quote.start, quote.end))


def _spoken(reading: Reading, number: int) -> Draft | None:
    quote = reading.quotes[number]
    taken = _taken_quotation(reading, quote)
    if taken is not None:
        return taken
    before, verb = preceding_verb(reading, quote), following_verb(reading, quote)
    led_up = before is not None and before.i >= quote.start - 2 and last_inside(reading.doc, quote) in FULL_STOPS
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
    doc = reading.doc
    start = reading.paragraphs[quote.paragraph][0]
    j = quote.start - 1
    if j <= start or doc[j].text != ":":
        return None
    dash = next((i for i in range(j - 1, max(start, j - 9), -1) if doc[i].text in DASHES), None)
    start = start if dash is None else dash + 1  # HEADLINE - Ann Lee: “…”
    if j - start > 8:
        return None
    label = doc[start:j]
    if any(t.pos_ in {"VERB", "AUX"} for t in label) or not any(t.pos_ == "PROPN" for t in label):
        return None
    rule = label_rule(reading)
    if rule is None:
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
    for i in range(colon - 1, max(first, colon - INTRO_MAX) - 1, -1):
        verb = doc[i]
        if verb.text in SENTENCE_ENDS and verb.dep_ == "punct":
            return None
        if verb.pos_ != "VERB" or reading.quote_at[i] >= 0 or not syntax.is_finite(verb) or i in reading.used:
            continue
        head = find_speaker(reading, verb)
        if (
            head is None
            or head.lower_ in WORDS.relative_pronouns
            or not (
                head.ent_type_ in {"PERSON", "ORG"}
                or head.pos_ == "PRON"
                or head.lower_ in reading.lexicon.source_nouns
            )
        ):
            return None
        draft = Draft(
            (i, colon + 1),
            verb,
            rule,
            "quote",
            [],
            whole_source(head, (i, colon + 1)),
            direct=True,
            region=(i, colon + 1),
        )
        reading.add(draft)
        return draft
    return None


def _carried(reading: Reading, quote: Quote, last: Draft, last_paragraph: int) -> Draft | None:
    """Return the attribution that a quotation without words of its own goes on with, None where that is not plain."""
    doc = reading.doc
    previous = max(last.pieces, default=(0, 0), key=lambda piece: piece[1])
    edge = max(previous[1], last.region[1] if last.region else 0)
    if quote.paragraph == last_paragraph:
        between = doc[edge : quote.start] if edge <= quote.start else doc[0:0]
        if all(t.is_punct or t.is_space for t in between):
            return last
        joined = all(t.is_punct or t.is_space or t.lower_ in {"and", "but"} for t in between)
        if joined and is_complete(reading, quote):
            return last  # "…," he said, but "…"
        before = doc[quote.start - 1]
        if not is_complete(reading, quote) or is_title(reading, quote):
            return None
        if not (
            before.text in {",", ":", *FULL_STOPS, *DASHES}
            or before.text.endswith(".")
            or reading.quote_at[before.i] >= 0
        ):
            return None
        early = [t for t in between if t.text in SENTENCE_ENDS and t.dep_ == "punct" and t.i < quote.start - 2]
        if sentence_like(reading, quote) and not early and not _speaks_again(reading, between):
            return last  # the clause goes on (", said X, who was there. "…")
        return None
    if quote.continues:
        return last
    signed = last.head is None and last.region is not None and last.region[0] >= previous[1]
    if not signed and quote.paragraph == last_paragraph + 1 and quote.start == reading.paragraphs[quote.paragraph][0]:
        if not sentence_like(reading, quote) and quote.end < reading.paragraphs[quote.paragraph][1] - 1:
            return None
        rest = doc[edge : reading.paragraphs[last_paragraph][1]]
        if sum(1 for t in rest if t.is_sent_start and not t.is_punct) == 0:
            return last
    return None


def _speaks_again(reading: Reading, between: Span) -> bool:
    """Return whether another reporting verb with a subject of its own stands in a stretch of text."""
    return any(
        quote_rule(reading.lexicon, t) is not None and t.i not in reading.used and own_subject(t) is not None
        for t in between
    )


def _piece_of(reading: Reading, quote: Quote, draft: Draft, *, carried: bool) -> Piece:
    """Return the quotation, drawn back over the words of its sentence that go with it (*It was "a mess," she said*)."""
    doc = reading.doc
    start = quote.start
    follows = draft.head is not None and draft.head.i >= quote.end
    if not follows and not carried and not draft.pieces:
        return _piece_around(reading, quote, draft)
    if follows and not carried and preceding_verb(reading, quote) is None:
        floor = reading.paragraphs[quote.paragraph][0]
        i = quote.start
        while i > floor:
            token = doc[i - 1]
            if (
                token.text in SENTENCE_ENDS
                and (token.dep_ == "punct" or doc[i].text[:1].isupper())
                and reading.quote_at[i - 1] < 0
            ):
                break
            if (
                reading.quote_at[i - 1] >= 0
                and reading.quotes[reading.quote_at[i - 1]].end == i
                and last_inside(doc, reading.quotes[reading.quote_at[i - 1]]) in SENTENCE_ENDS
            ):
                break
            if any(d.direct and d.region and d.region[0] <= i - 1 < d.region[1] for d in reading.drafts[-2:]):
                return (quote.start, quote.end)
            if (token.is_space and "\n" in token.text) or (token.text == ":" and i == quote.start) or token.text == "(":
                break
            i -= 1
        while i < start and (doc[i].is_space or doc[i].is_punct) and reading.quote_at[i] < 0:
            i += 1
        start = i
    return start, quote.end


def _piece_around(reading: Reading, quote: Quote, draft: Draft) -> Piece:
    """Return a quotation after its verb, with what stands before the verb where that is an aside."""
    doc, region, verb = reading.doc, draft.region, draft.head
    if region is None or verb is None:
        return quote.start, quote.end
    floor = reading.paragraphs[quote.paragraph][0]
    lead = max(sentence_of(reading, verb)[0], floor)
    first = next(
        (t for t in doc[quote.start : quote.end] if not t.is_punct and not t.is_quote and not t.is_space), None
    )
    aside = (
        region[0] > lead + 1 and doc[region[0] - 1].text == "," and doc[region[1]].text == ","
        if region[1] < len(doc)
        else False
    )
    if (
        not aside
        or first is None
        or not syntax.is_finite(verb)
        or first.text[:1].isupper()
        or doc[lead].pos_ in {"ADP", "SCONJ", "ADV", "VERB"}
    ):
        return quote.start, quote.end
    draft.pieces.append((lead, region[0]))
    end = quote.end
    stop = sentence_of(reading, doc[quote.end - 1])[1]
    while end < stop and doc[end].text not in {",", ";", *SENTENCE_ENDS, *DASHES} and not doc[end].is_space:
        end += 1
    return quote.start, end
