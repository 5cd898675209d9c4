"""Bytes that nobody should have to read, by name; each is made anew when it is asked for.

`PAGES` are HTML, `TEXTS` plain text. All hold `NEEDLE` somewhere, or nothing that can be read.
"""

from collections.abc import Callable

NEEDLE = "The army moved thirty trucks from Tarnow to Weststadt on Monday, two officials said."
MORE = "Nobody saw them leave the harbour at night, one of the officials told reporters on Tuesday."

Maker = Callable[[], bytes]


def page(body: str = "", *, head: str = "", title: str = "Convoy leaves town") -> bytes:
    """Return an HTML page with the needle in it."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><article><h1>{title}</h1><p>{NEEDLE}</p><p>{MORE}</p>{body}</article></body></html>"
    ).encode("utf-8", "surrogatepass")


def json_ld(text: str) -> bytes:
    """Return a page with this in its JSON-LD script."""
    return page(head=f'<script type="application/ld+json">{text}</script>')


def xhtml(dtd: str, body: str) -> bytes:
    """Return an XHTML page with a document type of its own."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html [{dtd}]>'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Convoy leaves town</title></head>'
        f"<body><p>{NEEDLE}</p><p>{MORE}</p><p>{body}</p></body></html>"
    ).encode()


def billion_laughs(levels: int = 30) -> str:
    """Return entity declarations of which the last unfolds to ten to the power of `levels` words."""
    lines = ['<!ENTITY l0 "lol">']
    lines += [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels)]
    return "".join(lines)


