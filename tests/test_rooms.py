"""Which package may use which: what is installed stands without what is only in the checkout."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CHECKOUT_ONLY = {"claimx_benchmarks", "claimx_training"}


def imports(source: str) -> Iterator[str]:
    """Yield the modules that a source imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def of_the_checkout(source: str) -> set[str]:
    return {name for name in imports(source) if name.partition(".")[0] in CHECKOUT_ONLY}


def test_what_is_installed_uses_nothing_of_the_checkout() -> None:
    found = {path: of_the_checkout(path.read_text(encoding="utf-8")) for path in (ROOT / "claimx").rglob("*.py")}
    assert not {path: names for path, names in found.items() if names}
    assert len(found) > 100


@pytest.mark.parametrize(
    "source", ["import claimx_training.train", "def run():\n    from claimx_benchmarks import speed"]
)
def test_an_import_the_wrong_way_is_seen(source: str) -> None:
    assert of_the_checkout(source)


def test_only_the_package_is_in_the_wheel() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert settings["targets"]["wheel"]["packages"] == ["claimx"]
