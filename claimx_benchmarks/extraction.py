"""Which share of the time goes into extraction proper: all that comes after the spaCy pipeline.

    python -m claimx_benchmarks extraction [PATH…] [--articles N] [--model NAME] [--top N]

The articles are made of the paragraphs of those at PATH (files that claimx reads, or gold JSON Lines), shuffled, the
same ones each time. What is measured is the CPU's time, which other work on the machine leaves alone, and figures are
shares, so that they carry over from one machine to another. The exit status is 1 where extraction takes more than a
quarter.
"""

import argparse
import cProfile
import json
import pstats
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from claimx.pipeline import extract_from_doc
from claimx.records import Article
from claimx.rules.loader import RuleSet, load_rules
from claimx.sources import read

LIMIT = 0.25
"""The largest share of the total time that extraction may take."""

_CHECKOUT = Path(__file__).parents[1]
_DEFAULT_PATHS = (_CHECKOUT / "samples", _CHECKOUT / "tests" / "gold" / "gold.jsonl")
_PARAGRAPHS = (6, 12)
_ROUNDS = 3

_Function = tuple[str, int, str]
_Callers = dict[_Function, tuple[int, int, float, float]]
_Row = tuple[int, int, float, float, _Callers]


@dataclass(frozen=True, slots=True)
class Shares:
    """Where the time went, in shares: extraction of the total; modules and functions of claimx of the extraction.

    `seconds` is the total, of the CPU. A module's share is its own time and that of the libraries that it calls; a
    function's includes all that it calls.
    """

    words: int
    seconds: float
    extraction: float
    modules: dict[str, float]
    functions: dict[str, float]


def make_articles(texts: Sequence[str], count: int) -> list[Article]:
    """Return articles put together from the texts' paragraphs, the same each time."""
    paragraphs = [part for text in texts for part in text.split("\n\n") if part.strip()]
    if not paragraphs:
        raise ValueError("no text to make articles of")
    dice = random.Random(20)  # noqa: S311 - not for secrets
    articles = []
    for number in range(count):
        chosen = (dice.choice(paragraphs) for _ in range(dice.randint(*_PARAGRAPHS)))
        articles.append(Article(source=f"article {number}", text="\n\n".join(chosen), published="2024-12-19"))
    return articles


def read_texts(paths: Iterable[Path]) -> Iterator[str]:
    """Yield the texts of files that claimx reads, of those in folders, and of the rows of JSON Lines files."""
    for path in paths:
        if path.suffix == ".jsonl":
            rows = path.read_text(encoding="utf-8").splitlines()
            yield from (json.loads(row)["text"] for row in rows if row.strip())
        elif path.is_dir():
            yield from read_texts(sorted(child for child in path.iterdir() if child.is_file()))
        else:
            yield read(str(path)).text


def measure(articles: Sequence[Article], nlp: Language, rules: RuleSet | None = None) -> Shares:
    """Return where the time goes; the language model is loaded and warm, and each figure is the median of 3 rounds."""
    rules = rules or load_rules()
    _extract(articles[:2], list(nlp.pipe(article.text for article in articles[:2])), rules)
    docs: list[Doc] = []

    def annotate() -> None:
        docs[:] = nlp.pipe(article.text for article in articles)

    model = statistics.median(_timed(annotate) for _ in range(_ROUNDS))
    extraction = statistics.median(_timed(lambda: _extract(articles, docs, rules)) for _ in range(_ROUNDS))
    profile = cProfile.Profile()
    profile.runcall(_extract, articles, docs, rules)
    modules, functions = _shares(pstats.Stats(profile))
    return Shares(
        words=sum(not token.is_space for doc in docs for token in doc),
        seconds=model + extraction,
        extraction=extraction / (model + extraction),
        modules=modules,
        functions=functions,
    )


