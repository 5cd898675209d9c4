"""Articles kept as files, in folders, or piped in."""

import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from claimx.bounded import open_at_once, read_at_most
from claimx.errors import SourceNotFound, SourceUnreadable
from claimx.sources.raw import Kind, Raw, ReadOptions

_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")

KINDS: dict[str, Kind] = {".html": "html", ".htm": "html", ".txt": "text", ".md": "text"}
"""The suffixes that claimx reads, and what they hold."""

NO_ARTICLES: dict[str, str] = {
    **dict.fromkeys((".csv", ".tsv", ".xls", ".xlsx", ".ods", ".parquet"), "a table"),
    **dict.fromkeys((".json", ".jsonl", ".ndjson", ".geojson", ".xml", ".yaml", ".yml", ".toml"), "data"),
    **dict.fromkeys((".rss", ".atom"), "a feed"),
    **dict.fromkeys((".db", ".sqlite", ".sqlite3"), "a database"),
    **dict.fromkeys((".css", ".js", ".py", ".sh"), "a program"),
}
"""What files of other suffixes hold that might be taken for text but are no articles."""

ARCHIVES = (".warc", ".warc.gz", ".wacz")
"""How the names of web archives end."""


def read_file(source: str, options: ReadOptions) -> Raw:
    """Return the bytes of the file that `source` names; a suffix outside `KINDS` leaves its kind open.

    Raises SourceNotFound where there is no file of that name, SourceUnreadable where it cannot be read.
    """
    with opened(source) as file:
        if what := NO_ARTICLES.get(Path(source).suffix.lower()):
            raise SourceUnreadable(source, f"{what}, not an article; claimx reads {' '.join(KINDS)} files")
        return Raw(source, _read(source, file, options), KINDS.get(Path(source).suffix.lower()))


@contextmanager
def opened(source: str) -> Iterator[BinaryIO]:
    """Open a file for reading; a named pipe that nobody writes to is empty rather than waited for.

    Raises SourceNotFound and SourceUnreadable as `read_file` does, while it is open too.
    """
    try:
        with open_at_once(source) as file:
            yield file
    except FileNotFoundError as error:
        hint = "for a web page put https:// before it" if _is_host(source) else "check the name"
        raise SourceNotFound(source, f"no such file; {hint}") from error
    except IsADirectoryError as error:
        raise SourceUnreadable(source, "a folder, where one article was asked for; pass the files in it") from error
    except PermissionError as error:
        raise SourceUnreadable(source, "no permission to read the file; change its permissions") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        words = getattr(error, "strerror", None) or str(error)
        raise SourceUnreadable(source, f"the file cannot be read ({words}); check the name and the disk") from error


def _is_host(source: str) -> bool:
    """Tell whether a name begins like a web address without its https://, and not like a file or a known folder."""
    host, slash, _ = source.partition("/")
    known = (*KINDS, *NO_ARTICLES, *ARCHIVES)
    return bool(_HOST.fullmatch(host)) and (bool(slash) or not host.lower().endswith(known)) and not Path(host).exists()


def read_stdin(options: ReadOptions) -> Raw:
    """Return what is piped in; it is HTML or text, to be told by looking."""
    try:
        return Raw("-", _read("-", sys.stdin.buffer, options))
    except (OSError, ValueError) as error:  # ValueError: it was closed
        words = getattr(error, "strerror", None) or str(error)
        raise SourceUnreadable("-", f"standard input cannot be read ({words}); check what is piped in") from error


def _read(source: str, file: BinaryIO, options: ReadOptions) -> bytes:
    if (data := read_at_most(file, options.max_bytes)) is None:
        raise SourceUnreadable(source, f"larger than {options.max_bytes:,} bytes; pass one article at a time")
    return data


def read_utf8(source: str, most: int, *, encoding: str = "utf-8") -> str:
    """Return a file of at most `most` bytes that holds UTF-8, such as claimx writes.

    Raises SourceNotFound where there is no file of that name, SourceUnreadable where it cannot be read.
    """
    try:
        with open_at_once(source) as file:
            data = read_at_most(file, most)
        if data is None:
            raise SourceUnreadable(source, f"larger than {most:,} bytes; give it in parts")
        return data.decode(encoding)
    except FileNotFoundError as error:
        raise SourceNotFound(source, "no such file; check the name") from error
    except (OSError, ValueError) as error:  # UnicodeDecodeError is a ValueError
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise SourceUnreadable(source, f"the file cannot be read ({reason}); check it") from error


def list_folder(folder: str) -> Iterator[str]:
    """Yield the articles and web archives in `folder` and below, sorted by path.

    Hidden files and folders are left out, and so are pipes and devices; links to folders are not followed, and neither
    are the `NAME_files` folders that browsers put beside a saved `NAME.html`. Raises SourceNotFound where nothing is
    left, and SourceUnreadable where the folder cannot be listed.
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
            wanted = Path(name).suffix.lower() in KINDS or name.lower().endswith(ARCHIVES)
            if wanted and not name.startswith(".") and not _is_device(Path(root, name)):
                found = True
                yield str(Path(root) / name)
    if refused:
        raise SourceUnreadable(
            folder, f"cannot list {refused[0].filename} ({refused[0].strerror}); change its permissions"
        )
    if not found:
        raise SourceNotFound(
            folder, f"no articles in this folder; claimx looks for {' '.join((*KINDS, *ARCHIVES))} files"
        )


def _is_device(path: Path) -> bool:
    """Tell what is read by waiting for it; what cannot be looked at is no such thing, and fails when it is read."""
    try:
        return stat.S_IFMT(path.stat().st_mode) not in (stat.S_IFREG, stat.S_IFDIR)
    except OSError:
        return False
