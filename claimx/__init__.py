"""claimx: who moved what from where to where, and who says so, from news articles.

    nlp = claimx.load_model()
    article = claimx.extract("https://…", nlp=nlp)
    for claim in article.claims: ...

Attributes load on first use, so that importing claimx costs nothing.
"""

import importlib
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimx.errors import (
        ClaimxError,
        FetchError,
        ModelError,
        OutputError,
        RuleError,
        SourceError,
        SourceNotFound,
        SourceUnreadable,
        StoreError,
    )
    from claimx.language import load_model
    from claimx.pipeline import extract
    from claimx.records import Actor, Article, Attribution, Claim, Date, Evidence, Place, Source, Span
    from claimx.sources import read

__version__ = "0.1.0"

# onnxruntime (from 1.29 on) tells its maker that it runs, and writes an identifier into the user's cache folder, unless
# this is set when it is imported. Every way to claimx's model leads through here first: in workers, by spacy.load too.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__all__ = [
    "Actor",
    "Article",
    "Attribution",
    "Claim",
    "ClaimxError",
    "Date",
    "Evidence",
    "FetchError",
    "ModelError",
    "OutputError",
    "Place",
    "RuleError",
    "Source",
    "SourceError",
    "SourceNotFound",
    "SourceUnreadable",
    "Span",
    "StoreError",
    "extract",
    "load_model",
    "read",
]

_HOMES = {
    "claimx.errors": {
        "ClaimxError", "FetchError", "ModelError", "OutputError", "RuleError", "SourceError", "SourceNotFound",
        "SourceUnreadable", "StoreError",
    },
    "claimx.language": {"load_model"},
    "claimx.pipeline": {"extract"},
    "claimx.records": {"Actor", "Article", "Attribution", "Claim", "Date", "Evidence", "Place", "Source", "Span"},
    "claimx.sources": {"read"},
}  # fmt: skip


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(home), name)
    raise AttributeError(f"module 'claimx' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
