"""How many origins outlets have, and why."""

from dataclasses import replace

import pytest
from making import article, claim, source, span, tanks

from claimx.compare import compare
from claimx.compare.records import Cluster
from claimx.compare.reuse import find_reuse
from claimx.compare.tellers import find_byline
from claimx.outlets import outlet_key
from claimx.records import Article, Attribution

REPORT = (
    "Witnesses near the harbour counted the vehicles as they rolled off a grey freighter after midnight.\n\n"
    "The port has been closed to fishermen since the weekend, and lorries queue along the coast road.\n\n"
)


def event(*told: Article) -> Cluster:
    return max(compare(told).clusters, key=lambda cluster: len(cluster.mentions))


def names(*told: Article) -> list[str]:
    return sorted(origin.name for origin in event(*told).origins)


def test_two_that_cite_nobody_are_two() -> None:
    cluster = event(tanks("Herald"), tanks("Tribune"))
    assert [origin.name for origin in cluster.origins] == ["Herald", "Tribune"]
    assert not any(origin.attributed for origin in cluster.origins)
    assert cluster.merges == ()


def test_anonymous_officials_make_none_one() -> None:
    said = [("officials", "officials", True)]
    told = [tanks(paper, tail=", officials said", said=said) for paper in ("Herald", "Tribune")]  # type: ignore[arg-type]
    cluster = event(*told)
    assert len(cluster.origins) == 2
    assert all(origin.attributed for origin in cluster.origins)


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("General Marek Wrona", "person", "Marek Wrona"),
        ("the Wall Street Journal", "outlet", "Wall Street Journal"),
        ("Human Rights Watch", "organisation", "Human Rights Watch"),
    ],
)
def test_one_named_source_is_one_origin(words: str, kind: str, name: str) -> None:
    told = [
        tanks(paper, tail=f", {words} said", said=[(words, kind)], published=day)  # type: ignore[list-item]
        for paper, day in (("Herald", "2025-03-01"), ("Tribune", "2025-03-02"))
    ]
    cluster = event(*told)
    assert [origin.name for origin in cluster.origins] == [name]
    assert cluster.origins[0].certainty == "firm"
    assert cluster.merges[0].outlets == ("Herald", "Tribune")
    assert cluster.merges[0].reason == f"Herald and Tribune cite {name}"
    for trace in cluster.merges[0].evidence:
        assert trace.start is not None
        assert compare(told).articles[trace.article].text[trace.start : trace.end] == trace.text


def test_an_alias_is_the_same_outlet() -> None:
    one = tanks("Herald", tail=", the WSJ reported", said=[("WSJ", "outlet")])
    other = tanks(
        "Tribune", tail=", according to The Wall Street Journal", said=[("The Wall Street Journal", "outlet")]
    )
    assert names(one, other) == ["Wall Street Journal"]


def test_other_names_are_other_origins() -> None:
    one = tanks("Herald", tail=", the BBC reported", said=[("BBC", "outlet")])
    other = tanks("Tribune", tail=", according to Le Monde", said=[("Le Monde", "outlet")])
    assert names(one, other) == ["BBC", "Le Monde"]


def test_the_outlet_that_others_cite_counts_with_them() -> None:
    cited = tanks("The Wall Street Journal")
    citing = tanks("Tribune", tail=", the WSJ reported", said=[("WSJ", "outlet")], published="2025-03-02")
    cluster = event(cited, citing)
    assert len(cluster.origins) == 1
    assert cluster.origins[0].outlets == ("The Wall Street Journal", "Tribune")


def test_a_chain_goes_back_to_who_was_first() -> None:
    through = tanks(
        "Herald",
        tail=", Daria Holub said, Reuters reported",
        said=[("Daria Holub", "person"), ("Reuters", "outlet")],
    )
    direct = tanks("Tribune", tail=", Daria Holub said", said=[("Daria Holub", "person")])
    citing = tanks("Gazette", tail=", Reuters reported", said=[("Reuters", "outlet")])
    cluster = event(through, direct, citing)
    assert [origin.name for origin in cluster.origins] == ["Daria Holub"]
    assert any("by way of Reuters" in merge.reason for merge in cluster.merges)


