"""EDTF as days and in words."""

from datetime import date

import pytest

from claimx.edtf import read_day, word_edtf
from claimx.report.story import read_period


@pytest.mark.parametrize(
    ("edtf", "first", "final", "words"),
    [
        ("2024-12-16", "2024-12-16", "2024-12-16", "16 December 2024"),
        ("2024-12-09/2024-12-15", "2024-12-09", "2024-12-15", "9–15 December 2024"),
        ("2024-12-30/2025-01-02", "2024-12-30", "2025-01-02", "30 December 2024 – 2 January 2025"),
        ("2024-11-30/2024-12-02", "2024-11-30", "2024-12-02", "30 November–2 December 2024"),
        ("2023", "2023-01-01", "2023-12-31", "2023"),
        ("2024-02", "2024-02-01", "2024-02-29", "February 2024"),
        ("2021-08~", "2021-08-01", "2021-08-31", "about August 2021"),
        ("2024-23", "2024-09-01", "2024-11-30", "autumn 2024"),
        ("2025-24", "2025-12-01", "2026-02-28", "winter 2025–26"),
        ("2024-33", "2024-01-01", "2024-03-31", "the first quarter of 2024"),
        ("2024-41", "2024-07-01", "2024-12-31", "the second half of 2024"),
        ("199X", "1990-01-01", "1999-12-31", "the 1990s"),
        ("18XX", "1800-01-01", "1899-12-31", "the 1800s"),
    ],
)
def test_periods(edtf: str, first: str, final: str, words: str) -> None:
    assert read_period(edtf) == (date.fromisoformat(first), date.fromisoformat(final))
    assert word_edtf(edtf) == words


def test_open_intervals_keep_their_end_open() -> None:
    assert read_period("2024-12-16/..") == (date(2024, 12, 16), None)
    assert read_period("../2023") == (None, date(2023, 12, 31))
    assert word_edtf("2024-12-16/..") == "since 16 December 2024"
    assert word_edtf("../2023") == "until 2023"


@pytest.mark.parametrize(
    "edtf",
    [
        "",
        "..",
        "../..",
        "soon",
        "2024-13",
        "2024-02-30",
        "0000",
        "2024-12-16<b>",
        "2025/2023",
        "٢٠٢٤",
        "XXXX",
        "2024-99",
    ],
)
def test_what_is_no_date_stays_what_it_is(edtf: str) -> None:
    assert read_period(edtf) is None
    assert word_edtf(edtf) == edtf


def test_days() -> None:
    assert read_day("2024-12-19T10:00:00Z") == date(2024, 12, 19)
    assert read_day("yesterday") is None
    assert read_day(None) is None
