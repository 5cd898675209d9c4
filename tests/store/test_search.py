"""What is asked of a store, and what it answers, in both databases alike."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from movements import make_article
from strategies import WORDS

from claimx.store import Query, Store, merge_hits, open_store
from claimx.store.names import Wanted, read_name, read_phrases

DAY = date(2024, 12, 16)

ARTICLES = (
    make_article(
        {
            "text": "Russia {moved} radars from Syria to Benghazi on 16 December, US officials told the Herald.",
            "who": "Russia", "what": "radars", "origin": "Syria", "destination": "Benghazi",
            "when": "16 December", "edtf": "2024-12-16",
            "sources": [("US officials", "officials"), ("the Herald", "outlet")], "confidence": 0.9,
        },
        {
            "text": "They {left} in Russian cargo planes by way of Crete in the spring of 2024.",
            "who": "They", "who_is": "the São Tomé crews", "vehicle": "Russian cargo planes", "via": "Crete",
            "when": "the spring of 2024", "edtf": "2024-21", "status": "hedged",
        },
        {
            "text": "Moscow {sent} no radar to the Libyan coast, Russian officials said.",
            "who": "Moscow", "what": "no radar", "destination": "the Libyan coast", "status": "negated",
            "sources": [("Russian officials", "officials")], "confidence": 0.3,
        },
        source="https://example.org/radars", url="https://example.org/radars", title="Radars on the move",
        publisher="The Lakeside Herald", published="2024-12-19",
    ),
    make_article(
        {"text": "The same buses {brought} us to Misrata.", "what": "us", "destination": "Misrata"},
        {
            "text": "Two buses {took} pilgrims to Tripoli, the mayor’s office says.",
            "who": "Two buses", "what": "pilgrims", "destination": "Tripoli",
            "sources": [("the mayor’s office", "organisation")],
        },
        source="notes.txt", published="2023-05-02",
    ),
    make_article(
        {"text": "The envoy will {travel} to Russia.", "who": "The envoy", "destination": "Russia",
         "status": "prospective"},
        source="undated.txt",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def full(lasting_store: Store) -> Store:
    for article in ARTICLES:
        lasting_store.add(article)
    return lasting_store


def found(store: Store, **query: Any) -> list[str]:
    return [hit.claim.predicate for hit in store.search(Query(**query))]


@pytest.mark.parametrize(
    ("query", "predicates"),
    [
        ({}, ["moved", "left", "sent", "brought", "took", "travel"]),
        ({"who": "Russia"}, ["moved", "sent"]),
        ({"who": "Russian"}, ["moved", "sent"]),
        ({"who": "russia"}, ["moved", "sent"]),
        ({"who": "the Kremlin"}, ["moved", "sent"]),
        ({"who": "Moscow"}, ["moved", "sent"]),
        ({"who": "Libya"}, []),
        ({"who": "They"}, ["left"]),
        ({"who": "crew"}, ["left"]),
        ({"who": "sao tome"}, ["left"]),
        ({"who": "buses two"}, ["took"]),
        ({"who": '"buses two"'}, []),
        ({"who": '"two buses"'}, ["took"]),
        ({"what": "radars"}, ["moved", "sent"]),
        ({"what": "RADAR"}, ["moved", "sent"]),
        ({"what": "radar planes"}, []),
        ({"destination": "Libya"}, ["moved", "sent", "brought"]),
        ({"destination": "Libyan"}, ["moved", "sent", "brought"]),
        ({"destination": "Libyan coast"}, ["sent"]),
        ({"destination": "Benghazi"}, ["moved"]),
        ({"destination": "Tripoli"}, ["took"]),
        ({"destination": "Moscow"}, []),
        ({"destination": "Russia"}, ["travel"]),
        ({"origin": "Syria"}, ["moved"]),
        ({"origin": "Libya"}, []),
        ({"via": "Greece"}, ["left"]),
        ({"via": "Crete"}, ["left"]),
        ({"source": "officials"}, ["moved", "sent"]),
        ({"source": "outlet"}, ["moved"]),
        ({"source": "Russia"}, ["sent"]),
        ({"source": "Russian officials"}, ["sent"]),
        ({"source": "US officials"}, ["moved"]),
        ({"source": "Herald officials"}, []),
        ({"source": "mayor's"}, ["took"]),
        ({"source": "mayors"}, ["took"]),
        ({"source": "the mayor"}, ["took"]),
        ({"text": "radars december"}, ["moved"]),
        ({"text": '"cargo plane"'}, ["left"]),
        ({"text": '"plane cargo"'}, []),
        ({"text": "pilgrims radars"}, []),
        ({"text": "the"}, ["moved", "left", "sent", "brought", "took", "travel"]),
        ({"article": "pilgrims"}, ["brought", "took"]),
        ({"article": "move Crete"}, ["moved", "left", "sent"]),
        ({"publisher": "herald"}, ["moved", "left", "sent"]),
        ({"publisher": "pilgrims"}, []),
        ({"status": ("negated", "hedged")}, ["left", "sent"]),
        ({"min_confidence": 0.5}, ["moved", "left", "brought", "took", "travel"]),
        ({"min_confidence": 0.9}, ["moved"]),
        ({"since": DAY}, ["moved", "sent"]),
        ({"since": date(2024, 12, 17)}, ["sent"]),
        ({"since": date(2024, 12, 20)}, []),
        ({"until": DAY}, ["moved", "left", "brought", "took"]),
        ({"until": date(2024, 12, 15)}, ["left", "brought", "took"]),
        ({"since": date(2024, 5, 31), "until": date(2024, 6, 1)}, ["left"]),
        ({"since": date(2024, 6, 1), "until": date(2024, 6, 2)}, []),
        ({"who": "Russia", "destination": "Libya", "status": ("asserted",), "source": "officials"}, ["moved"]),
        ({"limit": 2}, ["moved", "left"]),
        ({"what": "US"}, []),
        ({"what": "us"}, ["brought"]),
        ({"source": "US"}, ["moved"]),
        ({"destination": "Libya", "limit": 2}, ["moved", "sent"]),
        ({"who": "*"}, []),
        ({"text": '"'}, []),
        ({"source": ""}, []),
    ],
    ids=str,
)
def test_search(full: Store, query: dict[str, Any], predicates: list[str]) -> None:
    assert found(full, **query) == predicates


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=WORDS | st.text(st.sampled_from("\"'*^:(){}+-ANDORNEAR \x00"), max_size=12))
def test_no_words_are_an_error(full: Store, words: str) -> None:
    for field in ("who", "what", "origin", "destination", "via", "source", "text", "article", "publisher"):
        list(full.search(Query(**{field: words})))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_word_of_a_sentence_finds_it(full: Store, data: st.DataObject) -> None:
    article = data.draw(st.sampled_from(ARTICLES))
    claim = data.draw(st.sampled_from(article.claims))
    words = data.draw(st.lists(st.sampled_from(claim.evidence.text.strip(".").split()), min_size=1))
    assert claim.predicate in found(full, text=" ".join(words))
    assert claim.predicate in found(full, article=" ".join(words))


def test_hits_carry_their_article(full: Store) -> None:
    (hit,) = full.search(Query(origin="Syria"))
    assert hit.claim == ARTICLES[0].claims[0]
    assert hit.article.metadata() == ARTICLES[0].metadata()
    assert hit.article.text == ARTICLES[0].text
    assert (hit.article.claims, hit.article.attributions) == ((), ())


def test_hits_of_one_article_make_one(full: Store) -> None:
    articles = list(merge_hits(full.search(Query(destination="Libya"))))
    assert [[claim.predicate for claim in article.claims] for article in articles] == [["moved", "sent"], ["brought"]]
    assert [article.source for article in articles] == ["https://example.org/radars", "notes.txt"]


def test_hits_of_many_articles_come_in_order(store: Store) -> None:
    days = [date(2024, 1 + number % 12, 1 + number % 28).isoformat() for number in range(130)]
    for number, day in enumerate(days):
        store.add(make_article({"text": f"Lorry {number} {{left}}."}, {"text": "It {came} back."},
                               source=str(number), published=day))  # fmt: skip
    articles = list(merge_hits(store.search(Query())))
    assert len(articles) == 130
    assert all(len(article.claims) == 2 for article in articles)
    assert [article.published for article in articles] == sorted(days, reverse=True)


@pytest.mark.parametrize(
    ("words", "acts", "wanted"),
    [
        ("Russia", True, Wanted(("Russia",), "RU")),
        ("Russian officials", True, Wanted(("Russian", "officials"), "RU", ("officials",))),
        ("South Sudanese capital", False, Wanted(("South", "Sudanese", "capital"), "SS", ("capital",))),
        ("US", True, Wanted((), "US")),
        ("Moscow", True, Wanted(("Moscow",), "RU")),
        ("Moscow", False, Wanted(("Moscow",))),
        ('"Russian officials"', True, Wanted(("Russian officials",))),
        ("Georgia", False, Wanted(("Georgia",))),
        ("us", True, Wanted(("us",))),
        ("radars", False, Wanted(("radars",))),
    ],
)
def test_names(words: str, acts: bool, wanted: Wanted) -> None:
    assert read_name(words, acts=acts) == wanted


def test_phrases() -> None:
    assert read_phrases('radars "S-300 battery" * "  " \x00 said') == ("radars", "S-300 battery", "said")
    assert read_phrases('an "open end') == ("an", "open", "end")


def test_search_walks_its_index(tmp_path: Any) -> None:
    """However many claims meet a condition, they are neither looked up one by one nor sorted."""
    from claimx.store.searching import select_claims

    query = Query(who="Russia", destination="coast", since=DAY, status=("asserted",), source="officials", limit=9)
    with open_store(tmp_path / "a.db") as store, store.dialect.reading() as connection:
        for article in (query, Query(article="radars", publisher="Herald", text="sent"), Query()):
            statement = select_claims(store.dialect, article).compile(
                connection, compile_kwargs={"literal_binds": True}
            )
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
            assert plan[0] == "SCAN claims USING COVERING INDEX claims_search"
            assert not any("TEMP B-TREE" in step for step in plan)
