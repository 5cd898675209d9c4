"""Arguments and options that several commands share, each declared once, and how a command takes them."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimx.bounded import PAGE_SECONDS
from claimx.cli.forms import choose_form, format_option
from claimx.output.formats import What
from claimx.records import MOVEMENT

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
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model", metavar="NAME", help="A spaCy pipeline, by name or path, instead of claimx's own.",
        show_default=False,
    ),
]  # fmt: skip
RulesOption = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="FILE", help="A rule pack to add; may be repeated.", show_default=False),
]
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Replace the output file where it exists.")]


def _check_kinds(names: list[str]) -> list[str]:
    """Return the kinds of claims that are named, each once; read only where they are not those by default."""
    if tuple(names) == (MOVEMENT,):
        return names
    from claimx.errors import RuleError
    from claimx.rules.kinds import check_kinds

    try:
        return list(check_kinds(names))
    except RuleError as error:
        raise typer.BadParameter(str(error)) from error


KindsOption = Annotated[
    list[str],
    typer.Option(
        "--kind", metavar="KIND", callback=_check_kinds,
        help="A kind of claims to look for, movement or an example such as arrest; may be repeated.",
    ),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What the shared options say; their flags, help and defaults stand here alone. `query` is what filters ask."""

    format: str = "jsonl"
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write to FILE, all or nothing; its suffix sets the form.",
            show_default=False, allow_dash=True,
        ),
    ] = None  # fmt: skip
    overwrite: OverwriteOption = False
    model: ModelOption = None
    date: Annotated[
        datetime | None,
        typer.Option(
            "--date", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], show_default=False,
            help="When articles that do not say so were published.",
        ),
    ] = None  # fmt: skip
    rules: RulesOption = None
    kinds: KindsOption = (MOVEMENT,)  # type: ignore[assignment] # typer wants a list, a dataclass none as default
    min_confidence: Annotated[
        float,
        typer.Option(
            "--min-confidence", metavar="NUMBER", min=0.0, max=1.0, help="Leave out claims below this confidence."
        ),
    ] = 0.0
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="Seconds that a page may take to arrive.")
    ] = PAGE_SECONDS
    archive: Annotated[
        Path | None,
        typer.Option(
            "--archive", metavar="DIR", help="Keep all that is read in DIR, as WARC files that can be read again.",
            show_default=False,
        ),
    ] = None  # fmt: skip
    store: Annotated[
        str | None,
        typer.Option(
            "--store", metavar="DB", show_default=False,
            help="Also keep all articles and claims in this SQLite file or database address.",
        ),
    ] = None  # fmt: skip
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only, no notes.")] = False
    query: "Query | None" = None


def with_options(names: str, *, what: What | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that gives a command these options, in the order of its help.

    A name is that of a parameter of the command, or of a field of a dataclass that one of its parameters takes: what
    the user says comes in such records, a field with the first that has it. The name of a parameter that takes a record
    stands for all its fields that are not named themselves; parameters that are not named come first. Where `what` is
    written, `format` offers its formats, and holds the one that was chosen.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = dict(inspect.signature(command).parameters)
        records: dict[str, Any] = {
            name: own.pop(name).annotation for name in [*own] if is_dataclass(own[name].annotation)
        }
        known = own.copy()
        for record in records.values():
            known = {**inspect.signature(record).parameters, **known}
        if what is not None:
            known["format"] = known["format"].replace(
                default=None, annotation=Annotated[str | None, format_option(what)]
            )
        named = names.split()
        ordered = [name for name in own if name not in named]
        for name in named:
            inner = [field.name for field in fields(records[name])] if name in records else [name]
            ordered += [each for each in inner if each == name or each not in named]

        @wraps(command)
        def run(**given: Any) -> None:
            if what is not None:
                given["format"] = choose_form(given["format"], given["output"], what, overwrite=given["overwrite"])
            for name, record in records.items():
                held = [field.name for field in fields(record) if field.name in given and field.name not in own]
                given[name] = record(**{field: given.pop(field) for field in held})
            command(**given)

        parameters = [known[name].replace(kind=inspect.Parameter.KEYWORD_ONLY) for name in ordered]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # it is what typer looks at
        return run

    return decorate


def make_app(**settings: Any) -> typer.Typer:
    """Return a group of commands that shows its help and its errors as claimx does everywhere."""
    return typer.Typer(
        rich_markup_mode=None,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        **settings,
    )
