"""Results as text: one module a format, each a function from articles to a text stream."""

import importlib
from collections.abc import Iterable
from typing import TextIO

from claimx.output.context import Layer, OutputContext, describe_model
from claimx.records import Article

__all__ = ["FORMATS", "Layer", "OutputContext", "describe_model", "write"]

FORMATS = {
    "table": ("claimx.output.table", "write_table"),
    "json": ("claimx.output.json", "write_json"),
    "jsonl": ("claimx.output.json", "write_jsonl"),
    "csv": ("claimx.output.csv", "write_csv"),
    "markdown": ("claimx.output.markdown", "write_markdown"),
    "html": ("claimx.output.html", "write_html"),
    "geojson": ("claimx.output.geojson", "write_geojson"),
}
"""Names of the formats, and the functions that write them; modules load when first used."""


def write(articles: Iterable[Article], out: TextIO, *, format: str, context: OutputContext | None = None) -> None:
    """Write the articles to `out`, each as soon as it comes; `format` is one of `FORMATS`."""
    module, function = FORMATS[format]
    getattr(importlib.import_module(module), function)(articles, out, context=context or OutputContext())
