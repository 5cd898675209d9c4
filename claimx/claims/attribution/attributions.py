"""Every attribution of an article: who, by which words, what. Find, tie, then settle what lies inside what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from claimx.claims.attribution.credits import attribute_credits
from claimx.claims.attribution.phrases import attribute_phrases
from claimx.claims.attribution.reading import DASHES, SENTENCE_ENDS, Draft, Reading, read_document
from claimx.claims.attribution.runs import Piece, is_time, trimmed
from claimx.claims.attribution.sayings import is_saying
from claimx.claims.attribution.sources import antecedent, find_relays, is_anonymous, source_kind
from claimx.claims.attribution.speech import attribute_quotations, attribute_sequels
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.claims.attribution.words import attribute_words
from claimx.language import syntax
from claimx.records import AttributionType, SourceKind
from claimx.rules.lexicon import Lexicon
from claimx.rules.loader import bundled_rules
from claimx.rules.schema import Mode, Stance

Resolve = Callable[[Span], Span | None]


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution over the tokens of a Doc.

    `source` and `cue` are None where the text gives none; `content` is one or more spans. `says` tells whether the
    source vouches for the content (speech), rather than thinking, wanting or judging it; `stance` what the words add.
    `nested` attributions lie inside the content of another one, `listed` ones are sayings that do not lie inside the
    content of another saying. `relays` are the outlets that pass the words on (*told
    Reuters*, *in an interview with CNN*, *documents seen by AFP*). `rule` names the rule that fired, `frame` the
    complement that made the content.
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
    listed: bool = True
    relays: tuple[Span, ...] = ()

    @property
    def word(self) -> Token | None:
        """The head of the cue, None where there is no cue."""
        return self.cue.root if self.cue is not None else None

    def holds(self, token: Token) -> bool:
        """Return whether the token lies in the content."""
        return any(span.start <= token.i < span.end for span in self.content)


def find_attributions(doc: Doc, *, resolve: Resolve | None = None, lexicon: Lexicon | None = None) -> list[Attributed]:
    """Return the article's attributions in order of their cues, nested ones included and marked."""
    reading = read_document(doc, lexicon or bundled_rules().lexicon)
    attribute_quotations(reading)
    attribute_phrases(reading)
    attribute_credits(reading)
    attribute_words(reading)
    attribute_sequels(reading)
    return _settled(reading, resolve)


def _settled(reading: Reading, resolve: Resolve | None) -> list[Attributed]:
    doc = reading.doc
    ready: list[tuple[Draft, list[Piece]]] = []
    spoken = {p for draft in reading.drafts if draft.direct for piece in draft.pieces if (p := trimmed(doc, piece))}
    for draft in reading.drafts:
        pieces = sorted({p for piece in draft.pieces if (p := trimmed(doc, piece)) is not None})
        pieces = [p for p in _without_cue(draft, pieces) if draft.direct or p not in spoken]
        if not draft.direct:
            pieces = [kept for p in pieces if (kept := _within_sentence(reading, draft, p)) is not None]
            pieces = [kept for p in pieces if (kept := _before_relay(reading, draft, p)) is not None]
        if pieces:
            ready.append((draft, pieces))
    order = sorted(range(len(ready)), key=lambda k: -sum(end - start for start, end in ready[k][1]))
    held: set[int] = set()  # the tokens in some attribution's content
    said: set[int] = set()  # those in a saying's
    found: dict[int, Attributed] = {}
    for k in order:
        draft, pieces = ready[k]
        attributed = _attributed(reading, draft, pieces, resolve)
        cue_at = _cue_at(draft)
        at = pieces[0][0] if cue_at is None else cue_at
        quoted = reading.quote_at[at] >= 0
        turn = draft.head is None and draft.frame == "host" and reading.turns[reading.paragraph_of[at]] is not None
        listed = at not in said and (turn or not quoted) and is_saying(attributed, reading.lexicon)
        inside = {i for start, end in pieces for i in range(start, end)}
        if at in held or quoted:
            attributed = replace(attributed, nested=True)
        else:
            held |= inside
        if listed:
            said |= inside
        found[k] = replace(attributed, listed=listed)
    return sorted(
        (found[k] for k in range(len(ready))),
        key=lambda a: (a.cue.start if a.cue is not None else a.content[0].start, a.content[0].start),
    )


def _cue_at(draft: Draft) -> int | None:
    """Return where the words of saying stand, by the index of their head; None where there are none."""
    return draft.head.i if draft.head is not None else draft.cue[0] if draft.cue else None


def _within_sentence(reading: Reading, draft: Draft, piece: Piece) -> Piece | None:
    """Return what of a reported content is the reporter's: up to a quotation that is somebody's own.

    *called it "a farce" - a charge that …* ends with the mark before the dash; *that the tax was paid ― he boasted,
    “I won.” The next …* with the clause before the one that quotes, sentences over which only a slip can lead.
    """
    doc, (start, end) = reading.doc, piece
    opened = reading.quote_at[start]
    if opened >= 0 and reading.quotes[opened].start == start:
        close = reading.quotes[opened].end
        if close < end and doc[close].text in DASHES and doc[close].nbor(-1).whitespace_:
            return start, close
    for other in reading.drafts:
        if not other.direct or other.region is None or not start < other.region[0] < end:
            continue
        last = max((stop for _, stop in other.pieces), default=end)
        if other.region[1] < last < end and reading.quote_at[other.region[0]] < 0 and _is_over(doc, last):
            return trimmed(doc, (start, other.region[0]))
    return piece


