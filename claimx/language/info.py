"""What a loaded pipeline is: its name, parts, sources, licences and figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language


def model_info(nlp: Language) -> dict[str, Any]:
    """Everything worth knowing about `nlp`: identity, folder and size, components, labels, sources, licence, figures.

    Works for any spaCy pipeline; what one does not say is left empty.
    """
    meta = nlp.meta
    folder = nlp.path
    sources = meta.get("sources") or []
    return {
        "name": f"{meta['lang']}_{meta['name']}",
        "version": meta.get("version", ""),
        "description": meta.get("description", ""),
        "license": meta.get("license", ""),
        "folder": str(folder) if folder else None,
        "bytes": _size(folder) if folder else None,
        "components": list(nlp.pipe_names),
        "labels": {name: list(labels) for name, labels in nlp.pipe_labels.items()},
        "sources": [source if isinstance(source, dict) else {"name": str(source)} for source in sources],
        "training": meta.get("training") or {},
        "performance": meta.get("performance") or {},
    }


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
