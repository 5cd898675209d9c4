"""What finds the claims of each kind: the module of the kind's name beside this one."""

import functools
import importlib
from collections.abc import Iterator
from typing import Protocol, cast

from spacy.tokens import Doc

from claimx.claims.candidates import Candidate
from claimx.claims.nouns import Kinds
from claimx.records import Claim
from claimx.rules.loader import RuleSet


class Finder(Protocol):
    """The two functions that the module of a kind has."""

    def find_candidates(self, doc: Doc, rules: RuleSet, nouns: Kinds) -> Iterator[Candidate]:
        """Yield what may be claims of the kind, in text order."""

    def score(self, candidate: Candidate, nouns: Kinds, claim: Claim) -> float:
        """Return how likely the claim that a candidate became is faultless, 0…1."""


@functools.cache
def finder_of(kind: str) -> Finder:
    """Return the module of a kind of claims, loaded when it is first asked for."""
    return cast(Finder, importlib.import_module(f"claimx.claims.{kind}"))
