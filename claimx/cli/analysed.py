"""What `compare` and `report` share: articles that were analysed before stand beside those that are analysed now."""

from collections.abc import Callable, Iterator, Sequence
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from claimx.cli.arguments import RunOptions
from claimx.cli.streams import give_up
from claimx.errors import ClaimxError, fault_of
from claimx.output.context import OutputContext
from claimx.records import Article

if TYPE_CHECKING:
    from claimx.rules.loader import RuleSet

OptionalSources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="An http(s) address, an .html, .htm, .txt or .md file, a folder of them, - for standard input, or a .json "
        "or .jsonl file of articles that claimx has analysed.",
        show_default=False,
    ),
]
FromStoreOption = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="DB", help="Take the articles of this store too; they are not analysed again.",
        show_default=False,
    ),
]  # fmt: skip

WriterOfAll = Callable[[Sequence[Article], IO[Any], OutputContext, "RuleSet | None"], None]
"""Writes what was found in all articles by the rules, together."""


def run_on_all(sources: Sequence[str] | None, store: str | None, options: RunOptions, *, writer: WriterOfAll) -> int:
    """Write what is found in the sources and the store together and return the exit status, as `run` does.

    Files that claimx wrote and stores are read, not analysed again.
    """
    if not sources and store is None:
        raise typer.BadParameter("give articles, or --store", param_hint="SOURCE")
    from claimx.cli.run import keep_asked, run
    from claimx.sources.saved import is_saved

    failed: list[str] = []
    analysed = _read_analysed(sources or (), store, failed)
    known = [keep_asked(article, options) for article in analysed]

    def write(articles: Iterator[Article], out: IO[Any], context: OutputContext, rules: "RuleSet | None") -> None:
        writer([*known, *articles], out, context, rules)

    status = run([source for source in sources or () if not is_saved(source)], options, layer="claims", writer=write)
    return max(status, 1) if failed else status


def _read_analysed(sources: Sequence[str], store: str | None, failed: list[str]) -> Iterator[Article]:
    """Yield the articles that need no analysis, from files and the store, saying which could not be read and why."""
    from claimx.cli.run import read_known
    from claimx.sources.saved import find_fault, is_saved

    yield from read_known([source for source in sources if is_saved(source)], failed)
    if store is not None:
        from claimx.store import open_store

        try:
            with open_store(store, create=False) as opened:
                for article in opened.articles():
                    if fault := find_fault(article):
                        give_up(failed, f"{article.source}: not as claimx stores articles ({fault}); extract it again")
                    else:
                        yield article
        except ClaimxError as error:
            give_up(failed, error)
        except Exception as error:
            give_up(failed, fault_of(store, "read", error))
