"""`claimx batch`: the movement claims of many articles."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from claimx.cli.arguments import RunOptions, argument, option, with_options
from claimx.cli.forms import is_special
from claimx.output.formats import FORMATS


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What the options of `claimx batch` alone say."""

    output: Annotated[Path, option("-o --output OUT", "The JSON Lines file to write, article by article.")]
    paths: Annotated[
        list[str] | None,
        argument(
            "PATH",
            "A file or web address as for claimx extract, a folder, or a pattern in quotes, such as '2024/**/*.html'.",
        ),
    ] = None
    urls: Annotated[
        list[str] | None, option("--urls FILE", "A list of web addresses, one a line; may be repeated.")
    ] = None
    feeds: Annotated[list[str] | None, option("--feed URL", "An RSS or Atom feed or a sitemap; may be repeated.")] = (
        None
    )
    lines: Annotated[Literal["articles", "claims"], typer.Option("--lines", help="What a line of OUT holds.")] = (
        "articles"
    )
    resume: Annotated[bool, typer.Option("--resume", help="Go on with OUT: do what it does not hold yet.")] = False
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Begin OUT anew where it exists.")] = False
    workers: Annotated[int | None, option("--workers N", "Processes that work; one a core by default.", min=1)] = None
    article_timeout: Annotated[
        float,
        option(
            "--article-timeout SECONDS",
            "Seconds that one article may take; 0 for no limit.",
            show_default=True,
            min=0.0,
        ),
    ] = 300.0
    scheduler: Annotated[
        str | None, option("--scheduler ADDRESS", "A Dask scheduler (tcp://HOST:PORT) whose workers do the work.")
    ] = None
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private", help="Follow redirects and feeds into private networks and to this machine, too."
        ),
    ] = False
    cache: Annotated[
        Path | None, option("--cache DIR", "Keep web pages in DIR, and ask servers only whether they have changed.")
    ] = None


@with_options("request model date rules kinds min_confidence timeout allow_private cache archive store quiet")
def batch_cli(request: BatchRequest, options: RunOptions) -> None:
    """Find the movement claims of many articles, in parallel.

    Articles are written as they are done. A batch that was stopped, however, goes on with --resume.
    """
    _check(request)
    from claimx.cli.run_batch import run

    raise typer.Exit(run(request, options))


def _check(request: BatchRequest) -> None:
    """Refuse what contradicts itself, and a file that a batch could not write or take up again."""
    if not (request.paths or request.urls or request.feeds):
        raise typer.BadParameter("give a path, --urls or --feed", param_hint="PATH")
    if str(request.output) == "-":
        raise typer.BadParameter("a batch writes a file, which it can take up again", param_hint="-o")
    if not request.resume and not is_special(request.output) and not FORMATS["jsonl"].fits(request.output):
        lines_of = request.output.with_suffix(".jsonl").name
        raise typer.BadParameter(
            f"a batch writes JSON Lines, so give -o {lines_of}; "
            f"claimx extract {lines_of} -o {request.output.name} puts them into another form",
            param_hint="-o",
        )
    if request.workers is not None and request.scheduler is not None:
        raise typer.BadParameter("either --workers or --scheduler, which has workers of its own")
    if request.resume and request.overwrite:
        raise typer.BadParameter("either --resume or --overwrite, not both")
