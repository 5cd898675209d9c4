"""`claimx report`: a page to read, about one article or many."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated, TextIO

import typer

from claimx.cli.arguments import (
    ConfidenceOption,
    DateOption,
    ModelOption,
    QuietOption,
    RulesOption,
    RunOptions,
    Sources,
    TimeoutOption,
)
from claimx.errors import OutputError
from claimx.output.context import OutputContext
from claimx.records import Article

PageOption = Annotated[
    Path,
    typer.Option(
        "-o", "--output", metavar="FILE", help="The page to write (HTML), all or nothing; - for standard output.",
        show_default=False, allow_dash=True,
    ),
]  # fmt: skip
TitleOption = Annotated[
    str | None, typer.Option("--title", metavar="WORDS", help="The page's headline.", show_default=False)
]


def report_cli(
    sources: Sources,
    output: PageOption,
    title: TitleOption = None,
    model: ModelOption = None,
    date: DateOption = None,
    rules: RulesOption = None,
    min_confidence: ConfidenceOption = 0.0,
    timeout: TimeoutOption = 20.0,
    quiet: QuietOption = False,
) -> None:
    """Write a page to read: evidence, table, map, timeline.

    One HTML file that needs no network, with the claims marked in their articles. Of several articles it also says which tell the same event, where they differ
    and how many independent origins they have.
    """
    from claimx.cli.run import run

    options = RunOptions(
        output=output,
        model=model,
        date=date,
        rules=tuple(rules or ()),
        min_confidence=min_confidence,
        timeout=timeout,
        quiet=quiet,
    )
    raise typer.Exit(run(sources, options, layer="claims", writer=partial(_write, title)))


def _write(title: str | None, articles: Iterator[Article], out: TextIO, _: OutputContext) -> None:
    from claimx.compare import compare
    from claimx.report import write_report

    found = list(articles)
    if not found:
        raise OutputError("nothing to report: none of the sources could be read; no page was written")
    write_report(found, out, title=title, comparison=compare(found) if len(found) > 1 else None)
