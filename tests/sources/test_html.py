"""Pages to articles: the text and what the page says about itself, without the furniture."""

import pytest

from claimx.sources.html import mend_cuts, parse_page

BODY = """
<p>The army moved thirty trucks from the port of Tarnow to Weststadt on Monday, according to two officials.</p>
<p>The officials said the trucks carried radars. “They left at dawn,” said one of them.</p>
<h2>What we know</h2><ul><li>Thirty trucks left the port.</li><li>They were heading north.</li></ul>
<blockquote><p>“We will send the rest by ship,” the minister said.</p></blockquote>
"""
TEXT = """Convoy leaves harbour town
The army moved thirty trucks from the port of Tarnow to Weststadt on Monday, according to two officials.
The officials said the trucks carried radars. “They left at dawn,” said one of them.
What we know
Thirty trucks left the port.
They were heading north.
“We will send the rest by ship,” the minister said.
""".replace("\n", "\n\n").removesuffix("\n")
HEADLINE = "<h1>Convoy leaves harbour town</h1>"
FURNITURE = {
    "menu": '<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>',
    "cookies": '<div id="cookie-banner" class="cookie-consent"><p>We use cookies to improve this site.</p></div>',
    "share bar": '<div class="share-bar"><a href="#">Share on Facebook</a> <a href="#">Copy link</a></div>',
    "caption": '<figure><img src="x.jpg"><figcaption>Trucks leave Tarnow on 3 May. Photo: CP</figcaption></figure>',
    "related": '<aside class="related"><h3>Related</h3><ul><li><a href="/a">Ship reaches Ostholm</a></li></ul></aside>',
    "comments": '<section id="comments" class="comments"><p>They moved more than that, I think.</p></section>',
    "newsletter": '<div class="newsletter-signup"><p>Get our letter every morning.</p><button>Sign up</button></div>',
    "footer": "<footer><p>© 2024 The Coastal Post. All rights reserved.</p></footer>",
    "script": "<script>var moved = 'Russia moved tanks to the border.';</script>",
}


def page(body: str = BODY, *, head: str = "", before: str = "", after: str = "", headline: str = HEADLINE) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>Convoy leaves harbour town | The Coastal Post</title>{head}</head>"
        f"<body>{before}<main><article>{headline}{body}</article></main>{after}</body></html>"
    )


def text_of(html: str) -> str | None:
    found = parse_page(html)
    return found.text if found else None


def test_headline_first_and_blank_lines_between_paragraphs() -> None:
    assert text_of(page()) == TEXT


@pytest.mark.parametrize("name", FURNITURE)
@pytest.mark.parametrize("place", ["before", "inside", "after"])
def test_furniture_stays_out(name: str, place: str) -> None:
    if place == "before":
        html = page(before=FURNITURE[name])
    elif place == "inside":
        first, rest = BODY.split("<h2>")
        html = page(first + FURNITURE[name] + "<h2>" + rest)
    else:
        html = page().replace("</article>", "</article>" + FURNITURE[name])
    assert text_of(html) == TEXT


def test_a_headline_outside_the_article_is_its_first_line() -> None:
    assert text_of(page(before=f"<header>{HEADLINE}</header>", headline="")) == TEXT


def test_a_headline_only_in_the_title_is_taken_from_there_without_the_publisher() -> None:
    assert text_of(page(headline="", head='<meta property="og:site_name" content="The Coastal Post">')) == TEXT


def test_a_title_with_a_dash_of_its_own_is_kept_whole() -> None:
    found = parse_page(page(headline="", head='<meta property="og:title" content="Convoy leaves – and returns">'))
    assert found
    assert found.title == "Convoy leaves – and returns"
    assert found.text.splitlines()[0] == found.title


def test_a_section_name_that_begins_the_title_is_not_the_headline() -> None:
    found = parse_page(
        page("<p>Libya</p>" + BODY, headline="", head='<meta property="og:title" content="Libya – convoy leaves town">')
    )
    assert found
    assert found.title == "Libya – convoy leaves town"


