"""The README's commands and the examples of all pages: read, run, and brought up to date.

    python tests/readme.py command run      print the command that installs claimx and runs it
    python tests/readme.py command test     print the command that installs what the tests need and runs them
    python tests/readme.py refresh          put what the examples print, and the formats that there are, into all pages

`command` needs nothing but Python, so that it works before anything is installed.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").rglob("*.md"))]
"""Whose examples are held to be real output."""

_COMMAND = r"<!-- {name} -->\n```(?:bash|sh)\n(.+)\n```"
_EXAMPLE = re.compile(r"(```console\n\$ )(?P<command>.+)\n(?P<output>(?:.*\n)*?)(```)")
_FORMATS = re.compile(r"(?P<before><!-- formats: (?P<how>\w+) -->\n?)[^<]*(?P<after><!-- /formats -->)")


def command(name: str, text: str) -> str:
    """Return the one-line command of the block marked `<!-- name -->`."""
    found: list[str] = re.findall(_COMMAND.format(name=name), text)
    if len(found) != 1:
        raise SystemExit(f"README.md: {len(found)} blocks marked <!-- {name} -->, where one was expected")
    return found[0]


def examples(text: str) -> list[tuple[str, str]]:
    """Return every `$ command` of the console blocks with the output that the page shows."""
    return [(found["command"], found["output"]) for found in _EXAMPLE.finditer(text)]


def run(command: str) -> str:
    """Return what a shell command prints at 80 columns, in the checkout, with the environment of this Python."""
    env = {**os.environ, "COLUMNS": "80", "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    env.pop("FORCE_COLOR", None)
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=ROOT, env=env, check=False)  # noqa: S602
    return "".join(line.rstrip() + "\n" for line in (done.stdout + done.stderr).splitlines())


def refreshed(text: str, run: Callable[[str], str] = run) -> str:
    """Return a page with the present output of every example."""
    return _EXAMPLE.sub(lambda found: f"{found[1]}{found['command']}\n{run(found['command'])}{found[4]}", text)


def with_formats(text: str) -> str:
    """Return a page with the formats of the registry, as names or as a table, where it asks for them."""
    from claimx.output.formats import describe_formats, names_for

    heads, *rows = describe_formats()
    table = "".join(f"| {' | '.join(cells)} |\n" for cells in (heads, ["---"] * len(heads), *rows))
    shown = {"names": ", ".join(f"`{name}`" for name in names_for("claims")), "table": table}
    return _FORMATS.sub(lambda found: found["before"] + shown[found["how"]] + found["after"], text)


def main(arguments: list[str]) -> None:
    text = README.read_text(encoding="utf-8")
    if len(arguments) == 2 and arguments[0] == "command":
        print(command(arguments[1], text))
    elif arguments == ["refresh"]:
        for page in PAGES:
            page.write_text(refreshed(with_formats(page.read_text(encoding="utf-8"))), encoding="utf-8")
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
