"""Comparisons as text: one module a format, each a function from a comparison to a stream."""

from typing import IO, Any

from claimx.compare.records import Comparison
from claimx.output.context import OutputContext
from claimx.output.formats import find_writer

__all__ = ["write_comparison"]


def write_comparison(
    comparison: Comparison, out: IO[Any], *, format: str, context: OutputContext | None = None
) -> None:
    """Write the comparison to `out`; `format` is one of those that `claimx.output.formats` has for comparisons."""
    find_writer(format, "comparison")(comparison, out, context=context or OutputContext())