def test_one_outlet_can_have_two_origins() -> None:
    way = "30 tanks from Syria to Libya"
    text = f"Russia moved {way}, Daria Holub said. Russia took {way}, Amnesty said.\n"
    roles = {"who": "Russia", "what": "30 tanks", "origin": "Syria", "destination": "Libya"}
    one = claim(text, "moved", said=[("Daria Holub", "person")], **roles)
    other = claim(text, "took", said=[("Amnesty", "organisation")], **roles)
    assert names(article("Herald", text, one, other)) == ["Amnesty", "Daria Holub"]


@pytest.mark.parametrize(
    "copies",
    [
        [tanks("Herald", head="TRIPOLI, March 1 (AFP) — "), tanks("Tribune", authors=("Agence France-Presse",))],
        [tanks("Herald", head="TRIPOLI (AP) - "), tanks("Tribune", authors=("The Associated Press",))],
        [tanks("Herald", authors=("Reuters staff",)), tanks("Tribune", head="TRIPOLI, March 1 (Reuters) - ")],
        [tanks("Herald", head="BAMAKO, March 1 (XYZ) — "), tanks("Tribune", head="BAMAKO, March 2 (XYZ) — ")],
    ],
)
def test_copies_of_one_agency_are_one(copies: list[Article]) -> None:
    cluster = event(*copies)
    assert [origin.kind for origin in cluster.origins] == ["agency"]
    assert [merge.basis for merge in cluster.merges] == ["same agency"]
    assert cluster.merges[0].certainty == "firm"


def test_copies_of_two_agencies_are_two() -> None:
    assert names(tanks("Herald", authors=("AFP",)), tanks("Tribune", authors=("AP",))) == [
        "Agence France-Presse",
        "Associated Press",
    ]


@pytest.mark.parametrize(
    "told",
    [
        article("Herald", "The (AP) course is hard.\n"),
        article("Herald", "He joined the party (PSD) in May.\n"),
        article("Herald", "It moved.\n", authors=("Ada Lind",)),
    ],
)
def test_what_is_no_byline(told: Article) -> None:
    assert find_byline(told, 0) is None


def test_copied_text_is_one_origin() -> None:
    cluster = event(tanks("Herald", head=REPORT), tanks("Tribune", head=REPORT, published="2025-03-02"))
    assert [(origin.name, origin.outlets) for origin in cluster.origins] == [("Herald", ("Herald", "Tribune"))]
    assert cluster.merges[0].basis == "same text"
    assert len(cluster.merges[0].evidence) == 1
    other = REPORT.replace("fishermen", "tourists").replace("Witnesses", "Dockers")
    assert len(event(tanks("Herald", head=REPORT), tanks("Tribune", head="Unlike all. " + other[::-1])).origins) == 2


def test_the_same_quotation_is_no_copy() -> None:
    quote = (
        "“We saw them roll off a grey freighter after midnight, and nobody told us where they were going,” he said.\n"
    )
    one, other = article("Herald", quote), article("Tribune", quote)
    assert find_reuse([one, other]) == []
    told = article("Herald", REPORT), article("Tribune", REPORT)
    assert [reuse.is_copy for reuse in find_reuse(told)] == [True]


def test_an_unnamed_report_that_tells_the_same_is_likely_the_named_one() -> None:
    tail = "Turkey flew 12 drones from Ankara to Mali on that day.\n"

    def told(paper: str, words: str, kind: str, published: str) -> Article:
        first = f"Russia moved 30 tanks from Syria to Libya, {words} said.\n\n"
        text = first + tail
        one = claim(
            text, "moved", who="Russia", what="30 tanks", origin="Syria", destination="Libya", said=[(words, kind)]
        )  # type: ignore[list-item]
        other = claim(text, "flew", rule="fly", who="Turkey", what="12 drones", origin="Ankara", destination="Mali")
        said = Attribution(source(text, words, kind), None, (span(text, "moved"),), "indirect")  # type: ignore[arg-type]
        return article(paper, text, one, other, published=published, attributions=(said,))

    named = told("Herald", "The Baltic Chronicle", "outlet", "2025-03-01")
    unnamed = told("Tribune", "a recent report", "document", "2025-03-02")
    cluster = next(one for one in compare([named, unnamed]).clusters if one.canonical.predicate == "moved")
    assert [(origin.name, origin.certainty) for origin in cluster.origins] == [("Baltic Chronicle", "likely")]
    assert any(merge.basis == "same content" and "a recent report" in merge.reason for merge in cluster.merges)
    assert (
        len(
            event(
                tanks("Herald", tail=", the Baltic Chronicle said", said=[("Baltic Chronicle", "outlet")]), unnamed
            ).origins
        )
        == 2
    )


