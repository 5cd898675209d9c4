"""The command line: one file a command, each a thin shell around the library.

This module and those of the commands below import nothing heavy at their top, and the sub-commands of `LAZY` are
imported when they are called, so that `claimx --help` answers at once.
"""

import gc
import importlib
import sys
from typing import Annotated, Any

import typer
from typer._click.exceptions import NoArgsIsHelpError, UsageError  # typer has its own click and no other name for them
from typer.core import TyperCommand, TyperGroup

from claimx import __version__
from claimx.cli.arguments import make_app
from claimx.cli.batch import batch_cli
from claimx.cli.compare import compare_cli
from claimx.cli.extract import extract_cli
from claimx.cli.quotes import quotes_cli
from claimx.cli.report import report_cli
from claimx.cli.search import search_cli
from claimx.cli.streams import tell
from claimx.output.clean import clean

LAZY = {
    "model": ("claimx.cli.model", "Say which language model is used."),
    "review": ("claimx.cli.review", "Take in what readers say of claims, and say how good they are."),
    "rules": ("claimx.cli.rules", "List, check and try rule packs."),
}
"""Sub-commands by name: the module that holds their typer `app`, and their line in the help."""


class LazyGroup(TyperGroup):
    """A group that imports the sub-commands of `LAZY` only to run them, and says in one line what usage is wrong."""

    def main(self, *args: Any, **options: Any) -> Any:
        options["standalone_mode"] = False  # or it would print usage errors itself
        try:
            status = super().main(*args, **options)
        except NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except UsageError as error:
            command = error.ctx.command_path if error.ctx else "claimx"
            # it repeats wrong arguments, and shells make arguments of the names of files
            tell(f"{clean(error.format_message()).rstrip('.')}; see {command} --help")
            sys.exit(error.exit_code)
        except typer.Abort:
            sys.exit(1)
        sys.exit(status if isinstance(status, int) else 0)

    def list_commands(self, ctx: Any) -> list[str]:
        return [*super().list_commands(ctx), *LAZY]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name in LAZY:
            return TyperCommand(cmd_name, help=LAZY[cmd_name][1])
        return super().get_command(ctx, cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] in LAZY:
            holder = typer.Typer(add_completion=False, rich_markup_mode=None)
            holder.add_typer(importlib.import_module(LAZY[args[0]][0]).app, name=args[0], help=LAZY[args[0]][1])
            return args[0], typer.main.get_group(holder).commands[args[0]], args[1:]
        return super().resolve_command(ctx, args)


app = make_app(cls=LazyGroup)
app.command("extract")(extract_cli)
app.command("quotes")(quotes_cli)
app.command("batch")(batch_cli)
app.command("search")(search_cli)
app.command("compare")(compare_cli)
app.command("report")(report_cli)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"claimx {__version__}")
        raise typer.Exit


def _manual(context: typer.Context, wanted: bool) -> None:
    if wanted:
        from claimx.cli.man import write_manual

        typer.echo(write_manual(context), nl=False)
        raise typer.Exit


@app.callback()
def claimx_cli(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_version, is_eager=True)
    ] = False,
    manual: Annotated[
        bool, typer.Option("--man", help="Print the manual page (roff) and exit.", callback=_manual, is_eager=True)
    ] = False,
) -> None:
    """Find who moved what from where to where, and who says so, in news articles."""


def main() -> None:
    """Run the command line; never returns. A reader that closes our output early ends it quietly, as does Ctrl-C.

    What nothing below has foreseen is a line too, as all errors are, with status 1.
    """
    try:
        app()
    except Exception as error:
        tell(f"stopped by something unforeseen ({type(error).__name__}: {error}); please report this")
        raise SystemExit(1) from error
    finally:
        gc.freeze()  # everything ends here: the collector's last passes over the model would cost a tenth of a second
