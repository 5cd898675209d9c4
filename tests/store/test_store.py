"""What goes into a store comes out of it, once and unchanged, whatever happens meanwhile."""

import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from movements import PAGE, RADARS, make_article
from sqlalchemy import delete, func, insert, inspect, select, text, update
from strategies import ARTICLES

from claimx.errors import StoreError
from claimx.records import Article, to_wire
from claimx.store import Query, Run, Store, make_run, migrations, open_store, reading, schema, writing


def count(store: Store, table: str) -> int:
    with store.dialect.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(schema.METADATA.tables[table])).scalar_one())


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=ARTICLES)
def test_any_article_comes_back_as_it_was(store: Store, article: Article) -> None:
    with store.dialect.writing() as connection:
        connection.execute(delete(schema.articles))
    assert store.add(article) == "added"
    (found,) = store.articles()
    assert found == article
    assert to_wire(found) == to_wire(article)
    assert store.add(found) == "unchanged"
    hits = list(store.search(Query(kinds=())))
    assert tuple(hit.claim for hit in hits) == article.claims
    assert all(hit.article == replace(article, claims=(), attributions=()) for hit in hits)


def test_text_that_databases_cannot_hold_keeps_its_offsets(store: Store) -> None:
    article = make_article({"text": "Ru\x00ssia {moved} radars\udcff to Libya.", "what": "radars\udcff"})
    store.add(article)
    assert list(store.articles()) == [article]
    with store.dialect.reading() as connection:
        whole = connection.execute(select(schema.articles.c.text)).scalar_one()
        span = connection.execute(select(schema.spans).where(schema.spans.c.role == "what")).one()
    assert whole == "Ru\ufffdssia moved radars\ufffd to Libya."
    assert whole[span.start : span.end] == span.text == "radars\ufffd"


def test_very_long_text(store: Store) -> None:
    long = " ".join(f"word{number}" for number in range(300_000))
    article = make_article({"text": f"Russia {{moved}} radars {long}."}, source="https://example.org/" + "x" * 10_000)
    assert store.add(article) == "added"
    assert list(store.articles()) == [article]
    assert [hit.claim for hit in store.search(Query(text="radars"))] == list(article.claims)


def test_the_same_article_twice_is_one(store: Store) -> None:
    assert store.add(PAGE) == "added"
    assert store.add(PAGE) == "unchanged"
    again = replace(PAGE, retrieved_at="2025-01-01T00:00:00Z", sha256="bb", source="saved.html")
    assert store.add(again) == "unchanged"
    assert list(store.articles()) == [PAGE], "the first time that it was read is kept"


def test_two_addresses_of_one_text_are_two_articles(store: Store) -> None:
    other = replace(PAGE, url="https://example.net/radars")
    assert [store.add(PAGE), store.add(other)] == ["added", "added"]
    assert list(store.articles()) == [PAGE, other]


def test_changed_text_is_a_new_version_and_both_are_kept(store: Store) -> None:
    later = replace(
        make_article({"text": "Russia {sent} radars to Libya.", "who": "Russia"}, source=PAGE.source, url=PAGE.url),
        retrieved_at="2024-12-20T10:00:00Z",
    )
    earlier = replace(later, text="Russia shipped radars to Libya.", retrieved_at="2024-12-18T10:00:00Z")
    assert [store.add(version) for version in (PAGE, later, earlier)] == ["added", "new version", "new version"]
    assert list(store.articles()) == [later], "the one retrieved last, in whatever order they came"
    assert list(store.articles(all_versions=True)) == [PAGE, later, earlier]
    assert [hit.claim.predicate for hit in store.search(Query(who="Russia"))] == ["sent"]
    both = {hit.claim.predicate for hit in store.search(Query(who="Russia", all_versions=True))}
    assert both == {"sent", "moved"}
    assert store.add(PAGE) == "unchanged"
    assert list(store.articles()) == [later]
    back = replace(PAGE, retrieved_at="2024-12-21T10:00:00Z")
    assert store.add(back) == "unchanged"
    assert list(store.articles()) == [PAGE], "the page went back to what it said before"
    assert list(store.articles(all_versions=True)) == [PAGE, later, earlier]


