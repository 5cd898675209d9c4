"""Fetching pages, from a real server on loopback."""

import hashlib
import re
import socket
import time

import pytest
from website import PAGE, PLAIN, Website, fetch

import claimx
from claimx.errors import FetchError, SourceError, SourceNotFound, SourceUnreadable
from claimx.sources import ReadOptions


def test_a_page_becomes_an_article(website: Website) -> None:
    article = claimx.read(website.url("/page"))
    assert article.source == article.url == website.url("/page")
    assert article.title == "Convoy leaves harbour town"
    assert article.publisher == "The Coastal Post"
    assert article.text.splitlines()[0] == "Convoy leaves harbour town"
    assert "café at Weststadt" in article.text
    assert "Home" not in article.text
    assert "rights reserved" not in article.text
    assert article.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", article.retrieved_at or "")


def test_the_reader_says_who_it_is(website: Website) -> None:
    fetch(website.url("/page"))
    ((_, headers),) = website.requests
    assert headers["User-Agent"].startswith(f"claimx/{claimx.__version__} ")


@pytest.mark.parametrize("path", ["/gzip", "/brotli", "/latin", "/latin-meta", "/html-as-plain", "/untyped", "/xhtml"])
def test_compression_charset_and_type_make_no_difference(website: Website, path: str) -> None:
    assert claimx.read(website.url(path)).text == claimx.read(website.url("/page")).text


def test_plain_text_is_kept_unchanged(website: Website) -> None:
    article = claimx.read(website.url("/plain"))
    assert article.text == PLAIN
    assert article.title is None


def test_redirects_are_followed_and_the_final_address_kept(website: Website) -> None:
    article = claimx.read(website.url("/moved"))
    assert article.source == website.url("/moved")
    assert article.url == website.url("/page")


@pytest.mark.parametrize(
    ("path", "error", "words"),
    [
        ("/status/401", FetchError, "401 Unauthorized); open it in a browser, save the page and pass the file"),
        ("/status/402", FetchError, "402 Payment Required); open it in a browser"),
        ("/status/403", FetchError, "403 Forbidden); open it in a browser, save the page and pass the file"),
        ("/status/404", SourceNotFound, "no such page (404 Not Found); check the address"),
        ("/status/410", SourceNotFound, "no such page (410 Gone)"),
        ("/status/418", FetchError, "answered 418"),
        ("/status/429", FetchError, "429 Too Many Requests); open it"),
        ("/status/500", FetchError, "failed (500 Internal Server Error); try again later"),
        ("/status/503", FetchError, "failed (503 Service Unavailable); try again later"),
        ("/status/599", FetchError, "failed (599 unknown status)"),
        ("/loop", FetchError, "redirected more than 10 times"),
        ("/to-file", FetchError, "redirected to something other than http or https"),
        ("/pdf", SourceUnreadable, "holds application/pdf, not a web page or text"),
        ("/json", SourceUnreadable, "holds application/json, not a web page or text"),
        ("/pdf-as-html", SourceUnreadable, "a PDF, not text"),
        ("/empty", SourceUnreadable, "empty"),
        ("/broken-gzip", FetchError, "damaged"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(
    website: Website, path: str, error: type[SourceError], words: str
) -> None:
    url = website.url(path)
    with pytest.raises(error) as caught:
        claimx.read(url)
    assert str(caught.value).startswith(f"{url}: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_page_over_the_limit_is_refused(website: Website) -> None:
    with pytest.raises(SourceUnreadable, match="larger than 200,000 bytes"):
        fetch(website.url("/large"), ReadOptions(max_bytes=200_000))
    assert len(fetch(website.url("/large"), ReadOptions(max_bytes=300_003)).data) == 300_003


def test_the_limit_counts_decompressed_bytes(website: Website) -> None:
    with pytest.raises(SourceUnreadable, match="larger than"):
        fetch(website.url("/bomb"), ReadOptions(max_bytes=2_000_000))


@pytest.mark.parametrize("path", ["/hang", "/drip"])
def test_nobody_waits_longer_than_the_timeout(website: Website, path: str) -> None:
    started = time.monotonic()
    with pytest.raises(FetchError, match=r"no complete answer within 0\.3 s; .*--timeout"):
        fetch(website.url(path), ReadOptions(timeout=0.3))
    assert time.monotonic() - started < 3


def test_an_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SourceNotFound, match="no such host"):
        claimx.read("http://no-such-host.invalid/article")


def test_a_closed_port(website: Website) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(FetchError, match="refuses connections"):
        claimx.read(f"http://127.0.0.1:{port}/")


def test_a_server_that_does_not_speak_tls(website: Website) -> None:
    with pytest.raises(FetchError, match="certificate or encryption"):
        claimx.read(website.url("/page").replace("http:", "https:"))


@pytest.mark.parametrize("url", ["http://", "https://[half", "http://a..b/", "http://exa mple.org/x", "http://x:port/"])
def test_addresses_that_are_none(website: Website, url: str) -> None:
    with pytest.raises(SourceError) as caught:
        claimx.sources.read_source(url)
    assert "check" in str(caught.value)
