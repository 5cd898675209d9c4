"""`claimx search`: the claims of a store that meet what is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from claimx.cli.arguments import (
    ConfidenceOption,
    FormatOption,
    OutputOption,
    OverwriteOption,
    QuietOption,
    RunOptions,
)
from claimx.cli.forms import choose_form
from claimx.records import Status

if TYPE_CHECKING:
    from claimx.store import Hit, Query

StoreArgument = Annotated[
    str,
    typer.Argument(metavar="DB", help="A store: the file or database address that --store wrote.", show_default=False),
]

_STATUSES: tuple[Status, ...] = get_args(Status)


def _words(flag: str, help: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(flag, metavar="WORDS", help=help, show_default=False)
    return option


def _day(flag: str, help: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        flag, metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help=help, show_default=False
    )
    return option


def search_cli(
    db: StoreArgument,
    who: Annotated[str | None, _words("--who", "Who moves: a country, or words of a name.")] = None,
    what: Annotated[str | None, _words("--what", "What is moved.")] = None,
    origin: Annotated[str | None, _words("--from", "Where from: a country with all in it, or words.")] = None,
    destination: Annotated[str | None, _words("--to", "Where to.")] = None,
    via: Annotated[str | None, _words("--via", "By way of what place.")] = None,
    since: Annotated[datetime | None, _day("--since", "It happens on this day or later.")] = None,
    until: Annotated[datetime | None, _day("--until", "It happens on this day or earlier.")] = None,
    status: Annotated[
        list[str] | None,
        typer.Option("--status", metavar="|".join(_STATUSES), help="How sure; may be repeated.", show_default=False),
    ] = None,
    source: Annotated[str | None, _words("--source", "Anyone in the chain of sources: kind, country, words.")] = None,
    text: Annotated[str | None, _words("--text", "Words of the claim's sentence.")] = None,
    article: Annotated[str | None, _words("--article", "Words of the headline or the article.")] = None,
    publisher: Annotated[str | None, _words("--publisher", "Words of the publisher's name.")] = None,
    min_confidence: ConfidenceOption = 0.0,
    all_versions: Annotated[
        bool, typer.Option("--all-versions", help="Search older versions of changed articles too.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=0, help="Claims to show; 0 for all.")] = 100,
    format: FormatOption = None,
    output: OutputOption = None,
    overwrite: OverwriteOption = False,
    quiet: QuietOption = False,
) -> None:
    """Search the claims of a store.

    A claim must meet all that is asked. "words in quotes" are a phrase. Newest articles come first.
    """
    from claimx.store import Query

    query = Query(
        who=who,
        what=what,
        origin=origin,
        destination=destination,
        via=via,
        since=since.date() if since else None,
        until=until.date() if until else None,
        status=tuple(known for known in _STATUSES if known in (status or ())),
        source=source,
        text=text,
        article=article,
        publisher=publisher,
        min_confidence=min_confidence,
        all_versions=all_versions,
        limit=limit or None,
    )
    if unknown := next((name for name in status or () if name not in _STATUSES), None):
        raise typer.BadParameter(f"{unknown!r} is none of {', '.join(_STATUSES)}", param_hint="--status")
    _check(query)
    form = choose_form(format, output, "claims", overwrite=overwrite)
    raise typer.Exit(search(db, query, RunOptions(format=form, output=output, quiet=quiet)))


def search(db: str, query: "Query", options: RunOptions) -> int:
    """Write the claims that meet the query and return the exit status: 0 when that was done, 1 when it failed."""
    from dataclasses import replace

    from claimx.cli.streams import open_output, tell
    from claimx.errors import ClaimxError
    from claimx.output import FORMATS, write
    from claimx.store import merge_hits, open_store

    counted = _Counted(query.limit)
    try:
        with (
            open_store(db, create=False) as store,
            open_output(options.output, binary=FORMATS[options.format].binary) as out,
        ):
            # one more than is shown, to tell whether there are more
            hits = store.search(replace(query, limit=query.limit + 1 if query.limit else None))
            write(merge_hits(counted.pass_on(hits)), out, format=options.format)
    except ClaimxError as error:
        tell(error)
        return 1
    if counted.more and not options.quiet:
        tell(f"these are the first {query.limit} claims; ask for more with --limit, 0 for all")
    if not counted.shown and not options.quiet:
        tell(f"{db}: no claims meet this")
    return 0


@dataclass(slots=True)
class _Counted:
    """How many hits have gone by, and whether there were more than the limit."""

    limit: int | None
    shown: int = 0
    more: bool = False

    def pass_on(self, hits: Iterator["Hit"]) -> Iterator["Hit"]:
        for hit in hits:
            if self.shown == self.limit:
                self.more = True
                return
            self.shown += 1
            yield hit


def _check(query: "Query") -> None:
    """Refuse what no claim could meet because it asks for nothing."""
    from claimx.store.names import read_phrases

    flags = {"origin": "--from", "destination": "--to"}
    for name in ("who", "what", "origin", "destination", "via", "source", "text", "article", "publisher"):
        words = getattr(query, name)
        if words is not None and not read_phrases(words):
            raise typer.BadParameter("no words to look for in it", param_hint=flags.get(name, f"--{name}"))
    if query.since and query.until and query.since > query.until:
        raise typer.BadParameter("it is later than --until", param_hint="--since")
