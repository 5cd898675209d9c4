"""`claimx extract`: the movement claims of each article."""

from dataclasses import replace

import typer

from claimx.cli.arguments import RunOptions, Sources, with_options
from claimx.cli.filters import Filters, make_query


@with_options(
    "format output overwrite model date rules kinds filters min_confidence timeout archive store quiet", what="claims"
)
def extract_cli(sources: Sources, filters: Filters, options: RunOptions) -> None:
    """Find the movement claims of each article.

    Who moved what from where to where, when, how surely, and who says so. Of claims that are asked for by --who and
    the like, a claim must meet all; they mean what they mean to claimx search. --kind finds claims of other kinds.
    """
    if filters != Filters():
        options = replace(options, query=make_query(filters, kinds=tuple(options.kinds)))
    from claimx.cli.run import run

    raise typer.Exit(run(sources, options, layer="claims"))
