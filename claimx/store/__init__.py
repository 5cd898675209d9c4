"""A database of articles and their claims: SQLite in a file, or PostgreSQL.

    with open_store("claims.db") as store:
        store.add(article)
        for hit in store.search(Query(who="Russia", destination="Libya")): ...

`schema` says what is kept, `writing` and `searching` how it gets in and out, `dialects` what differs between the two
databases, `migrations` how an older store becomes a present one.
"""

from claimx.store.records import AddResult, Hit, Query, Run, make_run, merge_hits
from claimx.store.store import Store, open_store

__all__ = ["AddResult", "Hit", "Query", "Run", "Store", "make_run", "merge_hits", "open_store"]
