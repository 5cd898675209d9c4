"""Means of transport and who runs them."""

from spacy.tokens import Span, Token

from claimx.claims.nouns import Kinds
from claimx.claims.roles.fillers import Filler, Fillers
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR


def part_vehicle_from_operator(fillers: Fillers, kinds: Kinds) -> None:
    """Make a subject that is a means of transport the vehicle, and its operator, where named, who."""
    who = fillers.roles.get("who")
    if who is None:
        return
    joined = _joined_vehicle(who.head, kinds)
    if joined is not None:
        whole = who.as_span()
        name = whole[: joined.left_edge.i - whole.start]
        fillers.roles["who"] = Filler(who.head, span=name[1:] if len(name) > 1 and name[0].pos_ == "DET" else name)
        fillers.roles.setdefault("vehicle", Filler(joined, span=whole))
    elif kinds.is_vehicle(who.head):
        fillers.roles.setdefault("vehicle", who)
        del fillers.roles["who"]
        operator = find_operator(who.head)
        if operator is not None:
            fillers.roles["who"] = Filler(operator.root, span=operator)


def _joined_vehicle(owner: Token, kinds: Kinds) -> Token | None:
    """Return the vehicle that a long name stands before, where the parse makes it the name's apposition.

    *a **Ministry of the Sea patrol boat***: an apposition in fact has a comma before it, and names follow their nouns.
    """
    if owner.pos_ != "PROPN" or owner.ent_type_ not in {"ORG", "GPE"}:
        return None
    for child in syntax.appositions(owner):
        apart = any(token.is_punct or token.is_space for token in owner.doc[owner.i + 1 : child.i])
        bare = child.pos_ == "NOUN" and not any(c.dep_ == "det" for c in child.children)
        if bare and not apart and kinds.is_vehicle(child):
            return child
    return None


def find_operator(vehicle: Token) -> Span | None:
    """Return who runs a vehicle, as named inside its phrase: *Russian*, *Rubistar*(-operated), *led by X*, *X's*."""
    for child in vehicle.rights:
        if child.dep_ in {"acl", *syntax.RELATIVES} and child.lemma_.lower() in GRAMMAR.operator_verbs:
            for agent in syntax.agents(child):
                return syntax.phrase(agent)
    for owner in syntax.possessors(vehicle):
        if owner.pos_ in {"PROPN", "NOUN"}:
            return syntax.phrase(owner, without=[c for c in owner.children if c.dep_ == "case"])
    return _named_before(vehicle)


def _named_before(vehicle: Token) -> Span | None:
    """Return the operator whose name stands before a vehicle, in a compound with *operated* or by itself."""
    before = vehicle.doc[vehicle.left_edge.i : vehicle.i]
    parties = [e for e in before.ents if e.label_ in {"NORP", "ORG", "GPE", "PERSON"} and not _is_origin_alone(e)]
    if parties:
        nation, body = parties[0], parties[1] if len(parties) > 1 else None
        if nation.label_ == "NORP" and body is not None and body.label_ == "ORG" and body.start == nation.end:
            return vehicle.doc[nation.start : body.end]  # *a [Ukrainian Emergency Ministry] plane*
        return nation
    for token in before:
        if token.lower_ in GRAMMAR.operated and token.i - 2 >= before.start and token.nbor(-1).text == "-":
            return vehicle.doc[token.i - 2 : token.i - 1]
    return None


def _is_origin_alone(name: Span) -> bool:
    """Return whether a name is where a vehicle was built or whose flag it flies (***Liberian**-flagged*)."""
    after = name.doc[name.end : name.end + 2]
    return len(after) > 1 and after[0].text == "-" and after[1].lower_ not in GRAMMAR.operated
