"""Pages from the web, over http and https."""

import email.message
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx

from claimx import __version__
from claimx.errors import FetchError, SourceError, SourceNotFound, SourceUnreadable
from claimx.sources.raw import Kind, Raw, ReadOptions

USER_AGENT = f"claimx/{__version__} (reads news articles for their claims; one page at a time)"

_KINDS: dict[str, Kind | None] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": None,  # servers that know no better send HTML so, hence a look
    "text/markdown": "text",
    "text/x-markdown": "text",
    "": None,
}
_SAVE = "open it in a browser, save the page and pass the file"


def fetch(url: str, options: ReadOptions | None = None) -> Raw:
    """Return the page at `url`, redirects followed.

    Raises SourceNotFound where there is no such host or page, SourceUnreadable where it is no HTML or text or too
    large, FetchError where the network or the server failed.
    """
    options = options or ReadOptions()
    try:
        with (
            httpx.Client(
                follow_redirects=True,
                max_redirects=options.max_redirects,
                timeout=options.timeout,
                headers={"User-Agent": USER_AGENT, "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8"},
            ) as client,
            client.stream("GET", url) as response,
        ):
            _check_status(url, response)
            content_type, charset = _content_type(response)
            if content_type not in _KINDS:
                raise SourceUnreadable(
                    url, f"the address holds {content_type}, not a web page or text; pass the address of an article"
                )
            return Raw(
                source=url,
                data=b"".join(_chunks(url, response, options)),
                kind=_KINDS[content_type],
                url=str(response.url),
                charset=charset,
                retrieved_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            )
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise _translate(url, error, options) from error


def _chunks(url: str, response: httpx.Response, options: ReadOptions) -> Iterator[bytes]:
    """Yield the decompressed body; httpx limits each wait, this the whole, in time and in bytes."""
    deadline = time.monotonic() + options.timeout
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > options.max_bytes:
            raise SourceUnreadable(
                url, f"the page is larger than {options.max_bytes:,} bytes; pass the address of a single article"
            )
        if time.monotonic() > deadline:
            raise _timeout(url, options)
        yield chunk


def _content_type(response: httpx.Response) -> tuple[str, str | None]:
    message = email.message.Message()
    message["Content-Type"] = response.headers.get("Content-Type", "")
    # Message answers text/plain where the header is missing or broken
    declared = message.get_content_type() if "/" in message["Content-Type"] else ""
    return declared, response.charset_encoding


def _check_status(url: str, response: httpx.Response) -> None:
    code = response.status_code
    if response.is_success:
        return
    reason = httpx.codes.get_reason_phrase(code) or "unknown status"
    if code in (404, 410):
        raise SourceNotFound(url, f"no such page ({code} {reason}); check the address")
    if code in (401, 402, 403, 407, 429, 451):
        raise FetchError(url, f"the server refuses the page to programs ({code} {reason}); {_SAVE}")
    if code >= 500:
        raise FetchError(url, f"the server failed ({code} {reason}); try again later, or {_SAVE}")
    raise FetchError(url, f"the server answered {code} {reason}; {_SAVE}")


def _translate(url: str, error: Exception, options: ReadOptions) -> SourceError:
    """Return the claimx error for one of httpx's, with what to do about it."""
    causes = list(_causes(error))
    if isinstance(error, httpx.TimeoutException):
        return _timeout(url, options)
    if isinstance(error, httpx.TooManyRedirects):
        return FetchError(url, f"redirected more than {options.max_redirects} times without reaching a page; {_SAVE}")
    if isinstance(error, httpx.UnsupportedProtocol):
        return FetchError(url, "redirected to something other than http or https; check the address")
    if isinstance(error, (httpx.InvalidURL, UnicodeError)):
        return SourceNotFound(url, "not a valid web address; check its spelling")
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return SourceNotFound(url, "no such host, or no network; check the address and the connection")
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return FetchError(url, f"the server's certificate or encryption is not valid; {_SAVE} if you trust it")
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return FetchError(url, "the server refuses connections; check the address, or try again later")
    if isinstance(error, httpx.DecodingError):
        return FetchError(url, f"the server's compressed answer is damaged; try again later, or {_SAVE}")
    return FetchError(url, f"the connection failed ({type(error).__name__}); try again later, or {_SAVE}")


def _timeout(url: str, options: ReadOptions) -> FetchError:
    return FetchError(url, f"no complete answer within {options.timeout:g} s; try again, or allow more with --timeout")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
