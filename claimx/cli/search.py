"""`claimx search`: the claims of a store that meet what is asked."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from claimx.cli.arguments import RunOptions, argument, option, with_options
from claimx.cli.filters import Filters, make_query, words
from claimx.cli.streams import open_output, tell
from claimx.errors import ClaimxError
from claimx.output import FORMATS, OutputContext, write

if TYPE_CHECKING:
    from claimx.store import Hit, Query


@with_options(
    "kinds filters article publisher min_confidence all_versions limit format output overwrite quiet", what="claims"
)
def search_cli(
    db: Annotated[str, argument("DB", "A store: the file or database address that --store wrote.")],
    filters: Filters,
    options: RunOptions,
    article: Annotated[str | None, words("--article", "Words of the headline or the article.")] = None,
    publisher: Annotated[str | None, words("--publisher", "Words of the publisher's name.")] = None,
    all_versions: Annotated[
        bool, typer.Option("--all-versions", help="Search older versions of changed articles too.")
    ] = False,
    limit: Annotated[int, option("--limit N", "Claims to show; 0 for all.", show_default=True, min=0)] = 100,
) -> None:
    """Search the claims of a store.

    A claim must meet all that is asked. "words in quotes" are a phrase. Newest articles come first.
    """
    query = make_query(
        filters,
        article=article,
        publisher=publisher,
        min_confidence=options.min_confidence,
        all_versions=all_versions,
        limit=limit or None,
        kinds=tuple(options.kinds),
    )
    raise typer.Exit(search(db, query, options))


def search(db: str, query: "Query", options: RunOptions) -> int:
    """Write the claims that meet the query and return the exit status: 0 when that was done, 1 when it failed."""
    from claimx.store import merge_hits, open_store

    shown, more = 0, False

    def counted(hits: "Iterator[Hit]") -> "Iterator[Hit]":
        nonlocal shown, more
        for hit in hits:
            if shown == query.limit:
                more = True
                return
            shown += 1
            yield hit

    try:
        with (
            open_store(db, create=False) as store,
            open_output(options.output, binary=FORMATS[options.format].binary) as out,
        ):
            # one more than is shown, to tell whether there are more
            hits = store.search(replace(query, limit=query.limit + 1 if query.limit else None))
            context = OutputContext(kinds=query.kinds)
            write(merge_hits(counted(hits)), out, format=options.format, context=context)
    except ClaimxError as error:
        tell(error)
        return 1
    if more and not options.quiet:
        tell(f"these are the first {query.limit} claims; ask for more with --limit, 0 for all")
    if not shown and not options.quiet:
        tell(f"{db}: no claims meet this")
    return 0