def test_who_speaks_for_a_body_is_one_with_it() -> None:
    person = tanks("Herald", tail=", WHO spokesman Tom Hill said", said=[("WHO spokesman Tom Hill", "person")])
    body = tanks(
        "Tribune", tail=", the World Health Organization said", said=[("the World Health Organization", "organisation")]
    )
    cluster = event(person, body)
    assert [origin.name for origin in cluster.origins] == ["World Health Organization"]


def test_overall_origins_are_those_of_events_told_by_several() -> None:
    text = "Turkey flew 12 drones from Ankara to Mali, Daria Holub said.\n"
    alone = claim(
        text,
        "flew",
        who="Turkey",
        what="12 drones",
        origin="Ankara",
        destination="Mali",
        said=[("Daria Holub", "person")],
    )
    comparison = compare([tanks("Herald"), tanks("Tribune"), article("Gazette", text, alone)])
    assert [origin.name for origin in comparison.origins] == ["Herald", "Tribune"]
    assert comparison.outlets == ("Gazette", "Herald", "Tribune")


def test_outlets_without_a_name_are_each_their_own() -> None:
    one, other = tanks(None), tanks(None, count="31", tail=", it is said")
    assert len(event(one, other).origins) == 2


@pytest.mark.parametrize(
    ("one", "other", "certainty"),
    [
        ("Turkey's foreign ministry", "the Turkish Ministry of Foreign Affairs", "firm"),
        ("the Italian Coast Guard", "Italy's coastguard", "firm"),
        ("the Ministry of Defence of Ukraine", "the Ukrainian Defence Ministry", "firm"),
        ("the Foreign Ministry in Ankara", "Turkey's foreign ministry", "firm"),
        ("the Foreign Ministry", "Turkey's foreign ministry", "firm"),
        ("the Red Cross", "the International Committee of the Red Cross", "firm"),
    ],
)
def test_a_body_is_one_by_all_its_names(one: str, other: str, certainty: str) -> None:
    told = [
        tanks(paper, tail=f", {words} said", said=[(words, "organisation")])
        for paper, words in (("Herald", one), ("Tribune", other))
    ]
    assert [origin.certainty for origin in event(*told).origins] == [certainty]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Russian Defence Ministry", "the Ukrainian Defence Ministry"),
        ("the Turkish Foreign Ministry", "the Turkish Defence Ministry"),
        ("the Red Cross", "the Red Star"),
    ],
)
def test_bodies_of_other_countries_or_trades_are_two(one: str, other: str) -> None:
    told = [
        tanks(paper, tail=f", {words} said", said=[(words, "organisation")])
        for paper, words in (("Herald", one), ("Tribune", other))
    ]
    assert len(event(*told).origins) == 2


@pytest.mark.parametrize(
    ("voice", "kind", "anonymous", "body", "count"),
    [
        ("Foreign Minister Hakan Demir", "person", False, "Turkey's foreign ministry", 1),
        ("Kremlin spokesman Ivan Orlov", "person", False, "the Kremlin", 1),
        ("a spokeswoman for the Port Authority", "officials", True, "the Port Authority", 1),
        ("Mary Poe of UNHCR", "person", False, "the UN refugee agency", 1),
        ("UN refugee agency spokeswoman Mary Poe", "officials", False, "UNHCR", 1),
        ("officials of the Port Authority", "officials", True, "the Port Authority", 2),
        ("Foreign Minister Hakan Demir", "person", False, "Turkey's defence ministry", 2),
    ],
)
def test_a_voice_is_one_with_its_body(voice: str, kind: str, anonymous: bool, body: str, count: int) -> None:
    one = tanks("Herald", tail=f", {voice} said", said=[(voice, kind, anonymous)])  # type: ignore[list-item]
    other = tanks("Tribune", tail=f", {body} said", said=[(body, "organisation")])
    assert len(event(one, other).origins) == count


def test_two_ministers_of_unknown_countries_are_two() -> None:
    told = [
        tanks(paper, tail=f", {words} said", said=[(words, "person")])
        for paper, words in (("Herald", "Foreign Minister Hakan Demir"), ("Tribune", "Foreign Minister Ada Lind"))
    ]
    assert names(*told) == ["Ada Lind", "Hakan Demir"]


