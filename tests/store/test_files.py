"""SQLite files as they lie about: missing, damaged, locked, protected; and addresses of databases."""

import os
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from movements import PAGE
from sqlalchemy import make_url

from claimx.errors import StoreError
from claimx.store import Query, dialects, open_store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "100% of #claims?.db"
    with open_store(path) as store:
        store.add(PAGE)
    return path


def test_paths_and_addresses_mean_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    for store in (path, str(path), f"sqlite:///{path}", make_url(f"sqlite:///{path}").render_as_string()):
        with open_store(store) as opened:
            opened.add(PAGE)
            assert list(opened.articles()) == [PAGE]


def test_a_store_is_one_file_when_nobody_uses_it(file: Path) -> None:
    assert list(file.parent.iterdir()) == [file]
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"claims, claims, claims\n" * 100, "not a database; give the file that --store wrote"),
        (b"SQLite format 3\0" + b"\xff" * 4080, "not a database|damaged|refuses"),
    ],
)
def test_a_file_that_is_no_database(tmp_path: Path, data: bytes, message: str, create: bool) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(data)
    with pytest.raises(StoreError, match=message) as caught:
        open_store(path, create=create)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == data


def test_a_file_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    data = path.read_bytes()
    with pytest.raises(StoreError, match=r"has tables of another program \(bookmarks, …\); give another file"):
        open_store(path)
    assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


def test_a_damaged_store(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    file.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"), open_store(file) as store:
        list(store.articles())


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such file; check the name"):
        open_store(tmp_path / "a.db", create=False)
    with pytest.raises(StoreError, match=r"no such folder as .*; make it first"):
        open_store(tmp_path / "b" / "a.db")
    with pytest.raises(StoreError, match="a folder; give the name of a file"):
        open_store(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("store", ["sqlite://", "sqlite:///:memory:", ":memory:"])
def test_memory_keeps_nothing(store: str) -> None:
    with pytest.raises(StoreError, match="would be lost"):
        open_store(store)


def test_somebody_else_writes(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other, open_store(file, timeout=0.1) as store:
        other.execute("BEGIN IMMEDIATE")
        assert len(list(store.search(Query(who="Russia")))) == 1, "reading goes on"
        with pytest.raises(StoreError, match="another program is writing to it; try again when that is done"):
            store.add(PAGE)
        other.execute("ROLLBACK")
        assert store.add(PAGE) == "unchanged"


def test_a_file_that_may_only_be_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialects, "_writable", lambda _: False)
    with open_store(file, create=False) as store:
        assert list(store.articles()) == [PAGE]
        with pytest.raises(StoreError, match="may only be read; check its permissions"):
            store.add(replace(PAGE, claims=()))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_a_protected_folder(file: Path) -> None:
    file.chmod(0o444)
    file.parent.chmod(0o555)
    try:
        with open_store(file, create=False) as store:
            assert list(store.articles()) == [PAGE]
        with pytest.raises(StoreError, match="cannot be opened"):
            open_store(file.parent / "other.db")
    finally:
        file.parent.chmod(0o755)


@pytest.mark.parametrize(
    ("store", "message"),
    [
        ("mysql://localhost/claims", "stores are SQLite files or PostgreSQL databases"),
        ("postgresql+nonsense://localhost/claims", "no such kind of database; write postgresql://"),
        ("postgresql://::::", "not a database address; write a path, or postgresql://"),
        ("postgresql://me:secret@127.0.0.1:1/claims", "the database refuses .*; check its address and state"),
    ],
)
def test_addresses_that_lead_nowhere(store: str, message: str) -> None:
    with pytest.raises(StoreError, match=message) as caught:
        open_store(store)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_postgresql_needs_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"needs one more package; run: pip install 'claimx\[postgres\]'"):
        open_store("postgresql://localhost/claims")
