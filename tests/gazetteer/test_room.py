"""The gazetteer stands on rules and records alone, and a process needs one of it."""

import ast
from pathlib import Path

import claimx.gazetteer
from claimx.gazetteer import gazetteer

BELOW = {"gazetteer", "records", "rules", "errors"}


def test_the_gazetteer_imports_nothing_that_imports_it() -> None:
    for path in Path(claimx.gazetteer.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("claimx"):
                assert str(node.module).split(".")[1] in BELOW, path


def test_there_is_one() -> None:
    assert gazetteer() is gazetteer()
