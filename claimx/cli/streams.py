"""Where the command line's words go: data to stdout or a file, everything else to stderr, a line each."""

import io
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import typer

from claimx.errors import ClaimxError, OutputError
from claimx.output.clean import clean


def tell(message: object) -> None:
    """Print one line to stderr, whatever is in the message."""
    print(f"claimx: {clean(str(message))}", file=sys.stderr, flush=True)


def give_up(failed: list[str], reason: object) -> None:
    """Tell why a source failed, and add it to those that did."""
    failed.append(str(reason))
    tell(reason)


def say(*columns: str) -> None:
    """Print one line to stdout, its columns parted by tabs, whatever is in them."""
    typer.echo("\t".join(map(clean, columns)))


def say_indented(lines: Iterable[str]) -> None:
    """Print lines to stdout, whatever is in them, with the spaces at their beginnings."""
    for line in lines:
        typer.echo(" " * (len(line) - len(line.lstrip(" "))) + clean(line.strip()))


@contextmanager
def ending_with(status: int) -> Iterator[None]:
    """End the command with this status where the block raises a ClaimxError, which is told."""
    try:
        yield
    except ClaimxError as error:
        tell(error)
        raise typer.Exit(status) from error


@contextmanager
def open_output(path: Path | None, *, binary: bool = False) -> Iterator[IO[Any]]:
    """Open stdout (None or "-") or a file for bytes, or for UTF-8 text with newlines as written.

    A file appears under its name when it is complete and is left as it was when anything fails. Raises OutputError
    where writing fails; BrokenPipeError passes through.
    """
    try:
        if path is None or str(path) == "-":
            if isinstance(sys.stdout, io.TextIOWrapper):
                sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="")
            yield sys.stdout.buffer if binary else sys.stdout
            sys.stdout.flush()
        elif path.exists() and not path.is_file() and not path.is_dir():
            with _opened(path, binary=binary) as out:  # a device or a named pipe: nothing to replace
                yield out
        else:
            with _replacing(path.resolve(), binary=binary) as out:
                yield out
    except BrokenPipeError:
        raise
    except OSError as error:
        where = "standard output" if path is None else path
        raise OutputError(f"cannot write {where} ({error.strerror or error}); check the folder and the disk") from error


@contextmanager
def _replacing(path: Path, *, binary: bool) -> Iterator[IO[Any]]:
    """Open a new file beside `path` that takes its place, and its permissions, on success."""
    if path.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with _opened(handle, binary=binary) as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def _opened(file: Path | int, *, binary: bool) -> IO[Any]:
    return open(file, "wb") if binary else open(file, "w", encoding="utf-8", newline="")  # noqa: PTH123 # or a handle


def _umask() -> int:
    mask = os.umask(0)  # the only way to read it
    os.umask(mask)
    return mask
