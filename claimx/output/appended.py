"""Files that grow by whole pieces: what is left half written is cut off, whatever ended the process."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from claimx.errors import OutputError

_FAR = 1 << 62  # where a lock hinders no reader, on systems that lock bytes


class Appended:
    """A file open for pieces to be put at its end; `size` is what is complete of it.

    Raises OutputError, here and from all methods, where the system does not do what is asked.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._translated():
            handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
            self._file = os.fdopen(handle, "r+b", buffering=0)
            about = os.fstat(handle)
        self.size = about.st_size
        if not stat.S_ISREG(about.st_mode):
            self._file.close()
            raise OutputError(f"{path} is no regular file, which claimx could take up again; give the name of one")

    def lock(self) -> None:
        """Keep the file for this process, until it is closed or the process ends."""
        with self._translated():
            if not _lock(self._file.fileno()):
                raise OutputError(f"another batch is writing {self.path}; wait for its end, or give another -o")
            self.size = os.fstat(self._file.fileno()).st_size  # another may have written until now

    def append(self, data: bytes) -> None:
        """Put the data at the end, all or nothing."""
        try:
            with self._translated():
                self._file.seek(self.size)
                rest = memoryview(data)
                while rest:
                    rest = rest[self._file.write(rest) :]
        except BaseException:
            with suppress(OSError):
                self._file.truncate(self.size)
            raise
        self.size += len(data)

    def cut(self, size: int) -> None:
        """Keep the first `size` bytes."""
        with self._translated():
            self._file.truncate(size)
        self.size = size

    def lines(self) -> Iterator[bytes]:
        """Yield the lines, the last one perhaps without its newline."""
        with self._translated(), self.path.open("rb") as file:
            yield from file

    def sync(self) -> None:
        """Have the system bring everything to the disk."""
        with self._translated():
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Bring everything to the disk, less a piece that an interrupt left incomplete; do nothing the second time."""
        if self._file.closed:
            return
        try:
            self.cut(self.size)
            self.sync()
        finally:
            self._file.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            words = error.strerror or str(error)
            raise OutputError(f"cannot write {self.path} ({words}); check the folder and the disk") from error


def _lock(handle: int) -> bool:
    """Lock an open file; False where another process has."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
