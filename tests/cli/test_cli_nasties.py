"""Nothing in an article steers the terminal or harms another article: the command line, in every form of output."""

import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from nasties.inputs import NEEDLE, PAGES, TEXTS
from typer.testing import Result

from claimx.output.formats import FORMATS, names_for

Run = Callable[..., Result]
STEERING = {"\u061c", "\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
SLOW = {"huge attribute", "many meta tags", "nested tables"}  # read in the library's tests


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of every nasty input, and two articles as they should be."""
    made = tmp_path_factory.mktemp("nasties")
    for inputs, suffix in ((PAGES, ".html"), (TEXTS, ".txt")):
        for name, maker in inputs.items():
            if name not in SLOW:
                (made / f"{name.replace('/', ' ')}{suffix}").write_bytes(maker())
    (made / "A good one.txt").write_text(NEEDLE)
    (made / "z good one.txt").write_text(NEEDLE)
    (made / "escape \x1b[31m name.txt").write_text(NEEDLE)
    (made / "=1+1.txt").write_text(NEEDLE)
    return made


@pytest.mark.parametrize(
    ("command", "form"),
    [
        (command, name)
        for command, layer in {"extract": "claims", "quotes": "attributions"}.items()
        for name in names_for(layer)  # type: ignore[arg-type]
        if not FORMATS[name].binary
    ],
)
def test_no_input_steers_the_output_or_costs_another(run: Run, folder: Path, form: str, command: str) -> None:
    result = run(command, "-f", form, folder)
    assert result.exit_code == 1, "some cannot be read"
    assert result.exception is None or isinstance(result.exception, SystemExit)
    for stream in (result.stdout, result.stderr):
        unsafe = {c for c in stream if (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\r\t") or c in STEERING}
        assert not unsafe, {hex(ord(char)) for char in unsafe}
    for line in result.stderr.splitlines():
        assert line.startswith("claimx: ")
        assert "please report this" not in line
    if form in ("json", "jsonl"):
        found = [json.loads(line)["article"] for line in result.stdout.splitlines()] if form == "jsonl" else None
        sources = [article["source"] for article in found or json.loads(result.stdout)["articles"]]
        assert {str(folder / "A good one.txt"), str(folder / "z good one.txt")} <= set(sources)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("way", ["output", "stdout"])
def test_a_full_disk_is_one_line(tmp_path: Path, way: str) -> None:
    (tmp_path / "a.txt").write_text(NEEDLE)
    code = (
        "import types, claimx.language, claimx.pipeline\n"
        "claimx.language.load_model = lambda name: types.SimpleNamespace(meta={})\n"
        "claimx.pipeline.extract_all = lambda articles, **_: articles\n"
        "from claimx.cli import main\nmain()"
    )
    arguments = ["extract", "-q", "-f", "json", str(tmp_path / "a.txt")]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments, *(["-o", "/dev/full"] if way == "output" else [])],
            stdout=full if way == "stdout" else subprocess.PIPE, stderr=subprocess.PIPE, check=False,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert "No space left on device" in line
    assert line.startswith("claimx: cannot write ")