def test_a_surname_is_the_one_person_who_has_it() -> None:
    short = tanks("Herald", tail=", Demir said", said=[("Demir", "person")])
    full = tanks("Tribune", tail=", Hakan Demir said", said=[("Hakan Demir", "person")])
    brother = tanks("Gazette", tail=", Aylin Demir said", said=[("Aylin Demir", "person")])
    assert [(origin.name, origin.certainty) for origin in event(short, full).origins] == [("Hakan Demir", "firm")]
    assert len(event(short, full, brother).origins) == 3


def test_a_middle_initial_makes_no_other_person() -> None:
    with_one = tanks("Herald", tail=", Hakan B. Demir said", said=[("Hakan B. Demir", "person")])
    without = tanks("Tribune", tail=", Hakan Demir said", said=[("Hakan Demir", "person")])
    other = tanks("Gazette", tail=", Hakan Aydin said", said=[("Hakan Aydin", "person")])
    assert len(event(with_one, without).origins) == 1
    assert len(event(with_one, without, other).origins) == 2


@pytest.mark.parametrize("words", ["a government statement", "the government"])
def test_the_government_is_that_of_the_one_country_cited(words: str) -> None:
    text = f"Russia moved 30 tanks from Syria to Libya, {words} said. Ghana said nobody was hurt.\n"
    roles = {"who": "Russia", "what": "30 tanks", "origin": "Syria", "destination": "Libya"}
    said = Attribution(source(text, "Ghana", "organisation"), None, (span(text, "nobody was hurt"),), "indirect")
    told = article("Herald", text, claim(text, "moved", said=[(words, "document")], **roles), attributions=(said,))
    assert names(told) == ["Ghana"]
    mali = replace(said, source=source(text.replace("Ghana", "Mali "), "Mali", "organisation"))
    assert names(replace(told, attributions=(said, mali))) == ["Herald"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Ada Lind said as the ferry left Juba", "Herald"),
        ("Ada Lind smiled, and said while the ferry left Juba", "Herald"),
        ("Ada Lind said after a long meeting that the ferry left Juba", "Ada Lind"),
        ("Ada Lind said the ferry left Juba", "Ada Lind"),
    ],
)
def test_when_somebody_spoke_is_not_what_they_said(words: str, name: str) -> None:
    text = f"{words}.\n"
    told = claim(text, "left", vehicle="the ferry", origin="Juba", said=[("Ada Lind", "person")])
    cued = replace(told, sources=(replace(told.sources[0], cue=span(text, "said")),))
    assert names(article("Herald", text, cued)) == [name]


def test_who_told_an_agency_is_the_source() -> None:
    told = tanks("Herald", tail=", Ada Lind, who heads a museum, told AFP", said=[("AFP", "outlet")])
    assert names(told, tanks("Tribune", tail=", Ada Lind said", said=[("Ada Lind", "person")])) == ["Ada Lind"]
    reported = tanks("Herald", tail=" after Ada Lind left, AFP reported", said=[("AFP", "outlet")])
    assert names(reported) == ["Agence France-Presse"]


def test_a_mover_is_a_source_only_where_its_voice_speaks() -> None:
    def told(tail: str) -> Article:
        text = f"The Grassi Museum moved 30 masks from Germany to Ghana{tail}.\n"
        return article(
            "Herald",
            text,
            claim(
                text, "moved", who="The Grassi Museum", what="30 masks", origin="Germany", destination="Ghana",
                said=[("The Grassi Museum", "organisation")],
            ),
        )  # fmt: skip

    assert names(told(", its director, Ada Lind, said")) == ["Grassi Museum"]
    assert names(told(", Ada Lind said")) == ["Herald"]


def test_a_headline_has_its_source_from_the_lead() -> None:
    text = "Tanks moved to Libya\n\n{} 30 tanks to Libya on Monday, Daria Holub said.\n"

    def told(lead: str) -> Article:
        words = text.format(lead)
        said = Attribution(
            source(words, "Daria Holub", "person"), None, (span(words, words[words.index(lead) : -20]),), "indirect"
        )
        head = claim(words, "moved", what="Tanks", destination="Libya")
        return article("Herald", words, head, title="Tanks moved to Libya", attributions=(said,))

    assert names(told("Russia had brought")) == ["Daria Holub"]
    other = "Tanks moved to Libya\n\nBread costs more, Daria Holub said.\n"
    head = claim(other, "moved", what="Tanks", destination="Libya")
    said = Attribution(source(other, "Daria Holub", "person"), None, (span(other, "Bread costs more"),), "indirect")
    assert names(article("Herald", other, head, title="Tanks moved to Libya", attributions=(said,))) == ["Herald"]


