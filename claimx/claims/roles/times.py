"""When: the time expression that dates a trigger."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from claimx.claims.candidates import Trigger
from claimx.claims.nouns import Kinds
from claimx.claims.roles.fillers import Filler, Fillers
from claimx.claims.roles.paths import adverbs_of
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR

_ORDERING = frozenset({"before", "after"})
_DAY_JOINTS = frozenset({"on", "in"})


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
                dated = Filler(token, span=time_span(token, kinds))
                return [
                    Fillers({**fillers.roles, "destination": first}),
                    Fillers({**fillers.roles, "destination": second, "when": dated}),
                ]
            if syntax.is_verb(token):
                break
    return [fillers]


def fill_when(trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    """Fill when with the nearest time expression that hangs on the trigger or its phrases."""
    found = _times(trigger, _hosts(trigger, fillers), kinds)
    nearest = min(found, key=lambda time: abs(time.as_span().start - trigger.token.i), default=None)
    if nearest is not None:
        fillers.roles["when"] = nearest
    if "when" in fillers.roles:
        when = fillers.roles["when"].head
        for role, filler in fillers.roles.items():
            if role != "when" and filler.head.is_ancestor(when):
                filler.without.append(when)


def _times(trigger: Trigger, hosts: set[int], kinds: Kinds) -> Iterator[Filler]:
    """Yield the time expressions of the sentence that hang on one of the hosts."""
    first = syntax.first_conjunct(trigger.token)
    for token in trigger.token.sent:
        if token in trigger.span or not (kinds.is_time(token) or token.lower_ in GRAMMAR.time_adverbs):
            continue
        top = token
        while top.head.i != top.i and kinds.is_time(top.head) and top.head.i not in hosts:
            top = top.head
        host = top.head.head if top.head.pos_ in {"ADP", "ADV"} and top.head.i not in hosts else top.head
        fronted = host.i == first.i and top.i < first.i  # *On Monday he left Rome and **flew** to Oslo*
        if (host.i in hosts or fronted) and _dates(top):
            yield Filler(top, span=time_span(top, kinds))


def _hosts(trigger: Trigger, fillers: Fillers) -> set[int]:
    """Return the indices of the tokens on which a time expression of the trigger may hang."""
    hosts = {trigger.token.i, *(adverb.i for adverb in adverbs_of(trigger.token))}
    hosts |= {f.head.i for role, f in fillers.roles.items() if role != "who" or f.head.i > trigger.token.i}
    raised = trigger.token
    while (raised.dep_ == "xcomp" and raised.head.lemma_.lower() not in GRAMMAR.mandative_verbs) or (
        trigger.kind == "noun" and raised.dep_ in syntax.OBJECTS | syntax.SUBJECTS and _is_light(raised.head)
    ):
        raised = raised.head
        hosts.add(raised.i)
    return hosts


def _is_light(verb: Token) -> bool:
    return verb.lemma_.lower() in GRAMMAR.light_verbs | GRAMMAR.aspect_verbs


def _dates(time: Token) -> bool:
    """Return whether the expression stands as an adverbial that says when, not how long before or after something."""
    if time.dep_ in syntax.SUBJECTS | syntax.OBJECTS | {"conj", "compound", "amod"} or _measures_clause(time):
        return False
    preposition = syntax.preposition_of(time)
    if preposition and preposition not in GRAMMAR.time_prepositions:
        return False
    if time.lemma_.lower() == "time":
        return preposition in {"after", "within", "in"}  # *after a short time*, but not *for the first time*
    return preposition not in GRAMMAR.duration_prepositions


def _measures_clause(time: Token) -> bool:
    """Return whether the time only says how long before or after (*one day **after** the pirates left*)."""
    end = max(token.i for token in time.subtree) + 1
    after = time.doc[end : end + 1]
    return len(after) > 0 and after[0].lower_ in {"after", "before"} and after[0].head.i == time.head.i


def may_date(head: Token, trigger: Token, kinds: Kinds) -> bool:
    """Return whether a time expression can say when the trigger's movement is."""
    apart = is_told_apart(head, trigger) or is_of_another(head, trigger)
    return not (apart or is_stretch(head, kinds) or is_only_relative(head, kinds))


def is_told_apart(head: Token, trigger: Token) -> bool:
    """Return whether a time says when something was said, believed or ordered (*said on **Friday** that they left*)."""
    verb = syntax.governor(head)
    if verb is None or head.i > trigger.i:
        return False
    if head.lower_ == "now" and verb.i != trigger.i:
        return True  # ***now** they plan a voyage*
    told = verb.lemma_.lower() in GRAMMAR.announcing_verbs | GRAMMAR.bidding_verbs
    if told and trigger.head.i == verb.i and trigger.dep_ in syntax.OBJECTS:
        return True  # *on **Friday** they announced a withdrawal*
    if _opens_what_is_said(head, trigger):
        return True
    if not verb.i < head.i or not verb.is_ancestor(trigger):
        return False
    clause = next((t for t in (trigger, *trigger.ancestors) if t.head.i == verb.i), trigger)
    told = clause.dep_ in {"ccomp", "csubj:pass"} and syntax.is_finite(clause)
    return told or (clause.dep_ == "xcomp" and verb.lemma_.lower() in GRAMMAR.mandative_verbs)