@pytest.mark.parametrize("source", ["-", "text"])
def test_standard_input_has_no_versions(store: Store, source: str) -> None:
    one, other = replace(PAGE, url=None, source=source), replace(PAGE, url=None, source=source, text="Another text.")
    assert [store.add(one), store.add(other), store.add(one)] == ["added", "added", "unchanged"]
    assert list(store.articles()) == [one, other]


@pytest.mark.parametrize(
    "changed",
    [
        replace(PAGE, claims=()),
        replace(PAGE, claims=(replace(PAGE.claims[0], status="hedged"),)),
        replace(PAGE, title="Radars moved", retrieved_at="2025-01-01T00:00:00Z"),
    ],
    ids=["no claims", "other status", "other title"],
)
def test_other_findings_in_the_same_text_take_the_place_of_the_old(store: Store, changed: Article) -> None:
    first, second = make_run(), make_run(model={"name": "en_test", "version": "2"})
    store.add(PAGE, run=first)
    assert store.add(changed, run=second) == "replaced"
    assert list(store.articles()) == [changed]
    assert count(store, "claims") == len(changed.claims)
    assert count(store, "spans") == 4 * len(changed.claims)
    with store.dialect.reading() as connection:
        assert connection.execute(select(schema.articles.c.run_id)).scalar_one() == second.id


def test_runs_are_recorded_with_what_they_found(store: Store, tmp_path: Path) -> None:
    pack = tmp_path / "pack.toml"
    pack.write_text("x")
    run = make_run(model={"name": "en_test", "version": "1.2"}, packs=[pack])
    for article in (PAGE, replace(PAGE, url="https://example.net/")):
        store.add(article, run=run)
    with store.dialect.reading() as connection:
        row = connection.execute(select(schema.runs)).one()
        runs = set(connection.execute(select(schema.articles.c.run_id)).scalars())
    assert Run(row.id, row.started_at, row.claimx, row.model, row.rules) == run
    assert (run.model, runs) == ("en_test 1.2", {run.id})
    assert run.rules
    assert run.rules.startswith("pack.toml (SHA-256 ")
    store.add(PAGE, run=make_run())
    assert count(store, "runs") == 1, "a run that found nothing new left nothing to tell apart"


def test_what_fails_half_way_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add(PAGE)
    added = writing._add_findings

    def fail(*arguments: Any) -> None:
        added(*arguments)
        raise RuntimeError("stopped")

    monkeypatch.setattr(writing, "_add_findings", fail)
    for article in (replace(PAGE, url="https://example.net/"), replace(PAGE, claims=())):
        with pytest.raises(RuntimeError, match="stopped"):
            store.add(article)
    assert list(store.articles()) == [PAGE]
    assert count(store, "claims") == 1


KILLED = """
import os, sys
from claimx.store import open_store, writing
from movements import PAGE
added = writing._add_findings
def die(*arguments):
    added(*arguments)
    os._exit(9)
writing._add_findings = die
open_store(sys.argv[1]).add(PAGE)
"""


def test_a_process_killed_half_way_leaves_nothing_and_locks_nothing(place: str) -> None:
    with open_store(place) as store:
        path = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parent.parent), *sys.path])
        done = subprocess.run(
            [sys.executable, "-c", KILLED, place], env={**os.environ, "PYTHONPATH": path}, check=False
        )
        assert done.returncode == 9
        assert count(store, "articles") == count(store, "claims") == 0
        assert store.add(PAGE) == "added"


def add_many(place: str, first: int) -> list[str]:
    with open_store(place) as store:
        return [store.add(numbered(number)) for number in range(first, first + 20)]


def numbered(number: int) -> Article:
    return replace(PAGE, url=f"https://example.org/{number}")


def test_several_processes_make_and_fill_one_store(place: str) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        results = pool.starmap(add_many, [(place, 0), (place, 10), (place, 20)])
    assert sum(result.count("added") for result in results) == 40
    assert sum(result.count("unchanged") for result in results) == 20
    with open_store(place) as store:
        assert sorted(article.url or "" for article in store.articles()) == sorted(
            numbered(number).url or "" for number in range(40)
        )
        assert count(store, "claims") == 40


def test_writers_wait_for_each_other(place: str) -> None:
    with open_store(place) as store, open_store(place, timeout=0.1) as other:
        with store.dialect.writing() as connection:
            assert writing.add_article(connection, PAGE, None) == "added"
            with pytest.raises(StoreError, match="another program is writing to it; try again when that is done"):
                other.add(PAGE)
        assert other.add(PAGE) == "unchanged"


