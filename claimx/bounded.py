"""Files that somebody names, read without waiting for ever and without end: a name may lead to a pipe or a device."""

import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

PAGE_SECONDS: Final = 20.0
"""How long a page may take to arrive, unless somebody says otherwise."""


def open_at_once(path: str | Path) -> BinaryIO:
    """Return the file, open for reading; a named pipe that nobody writes to is empty rather than waited for.

    Raises OSError, and ValueError where the name holds a NUL character.
    """
    return open(path, "rb", opener=_open)


def read_at_most(file: BinaryIO, limit: int) -> bytes | None:
    """Return what an open file holds, None where that is more than `limit` bytes.

    Raises OSError, also where there is nothing to read yet, as in devices and logs of the system (`/proc/kmsg`).
    """
    data: bytes | None = file.read(limit + 1)
    if data is None:
        raise BlockingIOError(None, "it is a device or a log of the system, which has nothing to read now")
    return data if len(data) <= limit else None


def _open(name: str, flags: int) -> int:
    handle = os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
    if stat.S_ISFIFO(os.fstat(handle).st_mode):
        os.set_blocking(handle, True)
    return handle
