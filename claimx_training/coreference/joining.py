"""Several coreference heads as one scorer, and how it is stored: arrays alone, without torch."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

MENTION_WIDTH: Final = 128
HIDDEN: Final = 64
"""Sizes of one head: the vectors that it makes of words, the units that score with them."""


def joined_scorers(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One scorer of several over the same vectors: its scores are the means of theirs, each counted by its width.

    Codes that came after a part had been trained say nothing there.
    """
    widths = np.asarray([len(part["score"]) for part in parts], dtype=np.float32)
    shares = widths / widths.sum()
    rows = max(len(part["codes"]) for part in parts)
    found = {
        name: np.concatenate([part[name] for part in parts], axis=-1)
        for name in ("product", "product_bias", "anaphor", "candidate", "single", "single_bias", "alone")
    }
    found["codes"] = np.concatenate([np.pad(p["codes"], ((0, rows - len(p["codes"])), (0, 0))) for p in parts], axis=1)
    for name in ("score", "nothing"):
        found[name] = np.concatenate([part[name] * share for part, share in zip(parts, shares, strict=True)])
    found["nothing_bias"] = sum(part["nothing_bias"] * share for part, share in zip(parts, shares, strict=True))
    return {name: np.asarray(value, dtype=np.float32) for name, value in found.items()}


def first_heads(arrays: dict[str, Any]) -> dict[str, Any]:
    """Of a scorer's heads those with which the vectors were trained, with their share of the scores made whole.

    What all heads are biased by to take nothing up is stored as one number, which stays.
    """
    own = len(arrays["product"]) // MENTION_WIDTH * HIDDEN
    whole = len(arrays["score"]) / own
    found = {
        name: arrays[name][..., :own]
        for name in ("product", "product_bias", "anaphor", "candidate", "codes", "single", "single_bias", "alone")
    }
    for name in ("score", "nothing"):
        found[name] = arrays[name][:own] * whole
    found["nothing_bias"] = arrays["nothing_bias"]
    return found


def write_scorer(path: Path, arrays: dict[str, Any]) -> None:
    """Write a scorer, its tables in half precision."""
    halved = {name: value.astype(np.float16) if np.ndim(value) == 2 else value for name, value in arrays.items()}
    np.savez_compressed(path, **halved)
