"""Means of transport and who runs them."""

from spacy.tokens import Span, Token

from claimx.claims.nouns import Kinds
from claimx.claims.roles.fillers import Filler, Fillers
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR


def part_vehicle_from_operator(fillers: Fillers, kinds: Kinds) -> None:
    """Make a subject that is a means of transport the vehicle, and its operator, where named, who."""
    who = fillers.roles.get("who")
    joined = None if who is None else _joined_vehicle(who.head, kinds)
    if who is not None and joined is not None:
        whole = who.as_span()
        fillers.roles["who"] = Filler(who.head, span=_without_article(whole[: joined.left_edge.i - whole.start]))
        fillers.roles.setdefault("vehicle", Filler(joined, span=whole))
    elif who is not None and kinds.is_vehicle(who.head):
        crew = [t for t in syntax.conjuncts(who.head)[1:] if kinds.of(t) == "person"]
        if crew:  # *the ship and its crew*
            fillers.roles["vehicle"] = Filler(who.head, without=[crew[0]])
            fillers.roles["who"] = Filler(crew[0])
            return
        if "vehicle" not in fillers.roles:
            fillers.roles["vehicle"] = who
        del fillers.roles["who"]
        operator = find_operator(who.head)
        if operator is not None:
            fillers.roles["who"] = Filler(operator.root, span=operator)


def _joined_vehicle(owner: Token, kinds: Kinds) -> Token | None:
    """Return the vehicle that a long name stands before, where the parse makes it the name's apposition.

    *a **Ministry of the Sea patrol boat***: an apposition in fact has a comma before it, and names follow their nouns.
    """
    for child in syntax.appositions(owner):
        apart = any(token.is_punct or token.is_space for token in owner.doc[owner.i + 1 : child.i])
        name = owner.pos_ == "PROPN" and owner.ent_type_ in {"ORG", "GPE"}
        bare = child.pos_ == "NOUN" and not any(c.dep_ == "det" for c in child.children)
        if name and bare and not apart and kinds.is_vehicle(child):
            return child
    return None


def _without_article(span: Span) -> Span:
    return span[1:] if len(span) > 1 and span[0].pos_ == "DET" else span


def _is_origin_alone(name: Span) -> bool:
    """Return whether a name is where a vehicle was built or whose flag it flies (***Liberian**-flagged*)."""
    after = name.doc[name.end : name.end + 2]
    return len(after) > 1 and after[0].text == "-" and after[1].lower_ not in GRAMMAR.operated


def find_operator(vehicle: Token) -> Span | None:
    """Return who runs a vehicle, as named inside its phrase: *Russian*, *Rubistar*(-operated), *led by X*, *X's*."""
    for child in vehicle.children:
        if (
            child.dep_ in {"acl", "acl:relcl", "relcl"}
            and child.lemma_.lower() in GRAMMAR.operator_verbs
            and child.i > vehicle.i
        ):
            for agent in syntax.agents(child):
                return syntax.phrase(agent)
    for phrase in syntax.prepositionals(vehicle):
        before = vehicle.doc[phrase.marker.i - 1]
        if phrase.preposition == "by" and before.lemma_.lower() in GRAMMAR.operator_verbs:
            return syntax.phrase(phrase.noun)
    for owner in syntax.possessors(vehicle):
        if owner.pos_ in {"PROPN", "NOUN"}:
            return syntax.phrase(owner, without=[c for c in owner.children if c.dep_ == "case"])
    first = min((t.i for t in vehicle.subtree if t.i <= vehicle.i), default=vehicle.i)
    named = [e for e in vehicle.doc[first : vehicle.i].ents if e.end <= vehicle.i]
    parties = [e for e in named if e.label_ in {"NORP", "ORG", "GPE", "PERSON"} and not _is_origin_alone(e)]
    if parties:
        nation, body = parties[0], parties[1] if len(parties) > 1 else None
        if nation.label_ == "NORP" and body is not None and body.label_ == "ORG" and body.start == nation.end:
            return vehicle.doc[nation.start : body.end]  # *a [Ukrainian Emergency Ministry] plane*
        return nation
    for token in vehicle.doc[first : vehicle.i]:
        if token.lower_ in GRAMMAR.operated and token.i - 2 >= first and vehicle.doc[token.i - 1].text == "-":
            return vehicle.doc[token.i - 2 : token.i - 1]
        if token.lower_.rpartition("-")[2] in GRAMMAR.operated and "-" in token.text:
            return None  # one token holds both; a span cannot start inside it
    return None
