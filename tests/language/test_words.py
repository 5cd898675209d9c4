"""Word shapes, word pieces and batches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from claimx.language.pieces import MAX_PIECES_A_WORD, PieceTable, make_batch
from claimx.language.words import SHAPES, word_shape

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]


@pytest.fixture
def table() -> PieceTable:
    vocabulary = {name: index for index, name in enumerate([*SPECIAL, "syria", "air", "##field", "a", "##a"])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - no password
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return PieceTable(tokenizer)


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("troops", "lower"),
        ("Syria", "title"),
        ("NATO", "upper"),
        ("I", "initial"),
        ("iPhone", "mixed"),
        ("U.S.", "abbreviation"),
        ("2024", "number"),
        ("10:30", "number with marks"),
        ("S-400", "letters and digits"),
        ("Al-Qaeda", "title compound"),
        ("air-to-air", "compound"),
        (",", "mark"),
        ("—", "mark"),
        ("北京", "other"),
    ],
)
def test_shapes(word: str, shape: str) -> None:
    assert SHAPES[word_shape(word)] == shape


@given(st.text(min_size=1))
def test_every_word_has_a_shape_that_is_not_padding(word: str) -> None:
    assert 0 < word_shape(word) < len(SHAPES)


def test_pieces_ignore_case_and_split_long_words(table: PieceTable) -> None:
    assert table.look_up(["Syria", "airfield", "SYRIA"]) == [[4], [5, 6], [4]]


def test_what_has_no_pieces_is_unknown(table: PieceTable) -> None:
    assert table.look_up(["\u200b", "xyz"]) == [[1], [1]]


def test_pieces_of_endless_words_are_cut(table: PieceTable) -> None:
    assert len(table.look_up(["a" * 90])[0]) == MAX_PIECES_A_WORD
    assert len(table.look_up(["a" * 1_000_000])[0]) <= MAX_PIECES_A_WORD


def test_a_batch_says_where_each_word_lies(table: PieceTable) -> None:
    first = (table.look_up(["Syria", "airfield"]), [2, 1])
    second = (table.look_up(["air"]), [1])
    batch = make_batch([first, second], table)
    assert batch.pieces.tolist() == [[2, 4, 5, 6, 3], [2, 5, 3, 0, 0]]
    assert batch.mask.tolist() == [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]]
    assert batch.shapes.tolist() == [[0, 2, 1, 1, 0], [0, 1, 0, 0, 0]]
    assert batch.firsts.tolist() == [1, 2, 6]
    assert batch.ends.tolist() == [2, 4, 7]
    assert batch.word_shapes.tolist() == [2, 1, 1]
