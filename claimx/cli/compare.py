"""`claimx compare`: the same event across articles."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, TextIO

import typer

from claimx.cli.analysed import FromStoreOption, OptionalSources, run_on_all
from claimx.cli.arguments import (
    ConfidenceOption,
    DateOption,
    ModelOption,
    OutputOption,
    QuietOption,
    RulesOption,
    RunOptions,
    TimeoutOption,
)
from claimx.cli.streams import open_output
from claimx.output.context import OutputContext
from claimx.records import Article

ComparisonFormat = Literal["table", "json", "jsonl", "csv", "markdown", "html", "geojson", "graph"]

ComparisonFormatOption = Annotated[
    ComparisonFormat | None,
    typer.Option(
        "-f", "--format", help="Form of the output; a terminal gets a table, a pipe JSON Lines.", show_default=False
    ),
]
GraphOption = Annotated[
    Path | None,
    typer.Option(
        "--graph", metavar="FILE", help="Also write who has what from whom, as a graph (JSON-LD).", show_default=False
    ),
]


def compare_cli(
    sources: OptionalSources = None,
    format: ComparisonFormatOption = None,
    output: OutputOption = None,
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
    options = RunOptions(
        format=None if format == "graph" else format,
        output=output,
        model=model,
        date=date,
        rules=tuple(rules or ()),
        min_confidence=min_confidence,
        timeout=timeout,
        quiet=quiet,
    )

    def write(articles: Sequence[Article], out: TextIO, context: OutputContext) -> None:
        _write(articles, out, context, options, as_graph=format == "graph", graph=graph)

    raise typer.Exit(run_on_all(sources, store, options, writer=write))


def _write(
    articles: Sequence[Article],
    out: TextIO,
    context: OutputContext,
    options: RunOptions,
    *,
    as_graph: bool,
    graph: Path | None,
) -> None:
    from claimx.cli.run import choose_format
    from claimx.compare import compare
    from claimx.output.comparison import write_comparison

    comparison = compare(articles)
    write_comparison(comparison, out, format="graph" if as_graph else choose_format(options), context=context)
    if graph is not None:
        with open_output(graph) as file:
            write_comparison(comparison, file, format="graph", context=context)
