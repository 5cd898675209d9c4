"""Which form a result takes, and which files it may be written to: what would surprise is refused before any work."""

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import typer

from claimx.output.formats import FORMATS, What, name_by_suffix, suffixes_for


def choose_form(format: str | None, output: Path | None, what: What, *, overwrite: bool) -> str:
    """Return the form that is asked for: by name, by the output file's suffix, or by where stdout leads.

    Raises BadParameter where a file's name asks for none that is known, or where it would be taken for another form.
    """
    form = _choose(format, output, what, overwrite=overwrite)
    if (needs := FORMATS[form].needs) and find_spec(needs) is None:
        raise typer.BadParameter(f"{form} needs {needs}; run pip install 'claimx[{form}]'", param_hint="-f")
    return form


def _choose(format: str | None, output: Path | None, what: What, *, overwrite: bool) -> str:
    if output is None or str(output) == "-":
        form = format or ("table" if sys.stdout.isatty() else "jsonl")
        if FORMATS[form].binary and sys.stdout.isatty():
            raise typer.BadParameter(f"{form} is nothing for a terminal; give -o FILE", param_hint="-f")
        return form
    if is_special(output):
        return format or "jsonl"
    check_free(output, overwrite=overwrite)
    meant = name_by_suffix(output, what)
    if format is None:
        if meant is None:
            raise unknown_suffix(output, suffixes_for(what), "or say with -f what to write")
        return meant
    named = {form.name for form in FORMATS.values() if form.fits(output)}
    if named and format not in named and any(FORMATS[name].binary for name in (format, *named)):
        raise typer.BadParameter(f"{format} under the name {output.name} would not open; rename it", param_hint="-o")
    return format


def is_special(output: Path) -> bool:
    """Tell a device or a pipe, which is like standard output, and a folder, which is refused when it is opened."""
    return output.exists() and not output.is_file()


def check_free(output: Path, *, overwrite: bool) -> None:
    """Refuse a file that holds something, unless it may be overwritten."""
    if not overwrite and output.is_file() and output.stat().st_size:
        raise typer.BadParameter(f"{output} exists; --overwrite replaces it", param_hint="-o")


def unknown_suffix(output: Path, known: Sequence[str], otherwise: str) -> typer.BadParameter:
    """Return the error that says which suffixes there are."""
    what = f"unknown suffix {output.suffix!r}" if output.suffix else "no suffix"
    return typer.BadParameter(
        f"{output.name}: {what}; give a name in {' '.join(known)}" + (f", {otherwise}" if otherwise else ""),
        param_hint="-o",
    )
