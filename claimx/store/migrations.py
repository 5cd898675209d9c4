"""How a store gets its tables, and how an older one becomes a present one.

A change of `schema` adds a step here: a function that turns a store of the version before into one of the next. All
that a store lacks are taken in one transaction with the new version number, so a store is never in between.
"""

from collections.abc import Callable

from sqlalchemy import Connection, insert, inspect, select, update

from claimx.errors import StoreError
from claimx.store import schema
from claimx.store.dialects import Dialect, create_full_text, lock

Step = Callable[[Connection], None]


def _tell_kinds_apart(connection: Connection) -> None:
    """Index the claims that are none of movement, and give them a view of their own."""
    schema.OTHER_KINDS.create(connection)
    connection.exec_driver_sql("DROP VIEW movements")
    _create_views(connection, "movements", "other_claims")


STEPS: tuple[Step, ...] = (_tell_kinds_apart,)
"""The step at index n leads from version n + 1 to n + 2."""


def present_version() -> int:
    """Return the version of the schema that this claimx writes."""
    return 1 + len(STEPS)


def stored_version(connection: Connection) -> int | None:
    """Return the version of the store behind the connection, None where there is none."""
    if not inspect(connection).has_table(schema.version.name):
        return None
    return connection.execute(select(schema.version.c.version)).scalar_one_or_none()


def prepare(dialect: Dialect, *, create: bool) -> None:
    """Make or migrate the tables where that is needed; a store that is up to date is only read.

    Raises StoreError where there is no store and none is to be made, or where claimx is too old for it.
    """
    with dialect.reading() as connection:
        version = stored_version(connection)
        if version is None and not create:
            what = "a database of something else" if inspect(connection).get_table_names() else "an empty database"
            raise StoreError(f"{dialect.name}: {what}, no store of claims; give the file that --store wrote")
        if version is None:
            _check_free(connection, dialect)
    if version is None:
        dialect.keep_log()
    if version == present_version():
        return
    with dialect.writing() as connection:
        lock(connection, "schema")
        version = stored_version(connection)  # another process may have been quicker
        if version is None:
            _check_free(connection, dialect)
            schema.METADATA.create_all(connection)
            create_full_text(connection)
            _create_views(connection, *schema.VIEWS)
            connection.execute(insert(schema.version).values(version=present_version()))
        elif version > present_version():
            raise StoreError(f"{dialect.name}: written by a newer claimx (schema {version}); update claimx")
        else:
            for step in STEPS[version - 1 :]:
                step(connection)
            connection.execute(update(schema.version).values(version=present_version()))


def _check_free(connection: Connection, dialect: Dialect) -> None:
    """Raise StoreError where a database without a store holds what a store may not be put beside."""
    taken = set(inspect(connection).get_table_names())
    if dialect.shared:
        taken &= {*schema.METADATA.tables, *schema.VIEWS}
    if taken:
        names = ", ".join(sorted(taken)[:3])
        raise StoreError(f"{dialect.name}: has tables of another program ({names}, …); give another file or database")


def _create_views(connection: Connection, *views: str) -> None:
    for view in views:
        connection.exec_driver_sql(f"CREATE VIEW {view} AS {schema.VIEWS[view].compile(connection)}")
