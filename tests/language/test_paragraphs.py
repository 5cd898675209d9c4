"""Paragraph borders in plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx.language.paragraphs import dateline_end, find_paragraphs


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in find_paragraphs(text)]


def test_blank_lines_part_paragraphs() -> None:
    assert pieces("One.\n\nTwo.\n \t\n\nThree.") == ["One.", "Two.", "Three."]


def test_single_line_breaks_part_paragraphs_too() -> None:
    assert pieces("Troops leave base\nOfficials said so on Monday.\nMore follows.") == [
        "Troops leave base",
        "Officials said so on Monday.",
        "More follows.",
    ]


def test_hard_wrapped_lines_stay_together() -> None:
    text = (
        "The convoy of some forty vehicles left the base near the coast late on\n"
        "Monday and drove east along the old road, where it was seen by several\n"
        "people who live in the villages there and who spoke to reporters by\n"
        "telephone.\n"
    )
    assert pieces(text) == [text.strip()]


def test_two_wrapped_lines_stay_together_but_two_headlines_do_not() -> None:
    assert len(pieces("The cargo ship left the port late on Monday and is\nexpected within the week.")) == 1
    assert len(pieces("Cargo ship leaves port after months of repairs and delay\nCrew glad to be at sea")) == 2


def test_windows_line_ends_part_as_others_do() -> None:
    assert pieces("One.\r\n\r\nTwo.\r\nThree.") == ["One.", "Two.", "Three."]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\t\r\n"])
def test_nothing_has_no_paragraphs(text: str) -> None:
    assert find_paragraphs(text) == []


@given(st.text(alphabet="ab. \n\r\t\u2028", max_size=60))
def test_paragraphs_cover_all_but_white_space_in_order(text: str) -> None:
    spans = find_paragraphs(text)
    last = 0
    for start, end in spans:
        assert last <= start < end
        assert text[last:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        last = end
    assert text[last:].strip() == ""


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("PORTO ALEGRE -- Army helicopters flew them out.", "Army helicopters flew them out."),
        ("KYIV – Trains left for Lviv.", "Trains left for Lviv."),
        ("BEIRUT, Dec 16 (Reuters) — Two ships left.", "Two ships left."),
        ("SAN SALVADOR, Brazil (AP) - “They left,” he said.", "“They left,” he said."),
        ("NATO — the alliance of 32 — sent ships.", None),
        ("NATO — Europe's shield — sent ships.", None),
        ("USS-CARRIER groups left.", None),
        ("RUSSIA - MOVES RADARS TO LIBYA", None),
        ("The ships left - Turkey had sent them.", None),
    ],
)
def test_a_dateline_ends_where_the_report_begins(text: str, report: str | None) -> None:
    assert text[dateline_end(text, 0) :] == (report or text)
