"""Claims that somebody or something changes place: the kind that claimx was made for.

The modules here and most of `claimx.claims.roles` know of movements alone; status, attribution, coreference and dates
serve every kind.
"""

from claimx.claims.movement.assemble import find_movements as find_candidates
from claimx.claims.movement.confidence import score

__all__ = ["find_candidates", "score"]
