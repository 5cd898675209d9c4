"""`claimx extract`: the movement claims of each article."""

import typer

from claimx.cli.arguments import (
    ArchiveOption,
    ConfidenceOption,
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


def extract_cli(
    sources: Sources,
    format: FormatOption = None,
    output: OutputOption = None,
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
    from claimx.cli.run import run

    options = RunOptions(
        format=format,
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
    raise typer.Exit(run(sources, options, layer="claims"))
