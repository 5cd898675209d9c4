"""What batches remember of the web: pages with the marks of their version, and whose turn it is at each host.

One SQLite file, so that many processes share it and a crash leaves it whole; its owner alone may read it. Every page is
asked for again with the marks that its server gave (ETag, Last-Modified; RFC 9110, section 13), and taken from here
where the server says that nothing changed. That is all the politeness that reading articles needs, and answers stay
byte for byte as they came; hishel, which follows the whole of HTTP's caching rules, rewrites headers and knows no limit
of size.
"""

import json
import os
import sqlite3
import threading
import time
import weakref
from pathlib import Path

from claimx.errors import OutputError
from claimx.sources.answers import Answer

KEPT_DAYS = 30
"""Pages that nobody asked for in so many days are forgotten."""

_FILE = "pages.sqlite"
_LONGEST_QUEUE = 86_400  # seconds

_TABLES = """
CREATE TABLE IF NOT EXISTS page (
    url TEXT PRIMARY KEY, status INTEGER, reason TEXT, headers TEXT, body BLOB, retrieved_at TEXT, used REAL
);
CREATE TABLE IF NOT EXISTS turn (host TEXT PRIMARY KEY, next REAL);
"""


class Cache:
    """Pages and turns, in a folder or, without one, in memory and for this process alone. Threads may share it."""

    def __init__(self, folder: str | None = None) -> None:
        self._keeps = folder is not None
        self._lock = threading.Lock()
        try:
            if folder is not None:
                Path(folder).mkdir(parents=True, exist_ok=True, mode=0o700)
                # made before SQLite would make it, for its owner alone; the files beside it get the same permissions
                os.close(os.open(Path(folder, _FILE), os.O_RDWR | os.O_CREAT, 0o600))
            self._base = sqlite3.connect(
                Path(folder, _FILE) if folder is not None else ":memory:",
                timeout=60,
                check_same_thread=False,
                isolation_level=None,
            )
            weakref.finalize(self, self._base.close).atexit = False
            self._base.executescript(_TABLES)
            self._base.execute("DELETE FROM page WHERE used < ?", (time.time() - KEPT_DAYS * 86_400,))
        except (OSError, sqlite3.Error, ValueError) as error:
            raise OutputError(f"cannot keep pages in {folder} ({error}); name another folder for them") from error

    def take_turn(self, host: str, delay: float) -> float:
        """Return the seconds to wait before asking `host`, having taken that moment and `delay` seconds after it."""
        now = time.time()
        try:
            with self._lock, self._base:  # one transaction: those who come at once get moments one after the other
                self._base.execute("BEGIN IMMEDIATE")
                found = self._base.execute("SELECT next FROM turn WHERE host = ?", (host,)).fetchone()
                # a clock that was set back must not make anybody wait for ever
                moment = max(now, found[0]) if found and found[0] < now + _LONGEST_QUEUE else now
                self._base.execute("REPLACE INTO turn VALUES (?, ?)", (host, moment + delay))
        except sqlite3.Error:
            return delay  # a full disk: polite all the same, if slower
        return float(moment - now)

    def page(self, url: str) -> Answer | None:
        """Return the answer kept for `url`, or None."""
        if not self._keeps:
            return None
        with self._lock:
            found = self._base.execute(
                "UPDATE page SET used = ? WHERE url = ? RETURNING status, reason, headers, body, retrieved_at",
                (time.time(), url),
            ).fetchone()
        if found is None:
            return None
        status, reason, headers, body, retrieved_at = found
        return Answer(url, status, reason, tuple((n, v) for n, v in json.loads(headers)), body, retrieved_at)

    def keep(self, answer: Answer) -> None:
        """Keep a page that its server will recognise, unless it says that nobody may."""
        if not self._keeps or answer.status != 200 or "no-store" in answer.header("Cache-Control").lower():
            return
        if answer.header("ETag") or answer.header("Last-Modified"):
            row = (answer.url, answer.status, answer.reason, json.dumps(answer.headers), answer.body)
            try:
                with self._lock:
                    self._base.execute(
                        "REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, answer.retrieved_at, time.time())
                    )
            except sqlite3.Error:
                return  # a full disk: the page was read all the same
