"""`claimx review`: take in what a reader says of claims, and say how good they are by that."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimx.cli.arguments import OverwriteOption, argument, form_option, make_app, option
from claimx.cli.forms import check_free
from claimx.cli.streams import ending_with, open_output, say, tell
from claimx.output.wording import word_number

if TYPE_CHECKING:
    from claimx.records import Article

app = make_app()

ReviewsArgument = Annotated[list[Path], argument("REVIEWS", "Files of reviews, as a report saves them (JSON Lines).")]


@app.command("apply")
def apply_cli(
    reviews: ReviewsArgument,
    to: Annotated[
        str, option("--to FILE|DB", "What to merge them into: a .json or .jsonl file of articles, or a store.")
    ],
    output: Annotated[
        Path | None,
        option("-o --output FILE", "Write the articles to FILE, in the form that they have; not with a store."),
    ] = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Merge reviews into a store, or into a file of articles.

    Accepted and corrected claims say so, rejected ones go, missed ones come. Without -o a file is changed itself, for
    which --overwrite is asked.
    """
    from claimx.review import Merged, merge_reviews, read_reviews
    from claimx.review.merging import reviews_of
    from claimx.sources.saved import is_saved

    merged = Merged()
    applied: set[str] = set()
    if is_saved(to):
        check_free(output or Path(to), overwrite=overwrite)
    elif output is not None:
        raise typer.BadParameter("a store is changed itself; leave -o out", param_hint="-o")

    def merge(article: "Article") -> "Article":
        own = reviews_of(article, known)
        applied.update(review.article.text_sha256 for review in own)
        return merge_reviews(article, own, merged)

    with ending_with(1):
        known = read_reviews(reviews)
        if is_saved(to):
            _change_file(to, output or Path(to), merge)
        else:
            _change_store(to, merge)
    for line in merged.refused:
        tell(line)
    if strange := len({review.article.text_sha256 for review in known} - applied):
        tell(f"{word_number(strange, 'article')} of the reviews {'is' if strange == 1 else 'are'} not in {to}")
    words = ", ".join(f"{many:,} {verdict}" for verdict, many in merged.taken.items() if verdict != "read")
    say(f"{word_number(len(applied), 'article')}: {words or 'nothing to change'}")
    if merged.refused or strange:
        raise typer.Exit(1)


def _change_file(source: str, output: Path, change: Callable[["Article"], "Article"]) -> None:
    """Write a file's articles, each changed."""
    from claimx.output.context import OutputContext
    from claimx.output.json import dump, make_head
    from claimx.records import to_wire
    from claimx.sources.saved import read_head, read_saved

    head = read_head(source)
    wires = [to_wire(change(article)) for article in read_saved(source)]
    if head is None:
        lines = [dump(wire) + "\n" for wire in wires]
    else:
        lines = [dump(make_head(OutputContext(model=head)) | {"articles": wires}, indent=2) + "\n"]
    with open_output(output) as out:
        out.writelines(lines)


def _change_store(name: str, change: Callable[["Article"], "Article"]) -> None:
    """Put a store's articles, each changed, in the place of what they were."""
    from claimx.store import open_store

    with open_store(name, create=False) as store:
        changed = [new for old in store.articles(all_versions=True) if (new := change(old)) != old]
        for article in changed:
            store.add(article)


@app.command("score")
def score_cli(
    reviews: ReviewsArgument,
    format: Annotated[str | None, form_option(("table", "json"), "Form of the output.")] = None,
) -> None:
    """Say precision and recall for the articles reviewed.

    Each with the interval that holds it 95 times in 100 (Wilson's score interval, claims taken as drawn one by one).
    Recall is known in articles alone that were read whole. The figures hold for articles like these and, where a
    reader chose which claims to review, for claims chosen so.
    """
    from claimx.output.json import dump
    from claimx.review import Share, count_reviews, read_reviews

    with ending_with(1):
        figures = count_reviews(read_reviews(reviews))
    shares = {"precision": figures.precision, "claims at all": figures.found, "recall": figures.recall}
    if format == "json":
        wire: dict[str, Any] = {"articles": figures.articles, "read_whole": figures.whole, "method": "Wilson, 95 %"}
        for name, share in shares.items():
            low, high = share.interval
            value = round(share.part / share.whole, 4) if share.whole else None
            wire[name.replace(" ", "_")] = {
                "part": share.part, "whole": share.whole, "share": value, "low": round(low, 4), "high": round(high, 4)
            }  # fmt: skip
        say(dump(wire))
        return

    def line(name: str, share: Share, of: str) -> None:
        low, high = share.interval
        known = f"{share.part / share.whole:.2f} ({low:.2f} to {high:.2f})" if share.whole else "not known"
        say(name, f"{known}: {share.part:,} of {share.whole:,} {of}")

    line("precision", figures.precision, "claims reviewed are right in every part")
    line("claims at all", figures.found, "are claims, some with a fault")
    line("recall", figures.recall, f"claims of {word_number(figures.whole, 'article')} read whole were found")
    say("in brackets, Wilson's interval for 95 in 100, as if claims were drawn one by one")
    if figures.unread:
        tell(
            f"{word_number(figures.unread, 'article')} with missed claims not said to be read whole; left out of recall"
        )
