"""Nothing that is read crashes, hangs, reaches beyond itself, or harms other articles: the library."""

import os
import stat
import sys
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from website import Website

import claimx
from claimx.errors import SourceError, SourceNotFound, SourceUnreadable
from claimx.records import Article, Span
from claimx.sources import Raw, expand, read_source, understand
from claimx.sources.limits import MAX_CHARACTERS, MAX_WORDS, page_excess, slimmed, text_excess
from nasties.inputs import MORE, NEEDLE, PAGES, TEXTS, page, xhtml

REFUSED = {
    "nested deep": "a page of more than 100,000 tags",
    "many attributes": "an element with more than 1,000 attributes",
    "many paragraphs": "a page of more than 100,000 tags",
    "many links": "a page of more than 100,000 tags",
    "many comments": "a page of more than 100,000 tags",
    "open comments": "a page of more than 100,000 tags",
    "open angle brackets": "a page of more than 100,000 tags",
    "open tags": "a page of more than 100,000 tags",
    "long paragraph": "longer than 50,000 words",
    "long title": "longer than 50,000 words",
    "separators in the title": "longer than 50,000 words",
    "long word": "longer than 1,000,000 characters",
    "NUL bytes": "a binary file",
    "control characters": "a binary file",
    "empty": "empty; nothing to read",
    "no letters": "no words in it",
    "too long": "longer than 50,000 words",
    "too many characters": "longer than 1,000,000 characters",
    "a sentence without end": "longer than 50,000 words",
    "a line without end": "longer than 50,000 words",
}
EITHER = {"nested deep before", "character references", "quadratic entity", "combining", "apostrophes"}  # text or error


@pytest.mark.parametrize("name", PAGES)
def test_pages_give_their_article_or_an_error(name: str) -> None:
    check(Raw("x", PAGES[name](), "html"), name)


@pytest.mark.parametrize("name", TEXTS)
def test_texts_give_themselves_or_an_error(name: str) -> None:
    check(Raw("x", TEXTS[name](), "text"), name)


def check(raw: Raw, name: str) -> None:
    try:
        article = understand(raw)
    except SourceUnreadable as error:
        assert "\n" not in str(error)  # noqa: PT017
        assert name in EITHER or REFUSED[name] in str(error)  # noqa: PT017
    else:
        assert name not in REFUSED
        assert "moved" in article.text.lower().replace("\u200b", "") or name in EITHER or raw.kind == "text"
        assert len(article.text) <= MAX_CHARACTERS


@pytest.mark.parametrize("name", [name for name in TEXTS if name not in REFUSED])
def test_what_is_found_in_texts_is_in_them(name: str, nlp: Language) -> None:
    try:
        article = understand(Raw("x", TEXTS[name](), "text"))
    except SourceUnreadable:
        assert name in EITHER
        return
    found = claimx.extract(article, nlp=nlp)
    for span in spans(found):
        assert found.text[span.start : span.end] == span.text


def spans(article: Article) -> Iterator[Span]:
    for claim in article.claims:
        yield claim.trigger
        yield from (span for span in (claim.who, claim.what, claim.origin, claim.destination, claim.when) if span)
    for attribution in article.attributions:
        yield from attribution.content


@settings(max_examples=100)
@given(st.binary(max_size=400), st.sampled_from(["html", "text", None]))
def test_any_bytes_are_read_or_refused(data: bytes, kind: str | None) -> None:
    for raw in (data, page().replace(b"<p>", b"<p>" + data), data + page()):
        try:
            understand(Raw("x", raw, kind))  # type: ignore[arg-type]
        except SourceUnreadable as error:
            assert "\n" not in str(error)  # noqa: PT017


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=[]), max_size=200))
def test_claims_beside_any_text_have_true_offsets(nlp: Language, text: str) -> None:
    article = Article("x", f"{text}\n\n{NEEDLE}\n\n{text} {MORE}")
    found = claimx.extract(article, nlp=nlp)
    assert len(found.text) == len(article.text)
    for span in spans(found):
        assert found.text[span.start : span.end] == span.text


