"""Arguments and options that several commands share, each declared once, and how a command takes them."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimx.bounded import PAGE_SECONDS
from claimx.cli.forms import choose_form
from claimx.output.formats import What, names_for
from claimx.records import MOVEMENT

if TYPE_CHECKING:
    from claimx.store import Query


def argument(metavar: str, help: str) -> Any:
    """Return an argument as the help shows it."""
    return typer.Argument(metavar=metavar, help=help, show_default=False)


def option(flags: str, help: str, *, show_default: bool = False, **settings: Any) -> Any:
    """Return an option by its flags with what it takes behind them: "-o --output FILE"."""
    *names, metavar = flags.split()
    return typer.Option(*names, metavar=metavar, help=help, show_default=show_default, **settings)


def form_option(names: Sequence[str], help: str) -> Any:
    """Return the option that takes one of these forms, which shells can complete; others are refused by name."""

    def check(value: str | None) -> str | None:
        if value is not None and value not in names:
            raise typer.BadParameter(f"{value!r} is none of {', '.join(names)}")
        return value

    def complete(incomplete: str) -> list[str]:
        return [name for name in names if name.startswith(incomplete)]

    return option(f"-f --format {'|'.join(names)}", help, callback=check, autocompletion=complete)


Sources = Annotated[
    list[str],
    argument(
        "SOURCE",
        "An http(s) address, an .html, .htm, .txt or .md file, a web archive (.warc, .warc.gz, .wacz), a folder of "
        "them, or - for standard input.",
    ),
]
AnalysedSources = Annotated[
    list[str] | None,
    argument(
        "SOURCE",
        "An http(s) address, an .html, .htm, .txt or .md file, a folder of them, - for standard input, or a .json "
        "or .jsonl file of articles that claimx has analysed.",
    ),
]
FromStoreOption = Annotated[
    str | None, option("--store DB", "Take the articles of this store too; they are not analysed again.")
]
ModelOption = Annotated[
    str | None, option("--model NAME", "A spaCy pipeline, by name or path, instead of claimx's own.")
]
RulesOption = Annotated[list[Path] | None, option("--rules FILE", "A rule pack to add; may be repeated.")]
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


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What the shared options say; their flags, help and defaults stand here alone. `query` is what filters ask."""

    format: str = "jsonl"
    output: Annotated[
        Path | None,
        option("-o --output FILE", "Write to FILE, all or nothing; its suffix sets the form.", allow_dash=True),
    ] = None
    overwrite: OverwriteOption = False
    model: ModelOption = None
    date: Annotated[
        datetime | None,
        option("--date YYYY-MM-DD", "When articles that do not say so were published.", formats=["%Y-%m-%d"]),
    ] = None
    rules: RulesOption = None
    kinds: Annotated[
        list[str],
        option(
            "--kind KIND",
            "A kind of claims to look for, movement or an example such as arrest; may be repeated.",
            show_default=True,
            callback=_check_kinds,
        ),
    ] = (MOVEMENT,)  # type: ignore[assignment] # typer wants a list, a dataclass none as default
    min_confidence: Annotated[
        float,
        option(
            "--min-confidence NUMBER", "Leave out claims below this confidence.", show_default=True, min=0.0, max=1.0
        ),
    ] = 0.0
    timeout: Annotated[
        float, option("--timeout SECONDS", "Seconds that a page may take to arrive.", show_default=True, min=0.1)
    ] = PAGE_SECONDS
    archive: Annotated[
        Path | None, option("--archive DIR", "Keep all that is read in DIR, as WARC files that can be read again.")
    ] = None
    store: Annotated[
        str | None, option("--store DB", "Also keep all articles and claims in this SQLite file or database address.")
    ] = None
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
            help = "Form of the output; a terminal gets a table, a pipe JSON Lines."
            chosen = Annotated[str | None, form_option(names_for(what), help)]
            known["format"] = known["format"].replace(default=None, annotation=chosen)
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
