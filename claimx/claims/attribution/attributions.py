"""Every attribution of an article: who, by which words, what. Find cues, tie quotations to them, settle what nests."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Doc, Span, Token

from claimx.claims.attribution import cues as cue_finders
from claimx.claims.attribution.cues import Cue, Piece
from claimx.claims.attribution.lexicon import Lexicon, Mode, ReportingRule, Stance, load_lexicon
from claimx.claims.attribution.quotations import find_quotations
from claimx.claims.attribution.sources import (
    antecedent,
    find_relays,
    is_anonymous,
    own_subject,
    source_head,
    source_kind,
    source_span,
    whole_source,
)
from claimx.language import syntax
from claimx.language.paragraphs import find_paragraphs
from claimx.records import AttributionType, SourceKind

Resolve = Callable[[Span], Span | None]

_DASHES: Final = frozenset({"—", "–", "-", "--"})
_FULL_STOPS: Final = frozenset({".", "!", "?", "…", "..."})
_SENTENCE_ENDS: Final = frozenset({".", "!", "?"})
_REGION_STOPS: Final = frozenset({".", "!", "?", ";", ":"})
_REGION_MAX: Final = 40
_INTRO_MAX: Final = 30
_ASIDES: Final = frozenset({"speech", "writing", "thought"})
_FIRST_PERSON: Final = frozenset({"i", "we", "my", "our", "us", "me"})


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution over the tokens of a Doc.

    `source` and `cue` are None where the text gives none; `content` is one or more spans. `says` tells whether the
    source vouches for the content (speech), rather than thinking, wanting or judging it; `stance` what the words add.
    `nested` attributions lie inside the content of another one. `relays` are the outlets that pass the words on (*told
    Reuters*, *in an interview with CNN*, *documents seen by AFP*). `rule` names the rule that fired, `frame` the complement.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    type: AttributionType
    stance: Stance
    mode: Mode
    says: bool
    rule: str
    frame: str
    kind: SourceKind
    anonymous: bool
    resolved: str | None = None
    nested: bool = False
    relays: tuple[Span, ...] = ()

    def holds(self, token: Token) -> bool:
        """Return whether the token lies in the content."""
        return any(span.start <= token.i < span.end for span in self.content)


@dataclass(slots=True)
class _Quote:
    start: int
    end: int
    paragraph: int
    depth: int
    closed: bool
    continues: bool


@dataclass(slots=True)
class _Draft:
    cue: Piece | None
    head: Token | None
    rule: ReportingRule
    frame: str
    pieces: list[Piece]
    source: Span | None
    direct: bool = False
    region: Piece | None = None


@dataclass(slots=True)
class _Article:
    doc: Doc
    lexicon: Lexicon
    paragraphs: list[Piece]
    quotes: list[_Quote]
    quote_at: list[int]  # outermost quotation of each token, -1 for none
    paragraph_of: list[int]
    drafts: list[_Draft] = field(default_factory=list)
    used: dict[int, _Draft] = field(default_factory=dict)  # by the index of the cue's head


def find_attributions(doc: Doc, *, resolve: Resolve | None = None, lexicon: Lexicon | None = None) -> list[Attributed]:
    """Return the article's attributions in order of their cues, nested ones included and marked."""
    article = _read(doc, lexicon or load_lexicon())
    _attribute_quotations(article)
    _attribute_phrases(article)
    _attribute_words(article)
    _attribute_sequels(article)
    return _settled(article, resolve)


def _read(doc: Doc, lexicon: Lexicon) -> _Article:
    text = doc.text
    offsets = find_paragraphs(text)
    paragraphs: list[Piece] = []
    for start, end in offsets:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            paragraphs.append((span.start, span.end))
    paragraph_of = [0] * len(doc)
    for number, (first, last) in enumerate(paragraphs):
        for i in range(first, last):
            paragraph_of[i] = number
    quotes: list[_Quote] = []
    quote_at = [-1] * len(doc)
    for found in find_quotations(text, offsets):
        span = doc.char_span(found.start, found.end, alignment_mode="expand")
        if span is None:
            continue
        quotes.append(_Quote(span.start, span.end, found.paragraph, found.depth, found.closed, found.continues))
        if found.depth == 0:
            for i in range(span.start, span.end):
                quote_at[i] = len(quotes) - 1
    return _Article(doc, lexicon, paragraphs, quotes, quote_at, paragraph_of)


# --- quotations -------------------------------------------------------------------------------------------------------


def _attribute_quotations(article: _Article) -> None:
    last: _Draft | None = None  # who spoke last, to carry over
    last_paragraph = -2
    for number, quote in enumerate(article.quotes):
        if quote.depth > 0:
            continue
        draft = _spoken(article, number)
        carried = False
        if draft is None and last is not None:
            draft = _carried(article, quote, last, last_paragraph)
            carried = draft is not None
        if draft is None:
            continue
        piece = _piece_of(article, quote, draft, carried=carried)
        if piece not in draft.pieces:
            draft.pieces.append(piece)
        last, last_paragraph = draft, quote.paragraph


def _spoken(article: _Article, number: int) -> _Draft | None:
    quote = article.quotes[number]
    before, verb = _preceding_verb(article, quote), _following_verb(article, quote)
    led_up = before is not None and before.i >= quote.start - 2 and _last_inside(article.doc, quote) in _FULL_STOPS
    if verb is not None and not led_up:
        return _direct_draft(article, verb, after=quote.end)
    if before is not None:
        return _direct_draft(article, before)
    return _labelled(article, quote) or _signed(article, quote) or _announced(article, quote)


