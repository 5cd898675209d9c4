"""`claimx batch`: the movement claims of many articles."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from claimx.cli.arguments import (
    ArchiveOption,
    ConfidenceOption,
    DateOption,
    ModelOption,
    QuietOption,
    RulesOption,
    RunOptions,
    StoreOption,
    TimeoutOption,
)
from claimx.cli.forms import is_special
from claimx.output.formats import FORMATS

PathsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH",
        help="A file or web address as for claimx extract, a folder, or a pattern in quotes, such as '2024/**/*.html'.",
        show_default=False,
    ),
]
OutArgument = Annotated[
    Path,
    typer.Option(
        "-o", "--output", metavar="OUT", help="The JSON Lines file to write, article by article.", show_default=False
    ),
]
UrlsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--urls", metavar="FILE", help="A list of web addresses, one a line; may be repeated.", show_default=False
    ),
]
FeedOption = Annotated[
    list[str] | None,
    typer.Option(
        "--feed", metavar="URL", help="An RSS or Atom feed or a sitemap; may be repeated.", show_default=False
    ),
]
CacheOption = Annotated[
    Path | None,
    typer.Option(
        "--cache",
        metavar="DIR",
        help="Keep web pages in DIR, and ask servers only whether they have changed.",
        show_default=False,
    ),
]
PrivateOption = Annotated[
    bool,
    typer.Option("--allow-private", help="Follow redirects and feeds into private networks and to this machine, too."),
]
LinesOption = Annotated[Literal["articles", "claims"], typer.Option("--lines", help="What a line of OUT holds.")]
ResumeOption = Annotated[bool, typer.Option("--resume", help="Go on with OUT: do what it does not hold yet.")]
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Begin OUT anew where it exists.")]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers", metavar="N", min=1, help="Processes that work; one a core by default.", show_default=False
    ),
]
ArticleTimeoutOption = Annotated[
    float,
    typer.Option(
        "--article-timeout", metavar="SECONDS", min=0.0, help="Seconds that one article may take; 0 for no limit."
    ),
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="A Dask scheduler (tcp://HOST:PORT) whose workers do the work.",
        show_default=False,
    ),
]


def batch_cli(
    output: OutArgument,
    paths: PathsArgument = None,
    urls: UrlsOption = None,
    feed: FeedOption = None,
    lines: LinesOption = "articles",
    resume: ResumeOption = False,
    overwrite: OverwriteOption = False,
    workers: WorkersOption = None,
    article_timeout: ArticleTimeoutOption = 300.0,
    scheduler: SchedulerOption = None,
    model: ModelOption = None,
    date: DateOption = None,
    rules: RulesOption = None,
    min_confidence: ConfidenceOption = 0.0,
    timeout: TimeoutOption = 20.0,
    allow_private: PrivateOption = False,
    cache: CacheOption = None,
    archive: ArchiveOption = None,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Find the movement claims of many articles, in parallel.

    Articles are written as they are done. A batch that was stopped, however, goes on with --resume.
    """
    if not (paths or urls or feed):
        raise typer.BadParameter("give a path, --urls or --feed", param_hint="PATH")
    if str(output) == "-":
        raise typer.BadParameter("a batch writes a file, which it can take up again", param_hint="-o")
    if not resume and not is_special(output) and not FORMATS["jsonl"].fits(output):
        lines_of = output.with_suffix(".jsonl").name
        raise typer.BadParameter(
            f"a batch writes JSON Lines, so give -o {lines_of}; "
            f"claimx extract {lines_of} -o {output.name} puts them into another form",
            param_hint="-o",
        )
    if workers is not None and scheduler is not None:
        raise typer.BadParameter("either --workers or --scheduler, which has workers of its own")
    if resume and overwrite:
        raise typer.BadParameter("either --resume or --overwrite, not both")
    from claimx.cli.run_batch import BatchRequest, run

    request = BatchRequest(
        output=output,
        paths=tuple(paths or ()),
        urls=tuple(urls or ()),
        feeds=tuple(feed or ()),
        lines=lines,
        resume=resume,
        overwrite=overwrite,
        workers=workers,
        article_timeout=article_timeout,
        scheduler=scheduler,
        cache=cache,
        allow_private=allow_private,
    )
    options = RunOptions(
        model=model,
        date=date,
        rules=tuple(rules or ()),
        min_confidence=min_confidence,
        timeout=timeout,
        archive=archive,
        store=store,
        quiet=quiet,
    )
    raise typer.Exit(run(request, options))
