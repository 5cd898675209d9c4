"""Comparisons as text: one module a format, each a function from a comparison to a text stream."""

import importlib
from typing import TextIO

from claimx.compare.records import Comparison
from claimx.output.context import OutputContext

__all__ = ["COMPARISON_FORMATS", "write_comparison"]

_HERE = "claimx.output.comparison"

COMPARISON_FORMATS = {
    "table": (f"{_HERE}.table", "write_table"),
    "json": (f"{_HERE}.json", "write_json"),
    "jsonl": (f"{_HERE}.json", "write_jsonl"),
    "csv": (f"{_HERE}.csv", "write_csv"),
    "markdown": (f"{_HERE}.markdown", "write_markdown"),
    "html": (f"{_HERE}.html", "write_html"),
    "geojson": (f"{_HERE}.geojson", "write_geojson"),
    "graph": (f"{_HERE}.json", "write_graph"),
}
"""Names of the formats, and the functions that write them; modules load when first used."""


def write_comparison(comparison: Comparison, out: TextIO, *, format: str, context: OutputContext | None = None) -> None:
    """Write the comparison to `out`; `format` is one of `COMPARISON_FORMATS`."""
    module, function = COMPARISON_FORMATS[format]
    getattr(importlib.import_module(module), function)(comparison, out, context=context or OutputContext())
