"""`claimx compare`: the same event across articles."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, TextIO

import typer

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
from claimx.cli.streams import open_output, tell
from claimx.errors import ClaimxError
from claimx.output.context import OutputContext
from claimx.records import Article

ComparisonFormat = Literal["table", "json", "jsonl", "csv", "markdown", "html", "geojson", "graph"]

OptionalSources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="An http(s) address, an .html, .htm, .txt or .md file, a folder of them, - for standard input, or a .json "
        "or .jsonl file of articles that claimx has analysed.",
        show_default=False,
    ),
]
ComparisonFormatOption = Annotated[
    ComparisonFormat | None,
    typer.Option(
        "-f", "--format", help="Form of the output; a terminal gets a table, a pipe JSON Lines.", show_default=False
    ),
]
FromStoreOption = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="DB", help="Compare the articles of this store too; they are not analysed again.",
        show_default=False,
    ),
]  # fmt: skip
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
    if not sources and store is None:
        raise typer.BadParameter("give articles to compare, or --store", param_hint="SOURCE")
    from claimx.cli.run import run
    from claimx.sources.saved import is_saved

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
    failed: list[str] = []
    known = list(_confident(_read_analysed(sources or (), store, failed), min_confidence))

    def write(articles: Iterator[Article], out: TextIO, context: OutputContext) -> None:
        _write([*known, *articles], out, context, options, as_graph=format == "graph", graph=graph)

    status = run([source for source in sources or () if not is_saved(source)], options, layer="claims", writer=write)
    raise typer.Exit(max(status, 1) if failed else status)


def _read_analysed(sources: Sequence[str], store: str | None, failed: list[str]) -> Iterator[Article]:
    """Yield the articles that need no analysis, from files and the store, saying which could not be read and why."""
    from claimx.sources.saved import is_saved, read_saved

    for source in filter(is_saved, sources):
        try:
            yield from read_saved(source)
        except ClaimxError as error:
            failed.append(source)
            tell(error)
    if store is not None:
        from claimx.store import open_store

        try:
            with open_store(store, create=False) as opened:
                yield from opened.articles()
        except ClaimxError as error:
            failed.append(store)
            tell(error)


def _confident(articles: Iterator[Article], least: float) -> Iterator[Article]:
    for article in articles:
        yield replace(article, claims=tuple(claim for claim in article.claims if claim.confidence >= least))


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
