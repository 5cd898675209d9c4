"""Pages from the web, over http and https.

An address that a person names is fetched as a browser would fetch it. In batches (`ReadOptions.polite`) robots.txt is
obeyed (RFC 9309) and each host gets its rest, since nobody looks at every single request.
"""

import email.utils
import os
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain
from time import sleep

import httpx

from claimx import __version__
from claimx.errors import FetchError, SourceError, SourceNotFound
from claimx.sources.answers import PAGES, Answer, check_type, to_raw
from claimx.sources.cache import Cache
from claimx.sources.compression import decompress, too_large
from claimx.sources.networks import is_private
from claimx.sources.raw import Kind, Raw, ReadOptions, utc_now
from claimx.sources.robots import Robots, read_robots

USER_AGENT = f"claimx/{__version__} (reads news articles for their claims; one page at a time)"
BATCH_USER_AGENT = f"claimx/{__version__} (reads news articles for their claims; many pages, by robots.txt)"

_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1",
    "Accept-Encoding": "gzip, deflate, br",
}
_CONNECTIONS = httpx.Limits(max_keepalive_connections=0)  # one a request, so that `_Watch` knows which to cut
_SAVE = "open it in a browser, save the page and pass the file"
_PASSING = {408, 425, 429, 500, 502, 503, 504}  # statuses that a later try may not meet
_FIRST_PAUSE = 0.5  # seconds before the second try; each further pause is twice as long
_MAX_ROBOTS_BYTES = 512_000  # RFC 9309 asks for no more


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page, and every HTTP answer on the way to it, the page's own last."""

    raw: Raw
    answers: tuple[Answer, ...]


class _Passing(Exception):
    """A failure that may pass, with the pause in seconds that the server asked for."""

    def __init__(self, error: SourceError, pause: float | None = None) -> None:
        self.error = error
        self.pause = pause
        super().__init__(str(error))


_FETCHERS: dict[tuple[int, ReadOptions], "Fetcher"] = {}  # turns at a host need one memory


def fetcher(options: ReadOptions) -> "Fetcher":
    """Return this process's fetcher for these options, so that all its threads wait their turns together."""
    key = (os.getpid(), options)  # what a fork inherits is its parent's
    return _FETCHERS.get(key) or _FETCHERS.setdefault(key, Fetcher(options))


