"""HTTP answers, fetched now or kept in a web archive, and the articles in them."""

import email.message
from collections.abc import Mapping
from dataclasses import dataclass

from claimx.errors import SourceUnreadable
from claimx.sources.compression import decompress
from claimx.sources.raw import Kind, Raw

PAGES: dict[str, Kind | None] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": None,  # servers that know no better send HTML so, hence a look
    "text/markdown": "text",
    "text/x-markdown": "text",
    "": None,
}
"""The media types of articles, and what they hold."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer as it came: headers in order, `body` still compressed, only the transfer coding undone."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    retrieved_at: str | None

    def header(self, name: str) -> str:
        """Return the value of a header ("" where there is none), repeated ones joined by commas."""
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())


def to_raw(source: str, answer: Answer, *, kinds: Mapping[str, Kind | None] = PAGES, limit: int) -> Raw:
    """Return the page in an HTTP answer, fetched now or long ago, as `source`.

    Raises SourceUnreadable where it is of no type among `kinds` or makes more than `limit` bytes, FetchError where
    its compression is damaged.
    """
    declared = answer.header("Content-Type")
    kind = kinds[check_type(source, declared, kinds)]
    return Raw(
        source=source,
        data=decompress(source, answer.body, answer.header("Content-Encoding"), limit=limit),
        kind=kind,
        url=answer.url,
        charset=_message(declared).get_content_charset(),
        retrieved_at=answer.retrieved_at,
    )


def media_type(content_type: str) -> str:
    """Return the type that a Content-Type header names, "" where it is missing or broken."""
    # Message answers text/plain in that case
    return _message(content_type).get_content_type() if "/" in content_type else ""


def _message(content_type: str) -> email.message.Message:
    message = email.message.Message()
    message["Content-Type"] = content_type.replace("\r", " ").replace("\n", " ")
    return message


def check_type(source: str, content_type: str, kinds: Mapping[str, Kind | None]) -> str:
    if (declared := media_type(content_type)) not in kinds:
        wanted = "a web page or text; pass the address of an article" if kinds is PAGES else "a feed or sitemap"
        raise SourceUnreadable(source, f"the address holds {declared}, not {wanted}")
    return declared
