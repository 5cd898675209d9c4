"""The manual page, in roff, made of the same help texts as `--help`."""

from collections.abc import Iterator
from typing import Any

from claimx import __version__


def write_manual(context: Any) -> str:
    """Return the manual page of the program that this context of the command line belongs to."""
    group = context.command
    lines = [
        f'.TH CLAIMX 1 "" "claimx {__version__}" "User Commands"',
        ".SH NAME",
        f"claimx \\- {_escape(_first(group.help))}",
        ".SH SYNOPSIS",
        ".B claimx",
        "COMMAND [OPTIONS] [ARGUMENTS]",
        ".SH DESCRIPTION",
        *_paragraphs(group.help),
        *_options(group, context),
        ".SH COMMANDS",
    ]
    for name in group.list_commands(context):
        lines += _command(name, group.get_command(context, name), context)
    lines += [
        ".SH EXIT STATUS",
        "0 when all sources were done, 1 when at least one failed, 2 when the command line was wrong.",
    ]
    return "\n".join(lines) + "\n"


def _command(name: str, command: Any, parent: Any) -> Iterator[str]:
    inner = type(parent)(command, info_name=name, parent=parent)
    usage = " ".join(command.collect_usage_pieces(inner))
    yield from (f".SS {_escape(name)} {_escape(usage)}".rstrip(), *_paragraphs(command.help))
    yield from _options(command, inner)


def _options(command: Any, context: Any) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            flags, words = record
            yield from (".TP", f".B {_escape(flags)}", _escape(" ".join(words.split())))


def _paragraphs(text: str | None) -> Iterator[str]:
    for paragraph in (text or "").split("\n\n"):
        yield from (".PP", _escape(" ".join(paragraph.split())))


def _first(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split()).rstrip(".")


def _escape(text: str) -> str:
    """Return text as roff shows it literally."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text[:1] in (".", "'") else text
