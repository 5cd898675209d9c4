"""The one list of the formats that results take: choices, suffixes, errors, tables in the docs and writers derive."""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

What = Literal["claims", "attributions", "comparison"]
"""What is written: claims of articles, attributions of articles, or a comparison of articles."""

_ALL: Final[tuple[What, ...]] = ("claims", "attributions", "comparison")
_PACKAGES: Final[dict[What, str]] = {
    "claims": "claimx.output",
    "attributions": "claimx.output",
    "comparison": "claimx.output.comparison",
}
_COMMANDS: Final[dict[What, str]] = {"claims": "extract, search", "attributions": "quotes", "comparison": "compare"}


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the suffixes of its files, what it is and for whom, and the results that it can hold.

    Its writer is `write_<name>` in the module `<name>`, or `module`, of the package of each result. `binary` writers
    get a stream of bytes; the others get text. `needs` is the module that a format cannot do without, which the extra
    of claimx that has the format's name brings.
    """

    name: str
    suffixes: tuple[str, ...]
    about: str
    use: str
    results: tuple[What, ...] = _ALL
    module: str | None = None
    binary: bool = False
    needs: str | None = None

    def fits(self, path: Path) -> bool:
        """Tell whether a file's name ends as those of this format do."""
        return path.name.lower().endswith(self.suffixes)


_KNOWN = (
    Format("table", (), "a card a claim, with the evidence", "reading in a terminal, where it is the default"),
    Format("json", (".json",), "one document with every article, its text, claims and attributions", "programs"),
    Format("jsonl", (".jsonl", ".ndjson"), "a claim a line, with its article", "programs, pipes", module="json"),
    Format("csv", (".csv",), "a claim a row (RFC 4180), nothing in it runs as a formula", "spreadsheets"),
    Format("markdown", (".md", ".markdown"), "a list of claims an article", "notes and drafts"),
    Format("html", (".html", ".htm"), "a page with a table an article", "browsers, mail"),
    Format("geojson", (".geojson",), "a line or point a claim (RFC 7946)", "maps, QGIS", ("claims", "comparison")),
    Format("xlsx", (".xlsx",), "a workbook with a sheet each for claims, sources, articles", "Excel", binary=True),
    Format("parquet", (".parquet",), "a claim a row, typed", "DuckDB", ("claims",), binary=True, needs="pyarrow"),
    Format("ftm", (".ftm", ".ftm.json", ".ftm.jsonl"), "FollowTheMoney entities", "OpenAleph", ("claims",)),
    Format("gexf", (".gexf",), "the graph of who has what from whom", "Gephi", ("comparison",)),
    Format("graph", (".jsonld",), "the same graph, as JSON-LD too", "linked data", ("comparison",), module="json"),
)

FORMATS: Final = {form.name: form for form in _KNOWN}
"""The formats by name, in the order of the help."""


def names_for(what: What) -> tuple[str, ...]:
    """Return the names of the formats that a kind of result has."""
    return tuple(form.name for form in FORMATS.values() if what in form.results)


def suffixes_for(what: What) -> tuple[str, ...]:
    """Return the suffixes of files by which a kind of result gets its format."""
    return tuple(suffix for name in names_for(what) for suffix in FORMATS[name].suffixes)


def name_by_suffix(path: Path, what: What) -> str | None:
    """Return the format that a file's name asks for, by its longest suffix that is known; None for none."""
    known = {suffix: name for name in names_for(what) for suffix in FORMATS[name].suffixes}
    return next((known[end] for end in sorted(known, key=len, reverse=True) if path.name.lower().endswith(end)), None)


def find_writer(name: str, what: What) -> Callable[..., None]:
    """Return the function that writes a kind of result in a format; its module is loaded now."""
    module = importlib.import_module(f"{_PACKAGES[what]}.{FORMATS[name].module or name}")
    found: Callable[..., None] = getattr(module, f"write_{name}")
    return found


def describe_formats() -> Iterator[tuple[str, ...]]:
    """Yield the table of formats, heads first: name, suffixes, what it is, for whom, which commands write it."""
    yield ("`-f`", "`-o`", "what it is", "for", "written by")
    for form in FORMATS.values():
        suffixes = " ".join(f"`{suffix}`" for suffix in form.suffixes)
        extra = f" (extra `claimx[{form.name}]`)" if form.needs else ""
        commands = ", ".join(_COMMANDS[what] for what in form.results)
        yield (f"`{form.name}`", suffixes, form.about + extra, form.use, commands)
