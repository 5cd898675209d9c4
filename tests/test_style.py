"""The house's tools agree: ruff (lint and format) and mypy, as part of the tests so that one command runs all."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("claimx", "claimx_training", "claimx_benchmarks")


@pytest.mark.lint
@pytest.mark.parametrize(
    "arguments",
    [["ruff", "check", "--no-cache"], ["ruff", "format", "--check", "--no-cache"], ["mypy"]],
    ids=["lint", "format", "types"],
)
def test_tools_find_nothing(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_here_names_the_machine_it_was_made_on() -> None:
    """No absolute home or work paths, no package indexes, in anything that is published."""
    for path in [
        ROOT / "README.md",
        ROOT / "pyproject.toml",
        *(path for room in ROOMS for path in (ROOT / room).rglob("*.py")),
    ]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"/(?:home|root|work|opt)/\w", text), path
        assert "index-url" not in text, path
