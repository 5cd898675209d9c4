"""The labels of a trained encoder and the sizes that go with them: `scheme.json` beside the weights."""

from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from claimx.errors import ModelError

SCHEME_VERSION: Final = 1


class LabelScheme(BaseModel):
    """Every class that the encoder's heads choose from, in the order of their outputs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int = SCHEME_VERSION
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    lemma_scripts: tuple[str, ...]
    deprels: tuple[str, ...]
    entity_types: tuple[str, ...]
    noun_classes: tuple[str, ...]
    known_lemmas: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Lemmas of inflected forms (lower case) seen in training, by part of speech; a script serves for the others."""
    shapes: int

    @property
    def bio_tags(self) -> tuple[str, ...]:
        """``O``, then ``B-X`` and ``I-X`` of each entity type."""
        return ("O", *(f"{prefix}-{name}" for name in self.entity_types for prefix in "BI"))


def read_scheme(path: Path) -> LabelScheme:
    """The scheme stored at `path`.

    Raises `ModelError` where the file is missing or was not written by this version of claimx.
    """
    try:
        return LabelScheme.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise ModelError(f"{path}: no label scheme that this claimx can read; train the model again") from error