def report(shares: Shares, articles: int, *, top: int = 15) -> str:
    """Return the shares as text, with the `top` costliest functions."""
    lines = [
        f"{articles} articles, {shares.words} words",
        f"language model {1 - shares.extraction:7.1%}",
        f"extraction     {shares.extraction:7.1%}  (at most {LIMIT:.0%})",
        "of the extraction, by module:",
    ]
    lines += [f"    {share:6.1%}  {name}" for name, share in shares.modules.items() if share >= 0.005]
    lines.append("of the extraction, by function with all that it calls:")
    lines += [f"    {share:6.1%}  {name}" for name, share in list(shares.functions.items())[:top]]
    return "\n".join(lines)


def _extract(articles: Iterable[Article], docs: Iterable[Doc], rules: RuleSet) -> None:
    for article, doc in zip(articles, docs, strict=True):
        extract_from_doc(article, doc, rules)


def _timed(action: Callable[[], None]) -> float:
    begun = time.process_time()
    action()
    return time.process_time() - begun


def _shares(stats: pstats.Stats) -> tuple[dict[str, float], dict[str, float]]:
    """Return the shares of claimx's modules and functions; a library's time counts for the module that calls it."""
    rows: dict[_Function, _Row] = stats.stats  # type: ignore[attr-defined]  # pstats documents it, typeshed lacks it
    total = sum(own for _, _, own, _, _ in rows.values()) or 1.0
    known: dict[_Function, dict[str, float]] = {}
    modules: defaultdict[str, float] = defaultdict(float)
    functions: dict[str, float] = {}
    for function, (_, _, own, cumulative, callers) in rows.items():
        module = _module(function)
        if module:
            modules[module] += own / total
            functions[f"{module}.{function[2]}"] = min(cumulative / total, 1.0)
            continue
        for caller, (_, _, own_from, _) in callers.items():
            for name, part in _owners(caller, rows, known).items():
                modules[name] += part * own_from / total
    return _descending(modules), _descending(functions)


def _owners(
    function: _Function, rows: dict[_Function, _Row], known: dict[_Function, dict[str, float]]
) -> dict[str, float]:
    """Return the modules of claimx on whose behalf a function runs, with their parts of its time."""
    module = _module(function)
    if module:
        return {module: 1.0}
    if function in known:
        return known[function]
    known[function] = {}  # of functions that call each other, the first counts
    callers = rows[function][4] if function in rows else {}
    time_of = {caller: max(row[3], 1e-12) for caller, row in callers.items()}
    parts: defaultdict[str, float] = defaultdict(float)
    for caller, seconds in time_of.items():
        for name, part in _owners(caller, rows, known).items():
            parts[name] += part * seconds / sum(time_of.values())
    known[function] = dict(parts)
    return known[function]


def _module(function: _Function) -> str:
    """Return the module of claimx that a profiled function is in, "" for anything else."""
    parts = Path(function[0]).with_suffix("").parts
    if "claimx" not in parts or "benchmarks" in parts or "site-packages" in parts[parts.index("claimx") :]:
        return ""
    return ".".join(parts[len(parts) - parts[::-1].index("claimx") :])


def _descending(shares: dict[str, float]) -> dict[str, float]:
    return dict(sorted(shares.items(), key=lambda pair: -pair[1]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print where the time goes."""
    parser = argparse.ArgumentParser(
        prog="python -m claimx_benchmarks extraction", description=(__doc__ or "").split("\n", 1)[0]
    )
    parser.add_argument("paths", type=Path, nargs="*", metavar="PATH", help="articles; the checkout's own by default")
    parser.add_argument("--articles", type=int, default=100, metavar="N", help="how many to make of them")
    parser.add_argument(
        "--model", metavar="NAME", help="a spaCy pipeline's name or folder; the embedded one by default"
    )
    parser.add_argument("--top", type=int, default=15, metavar="N", help="how many functions to show")
    options = parser.parse_args(arguments)
    from claimx.language import load_model

    articles = make_articles(list(read_texts(options.paths or _DEFAULT_PATHS)), options.articles)
    shares = measure(articles, load_model(options.model))
    print(report(shares, len(articles), top=options.top))
    return int(shares.extraction > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
