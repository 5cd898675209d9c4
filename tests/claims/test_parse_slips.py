"""Roles where the parse is off: the trees are given here, so a better or worse model changes nothing."""

import pytest
from spacy.tokens import Doc, Span

from claimx.claims.movement.assemble import find_movements
from claimx.claims.nouns import Kinds
from claimx.claims.roles.times import is_of_another, is_only_relative, is_stretch
from claimx.language import syntax
from claimx.rules.loader import load_rules
from docs import make_doc, read_columns

RULES = load_rules()


def tree(rows: str, ents: str = "") -> Doc:
    """A text from rows of word, lemma, UPOS, tag, relation, head (from 0); entities are `first-last:LABEL`."""
    words, lemmas, pos, tags, deps, heads = read_columns(rows)
    spaces = [after not in {",", "."} for after in (*words[1:], ".")]
    doc = make_doc(words, spaces=spaces, lemmas=lemmas, pos=pos, tags=tags, deps=deps, heads=heads)
    spans = []
    for item in ents.split():
        where, label = item.split(":")
        first, last = where.split("-")
        spans.append(Span(doc, int(first), int(last) + 1, label=label))
    doc.ents = spans
    return doc


def roles(doc: Doc, trigger: str) -> dict[str, str]:
    found = [m for m in find_movements(doc, RULES) if m.trigger.span.text == trigger]
    assert len(found) == 1
    return {role: str(span) for role, span in found[0].roles.items()}


def test_a_subject_hung_on_the_verb_of_saying_after_its_clause_comes_home() -> None:
    doc = tree(
        """
        Turkish Turkish ADJ JJ amod 1
        ships ship NOUN NNS nsubj 10
        have have AUX VBP aux 3
        carried carry VERB VBN ccomp 10
        grain grain NOUN NN obj 3
        to to ADP IN case 6
        Lebanon Lebanon PROPN NNP obl 3
        , , PUNCT , punct 3
        the the DET DT det 9
        traders trader NOUN NNS nsubj 10
        said say VERB VBD ROOT 10
        . . PUNCT . punct 10
        """,
        "0-0:NORP 6-6:GPE",
    )
    assert roles(doc, "carried") == {
        "who": "Turkish",
        "what": "grain",
        "destination": "Lebanon",
        "vehicle": "Turkish ships",
    }


def test_a_vehicle_after_a_long_name_is_the_vehicle_and_the_name_its_operator() -> None:
    doc = tree(
        """
        A a DET DT det 1
        Ministry ministry PROPN NNP nsubj 6
        of of ADP IN case 3
        Health health PROPN NNP nmod 1
        rescue rescue NOUN NN compound 5
        helicopter helicopter NOUN NN appos 1
        landed land VERB VBD ROOT 6
        in in ADP IN case 8
        Nairobi Nairobi PROPN NNP obl 6
        . . PUNCT . punct 6
        """,
        "1-3:ORG 8-8:GPE",
    )
    assert roles(doc, "landed") == {
        "who": "Ministry of Health",
        "vehicle": "A Ministry of Health rescue helicopter",
        "destination": "Nairobi",
    }


def test_a_nation_and_its_body_are_one_operator() -> None:
    doc = tree(
        """
        Two two NUM CD nummod 3
        Russian russian ADJ JJ amod 3
        Navy navy PROPN NNP compound 3
        ships ship NOUN NNS nsubj 4
        sailed sail VERB VBD ROOT 4
        to to ADP IN case 6
        Latakia Latakia PROPN NNP obl 4
        . . PUNCT . punct 4
        """,
        "1-1:NORP 2-2:ORG 6-6:GPE",
    )
    assert roles(doc, "sailed") == {
        "who": "Russian Navy",
        "vehicle": "Two Russian Navy ships",
        "destination": "Latakia",
    }


@pytest.mark.parametrize(("noun", "stretch"), [("support", True), ("May", False)])
def test_years_of_something_date_nothing(noun: str, stretch: bool) -> None:
    doc = tree(
        f"""
        They they PRON PRP nsubj 1
        left leave VERB VBD ROOT 1
        after after ADP IN case 3
        days day NOUN NNS obl 1
        of of ADP IN case 5
        {noun} {noun} PROPN NNP nmod 3
        . . PUNCT . punct 1
        """,
        "" if stretch else "5-5:DATE",
    )
    assert is_stretch(doc[3], Kinds(RULES)) is stretch


@pytest.mark.parametrize(("noun", "label", "relative"), [("attack", "", True), ("dawn", "3-3:TIME", False)])
def test_before_an_event_says_no_time(noun: str, label: str, relative: bool) -> None:
    doc = tree(
        f"""
        They they PRON PRP nsubj 1
        left leave VERB VBD ROOT 1
        before before ADP IN case 3
        {noun} {noun} NOUN NN obl 1
        . . PUNCT . punct 1
        """,
        label,
    )
    assert is_only_relative(doc[3], Kinds(RULES)) is relative


def test_how_long_before_an_event_says_no_time() -> None:
    doc = tree(
        """
        visits visit NOUN NNS ROOT 0
        months month NOUN NNS obl:npmod 3
        before before ADP IN case 3
        collapse collapse NOUN NN nmod 0
        . . PUNCT . punct 0
        """,
        "1-1:DATE",
    )
    assert is_only_relative(doc[3], Kinds(RULES))


def test_an_apposition_set_off_by_a_comma_stays_one() -> None:
    doc = tree(
        """
        Ever ever PROPN NNP compound 1
        Marine marine PROPN NNP nsubj 5
        , , PUNCT , punct 4
        cargo cargo NOUN NN compound 4
        ship ship NOUN NN appos 1
        sailed sail VERB VBD ROOT 5
        to to ADP IN case 7
        Panama Panama PROPN NNP obl 5
        . . PUNCT . punct 5
        """,
        "0-1:ORG 7-7:GPE",
    )
    assert roles(doc, "sailed") == {"who": "Ever Marine, cargo ship", "destination": "Panama"}


