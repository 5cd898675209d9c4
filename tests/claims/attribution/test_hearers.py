"""Who is told a thing is no part of what he is told; an outlet that is told passes it on; a month says nothing."""

import pytest
from spacy.language import Language

import claimx
from claimx.records import Article, Attribution


def _attributions(text: str, nlp: Language) -> tuple[Attribution, ...]:
    return claimx.extract(Article(source="t", text=text), nlp=nlp).attributions


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Karim told the National Post he has already received hundreds of letters.", "he has already"),
        ("Five past and current herders separately told The Post that the council offers no pay.", "that the council"),
        ("Karim told the crowd of students that he had flown to Rome.", "that he had"),
    ],
)
def test_who_is_told_is_no_content(text: str, content: str, nlp: Language) -> None:
    (told,) = _attributions(text, nlp)
    assert told.content[0].text.startswith(content)


def test_the_last_month_tells_of_nothing(nlp: Language) -> None:
    text = "Karim took a firm stance — and last June stirred anger with an assertion that the traders are thieves."
    (told,) = _attributions(text, nlp)
    assert told.source is not None
    assert told.source.text == "Karim"


def test_a_saying_with_a_clause_of_its_own_takes_no_quotation_before_it(nlp: Language) -> None:
    text = 'A clerk for the firm - a business pitched as "the ultimate place for traders" - noted that it offers leave.'
    noted = next(told for told in _attributions(text, nlp) if told.cue is not None and told.cue.text == "noted")
    assert [span.text for span in noted.content] == ["that it offers leave"]


@pytest.mark.parametrize(
    ("text", "voiced"),
    [
        ("The mayor praised the order of the council.", False),
        ("Critics believe the plan will fail.", False),
        ("Critics believe the plan “will fail within a year”.", True),
        ("The mayor demanded that the traders leave.", True),
        ("The mayor backed the order of the council.", False),
        ("The council discussed the plan for the harbour.", False),
        ("The mayor wants to keep the traders in the harbour.", False),
        ("The mayor vowed to keep the traders in the harbour.", True),
        ("The mayor said the plan would fail.", True),
    ],
)
def test_views_are_told_from_sayings(text: str, voiced: bool, nlp: Language) -> None:
    assert [told.voiced for told in _attributions(text, nlp)] == [voiced]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“It is late,” the clerk wrote after Lee argued that “nobody will come to the quay”.", "“It is late,”"),
        ("“It pays for the library,” said the clerk.\n\n“Harbour Five,” a serial that ran in 1960, is back.",
         "“It pays for the library,”"),
        ("The clerk has not said whether he has a plan, and he insisted on Monday that he is well.",
         "whether he has a plan"),
        ("The clerk said last month that the rate was 39%.", "that the rate was 39%"),
    ],
)  # fmt: skip
def test_what_another_clause_quotes_or_says_is_not_said(text: str, said: str, nlp: Language) -> None:
    assert [span.text for span in _attributions(text, nlp)[0].content] == [said]


def test_what_is_set_off_behind_the_verb_goes_on_with_what_is_said(nlp: Language) -> None:
    (told,) = _attributions("The crew would be aided, the clerk said, by the heavy rain.", nlp)
    assert [span.text for span in told.content] == ["The crew would be aided", "by the heavy rain"]


@pytest.mark.parametrize("text", ["The paper found itself playing host to traders.", "Can any clerk believe it sank?"])
def test_what_nobody_says_is_no_saying(text: str, nlp: Language) -> None:
    assert not _attributions(text, nlp)
