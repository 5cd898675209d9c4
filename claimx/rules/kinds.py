"""The kinds of claims: what each is called and which roles it has, as `kind.toml` of its folder of rules says.

Any folder here with a `kind.toml` is a kind; its module in `claimx.claims` has the same name.
"""

import functools
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Literal

from pydantic import Field

from claimx.errors import RuleError
from claimx.records import MOVEMENT, ROLES
from claimx.rules.files import Strict, read_bundled
from claimx.rules.schema import Identifier

KIND_FILE = "kind.toml"


class KindRole(Strict):
    """A role of a kind of claim: its name in JSON, its label for people, and what its words are looked up as.

    They are the first of `reads` that they turn out to be.
    """

    name: Identifier
    label: str
    reads: tuple[Literal["actor", "place", "date"], ...] = ()


class ClaimKind(Strict):
    """A kind of claim; `event` is what one is called, `role` its roles in the order in which they are shown."""

    name: Identifier
    about: str
    event: str
    role: tuple[KindRole, ...] = Field(min_length=1)

    @property
    def further(self) -> tuple[KindRole, ...]:
        """Return the roles that a claim has no field of its own for."""
        return tuple(role for role in self.role if role.name not in ROLES)


@functools.cache
def claim_kinds() -> Mapping[str, ClaimKind]:
    """Return the kinds by name, movement first."""
    folders = [entry.name for entry in resources.files("claimx.rules").iterdir() if (entry / KIND_FILE).is_file()]
    folders.sort(key=lambda name: (name != MOVEMENT, name))
    found = [read_bundled(ClaimKind, f"{name}/{KIND_FILE}") for name in folders]
    return {kind.name: kind for kind in found}


def check_kinds(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names, each once, those of no kind refused. Raises RuleError."""
    chosen = tuple(dict.fromkeys(names))
    if unknown := next((name for name in chosen if name not in claim_kinds()), None):
        raise RuleError(f"{unknown!r} is no kind of claim; there are {', '.join(claim_kinds())}")
    return chosen


def further_roles(names: Iterable[str]) -> Mapping[str, KindRole]:
    """Return the roles by name that claims of these kinds have beside the fields of a claim."""
    known = claim_kinds()
    return {role.name: role for name in names if name in known for role in known[name].further}
