"""Articles that claimx has analysed before, read back from the JSON it wrote, as far as they are what it writes."""

import json
import math
from collections.abc import Iterator
from typing import Any, NoReturn

from claimx.errors import SourceUnreadable
from claimx.records import Article, Place
from claimx.sources import files, limits

SUFFIXES = (".json", ".jsonl", ".ndjson")
"""The suffixes of files that hold articles with their claims."""

MAX_BYTES = 1_000_000_000
"""Bytes of such a file: some hundred thousand articles."""


def is_saved(source: str) -> bool:
    """Return whether a source names a file of analysed articles, by its suffix."""
    return source.lower().endswith(SUFFIXES) and "://" not in source


def read_saved(source: str) -> Iterator[Article]:
    """Yield the articles of a file, as `extract -f json` or, one a line, `batch` wrote it; nothing is analysed again.

    Raises SourceNotFound where there is no such file, SourceUnreadable where it holds something else, or more than an
    article may hold.
    """
    from pydantic import TypeAdapter, ValidationError  # slow to load, and most commands read no such file

    adapter = TypeAdapter(Article)
    for number, wire in enumerate(_wires(source, files.read_utf8(source, MAX_BYTES)), 1):
        if not isinstance(wire, dict) or "text" not in wire or "claims" not in wire:
            claims = isinstance(wire, dict) and "trigger" in wire
            remedy = "these are claims; write them with -f json" if claims else "give what extract -f json wrote"
            raise SourceUnreadable(source, f"entry {number} is no article with its text and claims; {remedy}")
        if excess := limits.wire_excess(wire):
            raise SourceUnreadable(source, f"article {number} has {excess}; claimx compares articles, leave it out")
        try:
            article = adapter.validate_python(wire)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part)[:100] for part in first["loc"])
            raise SourceUnreadable(source, _unlike(number, f"{where}: {first['msg']}")) from error
        if fault := find_fault(article):
            raise SourceUnreadable(source, _unlike(number, fault))
        yield article


def read_head(source: str) -> dict[str, Any] | None:
    """Return what a document says of the language model behind it, None for a file with a line for each article."""
    try:
        document = _parse(files.read_utf8(source, MAX_BYTES))
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or not isinstance(document.get("articles"), list):
        return None
    model = document.get("model")
    return model if isinstance(model, dict) else {}


def find_fault(article: Article) -> str | None:
    """Return what no article that claimx analysed could say, or None: a number or an offset that is none."""
    for claim in article.claims:
        if not 0 <= claim.confidence <= 1:  # NaN is neither
            return f"claim {claim.id[:20]}: a confidence of {claim.confidence:g}"
        if claim.evidence.paragraph < 0:
            return f"claim {claim.id[:20]}: a paragraph below zero"
        spans = [*claim.fillers().values()]
        for span in (claim.trigger, claim.evidence, *spans, claim.status_cue, *claim.sources):
            if span is not None and not 0 <= span.start <= span.end <= len(article.text):
                return f"claim {claim.id[:20]}: words from {span.start} to {span.end}, which the text does not have"
        if any(span.place and not _is_on_earth(span.place) for span in spans):
            return f"claim {claim.id[:20]}: a place that is not on earth"
    for attribution in article.attributions:
        for one in (attribution.source, attribution.cue, *attribution.content):
            if one is not None and not 0 <= one.start <= one.end <= len(article.text):
                return f"an attribution: words from {one.start} to {one.end}, which the text does not have"
        if not attribution.content:
            return "an attribution without content"
    return None


def _is_on_earth(place: Place) -> bool:
    return (place.lat is None or abs(place.lat) <= 90) and (place.lon is None or abs(place.lon) <= 180)  # NaN is not


def _unlike(number: int, fault: str) -> str:
    return f"article {number} is not as claimx writes them ({fault}); extract it again"


def _wires(source: str, text: str) -> Iterator[Any]:
    """Yield what stands for articles in a document or, where each line is a document of its own, in each line."""
    try:
        document = _parse(text)
    except (ValueError, RecursionError) as error:
        if isinstance(error, _NoNumber):
            raise SourceUnreadable(source, f"{error}; give what claimx wrote") from error
        yield from _lines(source, text)
        return
    is_document = isinstance(document, dict) and isinstance(document.get("articles"), list)
    yield from document["articles"] if is_document else [document]


def _lines(source: str, text: str) -> Iterator[Any]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield _parse(line)
            except (ValueError, RecursionError) as error:
                fault = f"not JSON ({error})" if isinstance(error, _NoNumber) else "not JSON"
                raise SourceUnreadable(source, f"line {number} is {fault}; give what claimx wrote, whole") from error


class _NoNumber(ValueError):
    """A number that JSON does not have, or that Python would take for infinite."""


def _parse(text: str) -> Any:
    return json.loads(text, parse_constant=_refuse, parse_float=_finite)


def _refuse(constant: str) -> NoReturn:
    raise _NoNumber(f"{constant} is no number in JSON")


def _finite(digits: str) -> float:
    if not math.isfinite(number := float(digits)):
        raise _NoNumber(f"{digits[:20]} is no number that claimx writes")
    return number
