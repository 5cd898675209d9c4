"""One name for one outlet, one key for one source, and periods of days."""

from datetime import date

import pytest
from making import article, claim, source

from claimx.compare.names import initials
from claimx.compare.periods import Period, read_day, read_period
from claimx.compare.speakers import Speaker, Unnamed, know_speakers
from claimx.outlets import fold, is_agency, outlet_key
from claimx.records import Attribution, SourceKind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("WSJ", "The Wall Street Journal"),
        ("AFP", "Agence France-Presse"),
        ("The AP", "Associated Press"),
        ("www.nytimes.com", "New York Times"),
        ("Caliber.Az", "caliber"),
        ("The Beacon", "beacon"),
        ("Médiapart", "mediapart"),
    ],
)
def test_one_outlet_has_one_key(one: str, other: str) -> None:
    assert outlet_key(one) == outlet_key(other)


@pytest.mark.parametrize(("one", "other"), [("The Times", "The New York Times"), ("AP", "AFP"), ("Beacon", "Bacon")])
def test_other_outlets_have_other_keys(one: str, other: str) -> None:
    assert outlet_key(one) != outlet_key(other)


def test_folding() -> None:
    assert fold("The U.S. Army’s") == "us army"
    assert initials("World Health Organization") == "who"
    assert initials("Reuters") == ""
    assert is_agency(outlet_key("Reuters"))
    assert not is_agency(outlet_key("The Guardian"))


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2024", 366),
        ("2024-12", 31),
        ("2024-12-16", 1),
        ("2024-02~", 29),
        ("2024-12-16/2024-12-18", 3),
        ("2024-24", 90),
    ],
)
def test_periods(edtf: str, days: int) -> None:
    found = read_period(edtf)
    assert found is not None
    assert found.days == days


@pytest.mark.parametrize("text", [None, "", "soon", "2024-13", "2024-12-18/2024-12-16", "2024-02-30"])
def test_what_is_no_period_is_none(text: str | None) -> None:
    assert read_period(text) is None


def test_open_periods_and_gaps() -> None:
    first, last = read_period("2024-12-16"), read_period("2024-12-18/..")
    assert first is not None
    assert last is not None
    assert first.gap(last) == last.gap(first) == 2
    assert first.gap(Period(first.first - 5, first.last + 5)) == 0
    assert read_day("2024-12-16T10:00:00Z") == date(2024, 12, 16).toordinal()
    assert read_day("yesterday") is None


def identify(words: str, kind: SourceKind, text: str, *, anonymous: bool = False) -> Speaker | Unnamed:
    """Return who a source is, where another article spells the World Health Organization out."""
    said = source(text, words, kind, anonymous)
    spelled = source("The World Health Organization said so.", "The World Health Organization", "organisation")
    articles = [
        article("Paper", text, attributions=(Attribution(said, None, (), "indirect"),)),
        article(
            "Other",
            "The World Health Organization said so.",
            attributions=(Attribution(spelled, None, (), "indirect"),),
        ),
    ]
    return know_speakers(articles).identify(said, 0)


@pytest.mark.parametrize(
    ("words", "kind", "key"),
    [
        ("the WHO", "organisation", "institution world health organization"),
        ("The U.N. health agency", "outlet", "institution world health organization"),
        ("the WSJ", "outlet", "outlet wall street journal"),
        ("Reuters", "organisation", "outlet reuters"),
        ("Agriculture Ministry spokeswoman Daria Holub", "person", "person daria holub"),
    ],
)
def test_who_a_source_is(words: str, kind: SourceKind, key: str) -> None:
    found = identify(words, kind, f"Tanks were moved, {words} said.")
    assert isinstance(found, Speaker)
    assert str(found.key) == key


def test_whom_a_person_speaks_for() -> None:
    found = identify("WHO representative Helena Marsh", "person", "It moved, WHO representative Helena Marsh said.")
    assert isinstance(found, Speaker)
    assert str(found.of) == "institution world health organization"
    alone = identify("Helena Marsh", "person", "It moved, Helena Marsh said.")
    assert isinstance(alone, Speaker)
    assert alone.of is None


@pytest.mark.parametrize(
    ("words", "kind", "anonymous", "report"),
    [
        ("US officials", "officials", True, False),
        ("a recent report", "document", False, True),
        ("the newspaper", "outlet", False, True),
        ("the ministry", "organisation", False, False),
        ("residents", "other", False, False),
    ],
)
def test_sources_without_a_name(words: str, kind: SourceKind, anonymous: bool, report: bool) -> None:
    found = identify(words, kind, f"Tanks were moved, {words} said.", anonymous=anonymous)
    assert isinstance(found, Unnamed)
    assert found.report is report


def test_the_newspaper_is_the_one_that_the_article_names() -> None:
    text = "Tanks were moved, the Baltic Chronicle said. They left at night, the newspaper added."
    named = source(text, "the Baltic Chronicle", "outlet")
    again = source(text, "the newspaper", "outlet")
    one = article("Paper", text, claim(text, "moved", said=[("the Baltic Chronicle", "outlet")]))
    speakers = know_speakers([one])
    assert speakers.identify(again, 0) == speakers.identify(named, 0)
