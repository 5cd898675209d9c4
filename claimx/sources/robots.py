"""What robots.txt asks of programs (RFC 9309), read by protego."""

import time
from dataclasses import dataclass

from protego import Protego

from claimx.errors import FetchError

NAME = "claimx"
"""The name by which robots.txt knows us."""

MAX_DELAY = 60.0
"""The longest rest that a host is given, in seconds, whatever it asks for: batches have to end."""

_LIFE = 86_400.0  # seconds that a robots.txt holds


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host: None where there are none, or where `unreachable` stands for a closed door."""

    rules: Protego | None
    read_at: float
    delay: float = 0.0
    unreachable: str | None = None

    def expired(self) -> bool:
        """Tell whether the rules should be read again: after a day, or a minute where they could not be."""
        return time.monotonic() - self.read_at > (60.0 if self.unreachable else _LIFE)

    def check(self, source: str, address: str) -> None:
        """Raise FetchError where `address` is closed to programs that read many pages."""
        if self.unreachable:
            raise FetchError(source, f"robots.txt of this site cannot be read ({self.unreachable}); try again later")
        if self.rules is not None and not self.rules.can_fetch(address, NAME):
            raise FetchError(
                source, "robots.txt of this site closes the page to batches; open it in a browser, save it and pass it"
            )


def read_robots(answer: tuple[int, bytes]) -> Robots:
    """Return the rules in a status (0: no answer) and the content of a robots.txt.

    No such file means no rules; a server that fails means that nothing may be read for now, as RFC 9309 has it.
    """
    status, content = answer
    now = time.monotonic()
    if status == 0 or status >= 500:
        return Robots(None, now, unreachable=f"status {status}" if status else "no answer")
    if not 200 <= status < 300:
        return Robots(None, now)
    rules = Protego.parse(content.decode("utf-8", "replace"))
    return Robots(rules, now, delay=min(MAX_DELAY, max(0.0, rules.crawl_delay(NAME) or 0.0)))
