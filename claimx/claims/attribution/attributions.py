"""Every attribution of an article: who, by which words, what. Find, tie, then settle what lies inside what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from claimx.claims.attribution.credits import attribute_credits
from claimx.claims.attribution.phrases import attribute_phrases
from claimx.claims.attribution.reading import Draft, Reading, read_document
from claimx.claims.attribution.runs import Piece, trimmed
from claimx.claims.attribution.sayings import told_as
from claimx.claims.attribution.sources import antecedent, find_relays, hearer, is_anonymous, source_kind
from claimx.claims.attribution.speech import attribute_quotations, attribute_sequels
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.claims.attribution.words import attribute_words
from claimx.language import syntax
from claimx.records import AttributionType, SourceKind
from claimx.rules.lexicon import Lexicon
from claimx.rules.loader import bundled_rules
from claimx.rules.schema import Mode, Stance


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution over the tokens of a Doc.

    `source` is None where the text gives none, `named` what it stands for, if it is a relative pronoun the phrase
    before it; `content` is one or more spans. `says` tells whether the source vouches for the content (speech), rather
    than thinking, wanting or judging it; `stance` what the words add.
    `nested` attributions lie inside the content of another one, `listed` ones are sayings that do not lie inside the
    content of another saying. `relays` are the outlets that pass the words on (*told
    Reuters*, *in an interview with CNN*, *documents seen by AFP*). `rule` names the rule that fired, `frame` the
    complement that made the content.
    """

    source: Span | None
    named: Span | None
    cue: Span
    content: tuple[Span, ...]
    type: AttributionType
    stance: Stance
    mode: Mode
    says: bool
    rule: str
    frame: str
    kind: SourceKind
    anonymous: bool
    nested: bool = False
    listed: bool = True
    saying: bool = True
    relays: tuple[Span, ...] = ()

    @property
    def resolved(self) -> str | None:
        """What a relative pronoun stands for; None of other sources."""
        return self.named.text if self.named is not None and self.named is not self.source else None

    @property
    def voiced(self) -> bool:
        """Whether the source is told to have said the content: where it is quoted, or not just its view is told."""
        if not self.saying or self.type != "indirect":
            return self.saying
        if self.mode in {"thought", "judgment", "topic"}:
            return False
        verbal = self.cue.root.pos_ in {"VERB", "AUX"}
        willed = any(token.lower_ in (VERBS.willing if verbal else WORDS.willed) for token in self.cue)
        return not willed and not any(token.lower_ in syntax.NOT_EVER for token in self.cue)

    def holds(self, token: Token) -> bool:
        """Return whether the token lies in the content."""
        return any(span.start <= token.i < span.end for span in self.content)


def find_attributions(doc: Doc, *, lexicon: Lexicon | None = None) -> list[Attributed]:
    """Return the article's attributions in order of their cues, nested ones included and marked."""
    reading = read_document(doc, lexicon or bundled_rules().lexicon)
    attribute_quotations(reading)
    attribute_phrases(reading)
    attribute_credits(reading)
    attribute_words(reading)
    attribute_sequels(reading)
    return _settled(reading, _with_content(reading))


def _with_content(reading: Reading) -> list[tuple[Draft, list[Piece]]]:
    """Return the drafts that have content, with what is left of it; what is quoted is nobody else's report."""
    ready: list[tuple[Draft, list[Piece]]] = []
    quoted = {
        p for draft in reading.drafts if draft.direct for piece in draft.pieces if (p := trimmed(reading.doc, piece))
    }
    for draft in reading.drafts:
        pieces = sorted({p for piece in draft.pieces if (p := trimmed(reading.doc, piece)) is not None})
        pieces = _without_hearer(draft, _without_cue(draft, pieces))
        if not draft.direct:
            pieces = [_before_relay(reading, draft, piece) for piece in pieces if piece not in quoted]
        if pieces:
            ready.append((draft, pieces))
    return ready


def _settled(reading: Reading, ready: list[tuple[Draft, list[Piece]]]) -> list[Attributed]:
    """Return the attributions in order of their cues, the ones inside others marked: the longest are settled first."""
    held: set[int] = set()  # the tokens in some attribution's content
    said: set[int] = set()  # those in a saying's
    found: list[Attributed] = []
    for draft, pieces in sorted(ready, key=lambda each: -sum(end - start for start, end in each[1])):
        attributed = _attributed(reading, draft, pieces)
        at = _cue_at(draft)
        quoted = reading.quote_at[at] >= 0
        turn = draft.head is None and draft.frame == "host" and reading.turns[reading.paragraph_of[at]] is not None
        free = at not in said and (turn or not quoted)
        told = told_as(attributed, reading.lexicon) if free else ""
        inside = {i for start, end in pieces for i in range(start, end)}
        nested = at in held or quoted
        if not nested:
            held |= inside
        if told == "saying":
            said |= inside
        found.append(replace(attributed, nested=nested, listed=told != "", saying=told == "saying"))
    return sorted(found, key=lambda each: (each.cue.start, each.content[0].start))


def _cue_at(draft: Draft) -> int:
    """Return where the words of saying stand, by the index of their head."""
    return draft.head.i if draft.head is not None else draft.cue[0]


