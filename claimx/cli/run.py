"""What the commands that take sources share: read every source, find its claims, write them, go past what fails."""

import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, TextIO

from claimx.cli.arguments import SUFFIXES, RunOptions
from claimx.cli.streams import open_output, tell
from claimx.errors import ClaimxError, ModelError, OutputError, RuleError, SourceError
from claimx.output import Layer, OutputContext, describe_model, write
from claimx.records import Article

if TYPE_CHECKING:
    from spacy.language import Language

    from claimx.rules.loader import RuleSet

_Keep = Callable[[Iterator[Article], OutputContext], Iterator[Article]]
_NOTHING = {"claims": "no movement claims found", "attributions": "nobody is quoted or cited in it"}


Writer = Callable[[Iterator[Article], TextIO, OutputContext], None]
"""Writes what was found in articles, as it comes or all together."""


def run(sources: Sequence[str], options: RunOptions, *, layer: Layer, writer: Writer | None = None) -> int:
    """Write what is found in the sources and return the exit status: 0 all done, 1 something failed, 2 wrong usage.

    Without a `writer` of its own a command writes the form that the options ask for.
    """
    failed: list[str] = []
    try:
        rules = _rules(options)
        with _storing(options) as keep:
            articles = _read(sources, options, failed)
            # the first article is read before the model is loaded: where there is none, nobody waits for the model
            if (first := next(articles, None)) is None:
                context, found = OutputContext(layer=layer), articles
            else:
                from claimx.language import load_model

                nlp = load_model(options.model)
                context = OutputContext(layer=layer, model=describe_model(nlp.meta))
                found = keep(_extract(chain([first], articles), nlp, rules, failed), context)
            with open_output(options.output) as out:
                (writer or partial(_write, options))(_sifted(found, options, layer), out, context)
    except (ModelError, RuleError) as error:
        tell(error)
        return 2
    except ClaimxError as error:
        tell(error)
        return 1
    return 1 if failed else 0


def _rules(options: RunOptions) -> "RuleSet | None":
    """Return the rules with the user's packs, None for claimx's own; a bad pack is found before anything is read."""
    if not options.rules:
        return None
    from claimx.rules.loader import load_rules

    return load_rules(options.rules)


@contextmanager
def _storing(options: RunOptions) -> Iterator[_Keep]:
    """Open the store that is asked for, before anything is read; yield what passes articles on and keeps each in it."""
    if options.store is None:
        yield lambda articles, _: articles
        return
    from claimx.store import make_run, open_store

    with open_store(options.store) as store:

        def keep(articles: Iterator[Article], context: OutputContext) -> Iterator[Article]:
            run = make_run(model=context.model, packs=options.rules)
            for article in articles:
                store.add(article, run=run)
                yield article

        yield keep


def _read(sources: Sequence[str], options: RunOptions, failed: list[str]) -> Iterator[Article]:
    """Yield the articles of the sources, saying which failed and why."""
    from claimx.sources import ReadOptions, expand, read_source

    read_options = ReadOptions(
        timeout=options.timeout,
        published=options.date.date().isoformat() if options.date else None,
        archive=str(options.archive) if options.archive else None,
    )
    for source in expand(sources):
        if isinstance(source, SourceError):
            failed.append(source.source)
            tell(source)
            continue
        try:
            article = read_source(source, options=read_options)
        except SourceError as error:
            failed.append(error.source)
            tell(error)
        except OutputError:  # what cannot be kept cannot be proven: the folder is at fault, not the source
            raise
        except Exception as error:
            _blame(source, "read", error, failed)
        else:
            yield article


def _extract(
    articles: Iterator[Article], nlp: "Language", rules: "RuleSet | None", failed: list[str]
) -> Iterator[Article]:
    """Yield the articles with what was found in them; one that breaks the analysis costs no other."""
    from claimx.pipeline import extract, extract_all

    pending: deque[Article] = deque()  # handed over and not yet back

    def handed_over() -> Iterator[Article]:
        for article in articles:
            pending.append(article)
            yield article

    while True:
        try:
            for extracted in extract_all(handed_over(), nlp=nlp, rules=rules):
                pending.popleft()
                yield extracted
        except (ModelError, RuleError):
            raise
        except Exception:  # some article of the batch: which one, they show one by one
            for article in pending:
                try:
                    extracted = extract(article, nlp=nlp, rules=rules)
                except Exception as error:
                    _blame(article.source, "analysed", error, failed)
                else:
                    yield extracted
            pending.clear()
        else:
            return


def _blame(source: str, done: str, error: Exception, failed: list[str]) -> None:
    """Report an error that claimx did not foresee as what it is, a bug, and go on."""
    failed.append(source)
    tell(f"{source}: cannot be {done} ({type(error).__name__}: {error}); please report this")


def _sifted(articles: Iterator[Article], options: RunOptions, layer: Layer) -> Iterator[Article]:
    """Yield the articles less the claims under the confidence asked for, with a note where nothing is left."""
    for article in articles:
        if options.min_confidence:
            claims = tuple(claim for claim in article.claims if claim.confidence >= options.min_confidence)
            article = replace(article, claims=claims)
        if not options.quiet and not getattr(article, layer):
            tell(f"{article.source}: {_NOTHING[layer]}")
        yield article


def _write(options: RunOptions, articles: Iterator[Article], out: TextIO, context: OutputContext) -> None:
    write(articles, out, format=choose_format(options), context=context)


def choose_format(options: RunOptions) -> str:
    """Return the format that is asked for: by name, by the output file's suffix, or by where stdout leads."""
    if options.format:
        return options.format
    if options.output and str(options.output) != "-":
        return SUFFIXES.get(options.output.suffix.lower(), "jsonl")
    return "table" if sys.stdout.isatty() else "jsonl"
