"""A store that is open: add articles, read them back, search their claims."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claimx.records import Article
from claimx.store import migrations, reading, searching, writing
from claimx.store.dialects import Dialect, connect
from claimx.store.records import AddResult, Hit, Query, Run


@dataclass(frozen=True, slots=True)
class Store:
    """A store; `open_store` makes it, `with` closes it. Threads may share one, processes open one each."""

    dialect: Dialect

    def add(self, article: Article, *, run: Run | None = None) -> AddResult:
        """Add an article with what was found in it, whole or not at all, and return what that came to.

        An article is known by its URL (or else its source) and its text: the same again changes nothing, another text
        is a new version beside the old one, other findings in the same text take the place of those that were there.
        Several processes may add at once. Raises StoreError.
        """
        with self.dialect.writing() as connection:
            return writing.add_article(connection, article, run)

    def articles(self, *, all_versions: bool = False) -> Iterator[Article]:
        """Yield the articles as they were added, in that order; of several versions of one, that read last."""
        with self.dialect.reading() as connection:
            yield from reading.find_articles(connection, all_versions=all_versions)

    def search(self, query: Query) -> Iterator[Hit]:
        """Yield the claims that meet a query, those of the article published last first; of one article together."""
        with self.dialect.reading() as connection:
            yield from searching.find_hits(connection, self.dialect, query)

    def close(self) -> None:
        """Let go of the database."""
        self.dialect.engine.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(store: str | Path, *, create: bool = True, timeout: float = 30.0) -> Store:
    """Return the store that a path (SQLite) or an SQLAlchemy URL (SQLite, PostgreSQL) names.

    With `create`, one is made where there is none; a store of an older claimx is brought up to date. `timeout` is how
    many seconds to wait for other programs. Raises StoreError where it is no store, or none that can be used.
    """
    opened = Store(connect(store, create=create, timeout=timeout))
    try:
        migrations.prepare(opened.dialect, create=create)
    except BaseException:
        opened.close()
        raise
    return opened
