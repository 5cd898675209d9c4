"""Through whom a claim comes: the chain of sources behind a token, and the records that the outside sees."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from claimx import records
from claimx.claims.attribution.attributions import Attributed
from claimx.claims.attribution.sources import (
    antecedent,
    has_voice,
    is_anonymous,
    is_passive,
    own_subject,
    source_kind,
    source_span,
    without_additions,
)
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.language import syntax
from claimx.records import SourceKind, SourcePart
from claimx.rules.grammar import GRAMMAR
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
    cue: Span
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

    Thoughts, wishes and requests make no hop: who plans or demands a thing is not who reports it; but who vows
    to do one does so in words.
    """
    holding = [a for a in attributions if _vouches(a) and _tells(a, token)]
    holding = [a for a in holding if not (_takes_for_granted(a) and is_presupposed(token, a))]
    holding = [a for a in holding if not _is_own_word(a, holding)]
    holding.sort(key=lambda a: (sum(len(span) for span in a.content), a.rule not in _RELAYED_BEFORE))
    ordered: list[Attributed] = []
    for attributed in holding:
        at = len(ordered)
        if attributed.rule in _RELAYED_BEFORE:
            # "B reports, citing A": A stands nearer to the claim than B, although its phrase reaches over B's words
            covered = [k for k, other in enumerate(ordered) if attributed.holds(other.cue[0])]
            at = min(covered, key=lambda k: abs(ordered[k].cue.start - attributed.cue.start), default=at)
        ordered.insert(at, attributed)
    hops: list[Hop] = []
    for hop in (hop for attributed in ordered for hop in _hops(attributed)):
        # ***He** said the town that **he** said they left*
        if not any(hop.source.text.lower() == other.source.text.lower() for other in hops):
            hops.append(hop)
    return tuple(hops)


def _tells(attributed: Attributed, token: Token) -> bool:
    """Return whether what is said tells of the token.

    A relative clause at its end does (*said they fled to the port, **where** ships wait*), which corpora of quotations
    leave to the article; the occasion on which somebody said it does not (*voiced anger about it **during** a visit*).
    """
    if attributed.holds(token):
        return not _is_occasion(attributed, token)
    if attributed.type == "direct" or attributed.frame != "clause" or token.i < attributed.content[-1].end:
        return False
    clauses = (t for t in (token, *token.ancestors) if t.dep_ in syntax.RELATIVES)
    return any(c.left_edge.i <= attributed.content[-1].end + 1 and attributed.holds(c.head) for c in clauses)


def _is_occasion(attributed: Attributed, token: Token) -> bool:
    """Return whether a token stands under a *during* that the parse ties to a noun within a phrase that is said."""
    if attributed.frame != "object":
        return False
    within = [t for t in (token, *token.ancestors) if attributed.holds(t)]
    inner = (t for t in within[:-1] if t.head.i != within[-1].i)
    return any(c.dep_ == "case" and c.lower_ == "during" for t in inner for c in t.children)


def _vouches(attributed: Attributed) -> bool:
    """Return whether somebody says a thing or declares it, and has done so."""
    if is_belied(attributed) or is_nobodys(attributed) or _is_yet_unsaid(attributed):
        return False
    return attributed.says or _declares(attributed)


def is_belied(attributed: Attributed) -> bool:
    """Return whether the article itself calls untrue what somebody says (***wrongly** reported that they left*)."""
    return any(child.lower_ in WORDS.falsely for token in attributed.cue for child in token.children)


def _is_yet_unsaid(attributed: Attributed) -> bool:
    """Return whether the cue tells of what nobody has said so far (*has **yet to** say whether it will go*)."""
    start = attributed.cue.start
    return [token.lower_ for token in attributed.cue.doc[max(start - 2, 0) : start]] == ["yet", "to"]


def proposer(barred: Token) -> Span | None:
    """Return who asks for the ban that a movement is under (*Lee **called for** banning them; **Lee's plea** to)."""
    above = list(_governors(barred))
    asking = next((t for t in above if _proposes(t) or (syntax.is_verb(t) and syntax.is_finite(t))), None)
    if asking is None or not _proposes(asking):
        return None
    head = _maker(asking)
    if head is None:
        return None
    span = source_span(head)
    meant = antecedent(span)
    if meant is not None:
        return source_span(meant)
    return None if head.tag_ in {"WP", "WDT"} else span  # *who* alone names nobody


