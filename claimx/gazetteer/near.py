"""What an article says besides a name: the countries and states by which namesakes are told apart."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Near:
    """The codes of countries and of GeoNames' divisions (*US-PA*) that an article names besides the name in question.

    `itself` says that the article names the place by itself, too, not only in a phrase.
    """

    codes: frozenset[str] = frozenset()
    itself: bool = False

    @classmethod
    def within(cls, *codes: str) -> "Near":
        """Return what is near where a phrase says it: *in Libya*, *, Pa.*."""
        return cls(frozenset(codes))
