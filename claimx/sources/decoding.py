"""From bytes to text: which charset, and whether it is text at all."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # UTF-32 first: its little-endian mark begins with UTF-16's

_SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "gzip-compressed",
}

_CONTROLS = bytes([*range(0, 7), *range(14, 27), *range(28, 32), 127])
_SAMPLE = 65_536
_BINARY_SHARE = 0.03  # random bytes hold some 10 % of control characters, text holds none

_HTML_START = re.compile(rb"\s*(?><!--.*?-->\s*|<\?xml[^>]*>\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_HTML_TAGS = re.compile(rb"<(?:p|div|article|section|main|table|span|h[1-6]|br|a\s+href)\b[^<>]*>", re.I)
_CLOSING_TAG = re.compile(rb"</(?:p|div|article|section|main|table|span|h[1-6]|a)\s*>", re.I)
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]*encoding=[\"']([\w.:-]+)", re.I
)


def describe_binary(data: bytes) -> str | None:
    """Return what `data` is, in words, where it is no text; None where it may be text."""
    for signature, words in _SIGNATURES.items():
        if data.startswith(signature):
            return words
    if bom_encoding(data):
        return None
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return "a binary file" if controls > _BINARY_SHARE * len(sample) else None


def bom_encoding(data: bytes) -> str | None:
    """Return the UTF-16 or UTF-32 codec that a byte-order mark announces, or None."""
    return next((name for bom, name in _BOMS if data.startswith(bom)), None)


def looks_like_html(data: bytes) -> bool:
    """Tell HTML from text by looking: a document's opening tags, or HTML elements both opened and closed."""
    head = data[:_SAMPLE].removeprefix(codecs.BOM_UTF8)
    if encoding := bom_encoding(head):
        head = head.decode(encoding, "ignore").encode()
    return bool(_HTML_START.match(head) or (_HTML_TAGS.search(head) and _CLOSING_TAG.search(head)))


def declared_charset(data: bytes) -> str | None:
    """Return the charset that an HTML page declares about itself in its first 4 kB, or None."""
    found = _META_CHARSET.search(data[:4096])
    return (found[1] or found[2]).decode("ascii", "ignore") if found else None


def decode(data: bytes, *declared: str | None) -> str:
    """Return `data` as text, every character kept: newlines untranslated, a UTF-8 byte-order mark as U+FEFF.

    UTF-8 wins where it fits, whatever was declared; then the declared charsets in order; then UTF-8 with a few
    bad bytes; then Windows-1252, which is what English text outside UTF-8 almost always is; then a guess by
    charset-normalizer. Never fails.
    """
    if encoding := bom_encoding(data):
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for charset in declared:
        if charset and (text := _try(data, charset)) is not None:
            return text
    lenient = data.decode("utf-8", "replace")
    bad = lenient.count("\ufffd")
    if sum(char > "\x7f" for char in lenient) > 2 * bad:
        return lenient
    high = sum(byte > 0x7F for byte in data)
    if high < 0.1 * len(data) and (text := _try(data, "windows-1252")) is not None:
        return text
    import charset_normalizer

    best = charset_normalizer.from_bytes(data).best()
    return str(best) if best is not None else data.decode("windows-1252", "replace")


def _try(data: bytes, charset: str) -> str | None:
    # browsers read these labels as Windows-1252, and pages rely on it
    if charset.lower() in {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"}:
        charset = "windows-1252"
    try:
        return data.decode(charset)
    except (LookupError, UnicodeError, ValueError):  # an unknown label, or bytes that do not fit it
        return None
