"""What fills a trigger's roles, before spans are cut."""

from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from claimx.claims.candidates import Trigger
from claimx.claims.nouns import Kinds
from claimx.language import syntax
from claimx.rules.schema import Role

OBJECT_ROLES: dict[str, Role] = {"goal": "destination", "source": "origin", "path": "via"}
"""Frames whose object is a place, and the role that it fills; elsewhere the object is what moves."""


PLACE_ROLES: tuple[Role, ...] = ("origin", "destination", "via")


@dataclass(slots=True)
class Filler:
    """A role's noun: the head token, and the heads of dependents to leave out of the span."""

    head: Token
    without: list[Token] = field(default_factory=list)
    span: Span | None = None

    def as_span(self) -> Span:
        """Return the role's span."""
        return self.span if self.span is not None else syntax.phrase(self.head, without=self.without)


@dataclass(slots=True)
class Fillers:
    """A trigger's roles: filler by role name.

    `figures` are heads that stand where a place should but name none (*under **fire***), `objects` the direct objects
    of a verb whose frame has none (*ran the **company***).
    """

    roles: dict[str, Filler] = field(default_factory=dict)
    figures: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)

    def heads(self) -> dict[str, Token]:
        """Return the head of each filled role."""
        return {role: filler.head for role, filler in self.roles.items()}

    def set(self, role: str, head: Token, *, span: Span | None = None) -> None:
        """Give `role` its head, and its span where that is no whole phrase; a role has one head, a head one role."""
        if role not in self.roles and all(filler.head.i != head.i for filler in self.roles.values()):
            self.roles[role] = Filler(head, span=span)


def object_role(trigger: Trigger, noun: Token, kinds: Kinds) -> Role:
    """Return the role that the rule gives to an object: by its frame, or by what kind of thing the object is."""
    rule = trigger.rule
    if rule.place_object and kinds.is_place(noun):
        return rule.place_object
    if rule.vehicle_object and kinds.is_vehicle(noun):
        return rule.vehicle_object
    return OBJECT_ROLES.get(rule.frame, "what")
