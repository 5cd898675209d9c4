"""Who asks for a ban is named with what it would bar, lest it read as one in force; who has set one is not."""

import pytest
from spacy.language import Language

import claimx
from claimx.records import Article


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Settlers denounced Karim's proposal to ban traders from entering Malta.", ["Karim"]),
        ("The herders called on the council on Monday to block Karim's visit to Malta.", ["The herders"]),
        ("Karim has repeatedly pledged to ban all traders from entering Malta.", ["Karim"]),
        ("Aides said Karim called for banning all traders from entering Malta.", ["Karim", "Aides"]),
        ("Some herders liked Karim's plan to bar traders from entering Malta.", ["Karim"]),
        ("The board condemned council candidate Al Karim's call for a ban on traders entering Malta.", ["Al Karim"]),
        ("Karim is a herder and a poet who has pledged to ban all traders from entering Malta.", ["Karim"]),
        ("Karim has made several pleas, including a call for a ban on traders entering Malta.", ["Karim"]),
        ("The traders were urged by Karim not to travel to Malta.", ["Karim"]),
        ("The traders were urged not to travel to Malta.", []),
        ("The court barred the traders from entering Malta.", []),
        ("Aides said the court barred the traders from entering Malta.", ["Aides"]),
        ("Karim pledged to send the traders to Malta.", []),
    ],
)
def test_who_asks_for_a_ban_is_its_source(text: str, sources: list[str], nlp: Language) -> None:
    (claim,) = claimx.extract(Article(source="t", text=text), nlp=nlp).claims
    assert [source.text for source in claim.sources] == sources
