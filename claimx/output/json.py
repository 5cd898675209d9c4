"""JSON: one document with every article, and JSON Lines: one claim or attribution a line."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from claimx import __version__
from claimx.output.context import Layer, OutputContext
from claimx.records import SCHEMA_VERSION, Article, to_wire

# legal in JSON as they are, but not in UTF-8 (surrogates), on a terminal (C1 controls, direction marks) or in
# JavaScript (line separators); as escapes they mean the same and harm nothing
_UNSAFE = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def write_json(articles: Iterable[Article], out: TextIO, *, context: OutputContext) -> None:
    """Write one JSON document, article by article as they come."""
    head = make_head(context)
    out.write(f'{dump(head, indent=2)[:-2]},\n  "articles": [')
    separator = "\n"
    for article in articles:
        # JSON strings hold no newlines, so every one is layout
        out.write(separator + "    " + dump(to_wire(article), indent=2).replace("\n", "\n    "))
        separator = ",\n"
    out.write("\n  ]\n}\n" if separator != "\n" else "]\n}\n")


def write_jsonl(articles: Iterable[Article], out: TextIO, *, context: OutputContext) -> None:
    """Write a line for each claim (or attribution), each with its article's metadata under "article"."""
    for article in articles:
        out.writelines(layer_lines(article, context.layer))
        out.flush()


def layer_lines(article: Article, layer: Layer) -> Iterator[str]:
    """Yield a line for each claim (or attribution) of the article, with its newline."""
    metadata = article.metadata()
    for record in getattr(article, layer):
        yield dump({**to_wire(record), "article": metadata}) + "\n"


def dump(value: Any, *, indent: int | None = None) -> str:
    """Return `value` as JSON, readable Unicode kept, characters that are not safe everywhere as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def make_head(context: OutputContext) -> dict[str, Any]:
    """Return what every document begins with: the version of its form, of claimx, and the language model."""
    return {"schema_version": SCHEMA_VERSION, "claimx": __version__, "model": dict(context.model)}