@pytest.mark.parametrize(
    ("head", "agency"),
    [
        ("Paris, 1 March (dpa) — ", "dpa"),
        ("MOSCOW, March 1. /TASS/. ", "tass"),
        ("ROME – AFP – ", "agence france presse"),
        ("By Jane Doe, Associated Press\n\n", "associated press"),
        ("Reuters\n\n", "reuters"),
    ],
)
def test_ways_to_sign_for_an_agency(head: str, agency: str) -> None:
    found = find_byline(tanks("Herald", head=head), 0)
    assert found is not None
    assert found.agency == outlet_key(agency)
    assert found.trace.start is not None


@pytest.mark.parametrize(
    "head", ["By Jane Doe\n\n", "Reuters under fire\n\n", "The party (mod) — ", "He / she / it – "]
)
def test_ways_to_begin_that_sign_for_none(head: str) -> None:
    assert find_byline(tanks("Herald", head=head), 0) is None


def test_who_denies_an_event_is_none_of_its_origins() -> None:
    told = tanks("Herald", tail=", Daria Holub said", said=[("Daria Holub", "person")])
    denied = tanks("Tribune", tail=", Ada Lind said", said=[("Ada Lind", "person")], status="negated")
    cluster = event(told, denied)
    assert [origin.name for origin in cluster.origins] == ["Daria Holub"]
    assert cluster.denied_by == ("Ada Lind",)
    assert [mention.origins == () for mention in cluster.mentions] == [False, True]
    alone = event(denied)
    assert [origin.name for origin in alone.origins] == ["Ada Lind"]
    assert alone.denied_by == ()


@pytest.mark.parametrize(
    ("said", "reach"),
    [
        ([("Daria Holub", "person"), ("Ada Lind", "person")], (2, 2)),
        ([("Daria Holub", "person"), None], (1, 2)),
        ([("the BBC", "outlet"), ("Le Monde", "outlet")], (1, 2)),
        ([("the Turkish Foreign Ministry", "organisation"), ("the Turkish Defence Ministry", "organisation")], (1, 2)),
        ([("the Turkish Foreign Ministry", "organisation"), ("Ada Lind", "person")], (2, 2)),
        ([None, None], (1, 2)),
    ],
)
def test_at_least_and_at_most_so_many(said: list[tuple[str, str] | None], reach: tuple[int, int]) -> None:
    told = [
        tanks(paper, tail=f", {one[0]} said" if one else "", said=[one] if one else [])  # type: ignore[list-item]
        for paper, one in zip(("Herald", "Tribune"), said, strict=True)
    ]
    found = event(*told).origin_range
    assert (found.at_least, found.at_most) == reach


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("President Daria Holub", "person", "Daria Holub"),
        ("U.S. Secretary of State Ada Lind", "officials", "Ada Lind"),
        ("the Syrian rebels", "other", None),
        ("a senior Republican", "other", None),
        ("videos posted on Clipshare", "image", None),
        ("a statement from the Port Authority", "document", "Port Authority"),
        ("the Holub administration", "organisation", "Holub administration"),
        ("the American command in Seoul", "organisation", None),
        ("the Malian military", "organisation", "Malian military"),
    ],
)
def test_a_name_is_no_title_adjective_or_place(words: str, kind: str, name: str | None) -> None:
    told = tanks("Herald", tail=f", {words} said", said=[(words, kind)])  # type: ignore[list-item]
    assert names(told) == [name or "Herald"]


def test_a_sentence_shared_word_for_word_is_one_origin() -> None:
    tail = " while dockers and a crowd of villagers watched from the long stone pier beside the old lighthouse"
    assert len(event(tanks("Herald", tail=tail), tanks("Tribune", tail=tail)).origins) == 1
    assert len(event(tanks("Herald", tail=tail), tanks("Tribune", tail=" by night")).origins) == 2