def _direct_draft(article: _Article, verb: Token, *, after: int | None = None) -> _Draft:
    known = article.used.get(verb.i)
    if known is not None:
        return known
    rule = _quote_rule(article.lexicon, verb) or article.lexicon.any_verb
    head = _speaker(article, verb)
    cue = cue_finders.cue_extent(verb)
    draft = _Draft(
        cue=cue,
        head=verb,
        rule=rule,
        frame="quote",
        pieces=[],
        source=_between(article, after, verb) or (whole_source(head, cue) if head is not None else None),
        direct=True,
        region=cue_finders.reporting_clause(verb, article.paragraphs[article.paragraph_of[verb.i]][1]),
    )
    article.drafts.append(draft)
    article.used[verb.i] = draft
    return draft


def _between(article: _Article, start: int | None, verb: Token) -> Span | None:
    """Return the words between a quotation and the verb that reports it, where they are one plain phrase."""
    if start is None:
        return None
    doc, end = article.doc, verb.i
    while start < end and (doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].pos_ in {"ADV", "AUX", "PART"} or doc[end - 1].is_space):
        end -= 1
    words = doc[start:end]
    if not len(words) or any(
        t.is_punct and t.text not in {"-", ".", "(", ")"} or t.pos_ in {"VERB", "SCONJ"} and t.dep_ != "acl"
        for t in words
    ):
        return None
    if words[0].pos_ in {"ADP", "ADV", "CCONJ", "VERB"} or not any(t.pos_ in syntax.NOMINALS for t in words):
        return None
    if any(t.ent_type_ in {"DATE", "TIME"} for t in words):
        return None
    return words


def _speaker(article: _Article, verb: Token) -> Token | None:
    """Return the head of who speaks: outside quotation marks, in the reporting clause or by control."""
    inside = article.quote_at[verb.i]
    for find in (source_head, lambda verb: _nearby_source(article, verb), lambda verb: _borrowed_source(article, verb)):
        head = find(verb)
        if head is not None and article.quote_at[head.i] == inside:
            return head
    return None


def _borrowed_source(article: _Article, verb: Token) -> Token | None:
    """Return the subject of the finite verb that a participle or second verb goes with, where the parse lost it."""
    if verb.tag_ not in {"VBG", "VBD", "VBZ", "VBP", "VB"}:
        return None
    inside = article.quote_at[verb.i]
    doc = article.doc
    for i in range(verb.i - 1, _sentence(article, verb)[0] - 1, -1):
        token = doc[i]
        if article.quote_at[i] != inside or token.pos_ not in {"VERB", "AUX"} or token.tag_ in {"VBG", "VBN", "VB"}:
            continue
        subject = own_subject(token)
        if (
            subject is not None
            and article.quote_at[subject.i] == inside
            and not any(a.dep_ in syntax.RELATIVES for a in (token,))
        ):
            return subject
    return None


def _quote_rule(lexicon: Lexicon, verb: Token) -> ReportingRule | None:
    if verb.pos_ not in {"VERB", "AUX"} and not verb.tag_.startswith("VB"):
        return None
    return next((rule for rule in lexicon.verbs.get(verb.lower_, ()) if "quote" in rule.takes), None)


def _is_title(article: _Article, quote: _Quote) -> bool:
    """Return whether a quotation is the title of a work within a sentence (*on “Meet the Press,” he said that …*)."""
    doc = article.doc
    if quote.start == 0 or doc[quote.start - 1].pos_ not in {"ADP", "NOUN", "PROPN", "PART", "DET", "ADJ", "NUM"}:
        return False
    words = [t.text for t in doc[quote.start : quote.end] if t.is_alpha]
    return 0 < len(words) <= 8 and all(w[0].isupper() or len(w) <= 3 for w in words)


def _following_verb(article: _Article, quote: _Quote) -> Token | None:
    """Return the reporting verb of the clause right after a quotation (*"…," said X*; *"…," X told Y*)."""
    doc = article.doc
    end = article.paragraphs[quote.paragraph][1]
    i = quote.end
    comma = False
    while i < end and (doc[i].text in {",", "-", "—", "–", "--"} or (doc[i].is_space and "\n" not in doc[i].text)):
        comma = comma or not doc[i].is_space
        i += 1
    if i >= end or article.quote_at[i] >= 0 or doc[i].text in _REGION_STOPS or _is_title(article, quote):
        return None
    inner = _last_inside(doc, quote)
    if not (comma or inner in {",", "?", "!", "—", "–", "-", "…", "...", "."}):
        return None
    if inner == "." and not comma and not (doc[i].is_lower or doc[i].pos_ in {"PROPN", "PRON"}):
        return None
    stop = i
    while (
        stop < min(end, i + _REGION_MAX)
        and doc[stop].text not in _REGION_STOPS
        and article.quote_at[stop] < 0
        and "\n" not in doc[stop].text
    ):
        stop += 1
    if doc[i].lower_ in {"and", "but", "or", "while", "because", "that", "which", "who", "to", "with", "in", "of"}:
        return None
    for j in range(i, stop):
        token = doc[j]
        if _quote_rule(article.lexicon, token) is None or token.tag_ == "VBG" or not syntax.is_finite(token):
            continue
        if inner in _FULL_STOPS and not comma and _has_own_object(article, token):
            return None
        if j == i or (j == i + 1 and doc[i].pos_ == "ADV"):
            if _has_own_clause(article, token):
                return None
            return token
        subject = next((s for s in syntax.subjects(token) if s.i < j), None)
        begins = subject is not None and subject.left_edge.i <= i + 1
        plain = not _finite_before(doc, i, j) and any(t.pos_ in syntax.NOMINALS for t in doc[i:j])
        if begins or plain:
            if inner == "." and not comma and (j + 1 < stop or _has_own_clause(article, token)):
                return None
            inside_sentence = quote.start > article.paragraphs[quote.paragraph][0] and doc[quote.start - 1].pos_ in {
                "ADP",
                "DET",
                "NOUN",
                "ADJ",
                "PROPN",
            }
            if _has_own_clause(article, token) and (inside_sentence or (inner not in {",", "?", "!"} and not comma)):
                return None
            return token
    if inner in {",", "!", "?"} and _sentence_like(article, quote):
        return _any_verb(doc, i, stop)
    return None