def _before_relay(reading: Reading, draft: Draft, piece: Piece) -> Piece:
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
            return trimmed(reading.doc, (start, begins - 1)) or piece
    return piece


def _without_cue(draft: Draft, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the runs with the cue cut out."""
    first, stop = draft.cue
    parts = [part for start, end in pieces for part in ((start, min(end, first)), (max(start, stop), end))]
    return [(start, end) for start, end in parts if start < end]


def _without_hearer(draft: Draft, pieces: list[Piece]) -> list[Piece]:
    """Return the runs without whom a thing is told, where the parse takes him in (*told **Reuters** he had left*)."""
    told = hearer(draft.head) if draft.frame == "clause" and draft.head is not None else None
    if told is None:
        return pieces
    return [(told.i + 1 if start <= told.i < end - 1 else start, end) for start, end in pieces]


def _attributed(reading: Reading, draft: Draft, pieces: list[Piece]) -> Attributed:
    doc = reading.doc
    content = tuple(doc[start:end] for start, end in pieces)
    source = named = draft.source or None  # an empty span is none
    kind: SourceKind = "other"
    if source is not None:
        ancestor = antecedent(source)
        named = syntax.phrase(ancestor) if ancestor is not None else source
        kind = source_kind(named, reading.lexicon)
    return Attributed(
        source=source,
        named=named,
        cue=doc[draft.cue[0] : draft.cue[1]],
        content=content,
        type=_type(reading, draft, pieces),
        stance=_stance(draft, content),
        mode=draft.rule.mode,
        says=_vouches(draft, content, kind),
        rule=draft.rule.id,
        frame=draft.frame,
        kind=kind,
        anonymous=named is not None and is_anonymous(named, kind),
        relays=(*draft.relays, *find_relays(draft.head, source, reading.lexicon)),
    )


def _vouches(draft: Draft, content: Sequence[Span], kind: SourceKind) -> bool:
    """Return whether the source stands behind the content, or rejects it: it is said, by one who can say it."""
    rule = draft.rule
    if draft.source is not None and draft.source[0].lower_ in WORDS.nobody:
        return False
    if draft.source is not None and draft.source.text.lower() == "one" and _is_possible(draft.head):
        return False  # ***one** can say that*
    if rule.source_kinds and kind not in rule.source_kinds:
        return False
    if rule.stance in {"neutral", "factive"} and content[0][0].lower_ == "that" and _is_negated(draft):
        return False  # *did not say that*
    return rule.says(draft.frame) or _rejects(draft, content)


def _is_possible(saying: Token | None) -> bool:
    return saying is not None and any(child.tag_ == "MD" for child in saying.children)


def _stance(draft: Draft, content: Sequence[Span]) -> Stance:
    """Return what the reporting words add; what is not denied, or neither confirmed nor denied, they leave alone."""
    if _rejects(draft, content):
        return "denial"
    return "neutral" if draft.rule.stance == "denial" and _is_negated(draft, refused=True) else draft.rule.stance


def _is_negated(draft: Draft, *, refused: bool = False) -> bool:
    """Return whether a thing is not said; with `refused`, also where saying it is (*refused to confirm or deny*)."""
    verb = draft.head
    if verb is None:
        return False
    words = syntax.NOT_EVER | ({"neither", "nor"} if refused else set())
    for token in (verb, *([verb.head] if verb.dep_ == "conj" else [])):
        if any(c.lower_ in words for c in token.children if c.i < verb.i):
            return True
        if refused and token.dep_ == "xcomp" and token.head.lower_ in VERBS.withholding:
            return True
    return False


def _rejects(draft: Draft, content: Sequence[Span]) -> bool:
    """Return whether a report is dismissed or called false (*rejected claims that …*, *called the report a lie*)."""
    if draft.rule.mode not in {"judgment", "topic"} or draft.head is None:
        return False
    words = [t.lower_ for t in content[0] if t.pos_ not in {"DET", "ADP", "PUNCT"}][:3]
    words.append(content[0].root.lower_)
    if not any(word in WORDS.reported for word in words):
        return False
    called_false = any(t.lower_ in WORDS.falsity for span in content for t in span)
    scorned = draft.head.lower_ in VERBS.scorning and any(word in WORDS.contested for word in words)
    return draft.head.lower_ in WORDS.dismissing or called_false or scorned


def _type(reading: Reading, draft: Draft, pieces: Sequence[Piece]) -> AttributionType:
    doc = reading.doc
    marked = any(doc[i].is_quote for start, _ in pieces for i in (max(start - 1, 0), start))
    if reading.quote_at[_cue_at(draft)] >= 0 and not marked:
        return "indirect"  # what is reported within a quotation is not quoted for that
    tokens = [token for start, end in pieces for token in doc[start:end]]
    words = [token for token in tokens if not token.is_punct and not token.is_space]
    quoted = sum(reading.quote_at[token.i] >= 0 for token in words)
    if quoted == len(words) > 0 or (draft.direct and quoted == 0):  # set off as paragraphs, without marks
        return "direct"
    return "mixed" if quoted else "indirect"
