"""What stays on this machine: no command asks the network for anything on local files, or leaves a trace in the home.

The system itself is the witness: strace notes every call that has to do with sockets, in all processes.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import claimx
from claimx.language import embedded_model_path

pytestmark = [pytest.mark.slow, pytest.mark.weights]

CLAIMX = [sys.executable, "-c", "from claimx.cli import main; main()"]
SAMPLES = Path(__file__).parent.parent / "samples"
PAGE = SAMPLES / "juba-airlift.html"
LOAD = f"""
import spacy
nlp = spacy.load({str(embedded_model_path())!r})
assert len(nlp("Russia has moved radars to Libya."))
"""
WAIT = "import time; time.sleep(11)"  # onnxruntime waited nine seconds before it asked for its maker's address
WITHOUT_ENTRY_POINT = f"import sys; sys.path.insert(0, {str(SAMPLES.parent)!r}); import claimx.language.encoder"

_CALL = re.compile(r"\b(?:bind|connect|sendto|sendmsg|sendmmsg)\(.*sa_family=(?P<family>AF_\w+)")
_OWN_PORT = re.compile(r'bind\(.*(?:"::1"|"127\.0\.0\.1")')  # urllib3 looks so whether there is IPv6 at all


def why_no_strace() -> str | None:
    if (strace := shutil.which("strace")) is None:
        return "strace is not installed"
    done = subprocess.run([strace, "-f", "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    return f"strace may not look here: {done.stderr.strip()}" if done.returncode else None


needs_strace = pytest.mark.skipif(why_no_strace() is not None, reason=str(why_no_strace()))


def reaches_out(line: str) -> bool:
    """Tell whether a line of strace's shows that a process speaks to a network, or asks who bears a name."""
    if "nscd" in line:  # the system's own cache of names: asked before a name server is
        return True
    found = _CALL.search(line)
    return found is not None and found["family"] in ("AF_INET", "AF_INET6") and not _OWN_PORT.search(line)


@pytest.fixture
def watched(tmp_path: Path) -> Callable[..., "tuple[int, str, list[str], list[str]]"]:
    """Run a command under strace in a home of its own: its status, its errors, what reached out, what it left."""

    def run(*command: object) -> tuple[int, str, list[str], list[str]]:
        home, trace = tmp_path / "home", tmp_path / "trace"
        (home / "tmp").mkdir(parents=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
        done = subprocess.run(
            ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(trace), *map(str, command)],  # noqa: S607
            capture_output=True, text=True, check=False,
            env={**kept, "HOME": str(home), "TMPDIR": str(home / "tmp"), "PYTHONPATH": str(SAMPLES.parent)},
        )  # fmt: skip
        out = [line for line in trace.read_text(encoding="utf-8", errors="replace").splitlines() if reaches_out(line)]
        left = [str(path.relative_to(home)) for path in home.rglob("*") if path != home / "tmp"]
        return done.returncode, done.stderr, out, left

    return run


COMMANDS = {
    "extract": [*CLAIMX, "extract", "-q", "-f", "json", PAGE],
    "batch": [*CLAIMX, "batch", "-q", "--workers", "2", SAMPLES, "-o", "OUT"],
    "report": [*CLAIMX, "report", "-q", PAGE, "-o", "OUT"],
    "spacy.load": [sys.executable, "-c", LOAD + WAIT],
    "spacy.load, not installed": [sys.executable, "-c", WITHOUT_ENTRY_POINT + LOAD],
}


@needs_strace
@pytest.mark.parametrize("name", COMMANDS)
def test_local_files_stay_local(
    watched: Callable[..., tuple[int, str, list[str], list[str]]], tmp_path: Path, name: str
) -> None:
    out = tmp_path / ("out.jsonl" if name == "batch" else "out.html")
    status, errors, reached, left = watched(*(out if part == "OUT" else part for part in COMMANDS[name]))
    assert (status, errors) == (0, "")
    assert reached == []
    assert left == [], "written in the home"


@needs_strace
def test_the_witness_sees_what_reaches_out(watched: Callable[..., tuple[int, str, list[str], list[str]]]) -> None:
    code = (
        "import socket, pathlib\n"
        "pathlib.Path.home().joinpath('trace').touch()\n"
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 53))"
    )
    _, _, reached, left = watched(sys.executable, "-c", code)
    assert len(reached) == 1
    assert left == ["trace"]


@pytest.mark.parametrize("asked", [None, "0"])
def test_telemetry_is_off_before_anything_can_start_it(asked: str | None) -> None:
    """onnxruntime reads the variable when it is imported, and never again."""
    env = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    env |= {"PYTHONPATH": str(Path(claimx.__file__).parent.parent)} | (
        {"ORT_DISABLE_TELEMETRY": asked} if asked else {}
    )
    code = "import claimx, os, sys; print(os.environ['ORT_DISABLE_TELEMETRY'], 'onnxruntime' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.split() == ["1", "False"]
