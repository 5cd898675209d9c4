"""`claimx report`: a page to read, about one article or many."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from claimx.cli.arguments import AnalysedSources, FromStoreOption, RunOptions, option, with_options
from claimx.cli.forms import check_free, is_special, unknown_suffix
from claimx.errors import OutputError
from claimx.output import FORMATS, OutputContext
from claimx.records import Article

if TYPE_CHECKING:
    from claimx.rules.loader import RuleSet


@with_options("output sources overwrite title store model date rules kinds min_confidence timeout quiet")
def report_cli(
    output: Annotated[
        Path,
        option("-o --output FILE", "The page to write (HTML), all or nothing; - for standard output.", allow_dash=True),
    ],
    options: RunOptions,
    sources: AnalysedSources = None,
    title: Annotated[str | None, option("--title WORDS", "The page's headline.")] = None,
    store: FromStoreOption = None,
) -> None:
    """Write a page to read: evidence, table, map, timeline.

    One HTML file that needs no network, with the claims marked in their articles. Of several articles it also says
    which tell the same event, where they differ and how many independent origins they have.
    """
    from claimx.cli.run import run_on_all

    if str(output) != "-" and not is_special(output):
        check_free(output, overwrite=options.overwrite)
        if not FORMATS["html"].fits(output):
            raise unknown_suffix(output, FORMATS["html"].suffixes, "")

    def write(articles: Sequence[Article], out: IO[Any], context: OutputContext, rules: "RuleSet | None") -> None:
        from claimx.compare import compare
        from claimx.report import write_report

        if not articles:
            raise OutputError("nothing to report: none of the sources could be read; no page was written")
        compared = compare(articles, rules=rules) if len(articles) > 1 else None
        write_report(articles, out, title=title, comparison=compared, kinds=context.kinds)

    raise typer.Exit(run_on_all(sources, store, replace(options, output=output), writer=write))
