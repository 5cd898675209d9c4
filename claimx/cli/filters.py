"""The options that choose among claims, which `search` and `extract` share, and the question that they make."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from claimx.cli.arguments import option
from claimx.edtf import day_bounds
from claimx.records import Status

if TYPE_CHECKING:
    from claimx.store import Query

_STATUSES: tuple[Status, ...] = get_args(Status)
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def words(flag: str, help: str) -> Any:
    """Return an option that takes words to look for."""
    return option(f"{flag} WORDS", help)


def _day(flag: str, help: str, *, last: bool) -> Any:
    def read(text: str) -> date:
        bounds = day_bounds(text) if _DAY.fullmatch(text) else None
        if bounds is None:
            raise typer.BadParameter(f"{text!r} is no date; give 2017, 2017-05 or 2017-05-16")
        return date.fromisoformat(bounds[last])

    return option(f"{flag} YYYY[-MM[-DD]]", help, parser=read)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a claim must meet; names are those of `claimx.store.Query`."""

    who: Annotated[str | None, words("--who", "Who moves: a country, or words of a name.")] = None
    what: Annotated[str | None, words("--what", "What is moved.")] = None
    origin: Annotated[str | None, words("--from", "Where from: a country with all in it, or words.")] = None
    destination: Annotated[str | None, words("--to", "Where to.")] = None
    via: Annotated[str | None, words("--via", "By way of what place.")] = None
    since: Annotated[date | None, _day("--since", "It happens on this day or later.", last=False)] = None
    until: Annotated[date | None, _day("--until", "It happens on this day or earlier.", last=True)] = None
    status: Annotated[list[str] | None, option(f"--status {'|'.join(_STATUSES)}", "How sure; may be repeated.")] = None
    source: Annotated[str | None, words("--source", "Anyone in the chain of sources: kind, country, words.")] = None
    text: Annotated[str | None, words("--text", "Words of the claim's sentence.")] = None


def make_query(filters: Filters, **more: Any) -> "Query":
    """Return the question that the options ask, and `more` conditions of `claimx.store.Query`.

    Raises BadParameter where no claim could meet it, because it asks for nothing or contradicts itself.
    """
    from claimx.store import Query
    from claimx.store.names import read_phrases

    asked = asdict(filters)
    status = asked.pop("status") or ()
    if unknown := next((name for name in status if name not in _STATUSES), None):
        raise typer.BadParameter(f"{unknown!r} is none of {', '.join(_STATUSES)}", param_hint="--status")
    query = Query(status=tuple(known for known in _STATUSES if known in status), **asked, **more)
    flags = {"origin": "--from", "destination": "--to"}
    for name in ("who", "what", "origin", "destination", "via", "source", "text", "article", "publisher"):
        words = getattr(query, name)
        if words is not None and not read_phrases(words):
            raise typer.BadParameter("no words to look for in it", param_hint=flags.get(name, f"--{name}"))
    if query.since and query.until and query.since > query.until:
        raise typer.BadParameter("it is later than --until", param_hint="--since")
    return query
