"""Options that commands share are declared once: with one flag, one help, one default."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Annotated, Any

import pytest
import typer
from typer.testing import CliRunner

from claimx.bounded import PAGE_SECONDS
from claimx.cli import app
from claimx.cli.arguments import RunOptions, with_options
from claimx.sources import ReadOptions

OF_THEIR_OWN = {
    "batch": {"output", "overwrite"},  # lines that grow, which may be begun anew
    "report": {"output", "store"},  # a page, which must have a name; a store to read from
    "compare": {"store"},
}


def test_a_flag_says_the_same_everywhere() -> None:
    group = typer.main.get_group(app)
    told: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
    for name, command in group.commands.items():
        for option in command.params:
            if option.param_type_name == "option" and option.name not in {*OF_THEIR_OWN.get(name, ()), "format"}:
                told[option.opts[0]].add((option.help, option.metavar, option.default))
    assert {"--timeout", "--date", "--min-confidence", "--who", "--quiet"} <= set(told)
    assert {flag: words for flag, words in told.items() if len(words) > 1} == {}


def test_library_and_command_line_wait_as_long() -> None:
    assert RunOptions().timeout == ReadOptions().timeout == PAGE_SECONDS


@dataclass(frozen=True)
class Wishes:
    colour: Annotated[str, typer.Option("--colour")] = "red"
    quiet: Annotated[bool, typer.Option("--hush")] = False


def test_options_come_in_records_in_the_order_of_their_names() -> None:
    given: list[Any] = []

    @with_options("date wishes size quiet")
    def command(
        name: str, wishes: Wishes, options: RunOptions, size: Annotated[int, typer.Option("--size")] = 1
    ) -> None:
        """Do it."""
        given.extend((name, wishes, options, size))

    own = typer.Typer()
    own.command()(command)
    result = CliRunner().invoke(own, ["x", "--colour", "blue", "--hush", "--size", "3", "--date", "2024-05-16"])
    assert (result.exit_code, given[0], given[3]) == (0, "x", 3)
    assert given[1] == Wishes("blue", quiet=True)
    assert str(given[2].date) == "2024-05-16 00:00:00"
    assert not given[2].quiet  # the first record that has a field of the name gets what was said
    help = CliRunner().invoke(own, ["--help"]).stdout
    flags = ["Do it.", "--date", "--colour", "--size", "--hush"]
    assert sorted(flags, key=help.index) == flags


def test_an_option_that_there_is_not_is_refused_at_once() -> None:
    with pytest.raises(KeyError, match="colour"):
        with_options("colour")(lambda: None)
