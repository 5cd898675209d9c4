"""`claimx compare`: the same event across articles."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from claimx.cli.analysed import FromStoreOption, OptionalSources, run_on_all
from claimx.cli.arguments import (
    ConfidenceOption,
    DateOption,
    ModelOption,
    OutputOption,
    OverwriteOption,
    QuietOption,
    RulesOption,
    RunOptions,
    TimeoutOption,
)
from claimx.cli.forms import check_free, choose_form, format_option
from claimx.cli.streams import open_output
from claimx.output.context import OutputContext
from claimx.records import Article

GraphOption = Annotated[
    Path | None,
    typer.Option(
        "--graph", metavar="FILE", help="Also write who has what from whom, as a graph (JSON-LD).", show_default=False
    ),
]


def compare_cli(
    sources: OptionalSources = None,
    format: Annotated[str | None, format_option("comparison")] = None,
    output: OutputOption = None,
    overwrite: OverwriteOption = False,
    store: FromStoreOption = None,
    graph: GraphOption = None,
    model: ModelOption = None,
    date: DateOption = None,
    rules: RulesOption = None,
    min_confidence: ConfidenceOption = 0.0,
    timeout: TimeoutOption = 20.0,
    quiet: QuietOption = False,
) -> None:
    """Compare how articles tell the same events.

    Who agrees, who differs, who contradicts whom, and how many independent origins there are.
    """
    if graph is not None:
        check_free(graph, overwrite=overwrite)
    options = RunOptions(
        format=choose_form(format, output, "comparison", overwrite=overwrite),
        output=output,
        model=model,
        date=date,
        rules=tuple(rules or ()),
        min_confidence=min_confidence,
        timeout=timeout,
        quiet=quiet,
    )

    def write(articles: Sequence[Article], out: IO[Any], context: OutputContext) -> None:
        _write(articles, out, context, options, graph)

    raise typer.Exit(run_on_all(sources, store, options, writer=write))


def _write(
    articles: Sequence[Article], out: IO[Any], context: OutputContext, options: RunOptions, graph: Path | None
) -> None:
    from claimx.compare import compare
    from claimx.output.comparison import write_comparison

    comparison = compare(articles)
    write_comparison(comparison, out, format=options.format, context=context)
    if graph is not None:
        with open_output(graph) as file:
            write_comparison(comparison, file, format="graph", context=context)
