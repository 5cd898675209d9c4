"""Articles in web archives: WARC files (ISO 28500), and WACZ files, which are ZIP files with WARC files in them.

A record is named by its file, its offset in it, and its address for people to read: `news.warc.gz#4711,https://…`; in a
WACZ file the WARC file comes before the offset: `news.wacz#archive/data.warc.gz@4711,https://…`.

Reading takes memory for one record, whatever the size of the archive, and whatever its records claim or unpack to.
"""

import base64
import hashlib
import io
import logging
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any

from claimx.errors import FetchError, SourceError, SourceNotFound, SourceUnreadable, unforeseen
from claimx.sources import files
from claimx.sources.answers import PAGES, Answer, media_type, to_raw
from claimx.sources.decoding import describe_binary
from claimx.sources.raw import Kind, Raw, ReadOptions

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord
    from warcio.statusandheaders import StatusAndHeaders

_NAME = re.compile(
    r"(?![a-z][a-z0-9+.-]*://)(?P<file>.+?\.(?:warc|warc\.gz|wacz))#(?:(?P<member>[^#]+?)@)?(?P<offset>\d{1,18})(?:,.*)?",
    re.I | re.S,
)
_WEB = re.compile(r"https?://", re.I)
_OWN = re.compile(r"file:|urn:claimx:", re.I)  # what `recording` writes for files and standard input
_ROBOTS = re.compile(r"https?://[^/]+/robots\.txt$", re.I)
_RESOURCES: dict[str, Kind | None] = {**PAGES, "text/plain": "text"}  # no server guessed the type of these
_DATE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z")
DIGEST = "Claimx-Content-Digest"
"""Extra field of our own records: SHA-256 of the bytes after decompression, which is an article's `sha256`."""

_BLOCK = 65_536
_MAX_HEADERS = 1_000_000  # bytes of the headers of one record
_UNFIT = re.compile(r"[\s\x00-\x1f\x7f]")
_MAX_ADDRESS = 300  # characters of an address in a record's name

# warcio logs what it corrects, with words of the archive in it, which Python would print to stderr
logging.getLogger("warcio").addHandler(logging.NullHandler())

_UNPACKING = (zlib.error, lzma.LZMAError, struct.error)
"""What decompressors raise where bytes have changed; bz2's OSError is told as any other."""


class _Damage(Exception):
    """What is wrong with an archive, in words."""


def list_records(path: str) -> Iterator[str | SourceError]:
    """Yield the names of the articles in an archive, in its order: pages and texts that were there (status 200).

    An archive that holds no articles, or cannot be read, comes as the SourceError that says so. What is damaged in it
    ends the WARC file that it stands in; those after it in a WACZ file are read.
    """
    try:
        members = _members(path)
    except Exception as error:
        yield _fault(path, error)
        return
    count = failed = 0
    for member in members:
        try:
            with _opened(path, member) as reader:
                for offset, record in _records(reader):
                    if address := _article_address(record):
                        count += 1
                        place = f"{member}@{offset}" if member else offset
                        yield f"{path}#{place},{_UNFIT.sub('', address)[:_MAX_ADDRESS]}"
        except Exception as error:  # what a damaged file makes its decompressor raise is no short list
            failed += 1
            yield _fault(path, error, count, member)
    if not count and not failed:
        yield SourceNotFound(path, "no articles in this archive; claimx looks for web pages and texts in it")


def _fault(path: str, error: Exception, count: int = 0, member: str | None = None) -> SourceError:
    """Return what to say of an archive that cannot be read, or of the file in it that cannot."""
    if isinstance(error, SourceError):
        return error
    if not isinstance(error, _Damage):
        return unforeseen(path, "read", error)
    where = f"{member} in the archive" if member else "the archive"
    rest = f"; the {count} articles before that are whole" if count else ""
    return SourceUnreadable(path, f"{where} is damaged: {error}{rest}; get a whole copy of it")


def read_record(source: str, options: ReadOptions) -> Raw | None:
    """Return one record of an archive by its name, as it was read when it was archived; None for any other name.

    Raises SourceNotFound where there is no such file or record, SourceUnreadable where it is damaged, was changed
    since (its digest differs) or is too large.
    """
    if (found := _NAME.fullmatch(source)) is None:
        return None
    try:
        with _opened(found["file"], found["member"], int(found["offset"])) as reader:
            for _, record in _records(reader):
                return _raw(source, record, reader, options)
    except _Damage as error:
        raise SourceUnreadable(source, f"the record is damaged: {error}; get a whole copy of the archive") from error
    raise SourceNotFound(source, "no such record in the archive; pass the archive itself")