def _before_relay(reading: Reading, draft: Draft, piece: Piece) -> Piece | None:
    """Return what of a reported content comes before the words by which it is relayed as a whole.

    *The ministry said that he had left, **the daily reported***: that is no part of what the ministry said.
    """
    verb, (start, end) = draft.head, piece
    for other in reading.drafts:
        if verb is None or other is draft or other.direct or other.region is None:
            continue
        begins, over = other.region
        closes = start < begins < end <= over + 1 and reading.doc[begins - 1].text == ","
        if closes and any(first <= verb.i < last for first, last in other.pieces):
            return trimmed(reading.doc, (start, begins - 1))
    return piece


def _is_over(doc: Doc, quote_end: int) -> bool:
    """Return whether a quotation closes its sentence (*…smart.”*)."""
    return any(t.text[-1:] in SENTENCE_ENDS for t in doc[max(quote_end - 3, 0) : quote_end])


def _without_cue(draft: Draft, pieces: Sequence[Piece]) -> list[Piece]:
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


def _attributed(reading: Reading, draft: Draft, pieces: list[Piece], resolve: Resolve | None) -> Attributed:
    doc = reading.doc
    content = tuple(doc[start:end] for start, end in pieces)
    source = draft.source or None  # an empty span is none
    kind: SourceKind = "other"
    anonymous = False
    resolved: str | None = None
    if source is not None:
        named = source
        ancestor = antecedent(source)
        if ancestor is not None:
            named = _undated(syntax.phrase(ancestor), ancestor)
            resolved = named.text
        elif resolve is not None:
            referent = resolve(source)
            if referent is not None and referent.text != source.text:
                named, resolved = referent, referent.text
        kind = source_kind(named, reading.lexicon)
        anonymous = is_anonymous(named, kind)
    return Attributed(
        source=source,
        cue=doc[draft.cue[0] : draft.cue[1]] if draft.cue is not None else None,
        content=content,
        type=_type(reading, draft, pieces),
        stance=_stance(draft, content),
        mode=draft.rule.mode,
        says=_vouches(draft, content, kind),
        rule=draft.rule.id,
        frame=draft.frame,
        kind=kind,
        anonymous=anonymous,
        resolved=resolved,
        relays=(*draft.relays, *find_relays(draft.head, source, reading.lexicon)),
    )


def _undated(phrase: Span, head: Token) -> Span:
    """Return the phrase without a time at its end that belongs to the verb (*a plan | last week*)."""
    end = phrase.end
    while end - 1 > head.i and is_time(phrase.doc[end - 1]):
        end -= 1
    return phrase.doc[phrase.start : end]


def _vouches(draft: Draft, content: Sequence[Span], kind: SourceKind) -> bool:
    """Return whether the source stands behind the content, or rejects it: it is said, by one who can say it."""
    rule = draft.rule
    if draft.source is not None and draft.source[0].lower_ in WORDS.nobody:
        return False
    if rule.source_kinds and kind not in rule.source_kinds:
        return False
    if rule.stance in {"neutral", "factive"} and content[0][0].lower_ == "that" and _is_negated(draft):
        return False  # *did not say that*
    return rule.says(draft.frame) or _rejects(draft, content)


def _stance(draft: Draft, content: Sequence[Span]) -> Stance:
    """Return what the reporting words add; what is not denied, or neither confirmed nor denied, they leave alone."""
    if _rejects(draft, content):
        return "denial"
    return "neutral" if draft.rule.stance == "denial" and _is_negated(draft, refused=True) else draft.rule.stance


def _is_negated(draft: Draft, *, refused: bool = False) -> bool:
    """Return whether a thing is not said; with `refused`, also where saying it is (*refused to confirm or deny*)."""
    verb = draft.head
    if verb is None or draft.direct:
        return False
    words = syntax.NOT | {"never"} | ({"neither", "nor"} if refused else set())
    for token in (verb, *([verb.head] if verb.dep_ == "conj" else [])):
        if any(c.lower_ in words for c in token.children if c.i < verb.i):
            return True
        if refused and token.dep_ == "xcomp" and token.head.lower_ in VERBS.withholding:
            return True
    return refused and any(t.lower_ in {"neither", "nor"} for t in verb.doc[max(verb.sent.start, verb.i - 3) : verb.i])


def _rejects(draft: Draft, content: Sequence[Span]) -> bool:
    """Return whether a report is dismissed or called false (*rejected claims that …*, *called the report a lie*)."""
    if draft.rule.mode not in {"judgment", "topic"} or not content or draft.head is None:
        return False
    words = [t.lower_ for t in content[0] if t.pos_ not in {"DET", "ADP", "PUNCT"}][:3]
    words.append(content[0].root.lower_)
    if not any(word in WORDS.reported for word in words):
        return False
    called_false = any(t.lower_ in WORDS.falsity for span in content for t in span)
    scorned = draft.head.lower_ in VERBS.scorning and any(word in WORDS.contested for word in words)
    return draft.head.lower_ in WORDS.dismissing or called_false or scorned


def _type(reading: Reading, draft: Draft, pieces: Sequence[Piece]) -> AttributionType:
    words = [
        i
        for start, end in pieces
        for i in range(start, end)
        if not reading.doc[i].is_punct and not reading.doc[i].is_space
    ]
    at = _cue_at(draft)
    own = reading.quote_at[at] if at is not None else -1
    if own >= 0 and not any(reading.doc[i].is_quote for start, _ in pieces for i in (start - 1, start) if i >= 0):
        return "indirect"  # what is reported within a quotation is not quoted for that
    quoted = sum(reading.quote_at[i] >= 0 for i in words)
    if quoted and quoted == len(words):
        return "direct"
    if draft.direct and quoted == 0 and draft.frame == "quote":
        return "direct"  # a quotation set off as paragraphs, without marks
    return "mixed" if quoted else "indirect"
