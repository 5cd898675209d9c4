"""Bytes to text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx.sources.decoding import declared_charset, decode, describe_binary, looks_like_html

NEWS = "“We don’t know where the radars went,” the minister said – and a café owner in Zürich, José Núñez, agreed.\r\n"


@given(st.text())
def test_utf8_comes_back_unchanged(text: str) -> None:
    data = text.encode()
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        assert decode(data) == text


@given(st.binary())
def test_any_bytes_decode_to_something_utf8_can_hold(data: bytes) -> None:
    decode(data, "ascii").encode("utf-8")


def test_a_utf8_mark_stays_so_that_offsets_do_not_shift() -> None:
    assert decode(codecs.BOM_UTF8 + b"Troops left.") == "\ufeffTroops left."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "cp1252"])
def test_english_news_in_the_usual_charsets(encoding: str) -> None:
    assert decode(NEWS.encode(encoding)) == NEWS


def test_a_declared_charset_is_believed_where_it_fits() -> None:
    assert decode("Łódź".encode("iso-8859-2"), "iso-8859-2") == "Łódź"


@pytest.mark.parametrize("label", ["no-such-charset", "base64", "utf-8", "", None])
def test_a_declared_charset_that_does_not_fit_is_not(label: str | None) -> None:
    assert decode(NEWS.encode("cp1252"), label) == NEWS


def test_latin1_means_windows_1252_as_in_browsers() -> None:
    assert decode(NEWS.encode("cp1252"), "iso-8859-1") == NEWS


def test_utf8_with_a_bad_byte_stays_utf8() -> None:
    assert decode(NEWS.encode() + b"\xff tail") == NEWS + "\ufffd tail"


def test_another_alphabet_is_guessed() -> None:
    russian = "Россия начала вывозить военную технику из Сирии в Ливию, сообщили официальные лица. " * 4
    assert decode(russian.encode("cp1251")) == russian


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive or an office document"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (bytes(range(256)) * 4, "a binary file"),
        ("No byte-order mark".encode("utf-16-le"), "a binary file"),
        (b"Troops left Tarnow.\n", None),
        (NEWS.encode("cp1252"), None),
        (NEWS.encode("utf-16"), None),
        (b"Troops \x1b[31mleft\x1b[0m Tarnow with all the radars they had, and one stray\x00NUL.", None),
    ],
)
def test_binary_is_told_from_text(data: bytes, what: str | None) -> None:
    assert describe_binary(data) == what


@pytest.mark.parametrize(
    ("data", "html"),
    [
        (b"<!DOCTYPE html><html><body>x", True),
        (b"\xef\xbb\xbf \n<!-- saved from url --><html lang=en>", True),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-'>", True),
        ("<!doctype html><p>x".encode("utf-16"), True),
        (b"<div><p>Troops left.</p></div>", True),
        (b"Troops left <b>Tarnow</b>.", False),
        (b"He wrote <p> where he meant a paragraph.", False),
        (b"if a < b and c > d: troops left", False),
        (b"", False),
    ],
)
def test_html_is_told_from_text(data: bytes, html: bool) -> None:
    assert looks_like_html(data) is html


def test_looking_takes_no_time_on_hostile_input() -> None:
    assert not looks_like_html(b"<!-- x -->" * 6000 + b"text")
    assert not looks_like_html(b"<p" * 30_000)


@pytest.mark.parametrize(
    ("html", "charset"),
    [
        (b'<meta charset="windows-1252">', "windows-1252"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=KOI8-R">', "KOI8-R"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?>', "iso-8859-2"),
        (b"<p>charset=none</p>", None),
    ],
)
def test_declared_charset(html: bytes, charset: str | None) -> None:
    assert declared_charset(html) == charset