def _any_verb(doc: Doc, start: int, stop: int) -> Token | None:
    """Return the verb of a clause right after a quotation that can only report it (*“Never!” beamed the boy*)."""
    if stop - start < 2:
        return None
    first, last = doc[start], doc[stop - 1]
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
        elif token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and not relative and token.head.i != verb:
            return True
        elif token.pos_ in {"SCONJ", "CCONJ"} and token.dep_ == "mark":
            return True
    return False


def _has_own_clause(article: _Article, verb: Token) -> bool:
    """Return whether the verb has a content clause to its right outside quotation marks."""
    return any(
        child.i > verb.i and child.dep_ == "ccomp" and article.quote_at[child.i] < 0 and syntax.is_finite(child)
        for child in verb.children
    )


def _has_own_object(article: _Article, verb: Token) -> bool:
    """Return whether the verb has something else to its right to be about: another sentence, not a tag to the quotation."""
    if verb.lower_ in cue_finders.TELLING:
        return False
    return any(
        child.i > verb.i
        and article.quote_at[child.i] < 0
        and (
            child.dep_ in {"ccomp", "xcomp"}
            or (child.dep_ in syntax.OBJECTS and child.ent_type_ not in {"DATE", "TIME"})
        )
        and own_subject(verb) is not None
        for child in verb.children
    )


def _last_inside(doc: Doc, quote: _Quote) -> str:
    """Return the last token before the closing mark, or the mark itself where it is glued on."""
    i = quote.end - 1
    while i > quote.start and (doc[i].is_quote or doc[i].is_space or doc[i].text == "''"):
        i -= 1
    return doc[i].text[-1:] if doc[i].is_punct else doc[i].text[-1:] if doc[i].text[-1:] in ",?!" else doc[i].text


def _preceding_verb(article: _Article, quote: _Quote) -> Token | None:
    """Return the reporting verb that leads up to a quotation (*X said: "…"*, *telling CNN, "…"*)."""
    doc = article.doc
    start = article.paragraphs[quote.paragraph][0]
    if quote.start == start:
        return _introduced(article, quote)
    j = quote.start - 1
    while j > start and doc[j].is_space and "\n" not in doc[j].text:
        j -= 1
    before = doc[j]
    if before.text in {",", ":", "—", "–", "-"}:
        if before.text == "," and j > start and doc[j - 1].lower_ == "that":
            return None
        near = _INTRO_MAX if before.text == ":" else 16
    elif before.is_alpha or before.text in {")", ".", "..."}:
        near = 6
        if not _sentence_like(article, quote):
            near = 1
    else:
        return None
    if before.text == "." and before.dep_ == "punct":
        return None
    low = max(start, j - near + 1)
    best: Token | None = None
    for k in range(j, low - 1, -1):
        token = doc[k]
        if article.quote_at[k] >= 0 or token.text in _SENTENCE_ENDS or (token.text == ";" and k < j):
            break
        if _quote_rule(article.lexicon, token) is None:
            continue
        if token.dep_ in {"amod", "compound"} and token.tag_ not in {"VBG", "VBN"}:
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


def _piece_around(article: _Article, quote: _Quote, draft: _Draft) -> Piece:
    """Return a quotation after its verb; where the verb is an aside, what stands before it goes with the quotation too."""
    doc, region, verb = article.doc, draft.region, draft.head
    if region is None or verb is None:
        return quote.start, quote.end
    floor = article.paragraphs[quote.paragraph][0]
    lead = max(_sentence(article, verb)[0], floor)
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
    stop = _sentence(article, doc[quote.end - 1])[1]
    while end < stop and doc[end].text not in {",", ";", *_SENTENCE_ENDS, *_DASHES} and not doc[end].is_space:
        end += 1
    return quote.start, end


def _sentence_like(article: _Article, quote: _Quote) -> bool:
    inside = [t for t in article.doc[quote.start : quote.end] if not t.is_punct and not t.is_space]
    return len(inside) >= 4 and inside[0].text[:1].isupper()


def _introduced(article: _Article, quote: _Quote) -> Token | None:
    """Return the verb that ends the paragraph before with a colon (*He said:* ¶ *"…"*)."""
    if quote.paragraph == 0:
        return None
    first, last = article.paragraphs[quote.paragraph - 1]
    doc = article.doc
    if doc[last - 1].text[-1:] != ":":
        return None
    return _last_verb(article, first, last - 1)