def _members(path: str) -> list[str | None]:
    """Return the WARC files in a WACZ file; None stands for the file itself."""
    if not path.lower().endswith(".wacz"):
        return [None]
    with files.opened(path) as file, _zip(file) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith((".warc", ".warc.gz"))]
    if not names:
        raise SourceNotFound(path, "no WARC files in this WACZ file; get a whole copy of it")
    return list(names)


@contextmanager
def _zip(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, UnicodeError, *_UNPACKING) as error:
        # RuntimeError: what is encrypted
        raise _Damage(f"not a whole ZIP file ({error})") from error


@contextmanager
def _opened(path: str, member: str | None, start: int = 0) -> "Iterator[_Reader]":
    """Open an archive, or a WARC file in it, at an offset."""
    with files.opened(path) as file:
        if member is None:
            yield _Reader(file, start, file.seek(0, io.SEEK_END))
            return
        with _zip(file) as archive:
            try:
                info = archive.getinfo(member)
            except KeyError as error:
                raise SourceNotFound(path, f"no {member} in this WACZ file; pass the WACZ file itself") from error
            if info.compress_type == zipfile.ZIP_STORED:  # as the standard asks; only so offsets are cheap
                begin = _begin(file, info)
                yield _Reader(file, begin + start, begin + info.file_size, begin)
            else:
                with archive.open(info) as packed:
                    yield _Reader(packed, start, info.file_size)


def _begin(file: IO[bytes], info: zipfile.ZipInfo) -> int:
    """Return where the content of a member begins in a ZIP file: behind its local header (APPNOTE, 4.3.7)."""
    file.seek(info.header_offset)
    signature, name, extra = struct.unpack("<4s22xHH", file.read(30))
    if signature != b"PK\x03\x04":
        raise _Damage("not a whole ZIP file")
    return info.header_offset + 30 + int(name) + int(extra)


class _Reader:
    """The bytes of a WARC file, record by record, gunzipped where it is compressed; never more than asked for."""

    def __init__(self, file: IO[bytes], start: int, end: int, base: int = 0) -> None:
        self._file, self._position, self._end, self._base = file, start, end, base
        self._packed = b""  # read, not yet gunzipped
        self._plain = b""  # ready to be given
        self._unpacker: Any = None
        self._headers = 0  # bytes of headers that may still come
        file.seek(start)

    def begin(self) -> int | None:
        """Return the offset at which the next record begins, or None at the end."""
        self._headers = _MAX_HEADERS
        self._unpacker = None
        while not self._packed:
            self._plain = self._plain.lstrip(b"\r\n")
            if self._plain:
                return self._position - len(self._plain) - self._base
            if not (block := self._block()):
                return None
            if block.startswith(b"\x1f\x8b"):
                self._packed = block
            else:
                self._plain = block
        self._unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        return self._position - len(self._packed) - self._base

    def finish(self) -> None:
        """Go past what is left of a compressed record: nothing, if all is well."""
        if self._unpacker is None:
            return
        more = True
        while more:
            if self._plain.strip(b"\r\n"):
                raise _Damage("its records are not compressed one by one, unpack it with gunzip and pass the .warc")
            self._plain = b""
            more = self._fill()

    def read(self, size: int) -> bytes:
        """Return `size` bytes, fewer only at the end of the record or the file."""
        while len(self._plain) < size and self._fill():
            pass
        given, self._plain = self._plain[:size], self._plain[size:]
        return given

    def readline(self, size: int | None = None) -> bytes:
        """Return a line of headers."""
        limit = self._headers if size is None else min(size, self._headers)
        while (end := self._plain.find(b"\n", 0, limit) + 1) == 0 and len(self._plain) < limit and self._fill():
            pass
        line = self.read(end or limit)
        self._headers -= len(line)
        if self._headers <= 0:
            raise _Damage("a record's headers go on and on")
        return line

    def _fill(self) -> bool:
        """Make more bytes ready; False where there are none."""
        if self._unpacker is None:
            block = self._block()
            self._plain += block
            return bool(block)
        if self._unpacker.eof:
            return False
        if not self._packed and not (block := self._block()):
            raise _Damage("it ends in the middle of a record")
        try:
            self._plain += self._unpacker.decompress(self._packed or block, _BLOCK)
        except zlib.error as error:
            raise _Damage("bytes in it have changed") from error
        self._packed = self._unpacker.unused_data or self._unpacker.unconsumed_tail
        return True

    def _block(self) -> bytes:
        try:
            block = self._file.read(min(_BLOCK, max(0, self._end - self._position)))
        except (zipfile.BadZipFile, EOFError, *_UNPACKING) as error:
            raise _Damage("bytes in it have changed") from error
        self._position += len(block)
        return block


