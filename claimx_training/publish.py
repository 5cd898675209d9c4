"""From a finished training run to pipelines that can be used: exported, evaluated, described."""

import json
import tomllib
from pathlib import Path
from typing import Any, Final

import spacy

from claimx import __version__
from claimx.language import EMBEDDED_MODEL
from claimx_training.corpora import CorpusPaths
from claimx_training.evaluate import Figure, by_corpus, evaluate
from claimx_training.export import export_pipeline

FLOAT_NAME: Final = f"{EMBEDDED_MODEL}_float32"
WEIGHTS_LICENSE: Final = "CC BY-SA 4.0"
"""The most demanding of the corpora's licences; the code around the weights has its own."""


def read_sources() -> list[dict[str, str]]:
    """What the weights derive from, with authors and licences."""
    with (Path(__file__).parent / "sources.toml").open("rb") as file:
        sources: list[dict[str, str]] = tomllib.load(file)["source"]
    return sources


def describe() -> dict[str, Any]:
    """The part of ``meta.json`` that is the same for every training run."""
    return {
        "version": __version__,
        "description": "English for news: tags, lemmas, UD v2 trees, names and noun classes, from one encoder.",
        "author": "The claimx developers",
        "license": WEIGHTS_LICENSE,
        "sources": read_sources(),
        "spacy_version": ">=3.8,<4",
        "requirements": ["onnxruntime", "tokenizers"],
    }


def publish(checkpoint: Path, output: Path, paths: CorpusPaths) -> tuple[list[Figure], list[Figure]]:
    """Export the run of `checkpoint` to `output` in int8 and float32, and measure both on the test parts.

    The figures of the int8 pipeline, which are also written into its ``meta.json``, and those of the other.
    """
    full = export_pipeline(checkpoint, output / FLOAT_NAME, quantize=False, meta=describe())
    small = export_pipeline(checkpoint, output / EMBEDDED_MODEL, quantize=True, meta=describe())
    figures = evaluate(spacy.load(small), paths)
    compared = evaluate(spacy.load(full), paths)
    write_performance(small, figures)
    write_performance(full, compared)
    return figures, compared


def write_performance(pipeline: Path, figures: list[Figure]) -> None:
    """Put `figures` into the pipeline's ``meta.json``, in per cent."""
    path = pipeline / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    meta["performance"] = {
        corpus: {figure.name: round(figure.value, 2) for figure in rows} for corpus, rows in by_corpus(figures).items()
    }
    path.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
