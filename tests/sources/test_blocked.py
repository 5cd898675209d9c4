"""Pages in an article's place, told from articles that have the same boxes around them."""

import pytest

from claimx.errors import SourceUnreadable
from claimx.rules.files import read_bundled
from claimx.sources import Raw, understand
from claimx.sources.blocked import REMEDIES, _Vocabulary

HEAD = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Convoy leaves town</title></head><body>'
STORY = (
    "<p>The army moved thirty trucks from the port of Tarnow to Weststadt on Monday, two officials said.</p>"
    "<p>The trucks carried radars and spare parts, and nobody saw them leave, one of the officials told reporters.</p>"
)
LONG = STORY + (
    "<p>Residents of the harbour district described engines at night and soldiers at the crossings until morning.</p>"
    "<p>A spokesman for the ministry would not say where the rest had gone or who had ordered the move.</p>"
    "<p>Ships of the northern fleet had called at the port twice in the week before, the pilots' records show.</p>"
    "<p>The mayor of Weststadt told the council that he had learned of the convoy from the evening news.</p>"
)
NOSCRIPT = "<noscript><p>Please enable JavaScript to use all functions of this site.</p></noscript>"
NEWSLETTER = '<div class="newsletter"><p>Subscribe now to our newsletter. Cancel anytime.</p></div>'
COOKIES = '<div id="cookie-banner"><p>We use cookies to improve this site. Manage preferences or accept all.</p></div>'
LOGIN = "<header><p>Already a subscriber? <a href='/login'>Log in</a></p></header>"
WALL = "<p>To continue reading this article, subscribe today. Already a subscriber? Log in.</p>"

STUBS = {
    "paywall": f"{HEAD}<article><h1>Convoy leaves town</h1><p>The army moved trucks on Monday.</p>{WALL}</article>",
    "paywall below a teaser": f"{HEAD}<article><h1>Convoy leaves town</h1>{STORY}{WALL}</article>",
    "paywall alone": f"{HEAD}<div><h1>Convoy leaves town</h1>{WALL}</div>",
    "consent": f"{HEAD}<main><h1>We value your privacy</h1><p>We and our partners store and/or access information on a "
    "device, such as cookies, and process personal data for personalised ads.</p><p>You may accept or manage your "
    "choices by clicking below, or at any time in the privacy policy.</p><button>Accept all</button></main>",
    "robot check": f"{HEAD}<h1>news.example</h1><p>Checking your browser. This takes a few seconds.</p>",
    "robot check with a script": f"{HEAD}<h2>Verify you are human by completing the action below.</h2>"
    "<noscript>Enable JavaScript and cookies to continue</noscript><script src='/c.js'></script>",
    "scripts": f"{HEAD}<div id='root'></div><noscript>You need to enable JavaScript to run this app.</noscript>"
    "<script src='/app.js'></script>",
    "scripts without a word": f"{HEAD}<div id='root'></div><script>boot({{}})</script>",
}
ARTICLES = {
    "plain": STORY,
    "newsletter": STORY + NEWSLETTER,
    "newsletter inside": STORY.replace("</p><p>", f"</p>{NEWSLETTER}<p>"),
    "noscript": NOSCRIPT + STORY,
    "noscript inside": STORY.replace("</p><p>", f"</p>{NOSCRIPT}<p>"),
    "cookies": COOKIES + STORY,
    "login": LOGIN + STORY,
    "everything": LOGIN + COOKIES + NOSCRIPT + STORY + NEWSLETTER,
    "long with a wall below": LONG + WALL,
    "about consent": STORY + "<p>The regulator said that sites must not ask readers to accept all cookies at once.</p>",
    "about scripts": STORY + "<p>The ministry's site told visitors to enable JavaScript and showed nothing else.</p>",
}


@pytest.mark.parametrize("name", STUBS)
def test_stubs_name_the_obstacle_and_the_remedy(name: str) -> None:
    expected = next(remedy for obstacle, remedy in REMEDIES.items() if name.startswith(obstacle))
    with pytest.raises(SourceUnreadable) as caught:
        understand(Raw("x", f"{STUBS[name]}</body></html>".encode(), "html"))
    assert str(caught.value) == f"x: {expected}"


@pytest.mark.parametrize("name", ARTICLES)
def test_articles_beside_the_same_boxes_are_read(name: str) -> None:
    body = f"<article><h1>Convoy leaves town</h1>{ARTICLES[name]}</article><script src='/app.js'></script>"
    html = f"{HEAD}{body}</body></html>"
    text = understand(Raw("x", html.encode(), "html")).text
    assert "The army moved thirty trucks" in text
    assert "nobody saw them leave" in text


def test_what_holds_neither_article_nor_obstacle_says_just_that() -> None:
    html = f"{HEAD}<ul>{'<li><a href=/a>Ship reaches Ostholm at last</a></li>' * 40}</ul></body></html>"
    with pytest.raises(SourceUnreadable, match="no article text in this page"):
        understand(Raw("x", html.encode(), "html"))


def test_plain_text_is_never_a_stub() -> None:
    assert understand(Raw("x", b"Already a subscriber? Subscribe to continue reading.", "text")).text


def test_phrases_are_written_as_they_are_compared() -> None:
    for obstacle in read_bundled(_Vocabulary, "blocked.toml").obstacles:
        phrases = [*obstacle.phrases, *obstacle.boxes]
        assert len(set(phrases)) == len(phrases)
        assert all(phrase == phrase.lower().strip() and "’" not in phrase for phrase in phrases)