def _last_verb(article: _Article, first: int, last: int) -> Token | None:
    doc = article.doc
    for k in range(last - 1, max(first, last - _INTRO_MAX) - 1, -1):
        if doc[k].text in _SENTENCE_ENDS and doc[k].dep_ == "punct":
            return None
        if (
            article.quote_at[k] < 0
            and _quote_rule(article.lexicon, doc[k]) is not None
            and doc[k].dep_ not in {"amod", "compound"}
        ):
            return doc[k]
    return None


def _labelled(article: _Article, quote: _Quote) -> _Draft | None:
    """Return an attribution by a speaker's label at the head of the paragraph (*Smith: "…"*)."""
    doc = article.doc
    start = article.paragraphs[quote.paragraph][0]
    j = quote.start - 1
    if j <= start or doc[j].text != ":" or j - start > 8:
        return None
    label = doc[start:j]
    if any(t.pos_ in {"VERB", "AUX"} for t in label) or not any(t.pos_ == "PROPN" for t in label):
        return None
    rule = next((rule for _, rule in article.lexicon.phrases.get(":", ())), None)
    if rule is None:
        return None
    draft = _Draft((j, j + 1), None, rule, "quote", [], label, direct=True, region=(start, j + 1))
    article.drafts.append(draft)
    return draft


def _signed(article: _Article, quote: _Quote) -> _Draft | None:
    """Return an attribution by a name set after the quotation with a dash (*“…” — Ann Lee*)."""
    doc = article.doc
    last = article.paragraphs[quote.paragraph][1]
    i = quote.end
    if quote.end >= last and quote.paragraph + 1 < len(article.paragraphs):  # the name has a line of its own
        i, last = article.paragraphs[quote.paragraph + 1]
    while i < last and doc[i].is_space:
        i += 1
    if i + 1 >= last or last - i > 12 or doc[i].text not in _DASHES | {"―"} or not _sentence_like(article, quote):
        return None
    name = cue_finders.trimmed(doc, (i + 1, last))
    rule = _label_rule(article)
    if (
        name is None
        or rule is None
        or doc[name[0]].pos_ != "PROPN"
        or any(t.pos_ == "VERB" for t in doc[name[0] : name[1]])
    ):
        return None
    draft = _Draft((i, i + 1), None, rule, "quote", [], doc[name[0] : name[1]], direct=True, region=(i, last))
    article.drafts.append(draft)
    return draft


def _announced(article: _Article, quote: _Quote) -> _Draft | None:
    """Return an attribution by a colon alone (*The minister apologised:* “…”), the last verb before it being the cue."""
    doc = article.doc
    number = quote.paragraph
    first, last = article.paragraphs[number]
    if quote.start == first and number > 0:
        first, last = article.paragraphs[number - 1]
        colon = last - 1
    else:
        colon = quote.start - 1
    while colon > first and doc[colon].is_space:
        colon -= 1
    rule = _label_rule(article)
    if rule is None or doc[colon].text != ":" or not _sentence_like(article, quote):
        return None
    for i in range(colon - 1, max(first, colon - _INTRO_MAX) - 1, -1):
        verb = doc[i]
        if verb.text in _SENTENCE_ENDS and verb.dep_ == "punct":
            return None
        if verb.pos_ != "VERB" or article.quote_at[i] >= 0 or not syntax.is_finite(verb) or i in article.used:
            continue
        head = _speaker(article, verb)
        if head is None or (head.ent_type_ != "PERSON" and head.pos_ != "PRON" and head.ent_type_ != "ORG"):
            return None
        draft = _Draft(
            (i, colon + 1),
            verb,
            rule,
            "quote",
            [],
            whole_source(head, (i, colon + 1)),
            direct=True,
            region=(i, colon + 1),
        )
        article.drafts.append(draft)
        article.used[i] = draft
        return draft
    return None


def _label_rule(article: _Article) -> ReportingRule | None:
    return next((rule for _, rule in article.lexicon.phrases.get(":", ())), None)


def _nearby_source(article: _Article, verb: Token) -> Token | None:
    """Return the noun next to a reporting verb that the parse left without a subject (*said General Dvornikov*)."""
    doc = verb.doc
    first, last = article.paragraphs[article.paragraph_of[verb.i]]
    if verb.tag_ in {"VBG", "VBN"}:
        return None
    if verb.i > first and (doc[verb.i - 1].is_punct or doc[verb.i - 1].is_quote or doc[verb.i - 1].pos_ == "ADV"):
        for token in doc[verb.i + 1 : last]:
            if token.is_punct or token.is_space or token.pos_ in {"VERB", "AUX", "ADP", "SCONJ"}:
                break
            if token.pos_ in syntax.NOMINALS and token.ent_type_ not in {"DATE", "TIME"}:
                head = syntax.joined_name(token)
                while head.dep_ in {"compound", "nmod:desc", "nmod:poss"} and verb.i < head.head.i < last:
                    head = head.head
                return head if head.i > verb.i else token
    if verb.i > first and doc[verb.i - 1].text == ",":  # X, one of the owners, said
        return _object_after(doc, _sentence(article, verb)[0])
    for i in range(verb.i - 1, max(first, verb.i - 8) - 1, -1):
        token = doc[i]
        if token.is_punct or token.is_quote or token.is_space or token.pos_ in {"VERB", "SCONJ", "CCONJ"}:
            break
        if (
            token.pos_ in syntax.NOMINALS
            and token.ent_type_ not in {"DATE", "TIME"}
            and token.dep_ not in {"obl", "nmod"}
        ):
            return syntax.joined_name(token)
    return None


