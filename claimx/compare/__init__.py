"""The same event across articles: who agrees, who differs, and how many independent origins there are.

comparison = compare(articles)  # articles with their claims, as claimx.extract gives them
for cluster in comparison.clusters: ...
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimx.compare.records import Comparison
from claimx.records import Article

if TYPE_CHECKING:
    from claimx.rules.loader import RuleSet

__all__ = ["Comparison", "compare"]


def compare(articles: Sequence[Article], *, rules: "RuleSet | None" = None) -> Comparison:
    """Return the events that the articles tell, and where they have them from.

    The articles come with their claims and attributions; the answer does not depend on their order. An article given
    twice counts once. `rules` are those by which the claims were found, the bundled ones by default.
    """
    from claimx.compare.events import compare_articles

    return compare_articles(articles, rules)
