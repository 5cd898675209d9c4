"""What the commands that take sources share: read every source, find its claims, write them, go past what fails."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any

import typer

from claimx.cli.arguments import RunOptions
from claimx.cli.streams import give_up, open_output, tell
from claimx.cli.waiting import count_aloud, wait_aloud
from claimx.errors import ClaimxError, ModelError, RuleError, SourceError, fault_of
from claimx.output import FORMATS, Layer, OutputContext, describe_model, write
from claimx.records import MOVEMENT, Article
from claimx.sources import ReadOptions, expand, read_source
from claimx.sources.saved import find_fault, is_saved, read_saved

if TYPE_CHECKING:
    from spacy.language import Language

    from claimx.rules.loader import RuleSet
    from claimx.store import Query

_PATTERN = re.compile(r"[*?]|\[[^]]+]")

Writer = Callable[[Iterator[Article], IO[Any], OutputContext, "RuleSet | None"], None]
"""Writes what was found in articles by the rules, as it comes."""
WriterOfAll = Callable[[Sequence[Article], IO[Any], OutputContext, "RuleSet | None"], None]
"""Writes what was found in all articles by the rules, together."""


def run(sources: Sequence[str], options: RunOptions, *, layer: Layer, writer: Writer | None = None) -> int:
    """Write what is found in the sources and return the exit status: 0 all done, 1 something failed, 2 wrong usage.

    Files of articles that claimx has analysed come first, and are not analysed again. Without a `writer` of its own a
    command writes the form that the options ask for.
    """
    failed: list[str] = []
    kinds = tuple(options.kinds)
    try:
        rules = load_packs(options)
        with _storing(options, failed) as keep:
            found = keep(_read_saved(sources, failed), OutputContext())
            how, new = read_options(options), [source for source in sources if not is_saved(source)]
            # what cannot be kept cannot be proven, and so is not read either
            articles = _read_each(new, lambda source: [read_source(source, options=how)], failed)
            # the first article is read before the model is loaded: where there is none, nobody waits for the model
            with wait_aloud(lambda: "reading", quiet=options.quiet):
                first = next(articles, None)
            context = OutputContext(layer=layer, kinds=kinds)
            if first is not None:
                from claimx.language import load_model

                with wait_aloud(lambda: "loading the language model", quiet=options.quiet):
                    nlp = load_model(options.model)
                context = replace(context, model=describe_model(nlp.meta))
                found = chain(found, keep(_extract(chain([first], articles), nlp, rules, failed), context))
            with open_output(options.output, binary=FORMATS[options.format].binary) as out:
                # results that appear on the terminal as they come show by themselves how far it is
                seen = writer is None and out.isatty()
                found = count_aloud(found, "articles", quiet=options.quiet or seen)
                (writer or partial(_write, options, failed))(_sifted(found, options, layer), out, context, rules)
    except (ModelError, RuleError) as error:
        tell(error)
        return 2
    except ClaimxError as error:
        tell(error)
        return 1
    return 1 if failed else 0


def run_on_all(sources: Sequence[str] | None, store: str | None, options: RunOptions, *, writer: WriterOfAll) -> int:
    """Write what is found in the sources and the store together and return the exit status, as `run` does.

    Files that claimx wrote and stores are read, not analysed again.
    """
    if not sources and store is None:
        raise typer.BadParameter("give articles, or --store", param_hint="SOURCE")
    failed: list[str] = []
    analysed = chain(_read_saved(sources or (), failed), _read_store(store, failed) if store is not None else ())
    known = [keep_asked(article, options) for article in analysed]

    def write(articles: Iterator[Article], out: IO[Any], context: OutputContext, rules: "RuleSet | None") -> None:
        writer([*known, *articles], out, context, rules)

    status = run([source for source in sources or () if not is_saved(source)], options, layer="claims", writer=write)
    return max(status, 1) if failed else status


def load_packs(options: RunOptions) -> "RuleSet | None":
    """Return the rules with the user's packs and kinds, None for claimx's own.

    A bad pack is found before anything is read.
    """
    if not options.rules and tuple(options.kinds) == (MOVEMENT,):
        return None
    from claimx.rules.loader import load_rules

    return load_rules(options.rules or (), kinds=options.kinds)


@contextmanager
def _storing(
    options: RunOptions, failed: list[str]
) -> Iterator[Callable[[Iterator[Article], OutputContext], Iterator[Article]]]:
    """Open the store that is asked for, before anything is read; yield what passes articles on and keeps each in it."""
    if options.store is None:
        yield lambda articles, _: articles
        return
    from claimx.store import make_run, open_store

    with open_store(options.store) as store:

        def keep(articles: Iterator[Article], context: OutputContext) -> Iterator[Article]:
            # of what an earlier run found, nobody knows here which model found it
            run = make_run(model=context.model, packs=options.rules or ()) if context.model else None
            for article in articles:
                try:
                    store.add(article, run=run)
                except Exception as error:
                    give_up(failed, fault_of(article.source, "stored", error))
                else:
                    yield article

        yield keep


def _read_saved(sources: Sequence[str], failed: list[str]) -> Iterator[Article]:
    """Yield the articles of those sources that are files that claimx wrote, saying which could not be read and why."""
    return _read_each([source for source in sources if is_saved(source)], read_saved, failed)


def _read_each(
    sources: Sequence[str], read: Callable[[str], Iterable[Article]], failed: list[str]
) -> Iterator[Article]:
    for source in _find(sources):
        if isinstance(source, SourceError):
            give_up(failed, source)
            continue
        try:
            yield from read(source)
        except Exception as error:
            give_up(failed, fault_of(source, "read", error))


def _read_store(name: str, failed: list[str]) -> Iterator[Article]:
    """Yield the articles of a store, saying which could not be read and why."""
    from claimx.store import open_store

    try:
        with open_store(name, create=False) as store:
            for article in store.articles():
                if fault := find_fault(article):
                    give_up(failed, f"{article.source}: not as claimx stores articles ({fault}); extract it again")
                else:
                    yield article
    except ClaimxError as error:
        give_up(failed, error)
    except Exception as error:
        give_up(failed, fault_of(name, "read", error))


def _find(sources: Sequence[str]) -> Iterator[str | SourceError]:
    """Yield every single source; folders, archives and patterns are replaced by what is in them."""
    for source in sources:
        if _PATTERN.search(source) and "://" not in source:
            from claimx.batch.sources import find_sources  # late: it comes with all that a batch needs

            yield from find_sources([source])
        else:
            yield from expand([source])


def read_options(options: RunOptions) -> ReadOptions:
    """Return how sources are to be read."""
    return ReadOptions(
        timeout=options.timeout,
        published=options.date.date().isoformat() if options.date else None,
        archive=str(options.archive) if options.archive else None,
    )


def _extract(
    articles: Iterator[Article], nlp: "Language", rules: "RuleSet | None", failed: list[str]
) -> Iterator[Article]:
    """Yield the articles with what was found in them, saying which could not be analysed and why."""
    from claimx.pipeline import extract_each

    for outcome in extract_each(articles, nlp=nlp, rules=rules):
        if isinstance(outcome, SourceError):
            give_up(failed, outcome)
        else:
            yield outcome


def _sifted(articles: Iterator[Article], options: RunOptions, layer: Layer) -> Iterator[Article]:
    """Yield the articles less the claims that are not asked for, with a note where nothing is left."""
    from claimx.output.wording import word_kinds  # here, since it reads the kinds' rules

    for article in articles:
        sifted = keep_asked(article, options)
        if options.query is not None:
            sifted = _keep_met(sifted, options.query)
        if not options.quiet and not getattr(sifted, layer):
            found = any(claim.kind in options.kinds for claim in article.claims)
            nothing = f"no {word_kinds(options.kinds)} found" if not found else "no claims meet this"
            tell(f"{article.source}: {nothing if layer == 'claims' else 'nobody is quoted or cited in it'}")
        yield sifted


def _keep_met(article: Article, query: "Query") -> Article:
    """Return the article less its claims that do not meet the query.

    A store that lasts as long as one article is asked, so that words mean here what they mean to `claimx search`.
    """
    from claimx.store import open_store

    if not article.claims:
        return article
    with TemporaryDirectory(prefix="claimx-") as folder, open_store(Path(folder, "claims.db")) as store:
        store.add(article)
        met = {hit.claim.id for hit in store.search(query)}
    return replace(article, claims=tuple(claim for claim in article.claims if claim.id in met))


def keep_asked(article: Article, options: RunOptions) -> Article:
    """Return the article less its claims of less confidence, or of another kind, than is asked for."""
    least, kinds = options.min_confidence, options.kinds
    kept = tuple(claim for claim in article.claims if claim.confidence >= least and claim.kind in kinds)
    return article if len(kept) == len(article.claims) else replace(article, claims=kept)


def _write(
    options: RunOptions,
    failed: list[str],
    articles: Iterator[Article],
    out: IO[Any],
    context: OutputContext,
    _: "RuleSet | None",
) -> None:
    form = FORMATS[options.format]

    def writable() -> Iterator[Article]:
        """Yield the articles that can be written, each tried by itself: one that cannot would end the document."""
        for article in articles:
            try:
                write([article], io.BytesIO() if form.binary else io.StringIO(), format=options.format, context=context)
            except Exception as error:
                give_up(failed, fault_of(article.source, "written", error))
            else:
                yield article

    write(writable(), out, format=options.format, context=context)
