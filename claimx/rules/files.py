"""Data files in TOML, checked against a model: claimx's own rules, lexicons and word lists, and users' rule packs."""

import re
import tomllib
from importlib import resources
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from claimx.errors import RuleError

_LONGEST_KEY = 100  # characters of a key in a message
_DEEP = re.compile(
    r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){50}"
)  # a key of so many parts; tomllib takes the square


class Strict(BaseModel):
    """Base of the models of data files: frozen, and strict about keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_Model = TypeVar("_Model", bound=BaseModel)


def parse_toml(model: type[_Model], text: str, name: str) -> _Model:
    """Return the TOML `text` as a `model`.

    Raises RuleError in one line: the file's `name`, the key and what is wrong with it.
    """
    try:
        return model.model_validate(_load(text))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{name}: not valid TOML: {error}") from error
    except RecursionError as error:
        raise RuleError(f"{name}: nested too deeply; a rule pack has no more than four levels") from error
    except ValidationError as error:
        errors = error.errors()
        # where a value may be of two kinds, the complaint that it is not of the first says least
        first = next((one for one in errors if one["type"] == "value_error"), errors[0])
        where = ".".join(str(part)[:_LONGEST_KEY] for part in first["loc"])
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise RuleError(f"{name}: {where}: {first['msg'][0].lower()}{first['msg'][1:]}{more}") from error
    except ValueError as error:  # a number of more digits than Python takes (4,300)
        raise RuleError(f"{name}: holds a number that is too long; rule packs need none like that") from error


def _load(text: str) -> dict[str, Any]:
    if _DEEP.search(text):
        raise RecursionError
    return tomllib.loads(text)


def read_bundled(model: type[_Model], name: str) -> _Model:
    """Return the file `name` of claimx's own rules as a `model`."""
    return parse_toml(model, (resources.files("claimx.rules") / name).read_text(encoding="utf-8"), name)
