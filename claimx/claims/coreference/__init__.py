"""Coreference: pronouns and generic nouns to the names they stand for, names to their longest form."""

from claimx.claims.coreference.resolver import Resolver

__all__ = ["Resolver"]
