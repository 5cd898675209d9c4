"""`claimx` itself: what it imports, its version, how it stops."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

import claimx
from claimx.cli import LAZY, app

HEAVY = ("spacy", "thinc", "numpy", "trafilatura", "lxml", "httpx", "pydantic", "onnxruntime", "py3langid", "torch")
ALLOWED = {"claimx", "typer", "click", "shellingham", "annotated_doc", "typing_extensions"}
TYPERS_OWN = {"pydantic", "pydantic_core", "annotated_types", "typing_inspection"}  # where it meets typed arguments
SHOW = """
import sys
before = set(sys.modules)
sys.argv = ["claimx", *{arguments!r}]
from claimx.cli import main
try:
    main()
finally:
    names = {{name.partition(".")[0] for name in set(sys.modules) - before}} - set(sys.stdlib_module_names)
    print("IMPORTED", *sorted(name for name in names if not name.startswith("_")))
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["extract", "--help"],
        ["quotes", "--help"],
        ["batch", "--help"],
        ["compare", "--help"],
        ["search", "--help"],
        ["extract"],
        ["extract", "x.txt"],
    ],
)
def test_nothing_heavy_is_imported_to_say_little(arguments: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SHOW.format(arguments=arguments)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    imported = set(re.findall(r"^IMPORTED (.*)$", done.stdout, re.M)[0].split())
    assert "claimx" in imported
    if arguments == ["extract", "x.txt"]:  # a file that is not there: rules are checked, no model is loaded
        assert not imported & {"spacy", "thinc", "trafilatura", "lxml", "torch", "onnxruntime", "numpy", "sqlalchemy"}
    else:
        assert imported <= (ALLOWED if arguments[0].startswith("--") else ALLOWED | TYPERS_OWN)


def test_the_allow_list_catches_what_it_should(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Troops left Tarnow.")
    code = SHOW.replace("main()", "import spacy", 1).format(arguments=[])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert not set(done.stdout.split()[1:]) <= ALLOWED
    assert set(HEAVY) & set(done.stdout.split())


def test_importing_claimx_imports_nothing_else() -> None:
    code = "import sys, claimx; print([name for name in sys.modules if name.startswith(('claimx.', 'spacy', 'rich'))])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_version() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"claimx {claimx.__version__}\n")


def test_help_names_every_command() -> None:
    text = CliRunner().invoke(app, ["--help"]).stdout
    for name in ("extract", "quotes", "search", *LAZY):
        assert re.search(rf"^  {name} ", text, re.M)


@pytest.mark.parametrize("name", LAZY)
def test_lazy_commands_are_there_when_called(name: str) -> None:
    result = CliRunner().invoke(app, [name, "--help"])
    assert result.exit_code == 0
    assert f" {name} [OPTIONS] COMMAND [ARGS]..." in result.stdout
    assert "--install-completion" not in result.stdout
    assert "╭" not in result.stdout, "help is plain everywhere"
    line = LAZY[name][1]
    assert line in re.sub(r"\s+", " ", result.stdout)


def test_a_misspelt_command_is_wrong_usage() -> None:
    result = CliRunner().invoke(app, ["extrakt"])
    assert result.exit_code == 2
    assert "extract" in result.stderr


def run_claimx(code: str, *arguments: str, **how: object) -> "subprocess.Popen[bytes]":
    """Start `claimx` in a process of its own, with `code` run before it to take the place of the analysis."""
    script = f"import sys\n{code}\nfrom claimx.cli import main\nsys.argv = ['claimx', *sys.argv[1:]]\nmain()\n"
    return subprocess.Popen([sys.executable, "-c", script, *arguments], stderr=subprocess.PIPE, **how)  # type: ignore[call-overload,no-any-return]


STUB = """
import types, claimx.language, claimx.pipeline
claimx.language.load_model = lambda name: types.SimpleNamespace(meta={})
claimx.pipeline.extract_all = lambda articles, **_: articles
"""


def test_a_reader_that_has_enough_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Troops left Tarnow. " * 5_000)
    read, write = os.pipe()
    process = run_claimx(STUB, "extract", "-q", "-f", "json", str(tmp_path / "a.txt"), stdout=write)
    os.close(write)
    os.close(read)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (1, b"")


def test_an_interruption_is_quiet_and_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Troops left Tarnow.")
    out = tmp_path / "out" / "out.json"
    out.parent.mkdir()
    slow = (
        STUB
        + "\nimport time\nclaimx.pipeline.extract_all = lambda articles, **_: map(lambda _: time.sleep(60), articles)\n"
    )
    process = run_claimx(slow, "extract", "-o", str(out), str(tmp_path / "a.txt"))
    deadline = time.monotonic() + 20
    while not list(out.parent.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert list(out.parent.iterdir()), "it never began to write"
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"Traceback" not in errors
    assert list(out.parent.iterdir()) == []


def test_any_locale_gets_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Troops left Łódź.", encoding="utf-8")
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    process = run_claimx(STUB, "extract", "-f", "json", "-q", str(tmp_path / "a.txt"), stdout=subprocess.PIPE, env=env)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, b"")
    assert json.loads(output.decode("utf-8"))["articles"][0]["text"] == "Troops left Łódź."


def test_a_text_file_needs_no_network_and_no_archive(tmp_path: Path) -> None:
    """What spaCy imports by itself is its own affair."""
    (tmp_path / "a.txt").write_text("The army moved thirty trucks to Tarnow.")
    code = f"{STUB}\n{SHOW.format(arguments=['extract', '-q', str(tmp_path / 'a.txt')])}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    imported = set(re.findall(r"^IMPORTED (.*)$", done.stdout, re.M)[0].split())
    assert "claimx" in imported
    assert not imported & {"httpx", "protego", "warcio", "lxml", "trafilatura", "sqlalchemy", "networkx"}
