"""Articles kept as files, in folders, or piped in."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from claimx.errors import SourceNotFound, SourceUnreadable
from claimx.sources.raw import Kind, Raw, ReadOptions

KINDS: dict[str, Kind] = {".html": "html", ".htm": "html", ".txt": "text", ".md": "text"}
"""The suffixes that claimx reads, and what they hold."""


def read_file(source: str, options: ReadOptions | None = None) -> Raw:
    """Return the bytes of the file that `source` names; a suffix outside `KINDS` leaves its kind open.

    Raises SourceNotFound where there is no file of that name, SourceUnreadable where it cannot be read.
    """
    options = options or ReadOptions()
    path = Path(source)
    try:
        with path.open("rb") as file:
            data = file.read(options.max_bytes + 1)
    except FileNotFoundError as error:
        hint = "for a web page put https:// before it" if source.startswith("www.") else "check the name"
        raise SourceNotFound(source, f"no such file; {hint}") from error
    except IsADirectoryError as error:
        raise SourceUnreadable(source, "a folder, where one article was asked for; pass the files in it") from error
    except PermissionError as error:
        raise SourceUnreadable(source, "no permission to read the file; change its permissions") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        words = getattr(error, "strerror", None) or str(error)
        raise SourceUnreadable(source, f"the file cannot be read ({words}); check the name and the disk") from error
    return Raw(source=source, data=_within(source, data, options), kind=KINDS.get(path.suffix.lower()))


def read_stdin(options: ReadOptions | None = None) -> Raw:
    """Return what is piped in; it is HTML or text, to be told by looking."""
    options = options or ReadOptions()
    return Raw(source="-", data=_within("-", sys.stdin.buffer.read(options.max_bytes + 1), options))


def list_folder(folder: str) -> Iterator[str]:
    """Yield the articles in `folder` and below, sorted by path.

    Hidden files and folders are left out, links to folders are not followed, and neither are the `NAME_files`
    folders that browsers put beside a saved `NAME.html`. Raises SourceNotFound where nothing is left, and
    SourceUnreadable where the folder cannot be listed.
    """
    found = False
    refused: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=refused.append):
        pages = {Path(name).stem for name in names if KINDS.get(Path(name).suffix.lower()) == "html"}
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not (name.endswith("_files") and name.removesuffix("_files") in pages)
        )
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in KINDS:
                found = True
                yield str(Path(root) / name)
    if refused:
        raise SourceUnreadable(
            folder, f"cannot list {refused[0].filename} ({refused[0].strerror}); change its permissions"
        )
    if not found:
        raise SourceNotFound(folder, f"no articles in this folder; claimx looks for {' '.join(KINDS)} files")


def _within(source: str, data: bytes, options: ReadOptions) -> bytes:
    if len(data) > options.max_bytes:
        raise SourceUnreadable(source, f"larger than {options.max_bytes:,} bytes; pass one article at a time")
    return data
