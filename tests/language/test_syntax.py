"""The same questions over UD and ClearNLP trees of the same sentences: the same answers."""

from dataclasses import dataclass

import pytest
from spacy.tokens import Doc, Token

from claimx.language import syntax
from docs import make_doc


@dataclass
class Tree:
    words: str
    heads: list[int]
    deps: str
    pos: str
    tags: str = ""

    def doc(self) -> Doc:
        return make_doc(self.words, heads=self.heads, deps=self.deps, pos=self.pos, tags=self.tags or None)


def pair(name: str, ud: Tree, clearnlp: Tree) -> list[object]:
    return [pytest.param(ud, id=f"{name}-ud"), pytest.param(clearnlp, id=f"{name}-clearnlp")]


def token(doc: Doc, word: str) -> Token:
    return next(t for t in doc if t.text == word)


ACTIVE = pair(
    "active",
    Tree(
        "Ankara sent two ships from Izmir to Tripoli",
        [1, 1, 3, 1, 5, 1, 7, 1],
        "nsubj root nummod obj case obl case obl",
        "PROPN VERB NUM NOUN ADP PROPN ADP PROPN",
        "NNP VBD CD NNS IN NNP IN NNP",
    ),
    Tree(
        "Ankara sent two ships from Izmir to Tripoli",
        [1, 1, 3, 1, 1, 4, 1, 6],
        "nsubj ROOT nummod dobj prep pobj prep pobj",
        "PROPN VERB NUM NOUN ADP PROPN ADP PROPN",
        "NNP VBD CD NNS IN NNP IN NNP",
    ),
)


@pytest.mark.parametrize("tree", ACTIVE)
def test_active(tree: Tree) -> None:
    doc = tree.doc()
    verb = token(doc, "sent")
    assert [t.text for t in syntax.subjects(verb)] == ["Ankara"]
    assert [t.text for t in syntax.direct_objects(verb)] == ["ships"]
    assert not syntax.is_passive(verb)
    assert [(p.preposition, p.noun.text) for p in syntax.prepositionals(verb)] == [("from", "Izmir"), ("to", "Tripoli")]
    assert syntax.phrase(token(doc, "ships")).text == "two ships"
    assert syntax.phrase(token(doc, "Izmir")).text == "Izmir"
    assert syntax.preposition_of(token(doc, "Tripoli")) == "to"
    assert syntax.governor(token(doc, "Tripoli")) == verb


PASSIVE = pair(
    "passive",
    Tree(
        "Arms were shipped by Iran",
        [2, 2, 2, 4, 2],
        "nsubj:pass aux:pass root case obl:agent",
        "NOUN AUX VERB ADP PROPN",
        "NNS VBD VBN IN NNP",
    ),
    Tree(
        "Arms were shipped by Iran",
        [2, 2, 2, 2, 3],
        "nsubjpass auxpass ROOT agent pobj",
        "NOUN AUX VERB ADP PROPN",
        "NNS VBD VBN IN NNP",
    ),
)


@pytest.mark.parametrize("tree", PASSIVE)
def test_passive(tree: Tree) -> None:
    verb = token(tree.doc(), "shipped")
    assert syntax.is_passive(verb)
    assert [t.text for t in syntax.agents(verb)] == ["Iran"]


RELATIVE = pair(
    "relative",
    Tree(
        "the troops that left the base in Gao",
        [1, 1, 3, 1, 5, 3, 7, 5],
        "det root nsubj acl:relcl det obj case nmod",
        "DET NOUN PRON VERB DET NOUN ADP PROPN",
        "DT NNS WDT VBD DT NN IN NNP",
    ),
    Tree(
        "the troops that left the base in Gao",
        [1, 1, 3, 1, 5, 3, 5, 6],
        "det ROOT nsubj relcl det dobj prep pobj",
        "DET NOUN PRON VERB DET NOUN ADP PROPN",
        "DT NNS WDT VBD DT NN IN NNP",
    ),
)


@pytest.mark.parametrize("tree", RELATIVE)
def test_finite_relative_clause_stays_out_of_the_phrase(tree: Tree) -> None:
    doc = tree.doc()
    assert syntax.phrase(token(doc, "troops")).text == "the troops"
    assert syntax.phrase(token(doc, "base")).text == "the base in Gao"
    pronoun = syntax.relative_pronoun(token(doc, "left"))
    assert pronoun is not None
    assert pronoun.text == "that"


PARTICIPLE = pair(
    "participle",
    Tree(
        "bases held by rebels",
        [0, 0, 3, 1],
        "root acl case obl:agent",
        "NOUN VERB ADP NOUN",
        "NNS VBN IN NNS",
    ),
    Tree("bases held by rebels", [0, 0, 1, 2], "ROOT acl agent pobj", "NOUN VERB ADP NOUN", "NNS VBN IN NNS"),
)


