"""Results as text or bytes: one module a format, each a function from articles to a stream; `formats` lists them."""

from collections.abc import Iterable
from typing import IO, Any

from claimx.output.context import Layer, OutputContext, describe_model
from claimx.output.formats import FORMATS, find_writer
from claimx.records import Article

__all__ = ["FORMATS", "Layer", "OutputContext", "describe_model", "write"]


def write(articles: Iterable[Article], out: IO[Any], *, format: str, context: OutputContext | None = None) -> None:
    """Write the articles to `out`, each as soon as it comes; `format` is one of `FORMATS`; a binary one wants bytes."""
    context = context or OutputContext()
    find_writer(format, context.layer)(articles, out, context=context)