def _carried(article: _Article, quote: _Quote, last: _Draft, last_paragraph: int) -> _Draft | None:
    """Return the attribution that a quotation without words of its own goes on with, None where that is not plain."""
    doc = article.doc
    previous = max(last.pieces, default=(0, 0), key=lambda piece: piece[1])
    edge = max(previous[1], last.region[1] if last.region else 0)
    if quote.paragraph == last_paragraph:
        between = doc[edge : quote.start] if edge <= quote.start else doc[0:0]
        if all(t.is_punct or t.is_space for t in between):
            return last
        before = doc[quote.start - 1]
        if not _complete(article, quote) or _is_title(article, quote):
            return None
        if not (
            before.text in {",", ":", *_FULL_STOPS, *_DASHES}
            or before.text.endswith(".")
            or article.quote_at[before.i] >= 0
        ):
            return None
        early = [t for t in between if t.text in _SENTENCE_ENDS and t.dep_ == "punct" and t.i < quote.start - 2]
        if _sentence_like(article, quote) and not early and not _speaks_again(article, between):
            return last  # the clause goes on (", said X, who was there. "…")
        return None
    if quote.continues:
        return last
    if quote.paragraph == last_paragraph + 1 and quote.start == article.paragraphs[quote.paragraph][0]:
        if not _sentence_like(article, quote) and quote.end < article.paragraphs[quote.paragraph][1] - 1:
            return None
        rest = doc[edge : article.paragraphs[last_paragraph][1]]
        if sum(1 for t in rest if t.is_sent_start and not t.is_punct) == 0:
            return last
    return None


def _complete(article: _Article, quote: _Quote) -> bool:
    """Return whether a quotation ends with its sentence, rather than being a few words within one."""
    doc = article.doc
    if not quote.closed or _last_inside(doc, quote) in {*_FULL_STOPS, ","}:
        return True
    return quote.end >= article.paragraphs[quote.paragraph][1] or doc[quote.end].text in {*_FULL_STOPS, *_DASHES, ","}


def _speaks_again(article: _Article, between: Span) -> bool:
    """Return whether another reporting verb with a subject of its own stands in a stretch of text."""
    return any(
        _quote_rule(article.lexicon, t) is not None and t.i not in article.used and own_subject(t) is not None
        for t in between
    )


def _piece_of(article: _Article, quote: _Quote, draft: _Draft, *, carried: bool) -> Piece:
    """Return the quotation, drawn back over the words of its sentence that go with it (*It was "a mess," she said*)."""
    doc = article.doc
    start = quote.start
    follows = draft.head is not None and draft.head.i >= quote.end
    if not follows and not carried and not draft.pieces:
        return _piece_around(article, quote, draft)
    if follows and not carried and _preceding_verb(article, quote) is None:
        floor = article.paragraphs[quote.paragraph][0]
        i = quote.start
        while i > floor:
            token = doc[i - 1]
            if (
                token.text in _SENTENCE_ENDS
                and (token.dep_ == "punct" or doc[i].text[:1].isupper())
                and article.quote_at[i - 1] < 0
            ):
                break
            if (
                article.quote_at[i - 1] >= 0
                and article.quotes[article.quote_at[i - 1]].end == i
                and _last_inside(doc, article.quotes[article.quote_at[i - 1]]) in _SENTENCE_ENDS
            ):
                break
            if any(d.direct and d.region and d.region[0] <= i - 1 < d.region[1] for d in article.drafts[-2:]):
                return (quote.start, quote.end)
            if (token.is_space and "\n" in token.text) or (token.text == ":" and i == quote.start) or token.text == "(":
                break
            i -= 1
        while i < start and (doc[i].is_space or doc[i].is_punct) and article.quote_at[i] < 0:
            i += 1
        start = i
    return start, quote.end


# --- phrases ----------------------------------------------------------------------------------------------------------


def _attribute_phrases(article: _Article) -> None:
    doc, phrases = article.doc, article.lexicon.phrases
    for token in doc:
        for words, rule in phrases.get(token.lower_, ()):
            end = token.i + len(words)
            if rule.id == "colon" or [t.lower_ for t in doc[token.i : end]] != list(words) or end >= len(doc):
                continue
            draft = _phrase_draft(article, token, end, rule)
            if draft is not None:
                article.drafts.append(draft)
                article.used[token.i] = draft
            break
    _attribute_labels(article)


def _phrase_draft(article: _Article, token: Token, end: int, rule: ReportingRule) -> _Draft | None:
    doc = article.doc
    head = _object_after(doc, end)
    if head is None:
        return None
    source = _from(source_span(head), end)
    if source is None:
        return None
    single = end - token.i == 1
    if single and not _is_source_like(article, source, token):
        return None
    piece = (token.i, source.end)
    pieces = _host(article, token, piece)
    if not pieces:
        return None
    return _Draft((token.i, end), token, rule, "host", pieces, source, region=piece)


def _from(span: Span, start: int) -> Span | None:
    return span.doc[max(span.start, start) : span.end] if span.end > start else None


def _object_after(doc: Doc, start: int) -> Token | None:
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
        ):
            break
        if head.pos_ in {"VERB", "AUX"} and head.left_edge.i < start:
            break
        token = head
    return token if token.pos_ in syntax.NOMINALS or token.pos_ in {"ADJ", "NUM", "DET"} else None


