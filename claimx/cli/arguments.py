"""Arguments and options that several commands share."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimx.cli.forms import format_option

if TYPE_CHECKING:
    from claimx.store import Query

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE",
        help="An http(s) address, an .html, .htm, .txt or .md file, a web archive (.warc, .warc.gz, .wacz), a folder "
        "of them, or - for standard input.",
        show_default=False,
    ),
]
FormatOption = Annotated[str | None, format_option("claims")]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="FILE", help="Write to FILE, all or nothing; its suffix sets the form.",
        show_default=False, allow_dash=True,
    ),
]  # fmt: skip
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Replace the output file where it exists.")]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model", metavar="NAME", help="A spaCy pipeline, by name or path, instead of claimx's own.",
        show_default=False,
    ),
]  # fmt: skip
DateOption = Annotated[
    datetime | None,
    typer.Option(
        "--date", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], show_default=False,
        help="When articles that do not say so were published.",
    ),
]  # fmt: skip
RulesOption = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="FILE", help="A rule pack to add; may be repeated.", show_default=False),
]
ConfidenceOption = Annotated[
    float,
    typer.Option(
        "--min-confidence", metavar="NUMBER", min=0.0, max=1.0, help="Leave out claims below this confidence."
    ),
]
TimeoutOption = Annotated[
    float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="Seconds that a page may take to arrive.")
]
ArchiveOption = Annotated[
    Path | None,
    typer.Option(
        "--archive", metavar="DIR", help="Keep all that is read in DIR, as WARC files that can be read again.",
        show_default=False,
    ),
]  # fmt: skip
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="DB", help="Also keep all articles and claims in this SQLite file or database address.",
        show_default=False,
    ),
]  # fmt: skip
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only, no notes.")]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What the shared options say."""

    format: str = "jsonl"
    output: Path | None = None
    model: str | None = None
    date: datetime | None = None
    rules: tuple[Path, ...] = ()
    min_confidence: float = 0.0
    timeout: float = 20.0
    archive: Path | None = None
    store: str | None = None
    quiet: bool = False
    query: "Query | None" = None
