"""How good the claims of a corpus are, as its readers have it: shares, each with the interval that it leaves open."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from claimx.review.records import Review

_Z = 1.959963984540054  # of the normal distribution, for 95 in 100


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, and the interval that holds the true share 95 times in 100."""

    part: int
    whole: int

    @property
    def interval(self) -> tuple[float, float]:
        """The score interval (E. B. Wilson, JASA 22, 1927, 209-212), good for few reviews and for shares near 0 and 1.

        It takes claims as drawn one by one. Claims of one article are alike, so with few articles it is too narrow.
        """
        if not self.whole:
            return 0.0, 1.0
        share, spread = self.part / self.whole, _Z**2 / self.whole
        middle = (share + spread / 2) / (1 + spread)
        half = _Z * math.sqrt(share * (1 - share) / self.whole + spread / self.whole / 4) / (1 + spread)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Figures:
    """What reviews say: `precision` of claims without fault, `found` of claims at all, `recall` in articles read whole.

    `unread` are articles with missed claims that nobody says were read whole: how much else they miss is not known.
    """

    articles: int
    whole: int
    precision: Share
    found: Share
    recall: Share
    unread: int


def count_reviews(reviews: Iterable[Review]) -> Figures:
    """Return the figures for a corpus; each thing is to be reviewed once, as `read_reviews` has it.

    Precision counts the claims that were reviewed. Recall counts, in articles that were read whole, the claims that are
    there (accepted or corrected) and those that were missed.
    """
    kept = list(reviews)
    whole = {review.article.text_sha256 for review in kept if review.verdict == "read"}
    judged = [review for review in kept if review.verdict in ("accepted", "corrected", "rejected")]
    right = [review for review in judged if review.verdict != "rejected"]
    missed = [review for review in kept if review.verdict == "missed"]
    there = sum(review.article.text_sha256 in whole for review in right)
    absent = sum(review.article.text_sha256 in whole for review in missed)
    return Figures(
        articles=len({review.article.text_sha256 for review in kept}),
        whole=len(whole),
        precision=Share(sum(review.verdict == "accepted" for review in right), len(judged)),
        found=Share(len(right), len(judged)),
        recall=Share(there, there + absent),
        unread=len({review.article.text_sha256 for review in missed} - whole),
    )
