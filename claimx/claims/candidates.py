"""What a kind of claim finds in a Doc, before anything is resolved: the same for every kind."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from spacy.tokens import Span, Token

from claimx.records import MOVEMENT
from claimx.rules.schema import MovementRule, Status

if TYPE_CHECKING:
    from claimx.claims.movement.learned import Learned

TriggerKind = Literal["verb", "noun", "phrase"]


class TriggerWords(Protocol):
    """The words that a claim rests on: their head, their span, and what kind of words they are."""

    @property
    def token(self) -> Token:
        """Return the head."""

    @property
    def span(self) -> Span:
        """Return what the guideline calls the trigger."""

    @property
    def kind(self) -> TriggerKind:
        """Return whether a verb, a noun or a phrase stands there."""

    @property
    def predicate(self) -> str:
        """Return what claims are looked up by."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words of a movement: the head, the span that the guideline calls the trigger, the rule that named it."""

    token: Token
    lemma: str
    span: Span
    rule: MovementRule
    kind: TriggerKind

    @property
    def predicate(self) -> str:
        """Return what claims are looked up by: the lemma, or the phrase as it stands."""
        return self.span.text.lower() if self.kind == "phrase" else self.lemma


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a claim: all spans are spaCy spans, nothing is resolved yet."""

    trigger: TriggerWords
    roles: dict[str, Span]
    heads: dict[str, Token]
    status: Status
    status_cue: Span | None
    rules: tuple[str, ...]
    learned: "Learned | None" = None
    """The chances it rests on; None where the encoder has learned nothing of its kind, or the rules alone decided."""
    kind: str = MOVEMENT
    chance: float = 0.0
    """How likely it is all right, of kinds that say so at once."""
