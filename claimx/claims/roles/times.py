"""When: the time expression that dates a trigger."""

from spacy.tokens import Span, Token

from claimx.claims.nouns import Kinds
from claimx.claims.roles.fillers import Filler, Fillers
from claimx.claims.roles.paths import adverbs_of
from claimx.claims.triggers import Trigger
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR


def part_by_date(fillers: Fillers, kinds: Kinds) -> list[Fillers]:
    """Return the fillers of one claim for each dated place (*visited Oman on Monday **and Qatar on Friday***)."""
    goal, when = fillers.roles.get("destination"), fillers.roles.get("when")
    if goal is None or when is None:
        return [fillers]
    for other in syntax.conjuncts(goal.head)[1:]:
        if not goal.head.i < when.head.i < other.i or not kinds.is_place(other):
            continue
        for token in other.doc[other.i + 1 : other.sent.end]:
            if kinds.is_time(token) and (token.head.i <= other.i or not kinds.is_time(token.head)):
                first = Filler(goal.head, without=[*goal.without, other])
                second = Filler(other, without=[token])
                dated = Filler(token, span=_time_span(token))
                return [
                    Fillers({**fillers.roles, "destination": first}),
                    Fillers({**fillers.roles, "destination": second, "when": dated}),
                ]
            if syntax.is_verb(token):
                break
    return [fillers]


def fill_when(trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    hosts = {trigger.token.i} | {
        f.head.i for role, f in fillers.roles.items() if role != "who" or f.head.i > trigger.token.i
    }
    hosts |= {a.i for a in adverbs_of(trigger.token)}
    raised = trigger.token
    while raised.dep_ == "xcomp" or (
        raised.dep_ in syntax.OBJECTS and trigger.kind == "noun" and raised.head.lemma_.lower() in GRAMMAR.light_verbs
    ):
        raised = raised.head
        hosts.add(raised.i)
    best: Span | None = None
    for token in trigger.token.sent:
        if not (kinds.is_time(token) or token.lower_ in GRAMMAR.time_adverbs) or token in trigger.span:
            continue
        top = token
        while top.head.i != top.i and kinds.is_time(top.head) and top.head.i not in hosts:
            top = top.head
        if top.head.i in hosts or (top.head.head.i in hosts and top.head.pos_ in {"ADP", "ADV"}):
            if top.dep_ in syntax.SUBJECTS or top.dep_ in syntax.OBJECTS or top.dep_ in {"conj", "compound", "amod"}:
                continue
            if _measures_clause(top):
                continue
            preposition = syntax.preposition_of(top)
            if preposition and preposition not in GRAMMAR.time_prepositions:
                continue
            if preposition in GRAMMAR.duration_prepositions and not _short_time(top):
                continue
            span = _time_span(top)
            if best is None or abs(span.start - trigger.token.i) < abs(best.start - trigger.token.i):
                best = span
                fillers.roles["when"] = Filler(top, span=span)
    if "when" in fillers.roles:
        for role, filler in fillers.roles.items():
            if role != "when" and filler.head.is_ancestor(fillers.roles["when"].head):
                filler.without.append(fillers.roles["when"].head)


def _measures_clause(time: Token) -> bool:
    """Return whether the time only says how long before or after (*one day **after** the pirates left*)."""
    after = time.doc[max(t.i for t in time.subtree) + 1 : max(t.i for t in time.subtree) + 2]
    return len(after) > 0 and after[0].lower_ in {"after", "before"} and after[0].head.i == time.head.i


def _short_time(token: Token) -> bool:
    return token.lemma_.lower() == "time"


def _time_span(head: Token) -> Span:
    span = syntax.phrase(head, without=[c for c in head.children if c.dep_ in syntax.CLAUSAL])
    entities = [e for e in head.doc[span.start : span.end].ents if e.label_ in {"DATE", "TIME"}]
    start, end = span.start, span.end
    for entity in entities:
        start, end = min(start, entity.start), max(end, entity.end)
    if start > 0 and head.doc[start - 1].lower_ in GRAMMAR.time_edges and head.doc[start - 1].sent == head.sent:
        start -= 1
    if end < len(head.doc) and head.doc[end].lower_ in {"later", "ago", "earlier"}:
        end += 1
    while head.doc[start].dep_ == "case" or head.doc[start].pos_ == "ADP":
        if start + 1 >= end:
            break
        start += 1
    return head.doc[start:end]
