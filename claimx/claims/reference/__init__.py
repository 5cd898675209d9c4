"""Reference resolution: pronouns and generic nouns to the names they stand for, names to their longest form."""

from claimx.claims.reference.resolver import Resolver, same_entity

__all__ = ["Resolver", "same_entity"]