@pytest.mark.parametrize("separator", ["|", "::", "–", "-", "»"])
def test_a_site_name_that_no_one_declares_is_cut_where_the_headline_stands(separator: str) -> None:
    title = f"Convoy leaves harbour town {separator} CP Online"
    found = parse_page(page(head=f'<meta property="og:title" content="{title}">'))
    assert found
    assert (found.title, found.text) == ("Convoy leaves harbour town", TEXT)


def test_metadata_from_json_ld() -> None:
    found = parse_page(
        page(
            head="""<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
            "headline": "Convoy leaves harbour town", "datePublished": "2024-12-19T22:30:00-05:00",
            "dateModified": "2024-12-21T08:00:00Z", "publisher": {"@type": "Organization", "name": "The Coastal Post"},
            "author": [{"@type": "Person", "name": "Ada Lind"}, {"@type": "Person", "name": "Bo Rask"}]}</script>
            <link rel="canonical" href="https://coastal.example/world/convoy">"""
        ),
        url="https://coastal.example/world/convoy?ref=front",
    )
    assert found
    assert found.title == "Convoy leaves harbour town"
    assert found.publisher == "The Coastal Post"
    assert found.authors == ("Ada Lind", "Bo Rask")
    assert found.published == "2024-12-19"
    assert found.url == "https://coastal.example/world/convoy"


def test_metadata_from_meta_tags() -> None:
    found = parse_page(
        page(
            head="""<meta property="og:title" content="Convoy leaves harbour town | The Coastal Post">
            <meta property="og:site_name" content="The Coastal Post"><meta name="author" content="Ada Lind">
            <meta property="article:published_time" content="2024-12-19T10:00:00Z">"""
        )
    )
    assert found
    assert (found.title, found.publisher) == ("Convoy leaves harbour town", "The Coastal Post")
    assert (found.authors, found.published) == (("Ada Lind",), "2024-12-19")


def test_no_date_is_made_up_from_the_text() -> None:
    found = parse_page(page(BODY + "<p>The last convoy had left on 4 March 2023, he said.</p><p>© 2024 CP</p>"))
    assert found
    assert found.published is None
    assert found.authors == ()
    assert found.url is None


def test_an_article_laid_out_in_a_table() -> None:
    html = f"<html><body><table><tr><td><a href='/'>Home</a></td><td>{HEADLINE}{BODY}"
    text = text_of(html + "</td></tr></table></body></html>")
    assert text
    assert TEXT.split("\n\n")[:3] == text.split("\n\n")[:3]
    assert "Home" not in text


def test_a_table_of_figures_is_no_part_of_the_text() -> None:
    assert (
        text_of(page(BODY + "<table><tr><th>Day</th><th>Trucks</th></tr><tr><td>Monday</td><td>30</td></tr></table>"))
        == TEXT
    )


def test_a_short_article_is_one() -> None:
    html = "<html><body><article><p>Two ships left Tarnow for Weststadt on Monday.</p></article></body></html>"
    assert text_of(html) == "Two ships left Tarnow for Weststadt on Monday.\n"


@pytest.mark.parametrize(("stop", "read"), [(". ", True), (" ", False)])
def test_an_article_in_one_paragraph_may_lack_its_last_stop(stop: str, read: bool) -> None:
    words = stop.join(["Two ships left Tarnow for Weststadt on Monday with grain"] * 8)
    assert (text_of(f"<html><body><article><p>{words}</p></article></body></html>") is not None) == read


@pytest.mark.parametrize(
    "html",
    [
        "<html><head><title>x</title></head><body></body></html>",
        f"<html><body>{FURNITURE['menu']}{FURNITURE['footer']}</body></html>",
        "<html><head><title>News</title><script>render()</script></head><body><div id='root'></div></body></html>",
        "<html><body><ul>" + "<li><a href='/a'>Ship reaches Ostholm</a></li>" * 40 + "</ul></body></html>",
        "<",
        "\x00",
        "<html>" + "<div>" * 5000,
    ],
    ids=["empty", "furniture", "script", "links", "stub", "nul", "deep"],
)
def test_a_page_without_an_article(html: str) -> None:
    assert parse_page(html) is None


def test_the_same_page_always_gives_the_same_article() -> None:
    html = page(before="".join(FURNITURE.values()))
    assert parse_page(html) == parse_page(html)


