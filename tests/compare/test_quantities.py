"""Numbers in spans, and which of them can be one."""

import pytest

from claimx.compare.quantities import compatible, find_measures, find_quantity


@pytest.mark.parametrize(
    ("words", "low", "high", "unit"),
    [
        ("30 tanks", 30, 30, None),
        ("forty-two tanks", 42, 42, None),
        ("at least 14 drones", 14, None, None),
        ("more than 7,300 people", 7300, None, None),
        ("up to 50 men", 0, 50, None),
        ("300,000 tonnes of maize", 300000, 300000, "tonnes"),
        ("seven tons of gold", 7, 7, "tonnes"),
        ("1.5 million barrels", 1500000, 1500000, "barrels"),
        ("dozens of detainees", 20, 199, None),
        ("40-50 men", 40, 50, None),
        ("the 22 people", 22, 22, None),
        ("half a dozen men", 5, 7, None),
    ],
)
def test_numbers_are_read(words: str, low: float, high: float | None, unit: str | None) -> None:
    found = find_quantity(words)
    assert found is not None
    assert (found.low, found.high, found.unit) == (low, high, unit)


@pytest.mark.parametrize("words", ["some 30 patients", "two dozen cars", "a hundred tanks", "nearly 50 men"])
def test_round_numbers_leave_room(words: str) -> None:
    found = find_quantity(words)
    assert found is not None
    assert found.approximate
    assert found.high is not None
    assert found.low < found.high


@pytest.mark.parametrize(
    "words",
    [
        "tanks",
        "a tank",
        "S-400 radars",
        "the Boeing 747",
        "12-year-old boys",
        "the first cargo",
        "one of them",
        "",
        "50-40",
    ],
)
def test_what_is_no_number_of_things_is_none(words: str) -> None:
    assert find_quantity(words) is None


def test_a_hedge_may_stand_before_the_span() -> None:
    found = find_quantity("14 drones", before="Iran has shipped at least ")
    assert found is not None
    assert found.high is None
    plain = find_quantity("14 drones", before="Iran has shipped ")
    assert plain is not None
    assert plain.high == 14


@pytest.mark.parametrize(
    ("one", "other", "may_be_one"),
    [
        ("dozens", "30", True),
        ("some 30", "31", True),
        ("at least 14", "20", True),
        ("more than a dozen", "at least 14", True),
        ("112 men", "121 men", False),
        ("26,000 tonnes", "24,500 tonnes", False),
        ("30 tonnes", "500 men", True),  # of different things
        ("hundreds", "12", False),
    ],
)
def test_numbers_that_may_be_one(one: str, other: str, may_be_one: bool) -> None:
    left, right = find_quantity(one), find_quantity(other)
    assert left is not None
    assert right is not None
    assert compatible(left, right) is may_be_one
    assert compatible(right, left) is may_be_one


def test_measures_in_a_sentence() -> None:
    found = find_measures("It left with 300 tonnes of aid, 22 people and 5 kg of tea.")
    assert [(one.low, one.unit) for one in found] == [(300, "tonnes"), (5, "kilograms")]
    assert find_measures("It left with 22 people.") == []
