"""Who moves what, from where to where, how and when: the trigger's fillers, from the grammar around it.

Each module reads one kind of construction. Spans follow the guideline: maximal noun phrases without their preposition,
and without the phrases that the trigger itself claims.
"""

from claimx.claims.candidates import Trigger, TriggerWords
from claimx.claims.nouns import Kinds
from claimx.claims.roles.events import fill_from_noun, fill_from_phrase
from claimx.claims.roles.fillers import OBJECT_ROLES, PLACE_ROLES, Filler, Fillers
from claimx.claims.roles.times import fill_when, part_by_date
from claimx.claims.roles.vehicles import part_vehicle_from_operator
from claimx.claims.roles.verbs import fill_from_verb
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR

__all__ = ["OBJECT_ROLES", "PLACE_ROLES", "Filler", "Fillers", "find_roles", "leave_out_own_clause", "part_by_date"]


def find_roles(trigger: Trigger, kinds: Kinds) -> Fillers:
    """Return the trigger's fillers by role name; nothing is checked against the rule's needs yet."""
    fillers = Fillers()
    if trigger.kind == "verb":
        fill_from_verb(trigger, kinds, fillers)
    elif trigger.kind == "noun":
        fill_from_noun(trigger, kinds, fillers)
    else:
        fill_from_phrase(trigger, kinds, fillers)
    fill_when(trigger, kinds, fillers)
    part_vehicle_from_operator(fillers, kinds)
    leave_out_own_clause(trigger, fillers)
    _leave_out_events(fillers, kinds)
    _join_places(trigger, fillers, kinds)
    return fillers


def _join_places(trigger: Trigger, fillers: Fillers, kinds: Kinds) -> None:
    """Join a place to the noun before it where the parse hangs it on the trigger (*taken to a jail **in Lima***)."""
    taken = {filler.head.i for filler in fillers.roles.values()}
    for role in PLACE_ROLES:
        filler = fillers.roles.get(role)
        if filler is None or filler.head.pos_ != "NOUN" or kinds.is_figure(filler.head):
            continue
        span = filler.as_span()
        for phrase in syntax.prepositionals(trigger.token):
            if (
                phrase.marker.i == span.end
                and phrase.preposition in GRAMMAR.place_joints
                and phrase.noun.i not in taken
                and kinds.is_place(phrase.noun)
            ):
                filler.span = span.doc[span.start : syntax.phrase(phrase.noun).end]


def _leave_out_events(fillers: Fillers, kinds: Kinds) -> None:
    """Leave what sums up the clause, and is no apposition, out of a name's span (*flew to Oslo[, his third visit]*)."""
    for filler in fillers.roles.values():
        if filler.head.pos_ == "PROPN":
            filler.without += [t for t in syntax.appositions(filler.head) if t.lemma_.lower() in kinds.rules.nouns]


def leave_out_own_clause(trigger: TriggerWords, fillers: Fillers) -> None:
    """Leave the clause that holds the trigger out of its fillers' spans (*a convoy [carrying aid]*)."""
    for filler in fillers.roles.values():
        if filler.span is None and filler.head.is_ancestor(trigger.token):
            clause = trigger.token
            while clause.head.i != filler.head.i and clause.head.dep_ != "appos":
                if clause.dep_ in syntax.RELATIVES and clause.head.dep_ == "nmod":
                    break  # the parse hangs it on *town*, in *the mayor of the town who fled*
                clause = clause.head
            filler.without.append(clause)
        span = filler.as_span()
        if trigger.span.start <= span.start < trigger.span.end < span.end:  # a particle taken for a quantifier
            filler.span = span.doc[trigger.span.end : span.end]