def _is_source_like(article: _Article, source: Span, token: Token) -> bool:
    """Return whether *per* or *citing* leads to a source, not a measure or a reason."""
    root = source.root
    if any(t.ent_type_ in {"PERSON", "ORG"} for t in source):
        return True
    kind = article.lexicon.source_nouns.get(root.lower_)
    if token.lower_ in {"per"}:
        return kind is not None and source[0].pos_ in {"DET", "PROPN", "PRON", "ADJ"} and source[0].tag_ != "NN"
    return kind in {"officials", "outlet", "person"} or (
        kind in {"document", "data"}
        and root.lower_ not in {"evidence", "results", "number", "numbers", "bill", "law", "plan"}
    )


def _host(article: _Article, token: Token, piece: Piece) -> list[Piece]:
    """Return the sentence around a phrase, or the clause that it belongs to, without the phrase itself."""
    doc = article.doc
    sent = _sentence(article, token)
    start, end = sent
    clause = _clause_of(token)
    if (
        clause is not None
        and clause.dep_ in {"acl:relcl", "relcl", "ccomp", "advcl", "parataxis"}
        and clause.left_edge.i > start + 1
    ):
        left, right = clause.left_edge.i, clause.right_edge.i + 1
        if left < piece[0] < right and clause.dep_ in {"acl:relcl", "relcl"}:
            start, end = left, min(end, right)
    stop = piece[1]
    while stop < end and doc[stop].text not in {",", ";", "—", "–", ")"} and doc[stop].text not in _SENTENCE_ENDS:
        stop += 1
    if article.quote_at[start] >= 0:  # the sentence ends a quotation that began before it
        start = article.quotes[article.quote_at[start]].start
    before, after = (start, piece[0]), (stop, end)
    pieces = []
    if cue_finders.trimmed(doc, before) is not None and before[1] - before[0] > 0:
        pieces.append(before)
    tail = cue_finders.trimmed(doc, after)
    if tail is not None and tail[1] - tail[0] > 1 and (not pieces or doc[min(stop, end - 1)].text in {",", "—", "–"}):
        if not pieces or not _goes_on_elsewhere(doc, tail):
            pieces.append(after)
    return pieces


def _goes_on_elsewhere(doc: Doc, tail: Piece) -> bool:
    first = doc[tail[0]]
    if first.lower_ in {"and", "but", "so"}:
        return not any(
            t.dep_ in syntax.SUBJECTS and t.tag_ not in {"WP", "WDT"} for t in doc[tail[0] + 1 : tail[0] + 6]
        )
    return (
        first.lower_ in {"and", "but", "which", "who", "while", "although", "though", "as", "adding", "citing", "so"}
        or first.tag_ == "VBG"
    )


def _clause_of(token: Token) -> Token | None:
    for ancestor in token.ancestors:
        if ancestor.pos_ in {"VERB", "AUX"} or any(c.dep_ == "cop" for c in ancestor.children):
            return ancestor
    return None


def _sentence(article: _Article, token: Token) -> Piece:
    """Return the token's sentence, kept inside its paragraph."""
    first, last = article.paragraphs[article.paragraph_of[token.i]]
    sent = token.sent
    return max(sent.start, first), min(sent.end, last)


def _attribute_labels(article: _Article) -> None:
    """Add *Media: Russia shifts …* and *Mr X said:* ¶ paragraphs without marks."""
    doc = article.doc
    rule = next((rule for _, rule in article.lexicon.phrases.get(":", ())), None)
    for number, (first, last) in enumerate(article.paragraphs):
        if doc[last - 1].text[-1:] == ":" and number + 1 < len(article.paragraphs):
            _introduce_paragraphs(article, number)
        if rule is None:
            continue
        colon = next((i for i in range(first + 1, min(first + 7, last - 2)) if doc[i].text == ":"), None)
        if colon is None or article.quote_at[colon] >= 0 or article.quote_at[colon + 1] >= 0:
            continue
        label = doc[first:colon]
        if label.root.pos_ not in {"NOUN", "PROPN"} or any(t.pos_ in {"VERB", "AUX"} for t in label):
            continue
        kind = article.lexicon.source_nouns.get(label.root.lower_)
        if not (
            (kind in {"outlet", "officials", "person", "document"} and number < 2)
            or (label.root.ent_type_ == "PERSON" and number < 1)
        ):
            continue
        article.drafts.append(
            _Draft((colon, colon + 1), None, rule, "host", [(colon + 1, last)], label, region=(first, colon + 1))
        )


def _introduce_paragraphs(article: _Article, number: int) -> None:
    doc = article.doc
    first, last = article.paragraphs[number]
    following = article.paragraphs[number + 1]
    if article.quote_at[following[0]] >= 0:
        return
    verb = _last_verb(article, first, last - 1)
    if verb is None or verb.i in article.used:
        return
    draft = _direct_draft(article, verb)
    draft.pieces.append(following)
    for start, end in article.paragraphs[number + 2 :]:
        words = {t.lower_ for t in doc[start:end]}
        if not (words & _FIRST_PERSON) or any(article.quote_at[i] >= 0 for i in range(start, end)):
            break
        draft.pieces.append((start, end))


# --- words ------------------------------------------------------------------------------------------------------------


