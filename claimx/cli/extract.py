"""`claimx extract`: the movement claims of each article."""

from typing import Any

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
from claimx.cli.filters import (
    DestinationOption,
    OriginOption,
    SinceOption,
    SourceOption,
    StatusOption,
    TextOption,
    UntilOption,
    ViaOption,
    WhatOption,
    WhoOption,
    make_query,
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
    who: WhoOption = None,
    what: WhatOption = None,
    origin: OriginOption = None,
    destination: DestinationOption = None,
    via: ViaOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    status: StatusOption = None,
    source: SourceOption = None,
    text: TextOption = None,
    min_confidence: ConfidenceOption = 0.0,
    timeout: TimeoutOption = 20.0,
    archive: ArchiveOption = None,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Find the movement claims of each article.

    Who moved what from where to where, when, how surely, and who says so. Of claims that are asked for by --who and
    the like, a claim must meet all; they mean what they mean to claimx search.
    """
    asked: dict[str, Any] = {
        "who": who, "what": what, "origin": origin, "destination": destination, "via": via, "since": since,
        "until": until, "source": source, "text": text,
    }  # fmt: skip
    any_asked = any(value is not None for value in asked.values())
    options = RunOptions(
        format=choose_form(format, output, "claims", overwrite=overwrite),
        output=output,
        model=model,
        date=date,
        rules=tuple(rules or ()),
        min_confidence=min_confidence,
        query=make_query(status=status, **asked) if status or any_asked else None,
        timeout=timeout,
        archive=archive,
        store=store,
        quiet=quiet,
    )
    from claimx.cli.run import run

    raise typer.Exit(run(sources, options, layer="claims"))
