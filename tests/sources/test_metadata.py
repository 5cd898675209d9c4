"""What pages say about themselves, in JSON-LD and in tags; whatever they say, it is no more than text."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimx.sources import Raw, understand
from claimx.sources.html import Page, parse_page
from claimx.sources.metadata import read_time

BODY = (
    "<p>The army moved thirty trucks from the port of Tarnow to Weststadt on Monday, according to two officials.</p>"
    "<p>The officials said the trucks carried radars. “They left at dawn,” said one of them.</p>"
)
NEWS = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Convoy leaves harbour town",
    "datePublished": "2024-12-19T22:30:00-05:00",
    "author": {"@type": "Person", "name": "Ada Lind"},
    "publisher": {"@type": "NewsMediaOrganization", "name": "The Coastal Post"},
}


def read(*scripts: object, head: str = "", url: str | None = None) -> Page:
    """Return what is read of a page with these JSON-LD scripts, given as text or as what to write in JSON."""
    texts = [script if isinstance(script, str) else json.dumps(script) for script in scripts]
    page = parse_page(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Convoy leaves harbour town | CP</title>'
        + "".join(f'<script type="application/ld+json">{text}</script>' for text in texts)
        + f"{head}</head><body><article><h1>Convoy leaves harbour town</h1>{BODY}</article></body></html>",
        url=url,
    )
    assert page is not None
    assert page.text.startswith("Convoy leaves harbour town\n\nThe army moved")
    return page


def said(page: Page) -> tuple[object, ...]:
    return page.publisher, page.authors, page.published, page.published_at


WHOLE = ("The Coastal Post", ("Ada Lind",), "2024-12-19", "2024-12-19T22:30:00-05:00")
WEB_PAGE = {"@type": "WebPage", "name": "Front", "datePublished": "2020-01-01"}


@pytest.mark.parametrize(
    "script",
    [
        NEWS,
        [WEB_PAGE, NEWS],
        {"@graph": [WEB_PAGE, {"@type": "BreadcrumbList", "itemListElement": [NEWS]}, NEWS]},
        {"@type": "WebPage", "mainEntity": NEWS},
        [[[NEWS]]],
        {**NEWS, "@type": ["Thing", "https://schema.org/ReportageNewsArticle"]},
        {**NEWS, "@type": "schema:LiveBlogPosting", "liveBlogUpdate": [{"@type": "BlogPosting", "headline": "no"}]},
        {**NEWS, "author": ["Ada Lind", "Ada Lind"], "publisher": "The Coastal Post"},
        {**NEWS, "author": [{"name": ["Ada Lind"]}], "publisher": [{"name": "The Coastal Post"}]},
        {**NEWS, "author": {"name": "By Ada&nbsp;Lind"}, "publisher": {"name": "<b>The Coastal Post</b>"}},
        {
            "@graph": [
                {"@type": "Person", "@id": "#ada", "name": "Ada Lind"},
                {**NEWS, "author": {"@id": "#ada"}, "publisher": {"@id": "#cp"}},
                {"@type": "Organization", "@id": "#cp", "name": "The Coastal Post"},
            ]
        },
        f"<!--{json.dumps(NEWS)}-->",
        f"//<![CDATA[\n{json.dumps(NEWS)}\n//]]>",
        json.dumps(NEWS) + ";",
        json.dumps({**NEWS, "description": "x"}).replace('"x"', '"line\nbreak\tin text"'),
    ],
)  # fmt: skip
def test_json_ld_in_all_its_forms(script: object) -> None:
    assert said(read(script)) == WHOLE


def test_json_ld_comes_before_tags() -> None:
    head = (
        '<meta property="article:published_time" content="2021-01-01T00:00:00Z"><meta name="author" content="Bo Rask">'
    )
    assert said(read(NEWS, head=head)) == WHOLE


def test_a_broken_script_costs_no_other() -> None:
    assert said(read('{"@type": "NewsArticle", "headline": ', "", NEWS)) == WHOLE


def test_where_json_ld_is_silent_tags_speak() -> None:
    head = '<meta property="article:published_time" content="2024-12-19T10:00:00+02:00"><meta name="author"'
    head += ' content="Bo Rask">'
    page = read({"@type": "NewsArticle", "headline": "Convoy leaves harbour town"}, head=head)
    assert said(page)[1:] == (("Bo Rask",), "2024-12-19", "2024-12-19T10:00:00+02:00")


@pytest.mark.parametrize(
    ("head", "published", "moment"),
    [
        ('<meta property="article:published_time" content="2024-12-19T23:30:00-05:00">', "2024-12-19", True),
        ('<meta property="article:published_time" content="2024-12-19T23:30:00">', "2024-12-19", False),
        ('<meta property="article:published_time" content="2024-12-19">', "2024-12-19", False),
        ('<meta property="article:modified_time" content="2024-12-19T23:30:00Z">', None, False),
        ("", None, False),
    ],
)
def test_a_moment_needs_a_zone(head: str, published: str | None, moment: bool) -> None:
    page = read(head=head)
    if published:
        assert page.published == published
    assert bool(page.published_at) is moment


@pytest.mark.parametrize(
    ("stamp", "date", "moment"),
    [
        ("2024-12-19T22:30:00-05:00", "2024-12-19", "2024-12-19T22:30:00-05:00"),
        ("2024-12-19T22:30:00.123Z", "2024-12-19", "2024-12-19T22:30:00Z"),
        ("2024-12-19 22:30:00 +0530", "2024-12-19", "2024-12-19T22:30:00+05:30"),
        ("2024-12-19T22:30Z", "2024-12-19", "2024-12-19T22:30:00Z"),
        ("2024-12-19T22:30:00 UTC", "2024-12-19", "2024-12-19T22:30:00Z"),
        ("20241219T223000+01", "2024-12-19", "2024-12-19T22:30:00+01:00"),
        ("2024-12-19T22:30:00", "2024-12-19", None),
        (" 2024-12-19 ", "2024-12-19", None),
        ("0001-01-01T00:00:00Z", None, None),
        ("2024-02-30T00:00:00Z", None, None),
        ("2024-12-19T25:00:00Z", None, None),
        ("2024-12-19T22:30:00+99:99", None, None),
        ("19 December 2024", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_time_stamps(stamp: str | None, date: str | None, moment: str | None) -> None:
    assert read_time(stamp) == (date, moment)


@given(st.text())
def test_any_time_stamp_is_read_or_left(stamp: str) -> None:
    date, moment = read_time(stamp)
    assert date is not None or moment is None


def test_a_canonical_address_comes_before_the_one_in_json_ld() -> None:
    given = "https://cp.example/x?ref=1"
    other = {**NEWS, "mainEntityOfPage": {"@id": "https://cp.example/x"}}
    assert read(other, url=given).url == "https://cp.example/x"
    canonical = '<link rel="canonical" href="https://cp.example/canonical">'
    assert read(other, head=canonical, url=given).url == "https://cp.example/canonical"
    assert read({**NEWS, "url": "javascript:alert(1)"}, url=given).url == given


def test_an_article_among_others_is_not_taken_for_this_one() -> None:
    page = read(
        {"@type": "ItemList", "itemListElement": [{**NEWS, "author": "Bo Rask", "datePublished": "2020-02-02"}]}
    )
    assert page.published != "2020-02-02"


def test_the_headline_that_the_page_prints_wins() -> None:
    assert read({**NEWS, "headline": "SEO convoy harbour town best"}).title == "Convoy leaves harbour town"


def test_what_no_file_can_hold_is_marked() -> None:
    page = read(json.dumps({**NEWS, "author": "Ada \ud800"}))
    assert page.authors == ("Ada \ufffd",)


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["#a", "NewsArticle"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*NEWS, "@graph", "@id", "name", "url", "mainEntity", "mainEntityOfPage"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=150)
@given(json_values)
def test_any_json_is_survived(value: Any) -> None:
    mixed = {**NEWS, **value} if isinstance(value, dict) else NEWS
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(each)}</script>' for each in (mixed, value))
    page = parse_page(f"<html><head>{scripts}</head><body><article>{BODY}</article></body>")
    assert page is not None
    assert all(isinstance(author, str) and author for author in page.authors)
    assert page.published is None or len(page.published) == 10


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("Ada Lind, Bo Rask and Cy van den Dane", ("Ada Lind", "Bo Rask", "Cy van den Dane")),
        ("Ada Lind and Bo Rask", ("Ada Lind", "Bo Rask")),
        ("By Ada Lind & J. R. O’Neil", ("Ada Lind", "J. R. O’Neil")),
        ("Police and Crime Desk", ("Police and Crime Desk",)),
        ("Ada Lind, defence correspondent", ("Ada Lind, defence correspondent",)),
    ],
)
def test_a_list_of_names_is_as_many_authors(byline: str, authors: tuple[str, ...]) -> None:
    assert read({**NEWS, "author": {"name": byline}}).authors == authors


def test_whose_claim_is_checked_is_no_author() -> None:
    review = {
        "@type": "ClaimReview",
        "claimReviewed": "The convoy left",
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Tom Tale"}},
    }
    news = {**NEWS, "author": [{"name": "Tom Tale"}, {"name": "Ada Lind"}]}
    assert read(news, review).authors == ("Ada Lind",)
    assert read(review, head='<meta name="author" content="Tom Tale; Ada Lind">').authors == ("Ada Lind",)


@pytest.mark.parametrize(("length", "known"), [(1_900_000, True), (2_100_000, False)])
def test_json_ld_of_two_megabytes_is_read(length: int, known: bool) -> None:
    script = json.dumps({**NEWS, "articleBody": "x" * length})
    html = (
        f'<html lang="en"><head><title>Convoy</title><script type="application/ld+json">{script}</script></head>'
        f"<body><article><h1>Convoy leaves harbour town</h1>{BODY}</article></body></html>"
    )
    found = understand(Raw(source="page.html", data=html.encode(), kind="html"))
    assert (found.published == "2024-12-19") == known
