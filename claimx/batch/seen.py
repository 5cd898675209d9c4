"""Which sources were there already, at a price that does not depend on how long their names are."""

from hashlib import blake2b


class Seen:
    """A set of sources that holds a digest of 16 bytes of each, some 100 with Python's own."""

    def __init__(self) -> None:
        self._digests: set[bytes] = set()

    def __contains__(self, source: str) -> bool:
        return _digest(source) in self._digests

    def add(self, source: str) -> bool:
        """Add the source; tell whether it is new."""
        before = len(self._digests)
        self._digests.add(_digest(source))
        return len(self._digests) > before


def _digest(source: str) -> bytes:
    return blake2b(source.encode("utf-8", "surrogatepass"), digest_size=16).digest()
