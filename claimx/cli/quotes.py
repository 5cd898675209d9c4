"""`claimx quotes`: who says what in each article."""

import typer

from claimx.cli.arguments import RunOptions, Sources, with_options


@with_options("format output overwrite model date rules timeout archive store quiet", what="attributions")
def quotes_cli(sources: Sources, options: RunOptions) -> None:
    """Find who says what in each article.

    Quotations and reported speech, direct, indirect and mixed, whatever they are about.
    """
    from claimx.cli.run import run

    raise typer.Exit(run(sources, options, layer="attributions"))