def _governors(token: Token) -> Iterator[Token]:
    """Yield what a word hangs on, without what it only stands beside (*his **plan** to pay and his order to leave*)."""
    while (head := syntax.governor(syntax.first_conjunct(token))) is not None:
        yield head
        token = head


def _proposes(token: Token) -> bool:
    """Return whether a word proposes something, or is a proposal."""
    if token.pos_ == "NOUN":
        return token.lower_ in WORDS.proposals
    return syntax.is_verb(token) and token.lower_ in VERBS.proposing


def _maker(proposal: Token) -> Token | None:
    """Return who proposes, whose proposal it is, or who makes it (***Lee** made several pleas, including a call*)."""
    if syntax.is_verb(proposal):
        return next(iter(syntax.agents(proposal)), None) if is_passive(proposal) else own_subject(proposal)
    for owner in syntax.possessors(proposal):
        return owner
    verb = next((t for t in proposal.ancestors if syntax.is_verb(t) and t.lower_ != "including"), None)
    made = verb is not None and verb.lemma_ in GRAMMAR.light_verbs and not is_passive(verb)
    return own_subject(verb) if verb is not None and made else None


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
        if token.dep_ == "acl" and token.tag_ == "VBN":
            apart = edge.i and "," in {edge.text, edge.nbor(-1).text}
            noun = token.head  # *denied hiring **men** sent there*
            if apart or (noun.dep_ in syntax.OBJECTS and attributed.holds(noun.head)):
                return True
        if token.dep_ == "advcl" and any(c.lower_ in _TIMES and c.dep_ in {"mark", "advmod"} for c in token.children):
            return True
        token = token.head
    return False


def _declares(attributed: Attributed) -> bool:
    """Return whether a verb declares what somebody will do (*vowed to leave*)."""
    active = attributed.frame in {"infinitive", "object_infinitive"}
    return active and any(token.lower_ in VERBS.declaring for token in attributed.cue)


def _takes_for_granted(attributed: Attributed) -> bool:
    """Return whether who denies doing or vows one thing vouches for nothing that is told beside it."""
    return (attributed.stance == "denial" and attributed.frame != "clause") or _declares(attributed)


def _is_own_word(attributed: Attributed, holding: Sequence[Attributed]) -> bool:
    """Return whether who is quoted says of himself that he says it (*“**I** tell you they left,” the sheriff said*)."""
    source = attributed.source
    if source is None or source.text.lower() not in _FIRST_PERSON:
        return False
    return any(a is not attributed and a.type != "indirect" and a.holds(source[0]) for a in holding)


def _hops(attributed: Attributed) -> list[Hop]:
    source, named, cue, stance = attributed.source, attributed.named, attributed.cue, attributed.stance
    if source is None or named is None:
        return []
    said = without_additions(source) if named is source else named
    relays = [Hop(span, "outlet", False, cue, stance, attributed, relayed=True) for span in attributed.relays]
    return [Hop(said, attributed.kind, attributed.anonymous, cue, stance, attributed), *relays]


def to_source(hop: Hop) -> records.Source:
    """Return the hop as the record that a claim lists."""
    return replace(_source(hop.source, hop.kind, hop.anonymous, hop.cue), part=hop.part)


def told_by(head: Token) -> Span:
    """Return the phrase of a source by its head word, as the encoder gives it where no reporting words do."""
    return without_additions(source_span(head))


def unattributed_source(span: Span, lexicon: Lexicon) -> records.Source:
    """Return the record of a source that stands without reporting words (*a report by X*): its cue is None."""
    kind = source_kind(span, lexicon)
    return _source(span, kind, is_anonymous(span, kind), None)


def to_records(attributed: Attributed) -> records.Attribution:
    """Return the attribution as a record."""
    source = None
    if attributed.source is not None:
        source = _source(attributed.source, attributed.kind, attributed.anonymous, attributed.cue)
        source = replace(source, resolved=attributed.resolved)
    return records.Attribution(
        source=source,
        cue=_span(attributed.cue),
        content=tuple(_span(span) for span in attributed.content),
        type=attributed.type,
        voiced=attributed.voiced,
    )


def _source(span: Span, kind: SourceKind, anonymous: bool, cue: Span | None) -> records.Source:
    said_by = _span(cue) if cue is not None else None
    return records.Source(span.text, span.start_char, span.end_char, kind=kind, anonymous=anonymous, cue=said_by)


def _span(span: Span) -> records.Span:
    return records.Span(span.text, span.start_char, span.end_char)
