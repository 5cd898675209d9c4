"""The sample articles: what claimx finds in them, and how near that comes to what a reader marked."""

import difflib
from pathlib import Path

import pytest
from gold import corpora
from gold.marks import read_document
from spacy.language import Language

import claimx

PATHS = corpora.sample_paths()
UNSURE = 3
"""So many claims of an article may be given on one kind of processor and not on another."""
FURNITURE = ("cookie", "newsletter", "related", "share", "sign in", "comment", "read next", "see also", "most read")


def ids(path: Path) -> str:
    return path.name


def test_samples_are_pages_and_text_files() -> None:
    pages = [path for path in PATHS if path.suffix == ".html"]
    assert len(PATHS) >= 10
    assert len(pages) >= 6
    assert len(PATHS) - len(pages) >= 4


@pytest.mark.parametrize("path", PATHS, ids=ids)
def test_every_mark_is_found_in_the_article(path: Path) -> None:
    article = claimx.read(str(path))
    document = read_document(corpora.EXPECTED / f"{path.stem}.toml", article.text)
    for claim in document.claims:
        for span in (claim.trigger, *claim.roles.values(), *claim.sources):
            assert article.text[span.start : span.end] == span.text


@pytest.mark.parametrize("path", [path for path in PATHS if path.suffix == ".html"], ids=ids)
def test_pages_lose_their_furniture_and_keep_their_metadata(path: Path) -> None:
    article = claimx.read(str(path))
    assert not [line for line in article.text.lower().splitlines() if line.startswith(FURNITURE)]
    assert article.publisher
    assert article.published
    assert article.text.startswith(article.title or "?")


def test_all_expected_files_belong_to_a_sample() -> None:
    stems = {path.stem for path in PATHS}
    assert {path.name.partition(".")[0] for path in corpora.EXPECTED.iterdir()} <= stems


@pytest.mark.parametrize("path", PATHS, ids=ids)
def test_output_is_the_reviewed_one(path: Path, nlp: Language) -> None:
    if not any(corpora.EXPECTED.glob("*.claims.jsonl")):
        pytest.skip(f"no output has been reviewed yet: {corpora.UPDATE} snapshots")
    article = corpora.extracted("samples", nlp)[PATHS.index(path)]
    reviewed = corpora.snapshot_path(path).read_text(encoding="utf-8").splitlines()
    changed = list(difflib.unified_diff(reviewed, corpora.snapshot(article), "reviewed", "now", n=0, lineterm=""))
    told = "\n".join([f"if it is better: {corpora.UPDATE} snapshots", *changed])
    if corpora.rounding(nlp) == corpora.ROUNDING_FILE.read_text(encoding="utf-8").strip():
        assert not changed, told
    else:  # the snapshots were made on another kind of processor
        triggers = {line.partition('"end"')[0] for line in reviewed}
        assert len(triggers ^ {line.partition('"end"')[0] for line in corpora.snapshot(article)}) <= UNSURE, told


def test_claims_found_hold_their_floors(nlp: Language) -> None:
    scores = corpora.measure("samples", nlp)
    low = corpora.below(corpora.read_floors()["samples"], scores.figures())
    assert not low, "\n".join(low + scores.misses)