class Fetcher:
    """Fetches many pages with the same options, and knows who was asked when. Threads may share it."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._cache = Cache(options.cache) if options.cache or options.polite else None
        self._robots: dict[str, Robots] = {}
        self._led_to: set[str] = set()

    def distrust(self, urls: Iterable[str]) -> None:
        """Take these addresses for what others lead to, not for what somebody named."""
        if self._options.public_only:
            self._led_to.update(urls)

    def get(self, url: str, *, kinds: Mapping[str, Kind | None] = PAGES) -> Fetched:
        """Return the page at `url`, redirects followed; `kinds` are the media types wanted, with what they hold.

        Raises SourceNotFound where there is no such host or page, SourceUnreadable where it is of no such type or too
        large, FetchError where the network or the server failed, or its robots.txt says no to a batch.
        """
        tries = 0
        while True:
            try:
                return self._try(url, kinds)
            except _Passing as failure:
                if tries == self._options.retries:
                    raise failure.error from failure.__cause__
                pause = failure.pause
            sleep(_FIRST_PAUSE * 2.0**tries if pause is None else pause)
            tries += 1

    def _try(self, url: str, kinds: Mapping[str, Kind | None]) -> Fetched:
        try:
            answers = tuple(self._follow(url, kinds))
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise _translate(url, error, self._options) from error
        return Fetched(to_raw(url, answers[-1], kinds=kinds, limit=self._options.max_bytes), answers)

    def _headers(self) -> dict[str, str]:
        return {"User-Agent": BATCH_USER_AGENT if self._options.polite else USER_AGENT, **_HEADERS}

    def _follow(self, url: str, kinds: Mapping[str, Kind | None]) -> Iterator[Answer]:
        """Yield the answers from `url` to the page that it leads to."""
        # a client for each page: cookies that a redirect sets are gone with it, as with a reader's first visit
        with httpx.Client(
            verify=self._tls, headers=self._headers(), timeout=self._options.timeout, limits=_CONNECTIONS
        ) as client:
            request = client.build_request("GET", url)
            guard = _Guard(url, url in self._led_to) if self._options.public_only else None
            for _ in range(self._options.max_redirects + 1):
                self._wait_for_turn(url, request.url, client, guard)
                answer, onward = self._ask(url, client, request, kinds, guard)
                yield answer
                if guard:
                    guard.go_on()
                if onward is None:
                    return
                request = onward
        raise FetchError(
            url, f"redirected more than {self._options.max_redirects} times without reaching a page; {_SAVE}"
        )

    def _ask(
        self,
        url: str,
        client: httpx.Client,
        request: httpx.Request,
        kinds: Mapping[str, Kind | None],
        guard: "_Guard | None",
    ) -> tuple[Answer, httpx.Request | None]:
        """Return the answer to a request, the kept one where it still holds, and where it redirects to."""
        cache = None if request.url.userinfo else self._cache  # what a password opens is nobody else's
        kept = cache.page(_address(request.url)) if cache else None
        if kept:
            for condition, mark in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
                if value := kept.header(mark):
                    request.headers[condition] = value
        with self._send(client, request, guard) as (response, watch):
            if kept and response.status_code == 304:
                return kept, None
            if response.next_request is None:
                _check_status(url, response, self._options)
                check_type(url, response.headers.get("Content-Type", ""), kinds)
            answer = _receive(url, response, watch, self._options.max_bytes)
        if cache:
            cache.keep(answer)
        return answer, response.next_request

    @contextmanager
    def _send(
        self, client: httpx.Client, request: httpx.Request, guard: "_Guard | None"
    ) -> Iterator[tuple[httpx.Response, "_Watch"]]:
        with _Watch(self._options.timeout, request.url.host, guard) as watch:
            request.extensions["trace"] = watch.trace
            with closing(client.send(request, stream=True)) as response:
                yield response, watch

    def _wait_for_turn(self, url: str, address: httpx.URL, client: httpx.Client, guard: "_Guard | None") -> None:
        """Sleep until it is polite to ask. Raises FetchError where the host asks programs to stay away."""
        if not self._options.polite or not self._cache or address.scheme not in ("http", "https"):
            return
        origin = f"{address.scheme}://{address.netloc.decode('ascii')}"
        if guard:
            guard.check(address.host)
        robots = self._robots.get(origin)
        if robots is None or robots.expired():
            robots = self._robots[origin] = read_robots(self._robots_txt(origin, client, guard))
        robots.check(url, str(address))
        if pause := self._cache.take_turn(origin, max(self._options.delay, robots.delay)):
            sleep(pause)

    def _robots_txt(self, origin: str, client: httpx.Client, guard: "_Guard | None") -> tuple[int, bytes]:
        """Return the status and the content of a host's robots.txt; status 0 where it cannot be reached."""
        request = client.build_request("GET", f"{origin}/robots.txt")
        guard = guard and replace(guard, inside=False)  # one of its own
        try:
            for _ in range(6):  # five redirects, says RFC 9309
                with self._send(client, request, guard) as (response, watch):
                    if response.next_request is None:
                        return response.status_code, _start(response, watch)
                    request = response.next_request
                if guard:
                    guard.go_on()
        except _Inside:
            raise
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, SourceError):
            return 0, b""
        return 404, b""

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()


def _receive(url: str, response: httpx.Response, watch: "_Watch", limit: int) -> Answer:
    """Return the answer as it comes over the wire, its body of at most `limit` bytes."""
    body = bytearray()
    for chunk in watch.chunks(response):
        body += chunk
        if len(body) > limit:
            raise too_large(url, limit)
    return Answer(
        url=_address(response.url),
        status=response.status_code,
        reason=response.reason_phrase,
        headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw),
        body=bytes(body),
        retrieved_at=utc_now(),
    )


def _address(url: httpx.URL) -> str:
    """Return an address as it may be shown and kept: without a password, and without the place on the page."""
    return str(url.copy_with(userinfo=b"", fragment=None))


def _start(response: httpx.Response, watch: "_Watch") -> bytes:
    """Return the start of a robots.txt; what comes after its limit does not count."""
    start = b""
    for chunk in watch.chunks(response):
        start += chunk
        if len(start) > _MAX_ROBOTS_BYTES:
            break
    return decompress("robots.txt", start, response.headers.get("Content-Encoding", ""), limit=10 * _MAX_ROBOTS_BYTES)


def _check_status(url: str, response: httpx.Response, options: ReadOptions) -> None:
    if response.is_success:
        return
    error = _refusal(url, response.status_code)
    if response.status_code not in _PASSING:
        raise error
    asked = _retry_after(response.headers.get("Retry-After", ""))
    if asked is not None and asked > options.max_wait:
        raise type(error)(url, f"{error.message} (it asks to wait {asked:,.0f} s)")
    raise _Passing(error, asked)


