"""Through whom a claim comes: the chain of sources behind a token, and the records that the outside sees."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from claimx import records
from claimx.claims.attribution.attributions import Attributed
from claimx.claims.attribution.sources import (
    antecedent,
    has_voice,
    is_anonymous,
    source_kind,
    source_span,
    without_additions,
)
from claimx.claims.attribution.vocabulary import VERBS
from claimx.language import syntax
from claimx.records import SourceKind, SourcePart
from claimx.rules.lexicon import Lexicon
from claimx.rules.schema import Stance

_RELAYED_BEFORE = frozenset({"citing", "per"})
_THE_SPEAKER = frozenset({"i", "we", "he", "she", "they", "it"})
_FIRST_PERSON = frozenset({"i", "we"})
_TIMES = frozenset({"after", "when", "before", "since", "as", "while", "once", "until"})


@dataclass(frozen=True, slots=True)
class Hop:
    """One link of a chain: who says so, by which words, and with what stance.

    `attributed` is the attribution that the hop comes from; an outlet that was told, or that quotes, shares it with
    the source it passes on.
    """

    source: Span
    kind: SourceKind
    anonymous: bool
    resolved: str | None
    cue: Span | None
    stance: Stance
    attributed: Attributed
    relayed: bool = False

    @property
    def part(self) -> SourcePart:
        """What the hop does: says it, shows it, or passes it on."""
        if self.relayed or self.kind == "outlet":
            return "relay"
        return "evidence" if self.kind in {"image", "data"} else "speaker"


def source_chain(token: Token, attributions: Sequence[Attributed]) -> tuple[Hop, ...]:
    """Return the sources that vouch for what the token says, nearest first; empty in the article's own voice.

    Thoughts, wishes and requests make no hop: who plans or demands a thing is not who reports it; but who vows or
    urges does so in words.
    """
    holding = [a for a in attributions if (a.says or _declares(a)) and not is_nobodys(a) and a.holds(token)]
    holding = [a for a in holding if not _is_cue(token, a) and not _is_beside(token, a)]
    holding = [a for a in holding if not _is_own_word(a, holding)]
    holding.sort(key=lambda a: (sum(len(span) for span in a.content), a.rule not in _RELAYED_BEFORE))
    ordered: list[Attributed] = []
    for attributed in holding:
        at = len(ordered)
        if attributed.rule in _RELAYED_BEFORE:
            # "B reports, citing A": A stands nearer to the claim than B, although its phrase reaches over B's words
            cues = [(k, o.cue) for k, o in enumerate(ordered) if o.cue is not None and attributed.holds(o.cue[0])]
            place = attributed.cue.start if attributed.cue is not None else -1
            at = min(cues, key=lambda found: abs(found[1].start - place))[0] if cues else at
        ordered.insert(at, attributed)
    hops: list[Hop] = []
    for hop in (hop for attributed in ordered for hop in _hops(attributed)):
        # ***He** said the town that **he** said they left*
        if not any(hop.source.text.lower() == other.source.text.lower() for other in hops):
            hops.append(hop)
    return tuple(hops)


def is_nobodys(attributed: Attributed) -> bool:
    """Return whether an attribution has no source to name: none is given, or only a notion (*early signs suggest*).

    Nor has what a speaker believes of what he says himself (*“**We** think they left,” the sheriff said; the sheriff
    said **he** thinks they left*).
    """
    source = attributed.source
    if source is None or not has_voice(source, attributed.kind):
        return True
    return attributed.nested and attributed.mode == "thought" and source.text.lower() in _THE_SPEAKER


def is_presupposed(token: Token, attributed: Attributed) -> bool:
    """Return whether the token only sets the time of what is said: *denied that it sank after it had **left***.

    Who denies or doubts the one takes the other for granted, as he does what only describes somebody.
    """
    while token.head.i != token.i and attributed.holds(token.head):
        edge = token.left_edge
        if token.dep_ in syntax.RELATIVES and syntax.is_finite(token):
            return True
        if token.dep_ == "acl" and token.tag_ == "VBN" and edge.i and "," in {edge.text, edge.nbor(-1).text}:
            return True
        if token.dep_ == "advcl" and any(c.lower_ in _TIMES and c.dep_ in {"mark", "advmod"} for c in token.children):
            return True
        token = token.head
    return False


def _declares(attributed: Attributed) -> bool:
    """Return whether a verb declares what somebody will do or wants done (*vowed to leave, urged them to leave*)."""
    cue = attributed.cue
    active = attributed.frame in {"infinitive", "object_infinitive"}
    return active and cue is not None and any(token.lower_ in VERBS.declaring for token in cue)


def _is_own_word(attributed: Attributed, holding: Sequence[Attributed]) -> bool:
    """Return whether who is quoted says of himself that he says it (*“**I** tell you they left,” the sheriff said*)."""
    source = attributed.source
    if source is None or source.text.lower() not in _FIRST_PERSON:
        return False
    return any(a is not attributed and a.type != "indirect" and a.holds(source[0]) for a in holding)


def _is_cue(token: Token, attributed: Attributed) -> bool:
    return attributed.cue is not None and attributed.cue.start <= token.i < attributed.cue.end


def _is_beside(token: Token, attributed: Attributed) -> bool:
    """Return whether a claimed thing is something else than the event itself (*claimed the prize **sent** to Oslo*)."""
    return attributed.frame == "object" and attributed.rule == "claim" and attributed.content[0].root.i != token.i


def _hops(attributed: Attributed) -> list[Hop]:
    source = attributed.source
    if source is None:
        return []
    named, resolved = without_additions(source), attributed.resolved
    ancestor = antecedent(source)
    if ancestor is not None:
        named, resolved = syntax.phrase(ancestor), None
    hops = [Hop(named, attributed.kind, attributed.anonymous, resolved, attributed.cue, attributed.stance, attributed)]
    hops += [
        Hop(relay, "outlet", False, None, attributed.cue, attributed.stance, attributed, relayed=True)
        for relay in attributed.relays
    ]
    return hops


def to_source(hop: Hop) -> records.Source:
    """Return the hop as the record that a claim lists."""
    return replace(_source(hop.source, hop.kind, hop.anonymous, hop.cue, hop.resolved), part=hop.part)


def told_by(head: Token) -> Span:
    """Return the phrase of a source by its head word, as the encoder gives it where no reporting words do."""
    return without_additions(source_span(head))


def unattributed_source(span: Span, lexicon: Lexicon) -> records.Source:
    """Return the record of a source that stands without reporting words (*a report by X*): its cue is None."""
    kind = source_kind(span, lexicon)
    return _source(span, kind, is_anonymous(span, kind), None, None)


def to_records(attributed: Attributed) -> records.Attribution:
    """Return the attribution as a record."""
    source = None
    if attributed.source is not None:
        source = _source(attributed.source, attributed.kind, attributed.anonymous, attributed.cue, attributed.resolved)
    return records.Attribution(
        source=source,
        cue=_span(attributed.cue),
        content=tuple(records.Span(c.text, c.start_char, c.end_char) for c in attributed.content),
        type=attributed.type,
    )


def _source(span: Span, kind: SourceKind, anonymous: bool, cue: Span | None, resolved: str | None) -> records.Source:
    return records.Source(
        text=span.text,
        start=span.start_char,
        end=span.end_char,
        kind=kind,
        anonymous=anonymous,
        cue=_span(cue),
        resolved=resolved,
    )


def _span(span: Span | None) -> records.Span | None:
    return None if span is None else records.Span(span.text, span.start_char, span.end_char)