def _records(reader: _Reader) -> "Iterator[tuple[int, ArcWarcRecord]]":
    """Yield each record with its offset; what is not read of one is passed over before the next."""
    from warcio.recordloader import ArcWarcRecordLoader

    loader = ArcWarcRecordLoader()
    while (offset := reader.begin()) is not None:
        try:
            record = loader.parse_record_stream(reader, known_format="warc", no_record_parse=True)
        except _Damage:
            raise
        except Exception as error:  # warcio meets bytes of all kinds with exceptions of all kinds
            raise _Damage("something else stands where a record should begin") from error
        if record.length is None:
            raise _Damage("a record does not say how long it is")
        yield offset, record
        while record.raw_stream.read(_BLOCK):
            pass
        _check_complete(record)
        reader.finish()


def _check_complete(record: "ArcWarcRecord") -> None:
    if record.length and record.raw_stream.limit:
        raise _Damage("it ends in the middle of a record")


def _article_address(record: "ArcWarcRecord") -> str | None:
    """Return the address of the article that a record holds, None where it holds none."""
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.rec_type == "resource":
        fits = (_WEB.match(address) or _OWN.match(address)) and media_type(record.content_type or "") in _RESOURCES
        return address if fits else None
    headers = _http_headers(address, record.raw_stream, record.length) if record.rec_type == "response" else None
    if headers is None or headers.get_statuscode() != "200" or _ROBOTS.match(address):
        return None
    return address if media_type(headers.get_header("Content-Type") or "") in PAGES else None


def _http_headers(address: str, stream: Any, length: int) -> "StatusAndHeaders | None":
    """Return the HTTP headers with which a record begins, None where it begins otherwise."""
    from warcio.recordloader import ArcWarcRecordLoader

    try:
        return ArcWarcRecordLoader().load_http_headers("response", address, stream, length)
    except _Damage:
        raise
    except Exception:  # as above
        return None


def _raw(source: str, record: "ArcWarcRecord", reader: _Reader, options: ReadOptions) -> Raw:
    if record.length > options.max_bytes + _MAX_HEADERS:
        raise SourceUnreadable(source, f"the record is larger than {options.max_bytes:,} bytes")
    block = b"".join(iter(lambda: record.raw_stream.read(_BLOCK), b""))
    _check_complete(record)
    reader.finish()
    field = record.rec_headers.get_header
    _check_digest(source, field("WARC-Block-Digest"), block)
    address = field("WARC-Target-URI") or ""
    date = _DATE.fullmatch(field("WARC-Date") or "")
    retrieved_at = f"{date[1]}Z" if date else None
    if record.rec_type == "resource":
        kind = _RESOURCES.get(media_type(record.content_type or ""))
        raw = Raw(source, block, kind)
        if not _OWN.match(address):
            raw = replace(raw, url=address, retrieved_at=retrieved_at)
    else:
        raw = _page(source, address, block, retrieved_at, options)
    _check_digest(source, field(DIGEST), raw.data)
    return raw


def _page(source: str, address: str, block: bytes, retrieved_at: str | None, options: ReadOptions) -> Raw:
    """Return the page in an HTTP answer as it stands in an archive."""
    from warcio.bufferedreaders import ChunkedDataReader

    stream = io.BytesIO(block)
    headers = _http_headers(address, stream, len(block))
    if headers is None:
        raise SourceUnreadable(source, "no web page in this record; pass another")
    body = stream.read()
    if (headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
        body = ChunkedDataReader(io.BytesIO(body)).read()
    answer = Answer(address, 200, "", tuple(headers.headers), body, retrieved_at)
    try:
        return to_raw(source, answer, limit=options.max_bytes)
    except FetchError:
        if describe_binary(body):
            raise
        plain = tuple((name, value) for name, value in answer.headers if name.lower() != "content-encoding")
        return to_raw(source, replace(answer, headers=plain), limit=options.max_bytes)  # unpacked before it was kept


def _check_digest(source: str, digest: str | None, data: bytes) -> None:
    """Raise SourceUnreadable where the bytes are not those that a digest (algorithm:hex or base32) was taken of."""
    algorithm, _, value = (digest or "").partition(":")
    if algorithm.lower() not in ("sha1", "sha256", "sha512", "md5"):
        return
    found = hashlib.new(algorithm.lower(), data, usedforsecurity=False)
    base32 = base64.b32encode(found.digest()).decode().strip("=").lower()
    if value.strip("= ").lower() not in (found.hexdigest(), base32):
        raise SourceUnreadable(
            source, "not what was archived: its digest differs; get an unchanged copy of the archive"
        )
