"""Addresses from feeds and sitemaps."""

import gzip
import json
from pathlib import Path

import pytest
from website import PAGE, Website

from claimx.errors import FetchError, SourceError, SourceNotFound, SourceUnreadable
from claimx.sources import ReadOptions
from claimx.sources.feeds import read_feed

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Post</title><link>https://p.example/</link>
<atom:link href="https://p.example/feed" rel="self"/>
<item><title>B</title><link>https://p.example/b?x=1&amp;y=2</link><description><![CDATA[<p>More</p>]]></description></item>
<item><title>A</title><link><![CDATA[ https://p.example/a ]]></link><comments>https://p.example/a#c</comments></item>
<item><title>B again</title><link>https://p.example/b?x=1&amp;y=2</link></item>
<item><guid>https://p.example/c</guid><enclosure url="https://p.example/c.mp3"/></item>
<item><guid isPermaLink="false">https://p.example/no</guid></item>
</channel></rss>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel><link>https://p.example/</link></channel><item><link>https://p.example/a</link></item></rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://p.example/"/><link rel="self" href="/atom"/>
<entry><link rel="replies" href="https://p.example/a#c"/><link rel="alternate" type="text/html" href="https://p.example/a"/></entry>
<entry><link href="https://p.example/b"/></entry><entry><title>None</title></entry></feed>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>
https://p.example/a </loc><image:image><image:loc>https://p.example/a.jpg</image:loc></image:image></url>
<url><loc>https://p.example/b</loc></url></urlset>"""
JSON = {"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://p.example/a"}, 7, {"id": 8}, {}]}
A, B, C = "https://p.example/a", "https://p.example/b", "https://p.example/c"

FEEDS = {
    "RSS": (RSS, [f"{B}?x=1&y=2", A, C]),
    "RDF": (RDF, [A]),
    "Atom": (ATOM, [A, B]),
    "sitemap": (SITEMAP, [A, B]),
    "JSON Feed": (json.dumps(JSON), [A]),
    "list": (f"{B}\n{A}\r\n", [B, A]),
    "nothing new": ('<rss version="2.0"><channel><title>x</title></channel></rss>', []),
    "a prefix of nobody's": (RSS.replace(' xmlns:atom="http://www.w3.org/2005/Atom"', ""), [f"{B}?x=1&y=2", A, C]),
    "broken XML": (RSS.replace("</channel>", "<oops>&nosuch;"), [f"{B}?x=1&y=2", A, C]),
}


@pytest.mark.parametrize("name", FEEDS)
def test_feeds_in_files(tmp_path: Path, name: str) -> None:
    text, found = FEEDS[name]
    path = tmp_path / "feed"
    path.write_text(text, encoding="utf-8")
    assert read_feed(str(path)) == found
    path.write_bytes(gzip.compress(text.encode()))
    assert read_feed(str(path)) == found


@pytest.mark.parametrize("type", ["application/rss+xml", "text/xml; charset=utf-8", "text/html", "text/plain"])
def test_feeds_from_the_web(website: Website, type: str) -> None:
    website.script["/feed"] = [lambda handler: handler.answer(RSS.encode(), type)]
    assert read_feed(website.url("/feed")) == FEEDS["RSS"][1]


def test_addresses_are_relative_to_the_feed(website: Website) -> None:
    atom = ATOM.replace("https://p.example", "")
    website.script["/news/feed"] = [lambda handler: handler.answer(atom.encode(), "application/atom+xml")]
    assert read_feed(website.url("/news/feed")) == [website.url("/a"), website.url("/b")]


def test_a_sitemap_index_leads_to_its_sitemaps(website: Website) -> None:
    index = "".join(
        f"<sitemap><loc>{website.url(path)}</loc></sitemap>" for path in ("/1.xml", "/2.xml.gz", "/1.xml", "/i")
    )
    website.script["/i"] = [lambda h: h.answer(f"<sitemapindex>{index}</sitemapindex>".encode(), "text/xml")]
    website.script["/1.xml"] = [lambda h: h.answer(SITEMAP.encode(), "application/xml")]
    packed = gzip.compress(SITEMAP.replace("/a<", "/c<").replace("/a ", "/c ").encode())
    website.script["/2.xml.gz"] = [lambda h: h.answer(packed, "application/gzip")]
    assert read_feed(website.url("/i")) == [A, B, C]
    assert [path for path, _ in website.requests] == ["/i", "/1.xml", "/2.xml.gz"]


