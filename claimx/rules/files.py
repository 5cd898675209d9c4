"""Data files in TOML, checked against a model: claimx's own rules, lexicons and word lists, and users' rule packs."""

import tomllib
from importlib import resources
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from claimx.errors import RuleError


class Strict(BaseModel):
    """Base of the models of data files: frozen, and strict about keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_Model = TypeVar("_Model", bound=BaseModel)


def parse_toml(model: type[_Model], text: str, name: str) -> _Model:
    """Return the TOML `text` as a `model`.

    Raises RuleError in one line: the file's `name`, the key and what is wrong with it.
    """
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{name}: not valid TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise RuleError(f"{name}: {where}: {first['msg'][0].lower()}{first['msg'][1:]}{more}") from error


def read_bundled(model: type[_Model], name: str) -> _Model:
    """Return the file `name` of claimx's own rules as a `model`."""
    return parse_toml(model, (resources.files("claimx.rules") / name).read_text(encoding="utf-8"), name)
