"""Which sources a batch is about: files, folders, patterns, archives, and lists of addresses."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from claimx.errors import SourceError, SourceNotFound, SourceUnreadable, fault_of
from claimx.sources import expand

_MAGIC = re.compile(r"[*?[]")
_WEB = ("http://", "https://")


def find_sources(paths: Iterable[str], *, url_lists: Iterable[str] = ()) -> Iterator[str | SourceError]:
    """Yield every single source of the paths, then of the lists of addresses, each when it is asked for.

    A path with `*`, `?` or `[…]` that is no file's name is a pattern, `**` for folders at any depth. What cannot be
    listed comes as the SourceError that says so, in its place.
    """
    for path in paths:
        try:
            yield from expand(_matches(path))
        except Exception as error:
            yield fault_of(path, "listed", error)
    for name in url_lists:
        try:
            yield from _addresses(name)
        except Exception as error:
            yield fault_of(name, "read", error)


def _matches(path: str) -> Iterator[str]:
    """Yield what a pattern matches, or the path itself where it is none.

    As in a shell, names that begin with a dot match only patterns that say so; links to folders are not followed by **.
    """
    if "://" in path or not _MAGIC.search(path) or os.path.exists(path):  # noqa: PTH110 # unlike Path's, never fails
        yield path
        return
    parts = Path(path).parts
    first = next(number for number, part in enumerate(parts) if _MAGIC.search(part))
    base, pattern = Path(*parts[:first]), parts[first:]
    found = False
    try:
        # a ** at the end means all files below, but to pathlib, before Python 3.13, the folders alone
        for match in base.glob(str(Path(*pattern, "*") if pattern[-1] == "**" else Path(*pattern))):
            # ** matches the folders on its way too, whose files it matches anyway
            if not ("**" in pattern and match.is_dir()) and not _is_hidden(match.relative_to(base), pattern):
                found = True
                yield str(match)
    except (ValueError, NotImplementedError) as error:
        raise SourceNotFound(path, f"no valid pattern ({error}); ** stands between slashes") from error
    if not found:
        raise SourceNotFound(path, "no file matches this pattern; check it, and put it in quotes")


def _is_hidden(match: Path, pattern: tuple[str, ...]) -> bool:
    return any(part.startswith(".") for part in match.parts) and not any(part.startswith(".") for part in pattern)


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