PAGES: dict[str, Maker] = {
    "cut in a tag": lambda: page()[:-40],
    "cut in an attribute": lambda: page('<a href="http://example.org/')[:-30],
    "cut in a character": lambda: page("<p>café").partition("é".encode())[0] + b"\xc3",
    "cut in a script": lambda: page("<script>var a = '"),
    "nested deep": lambda: page("<div>" * 100_000 + "x" + "</div>" * 100_000),
    "nested quite deep": lambda: page("<div>" * 45_000 + "x" + "</div>" * 45_000),
    "nested deep before": lambda: b"<html><body>" + b"<div>" * 100_000 + page(),
    "nested inline": lambda: page("<b><i>" * 45_000 + "x"),
    "nested lists": lambda: page("<ul><li>" * 45_000 + "x"),
    "nested tables": lambda: page("<table><tr><td>" * 20_000 + "x"),
    "nested quotations": lambda: page("<blockquote>" * 50_000 + "x"),
    "huge attribute": lambda: page(f'<p class="{"x" * 500_000}">end</p>'),
    "many attributes": lambda: page(f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>end</p>"),
    "many paragraphs": lambda: page("<p>word</p>" * 100_000),
    "many links": lambda: page('<a href="/x">Home</a> ' * 100_000),
    "many meta tags": lambda: page(head='<meta property="og:title" content="x">' * 10_000),
    "many comments": lambda: page("<!-- x -->" * 200_000),
    "open comments": lambda: page("<!--" * 200_000),
    "open angle brackets": lambda: page("<" * 500_000),
    "open tags": lambda: page("<p" * 200_000),
    "open scripts": lambda: page(head="<script" * 90_000),
    "NUL bytes": lambda: page("\0" * 1000 + "<p>a\0b</p>"),
    "control characters": lambda: page("".join(map(chr, range(1, 32))) * 10),
    "character references": lambda: page("&#0;&#x1b;[31m&#xd800;&#x110000;&#99999999999;&nosuch;&amp" * 1000),
    "entity bomb": lambda: xhtml(billion_laughs(), "&l29;"),
    "quadratic entity": lambda: xhtml(f'<!ENTITY a "{"x" * 100_000}">', "&a;" * 10_000),
    "external entity": lambda: xhtml('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
    "parameter entity": lambda: xhtml('<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;', "&y;"),
    "unknown charset": lambda: page().replace(b"utf-8", b"x-no-such-charset"),
    "wrong charset": lambda: page("<p>café “x” – Łódź</p>").replace(b"utf-8", b"utf-16"),
    "charset of a codec that is none": lambda: page("<p>é</p>").replace(b"utf-8", b"base64"),
    "mojibake": lambda: page("<p>" + "“café” – Łódź".encode().decode("cp1252", "replace") + "</p>"),
    "half UTF-16": lambda: page().decode().encode("utf-16")[:-1],
    "escapes in the title": lambda: page(title="\x1b]0;owned\x07\x1b[2J\x9b31mConvoy leaves town"),
    "markup in the title": lambda: page(title="[red]Convoy[/] [link=file:///etc]leaves[/link] [sic] [/]"),
    "long title": lambda: page(title="Convoy " * 100_000),
    "long paragraph": lambda: page(f"<p>{'the trucks left and ' * 20_000}</p>"),
    "long word": lambda: page(f"<p>{'x' * 1_000_000}</p>"),
    "spaces": lambda: page(" \n\t\u00a0\u200b" * 200_000),
    "separators in the title": lambda: page(title=" - " * 100_000),
    "refresh": lambda: page(head='<meta http-equiv="refresh" content="0;url=file:///etc/passwd">'),
    "base": lambda: page('<img src="x"><iframe src="x">', head='<base href="file:///etc/">'),
    "link to a script": lambda: page(head='<link rel="canonical" href="javascript:alert(1)">'),
    "SVG": lambda: page("<svg>" * 10_000),
    "frames": lambda: page("<iframe><frameset><noframes><noscript><template>" * 5_000),
    "JSON-LD deep": lambda: json_ld('{"@graph":[' * 100_000),
    "JSON-LD deep and whole": lambda: json_ld('{"@graph":[' * 5_000 + "]}" * 5_000),
    "JSON-LD huge": lambda: json_ld('{"@type":"NewsArticle","headline":"' + "x" * 5_000_000 + '"}'),
    "JSON-LD broken": lambda: json_ld('{"@type":"NewsArticle","headline":"Con\nvoy", "author": [{"name": },]}'),
    "JSON-LD broken and long": lambda: json_ld('{"@type":"NewsArticle","author":"name":' * 20_000),
    "JSON-LD of persons": lambda: json_ld('"Person" "name' * 50_000),
    "JSON-LD many nodes": lambda: json_ld("[" + '{"@type":"NewsArticle"},' * 100_000 + "{}]"),
    "JSON-LD wrong types": lambda: json_ld(
        '{"@type":["NewsArticle",3,null],"headline":{"a":1},"author":[[["x"]],7,{"name":{"name":1}},{"@id":[]}],'
        '"publisher":[],"datePublished":20241219,"url":{"@id":5},"mainEntityOfPage":true,"@id":{}}'
    ),
    "JSON-LD numbers": lambda: json_ld('{"@type":"NewsArticle","datePublished":' + "9" * 100_000 + "}"),
    "JSON-LD impossible date": lambda: json_ld('{"@type":"NewsArticle","datePublished":"2024-13-45T99:99:99+99:99"}'),
    "JSON-LD escapes": lambda: json_ld(
        '{"@type":"NewsArticle","headline":"\\u001b[31mConvoy\\u0000","author":"\\ud800 =1+1","publisher":"[red]x[/]"}'
    ),
    "JSON-LD surrogates": lambda: json_ld('{"@type":"NewsArticle","headline":"\\ud800 Convoy","author":"\\udfff"}'),
    "JSON-LD loop": lambda: json_ld('{"@type":"NewsArticle","@id":"a","author":{"@id":"a"},"publisher":{"@id":"a"}}'),
}

TEXTS: dict[str, Maker] = {
    "escapes": lambda: f"\x1b[31m{NEEDLE}\x1b]0;owned\x07 \x9b2J\x1bP+q\x1b\\ \x90x\x9c\n".encode(),
    "control characters": lambda: (NEEDLE + "".join(map(chr, [*range(1, 32), *range(127, 160)])) + MORE).encode(),
    "NUL": lambda: f"{NEEDLE}\0\n{MORE}\0".encode(),
    "rich markup": lambda: f"[red]{NEEDLE}[/] [sic] [/red] [link=file:///etc/passwd]x[/link] [/] [[ ]] {MORE}".encode(),
    "formulas": lambda: (
        f'=HYPERLINK("http://x","y") +1 -1 @SUM(A1)\t\r{NEEDLE}\n=1+1 moved from Tarnow to B.'
    ).encode(),
    "markup": lambda: f"<script>alert(1)</script> & {NEEDLE} <!-- --> ]]> </table>".encode(),
    "right to left": lambda: f"\u202e{NEEDLE}\u202c العربية moved from Tarnow to עברית \u2066x\u2069 \u200f.".encode(),
    "combining": lambda: ("Z" + "\u0300\u0489\u20e3" * 100 + f" {NEEDLE} " + "e\u0301" * 100).encode(),
    "zero width": lambda: NEEDLE.replace("o", "o\u200b").replace("t", "t\u00ad").replace("a", "\u2060a").encode(),
    "zero width between words": lambda: NEEDLE.replace(" ", " \u200b\u200d\ufeff ").encode(),
    "lone surrogates": lambda: f"{NEEDLE} \ud83d \udc00 {MORE}".encode("utf-8", "surrogatepass"),
    "emoji": lambda: (f"{NEEDLE} " + "👩‍👩‍👧‍👦🏳️‍🌈" * 50).encode(),
    "strange spaces": lambda: NEEDLE.replace(" ", "\u2003\u00a0\u3000").encode(),
    "strange lines": lambda: NEEDLE.replace(" ", " \u2028").encode() + b"\x0b\x0c\x1c\x1d\x1e\xc2\x85",
    "line ends": lambda: (NEEDLE + "\r\r\n\n\r" + MORE).encode(),
    "no letters": lambda: b"... --- !!! ???\n" * 1000,
    "digits": lambda: b"1 2 3 4 5 6 7 8 9 0 " * 50,
    "quotation marks": lambda: ("“‘\"'" * 400 + NEEDLE).encode(),
    "open quotations": lambda: (f"“{NEEDLE} " * 40).encode(),
    "brackets": lambda: ("(" * 400 + NEEDLE + ")" * 400).encode(),
    "full stops": lambda: ("." * 20_000 + NEEDLE).encode(),
    "commas": lambda: ("the trucks, " * 300 + NEEDLE).encode(),
    "said and said": lambda: ("officials said that " * 300 + NEEDLE).encode(),
    "moved and moved": lambda: ("moved from Tarnow to Weststadt and " * 100 + NEEDLE).encode(),
    "of and of": lambda: ("the trucks " + "of the army " * 300 + "moved to Tarnow.").encode(),
    "names": lambda: ("Ada Lind, Bo Rask and " * 100 + NEEDLE).encode(),
    "pronouns": lambda: ("They moved it to them and he said that she did. " * 50).encode(),
    "dates": lambda: ("on Monday, 16 December 2024, " * 100 + NEEDLE).encode(),
    "short sentences": lambda: ("They left. " * 200).encode(),
    "one long word": lambda: ("x" * 300_000 + " " + NEEDLE).encode(),
    "one long address": lambda: (f"https://example.org/{'a/' * 300} {NEEDLE}").encode(),
    "hyphens": lambda: ("a-" * 300 + NEEDLE).encode(),
    "apostrophes": lambda: ("a'" * 300 + NEEDLE).encode(),
    "blank lines": lambda: (NEEDLE + "\n" * 200_000 + MORE).encode(),
    "spaces": lambda: (NEEDLE + " " * 300_000 + MORE).encode(),
    "capitals": lambda: (NEEDLE.upper() + " ").encode() * 20,
    "empty": lambda: b"",
    "a byte": lambda: b"x",
    "too long": lambda: (NEEDLE + " ").encode() * 11_000,
    "too many characters": lambda: NEEDLE.encode() + b" " * 1_100_000,
    "a sentence without end": lambda: b"the army moved trucks and " * 20_000,
    "a line without end": lambda: (MORE + " ").encode() * 5_000,
}