def _refusal(url: str, code: int) -> SourceError:
    reason = httpx.codes.get_reason_phrase(code) or "unknown status"
    if code in (404, 410):
        return SourceNotFound(url, f"no such page ({code} {reason}); check the address")
    if code in (401, 402, 403, 407, 429, 451):
        return FetchError(url, f"the server refuses the page to programs ({code} {reason}); {_SAVE}")
    if code >= 500:
        return FetchError(url, f"the server failed ({code} {reason}); try again later, or {_SAVE}")
    return FetchError(url, f"the server answered {code} {reason}; {_SAVE}")


def _retry_after(value: str) -> float | None:
    """Return the seconds that a Retry-After header asks for, given as such or as a date; None where it has none."""
    if value.strip().isascii() and value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        moment = email.utils.parsedate_to_datetime(value)
        return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, ArithmeticError, LookupError):  # ArithmeticError: days that no calendar has
        return None


def _translate(url: str, error: Exception, options: ReadOptions) -> SourceError | _Passing:
    """Return the claimx error for one of httpx's, with what to do about it."""
    causes = list(_causes(error))

    def is_due_to(kind: type[Exception]) -> bool:
        return any(isinstance(cause, kind) for cause in causes)

    if isinstance(error, httpx.TimeoutException):
        return FetchError(
            url, f"no complete answer within {options.timeout:g} s; try again, or allow more with --timeout"
        )
    if isinstance(error, httpx.UnsupportedProtocol):
        return FetchError(url, "redirected to something other than http or https; check the address")
    if isinstance(error, (httpx.InvalidURL, UnicodeError)):
        return SourceNotFound(url, "not a valid web address; check its spelling")
    if is_due_to(socket.gaierror):
        return SourceNotFound(url, "no such host, or no network; check the address and the connection")
    if is_due_to(ssl.SSLError):
        return FetchError(url, f"the server's certificate or encryption is not valid; {_SAVE} if you trust it")
    what = f"the connection failed ({type(error).__name__}); try again later, or {_SAVE}"
    if is_due_to(ConnectionRefusedError):
        what = "the server refuses connections; check the address, or try again later"
    broken = isinstance(error, (httpx.NetworkError, httpx.RemoteProtocolError))
    return _Passing(FetchError(url, what)) if broken else FetchError(url, what)  # time-outs have waited enough


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


class _Inside(FetchError):
    """The public web leads into a private network."""


@dataclass(slots=True)
class _Guard:
    """Keeps what the public web leads to out of private networks: the numbers behind names are looked at, too.

    What is named by a person may be private, and lead on to what is private. `strict` is for what a feed has named.
    """

    source: str
    strict: bool
    inside: bool = False

    def check(self, host: str) -> None:
        """Raise FetchError where a host, by its name or its number, must not be asked."""
        if not is_private(host):
            return
        if self.strict:
            raise _Inside(self.source, f"it leads into a private network ({host}); use --allow-private if you trust it")
        self.inside = True

    def go_on(self) -> None:
        """Follow a redirect: from outside it must not lead inside."""
        self.strict = not self.inside


class _Watch:
    """A limit on one whole request: httpx limits each wait for a few bytes, and those can come for ever."""

    def __init__(self, seconds: float, host: str, guard: _Guard | None) -> None:
        self._host, self._guard = host, guard
        self._asked = ""  # the host that is connected to: another one is a proxy
        if guard:
            guard.check(host)
        self._end = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self._cut)
        self._socket: socket.socket | None = None
        self._over = False

    def __enter__(self) -> "_Watch":
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, *_: object) -> None:
        self._timer.cancel()
        if self._over and isinstance(error, httpx.HTTPError):
            raise httpx.ReadTimeout("no complete answer") from error

    def trace(self, event: str, details: Mapping[str, object]) -> None:
        """Note the connection, as httpcore reports it, so that it can be cut; refuse it before anything is asked."""
        if event == "connection.connect_tcp.started":
            self._asked = str(details.get("host"))
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            ask = getattr(details.get("return_value"), "get_extra_info", None)
            self._socket = ask("socket") if ask else None
            if self._guard and ask and event.startswith("connection.connect_tcp") and self._asked == self._host:
                try:
                    self._guard.check(str(ask("server_addr")[0]))
                except _Inside:
                    getattr(details["return_value"], "close", lambda: None)()
                    raise

    def chunks(self, response: httpx.Response) -> Iterator[bytes]:
        """Yield a body as it comes over the wire. Raises httpx.ReadTimeout where the time is over."""
        for chunk in chain(response.iter_raw(), [b""]):  # a connection that was cut may look like the end of a page
            if self._over or time.monotonic() > self._end:
                raise httpx.ReadTimeout("no complete answer")
            yield chunk

    def _cut(self) -> None:
        self._over = True
        if self._socket is not None:
            with suppress(OSError):  # closed in the meantime
                self._socket.shutdown(socket.SHUT_RDWR)
