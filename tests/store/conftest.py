"""Stores to test with: SQLite always, PostgreSQL where CLAIMX_TEST_POSTGRES names a server."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from claimx.store import Store, open_store

SERVER = os.environ.get("CLAIMX_TEST_POSTGRES")


DATABASES = ("sqlite", "postgresql")


@contextmanager
def new_place(database: str, folder: Path) -> Iterator[str]:
    """Give what a new store is opened by: a file, or a database that lasts as long as it is needed."""
    if database == "sqlite":
        yield str(folder / "claims.db")
        return
    if not SERVER:
        pytest.skip("needs a PostgreSQL server; CLAIMX_TEST_POSTGRES is its SQLAlchemy URL")
    name = f"claimx_test_{uuid.uuid4().hex}"
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with new_place(request.param, tmp_path) as place:
        yield place


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with open_store(place) as store:
        yield store


@pytest.fixture(params=DATABASES, scope="module")
def lasting_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that the tests of a module share."""
    with new_place(request.param, tmp_path_factory.mktemp("store")) as place, open_store(place) as store:
        yield store
