"""First and last days of EDTF dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx.edtf import FIRST_DAY, LAST_DAY, day_bounds


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024-12-16", "2024-12-16", "2024-12-16"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-12~", "2024-12-01", "2024-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2017-22", "2017-06-01", "2017-08-31"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("2024-12-16/2025-01-03", "2024-12-16", "2025-01-03"),
        ("2024-12/2025", "2024-12-01", "2025-12-31"),
        ("2024-12-16/..", "2024-12-16", LAST_DAY),
        ("../2024-12", FIRST_DAY, "2024-12-31"),
        ("9999-24", "9999-12-01", LAST_DAY),
    ],
)
def test_bounds(edtf: str, first: str, last: str) -> None:
    assert day_bounds(edtf) == (first, last)


@pytest.mark.parametrize(
    "edtf",
    [
        None,
        "",
        "soon",
        "2024-13",
        "2023-02-29",
        "2024-22-01",
        "199X-01-02",
        "0000",
        "2025/2024",
        "2024-1",
        "/",
        "../..",
    ],
)
def test_no_bounds(edtf: str | None) -> None:
    assert day_bounds(edtf) is None


@given(st.text(st.sampled_from("0129X-/.~?٣ "), max_size=24) | st.from_regex(r"\d{3}[\dX](-\d\d){0,2}", fullmatch=True))
def test_bounds_are_days_in_order(edtf: str) -> None:
    bounds = day_bounds(edtf)
    if bounds is not None:
        first, last = map(date.fromisoformat, bounds)
        assert first <= last


@given(st.dates())
def test_a_day_is_its_own_bounds(day: date) -> None:
    assert day_bounds(day.isoformat()) == (day.isoformat(), day.isoformat())
