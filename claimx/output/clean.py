"""What comes from outside on its way to people: articles, file names, rule packs, stores, servers' words.

It is data, so nothing in it may steer a terminal, a page or a spreadsheet, or hide in what is shown. Everything that
claimx prints goes through `clean`.
"""

import re
from typing import Any

_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
)
_SPACES = re.compile(r"[\s\x85\u2028\u2029]+")
_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_NO_XML = re.compile("[\ufffe\uffff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return `text` on one line, without terminal sequences, control characters, direction marks, zero-width signs.

    Whitespace runs become one space; a lone surrogate, which no encoding can hold, becomes U+FFFD.
    """
    text = _SPACES.sub(" ", _ESCAPES.sub("", text))
    return _SURROGATES.sub("\ufffd", _HIDDEN.sub("", text))


def web_address(url: str | None) -> str | None:
    """Return an http(s) address on one line, None for anything else: a link in an article may say `javascript:`."""
    address = clean(url or "").strip()
    return address if address.lower().startswith(("http://", "https://")) else None


def without_surrogates(value: Any) -> Any:
    """Return data as JSON has it, with U+FFFD for lone surrogates, whose escapes strict readers refuse."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: without_surrogates(held) for key, held in value.items()}
    return [without_surrogates(held) for held in value] if isinstance(value, list) else value


def clean_for_xml(text: str) -> str:
    """Return `text` as `clean` does, with U+FFFD for the two characters beyond those that XML cannot hold."""
    return _NO_XML.sub("\ufffd", clean(text))
