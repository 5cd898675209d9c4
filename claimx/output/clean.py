"""Article text on its way to people: it is data, so nothing in it may steer a terminal, a page or a spreadsheet."""

import re

_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
)
_SPACES = re.compile(r"[\s\x85\u2028\u2029]+")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NO_XML = re.compile("[\ufffe\uffff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return `text` on one line, without terminal sequences, control characters and direction marks.

    Whitespace runs become one space; a lone surrogate, which no encoding can hold, becomes U+FFFD.
    """
    text = _SPACES.sub(" ", _ESCAPES.sub("", text))
    return _SURROGATES.sub("\ufffd", _HIDDEN.sub("", text))


def clean_for_xml(text: str) -> str:
    """Return `text` as `clean` does, with U+FFFD for the two characters beyond those that XML cannot hold."""
    return _NO_XML.sub("\ufffd", clean(text))
