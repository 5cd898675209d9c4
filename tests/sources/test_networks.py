"""What the public web leads to on this machine and in private networks is not asked for in batches, unless allowed."""

import socket
from pathlib import Path
from typing import Any

import pytest
from website import PAGE, Website

from claimx.errors import FetchError
from claimx.sources import ReadOptions, read_raw
from claimx.sources.feeds import read_feed
from claimx.sources.networks import is_private

BATCH = ReadOptions(polite=True, public_only=True)
OUTSIDE = "public.example"
INSIDE = "intranet.example"


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST.", "x.localhost", "printer.local", "nas.home.arpa", "127.0.0.1", "127.9.9.9", "10.1.2.3",
     "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1", "255.255.255.255", "::1",
     "[::1]", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1"],
)  # fmt: skip
def test_private(host: str) -> None:
    assert is_private(host)


@pytest.mark.parametrize(
    "host", ["example.org", "local.example.org", "93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8", "11.0.0.1"]
)
def test_public(host: str) -> None:
    assert not is_private(host)


@pytest.fixture
def names(website: Website, monkeypatch: pytest.MonkeyPatch) -> Website:
    """Have two names lead to the test's server: one that counts as public, and one as what it is."""
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    look_up, server_addr = socket.getaddrinfo, "httpcore._backends.sync.SyncStream.get_extra_info"

    def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        found = host.decode() if isinstance(host, bytes) else host
        asked.append(found)
        return look_up("127.0.0.1" if found in (OUTSIDE, INSIDE) else found, *arguments, **options)

    asked: list[str] = []
    from httpcore._backends.sync import SyncStream

    real = SyncStream.get_extra_info

    def get_extra_info(stream: SyncStream, info: str) -> Any:
        if info == "server_addr" and asked[-1] == OUTSIDE:
            return ("93.184.215.14", 80)
        return real(stream, info)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(server_addr, get_extra_info)
    return website


def at(website: Website, host: str, path: str) -> str:
    return f"http://{host}:{website.server_port}{path}"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", INSIDE])
def test_a_redirect_from_outside_leads_nowhere_inside(names: Website, host: str) -> None:
    names.script["/out"] = [lambda handler: handler.redirect(at(names, host, "/page"))]
    with pytest.raises(FetchError, match=r"leads into a private network \((127\.0\.0\.1|localhost)\); use --allow-pri"):
        read_raw(at(names, OUTSIDE, "/out"), options=BATCH)
    assert names.asked("/page") == 0


def test_nor_does_one_of_robots_txt(names: Website) -> None:
    names.script["/robots.txt"] = [lambda handler: handler.redirect(at(names, INSIDE, "/page"))]
    with pytest.raises(FetchError, match="leads into a private network"):
        read_raw(at(names, OUTSIDE, "/page"), options=BATCH)
    assert names.asked("/page") == 0


@pytest.mark.parametrize(
    ("start", "options"),
    [(OUTSIDE, ReadOptions(polite=True)), (OUTSIDE, ReadOptions()), ("127.0.0.1", BATCH), (INSIDE, BATCH)],
    ids=["allowed", "named one by one", "from inside", "from inside, by name"],
)
def test_others_do(names: Website, start: str, options: ReadOptions) -> None:
    names.script["/out"] = [lambda handler: handler.redirect(at(names, "127.0.0.1", "/page"))]
    assert read_raw(at(names, start, "/out"), options=options).data == PAGE.encode()


def test_a_redirect_outside_is_followed(names: Website) -> None:
    names.script["/out"] = [lambda handler: handler.redirect(at(names, OUTSIDE, "/page"))]
    assert read_raw(at(names, OUTSIDE, "/out"), options=BATCH).data == PAGE.encode()


def feed(website: Website, *hosts: str) -> None:
    items = "".join(f"<item><link>{at(website, host, '/page')}</link></item>" for host in hosts)
    text = f'<rss version="2.0"><channel>{items}</channel></rss>'
    website.script["/feed"] = [lambda handler: handler.answer(text.encode(), "application/rss+xml")]


@pytest.mark.parametrize("host", ["127.0.0.1", INSIDE])
def test_what_a_feed_lists_inside_is_refused(names: Website, host: str) -> None:
    feed(names, OUTSIDE, host)
    first, second = read_feed(at(names, OUTSIDE, "/feed"), options=BATCH)
    assert read_raw(first, options=BATCH).data == PAGE.encode()
    with pytest.raises(FetchError, match="leads into a private network"):
        read_raw(second, options=BATCH)
    assert read_raw(second, options=ReadOptions(polite=True)).data == PAGE.encode(), "allowed"


def test_a_feed_inside_lists_what_is_beside_it(names: Website) -> None:
    feed(names, "127.0.0.1")
    (page,) = read_feed(at(names, "127.0.0.1", "/feed"), options=BATCH)
    assert read_raw(page, options=BATCH).data == PAGE.encode()


def test_a_sitemap_leads_to_none_inside(names: Website) -> None:
    text = f"<sitemapindex><sitemap><loc>{at(names, INSIDE, '/feed')}</loc></sitemap></sitemapindex>"
    names.script["/map"] = [lambda handler: handler.answer(text.encode(), "text/xml")]
    with pytest.raises(FetchError, match="leads into a private network"):
        read_feed(at(names, OUTSIDE, "/map"), options=BATCH)
    assert names.asked("/feed") == 0


def test_what_is_kept_of_pages_is_for_its_owner_alone(website: Website, tmp_path: Path) -> None:
    options = ReadOptions(polite=True, cache=str(tmp_path / "pages"), archive=str(tmp_path / "kept"))
    website.script["/page"] = [lambda handler: handler.answer(PAGE.encode(), ETag='"1"')]
    read_raw(website.url("/page"), options=options)
    for folder in (tmp_path / "pages", tmp_path / "kept"):
        assert folder.stat().st_mode & 0o777 == 0o700
        files = list(folder.iterdir())
        assert files
        assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
