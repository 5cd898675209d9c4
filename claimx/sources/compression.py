"""HTTP's content codings undone, never into more bytes than asked for: a small answer may unpack to terabytes."""

import zlib
from collections.abc import Callable

from claimx.errors import FetchError, SourceUnreadable


def decompress(source: str, data: bytes, codings: str, *, limit: int) -> bytes:
    """Return `data` with the codings of a Content-Encoding header undone, the last first.

    Raises SourceUnreadable where that makes more than `limit` bytes or the coding is unknown, FetchError where the
    data is damaged or cut short.
    """
    for coding in reversed([name.strip().lower() for name in codings.split(",")]):
        if coding in ("", "identity") or not data:
            continue
        if coding not in _CODINGS:
            raise SourceUnreadable(
                source, f"compressed in a way that claimx does not know ({coding}); save the page in a browser"
            )
        try:
            data = _CODINGS[coding](data, limit + 1)
        except (zlib.error, EOFError) as error:
            raise FetchError(
                source, "the server's compressed answer is damaged; try again later, or save the page in a browser"
            ) from error
        if len(data) > limit:
            raise too_large(source, limit)
    return data


def too_large(source: str, limit: int) -> SourceUnreadable:
    """Return the error for a page of more than `limit` bytes."""
    return SourceUnreadable(source, f"the page is larger than {limit:,} bytes; pass the address of a single article")


def gunzip(data: bytes, size: int) -> bytes:
    """Return at most `size` bytes of what gzip `data` holds. Raises zlib.error or EOFError where it is damaged."""
    return _inflate(data, size, 16 + zlib.MAX_WBITS)


def _deflate(data: bytes, size: int) -> bytes:
    try:
        return _inflate(data, size, zlib.MAX_WBITS)
    except zlib.error:  # some servers leave the zlib header out
        return _inflate(data, size, -zlib.MAX_WBITS)


def _inflate(data: bytes, size: int, window: int) -> bytes:
    stream = zlib.decompressobj(window)
    unpacked = stream.decompress(data, size)
    if len(unpacked) < size and not stream.eof:
        raise EOFError
    return unpacked


def _unbrotli(data: bytes, size: int) -> bytes:
    import brotli

    stream = brotli.Decompressor()
    unpacked, rest = bytearray(), data
    try:
        while len(unpacked) < size and not stream.is_finished():
            part = stream.process(rest, output_buffer_limit=size)
            if not part and not rest:
                raise EOFError
            unpacked += part
            rest = b""
    except brotli.error as error:
        raise zlib.error(str(error)) from error
    return bytes(unpacked[:size])


_CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": gunzip,
    "x-gzip": gunzip,
    "deflate": _deflate,
    "br": _unbrotli,
}