def _attribute_words(article: _Article) -> None:
    lexicon = article.lexicon
    for token in article.doc:
        if token.i in article.used:
            continue
        lower = token.lower_
        cue: Cue | None = None
        if lower in lexicon.verbs:
            cue = cue_finders.find_verb_cue(token, lexicon)
            host = _parenthetical(article, token, cue)
            if host is not None:
                article.drafts.append(host)
                article.used[token.i] = host
                continue
        if cue is None and lower in lexicon.nouns:
            cue = cue_finders.find_noun_cue(token, lexicon)
        if cue is None and lower in lexicon.adjectives:
            cue = cue_finders.find_adjective_cue(token, lexicon)
        if cue is None:
            continue
        pieces = [_whole_quotations(article, _within_sentence(article, piece)) for piece in cue.content]
        extent = (cue.start, cue.end)
        head = cue.source
        if head is None or _quoted_away(article, token, head):
            lost = (
                token.pos_ == "VERB"
                and cue.frame in {"clause", "quote", "predicate", "object"}
                and not syntax.is_passive(token)
            )
            head = _borrowed_source(article, token) if lost else None
        source = whole_source(head, extent) if head is not None else None
        draft = _Draft((cue.start, cue.end), token, cue.rule, cue.frame, pieces, source)
        article.drafts.append(draft)
        article.used[token.i] = draft


def _within_sentence(article: _Article, piece: Piece) -> Piece:
    """Return the run cut at a full stop outside quotation marks: two sentences that the parse took for one."""
    start, end = piece
    doc = article.doc
    for i in range(start + 2, end - 1):
        phrase = article.used.get(i)
        if (
            phrase is not None
            and phrase.rule.takes == ("host",)
            and doc[i - 1].text == ","
            and phrase.region
            and phrase.region[1] >= end - 1
        ):
            return start, i - 1  # …, according to X, speaks of the whole sentence
    for i in range(start, end - 1):
        if doc[i].text in _SENTENCE_ENDS and doc[i].dep_ == "punct" and article.quote_at[i] < 0:
            following = doc[i + 1]
            if article.quote_at[i + 1] >= 0 or following.text[:1].isupper() or following.is_space:
                return start, i
    return piece


def _quoted_away(article: _Article, cue: Token, source: Token) -> bool:
    """Return whether a source lies inside a quotation that the cue is outside of."""
    return article.quote_at[source.i] >= 0 and article.quote_at[source.i] != article.quote_at[cue.i]


def _attribute_sequels(article: _Article) -> None:
    """Give quotations that follow right upon an indirect *…, X said.* to X."""
    doc = article.doc
    by_end = {draft.region[1]: draft for draft in article.drafts if draft.region is not None and not draft.direct}
    taken = {i for draft in article.drafts if draft.direct for start, end in draft.pieces for i in range(start, end)}
    for quote in article.quotes:
        if (
            quote.depth > 0
            or quote.start in taken
            or not _sentence_like(article, quote)
            or not _complete(article, quote)
        ):
            continue
        i = quote.start
        floor = article.paragraphs[quote.paragraph][0]
        while i > floor and (doc[i - 1].is_punct or doc[i - 1].is_space):
            i -= 1
        draft = by_end.get(i)
        if draft is not None and i > floor:
            draft.pieces.append((quote.start, quote.end))


def _whole_quotations(article: _Article, piece: Piece) -> Piece:
    """Return the run drawn on to the end of a quotation that it only begins (a quotation of several sentences)."""
    start, end = piece
    doc = article.doc
    if end + 1 < len(doc) and doc[end].text == ":" and article.quote_at[end + 1] >= 0:
        return start, article.quotes[article.quote_at[end + 1]].end
    inside = article.quote_at[end - 1]
    if inside >= 0:
        quote = article.quotes[inside]
        if quote.start >= start:
            end = max(end, quote.end)
    elif (
        end < len(article.doc)
        and article.quote_at[end] >= 0
        and article.quotes[article.quote_at[end]].end == end + 1
        and article.quotes[article.quote_at[end]].start >= start
    ):
        end += 1
    return start, end


def _parenthetical(article: _Article, verb: Token, cue: Cue | None) -> _Draft | None:
    """Return the attribution of a clause that stands beside what is said (*The port, he said, is shut*)."""
    rule = next(
        (r for r in article.lexicon.verbs.get(verb.lower_, ()) if "clause" in r.takes and r.mode in _ASIDES), None
    )
    if rule is None or not syntax.is_finite(verb) or article.quote_at[verb.i] >= 0 or verb.pos_ not in {"VERB", "AUX"}:
        return None
    doc = article.doc
    sent = _sentence(article, verb)
    start, end = cue_finders.reporting_clause(verb, sent[1])
    if cue is not None and not _is_aside(doc, verb, cue, end):
        return None
    as_clause = (start > sent[0] and doc[start - 1].lower_ == "as") or doc[start].lower_ == "as"
    if doc[start].lower_ in {
        "when",
        "while",
        "that",
        "which",
        "who",
        "what",
        "if",
        "because",
        "and",
        "but",
        "whether",
        "how",
    }:
        return None
    if as_clause and doc[start].lower_ != "as":
        start -= 1
    head = _speaker(article, verb)
    if head is None or head.lower_ in {"which", "that", "what"}:
        return None
    if (
        any(
            t.pos_ in {"VERB", "AUX"} or t.lower_ in {"how", "what", "why", "to"} and t.pos_ != "ADP"
            for t in doc[max(verb.i, head.i) + 1 : end]
        )
        and head.i < verb.i
    ):
        return None
    if (
        end < sent[1]
        and doc[end].text not in {",", ".", "—", "–", "-", "--", ";", ")", "!", "?", ":"}
        and not doc[end].is_space
    ):
        return None
    comma_before = start > sent[0] and doc[start - 1].text in {",", "—", "–", "-", "--", "”", '"', "''"}
    if not comma_before and not (as_clause and start == sent[0]):
        return None
    pieces: list[Piece] = []
    floor = sent[0]
    if (
        end < sent[1] and doc[end].text in _DASHES and doc[start - 1].text == ","
    ):  # — that will not happen, they believe —
        floor = next((t.i + 1 for t in reversed(doc[sent[0] : start]) if t.text in _DASHES), floor)
    lead = cue_finders.trimmed(doc, (floor, start))
    if lead is not None and start > floor:
        pieces.append((floor, start))
    if end < sent[1] and doc[end].text in {",", *_DASHES} and floor == sent[0]:
        tail = cue_finders.trimmed(doc, (end, sent[1]))
        if (tail is not None and not _belongs_to(verb, doc[tail[0]]) and not _goes_on_elsewhere(doc, tail)) or (
            not pieces and tail is not None
        ):
            pieces.append((end, sent[1]))
    if not pieces or all(b - a < 2 for a, b in pieces):
        return None
    return _Draft(
        cue_finders.cue_extent(verb),
        verb,
        rule,
        "clause",
        pieces,
        whole_source(head, cue_finders.cue_extent(verb)),
        region=(start, end),
    )


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
        return doc[end].text in {",", "—", "–", "-", "--"} if end < len(doc) else True
    return cue.frame == "clause" and any(first < s < verb.i for s, _ in cue.content)


