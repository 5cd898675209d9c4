"""How sure a claim is: the chance that its trigger and its who, what, origin and destination are all right.

A logistic regression over a few signs of trouble. Its weights are data (`rules/movement/weights/confidence.toml`),
fitted on gold claims by `python -m claimx_training.fit_confidence`; the calibration is printed by the same program.
"""

import functools
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from spacy.tokens import Token

from claimx.claims.candidates import Candidate
from claimx.claims.movement.learned import logit
from claimx.claims.nouns import Kinds
from claimx.language import syntax
from claimx.records import ROLES, Claim

_CORE = ("who", "what", "origin", "destination")
_MOVING = ("who", "what")
_PLACED = ("origin", "destination")
_LEAST_PROBABILITY = 0.02
_LONG = 20  # words; a sentence or distance of this many is 1 on the scale


@dataclass(frozen=True, slots=True)
class ConfidenceWeights:
    """A bias, a weight a feature, and the mean of each over the gold: what a feature that cannot be read counts as."""

    bias: float
    weights: Mapping[str, float]
    means: Mapping[str, float]

    def score(self, features: Mapping[str, float]) -> float:
        """Return the probability, 0…1; a feature without a weight counts nothing."""
        total = self.bias
        for name, weight in self.weights.items():
            total += weight * (features.get(name, self.means[name]) - self.means[name])
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def score(movement: Candidate, kinds: Kinds, claim: Claim | None = None) -> float:
    """Return how likely the claim is faultless, 0…1, rounded to 3 digits.

    Of a claim that the rules alone found: how likely its trigger and core roles are all right.
    """
    if movement.learned is None or claim is None:
        return round(bundled_weights().score(features(movement, kinds)), 3)
    return round(bundled_weights("learned").score(learned_features(movement, claim)), 3)


def learned_features(movement: Candidate, claim: Claim) -> dict[str, float]:
    """Return the features of a movement that the encoder found, by name: what its decisions left to doubt."""
    found = movement.learned
    assert found is not None  # noqa: S101 - the caller has looked; this is for the type checker
    chances = [found.chances.get(role, 1.0) for role in ROLES]
    sure = [min(max(chance, _LEAST_PROBABILITY), 1.0) for chance in chances]
    return {
        "trigger": logit(found.chance),
        "roles": sum(math.log(chance) for chance in sure),
        "weakest role": math.log(min(sure)),
        "status": math.log(max(found.statuses[movement.status], _LEAST_PROBABILITY)),
        "listed": float(found.listed),
        "no mover": float(not movement.heads.keys() & {"who", "what", "vehicle"}),
        "sources": float(bool(claim.sources)),
        "source doubt": math.log(max(found.source_chance, _LEAST_PROBABILITY)),
        "long sentence": _length(len(movement.trigger.token.sent)),
        **dict(_doubt([movement.trigger.token, *movement.heads.values()])),
    }


def features(movement: Candidate, kinds: Kinds) -> dict[str, float]:
    """Return the features by name, each near 0…1; the parser's doubt only where it gives probabilities."""
    trigger, heads = movement.trigger, movement.heads
    core = {role: heads[role] for role in _CORE if role in heads}
    movers = [core[role] for role in _MOVING if role in core]
    who = core.get("who")
    found = {
        "event noun": trigger.kind == "noun",
        "has who": who is not None,
        "has what": "what" in core,
        "has destination": "destination" in core,
        "lacks a mover": trigger.kind == "verb"
        and not (heads.keys() & {"who", "vehicle"} or syntax.is_passive(trigger.token)),
        "no party as who": who is not None and not (kinds.is_party(who) or kinds.is_vehicle(who)),
        "borrowed mover": any(_is_borrowed(head, trigger.token) for head in movers),
        "names no place": not any(kinds.is_place(core[role]) for role in _PLACED if role in core),
        "unknown kind": _share(not kinds.of(head) for head in core.values()),
        "status cue": movement.status_cue is not None,
        "far role": max((_length(abs(head.i - trigger.token.i)) for head in core.values()), default=0.0),
        "long sentence": _length(len(trigger.token.sent)),
    }
    return {**{name: float(value) for name, value in found.items()}, **dict(_doubt([trigger.token, *core.values()]))}


FEATURES = (
    "event noun", "has who", "has what", "has destination", "lacks a mover", "no party as who", "borrowed mover",
    "names no place", "unknown kind", "status cue", "far role", "long sentence",
)  # fmt: skip
"""The features that every pipeline gives; `DOUBTS` come with claimx's own."""

DOUBTS = ("doubt",)


@functools.cache
def bundled_weights(part: str = "") -> ConfidenceWeights:
    """Return the weights that claimx brings along: those for claims of the rules alone, or of `part` ("learned")."""
    data = tomllib.loads(
        (resources.files("claimx.rules") / "movement" / "weights" / "confidence.toml").read_text(encoding="utf-8")
    )
    return read_weights(data[part] if part else data)


def read_weights(data: Mapping[str, Any]) -> ConfidenceWeights:
    """Return the weights of a parsed `confidence.toml`."""
    table = data["features"]
    return ConfidenceWeights(
        bias=data["bias"],
        weights={name: row["weight"] for name, row in table.items()},
        means={name: row["mean"] for name, row in table.items()},
    )


def _is_borrowed(head: Token, trigger: Token) -> bool:
    """Return whether a role comes from beyond the trigger's own dependents (control, coordination, relative clause)."""
    host = syntax.governor(head)
    return head.i != trigger.i and (host is None or host.i != trigger.i)


def _doubt(tokens: list[Token]) -> Iterator[tuple[str, float]]:
    """Yield the mean -log probability of the parser's arcs at the tokens, if it gives any."""
    if not Token.has_extension("arc_prob"):
        return
    known = [p for token in tokens if (p := token._.arc_prob) is not None and not math.isnan(p)]
    if known:
        yield "doubt", sum(-math.log(max(p, _LEAST_PROBABILITY)) for p in known) / len(known)


def _share(flags: Iterator[bool]) -> float:
    known = list(flags)
    return sum(known) / len(known) if known else 0.0


def _length(words: int) -> float:
    return math.log1p(words) / math.log1p(_LONG)
