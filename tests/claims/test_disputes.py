"""What one source says and another rejects name each other; other movements and confirmations do not."""

import pytest
from spacy.language import Language

import claimx
from claimx.records import Article


def _disputes(text: str, nlp: Language) -> list[tuple[str, list[str]]]:
    """Return each claim's source, or "", with the sources of those that dispute it."""
    claims = claimx.extract(Article(source="t", text=text), nlp=nlp).claims
    teller = {c.id: c.sources[0].text if c.sources else "" for c in claims}
    return [(teller[c.id], [teller[other] for other in c.disputed_by]) for c in claims]


def test_a_denial_and_what_it_denies_name_each_other(nlp: Language) -> None:
    text = "Khartoum said Minsk sent drones to Sudan in May. Minsk denied that it had sent drones to Sudan."
    assert _disputes(text, nlp) == [("Khartoum", ["Minsk"]), ("Minsk", ["Khartoum"])]


@pytest.mark.parametrize(
    "text",
    [
        "Khartoum said Minsk sent drones to Sudan. Minsk denied that it had sent drones to Chad.",
        "Khartoum said Minsk sent drones to Sudan. Minsk confirmed that it had sent drones to Sudan.",
        "Khartoum said Minsk sent drones to Sudan. The trawler did not leave Vigo.",
    ],
)
def test_other_movements_and_confirmations_are_no_dispute(text: str, nlp: Language) -> None:
    found = _disputes(text, nlp)
    assert len(found) > 1
    assert not any(others for _, others in found)