@pytest.mark.parametrize(
    ("printed", "declared", "title"),
    [
        # what is made for search engines gives way to what is printed, in its own capitals
        (
            "HNLMS Evertsen leaves Souda Bay",
            "Frigate HNLMS Evertsen leaves Souda: all we know",
            "HNLMS Evertsen leaves Souda Bay",
        ),
        ("The Coastal Post", "Convoy leaves harbour town", "Convoy leaves harbour town"),
        ("News from the world", "Convoy leaves harbour town", "Convoy leaves harbour town"),
    ],
)
def test_the_printed_headline_is_preferred(printed: str, declared: str, title: str) -> None:
    html = page(headline="", head=f'<meta property="og:title" content="{declared}">')
    found = parse_page(html.replace("<body>", f"<body><div><h1>{printed}</h1></div>", 1))
    assert found is not None
    assert found.title == title
    assert found.text.splitlines()[0] == title
    assert found.text.count(title) == 1


LONG = "".join(
    f"<p>On day {number} the convoy crossed the river at Ostholm and drove north, officers in the town said.</p>"
    for number in range(12)
)


@pytest.mark.parametrize("name", ["shared-content", "sharebody"])
def test_a_body_that_is_taken_for_furniture_is_found_on_a_second_try(name: str) -> None:
    text = text_of(page(f'{BODY}<div class="{name}">{LONG}</div>'))
    assert text
    assert text.count("crossed the river") == 12
    assert text.startswith("Convoy leaves harbour town\n\nThe army moved")


@pytest.mark.parametrize("name", ["comments", "related-stories", "newsletter"])
def test_a_page_full_of_furniture_is_not_read_for_more(name: str) -> None:
    others = LONG.replace("convoy crossed the river", "team won a match") * 3
    assert text_of(page(BODY + LONG, after=f'<div class="{name}">{others}</div>')) == text_of(page(BODY + LONG))
    assert text_of(page(BODY + LONG, after=f"<aside>{others}</aside>")) == text_of(page(BODY + LONG))


CUT = """
<p>Two officials said on Monday that the convoy had left.<span id="more-9129"></span> It moved thirty lorries north.</p>
<h2><b>Who gave the order to leave the harbour town?</b><a class="heading-link" href="#who"></a></h2>
<p>The ministry did not answer, but its spokesman had denied on Sunday that any lorry would be sent to the border.</p>
<p>The army moved the rest of its stores by train last week, residents of the town told reporters on Monday.</p>
"""


def test_what_precision_cuts_out_of_the_middle_is_there() -> None:
    text = text_of(page(CUT, after=FURNITURE["related"]))
    assert text
    assert text.split("\n\n")[1:3] == [
        "Two officials said on Monday that the convoy had left. It moved thirty lorries north.",
        "Who gave the order to leave the harbour town?",
    ]
    assert "Related" not in text


@pytest.mark.parametrize(
    ("precise", "fuller", "mended"),
    [
        (["b c.", "d"], ["a b c.", "d"], ["a b c.", "d"]),
        (["a b", "d"], ["a b c.", "d"], ["a b c.", "d"]),
        (["a b", "c d."], ["a b and c d.", "e"], ["a b and c d."]),
        (["a b c d e f."], ["a b x c d y e f.", "z"], ["a b x c d y e f."]),
        (["a", "c"], ["a", "It runs in a full sentence.", "c"], ["a", "It runs in a full sentence.", "c"]),
        (["a", "c"], ["a", "Read more about boats", "c"], ["a", "c"]),
        (["a", "c"], ["Subscribe to our fine paper now.", "a", "c"], ["a", "c"]),
        (["a", "c"], ["a", "c", "Subscribe to our fine paper now."], ["a", "c"]),
        (["a", "x", "c"], ["a", "c"], ["a", "x", "c"]),
        (["a", "c"], [], ["a", "c"]),
        ([], ["It runs in a full sentence."], []),
    ],
)
def test_two_readings_are_laid_side_by_side(precise: list[str], fuller: list[str], mended: list[str]) -> None:
    assert mend_cuts(precise, fuller) == mended


def test_readings_that_have_little_in_common_are_not_mixed() -> None:
    precise = [f"The {number} lorries that left the harbour" for number in range(30)]
    assert mend_cuts(precise, [*precise[:2], "It runs in a full sentence.", "Another line"]) == precise
