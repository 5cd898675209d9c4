"""How names are written: determiners, quotation marks, possessives, what is joined by *and*."""

import re
from collections.abc import Iterator
from typing import Final

COORDINATION: Final = re.compile(r"\s(?:and|or|as well as)\s|\s&\s|/")
POSSESSIVE: Final = re.compile(r"^(.+?)(?:'s|(?<=s)')\s+(.+)$")
_DETERMINER: Final = re.compile(r"(?:the|a|an|this|that|these|those|its|their|his|her|our|my|your)\s+", re.I)
_QUOTES: Final = '"“”‘’«» \t\n.,;:()'


def head(bare: str) -> str:
    """Return a noun phrase up to what follows its head."""
    return re.split(r"\s(?:of|in|from|at|for|on|who|with|to)\s|,\s", bare)[0]


def singulars(noun: str) -> Iterator[str]:
    for ending, singular in (("men", "man"), ("ies", "y"), ("es", ""), ("s", "")):
        if noun.endswith(ending) and len(noun) > len(ending):
            yield noun[: -len(ending)] + singular


def clean(text: str) -> str:
    ends_in_initials = re.search(r"(?:^|\W)(?:[A-Z]\.){2,}$", text.strip())
    return " ".join(text.replace("’", "'").strip(_QUOTES).split()) + ("." if ends_in_initials else "")


def plain(text: str) -> str:
    """Return a name without its determiner."""
    match = _DETERMINER.match(text)
    return text[match.end() :] if match else text


def capitalised(text: str) -> bool:
    return bool(text) and text[0].isupper()
