"""What readers say of claims: kept as JSON Lines, merged into what claimx found, and counted.

`records` has the lines, `merging` puts them into articles, `figures` says from them how good a corpus's claims are.
"""

from claimx.review.figures import Figures, Share, count_reviews
from claimx.review.merging import Merged, merge_reviews
from claimx.review.records import Review, read_reviews

__all__ = ["Figures", "Merged", "Review", "Share", "count_reviews", "merge_reviews", "read_reviews"]