def _belongs_to(verb: Token, token: Token) -> bool:
    """Return whether the token hangs on the verb by something other than what is said."""
    node = token
    while node.head.i != node.i:
        if node.head.i == verb.i:
            return node.dep_ in {"advcl", "conj", "obl", "acl", "appos", "advmod", "cc", "obl:unmarked", "obl:tmod"}
        node = node.head
    return False


# --- settling ---------------------------------------------------------------------------------------------------------


def _settled(article: _Article, resolve: Resolve | None) -> list[Attributed]:
    doc = article.doc
    ready: list[tuple[_Draft, list[Piece]]] = []
    spoken = {
        p
        for draft in article.drafts
        if draft.direct
        for piece in draft.pieces
        if (p := cue_finders.trimmed(doc, piece))
    }
    for draft in article.drafts:
        pieces = sorted({p for piece in draft.pieces if (p := cue_finders.trimmed(doc, piece)) is not None})
        pieces = [p for p in _without_cue(draft, pieces) if draft.direct or p not in spoken]
        if pieces:
            ready.append((draft, pieces))
    order = sorted(range(len(ready)), key=lambda k: -sum(end - start for start, end in ready[k][1]))
    inside: list[int] = [-1] * len(doc)  # the attribution, by rank, whose content holds the token
    nested: set[int] = set()
    for k in order:
        draft, pieces = ready[k]
        at = draft.head.i if draft.head is not None else draft.cue[0] if draft.cue else pieces[0][0]
        if inside[at] >= 0 or article.quote_at[at] >= 0:
            nested.add(k)
            continue
        for start, end in pieces:
            for i in range(start, end):
                if inside[i] < 0:
                    inside[i] = k
    found = [_attributed(article, draft, pieces, k in nested, resolve) for k, (draft, pieces) in enumerate(ready)]
    return sorted(found, key=lambda a: (a.cue.start if a.cue is not None else a.content[0].start, a.content[0].start))


def _without_cue(draft: _Draft, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the runs with the cue and the reporting clause cut out."""
    cut = draft.cue
    if cut is None:
        return list(pieces)
    kept: list[Piece] = []
    for start, end in pieces:
        if start < cut[1] and cut[0] < end and not draft.direct:
            if start < cut[0]:
                kept.append((start, cut[0]))
            if cut[1] < end:
                kept.append((cut[1], end))
        else:
            kept.append((start, end))
    return kept


def _attributed(
    article: _Article, draft: _Draft, pieces: list[Piece], nested: bool, resolve: Resolve | None
) -> Attributed:
    doc = article.doc
    content = tuple(doc[start:end] for start, end in pieces)
    source = draft.source
    kind: SourceKind = "other"
    anonymous = False
    resolved: str | None = None
    if source is not None:
        named = source
        ancestor = antecedent(source)
        if ancestor is not None:
            named = syntax.phrase(ancestor)
            resolved = named.text
        elif resolve is not None:
            referent = resolve(source)
            if referent is not None and referent.text != source.text:
                named, resolved = referent, referent.text
        kind = source_kind(named, article.lexicon)
        anonymous = is_anonymous(named, kind)
    return Attributed(
        source=source,
        cue=doc[draft.cue[0] : draft.cue[1]] if draft.cue is not None else None,
        content=content,
        type=_type(article, draft, pieces),
        stance=draft.rule.stance,
        mode=draft.rule.mode,
        says=draft.rule.says(draft.frame),
        rule=draft.rule.id,
        frame=draft.frame,
        kind=kind,
        anonymous=anonymous,
        resolved=resolved,
        nested=nested,
        relays=find_relays(draft.head, source, article.lexicon),
    )


def _type(article: _Article, draft: _Draft, pieces: Sequence[Piece]) -> AttributionType:
    words = [
        i
        for start, end in pieces
        for i in range(start, end)
        if not article.doc[i].is_punct and not article.doc[i].is_space
    ]
    quoted = sum(article.quote_at[i] >= 0 for i in words)
    if quoted and quoted == len(words):
        return "direct"
    if draft.direct and quoted == 0 and draft.frame == "quote":
        return "direct"  # a quotation set off as paragraphs, without marks
    return "mixed" if quoted else "indirect"
