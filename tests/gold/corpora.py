"""The two annotated corpora of the repository, claimx's claims for them, and the floors its figures may not go below.

`samples` are whole pages and files as a reader would pass them; `gold` are articles as plain text.
"""

import functools
import json
import math
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from by_rules import extract_by_rules
from gold.marks import read_document, to_gold
from spacy.language import Language

import claimx
from claimx.language.semantics import semantics_of
from claimx.pipeline import extract_all
from claimx.records import ROLES, Article, to_wire
from claimx_training.scoring import GoldDocument, Scores, marked, read_gold, score

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "samples"
EXPECTED = SAMPLES / "expected"
ARTICLES = HERE / "articles"
GOLD_FILE = HERE / "gold.jsonl"
FLOORS_FILE = HERE / "floors.toml"
ROUNDING_FILE = HERE / "rounding.txt"
"""How the processor rounds on which the snapshots were made; see `rounding`."""
CORPORA = ("samples", "gold")
UPDATE = "python tests/gold/update.py"

_SHOWN = ("trigger", *ROLES, "status", "status_cue", "sources", "rules")


def sample_paths() -> list[Path]:
    """Return the sample articles, in the order of their names."""
    return sorted(path for path in SAMPLES.iterdir() if path.is_file())


@functools.cache
def extracted(name: str, nlp: Language) -> tuple[Article, ...]:
    """Return the articles of a corpus with the claims that claimx finds in them."""
    return tuple(extract_all(articles(name), nlp=nlp))


@functools.cache
def extracted_by_rules(name: str, nlp: Language) -> tuple[Article, ...]:
    """Return the articles of a corpus with the claims that the rules alone find: invented texts prove rules."""
    return tuple(extract_by_rules(articles(name), nlp))


def articles(name: str) -> list[Article]:
    """Return the articles of a corpus, without claims."""
    if name == "samples":
        return [claimx.read(str(path)) for path in sample_paths()]
    return [Article(source=document.id, text=document.text) for document in read_gold(GOLD_FILE)]


def documents(name: str) -> list[GoldDocument]:
    """Return the gold annotation of a corpus."""
    if name == "gold":
        return read_gold(GOLD_FILE)
    return [
        read_document(EXPECTED / f"{path.stem}.toml", claimx.read(str(path)).text) for path in sample_paths()
    ]  # fmt: skip


def measure(name: str, nlp: Language) -> Scores:
    """Return the figures of the claims that the rules alone find against the gold annotation of a corpus."""
    found = extracted_by_rules(name, nlp)
    return score(documents(name), ([marked(claim) for claim in article.claims] for article in found))


def snapshot(article: Article) -> list[str]:
    """Return an article's claims as JSON lines, for review: all that an extractor decides but its confidence.

    What is absent is left out; `id` and `evidence` follow from the offsets.
    """
    return [
        json.dumps({key: _lean(value) for key in _SHOWN if (value := claim[key])}, ensure_ascii=False)
        for claim in map(to_wire, article.claims)
    ]


@functools.cache
def rounding(nlp: Language) -> str:
    """Return how much movement the encoder finds in each sample, to the seventh digit.

    Kinds of processors add up in other orders; where a sum lies between two steps of eight bits it falls to one or the
    other, and a claim that is hardly sure enough, or hardly not, is given on one of them alone. One sentence may come
    out alike on two of them that differ elsewhere.
    """
    found = []
    for path in sample_paths():
        semantics = semantics_of(doc := nlp(claimx.read(str(path)).text))
        found.append(sum(semantics.movement(token) for token in doc) if semantics is not None else 0)
    return " ".join(f"{each:.7f}" for each in found)


def snapshot_path(path: Path) -> Path:
    """Return where the snapshot of a sample's claims is kept."""
    return EXPECTED / f"{path.stem}.claims.jsonl"


def read_floors() -> dict[str, dict[str, float]]:
    """Return the floor of each figure, by corpus."""
    floors = tomllib.loads(FLOORS_FILE.read_text(encoding="utf-8"))
    if set(floors) != set(CORPORA):
        raise ValueError(f"{FLOORS_FILE.name} must hold a table for each of {', '.join(CORPORA)}")
    return floors


def below(floors: dict[str, float], figures: dict[str, float]) -> list[str]:
    """Return a line for every figure that is below its floor or has none."""
    return [
        f"{name} is {figure:.4f}, its floor {floors.get(name, 'missing')}"
        for name, figure in figures.items()
        if figure < floors.get(name, math.inf)
    ]


def raised(floors: dict[str, float], figures: dict[str, float]) -> dict[str, float]:
    """Return floors lifted to the figures, rounded down to 3 digits; none is lowered."""
    return {name: max(floors.get(name, 0.0), math.floor(figure * 1000) / 1000) for name, figure in figures.items()}


def floors_toml(floors: dict[str, dict[str, float]]) -> str:
    """Return the floors as the TOML file that holds them."""
    lines = [f"# Floors of the figures on the repository's own gold. They only rise: {UPDATE} floors"]
    for name in CORPORA:
        lines += ["", f"[{name}]", *(f"{figure} = {value:.3f}" for figure, value in floors[name].items())]
    return "\n".join(lines) + "\n"


def gold_lines(paths: Iterable[Path]) -> list[str]:
    """Return the rows of the gold file that the marked articles make."""
    return [json.dumps(to_gold(read_document(path)), ensure_ascii=False) for path in sorted(paths)]


def _lean(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lean(item) for key, item in value.items() if item is not None and item is not False}
    return [_lean(item) for item in value] if isinstance(value, list) else value
