"""Stories for the tests of the page: two outlets on one event, and whatever would like to do harm."""

import io
import re
from dataclasses import replace

import html5lib
from examples import article, span
from html5lib.constants import E as PARSE_ERRORS

from claimx.compare import compare
from claimx.records import (
    ROLES,
    Actor,
    Article,
    Claim,
    Date,
    Evidence,
    Place,
    Source,
    Span,
    claim_id,
)
from claimx.report import write_report

RETOLD = (
    "Moscow flies radar sets out of Syria\n\n"
    "Russia flew radars from Syria to Benghazi on 17 December, the officials told The Wall Street Journal.\n\n"
    "“Nothing was flown to Benghazi,” said Libya's army. Nobody knows whether the ship will leave Tartus soon.\n"
)


BROKEN_WORDS = r"""
return [...document.querySelectorAll("#table tbody td")].flatMap((cell) => {
    cell.style.hyphens = "manual"; // a hyphen is no fault, but hides one
    const broken = [], walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) for (const word of walk.currentNode.data.matchAll(/\p{L}{2,11}/gu)) {
        const range = document.createRange();
        range.setStart(walk.currentNode, word.index);
        range.setEnd(walk.currentNode, word.index + word[0].length);
        if (range.getClientRects().length > 1) broken.push(word[0]);
    }
    return broken;
});"""
"""JavaScript that returns the words in the table of claims that are broken over lines though they are not long."""


def _source(words: str, kind: str, **what: object) -> Source:
    found = span(words, RETOLD)
    return replace(Source(found.text, found.start, found.end), kind=kind, **what)  # type: ignore[arg-type]


def _claim(trigger: str, sentence: str, *, after: str = "", paragraph: int, **what: object) -> Claim:
    word = span(trigger, RETOLD, after=after)
    whole = span(sentence, RETOLD)
    evidence = Evidence(whole.text, whole.start, whole.end, paragraph)
    return Claim(claim_id(RETOLD, word), trigger, word, evidence, **what)  # type: ignore[arg-type]


def retold() -> Article:
    """Return the other outlet's article: the same event otherwise, a denial, an open question."""
    syria = Place("Syria", "SY", 35.0, 38.0, 163843, "country")
    benghazi = Place("Benghazi", "LY", 32.11486, 20.06859, 88319, "city")
    day = Date("2024-12-17", "relative to publication")
    officials = _source("the officials", "officials", anonymous=True, resolved="US officials")
    flown = _claim(
        "flew",
        RETOLD.split("\n")[2],
        paragraph=1,
        who=span("Russia", RETOLD, actor=Actor("Russia", "RU", "country")),
        what=span("radars", RETOLD),
        origin=span("Syria", RETOLD, after="radars", place=syria),
        destination=span("Benghazi", RETOLD, place=benghazi),
        when=span("17 December", RETOLD, date=day),
        sources=(officials, _source("The Wall Street Journal", "outlet")),
        confidence=0.9,
    )
    denied = _claim(
        "flown",
        "“Nothing was flown to Benghazi,” said Libya's army.",
        paragraph=2,
        what=span("Nothing", RETOLD),
        destination=span("Benghazi", RETOLD, after="flown", place=benghazi),
        status="negated",
        sources=(_source("Libya's army", "organisation"),),
        confidence=0.8,
    )
    unclear = _claim(
        "leave",
        "Nobody knows whether the ship will leave Tartus soon.",
        paragraph=2,
        who=span("the ship", RETOLD),
        origin=span("Tartus", RETOLD, place=Place("Tartus", "SY", None, None, None, "place by description")),
        when=span("soon", RETOLD, after="Tartus"),
        status="unclear",
    )
    return Article(
        source="retold.txt",
        text=RETOLD,
        url="https://daily.example/radars?a=1&b=2",
        title="Moscow flies radar sets out of Syria",
        publisher="The Daily",
        published="2024-12-20",
        language="en",
        claims=(flown, denied, unclear),
    )


