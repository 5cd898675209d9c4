"""The file that a batch writes: it grows article by article, each complete or not there, and can be taken up again.

Beside `OUT.jsonl` stand `OUT.errors.jsonl`, with what failed in the last run, and, where its lines are claims,
`OUT.done.jsonl`: which articles are done, those without claims too, and where in `OUT.jsonl` each ends.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Literal

from claimx.batch.seen import Seen
from claimx.errors import OutputError, SourceError
from claimx.output.appended import Appended
from claimx.output.json import dump, layer_lines
from claimx.records import Article, to_wire

Lines = Literal["articles", "claims"]

_SYNC_SECONDS = 5.0
_BEGINNINGS: dict[Lines, bytes] = {"articles": b'{"source": "', "claims": b'{"id": "'}


@contextmanager
def open_batch_file(
    path: Path, *, lines: Lines = "articles", resume: bool = False, overwrite: bool = False
) -> Iterator["BatchFile"]:
    """Open the file for a batch, for this process alone, and close it in order whatever happens.

    A file that holds something is taken up with `resume`, begun anew with `overwrite`, else refused. With `resume`,
    what a crash left unfinished at its end is cut off. What is written goes to the system at once, so that it outlives
    this process, and to the disk (fsync) with the first article after every five seconds and at the end, so that a
    power failure costs no more.

    Raises OutputError where the file cannot be had so, and where writing fails, which leaves what was complete.
    """
    out = BatchFile(path, lines)
    try:
        out.begin(resume=resume, overwrite=overwrite)
        yield out
    finally:
        out.close()


class BatchFile:
    """A sink for `claimx.batch`, opened by `open_batch_file`."""

    def __init__(self, path: Path, lines: Lines) -> None:
        self._file = Appended(path)
        self.errors_path = _beside(path, "errors")
        self._lines: Lines = lines
        self._held = Seen()
        self._synced = time.monotonic()
        self._journal: Appended | None = None
        self._errors: Appended | None = None

    def begin(self, *, resume: bool, overwrite: bool) -> None:
        """Lock the file, and cut it to what is kept of it."""
        self._file.lock()
        journal = _beside(self._file.path, "done")
        if self._file.size and not resume and not overwrite:
            raise OutputError(
                f"{self._file.path} holds something already; --resume adds to it what it lacks, "
                "--overwrite begins it anew"
            )
        if overwrite or not resume:
            self._file.cut(0)
            journal.unlink(missing_ok=True)
        elif self._lines == "articles":
            self._take_up_articles()
        elif self._file.size and not journal.exists():
            raise OutputError(
                f"{self._file.path} cannot be resumed without {journal.name}, which says whose claims it holds; "
                "give another -o"
            )
        if self._lines == "claims":
            self._journal = Appended(journal)
            self._take_up_claims(self._journal)
        self.errors_path.unlink(missing_ok=True)

    def holds(self, source: str) -> bool:
        """Tell whether the source is done since an earlier run."""
        return source in self._held

    def write(self, article: Article) -> None:
        """Add an article, as one line or as a line for each of its claims; what fails leaves nothing of it."""
        sizes = [(file, file.size) for file in (self._file, self._journal) if file is not None]
        try:
            if self._journal is None:
                self._file.append(_encode(to_wire(article)))
            else:
                self._file.append("".join(layer_lines(article, "claims")).encode())
                self._journal.append(_encode({"source": article.source, "end": self._file.size}))
            if time.monotonic() - self._synced > _SYNC_SECONDS:
                self._file.sync()
                self._synced = time.monotonic()
        except BaseException:
            for file, size in sizes:
                file.cut(size)
            raise

    def write_error(self, error: SourceError) -> None:
        """Add a line to the file of errors: the source, the kind of error, what is wrong and what to do."""
        if self._errors is None:
            self._errors = Appended(self.errors_path)
            self._errors.cut(0)
        self._errors.append(_encode({"source": error.source, "error": type(error).__name__, "message": error.message}))

    def close(self) -> None:
        """Bring everything to the disk and let go of the file."""
        for file in (self._file, self._journal, self._errors):
            if file is not None:
                file.close()

    def _take_up_articles(self) -> None:
        """Learn from the file's lines which articles it holds, and cut off the rest."""
        end = 0
        for line in self._file.lines():
            wire = _parse(line)
            if wire is None or not isinstance(wire.get("source"), str) or "claims" not in wire:
                break
            self._held.add(wire["source"])
            end += len(line)
        self._cut_off(end)

    def _take_up_claims(self, journal: Appended) -> None:
        """Learn from the journal which articles the file holds, and cut off the rest of both."""
        end = known = 0
        with self._file.path.open("rb") as file:
            for line in journal.lines():
                entry = _parse(line)
                if entry is None or not end <= entry.get("end", -1) <= self._file.size:
                    break
                if not _ends_line(file, entry["end"]):
                    break
                self._held.add(entry["source"])
                end = entry["end"]
                known += len(line)
        journal.cut(known)
        self._cut_off(end)

    def _cut_off(self, end: int) -> None:
        """Cut off what a crash left unfinished after `end`; a file that ends otherwise is not ours and stays whole."""
        beginning = _BEGINNINGS[self._lines]
        with self._file.path.open("rb") as file:
            file.seek(end)
            rest = file.readline().rstrip(b"\0")  # after a power failure a file may end in zeros
            after = file.read(1)
        torn = beginning.startswith(rest[: len(beginning)])
        if not torn or (after and self._lines == "articles"):
            raise OutputError(
                f"{self._file.path} was not written by this kind of batch (see byte {end:,}); "
                "give another -o, or the --lines that it was written with"
            )
        self._file.cut(end)


def _ends_line(file: BinaryIO, end: int) -> bool:
    """Whether a line ends at a place: a file that a power failure filled up with zeros is as long as a whole one."""
    file.seek(max(end - 1, 0))
    return end == 0 or file.read(1) == b"\n"


def _beside(path: Path, what: str) -> Path:
    stem = path.name.removesuffix(".jsonl")
    return path.with_name(f"{stem}.{what}.jsonl")


def _encode(value: Any) -> bytes:
    return f"{dump(value)}\n".encode()


def _parse(line: bytes) -> dict[str, Any] | None:
    """Return the object that a whole line holds, None for anything else."""
    if not line.endswith(b"\n"):
        return None
    try:
        wire = json.loads(line)
    except ValueError:
        return None
    return wire if isinstance(wire, dict) else None
