"""From hand-written marks to gold claims: spans are quoted, never counted.

A document is a TOML file with a list of `claims`; gold articles also hold `origin` and `text`. A claim has a
`trigger`, the roles it fills, a `status` ("asserted" unless given) and its `sources`. Each span is a string:

    "Lublin"                         occurs once in the trigger's paragraph, or else once in the text
    "trucks [carried] at"            the span in brackets; the words around it say which occurrence is meant
    "the officials => US officials"  with the fullest name of the referent, as the article words it
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from claimx.records import ROLES, Span, Status
from claimx_training.scoring import GoldDocument, Marked

_KEYS = {"trigger", *ROLES, "status", "sources"}
_ARROW = " => "


class MarkError(ValueError):
    """A mark does not say, or says twice, where in the text it is."""


def read_document(path: Path, text: str | None = None) -> GoldDocument:
    """Return the marked document of a TOML file; `text` is what the marks refer to where the file has none."""
    source = tomllib.loads(path.read_text(encoding="utf-8"))
    if unknown := set(source) - {"origin", "text", "claims"}:
        raise MarkError(f"{path.name}: unknown key {sorted(unknown)[0]!r}")
    text = source.get("text", text)
    if text is None:
        raise MarkError(f"{path.name}: no text to mark")
    claims = []
    for claim in source["claims"]:
        try:
            claims.append(locate(claim, text))
        except MarkError as error:
            raise MarkError(f"{path.name}: {claim.get('trigger')!r}: {error}") from error
    return GoldDocument(path.stem, source.get("origin", path.stem), text, tuple(claims))


def locate(claim: Mapping[str, Any], text: str) -> Marked:
    """Return a claim whose marks have been found in the text."""
    if unknown := set(claim) - _KEYS:
        raise MarkError(f"unknown key {sorted(unknown)[0]!r}")
    status = claim.get("status", "asserted")
    if status not in get_args(Status):
        raise MarkError(f"unknown status {status!r}")
    trigger = _find(claim["trigger"], text, text)
    line_start = text.rfind("\n", 0, trigger.start) + 1
    line_end = text.find("\n", trigger.end)
    paragraph = text[line_start : line_end if line_end >= 0 else len(text)]
    return Marked(
        trigger=trigger,
        roles={role: _find(claim[role], text, paragraph, line_start) for role in ROLES if role in claim},
        status=status,
        sources=tuple(_find(mark, text, paragraph, line_start) for mark in claim.get("sources", ())),
    )


def to_gold(document: GoldDocument) -> dict[str, Any]:
    """Return a document as a row of a gold file: every role a key, offsets into `text`."""
    return {
        "id": document.id,
        "origin": document.origin,
        "text": document.text,
        "claims": [
            {
                "trigger": _wire(claim.trigger),
                **{role: _wire(claim.roles[role]) if role in claim.roles else None for role in ROLES},
                "status": claim.status,
                "sources": [_wire(source) for source in claim.sources],
            }
            for claim in document.claims
        ],
    }


def _find(mark: str, text: str, scope: str, offset: int = 0) -> Span:
    words, _, resolved = mark.partition(_ARROW)
    context, skip, wanted = words, 0, words
    if "[" in words:
        before, _, rest = words.partition("[")
        wanted, closed, after = rest.partition("]")
        if not closed:
            raise MarkError(f"{mark!r} lacks its closing bracket")
        context, skip = before + wanted + after, len(before)
    if resolved and resolved not in text:
        raise MarkError(f"{resolved!r} is not in the text")
    for place, start in ((scope, offset), (text, 0)):
        found = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(context)}(?!\w)", place)]
        if len(found) > 1:
            raise MarkError(f"{words!r} occurs {len(found)} times: add the words around it")
        if found:
            at = start + found[0] + skip
            return Span(wanted, at, at + len(wanted), resolved=resolved or None)
    raise MarkError(f"{words!r} is not in the text")


def _wire(span: Span) -> dict[str, Any]:
    row: dict[str, Any] = {"text": span.text, "start": span.start, "end": span.end}
    return row if span.resolved is None else {**row, "resolved": span.resolved}
