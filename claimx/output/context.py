"""What an output module needs to know besides the articles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from claimx.records import MOVEMENT

Layer = Literal["claims", "attributions"]


@dataclass(frozen=True, slots=True)
class OutputContext:
    """Which layer of the articles is shown, and by which language model it was found (`model`, for the record).

    `kinds` are the kinds of claims that there may be, for columns that have to be known before the claims are. `width`,
    in columns, is for the table alone; None takes what the terminal has.
    """

    layer: Layer = "claims"
    model: Mapping[str, Any] = field(default_factory=dict)
    width: int | None = None
    kinds: tuple[str, ...] = (MOVEMENT,)


def describe_model(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a result says about the language model it rests on, from the model's own `meta`."""
    name = "_".join(filter(None, (meta.get("lang"), meta.get("name"))))
    return {"name": name, "version": meta.get("version"), "pipeline": list(meta.get("pipeline") or ())}
