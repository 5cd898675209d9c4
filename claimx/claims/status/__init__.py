"""Is it so? The factuality status of a trigger: what each predicate that embeds it makes of it, from the inside out.

After ConText (Harkema et al., 2009, J. Biomed. Inform. 42) for cues with a reach and pseudo-cues, and Karttunen (1971,
*Implicative Verbs*) and Saurí and Pustejovsky (2009, *FactBank*) for classes of embedding predicates. Instead of a
window of words, the walk goes from the trigger up through the clauses and nouns that govern it, and ends where a
relative clause, an apposition or an act of saying closes the scope. Each class of `status.toml` says what it makes of
what it embeds, and what its own negation makes of it.
"""

from collections.abc import Iterable

from spacy.tokens import Span, Token

from claimx.claims.candidates import TriggerWords
from claimx.claims.status.forms import ASKING
from claimx.claims.status.walk import Cue, Walk
from claimx.rules.loader import RuleSet
from claimx.rules.schema import Status

__all__ = ["RANK", "assess_status"]

RANK: dict[Status, int] = {"asserted": 0, "hedged": 1, "prospective": 2, "unclear": 3, "barred": 4, "negated": 5}
"""Which status wins where several apply and no class says otherwise: the higher."""

_WANTED = frozenset({"plan", "call-for"})


def assess_status(trigger: TriggerWords, rules: RuleSet) -> tuple[Status, Span | None, tuple[str, ...]]:
    """Return the trigger's status, the cue that decides it (None when asserted) and the ids of the cues found."""
    walk = Walk(rules, trigger)
    if open_cue := next(walk.confirm_or_deny(), None):
        return open_cue.rule.status, open_cue.span, (open_cue.rule.id,)
    # a word met on two ways tells but once (*made it **impossible** for them to leave*)
    found = list({(cue.rule.id, cue.span.start): cue for cue in reversed(list(walk.cues()))}.values())[::-1]
    status, span = _composed(found)
    ids = tuple(dict.fromkeys(cue.rule.id for cue in found))
    if _is_asked(trigger.token, found):
        return "unclear", None, (*ids, "question")
    return status, span if status != "asserted" else None, ids


def _composed(cues: Iterable[Cue]) -> tuple[Status, Span | None]:
    """Return what the cues, nearest first, make of a plain clause, and the words that decided it."""
    status: Status = "asserted"
    deciding: Span | None = None
    denials: dict[int, Status | None] = {}  # by predicate: what its own negation makes of what it embeds
    last: Cue | None = None
    last_denial: Status | None = None
    for cue in cues:
        rule, embedded = cue.rule, status
        denial = _higher(status, rule.denied) if rule.denied is not None else None
        hindered = last is not None and last.rule.sort == "hindrance" and status == "negated"
        if rule.sort == "negation":
            status = denials.get(cue.at) or _higher(status, "negated")
        elif rule.sort in _WANTED and cue.at in denials:
            continue  # an order or an attempt, told already as what governs the clause
        else:
            if rule.turns and last_denial is not None and last is not None and last.at != cue.at:
                status = last_denial  # *refused to allow* is as *did not allow*
            elif rule.status == "prospective" and hindered:
                status = "barred"  # *would **stop** them from leaving*: none has been stopped yet
            else:
                status = rule.over.get(status) or _higher(status, rule.status)
            denials[cue.at] = denials.get(cue.at) or denial
        last, last_denial = cue, denial
        if status != embedded:
            deciding = cue.span
    return status, deciding


def _higher(one: Status, other: Status) -> Status:
    return max(one, other, key=RANK.__getitem__)


def _is_asked(token: Token, cues: list[Cue]) -> bool:
    """Return whether a trigger is what a yes/no question asks; a question with *why* or *who* takes it for granted."""
    mark = next((t for t in token.doc[token.i : token.sent.end] if t.text in {"?", ";"}), None)
    if mark is None or mark.text != "?":
        return False
    before = (t.i + 1 for t in reversed(token.doc[token.sent.start : token.i]) if t.is_quote)
    words = [t for t in token.doc[next(before, token.sent.start) : mark.i] if not t.is_space and not t.is_punct]
    apart = [t for t in words if t.head.dep_ in {"conj", "parataxis", "ROOT"}]  # *they left, so **what** can we do?*
    if any(t.tag_ in ASKING for t in (*words[:3], *apart)):
        return False
    inverted = any(t.pos_ == "AUX" for t in words[:2])
    return not cues or (inverted and token.sent.root.i in {token.i, token.head.i})
