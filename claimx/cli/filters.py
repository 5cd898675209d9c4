"""The options that choose among claims, which `search` and `extract` share, and the question that they make."""

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from claimx.edtf import day_bounds
from claimx.records import Status

if TYPE_CHECKING:
    from claimx.store import Query

_STATUSES: tuple[Status, ...] = get_args(Status)
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def _words(flag: str, help: str) -> "typer.models.OptionInfo":
    option: typer.models.OptionInfo = typer.Option(flag, metavar="WORDS", help=help, show_default=False)
    return option


def _day(flag: str, help: str, *, last: bool) -> "typer.models.OptionInfo":
    def read(text: str) -> date:
        bounds = day_bounds(text) if _DAY.fullmatch(text) else None
        if bounds is None:
            raise typer.BadParameter(f"{text!r} is no date; give 2017, 2017-05 or 2017-05-16")
        return date.fromisoformat(bounds[last])

    option: typer.models.OptionInfo = typer.Option(
        flag, metavar="YYYY[-MM[-DD]]", parser=read, help=help, show_default=False
    )
    return option


WhoOption = Annotated[str | None, _words("--who", "Who moves: a country, or words of a name.")]
WhatOption = Annotated[str | None, _words("--what", "What is moved.")]
OriginOption = Annotated[str | None, _words("--from", "Where from: a country with all in it, or words.")]
DestinationOption = Annotated[str | None, _words("--to", "Where to.")]
ViaOption = Annotated[str | None, _words("--via", "By way of what place.")]
SinceOption = Annotated[date | None, _day("--since", "It happens on this day or later.", last=False)]
UntilOption = Annotated[date | None, _day("--until", "It happens on this day or earlier.", last=True)]
StatusOption = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="|".join(_STATUSES), help="How sure; may be repeated.", show_default=False),
]
SourceOption = Annotated[str | None, _words("--source", "Anyone in the chain of sources: kind, country, words.")]
TextOption = Annotated[str | None, _words("--text", "Words of the claim's sentence.")]
ArticleOption = Annotated[str | None, _words("--article", "Words of the headline or the article.")]
PublisherOption = Annotated[str | None, _words("--publisher", "Words of the publisher's name.")]


def make_query(*, status: list[str] | None, **conditions: Any) -> "Query":
    """Return the question that the options ask; names are those of `claimx.store.Query`.

    Raises BadParameter where no claim could meet it, because it asks for nothing or contradicts itself.
    """
    from claimx.store import Query

    if unknown := next((name for name in status or () if name not in _STATUSES), None):
        raise typer.BadParameter(f"{unknown!r} is none of {', '.join(_STATUSES)}", param_hint="--status")
    query = Query(status=tuple(known for known in _STATUSES if known in (status or ())), **conditions)
    _check(query)
    return query


def _check(query: "Query") -> None:
    from claimx.store.names import read_phrases

    flags = {"origin": "--from", "destination": "--to"}
    for name in ("who", "what", "origin", "destination", "via", "source", "text", "article", "publisher"):
        words = getattr(query, name)
        if words is not None and not read_phrases(words):
            raise typer.BadParameter("no words to look for in it", param_hint=flags.get(name, f"--{name}"))
    if query.since and query.until and query.since > query.until:
        raise typer.BadParameter("it is later than --until", param_hint="--since")