def _opens_what_is_said(head: Token, trigger: Token) -> bool:
    """Return whether a time given to what is said stands before it (*said late on **Friday** they left*)."""
    clause = next((t for t in (trigger, *trigger.ancestors) if t.dep_ == "ccomp" and t.head.i < head.i), None)
    if clause is None or any(t.lower_ in GRAMMAR.coming_times or t.lower_ == "next" for t in (head, *head.children)):
        return False
    between = head.doc[clause.head.i + 1 : head.left_edge.i]
    # *said **Friday** he left*
    follows = len(between) > 0 or any(head.i < subject.i for subject in syntax.subjects(clause))
    return follows and all(t.lower_ in GRAMMAR.day_parts | _DAY_JOINTS for t in between)


def is_of_another(head: Token, trigger: Token) -> bool:
    """Return whether a time is that of a clause set against the trigger (*though they vote **today**, both left*).

    Or of one that is told to follow it or go before it (*resigned in **May** after he was driven home*).
    """
    clause = next((t for t in (trigger, *trigger.ancestors) if t.dep_ == "advcl"), None)
    ordered = clause is not None and any(c.dep_ == "mark" and c.lower_ in _ORDERING for c in clause.children)
    if clause is not None and ordered and clause.head.is_ancestor(head) and head.i < clause.left_edge.i:
        return True
    verb = next((t for t in head.ancestors if t.dep_ == "advcl"), None)
    if verb is None or verb.i == trigger.i or verb.is_ancestor(trigger):
        return False
    return any(child.dep_ == "mark" and child.lower_ in GRAMMAR.contrasting for child in verb.children)


def is_stretch(head: Token, kinds: Kinds) -> bool:
    """Return whether a time only measures (*years of support, for six months*), and dates nothing."""
    if syntax.preposition_of(head) == "for":
        return True
    return head.tag_ == "NNS" and any(
        child.dep_ in {"nmod", "prep"} and syntax.preposition_of(child) == "of" and not kinds.is_time(child)
        for child in head.children
        if child.i > head.i
    )


def is_only_relative(head: Token, kinds: Kinds) -> bool:
    """Return whether what is said is no time, but what came before or after (*shortly before **the attack***)."""
    if head.pos_ == "VERB":
        return not kinds.is_time(head)
    if syntax.preposition_of(head) not in _ORDERING:
        return False
    marker = next((t.i for t in (*head.children, head.head) if t.lower_ in _ORDERING), head.left_edge.i)
    words = (token for token in head.subtree if token.i > marker)  # *months **before the crash***
    return not any(kinds.is_time(t) or t.lower_ in GRAMMAR.time_adverbs or t.pos_ == "NUM" for t in words)


def _is_beside(child: Token, time: Token, kinds: Kinds) -> bool:
    """Return whether words on a time are no part of it (*February **in Oslo**, the summer -- **some 70 soldiers***)."""
    if child.dep_ in syntax.CLAUSAL:
        return True
    if child.i < time.i or kinds.is_time(child) or child.ent_type_ in {"DATE", "TIME"}:
        return False
    return child.dep_ == "appos" or (child.dep_ == "nmod" and child.ent_type_ in {"GPE", "LOC", "FAC"})


def time_span(head: Token, kinds: Kinds) -> Span:
    """Return the time expression that `head` heads, its preposition left out."""
    doc = head.doc
    span = syntax.phrase(head, without=[c for c in head.children if _is_beside(c, head, kinds)])
    start, end = span.start, span.end
    while start > 0 and doc[start].ent_iob_ == "I" and kinds.is_time(doc[start]):
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I" and kinds.is_time(doc[end]):
        end += 1
    if start > 1 and doc[start - 1].lower_ in _DAY_JOINTS and doc[start - 2].lower_ in GRAMMAR.day_parts:
        start -= 2  # ***early on** Friday*
    if end < len(doc) and doc[end].lower_ in {"later", "ago", "earlier"}:
        end += 1
    end = _with_its_year_or_day(doc, start, end)
    end = _before_dash(head, end)
    while start + 1 < end and (doc[start].dep_ == "case" or doc[start].pos_ == "ADP"):
        start += 1
    return doc[start:end]


def _before_dash(head: Token, end: int) -> int:
    """Return where the expression that `head` heads ends: before a dash that parts it from an aside."""
    doc = head.doc
    end = next((token.i for token in doc[head.i + 1 : end] if token.text in {"—", "--"}), end)
    while end - 1 > head.i and doc[end - 1].is_punct and doc[end - 1].text.strip("-–—,") == "":
        end -= 1
    return end


def _with_its_year_or_day(doc: Doc, start: int, end: int) -> int:
    """Return where a time ends with the words that only now say when (*August **last year**, noon **on 3 May***)."""
    after = doc[end : end + 2]
    if len(after) == 2 and after[0].lower_ in {"last", "this", "next"} and after[1].lower_ in {"year", "month", "week"}:
        return end + 2
    clock = any(token.text[:1].isdigit() and ":" in token.text for token in doc[start:end])
    if clock and len(after) == 2 and after[0].lower_ == "on" and after[1].ent_type_ == "DATE":
        return next((token.i for token in doc[end + 1 :] if token.ent_type_ != "DATE"), len(doc))
    return end
