"""What was read, kept so that a claim can be proven later: WARC files (ISO 28500), which other tools read.

One file a process, thread and folder, under a name of its own, so that nobody waits for anybody. Every record is
compressed by itself and added in one go; what a crash leaves of the last does not touch the others. Files are readable
by their owner alone, whatever the umask says, and so is the folder where it is made here.
"""

import hashlib
import io
import os
import threading
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from claimx import __version__
from claimx.errors import OutputError
from claimx.sources.answers import Answer
from claimx.sources.archives import DIGEST
from claimx.sources.decoding import looks_like_html
from claimx.sources.raw import Raw, utc_now

STDIN = "urn:claimx:stdin:"
"""How records name what was piped in; its digest follows."""

_ORIGINAL = "X-Archive-Orig-"  # by custom of web archives, before headers that no longer describe the body


def record(folder: str, raw: Raw, answers: tuple[Answer, ...] = ()) -> None:
    """Add what was read to the WARC file of this process in `folder`: HTTP answers, redirects first, or a resource.

    Raises OutputError where the folder cannot be written.
    """
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    path = _path(folder, os.getpid(), threading.get_ident())
    try:
        Path(folder).mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            info = {"software": f"claimx/{__version__}", "format": "WARC File Format 1.1"}
            writer.write_record(writer.create_warcinfo_record(path.name, info))
        for answer in answers:
            writer.write_record(_response(writer, answer, raw if answer is answers[-1] else None))
        if not answers:
            writer.write_record(_resource(writer, raw))
        _append(path, buffer.getvalue())
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or error
        raise OutputError(f"cannot keep what was read in {folder} ({words}); check the folder and the disk") from error


@lru_cache(maxsize=1024)
def _path(folder: str, process: int, thread: int) -> Path:
    """Return the file for this process and thread, the same at every call and no other's."""
    return Path(folder, f"claimx-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{process}-{uuid4().hex[:8]}.warc.gz")


def _response(writer: WARCWriter, answer: Answer, raw: Raw | None) -> ArcWarcRecord:
    headers = [
        (f"{_ORIGINAL}{name}" if name.lower() == "transfer-encoding" else name, value) for name, value in answer.headers
    ]
    return writer.create_warc_record(
        answer.url,
        "response",
        payload=io.BytesIO(answer.body),
        length=len(answer.body),
        http_headers=StatusAndHeaders(f"{answer.status} {answer.reason}".strip(), headers, protocol="HTTP/1.1"),
        warc_headers_dict={
            "WARC-Date": answer.retrieved_at,
            "WARC-Payload-Digest": _digest(answer.body),
            **({DIGEST: _digest(raw.data)} if raw else {}),
        },
    )


def _resource(writer: WARCWriter, raw: Raw) -> ArcWarcRecord:
    digest = _digest(raw.data)
    kind = raw.kind or ("html" if looks_like_html(raw.data) else "text")
    return writer.create_warc_record(
        STDIN + digest.removeprefix("sha256:") if raw.source == "-" else Path(raw.source).absolute().as_uri(),
        "resource",
        payload=io.BytesIO(raw.data),
        length=len(raw.data),
        warc_content_type="text/html" if kind == "html" else "text/plain",
        warc_headers_dict={"WARC-Date": utc_now(), "WARC-Payload-Digest": digest, DIGEST: digest},
    )


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _append(path: Path, data: bytes) -> None:
    """Add `data` to the file, all of it or none."""
    # for its owner alone, from its first byte on: pages may be confidential
    with open(path, "ab", buffering=0, opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        size = file.seek(0, os.SEEK_END)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]
        except BaseException:
            file.truncate(size)
            raise
