"""README and docs are true: examples are real output, Python runs, links lead somewhere, the commands are CI's."""

import itertools
import re
import shutil
import struct
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import readme
import screenshot
from readme import README, ROOT

from claimx.output.formats import FORMATS

TEXT = README.read_text(encoding="utf-8")
ALL = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in readme.PAGES}
EXAMPLES = sorted({example for text in ALL.values() for example in readme.examples(text)})


def test_there_is_something_to_check() -> None:
    assert [command for command, _ in EXAMPLES if command.endswith("--help")]
    assert sum(len(readme.examples(text)) for text in ALL.values()) == sum(t.count("```console") for t in ALL.values())
    assert len(ALL) > 10


@pytest.mark.weights
@pytest.mark.parametrize(("command", "output"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_examples_are_current(command: str, output: str) -> None:
    assert output == readme.run(command), "python tests/readme.py refresh brings README and docs up to date"


CODE = sorted({code for text in ALL.values() for code in re.findall(r"```python\n(.*?)```", text, re.S)})


@pytest.mark.weights
@pytest.mark.parametrize("code", CODE)
def test_python_runs(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "asserted" in done.stdout


def test_formats_are_those_of_the_registry() -> None:
    assert sorted(name for name, text in ALL.items() if "<!-- formats: " in text) == ["README.md", "docs/extract.md"]
    for text in ALL.values():
        assert text == readme.with_formats(text), "python tests/readme.py refresh brings README and docs up to date"
    known = {form.name for form in FORMATS.values()}
    assert set(re.findall(r"^\| `(\w+)` \|.*\|.*\|.*\|.*\|$", ALL["docs/extract.md"], re.M)) == known


def test_the_two_commands_install_and_run() -> None:
    assert readme.command("run", TEXT) == "python -m pip install . && claimx extract samples/"
    assert readme.command("test", TEXT) == 'python -m pip install -e ".[test]" && python -m pytest'


def test_ci_runs_the_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "tests/readme.py command test" in script
    assert "pip install" not in script


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_ci_is_a_valid_executable_script() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    bash = shutil.which("bash")
    assert bash
    subprocess.run([bash, "-n", str(script)], check=True)


def test_every_library_is_listed_with_its_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]
    needed = {re.split(r"[\[<>=]", line)[0] for line in asked} - {project["name"]}
    rows = [row.strip("| ").split(" | ") for row in TEXT.rpartition("| library |")[2].splitlines()[2:] if "|" in row]
    assert {name for names, _, _ in rows for name in names.split(", ")} == needed
    for names, _, licences in rows:
        assert len(names.split(", ")) == len(licences.split(", ")), names


@pytest.mark.parametrize("name", [*ALL, "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    for target in re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("name", ALL)
def test_files_that_are_named_are_there(name: str) -> None:
    for path in re.findall(r"`((?:claimx|tests|docs|samples)/[a-z][\w./-]*)`", ALL[name]):
        assert (ROOT / path).exists(), path


@pytest.mark.slow
def test_the_documentation_builds(tmp_path: Path) -> None:
    pytest.importorskip("furo", reason="needs the extra docs")
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-d", tmp_path / "trees", ROOT / "docs", tmp_path / "site"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    for page in (ROOT / "docs").rglob("*.md"):
        text = (tmp_path / "site" / page.relative_to(ROOT / "docs").with_suffix(".html")).read_text(encoding="utf-8")
        assert not re.search(r"""<(?:script|link|img)[^>]*(?:src|href)=["']https?:""", text)


def test_the_readme_is_short() -> None:
    assert len(TEXT.splitlines()) <= 200


def test_refreshing_changes_outputs_alone() -> None:
    text = "# x\n\n```console\n$ claimx a\nold\nlines\n```\n\n```console\n$ claimx b\n```\n\n```bash\nnot this\n```\n"
    fresh = (
        "# x\n\n```console\n$ claimx a\nnew a\n```\n\n```console\n$ claimx b\nnew b\n```\n\n```bash\nnot this\n```\n"
    )
    assert readme.refreshed(text, lambda command: command.replace("claimx", "new") + "\n") == fresh


@pytest.mark.parametrize("text", ["", "<!-- test -->\n```bash\na\n```\n<!-- test -->\n```bash\nb\n```\n"])
def test_a_command_must_be_marked_once(text: str) -> None:
    with pytest.raises(SystemExit, match="where one was expected"):
        readme.command("test", text)


@pytest.mark.browser
def test_the_first_picture_is_the_report_and_a_script_draws_it(tmp_path: Path) -> None:
    name = re.findall(r"!\[[^]]+]\(([^)]+)\)", TEXT)[0]
    assert ROOT / name == screenshot.PICTURE
    if shutil.which("chromium") is None:
        pytest.skip("needs Chromium on the path")
    pytest.importorskip("playwright.sync_api", reason="needs playwright")
    page, picture = tmp_path / "page.html", tmp_path / "page.png"
    page.write_text("<!DOCTYPE html><title>x</title><p>Trucks moved.", encoding="utf-8")
    screenshot.draw(page, picture)
    size = struct.pack(">II", *screenshot.SIZE)
    for drawn in (picture, screenshot.PICTURE):
        assert drawn.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
        assert drawn.read_bytes()[16:24] == size
