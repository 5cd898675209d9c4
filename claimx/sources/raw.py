"""What was read, before it is understood: bytes and where they came from."""

from dataclasses import dataclass
from typing import Literal

MAX_BYTES = 20_000_000
"""The largest source read: a hundred times a long article, and what one page may cost in memory."""

Kind = Literal["html", "text"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How sources are read.

    `timeout` in seconds, for each wait on the network and for the whole page; `max_bytes` after decompression;
    `published` (ISO date) stands in where an article does not say when it was published.
    """

    timeout: float = 20.0
    max_bytes: int = MAX_BYTES
    max_redirects: int = 10
    published: str | None = None


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