def test_readers_see_one_state_while_others_write(store: Store) -> None:
    for number in range(3):
        store.add(numbered(number))
    reading = store.articles()
    assert next(reading) == numbered(0)
    store.add(numbered(3))
    assert len(list(reading)) == 2
    assert len(list(store.articles())) == 4


def test_a_search_sees_one_state_while_others_write(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ROWS_AT_ONCE", 1)
    for number in range(3):
        store.add(numbered(number))
    hits, articles = store.search(Query()), store.articles()
    seen, read = [next(hits).claim.status], [next(articles).claims[0].status]
    for number in range(3):
        store.add(replace(numbered(number), claims=(replace(PAGE.claims[0], status="hedged"),)))
    seen += [hit.claim.status for hit in hits]
    read += [article.claims[0].status for article in articles]
    assert seen == read == ["asserted"] * 3
    assert {hit.claim.status for hit in store.search(Query())} == {"hedged"}


def test_a_search_that_is_not_read_to_its_end_holds_nothing(store: Store) -> None:
    for number in range(3):
        store.add(numbered(number))
    hits = store.search(Query())
    next(hits)
    hits.close()  # type: ignore[attr-defined]  # a generator
    assert store.add(numbered(4)) == "added"


# schema versions


def widen(connection: Any) -> None:
    connection.execute(text("ALTER TABLE articles ADD COLUMN section TEXT"))


def break_off(connection: Any) -> None:
    widen(connection)
    raise StoreError("no room")


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    present = migrations.STEPS
    return lambda *steps: monkeypatch.setattr(migrations, "STEPS", (*present, *steps))


def columns(store: Store) -> set[str]:
    with store.dialect.reading() as connection:
        return {column["name"] for column in inspect(connection).get_columns("articles")}


def stored(store: Store) -> int | None:
    with store.dialect.reading() as connection:
        return migrations.stored_version(connection)


@pytest.mark.parametrize("create", [True, False])
def test_an_older_store_is_brought_up_to_date(place: str, newer: Callable[..., None], create: bool) -> None:
    with open_store(place) as store:
        store.add(PAGE)
        assert (stored(store), "section" in columns(store)) == (2, False)
    newer(widen, lambda _: None)
    for _ in range(2):
        with open_store(place, create=create) as store:
            assert (stored(store), "section" in columns(store)) == (4, True)
            assert list(store.articles()) == [PAGE]


def test_a_step_that_fails_leaves_the_store_as_it_was(place: str, newer: Callable[..., None]) -> None:
    open_store(place).close()
    newer(lambda _: None, break_off)
    with pytest.raises(StoreError, match="no room"):
        open_store(place)
    newer()
    with open_store(place) as store:
        assert (stored(store), "section" in columns(store)) == (2, False)


def test_a_store_that_knew_no_kinds_learns_them(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    arrest = replace(PAGE, claims=(replace(PAGE.claims[0], kind="arrest", roles={"by": PAGE.claims[0].what}),))
    with monkeypatch.context() as before, open_store(place) as store:
        before.setattr(migrations, "STEPS", ())
        store.add(PAGE)
        with store.dialect.writing() as connection:
            connection.execute(update(schema.version).values(version=1))
            schema.OTHER_KINDS.drop(connection)
            connection.execute(text("DROP VIEW movements"))
            connection.execute(text("DROP VIEW other_claims"))
            connection.execute(text("CREATE VIEW movements AS SELECT id FROM claims"))
    with open_store(place) as store:
        assert stored(store) == migrations.present_version()
        assert len(list(store.search(Query()))) == 1
        store.add(replace(arrest, source="b.txt", url=None))
        assert [hit.claim.kind for hit in store.search(Query())] == ["movement"]
        assert [hit.claim.kind for hit in store.search(Query(kinds=("arrest",)))] == ["arrest"]
        assert len(list(store.search(Query(kinds=("arrest", "movement"))))) == 2
        assert len(list(store.search(Query(kinds=())))) == 2
        assert not list(store.search(Query(kinds=("theft", "movement"), who="Nobody")))
        with store.dialect.reading() as connection:
            assert connection.execute(text("SELECT movement FROM movements")).scalars().all() == ["moved"]
            told = connection.execute(text("SELECT kind, claim FROM other_claims")).one()
            assert tuple(told) == ("arrest", "Russia moved radars radars")
            roles = select(schema.spans.c.role).where(schema.spans.c.claim_id != 1)
            assert "by" in connection.execute(roles).scalars().all()


def test_a_newer_store_is_refused(place: str, newer: Callable[..., None]) -> None:
    newer(widen)
    open_store(place).close()
    newer()
    with pytest.raises(StoreError, match=r"written by a newer claimx \(schema 3\); update claimx"):
        open_store(place)


def test_tables_of_another_program_are_left_alone(place: str) -> None:
    with open_store(place) as store, store.dialect.writing() as connection:
        connection.execute(delete(schema.version))
        connection.execute(text("DROP TABLE claimx_schema"))
    with pytest.raises(StoreError, match=r"has tables of another program \(articles, .*; give another file"):
        open_store(place)
    with pytest.raises(StoreError, match="a database of something else, no store of claims"):
        open_store(place, create=False)


def test_an_empty_database_is_no_store_but_becomes_one(place: str, tmp_path: Path) -> None:
    if "://" not in place:
        Path(place).touch()
    with pytest.raises(StoreError, match="an empty database, no store of claims; give the file that --store wrote"):
        open_store(place, create=False)
    with open_store(place) as store:
        assert stored(store) == migrations.present_version()


def test_indexes_of_words_keep_in_step(store: Store) -> None:
    for article in (PAGE, replace(PAGE, title="Lorries", claims=()), replace(PAGE, text="Nothing."), PAGE):
        store.add(article)
    with store.dialect.writing() as connection:
        connection.execute(delete(schema.articles).where(schema.articles.c.text == "Nothing."))
        if store.dialect.engine.dialect.name == "sqlite":
            for table in schema.FULL_TEXT:
                index = f"{table.name}_fts"
                check = f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"  # noqa: S608 - our own names
                connection.exec_driver_sql(check)
    assert [hit.article.title for hit in store.search(Query(article="radars", all_versions=True))] == ["Radars"]
    assert not list(store.search(Query(article="lorries", all_versions=True)))


def test_nothing_is_left_of_a_deleted_article(store: Store) -> None:
    store.add(make_article({**RADARS, "sources": [("Libya", "officials")]}))
    with store.dialect.writing() as connection:
        connection.execute(delete(schema.articles))
    assert [count(store, name) for name in ("claims", "spans", "sources", "attributions")] == [0, 0, 0, 0]


def test_rows_belong_to_something(store: Store) -> None:
    with pytest.raises(StoreError, match="the database refuses"), store.dialect.writing() as connection:
        connection.execute(
            insert(schema.sources).values(claim_id=1, position=0, start=0, end=0, kind="x", anonymous=0 > 1)
        )


def test_views_read_well(store: Store) -> None:
    store.add(make_article({**RADARS, "sources": [("Libya", "officials")], "who_is": "Russia"}, title="Radars"))
    with store.dialect.reading() as connection:
        row = connection.execute(text("SELECT * FROM movements")).one()
        quotes = connection.execute(text("SELECT * FROM quotes")).all()
    assert (row.article, row.who, row.movement, row.what, row.destination, row.said_by, row.status) == (
        "Radars", "Russia", "moved", "radars", "Libya", "Libya", "asserted",
    )  # fmt: skip
    assert quotes == []


def test_datasette_finds_the_full_text_and_the_labels(tmp_path: Path) -> None:
    """It looks for FTS tables by their content, and calls rows by their `name` or `title`."""
    with open_store(tmp_path / "a.db") as store, store.dialect.reading() as connection:
        for table in schema.FULL_TEXT:
            sign = f'%VIRTUAL TABLE%USING FTS%content="{table.name}"%'
            found = text("SELECT name FROM sqlite_master WHERE sql LIKE :sign")
            assert connection.execute(found, {"sign": sign}).scalars().all() == [f"{table.name}_fts"]
        for table in schema.METADATA.sorted_tables:
            for key in inspect(connection).get_foreign_keys(table.name):
                referred = schema.METADATA.tables[key["referred_table"]]
                assert {"name", "title"} & set(referred.columns.keys())


def test_records_are_json_for_other_programs_too(store: Store) -> None:
    store.add(PAGE)
    with store.dialect.reading() as connection:
        record = connection.execute(select(schema.claims.c.record)).scalar_one()
    assert json.loads(record) == to_wire(PAGE)["claims"][0]