@pytest.mark.parametrize("tree", PARTICIPLE)
def test_restrictive_participle_stays_in_the_phrase(tree: Tree) -> None:
    doc = tree.doc()
    assert syntax.phrase(token(doc, "bases")).text == "bases held by rebels"
    assert syntax.phrase(token(doc, "bases"), without=[token(doc, "held")]).text == "bases"


def test_a_participle_set_off_with_a_way_of_its_own_stays_out() -> None:
    words, deps = "moved in boats , driven to Kampala", "ROOT case obl punct acl case obl"
    pos, heads = "VERB ADP NOUN PUNCT VERB ADP PROPN", [0, 2, 0, 4, 2, 6, 4]
    passive = Tree(words, heads, deps, pos, "VBN IN NNS , VBN TO NNP").doc()
    assert syntax.phrase(token(passive, "boats")).text == "boats"
    active = Tree(words, heads, deps, pos, "VBD IN NNS , VBN TO NNP").doc()
    assert syntax.phrase(token(active, "boats")).text == "boats , driven to Kampala"


@pytest.mark.parametrize(
    ("words", "heads", "deps", "pos", "text"),
    [
        (
            "boys , singing of the sea",
            [0, 2, 0, 5, 5, 2],
            "ROOT punct acl case det obl",
            "NOUN PUNCT VERB ADP DET NOUN",
            "boys , singing of the sea",
        ),
        (
            "boys , singing of the deep sea",
            [0, 2, 0, 6, 6, 6, 2],
            "ROOT punct acl case det amod obl",
            "NOUN PUNCT VERB ADP DET ADJ NOUN",
            "boys",
        ),
        (
            "boys singing of the deep sea",
            [0, 0, 5, 5, 5, 1],
            "ROOT acl case det amod obl",
            "NOUN VERB ADP DET ADJ NOUN",
            "boys singing of the deep sea",
        ),
    ],
)
def test_what_a_long_participle_adds_behind_a_comma_stays_out(
    words: str, heads: list[int], deps: str, pos: str, text: str
) -> None:
    tags = {"NOUN": "NN", "PUNCT": ",", "VERB": "VBG", "ADP": "IN", "DET": "DT", "ADJ": "JJ"}
    doc = Tree(words, heads, deps, pos, " ".join(tags[one] for one in pos.split())).doc()
    assert syntax.phrase(token(doc, "boys")).text == text


def test_a_hyphened_preposition_stays_in() -> None:
    doc = make_doc("off - road cars", heads="3 0 3 3", deps="nmod punct compound ROOT", pos="ADP PUNCT NOUN NOUN",
                   tags="IN HYPH NN NNS", spaces=[False, False, True, False])  # fmt: skip
    assert syntax.phrase(doc[3]).text == "off-road cars"


POSSESSIVE = pair(
    "possessive",
    Tree(
        "Russia 's withdrawal of its troops",
        [2, 0, 2, 5, 5, 2],
        "nmod:poss case root case nmod:poss nmod",
        "PROPN PART NOUN ADP PRON NOUN",
        "NNP POS NN IN PRP$ NNS",
    ),
    Tree(
        "Russia 's withdrawal of its troops",
        [2, 0, 2, 2, 5, 3],
        "poss case ROOT prep poss pobj",
        "PROPN PART NOUN ADP PRON NOUN",
        "NNP POS NN IN PRP$ NNS",
    ),
)


@pytest.mark.parametrize("tree", POSSESSIVE)
def test_possessor_and_of_phrase(tree: Tree) -> None:
    doc = tree.doc()
    noun = token(doc, "withdrawal")
    owner = syntax.possessors(noun)[0]
    assert syntax.phrase(owner).text == "Russia"
    assert [(p.preposition, syntax.phrase(p.noun).text) for p in syntax.prepositionals(noun)] == [("of", "its troops")]


COORDINATION = pair(
    "coordination",
    Tree(
        "tanks , guns and shells from Oran",
        [0, 2, 0, 4, 0, 6, 0],
        "root punct conj cc conj case nmod",
        "NOUN PUNCT NOUN CCONJ NOUN ADP PROPN",
        "NNS , NNS CC NNS IN NNP",
    ),
    Tree(
        "tanks , guns and shells from Oran",
        [0, 0, 0, 2, 2, 0, 5],
        "ROOT punct conj cc conj prep pobj",
        "NOUN PUNCT NOUN CCONJ NOUN ADP PROPN",
        "NNS , NNS CC NNS IN NNP",
    ),
)


