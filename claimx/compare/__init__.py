"""The same event across articles: who agrees, who differs, and how many independent origins there are.

comparison = compare(articles)  # articles with their claims, as claimx.extract gives them
for cluster in comparison.clusters: ...
"""

from collections.abc import Sequence

from claimx.compare.records import Comparison
from claimx.records import Article

__all__ = ["Comparison", "compare"]


def compare(articles: Sequence[Article]) -> Comparison:
    """Return the events that the articles tell, and where they have them from.

    The articles come with their claims and attributions; the answer does not depend on their order. An article given
    twice counts once.
    """
    from claimx.compare.events import compare_articles

    return compare_articles(articles)
