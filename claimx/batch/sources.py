"""Which sources a batch is about: files, folders, patterns, archives, and lists of addresses."""

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

from claimx.errors import SourceError, SourceNotFound, SourceUnreadable
from claimx.sources import expand

_WEB = ("http://", "https://")


def find_sources(paths: Iterable[str], *, url_lists: Iterable[str] = ()) -> Iterator[str | SourceError]:
    """Yield every single source of the paths, then of the lists of addresses, each when it is asked for.

    A path with `*`, `?` or `[…]` that is no file's name is a pattern, `**` for folders at any depth. What cannot be
    listed comes as the SourceError that says so, in its place.
    """
    for path in paths:
        try:
            yield from expand(_matches(path))
        except SourceError as error:
            yield error
    for name in url_lists:
        try:
            yield from _addresses(name)
        except SourceError as error:
            yield error


def _matches(path: str) -> Iterator[str]:
    """Yield what a pattern matches, or the path itself where it is none."""
    if "://" in path or not glob.has_magic(path) or _exists(path):
        yield path
        return
    found = False
    for name in glob.iglob(path, recursive=True):  # noqa: PTH207 - Path.glob takes no absolute patterns
        # ** matches the folders on its way too, whose files it matches anyway
        if "**" not in path or not Path(name).is_dir():
            found = True
            yield name
    if not found:
        raise SourceNotFound(path, "no file matches this pattern; check it, and put it in quotes")


def _addresses(name: str) -> Iterator[str | SourceError]:
    """Yield the addresses in a file, one a line; empty lines and those that begin with # are left out."""
    try:
        with Path(name).open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                address = line.strip()
                if not address or address.startswith("#"):
                    continue
                if address.lower().startswith(_WEB):
                    yield address
                else:
                    yield SourceUnreadable(address, f"not a web address (line {number} of {name}); give http or https")
    except FileNotFoundError as error:
        raise SourceNotFound(name, "no such list of addresses; check the name") from error
    except UnicodeDecodeError as error:
        raise SourceUnreadable(name, "not UTF-8 text; give a list with one web address a line") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        words = getattr(error, "strerror", None) or str(error)
        raise SourceUnreadable(name, f"the list of addresses cannot be read ({words}); check the file") from error


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False
