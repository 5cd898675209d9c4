"""What the second encoder reads again and what not, and how its four-bit weights come back."""

from pathlib import Path

import numpy as np
import pytest
import spacy

from claimx.errors import ModelError
from claimx.language.cascade import (
    BLOCK,
    CASCADE_FILE,
    CASCADE_WEIGHTS_FILE,
    LEAST_CHANCE,
    MULTIPLIERS,
    STEPS,
    ZERO,
    Cascade,
    SecondReading,
    int8_matrix,
)
from claimx.language.encoder import ClaimxEncoder, _Window, _Words
from claimx.language.pieces import Batch
from claimx.language.semantics import FillerHead, WordVectors


def test_a_step_times_its_multiplier_is_the_weight() -> None:
    steps = np.arange(-ZERO, ZERO, dtype=np.int8)
    wanted = np.stack([np.resize(steps, 2 * BLOCK), np.resize(steps[::-1], 2 * BLOCK)], axis=1)  # [inputs, outputs]
    kept = (wanted[:, :1] + ZERO).astype(np.uint8) | ((wanted[:, 1:] + ZERO).astype(np.uint8) << 4)
    multipliers = np.array([[1, -7], [3, 2]], dtype=np.int8)
    found = int8_matrix(kept, multipliers)
    assert found.dtype == np.int8
    assert (found[:BLOCK] == wanted[:BLOCK] * np.array([1, -7], dtype=np.int8)).all()
    assert (found[BLOCK:] == wanted[BLOCK:] * np.array([3, 2], dtype=np.int8)).all()


def test_missing_and_damaged_weights_are_errors_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        Cascade(tmp_path)
    np.savez(tmp_path / CASCADE_WEIGHTS_FILE, **{f"a{STEPS}": np.zeros((BLOCK, 1), np.uint8)})
    with pytest.raises(ModelError, match="cannot be loaded"):
        Cascade(tmp_path)
    np.savez(
        tmp_path / CASCADE_WEIGHTS_FILE,
        **{f"a{STEPS}": np.zeros((BLOCK, 1), np.uint8), f"a{MULTIPLIERS}": np.ones((1, 2), np.int8)},  # type: ignore[arg-type]
    )
    (tmp_path / CASCADE_FILE).write_bytes(b"no graph")
    with pytest.raises(ModelError, match="cannot be loaded"):
        Cascade(tmp_path)


class _Surer:
    """Stands in for the second encoder: a chance of its own for each word, the number of its piece in hundredths."""

    head = FillerHead(*(np.zeros(0, dtype=np.float32),) * 3)  # type: ignore[arg-type]

    def __init__(self) -> None:
        self.read: list[int] = []

    def run(self, batch: Batch) -> SecondReading:
        pieces = batch.pieces.reshape(-1)[batch.firsts]
        self.read += pieces.tolist()
        count = len(pieces)
        own = np.repeat(pieces[:, None].astype(np.float32), 2, axis=1)
        statuses = np.full((count, 6), 2, dtype=np.float32)
        return SecondReading((pieces / 100).astype(np.float32), statuses, own, -own, 2 * own)


class _Table:
    start, end, padding = 0, 0, 0


def reader() -> tuple[ClaimxEncoder, _Surer]:
    encoder = ClaimxEncoder(spacy.blank("en"), "claimx_encoder")
    cascade = _Surer()
    encoder._cascade = cascade  # type: ignore[assignment]
    encoder._pieces = _Table()  # type: ignore[assignment]
    return encoder, cascade


def words(count: int) -> _Words:
    """A doc of `count` words; the piece of each is its number, from 1."""
    nothing = np.zeros(count, dtype=np.int64)
    return _Words(
        doc=spacy.blank("en")("x"), indices=nothing, texts=["x"] * count, pieces=[[i + 1] for i in range(count)],
        shapes=[0] * count, borders=nothing > 0, fixed=False, tags=nothing, starts=nothing > 0, heads=nothing,
        relations=nothing, probabilities=nothing.astype(np.float32), entities=nothing, windows=nothing,
    )  # fmt: skip


def vectors(*chances: float) -> WordVectors:
    empty = np.zeros((len(chances), 2), dtype=np.float32)
    both = np.stack([np.zeros(len(chances)), np.asarray(chances)], axis=1).astype(np.float32)
    return WordVectors(empty, empty, empty, empty, both, np.zeros((len(chances), 6), dtype=np.float32))


def test_only_windows_with_a_chance_of_movement_are_read_again() -> None:
    encoder, cascade = reader()
    doc = words(6)
    said = vectors(0.0, LEAST_CHANCE / 2, 0.0, 0.4, 0.9, 0.0)
    encoder._read_again(doc, said, [_Window(doc, 0, 2, 2), _Window(doc, 2, 4, 2), _Window(doc, 4, 6, 2)])
    assert sorted(cascade.read) == [3, 4, 5, 6]
    assert said.chances[:, 1].tolist() == pytest.approx([0.0, LEAST_CHANCE / 2, 0.03, 0.04, 0.05, 0.06])
    assert said.chances[:, 0].tolist() == [0] * 6
    assert said.statuses[:2].sum() == 0
    assert (said.statuses[2:] == 2).all()
    assert doc.second is not None
    assert doc.second.read.tolist() == [False, False, True, True, True, True]
    assert doc.second.trigger[:, 0].tolist() == [0, 0, 3, 4, 5, 6]
    assert doc.second.filler[:, 1].tolist() == [0, 0, -3, -4, -5, -6]
    assert doc.second.mention[:, 0].tolist() == [0, 0, 6, 8, 10, 12]


def test_training_may_have_all_windows_read_again() -> None:
    encoder, cascade = reader()
    encoder.least_chance = 0.0
    doc = words(4)
    encoder._read_again(doc, vectors(0.0, 0.0, 0.0, 0.0), [_Window(doc, 0, 2, 2), _Window(doc, 2, 4, 2)])
    assert sorted(cascade.read) == [1, 2, 3, 4]


def test_a_pipeline_without_a_second_encoder_keeps_what_the_first_says(tmp_path: Path) -> None:
    encoder, _ = reader()
    encoder._cascade = None
    encoder._folder = tmp_path
    said = vectors(0.9, 0.1)
    doc = words(2)
    encoder._read_again(doc, said, [_Window(doc, 0, 2, 2)])
    assert doc.second is None
    assert said.chances[:, 1].tolist() == pytest.approx([0.9, 0.1])


def test_nothing_is_loaded_where_nothing_moves(tmp_path: Path) -> None:
    encoder = ClaimxEncoder(spacy.blank("en"), "claimx_encoder")
    encoder._folder = tmp_path
    (tmp_path / CASCADE_FILE).write_bytes(b"no graph")
    doc = words(2)
    encoder._read_again(doc, vectors(0.0, 0.001), [_Window(doc, 0, 2, 2)])
    with pytest.raises(ModelError):
        encoder._read_again(doc, vectors(0.5, 0.001), [_Window(doc, 0, 2, 2)])
