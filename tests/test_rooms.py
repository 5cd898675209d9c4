"""Which package may use which, and how long a function may be.

What is installed stands without what is only in the checkout.
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
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


def room_of(module: str) -> str:
    """The room of claimx that a module belongs to; the claims' own rooms count one by one."""
    parts = module.split(".")[1:]
    return ".".join(parts[: 2 if parts[:1] == ["claims"] else 1])


def imported_at_once(body: list[ast.stmt]) -> Iterator[str]:
    """Yield the modules that a body imports when it is run, not those that only types or calls ask for."""
    for node in body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.dump(node.test):
            yield from imported_at_once([*node.body, *node.orelse])
        elif isinstance(node, ast.Try):
            yield from imported_at_once(node.body)


def rings(sources: dict[str, str]) -> list[list[str]]:
    """The rooms that import one another in a ring, of modules by name with their sources."""
    graph = nx.DiGraph()
    for module, source in sources.items():
        names = (name for name in imported_at_once(ast.parse(source).body) if name.startswith("claimx."))
        graph.add_edges_from((room_of(module), room_of(name)) for name in names if room_of(name) != room_of(module))
    return list(nx.simple_cycles(graph))


def test_no_two_rooms_import_each_other() -> None:
    paths = [
        path for path in (ROOT / "claimx").rglob("*.py") if path.name != "__init__.py" or path.parent.name != "claimx"
    ]
    sources = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path.read_text(
            encoding="utf-8"
        )
        for path in paths
    }
    assert len(sources) > 100
    assert not rings(sources)


def test_a_ring_of_rooms_is_seen() -> None:
    ring = {
        "claimx.claims.roles.verbs": "from claimx.claims.movement import x",
        "claimx.claims.movement.x": "import claimx.claims.roles",
    }
    assert rings(ring)
    ring["claimx.claims.movement.x"] = "if TYPE_CHECKING:\n    import claimx.claims.roles"
    assert not rings(ring)


def test_only_the_package_is_in_the_wheel() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert settings["targets"]["wheel"]["packages"] == ["claimx"]


LINES, BRANCHES = 60, 20
_BRANCH = (ast.If, ast.IfExp, ast.For, ast.While, ast.ExceptHandler, ast.comprehension, ast.match_case)


def too_much(source: str) -> Iterator[str]:
    """Yield the functions of a source that have more than so many lines or branches."""
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            lines, branches = (function.end_lineno or 0) - function.lineno + 1, count_branches(function)
            if lines > LINES or branches > BRANCHES:
                yield f"{function.name}: {lines} lines, {branches} branches"


def count_branches(node: ast.AST) -> int:
    """Return how many ways part in a function, those of the functions in it left aside."""
    count = 0
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef):
            count += isinstance(child, _BRANCH) + count_branches(child)
            count += len(child.values) - 1 if isinstance(child, ast.BoolOp) else 0
            count += len(child.ifs) if isinstance(child, ast.comprehension) else 0
    return count


def test_functions_are_read_at_a_glance() -> None:
    found = {path: [*too_much(path.read_text(encoding="utf-8"))] for path in (ROOT / "claimx").rglob("*.py")}
    assert not {str(path.relative_to(ROOT)): functions for path, functions in found.items() if functions}


def test_what_is_too_much_is_seen() -> None:
    assert list(too_much("def f(x):\n" + "    x += 1\n" * 60)) == ["f: 61 lines, 0 branches"]
    assert list(too_much("def f(x):\n    return x" + " or x" * (BRANCHES + 1))) == [
        f"f: 2 lines, {BRANCHES + 1} branches"
    ]
    assert not list(too_much("def f(x):\n    return x" + " or x" * 20))
