"""Patience and manners: retries, robots.txt, turns, the cache, limits on what servers send. Nobody sleeps here."""

import email.utils
import gzip
import multiprocessing
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest
from website import PAGE, Handler, Website, fetch

from claimx.errors import FetchError, OutputError, SourceError, SourceNotFound, SourceUnreadable
from claimx.sources import ReadOptions, read_raw
from claimx.sources.cache import Cache
from claimx.sources.compression import decompress
from claimx.sources.robots import MAX_DELAY, read_robots
from claimx.sources.web import Fetcher

POLITE = ReadOptions(polite=True)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no time pass between requests, so that pauses come out even."""
    monkeypatch.setattr("claimx.sources.cache.time", SimpleNamespace(time=lambda: 1e9))


def ok(handler: Handler) -> None:
    handler.answer(PAGE.encode())


def status(code: int, **headers: str) -> Callable[[Handler], None]:
    return lambda handler: handler.answer(b"<p>later</p>", status=code, **headers)


def robots(*lines: str) -> list[Callable[[Handler], None]]:
    return [lambda handler: handler.answer("\n".join(lines).encode(), "text/plain")]


def tagged(handler: Handler) -> None:
    """Answer with a page that has an ETag, and that it has not changed to those who know it."""
    if handler.headers["If-None-Match"] == '"v1"':
        handler.answer(b"", status=304)
    else:
        handler.answer(PAGE.encode(), ETag='"v1"')


@pytest.mark.parametrize("code", [408, 425, 429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(website: Website, code: int) -> None:
    website.script["/page"] = [status(code), status(code), ok]
    assert fetch(website.url("/page")).data == PAGE.encode()
    assert website.pauses == [0.5, 1.0]


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 418, 451, 501, 505])
def test_what_will_not_pass_is_not(website: Website, code: int) -> None:
    website.script["/page"] = [status(code), ok]
    with pytest.raises(SourceError):
        fetch(website.url("/page"))
    assert (website.asked("/page"), website.pauses) == (1, [])


def test_a_connection_that_breaks_is_tried_again(website: Website) -> None:
    website.script["/page"] = [Handler.cut_off, lambda handler: handler.connection.close(), ok]
    assert fetch(website.url("/page")).data == PAGE.encode()
    assert len(website.pauses) == 2


@pytest.mark.parametrize("path", ["/hang", "/drip", "/drip-headers"])
def test_a_time_out_was_patience_enough(website: Website, path: str) -> None:
    with pytest.raises(FetchError, match=r"no complete answer within 0\.2 s"):
        fetch(website.url(path), ReadOptions(timeout=0.2))
    assert website.asked(path) == 1


def test_tries_end(website: Website) -> None:
    website.script["/page"] = [status(503)]
    with pytest.raises(FetchError, match=r"the server failed \(503"):
        fetch(website.url("/page"), ReadOptions(retries=1))
    assert website.asked("/page") == 2


def test_a_server_may_say_how_long(website: Website) -> None:
    soon = email.utils.format_datetime(datetime.now(UTC), usegmt=True)
    website.script["/page"] = [status(429, Retry_After="7"), status(503, Retry_After=soon), ok]
    fetch(website.url("/page"))
    assert website.pauses == [7.0, 0.0]


def test_a_server_that_wants_a_long_rest_is_left_alone(website: Website) -> None:
    website.script["/page"] = [status(429, Retry_After="3600"), ok]
    with pytest.raises(FetchError, match=r"429 Too Many Requests.*asks to wait 3,600 s"):
        fetch(website.url("/page"))
    assert (website.asked("/page"), website.pauses) == (1, [])


@pytest.mark.parametrize("value", ["soon", "", "-5", "²", "Mon, 99 Foo"])
def test_a_wish_that_is_none_counts_as_none(website: Website, value: str) -> None:
    website.script["/page"] = [
        lambda handler: handler.answer(b"", status=503, Retry_After=value.encode().decode("latin-1")), ok,
    ]  # fmt: skip
    fetch(website.url("/page"))
    assert website.pauses == [0.5]


def test_cookies_last_for_one_page_and_its_redirects(website: Website) -> None:
    website.script["/start"] = [lambda handler: handler.answer(b"", status=302, Location="/page", Set_Cookie="a=1")]
    fetch(website.url("/start"))
    fetch(website.url("/page"))
    assert [headers.get("Cookie") for _, headers in website.requests] == [None, "a=1", None]


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzip.compress(b" " * 50_000_000)),
        ("br", brotli.compress(b" " * 50_000_000, quality=1)),
        ("gzip, gzip", gzip.compress(gzip.compress(b" " * 50_000_000))),
    ],
)
def test_what_unpacks_without_end_is_not_unpacked(website: Website, coding: str, data: bytes) -> None:
    website.script["/page"] = [lambda handler: handler.answer(data, Content_Encoding=coding)]
    with pytest.raises(SourceUnreadable, match="larger than 1,000,000 bytes"):
        fetch(website.url("/page"), ReadOptions(max_bytes=1_000_000))


def test_the_body_of_a_redirect_is_limited_too(website: Website) -> None:
    website.script["/start"] = [lambda handler: handler.answer(b"x" * 300_000, status=302, Location="/page")]
    with pytest.raises(SourceUnreadable, match="larger than"):
        fetch(website.url("/start"), ReadOptions(max_bytes=200_000))


def test_an_unknown_coding_is_named(website: Website) -> None:
    website.script["/page"] = [lambda handler: handler.answer(b"x", Content_Encoding="zap")]
    with pytest.raises(SourceUnreadable, match=r"does not know \(zap\)"):
        fetch(website.url("/page"))


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_what_is_cut_short_is_damaged(coding: str) -> None:
    whole = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[coding](b"words" * 99)
    assert decompress("x", whole, coding, limit=1000) == b"words" * 99
    assert decompress("x", b"", coding, limit=1000) == b""
    with pytest.raises(FetchError, match="damaged"):
        decompress("x", whole[:-3], coding, limit=1000)


def test_deflate_without_its_header_is_deflate() -> None:
    assert decompress("x", zlib.compress(b"words" * 99)[2:-4], "deflate", limit=1000) == b"words" * 99


def test_batches_give_each_host_its_rest(website: Website, clock: None) -> None:
    for _ in range(3):
        fetch(website.url("/page"), POLITE)
    assert website.asked("/robots.txt") == 1
    assert website.pauses == [1.0, 2.0], "each waits for those before it; nobody slept here"


def test_a_single_page_is_fetched_as_a_browser_would(website: Website) -> None:
    website.script["/robots.txt"] = robots("User-agent: *", "Disallow: /")
    fetch(website.url("/page"))
    fetch(website.url("/page"))
    assert (website.asked("/robots.txt"), website.pauses) == (0, [])


def test_batches_stay_out_where_robots_txt_says_so(website: Website) -> None:
    website.script["/robots.txt"] = robots("User-agent: *", "Disallow: /page")
    fetcher = Fetcher(POLITE)
    with pytest.raises(FetchError, match=r"robots\.txt of this site closes the page to batches; open it in a browser"):
        fetcher.get(website.url("/page"))
    assert website.asked("/page") == 0
    assert fetcher.get(website.url("/plain")).raw.data


def test_a_redirect_does_not_lead_around_robots_txt(website: Website) -> None:
    website.script["/robots.txt"] = robots("User-agent: claimx", "Disallow: /page")
    with pytest.raises(FetchError, match="closes the page to batches"):
        fetch(website.url("/moved"), POLITE)
    assert website.asked("/page") == 0


def test_a_crawl_delay_is_kept(website: Website, clock: None) -> None:
    website.script["/robots.txt"] = robots("User-agent: *", "Crawl-delay: 20")
    fetch(website.url("/page"), POLITE)
    fetch(website.url("/page"), POLITE)
    assert website.pauses == [20.0]


@pytest.mark.parametrize("answer", [status(503), lambda handler: handler.connection.close()], ids=["503", "none"])
def test_a_site_whose_robots_txt_fails_is_left_alone(website: Website, answer: Callable[[Handler], None]) -> None:
    website.script["/robots.txt"] = [answer]
    with pytest.raises(FetchError, match=r"robots\.txt of this site cannot be read .*; try again later"):
        fetch(website.url("/page"), POLITE)
    assert website.asked("/page") == 0


@pytest.mark.parametrize(
    ("content", "delay"),
    [
        (b"", 0.0),
        (b"User-agent: *\nCrawl-delay: 1e999", 0.0),
        (b"User-agent: *\nCrawl-delay: -5", 0.0),
        (b"User-agent: *\nCrawl-delay: nan", 0.0),
        (b"User-agent: *\nCrawl-delay: 100000", MAX_DELAY),
        (bytes(range(256)) * 100, 0.0),
        (b"Disallow: " + b"*" * 100_000 + b"$", 0.0),
    ],
)
def test_any_robots_txt_can_be_read(content: bytes, delay: float) -> None:
    rules = read_robots((200, content))
    assert rules.delay == delay
    rules.check("x", "http://h.example/page")


def test_a_page_that_has_not_changed_is_not_sent_again(website: Website, tmp_path: Path) -> None:
    website.script["/page"] = [tagged]
    options = ReadOptions(cache=str(tmp_path / "pages"))
    first, second = (Fetcher(options).get(website.url("/page")) for _ in range(2))
    assert second.raw == first.raw, "and it was retrieved when its bytes were"
    assert second.answers == first.answers
    assert [headers.get("If-None-Match") for _, headers in website.requests] == [None, '"v1"']


def test_passwords_are_used_and_not_kept(website: Website, tmp_path: Path) -> None:
    website.script["/page"] = [tagged]
    options = ReadOptions(cache=str(tmp_path / "pages"), archive=str(tmp_path / "kept"))
    address = website.url("/page").replace("http://", "http://ada:secret@") + "#part"
    raw = read_raw(address, options=options)
    assert raw.url == website.url("/page")
    ((_, headers),) = website.requests
    assert headers["Authorization"].startswith("Basic ")
    assert Cache(options.cache).page(website.url("/page")) is None
    (path,) = (tmp_path / "kept").iterdir()
    kept = gzip.decompress(path.read_bytes())
    assert website.url("/page").encode() in kept
    assert b"secret" not in kept


def test_nothing_is_kept_unless_asked(website: Website, tmp_path: Path) -> None:
    website.script["/page"] = [tagged]
    fetch(website.url("/page"), POLITE)
    fetch(website.url("/page"), POLITE)
    assert not any("If-None-Match" in headers for _, headers in website.requests)


@pytest.mark.parametrize(
    "answer",
    [
        lambda handler: handler.answer(PAGE.encode(), ETag='"v1"', Cache_Control="private, no-store"),
        lambda handler: handler.answer(PAGE.encode()),
    ],
    ids=["no-store", "no mark"],
)
def test_what_may_not_or_need_not_be_kept_is_not(
    website: Website, tmp_path: Path, answer: Callable[[Handler], None]
) -> None:
    website.script["/page"] = [answer]
    options = ReadOptions(cache=str(tmp_path))
    fetch(website.url("/page"), options)
    assert Cache(str(tmp_path)).page(website.url("/page")) is None


def test_a_folder_that_cannot_be_kept_in_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match=r"cannot keep pages in .*; name another folder"):
        Fetcher(ReadOptions(cache=str(tmp_path / "file")))


def test_threads_wait_for_each_other(website: Website, clock: None) -> None:
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda _: fetch(website.url("/page"), POLITE), range(16)))
    assert len(pages) == 16
    assert sorted(website.pauses) == [float(n) for n in range(1, 16)]


def take_turns(folder: str, count: int) -> list[float]:
    cache = Cache(folder)
    return [time.time() + cache.take_turn("http://h.example", 1000.0) for _ in range(count)]


def test_processes_that_share_a_folder_share_their_turns(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        moments = sorted(m for part in pool.starmap(take_turns, [(str(tmp_path), 10)] * 2) for m in part)
    assert all(later - earlier > 900 for earlier, later in pairwise(moments))


def test_a_clock_that_was_set_back_costs_no_more_than_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache()
    assert cache.take_turn("h", 1.0) == 0
    now = time.time()
    monkeypatch.setattr("claimx.sources.cache.time.time", lambda: now - 1e7)
    assert cache.take_turn("h", 1.0) == 0


def test_a_missing_page_stays_missing_in_a_batch(website: Website) -> None:
    with pytest.raises(SourceNotFound):
        read_raw(website.url("/status/404"), options=POLITE)
