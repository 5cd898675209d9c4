"""What was read, before it is understood: bytes and where they came from."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from claimx.bounded import PAGE_SECONDS

MAX_BYTES = 20_000_000
"""The largest source read: a hundred times a long article, and what one page may cost in memory."""

Kind = Literal["html", "text"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How sources are read.

    `timeout` in seconds, for each wait on the network and for the whole page; `max_bytes` before and after
    decompression; `published` (ISO date) stands in where an article does not say when it was published.

    `retries` counts the further tries after an answer that may pass (a broken connection, 429, 503 …), with growing
    pauses; a server that asks for more than `max_wait` seconds of them is not tried again.

    `public_only` refuses what the public web leads to in private networks and on this machine, by redirects, feeds and
    sitemaps; an address that somebody named is fetched wherever it is.

    `polite` is for many addresses that nobody looked at one by one: robots.txt is obeyed, and requests to one host
    keep `delay` seconds apart, or what robots.txt asks for. Turns are kept by process, and by every process on the
    machine that shares the same `cache` folder. `cache` keeps the pages there and asks servers only whether they have
    changed; None keeps nothing. `archive` is a folder that gets everything read, as WARC files.
    """

    timeout: float = PAGE_SECONDS
    max_bytes: int = MAX_BYTES
    max_redirects: int = 10
    published: str | None = None
    retries: int = 2
    max_wait: float = 10.0
    polite: bool = False
    delay: float = 1.0
    public_only: bool = False
    cache: str | None = None
    archive: str | None = None


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one source, unchanged but for HTTP's own compression, and where they came from.

    `source` is what the caller named; `kind` is None where only a look at the bytes can tell HTML from text;
    `charset` what the transport declared; `retrieved_at` ISO 8601 UTC, for what came over the network.
    """

    source: str
    data: bytes
    kind: Kind | None = None
    url: str | None = None
    charset: str | None = None
    retrieved_at: str | None = None


def utc_now() -> str:
    """Return the time as ISO 8601 UTC, in whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
