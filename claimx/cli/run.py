"""What `extract` and `quotes` share: read every source, find its claims, write them, go past what fails."""

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from claimx.cli.arguments import SUFFIXES, RunOptions
from claimx.cli.streams import open_output, tell
from claimx.errors import ClaimxError, ModelError, RuleError, SourceError
from claimx.output import Layer, OutputContext, describe_model, write
from claimx.records import Article

if TYPE_CHECKING:
    from spacy.language import Language

    from claimx.pipeline import Options

_NOTHING = {"claims": "no movement claims found", "attributions": "nobody is quoted or cited in it"}


def run(sources: Sequence[str], options: RunOptions, *, layer: Layer) -> int:
    """Write what is found in the sources and return the exit status: 0 all done, 1 something failed, 2 wrong usage."""
    failed: list[str] = []
    try:
        pipeline_options = _pipeline_options(options)
        articles = _read(sources, options, failed)
        # the first article is read before the model is loaded: where there is none, nobody waits for the model
        if (first := next(articles, None)) is None:
            nlp, found = None, articles
        else:
            from claimx.language import load_model

            nlp = load_model(options.model)
            found = _extract(chain([first], articles), nlp, pipeline_options, failed)
        context = OutputContext(layer=layer, model=describe_model(nlp.meta) if nlp else {})
        with open_output(options.output) as out:
            write(_noted(found, options, layer), out, format=_format(options), context=context)
    except (ModelError, RuleError) as error:
        tell(error)
        return 2
    except ClaimxError as error:
        tell(error)
        return 1
    return 1 if failed else 0


def _pipeline_options(options: RunOptions) -> "Options":
    """Return what the command line asks of `claimx.extract`; a bad rule pack is found before anything is read."""
    from claimx.pipeline import Options
    from claimx.rules.loader import load_rules

    if options.rules:
        load_rules(options.rules)
    return Options(rule_packs=options.rules, min_confidence=options.min_confidence)


def _read(sources: Sequence[str], options: RunOptions, failed: list[str]) -> Iterator[Article]:
    """Yield the articles of the sources, saying which failed and why."""
    from claimx.sources import ReadOptions, expand, read_source

    read_options = ReadOptions(
        timeout=options.timeout, published=options.date.date().isoformat() if options.date else None
    )
    for source in expand(sources):
        try:
            if isinstance(source, SourceError):
                raise source
            article = read_source(source, options=read_options)
        except SourceError as error:
            failed.append(error.source)
            tell(error)
        else:
            yield article


def _extract(articles: Iterator[Article], nlp: "Language", options: "Options", failed: list[str]) -> Iterator[Article]:
    """Yield the articles with what was found in them."""
    from claimx.pipeline import extract

    for article in articles:
        try:
            extracted = extract(article, nlp=nlp, options=options)
        except (ModelError, RuleError):
            raise
        except Exception as error:
            # one article that breaks the analysis must not cost the others
            failed.append(article.source)
            tell(f"{article.source}: cannot be analysed ({type(error).__name__}: {error}); please report this")
        else:
            yield extracted


def _noted(articles: Iterator[Article], options: RunOptions, layer: Layer) -> Iterator[Article]:
    """Yield the articles, with a note on stderr for each in which nothing was found."""
    for article in articles:
        if not options.quiet and not getattr(article, layer):
            tell(f"{article.source}: {_NOTHING[layer]}")
        yield article


def _format(options: RunOptions) -> str:
    if options.format:
        return options.format
    if options.output and str(options.output) != "-":
        return SUFFIXES.get(options.output.suffix.lower(), "jsonl")
    return "table" if sys.stdout.isatty() else "jsonl"
