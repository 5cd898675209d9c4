"""The one list of the forms that results take: the choices in the help, the suffixes and the writers come from it."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

What = Literal["claims", "attributions", "comparison"]
"""What is written: claims of articles, attributions of articles, or a comparison of articles."""


@dataclass(frozen=True, slots=True)
class Format:
    """A form: what it is, the suffixes of its files, the function that writes each kind of result (`module:name`).

    What has no function cannot be written so. `binary` writers get a stream of bytes; the others get text.
    `needs` is the module that a form cannot do without, and the extra of claimx that brings it.
    """

    about: str
    suffixes: tuple[str, ...] = ()
    claims: str | None = None
    attributions: str | None = None
    comparison: str | None = None
    binary: bool = False
    needs: tuple[str, str] | None = None


def _format(about: str, module: str, *suffixes: str, name: str | None = None, **other: Any) -> Format:
    """Return a form that a module of each package writes, by `write_<name>`, as most do."""
    function = f"write_{name or module}"
    of_articles, of_comparisons = f"claimx.output.{module}:{function}", f"claimx.output.comparison.{module}:{function}"
    return Format(about, suffixes, of_articles, of_articles, of_comparisons, **other)


FORMATS: Final[dict[str, Format]] = {
    "table": _format("cards for the terminal", "table"),
    "json": _format("one JSON document", "json", ".json"),
    "jsonl": _format("JSON Lines", "json", ".jsonl", ".ndjson", name="jsonl"),
    "csv": _format("CSV, a row each", "csv", ".csv"),
    "markdown": _format("Markdown", "markdown", ".md", ".markdown"),
    "html": _format("a page", "html", ".html", ".htm"),
    "geojson": Format(
        "GeoJSON, for maps",
        (".geojson",),
        claims="claimx.output.geojson:write_geojson",
        comparison="claimx.output.comparison.geojson:write_geojson",
    ),
    "xlsx": Format(
        "an Excel workbook",
        (".xlsx",),
        claims="claimx.output.xlsx:write_xlsx",
        attributions="claimx.output.xlsx:write_xlsx",
        comparison="claimx.output.comparison.xlsx:write_xlsx",
        binary=True,
    ),
    "parquet": Format(
        "Parquet",
        (".parquet",),
        claims="claimx.output.parquet:write_parquet",
        binary=True,
        needs=("pyarrow", "parquet"),
    ),
    "ftm": Format("FollowTheMoney entities", (".ftm", ".ftm.json", ".ftm.jsonl"), claims="claimx.output.ftm:write_ftm"),
    "gexf": Format(
        "the graph of sources, for Gephi", (".gexf",), comparison="claimx.output.comparison.gexf:write_gexf"
    ),
    "graph": Format(
        "the graph of sources, as JSON-LD", (".jsonld",), comparison="claimx.output.comparison.json:write_graph"
    ),
}
"""The forms by name, in the order of the help."""


def names_for(what: What) -> tuple[str, ...]:
    """Return the names of the forms that a kind of result has."""
    return tuple(name for name, form in FORMATS.items() if getattr(form, what))


def suffixes_for(what: What) -> tuple[str, ...]:
    """Return the suffixes of files by which a kind of result gets its form."""
    return tuple(suffix for name in names_for(what) for suffix in FORMATS[name].suffixes)


def name_by_suffix(path: Path, what: What) -> str | None:
    """Return the form that a file's name asks for, by its longest suffix that is known; None for none."""
    known = {suffix: name for name in names_for(what) for suffix in FORMATS[name].suffixes}
    fitting = [suffix for suffix in known if path.name.lower().endswith(suffix)]
    return known[max(fitting, key=len)] if fitting else None


def find_writer(name: str, what: What) -> Callable[..., None]:
    """Return the function that writes a kind of result in a form; its module is loaded now."""
    module, _, function = getattr(FORMATS[name], what).partition(":")
    found: Callable[..., None] = getattr(importlib.import_module(module), function)
    return found
