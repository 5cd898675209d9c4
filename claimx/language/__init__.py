"""The language model: a spaCy pipeline that claimx brings along, or any other that is installed.

    import claimx.language

    nlp = claimx.language.load_model()

Importing this package is cheap; spaCy is imported when a model is loaded.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claimx.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["EMBEDDED_MODEL", "embedded_model_path", "load_model"]

EMBEDDED_MODEL: Final = "en_claimx"


def embedded_model_path() -> Path:
    """The folder of the pipeline inside the installed package."""
    return Path(str(files("claimx.language"))) / "weights" / EMBEDDED_MODEL


def load_model(name_or_path: str | None = None) -> Language:
    """A spaCy pipeline: claimx's own, or the installed package or folder that `name_or_path` names.

    Raises `ModelError` where there is no such pipeline or it cannot be read.
    """
    import spacy

    # registers the component also where the package is used without being installed, and the token extensions
    import claimx.language.encoder  # noqa: F401

    wanted: str | Path = embedded_model_path() if name_or_path is None else name_or_path
    try:
        return spacy.load(wanted)
    except (OSError, ValueError, ImportError) as error:
        if name_or_path is None:
            remedy = "its weights are missing or damaged; install claimx again"
            raise ModelError(
                f"the embedded language model cannot be loaded: {remedy} ({_first_line(error)})"
            ) from error
        remedy = "give the name of an installed spaCy pipeline or the path of its folder"
        raise ModelError(f"no language model {name_or_path!r}: {remedy} ({_first_line(error)})") from error


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]