@pytest.mark.parametrize("text", [f"\ud800 {NEEDLE}", NEEDLE.replace("trucks", "tru\udfffcks")])
def test_what_no_file_can_hold_is_marked(nlp: Language, text: str) -> None:
    found = claimx.extract(claimx.read(text), nlp=nlp)
    assert found.text == text.replace("\ud800", "\ufffd").replace("\udfff", "\ufffd")
    assert [claim.trigger.text for claim in found.claims] == ["moved"]


CANARY = "The canary sang in the cellar on Monday."


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[list[str]]:
    """The files and addresses that Python code opens while the test runs, as far as they lie in the test's folder."""
    names: list[str] = []
    running = [True]

    def hook(event: str, details: tuple[object, ...]) -> None:
        if running and event in ("open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.exec"):
            names.append(f"{event} {details}")

    sys.addaudithook(hook)  # there is no way to remove one
    yield names
    running.clear()


def reaching(file: str, url: str) -> dict[str, bytes]:
    """Return pages that would have a file and an address read, each in another way."""
    tries = {}
    for name, target in (("file", file), ("address", url)):
        tries |= {
            f"entity of a {name}": xhtml(f'<!ENTITY x SYSTEM "{target}">', "&x;"),
            f"parameter entity of a {name}": xhtml(f'<!ENTITY % x SYSTEM "{target}"> %x;', "&y;"),
            f"public entity of a {name}": xhtml(f'<!ENTITY x PUBLIC "a" "{target}">', "&x;"),
            f"document type of a {name}": page().replace(
                b"<!DOCTYPE html>", f'<!DOCTYPE html SYSTEM "{target}">'.encode()
            ),
            f"inclusion of a {name}": page(
                f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{target}" parse="text"/>'
            ),
            f"style sheet of a {name}": f'<?xml version="1.0"?><?xml-stylesheet href="{target}"?>'.encode() + page(),
            f"frame of a {name}": page(f'<iframe src="{target}"></iframe><object data="{target}"></object>'),
            f"image of a {name}": page(
                f'<img src="{target}"><video src="{target}"><link rel="stylesheet" href="{target}">'
            ),
            f"refresh to a {name}": page(head=f'<meta http-equiv="refresh" content="0;url={target}">'),
            f"base in a {name}": page('<a href="x">x</a>', head=f'<base href="{target}">'),
            f"canonical {name}": page(
                head=f'<link rel="canonical" href="{target}"><link rel="amphtml" href="{target}">'
            ),
            f"JSON-LD of a {name}": page(
                head=f'<script type="application/ld+json">{{"@context":"{target}","@type":"Article","url":"{target}",'
                f'"@id":"{target}","mainEntityOfPage":"{target}","author":{{"@id":"{target}"}}}}</script>'
            ),
        }
    return tries


@pytest.mark.parametrize("name", reaching("", ""))
def test_nothing_in_a_page_has_anything_else_read(
    name: str, tmp_path: Path, website: Website, opened: list[str]
) -> None:
    (tmp_path / "canary.txt").write_text(CANARY)
    understand(Raw("x", page(), "html"))  # what is imported and loaded at first is no answer to the page
    opened.clear()
    data = reaching((tmp_path / "canary.txt").as_uri(), website.url("/page"))[name]
    article = understand(Raw("x", data, "html"))
    assert NEEDLE in article.text
    assert "canary" not in article.text
    assert website.requests == []
    ours = (sys.prefix, sys.base_prefix, str(Path(claimx.__file__).parent))  # modules and lists of libraries
    assert [event for event in opened if not any(folder in event for folder in ours)] == []


