"""`claimx quotes`: who says what in each article."""

import typer

from claimx.cli.arguments import (
    ArchiveOption,
    DateOption,
    FormatOption,
    ModelOption,
    OutputOption,
    QuietOption,
    RulesOption,
    RunOptions,
    Sources,
    StoreOption,
    TimeoutOption,
)


def quotes_cli(
    sources: Sources,
    format: FormatOption = None,
    output: OutputOption = None,
    model: ModelOption = None,
    date: DateOption = None,
    rules: RulesOption = None,
    timeout: TimeoutOption = 20.0,
    archive: ArchiveOption = None,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Find who says what in each article.

    Quotations and reported speech, direct, indirect and mixed, whatever they are about.
    """
    if format == "geojson":
        raise typer.BadParameter("attributions have no place on a map; geojson is for claimx extract")
    from claimx.cli.run import run

    options = RunOptions(
        format=format,
        output=output,
        model=model,
        date=date,
        rules=tuple(rules or ()),
        timeout=timeout,
        archive=archive,
        store=store,
        quiet=quiet,
    )
    raise typer.Exit(run(sources, options, layer="attributions"))
