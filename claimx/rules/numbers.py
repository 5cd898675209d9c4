"""Words for numbers, for all who count or date by them."""

from collections.abc import Mapping

from claimx.rules.files import Strict, read_bundled


class _Numbers(Strict):
    cardinals: Mapping[str, int]
    ordinals: Mapping[str, int]
    multipliers: Mapping[str, int]


_NUMBERS = read_bundled(_Numbers, "numbers.toml")
CARDINALS = _NUMBERS.cardinals
"""Zero to nineteen and the tens, by their names."""
ORDINALS = _NUMBERS.ordinals
MULTIPLIERS = _NUMBERS.multipliers
"""What stands behind a number and multiplies it: *dozen*, *million*."""
MANY = frozenset({"tens", *(f"{word}s" for word in MULTIPLIERS)})
"""Numbers that are not told: *dozens*, *thousands*."""
WORDS = MANY.union(CARDINALS, ORDINALS, MULTIPLIERS)
"""All of these."""