def test_the_spy_sees_what_is_opened(tmp_path: Path, website: Website, opened: list[str]) -> None:
    (tmp_path / "canary.txt").write_text(CANARY)
    opened.clear()
    assert claimx.read(str(tmp_path / "canary.txt")).text == CANARY
    claimx.read(website.url("/page"))
    assert any("canary.txt" in event for event in opened)
    assert any("socket.connect" in event for event in opened)
    assert website.asked("/page") == 1


def test_the_laughs_stay_few() -> None:
    tracemalloc.start()
    try:
        understand(Raw("x", PAGES["entity bomb"](), "html"))
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_file_of_50_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        for _ in range(50):
            file.write(b"Troops left Tarnow. " * 50_000)
    assert path.stat().st_size == 50_000_000
    tracemalloc.start()
    try:
        with pytest.raises(SourceUnreadable, match="larger than 20,000,000 bytes"):
            read_source(str(path))
        assert tracemalloc.get_traced_memory()[1] < 45_000_000
    finally:
        tracemalloc.stop()


def test_limits_have_two_sides() -> None:
    assert text_excess("word " * MAX_WORDS) is None
    assert text_excess("word " * (MAX_WORDS + 1)) == "longer than 50,000 words"
    assert text_excess("“" * (MAX_WORDS + 1)) == "longer than 50,000 words"
    assert page_excess("<p>" * 100_000) is None
    assert page_excess(f"<p {' '.join(f'a{n}' for n in range(990))}>" + " " * 2000) is None
    assert page_excess(f"<p {' '.join(f'a{n}=' + chr(34) + '>' + chr(34) for n in range(1001))}>") is not None
    assert page_excess(f"<p data-x='{' a=1' * 5000}'>") is None, "one attribute, whatever is in it"


def test_images_inside_a_page_and_its_data_do_not_count() -> None:
    heavy = page(f'<img src="data:image/png;base64,{"iVBOR/+=" * 500_000}"><SCRIPT>{"{}," * 300_000}</SCRIPT>').decode()
    slim = slimmed(heavy)
    assert len(slim) < 1000
    assert slimmed(slim) == slim
    assert understand(Raw("x", heavy.encode(), "html")).text == understand(Raw("x", page(), "html")).text
    kept = f"<script>{'x' * 1000}</script>{'<p>İ data: that is no image</p>' * 12_000}"
    assert slimmed(kept) == kept


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_pipes_are_passed_over_in_folders_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text(NEEDLE)
    assert list(expand([str(tmp_path)])) == [str(tmp_path / "a.txt")]
    with pytest.raises(SourceUnreadable, match="empty; nothing to read"):
        read_source(str(tmp_path / "pipe.txt"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_that_somebody_writes_to_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    reader = os.open(tmp_path / "pipe.txt", os.O_RDONLY | os.O_NONBLOCK)  # so that the writer can open it
    writer = os.open(tmp_path / "pipe.txt", os.O_WRONLY)
    threading.Timer(0.1, lambda: (os.write(writer, NEEDLE.encode()), os.close(writer))).start()
    assert read_source(str(tmp_path / "pipe.txt")).text == NEEDLE
    os.close(reader)


def test_links_that_lead_in_circles_or_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    (tmp_path / "c.txt").symlink_to("gone.txt")
    (tmp_path / "d.txt").write_text(NEEDLE)
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    names = [str(name) for name in expand([str(tmp_path)])]
    assert names == [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt", "d.txt")]
    for name, error in zip(names, (SourceUnreadable, SourceUnreadable, SourceNotFound), strict=False):
        with pytest.raises(error):
            read_source(name)
    assert read_source(names[3]).text == NEEDLE


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero on this system")
def test_a_device_without_end_has_one_here() -> None:
    with pytest.raises(SourceError, match="larger than"):
        read_source("/dev/zero")


def test_a_socket_is_no_file(tmp_path: Path) -> None:
    import socket

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s.txt"))
        assert stat.S_ISSOCK((tmp_path / "s.txt").stat().st_mode)
        with pytest.raises(SourceUnreadable, match="cannot be read"):
            read_source(str(tmp_path / "s.txt"))
