"""Articles in web archives: WARC files (ISO 28500), and WACZ files, which are ZIP files with WARC files in them."""

from collections.abc import Iterator

from claimx.errors import SourceError
from claimx.sources.raw import Raw, ReadOptions

SUFFIXES = (".warc", ".warc.gz", ".wacz")


def is_archive(path: str) -> bool:
    """Tell by its name whether a file is a web archive."""
    return path.lower().endswith(SUFFIXES)


def is_record(source: str) -> bool:
    """Tell whether `source` names one record of an archive."""
    return False


def list_records(path: str, options: ReadOptions | None = None) -> Iterator[str | SourceError]:
    """Yield the names of the articles in an archive, in its order."""
    yield from ()


def read_record(source: str, options: ReadOptions | None = None) -> Raw:
    """Return one record of an archive by its name."""
    raise NotImplementedError
