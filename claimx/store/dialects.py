"""What SQLite and PostgreSQL do differently: connecting, locking, full-text search, and what their errors mean."""

import functools
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Table, literal_column, select
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from claimx.errors import StoreError
from claimx.store.schema import FULL_TEXT, SEARCHED

_TEXT_LIMIT: Final = 250_000  # characters; PostgreSQL's index of a text ends at a megabyte
_REMEDIES: Final = (
    ("file is not a database", "not a database; give the file that --store wrote"),
    ("malformed", "the database is damaged; restore it from a copy"),
    ("lock timeout", "another program is writing to it; try again when that is done"),
    ("locked", "another program is writing to it; try again when that is done"),
    ("readonly", "may only be read; check its permissions"),
    ("No space left", "the disk is full; make room and run this again"),
    ("disk is full", "the disk is full; make room and run this again"),
    ("unable to open", "cannot be opened; check the folder and its permissions"),
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """A database and its ways. `name` is how messages call the store; it holds no password."""

    name: str
    engine: sa.Engine

    @property
    def shared(self) -> bool:
        """Whether other programs' tables may stand beside ours."""
        return self.engine.name == "postgresql"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one state of the store; database errors come out as StoreError."""
        # in PostgreSQL all statements see the state that the first one saw, as in SQLite they always do
        options = {"isolation_level": "REPEATABLE READ"} if self.shared else {}
        with self._explained(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that is kept whole or not at all; database errors come out as StoreError."""
        options = {"claimx_writes": True}
        with self._explained(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def keep_log(self) -> None:
        """Let readers of a new file read while others write (WAL mode); it can only be set outside of transactions."""
        if self.engine.name == "sqlite":
            with self._explained(), closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA journal_mode = WAL")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn database errors into StoreError, in one line."""
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            cause = str(error.orig if isinstance(error, DBAPIError) else error)
            for sign, meaning in _REMEDIES:
                if sign in cause:
                    raise StoreError(f"{self.name}: {meaning}") from error
            reason = next((line.strip() for line in cause.splitlines() if line.strip()), type(error).__name__)
            raise StoreError(f"{self.name}: the database refuses ({reason}); check its address and state") from error

    def holding(
        self, key: ColumnElement[Any], searched: Table, columns: Sequence[str], phrases: Sequence[str]
    ) -> ColumnElement[bool]:
        """Return the condition that a key is the id of a row whose columns together hold each of the phrases."""
        if self.engine.name == "sqlite":
            index = f"{searched.name}_fts"
            words = " AND ".join(f'"{phrase}"' for phrase in phrases)
            rows = sa.table(index, sa.column("rowid"), sa.column(index))
            match = rows.c[index].op("MATCH", is_comparison=True)(f"{{{' '.join(columns)}}} : ({words})")
            return key.in_(select(rows.c.rowid).where(match))
        queries: list[ColumnElement[Any]] = [
            sa.func.phraseto_tsquery(literal_column("'claimx'"), phrase) for phrase in phrases
        ]
        wanted = functools.reduce(lambda one, other: one.op("&&")(other), queries)
        match = literal_column(_tsvector(searched, columns)).op("@@", is_comparison=True)(wanted)
        # rows at hand can be asked one by one, which takes less where nearly all hold the words
        return match if key is searched.c.id else key.in_(select(searched.c.id).where(match))

    def tested(self, column: sa.Column[Any]) -> ColumnElement[Any]:
        """Return a column to test for being in a set, where rows shall not be looked up by it."""
        if self.engine.name == "sqlite":  # the plus keeps it from using an index of the column
            return literal_column(f"+{column.table.name}.{column.name}")
        return column  # PostgreSQL decides by how many rows there are


def lock(connection: Connection, subject: str) -> None:
    """Make other writers to the same subject wait until the transaction ends; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(subject, 0))))


def connect(store: str | Path, *, create: bool, timeout: float) -> Dialect:
    """Return the dialect of a store that a path or an SQLAlchemy URL names; nothing is connected yet.

    `timeout` is in seconds, for locks. Raises StoreError where the store cannot be, or is not there and may not be
    made.
    """
    if isinstance(store, str) and "://" in store:
        try:
            url = sa.make_url(store)
        except (ArgumentError, ValueError) as error:
            raise StoreError(
                "not a database address; write a path, or postgresql://USER:PASSWORD@HOST/DATABASE"
            ) from error
        if url.get_backend_name() == "postgresql":
            return _postgres(url, timeout)
        if url.get_backend_name() != "sqlite":
            name = url.render_as_string(hide_password=True)
            raise StoreError(f"{name}: stores are SQLite files or PostgreSQL databases; give one of these")
        store = url.database or ""
    if str(store) in ("", ":memory:"):
        raise StoreError("a store in memory would be lost; give the name of a file")
    return _sqlite(Path(store), create=create, timeout=timeout)


def _sqlite(path: Path, *, create: bool, timeout: float) -> Dialect:
    name = str(path)
    if path.is_dir():
        raise StoreError(f"{name}: a folder; give the name of a file")
    if not create and not path.exists():
        raise StoreError(f"{name}: no such file; check the name")
    if not path.parent.is_dir():
        raise StoreError(f"{name}: no such folder as {path.parent}; make it first")
    path = path.resolve()
    mode = "mode=rwc" if create else "mode=rw"
    if path.exists() and not _writable(path):
        # beside a log of changes SQLite needs to write; without one, nobody is changing the file
        mode = "mode=ro" if Path(f"{path}-wal").exists() else "immutable=1"
    address = f"file:{quote(str(path))}?{mode}"

    def open_file() -> sqlite3.Connection:
        connection = sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    engine = sa.create_engine("sqlite://", creator=open_file, poolclass=sa.QueuePool)

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # a writer takes its place in the queue at once: one that has read before it writes may not wait for others
        writes = connection.get_execution_options().get("claimx_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return Dialect(name, engine)


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _postgres(url: sa.URL, timeout: float) -> Dialect:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    name = url.render_as_string(hide_password=True)
    try:
        engine = sa.create_engine(url, pool_pre_ping=True)
    except ImportError as error:
        raise StoreError(f"{name}: needs one more package; run: pip install 'claimx[postgres]'") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{name}: no such kind of database; write postgresql://…") from error

    @sa.event.listens_for(engine, "connect")
    def set_up(connection: Any, _: Any) -> None:
        connection.execute(f"SET lock_timeout = {int(timeout * 1000)}")
        connection.execute("SET client_min_messages = error")
        connection.commit()

    return Dialect(name, engine)


def create_full_text(connection: Connection) -> None:
    """Index words by their stems: none left out for being frequent, accents ignored where that can be."""
    if connection.dialect.name == "sqlite":
        _create_fts5(connection)
    else:
        _create_tsvectors(connection)


def _create_fts5(connection: Connection) -> None:
    for indexed, columns in FULL_TEXT.items():
        names = ", ".join(columns)
        index = f"{indexed.name}_fts"
        old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("old", "new"))
        forget = f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', old.id, {old});"  # noqa: S608 - our own names
        learn = f"INSERT INTO {index} (rowid, {names}) VALUES (new.id, {new});"  # noqa: S608
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {index} USING fts5({names}, content=\"{indexed.name}\", content_rowid='id', "
            "tokenize='porter unicode61 remove_diacritics 2')"
        )
        for name, when, what in (
            ("insert", "INSERT", learn),
            ("delete", "DELETE", forget),
            ("update", f"UPDATE OF {names}", forget + learn),
        ):
            connection.exec_driver_sql(f"CREATE TRIGGER {index}_{name} AFTER {when} ON {indexed.name} BEGIN {what} END")


def _create_tsvectors(connection: Connection) -> None:
    run = connection.exec_driver_sql
    words = "ALTER MAPPING FOR asciiword, word, hword, hword_part, asciihword, hword_asciipart WITH"
    run("CREATE TEXT SEARCH DICTIONARY claimx_stem (TEMPLATE = snowball, LANGUAGE = english)")
    run("CREATE TEXT SEARCH CONFIGURATION claimx (COPY = simple)")
    run(f"ALTER TEXT SEARCH CONFIGURATION claimx {words} claimx_stem")
    with suppress(DBAPIError), connection.begin_nested():  # it may be missing, or not ours to add
        run("CREATE EXTENSION IF NOT EXISTS unaccent")
        run(f"ALTER TEXT SEARCH CONFIGURATION claimx {words} unaccent, claimx_stem")
    for number, (searched, columns) in enumerate(SEARCHED):
        run(f"CREATE INDEX {searched.name}_fts_{number} ON {searched.name} USING gin ({_tsvector(searched, columns)})")


def _tsvector(searched: Table, columns: Sequence[str]) -> str:
    words = " || ' ' || ".join(f"coalesce(left({searched.name}.{name}, {_TEXT_LIMIT}), '')" for name in columns)
    return f"to_tsvector('claimx', {words})"
