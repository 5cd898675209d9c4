"""What `.ci/run` starts besides Python: said where it cannot be had, gone when it is over."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SERVICES = Path(__file__).parent.parent / ".ci" / "services"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


def services(*arguments: object) -> "subprocess.CompletedProcess[str]":
    command = ["bash", str(SERVICES), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_is_a_valid_executable_script() -> None:
    assert os.access(SERVICES, os.X_OK)
    assert subprocess.run(["bash", "-n", str(SERVICES)], check=False).returncode == 0  # noqa: S607


def test_stopping_what_never_ran_does_nothing(tmp_path: Path) -> None:
    done = services("stop", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []
