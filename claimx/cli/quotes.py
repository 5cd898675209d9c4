"""`claimx quotes`: who says what in each article."""

from typing import Annotated

import typer

from claimx.cli.arguments import (
    ArchiveOption,
    DateOption,
    ModelOption,
    OutputOption,
    OverwriteOption,
    QuietOption,
    RulesOption,
    RunOptions,
    Sources,
    StoreOption,
    TimeoutOption,
)
from claimx.cli.forms import choose_form, format_option


def quotes_cli(
    sources: Sources,
    format: Annotated[str | None, format_option("attributions")] = None,
    output: OutputOption = None,
    overwrite: OverwriteOption = False,
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
    options = RunOptions(
        format=choose_form(format, output, "attributions", overwrite=overwrite),
        output=output,
        model=model,
        date=date,
        rules=tuple(rules or ()),
        timeout=timeout,
        archive=archive,
        store=store,
        quiet=quiet,
    )
    from claimx.cli.run import run

    raise typer.Exit(run(sources, options, layer="attributions"))
