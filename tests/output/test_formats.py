"""A new format is a module and a line of the registry: choices, suffixes, errors and pages know it from there."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
import readme
from examples import article

from claimx.output import formats
from claimx.output.formats import FORMATS, Format, describe_formats, find_writer, name_by_suffix
from claimx.records import to_wire

TINY = Format("tiny", (".tiny", ".tiny.txt"), "a trigger a line", "tests", ("claims",))
REGISTER = f"""
import sys, types
from claimx.output.formats import FORMATS, Format
FORMATS["tiny"] = Format(**{asdict(TINY)})
module = sys.modules["claimx.output.tiny"] = types.ModuleType("tiny")
def write_tiny(articles, out, *, context):
    out.writelines(claim.trigger.text + "\\n" for article in articles for claim in article.claims)
module.write_tiny = write_tiny
from claimx.cli import main
main()
"""


def claimx(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Return what the command line does where the tiny format is registered."""
    command = [sys.executable, "-c", REGISTER, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_module_and_a_line_add_a_format(tmp_path: Path) -> None:
    """Nothing else is told of it, and every command that writes claims can write it, by name and by suffix."""
    (tmp_path / "saved.json").write_text(json.dumps({"articles": [to_wire(article())]}))
    lines = "".join(claim.trigger.text + "\n" for claim in article().claims)
    assert claimx(tmp_path, "extract", "saved.json", "-f", "tiny").stdout == lines
    assert claimx(tmp_path, "extract", "saved.json", "-o", "out.tiny", "--store", "a.db").returncode == 0
    assert (tmp_path / "out.tiny").read_text() == lines
    assert claimx(tmp_path, "search", "a.db", "-f", "tiny").stdout == lines
    assert "|tiny" in claimx(tmp_path, "extract", "--help").stdout
    assert ".tiny .tiny.txt" in claimx(tmp_path, "extract", "saved.json", "-o", "out.tin").stderr
    refused = claimx(tmp_path, "quotes", "saved.json", "-f", "tiny")
    assert (refused.returncode, "'tiny' is none of table" in refused.stderr) == (2, True)


def test_the_pages_name_a_new_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "tiny", TINY)
    row = "| `tiny` | `.tiny` `.tiny.txt` | a trigger a line | tests | extract, search |"
    assert row in readme.with_formats("<!-- formats: table -->\n<!-- /formats -->").splitlines()
    assert readme.with_formats("<!-- formats: names -->old<!-- /formats -->").endswith(", `tiny`<!-- /formats -->")
    assert name_by_suffix(Path("A.Tiny.TXT"), "claims") == "tiny"
    assert name_by_suffix(Path("a.tiny"), "comparison") is None


def test_every_format_has_its_writers_and_its_row() -> None:
    assert [FORMATS[name].name for name in FORMATS] == list(FORMATS)
    assert (
        set(formats._COMMANDS) == set(formats._PACKAGES) == {what for form in FORMATS.values() for what in form.results}
    )
    for form in FORMATS.values():
        if form.needs:
            pytest.importorskip(form.needs)
        assert all(callable(find_writer(form.name, what)) for what in form.results)
    rows = list(describe_formats())
    assert len(rows) == len(FORMATS) + 1
    assert all(len(row) == len(rows[0]) for row in rows)