def test_manners_hold_for_what_a_feed_leads_to_and_not_for_itself(website: Website) -> None:
    website.script["/robots.txt"] = [lambda h: h.answer(b"User-agent: *\nDisallow: /", "text/plain")]
    index = f"<sitemapindex><sitemap><loc>{website.url('/1.xml')}</loc></sitemap></sitemapindex>"
    website.script["/i"] = [lambda h: h.answer(index.encode(), "text/xml")]
    with pytest.raises(FetchError, match=r"/i: it leads to .*/1\.xml: robots\.txt of this site closes"):
        read_feed(website.url("/i"), options=ReadOptions(polite=True))
    assert website.asked("/1.xml") == 0


def test_a_page_leads_to_its_feed(website: Website) -> None:
    page = PAGE.replace("</head>", '<link rel="alternate" type="application/rss+xml" href="/feed"></head>')
    website.script["/front"] = [lambda h: h.answer(page.encode())]
    website.script["/feed"] = [lambda h: h.answer(RSS.encode(), "application/rss+xml")]
    assert read_feed(website.url("/front")) == FEEDS["RSS"][1]


def test_a_sitemap_that_leads_on_for_ever_is_left(website: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimx.sources.feeds.MAX_SITEMAPS", most := 20)
    index = "".join(f"<sitemap><loc>{website.url(f'/i?{n}')}</loc></sitemap>" for n in range(most + 5))
    for n in range(most + 5):
        website.script[f"/i?{n}"] = [lambda h: h.answer(f"<sitemapindex>{index}</sitemapindex>".encode(), "text/xml")]
    with pytest.raises(SourceUnreadable, match="lists more than 100,000 addresses or 20 sitemaps"):
        read_feed(website.url("/i?0"))
    assert len(website.requests) <= most + 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Troops left.",
        PAGE.encode(),
        b"{",
        b"{}",
        b"[]",
        b'{"items": 3}',
        b"<",
        b"<svg/>",
        b"{" * 100_000,
        bytes(99),
    ],
)
def test_what_is_no_feed_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "feed"
    path.write_bytes(data)
    with pytest.raises(SourceUnreadable, match="no feed or sitemap; pass the address of an RSS or Atom feed"):
        read_feed(str(path))


def test_other_errors_are_those_of_sources(tmp_path: Path, website: Website) -> None:
    with pytest.raises(SourceNotFound, match="no such file"):
        read_feed(str(tmp_path / "none"))
    with pytest.raises(SourceNotFound, match="no such page"):
        read_feed(website.url("/status/404"))
    with pytest.raises(SourceUnreadable, match="application/pdf, not a feed or sitemap"):
        read_feed(website.url("/pdf"))
    (tmp_path / "cut.gz").write_bytes(gzip.compress(RSS.encode())[:-9])
    with pytest.raises(FetchError, match="compressed feed is damaged"):
        read_feed(str(tmp_path / "cut.gz"))
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b" " * 50_000_000))
    with pytest.raises(SourceUnreadable, match="larger than 1,000,000"):
        read_feed(str(tmp_path / "bomb.gz"), options=ReadOptions(max_bytes=1_000_000))


LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(20))


@pytest.mark.parametrize(
    "link",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "/relative",
        "https://[half/",
        "https://p.example/a b",
        "&nosuch;x",
        " ",
    ],
)
def test_hostile_links_lead_nowhere(tmp_path: Path, link: str) -> None:
    path = tmp_path / "feed"
    path.write_text(
        f'<rss version="2.0"><channel><item><link>{link}</link></item><item><link>{A}</link></item></channel></rss>'
    )
    assert read_feed(str(path)) == [A]


@pytest.mark.parametrize(
    "dtd",
    [
        f'<!ENTITY l0 "lol">{LAUGHS}<!ENTITY x "&l20;">',
        '<!ENTITY x SYSTEM "file:///etc/hostname">',
        '<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;',
    ],
)
def test_entities_make_no_feed(tmp_path: Path, dtd: str) -> None:
    path = tmp_path / "feed"
    path.write_text(f"<!DOCTYPE rss [{dtd}]><rss><channel><item><link>{A}/&x;</link></item></channel></rss>")
    with pytest.raises(SourceUnreadable, match="no feed or sitemap"):
        read_feed(str(path))


def test_nesting_is_no_danger(tmp_path: Path) -> None:
    path = tmp_path / "feed"
    path.write_text(f"<rss><channel><item><link>{A}</link></item>" + "<item>" * 100_000)
    try:
        assert read_feed(str(path)) == [A]
    except SourceError as error:
        assert "no feed" in str(error)  # noqa: PT017
