"""Articles that claimx has analysed before, read back from the JSON it wrote."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claimx.errors import SourceNotFound, SourceUnreadable
from claimx.records import Article

SUFFIXES = (".json", ".jsonl", ".ndjson")
"""The suffixes of files that hold articles with their claims."""


def is_saved(source: str) -> bool:
    """Return whether a source names a file of analysed articles, by its suffix."""
    return source.lower().endswith(SUFFIXES) and "://" not in source


def read_saved(source: str) -> Iterator[Article]:
    """Yield the articles of a file, as `extract -f json` or, one a line, `batch` wrote it; nothing is analysed again.

    Raises SourceNotFound where there is no such file, SourceUnreadable where it holds something else.
    """
    from pydantic import TypeAdapter, ValidationError  # slow to load, and most commands read no such file

    adapter = TypeAdapter(Article)
    for number, wire in enumerate(_wires(source, _read(source)), 1):
        if not isinstance(wire, dict) or "text" not in wire or "claims" not in wire:
            remedy = (
                "these are claims; write them with -f json" if _is_claim(wire) else "give what extract -f json wrote"
            )
            raise SourceUnreadable(source, f"entry {number} is no article with its text and claims; {remedy}")
        try:
            yield adapter.validate_python(wire)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise SourceUnreadable(
                source, f"article {number} is not as claimx writes them ({where}: {first['msg']}); extract it again"
            ) from error


def _read(source: str) -> str:
    try:
        return Path(source).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise SourceNotFound(source, "no such file; check the name") from error
    except (OSError, ValueError) as error:  # UnicodeDecodeError is a ValueError
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise SourceUnreadable(source, f"the file cannot be read ({reason}); check it") from error


def _wires(source: str, text: str) -> Iterator[Any]:
    """Yield what stands for articles in a document or, where each line is a document of its own, in each line."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        yield from _lines(source, text)
        return
    if isinstance(document, dict) and isinstance(document.get("articles"), list):
        yield from document["articles"]
    else:
        yield document


def _lines(source: str, text: str) -> Iterator[Any]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError) as error:
                raise SourceUnreadable(source, f"line {number} is not JSON; give what claimx wrote, whole") from error


def _is_claim(wire: Any) -> bool:
    return isinstance(wire, dict) and "trigger" in wire