@pytest.mark.parametrize("opening", ["to", "en"])
def test_a_place_before_an_adverbial_clause_belongs_to_the_verb_before(opening: str) -> None:
    doc = tree(
        f"""
        The the DET DT det 1
        delegation delegation NOUN NN nsubj 2
        arrived arrive VERB VBD ROOT 2
        in in ADP IN case 4
        Crete Crete PROPN NNP obl 6
        {opening} {opening} PART TO mark 6
        refuel refuel VERB VB advcl 2
        . . PUNCT . punct 2
        """,
        "4-4:GPE",
    )
    assert roles(doc, "arrived") == {"who": "The delegation", "destination": "Crete"}


def test_an_orphan_after_from_is_where_it_went() -> None:
    doc = tree(
        """
        Ankara Ankara PROPN NNP nsubj 1
        shipped ship VERB VBD ROOT 1
        rifles rifle NOUN NNS obj 1
        from from ADP IN case 4
        Izmir Izmir PROPN NNP obl 1
        to to ADP IN case 6
        depots depot NOUN NNS orphan 4
        in in ADP IN case 8
        Tripoli Tripoli PROPN NNP nmod 6
        . . PUNCT . punct 1
        """,
        "0-0:GPE 4-4:GPE 8-8:GPE",
    )
    assert roles(doc, "shipped") == {
        "who": "Ankara",
        "what": "rifles",
        "origin": "Izmir",
        "destination": "depots in Tripoli",
    }


def test_what_sums_up_the_clause_is_no_part_of_the_place() -> None:
    doc = tree(
        """
        Rama Rama PROPN NNP nsubj 1
        flew fly VERB VBD ROOT 1
        to to ADP IN case 3
        Oslo Oslo PROPN NNP obl 1
        , , PUNCT , punct 7
        his his PRON PRP$ nmod:poss 7
        third third ADJ JJ amod 7
        visit visit NOUN NN appos 3
        . . PUNCT . punct 1
        """,
        "0-0:PERSON 3-3:GPE",
    )
    assert roles(doc, "flew")["destination"] == "Oslo"


def test_an_apposition_that_carries_the_clause_stays_with_its_name() -> None:
    doc = tree(
        """
        Critics critic NOUN NNS nsubj 1
        mocked mock VERB VBD ROOT 1
        Idi Idi PROPN NNP obj 1
        Amin Amin PROPN NNP flat 2
        , , PUNCT , punct 7
        the the DET DT det 7
        Ugandan Ugandan ADJ JJ amod 7
        ruler ruler NOUN NN appos 2
        who who PRON WP nsubj 9
        fled flee VERB VBD acl:relcl 7
        to to ADP IN case 11
        Libya Libya PROPN NNP obl 9
        . . PUNCT . punct 1
        """,
        "2-3:PERSON 6-6:NORP 11-11:GPE",
    )
    assert roles(doc, "fled") == {"who": "Idi Amin, the Ugandan ruler", "destination": "Libya"}


def test_a_place_keeps_the_one_that_it_is_in() -> None:
    doc = tree(
        """
        Her her PRON PRP$ nmod:poss 1
        trip trip NOUN NN nsubj 8
        to to ADP IN case 4
        the the DET DT det 4
        valley valley NOUN NN nmod 1
        in in ADP IN case 7
        West West PROPN NNP compound 7
        Virginia Virginia PROPN NNP nmod 4
        ended end VERB VBD ROOT 8
        . . PUNCT . punct 8
        """,
        "6-7:GPE",
    )
    assert roles(doc, "trip")["destination"] == "the valley in West Virginia"


def test_an_owner_whose_name_was_torn_from_the_noun_is_found_by_its_ending() -> None:
    doc = tree(
        """
        They they PRON PRP nsubj 1
        praised praise VERB VBD ROOT 1
        candidate candidate NOUN NN obj 1
        Ann Ann PROPN NNP appos 2
        Reed Reed PROPN NNP flat 3
        's 's PART POS case 3
        call call NOUN NN obj 1
        . . PUNCT . punct 1
        """,
        "3-4:PERSON",
    )
    assert [owner.text for owner in syntax.possessors(doc[6])] == ["Ann"]
    assert syntax.possessors(doc[2]) == []


@pytest.mark.parametrize(("opener", "another"), [("Though", True), ("After", False)])
def test_the_time_of_a_clause_set_against_another_is_its_own(opener: str, another: bool) -> None:
    doc = tree(
        f"""
        {opener} {opener.lower()} SCONJ IN mark 2
        they they PRON PRP nsubj 2
        vote vote VERB VBP advcl 6
        today today NOUN NN obl 2
        , , PUNCT , punct 6
        both both PRON DT nsubj 6
        left leave VERB VBD ROOT 6
        . . PUNCT . punct 6
        """
    )
    assert is_of_another(doc[3], doc[6]) is another


def test_a_bare_quantity_that_acts_is_people() -> None:
    doc = tree(
        """
        Tens tens NOUN NNS nsubj 3
        of of ADP IN case 2
        thousands thousands NOUN NNS nmod 0
        arrived arrive VERB VBD ROOT 3
        in in ADP IN case 5
        Greece Greece PROPN NNP obl 3
        . . PUNCT . punct 3
        """,
        "5-5:GPE",
    )
    assert roles(doc, "arrived") == {"who": "Tens of thousands", "destination": "Greece"}
