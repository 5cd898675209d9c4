"""`claimx extract`: the movement claims of each article."""

import typer

from claimx.cli.arguments import (
    ArchiveOption,
    ConfidenceOption,
    DateOption,
    FormatOption,
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
from claimx.cli.forms import choose_form


def extract_cli(
    sources: Sources,
    format: FormatOption = None,
    output: OutputOption = None,
    overwrite: OverwriteOption = False,
    model: ModelOption = None,
    date: DateOption = None,
    rules: RulesOption = None,
    min_confidence: ConfidenceOption = 0.0,
    timeout: TimeoutOption = 20.0,
    archive: ArchiveOption = None,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Find the movement claims of each article.

    Who moved what from where to where, when, how surely, and who says so.
    """
    options = RunOptions(
        format=choose_form(format, output, "claims", overwrite=overwrite),
        output=output,
        model=model,
        date=date,
        rules=tuple(rules or ()),
        min_confidence=min_confidence,
        timeout=timeout,
        archive=archive,
        store=store,
        quiet=quiet,
    )
    from claimx.cli.run import run

    raise typer.Exit(run(sources, options, layer="claims"))
