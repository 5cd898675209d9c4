"""`claimx compare`: the same event across articles."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from claimx.cli.arguments import AnalysedSources, FromStoreOption, RunOptions, option, with_options
from claimx.cli.forms import check_free
from claimx.cli.streams import open_output
from claimx.output import OutputContext
from claimx.records import Article

if TYPE_CHECKING:
    from claimx.rules.loader import RuleSet


@with_options("format output overwrite store graph model date rules min_confidence timeout quiet", what="comparison")
def compare_cli(
    options: RunOptions,
    sources: AnalysedSources = None,
    store: FromStoreOption = None,
    graph: Annotated[
        Path | None, option("--graph FILE", "Also write who has what from whom, as a graph (JSON-LD).")
    ] = None,
) -> None:
    """Compare how articles tell the same events.

    Who agrees, who differs, who contradicts whom, and how many independent origins there are.
    """
    from claimx.cli.run import run_on_all

    if graph is not None:
        check_free(graph, overwrite=options.overwrite)

    def write(articles: Sequence[Article], out: IO[Any], context: OutputContext, rules: "RuleSet | None") -> None:
        from claimx.compare import compare
        from claimx.output.comparison import write_comparison

        comparison = compare(articles, rules=rules)
        write_comparison(comparison, out, format=options.format, context=context)
        if graph is not None:
            with open_output(graph) as file:
                write_comparison(comparison, file, format="graph", context=context)

    raise typer.Exit(run_on_all(sources, store, options, writer=write))
