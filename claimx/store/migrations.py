"""How a store gets its tables, and how an older one becomes a present one.

A change of `schema` adds a step here: a function that turns a store of the version before into one of the next. All
that a store lacks are taken in one transaction with the new version number, so a store is never in between.
"""

from collections.abc import Callable

from sqlalchemy import Connection, insert, inspect, select, update

from claimx.errors import StoreError
from claimx.store import schema
from claimx.store.dialects import Dialect

Step = Callable[[Connection], None]


def _tell_kinds_apart(connection: Connection) -> None:
    """Index the claims that are none of movement, and give them a view of their own."""
    schema.OTHER_KINDS.create(connection)
    connection.exec_driver_sql("DROP VIEW movements")
    for view in ("movements", "other_claims"):
        _create_view(connection, view)


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


def check_free(connection: Connection, dialect: Dialect) -> None:
    """Raise StoreError where a database without a store holds what a store may not be put beside."""
    taken = set(inspect(connection).get_table_names())
    if dialect.shared:
        taken &= {*schema.METADATA.tables, *schema.VIEWS}
    if taken:
        names = ", ".join(sorted(taken)[:3])
        raise StoreError(f"{dialect.name}: has tables of another program ({names}, …); give another file or database")


def create(connection: Connection, dialect: Dialect) -> None:
    """Make the tables, indexes and views of a new store."""
    check_free(connection, dialect)
    schema.METADATA.create_all(connection)
    dialect.create_full_text(connection)
    for view in schema.VIEWS:
        _create_view(connection, view)
    connection.execute(insert(schema.version).values(version=present_version()))


def _create_view(connection: Connection, view: str) -> None:
    connection.exec_driver_sql(f"CREATE VIEW {view} AS {schema.VIEWS[view].compile(connection)}")


def migrate(connection: Connection, stored: int, name: str) -> None:
    """Take the steps from the `stored` version to the present one. Raises StoreError where claimx is too old."""
    if stored > present_version():
        raise StoreError(f"{name}: written by a newer claimx (schema {stored}); update claimx")
    for step in STEPS[stored - 1 :]:
        step(connection)
    if stored < present_version():
        connection.execute(update(schema.version).values(version=present_version()))