def crowded() -> Article:
    """Return an article with claims about places in many small countries near each other."""
    text = RETOLD
    ends = (
        ("LY", "Tripoli", 32.9, 13.2), ("TN", "Tunis", 36.8, 10.2), ("MT", "Valletta", 35.9, 14.5),
        ("IT", "Rome", 41.9, 12.5), ("EG", "Cairo", 30.0, 31.2), ("GR", "Athens", 38.0, 23.7),
        ("IL", "Haifa", 32.8, 35.0), ("LB", "Beirut", 33.9, 35.5), ("SY", "Damascus", 33.5, 36.3),
        ("JO", "Amman", 31.9, 35.9), ("CY", "Nicosia", 35.2, 33.4),
    )  # fmt: skip
    claims = []
    for (code, name, lat, lon), (other, city, north, east) in zip(ends, (*ends[1:], ends[0]), strict=True):
        origin = span("Syria", text, place=Place(name, code, lat, lon, 1, "city"))
        destination = span("Benghazi", text, place=Place(city, other, north, east, 1, "city"))
        made = _claim("flew", RETOLD.split("\n")[2], paragraph=1, origin=origin, destination=destination)
        claims.append(replace(made, id=code))
    return Article(source="crowded.txt", text=text, language="en", claims=tuple(claims))


def write(*articles: Article, title: str | None = None, compared: bool = True) -> str:
    """Return the page about the articles, compared where there are several."""
    out = io.StringIO(newline="")
    comparison = compare(articles) if compared and len(articles) > 1 else None
    write_report(articles, out, title=title, comparison=comparison)
    return out.getvalue()


def story() -> str:
    return write(article(), retold())


PAYLOADS = (
    "<script>hit()</script>",
    "</script><script>hit()</script>",
    "</style><script>hit()</script>",
    "--><script>hit()</script>",
    "]]><script>hit()</script>",
    "</title><svg/onload=hit()>",
    "</textarea><img src=x onerror=hit()>",
    '"><img src=x onerror=hit()>',
    "'><img src=x onerror=hit()>",
    '" onmouseover="hit()" autofocus onfocus="hit()" x="',
    "' onclick='hit()' x='",
    "` onclick=hit() `",
    "<svg><animate onbegin=hit() attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=hit()>",
    "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "<iframe src=https://evil.example/></iframe>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example/><button>x</button></form>",
    "javascript:hit()",
    " javascript:hit()",
    "java\tscript:hit()",
    "JaVaScRiPt:hit()//http://",
    "data:text/html,<script>hit()</script>",
    "vbscript:hit()",
    'https://evil.example/"onclick=hit()//',
    "{{ 7 * 7 }}{% include 'page.css' %}",
    "${hit()}",
    "\\u003cscript>hit()\\u003c/script>",
    "&lt;script&gt;hit()&lt;/script&gt;",
    "&#x3c;script&#x3e;hit()&#x3c;/script&#x3e;",
    "a\u2028hit()\u2029b",
    "\u202etpircs\u2066\x00\x1b[31m\x9b2J",
    "\ud83d half",
    "__proto__",
    "constructor",
    "#claim=1&words=x",
    "evidence-1 claims",
)


def hostile(payload: str) -> Article:
    """Return an article with `payload` wherever an article or a claim has words."""
    text = f"{payload} moved {payload}\n\n{payload}"
    words = Span(
        payload, 0, len(payload), payload, Actor(payload, "RU", "person"),
        Place(payload, "LY", 25.0, 17.0, 1, "city"), Date(payload, "explicit"),
    )  # fmt: skip
    trigger = Span("moved", len(payload) + 1, len(payload) + 6)
    said = Source(payload, 0, len(payload), cue=words, resolved=payload)
    claim = Claim(
        claim_id(text, trigger),
        payload,
        trigger,
        Evidence(text.split("\n\n")[0], 0, text.index("\n\n") if "\n\n" in text else len(text), 0),
        **dict.fromkeys(ROLES, words),
        status_cue=words,
        sources=(said, said),
        rules=(payload,),
    )
    return Article(
        payload, text, url=payload, title=payload, publisher=payload, authors=(payload, payload), published=payload,
        retrieved_at=payload, sha256=payload, language=payload, claims=(claim,),
    )  # fmt: skip


def faults(page: str) -> list[str]:
    """Return what an HTML parser has to complain about."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(page)
    return [PARSE_ERRORS[code] % details for _, code, details in parser.errors]


def squeezed(text: str) -> str:
    """Return text without its white space."""
    return re.sub(r"\s+", "", text)