@pytest.mark.parametrize("tree", COORDINATION)
def test_coordination_is_one_phrase(tree: Tree) -> None:
    doc = tree.doc()
    head = token(doc, "tanks")
    assert [t.text for t in syntax.conjuncts(head)] == ["tanks", "guns", "shells"]
    assert syntax.first_conjunct(token(doc, "shells")) == head
    assert syntax.phrase(head, without=[token(doc, "Oran"), token(doc, "from")]).text == "tanks , guns and shells"


QUANTITY = pair(
    "quantity",
    Tree(
        "in at least 14 lorries",
        [4, 2, 3, 4, 4],
        "case case nmod nummod root",
        "ADP ADP ADJ NUM NOUN",
        "IN IN JJS CD NNS",
    ),
    Tree(
        "in at least 14 lorries",
        [0, 2, 3, 4, 0],
        "ROOT advmod advmod nummod pobj",
        "ADP ADP ADJ NUM NOUN",
        "IN IN JJS CD NNS",
    ),
)


@pytest.mark.parametrize("tree", QUANTITY)
def test_a_quantity_keeps_its_preposition(tree: Tree) -> None:
    assert syntax.phrase(token(tree.doc(), "lorries")).text == "at least 14 lorries"


@pytest.mark.parametrize("up", ["advmod", "compound:prt"])  # of the number, or lost to the verb
def test_up_to_belongs_to_the_number(up: str) -> None:
    heads, deps = [0, 0 if up == "compound:prt" else 3, 3, 4, 0], f"ROOT {up} case nummod obj"
    doc = Tree("sent up to 300 guards", heads, deps, "VERB ADP ADP NUM NOUN", "VBD RP IN CD NNS").doc()
    assert syntax.phrase(token(doc, "guards")).text == "up to 300 guards"


@pytest.mark.parametrize(("before", "whole"), [("as many as", True), ("close to", True), ("gave food to", False)])
def test_other_words_before_a_number(before: str, whole: bool) -> None:
    words = before.split()
    last = len(words) + 1
    heads = [last] * (last - 1) + [last, last]
    deps = " ".join(["dep"] * (last - 2) + ["case", "nummod", "ROOT"])
    pos = " ".join(["ADV"] * (last - 2) + ["ADP", "NUM", "NOUN"])
    doc = Tree(f"{before} 300 guards", heads, deps, pos).doc()
    assert syntax.phrase(token(doc, "guards")).text == (f"{before} 300 guards" if whole else "300 guards")


NEGATION = pair(
    "negation",
    Tree("They did not leave", [3, 3, 3, 3], "nsubj aux advmod root", "PRON AUX PART VERB", "PRP VBD RB VB"),
    Tree("They did not leave", [3, 3, 3, 3], "nsubj aux neg ROOT", "PRON AUX PART VERB", "PRP VBD RB VB"),
)


@pytest.mark.parametrize("tree", NEGATION)
def test_a_verb_is_negated(tree: Tree) -> None:
    verb = token(tree.doc(), "leave")
    assert [t.text for t in syntax.negations(verb)] == ["not"]
    assert syntax.is_finite(verb)


@pytest.mark.parametrize(("tag", "finite"), [("NN", True), ("VBD", True), ("VBN", False), ("VB", False)])
def test_a_verb_that_only_one_tagger_calls_a_noun_is_finite(tag: str, finite: bool) -> None:
    doc = Tree("the article read", [1, 2, 2], "det nsubj root", "DET NOUN VERB", f"DT NN {tag}").doc()
    assert syntax.is_finite(doc[2]) is finite


NAVY = Tree(
    words="the Royal Danish Navy 's old frigate",
    heads=[3, 3, 3, 6, 3, 6, 6],
    deps="det amod amod nmod:poss case amod ROOT",
    pos="DET PROPN ADJ PROPN PART ADJ NOUN",
)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [("Danish", "Navy", True), ("Navy", "Danish", True), ("old", "frigate", True), ("Danish", "frigate", False),
     ("Navy", "frigate", False), ("the", "Navy", False), ("Navy", "Navy", True)],
)  # fmt: skip
def test_words_of_one_name_stand_for_one_thing(first: str, second: str, same: bool) -> None:
    doc = NAVY.doc()
    assert syntax.in_one_phrase(token(doc, first), token(doc, second)) is same


def test_a_part_of_a_name_stands_for_the_whole() -> None:
    doc = make_doc(
        "US President Ann Lee left", heads=[2, 2, 4, 2, 4], deps="compound nmod:desc nsubj flat ROOT",
        pos="PROPN NOUN PROPN PROPN VERB",
    )  # fmt: skip
    assert [syntax.named_by(token).text for token in doc] == ["Ann", "Ann", "Ann", "Ann", "left"]
