"""Who says so, through whom: attributions, quotations, and the chain of sources behind a claim."""

from claimx.claims.attribution.attributions import Attributed, find_attributions
from claimx.claims.attribution.chains import (
    Hop,
    is_belied,
    is_nobodys,
    is_presupposed,
    proposer,
    source_chain,
    to_records,
    to_source,
    told_by,
    unattributed_source,
)

__all__ = [
    "Attributed",
    "Hop",
    "find_attributions",
    "is_belied",
    "is_nobodys",
    "is_presupposed",
    "proposer",
    "source_chain",
    "to_records",
    "to_source",
    "told_by",
    "unattributed_source",
]
