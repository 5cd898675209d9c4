"""A web server on loopback, so that fetching is tested against real HTTP."""

import gzip
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli

from claimx.sources.raw import Raw, ReadOptions
from claimx.sources.web import fetcher

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Convoy leaves harbour town | The Coastal Post</title>
<meta property="og:site_name" content="The Coastal Post"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Convoy leaves harbour town</h1>
<p>The army moved thirty trucks from the port of Tarnow to the café at Weststadt on Monday, two officials said.</p>
<p>The trucks carried radars and spare parts, and “nobody saw them leave”, one of the officials told reporters.</p>
</article><footer><p>© The Coastal Post. All rights reserved.</p></footer></body></html>
"""
PLAIN = (
    "The army moved thirty trucks from Tarnow to Weststadt on Monday, two officials said.\r\nNobody saw them leave.\n"
)

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the test has scripted, or by the table in `ROUTES`; `/status/N` with that status."""

    def do_GET(self) -> None:
        self.site.requests.append((self.path, dict(self.headers)))
        if scripted := self.site.script.get(self.path):
            (scripted.pop(0) if len(scripted) > 1 else scripted[0])(self)
        elif self.path == "/robots.txt":
            self.answer(b"", status=404)
        elif self.path.startswith("/status/"):
            self.answer(b"<p>sorry</p>", status=int(self.path.rpartition("/")[2]))
        else:
            ROUTES[self.path](self)

    @property
    def site(self) -> "Website":
        assert isinstance(self.server, Website)
        return self.server

    def answer(
        self, body: bytes, type: str | None = "text/html; charset=utf-8", status: int = 200, **headers: str
    ) -> None:
        self.send_response(status)
        if type is not None:
            self.send_header("Content-Type", type)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, to: str) -> None:
        self.answer(b"", status=302, Location=to)

    def hang(self) -> None:
        """Say nothing until the test is over."""
        self.site.over.wait(10)

    def drip(self) -> None:
        """Send a byte now and then, each in time, for longer than anybody should wait."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(200):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass  # the reader has gone, as it should

    def drip_headers(self) -> None:
        """Begin an answer whose headers never end."""
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for _ in range(200):
                self.wfile.write(b"X: x\r\n")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def cut_off(self) -> None:
        """Promise more than is sent."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


ROUTES: dict[str, Answer] = {
    "/page": lambda h: h.answer(PAGE.encode()),
    "/gzip": lambda h: h.answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip"),
    "/brotli": lambda h: h.answer(brotli.compress(PAGE.encode()), Content_Encoding="br"),
    "/broken-gzip": lambda h: h.answer(b"this is not gzip", Content_Encoding="gzip"),
    "/latin": lambda h: h.answer(
        PAGE.replace('<meta charset="utf-8">', "").encode("cp1252"), "text/html; charset=iso-8859-1"
    ),
    "/latin-meta": lambda h: h.answer(PAGE.replace("utf-8", "windows-1252").encode("cp1252"), "text/html"),
    "/plain": lambda h: h.answer(PLAIN.encode(), "text/plain; charset=utf-8"),
    "/html-as-plain": lambda h: h.answer(PAGE.encode(), "text/plain"),
    "/untyped": lambda h: h.answer(PAGE.encode(), None),
    "/xhtml": lambda h: h.answer(PAGE.encode(), "application/xhtml+xml"),
    "/pdf": lambda h: h.answer(b"%PDF-1.7 ...", "application/pdf"),
    "/json": lambda h: h.answer(b"{}", "application/json"),
    "/pdf-as-html": lambda h: h.answer(b"%PDF-1.7 ...", "text/html"),
    "/empty": lambda h: h.answer(b""),
    "/moved": lambda h: h.redirect("/page"),
    "/loop": lambda h: h.redirect("/loop"),
    "/to-file": lambda h: h.redirect("file:///etc/passwd"),
    "/large": lambda h: h.answer(b"<p>" + b"x" * 300_000),
    "/bomb": lambda h: h.answer(gzip.compress(b" " * 3_000_000), Content_Encoding="gzip"),
    "/hang": Handler.hang,
    "/drip": Handler.drip,
    "/drip-headers": Handler.drip_headers,
    "/cut-off": Handler.cut_off,
}


class Website(ThreadingHTTPServer):
    """The server; `requests` lists what it was asked, `over` ends answers that would take for ever.

    `script` holds the answers to a path in their order, the last for ever; `pauses` the seconds that claimx would have
    waited between its requests.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()
        self.script: dict[str, list[Answer]] = {}
        self.pauses: list[float] = []

    def asked(self, path: str) -> int:
        """Return how often a path was asked for."""
        return sum(found == path for found, _ in self.requests)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # readers that hang up are part of the tests


def fetch(url: str, options: ReadOptions | None = None) -> Raw:
    """Return the page at an address, as `claimx.sources` fetches it."""
    return fetcher(options or ReadOptions()).get(url).raw
