"""Keeping what was read, and reading it back: our own WARC files, those of others, and broken ones."""

import gzip
import hashlib
import io
import multiprocessing
import resource
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
from website import PAGE, PLAIN, Website

import claimx
from claimx.errors import OutputError, SourceError, SourceNotFound, SourceUnreadable
from claimx.records import Article
from claimx.sources import ReadOptions, expand, read_source
from claimx.sources.archives import list_records, read_record
from claimx.sources.recording import record

URL = "https://coastal.example/world/convoy"
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def response(
    body: bytes = PAGE.encode(),
    *,
    url: str = URL,
    status: str = "200 OK",
    headers: Iterable[tuple[str, str]] = HTML,
    kind: str = "response",
    **fields: str,
) -> bytes:
    """Return one record as another program would write it, uncompressed."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    made = writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders(status, list(headers), protocol="HTTP/1.1") if kind == "response" else None,
        warc_content_type="" if kind == "response" else dict(headers)["Content-Type"],
        warc_headers_dict={name.replace("_", "-"): value for name, value in fields.items()},
    )
    writer.write_record(made)
    return out.getvalue()


def archive(folder: Path, *records: bytes, name: str = "news.warc.gz") -> str:
    """Write records, each compressed by itself, and return the archive's path."""
    path = folder / name
    path.write_bytes(b"".join(gzip.compress(r) if name.endswith(".gz") else r for r in records))
    return str(path)


def listed(path: str) -> tuple[list[str], list[SourceError]]:
    found = list(list_records(path))
    return [f for f in found if isinstance(f, str)], [f for f in found if isinstance(f, SourceError)]


def kept(folder: Path) -> list[Article]:
    """Return the articles in a folder of archives, none of which may fail."""
    names = list(expand([str(folder)]))
    assert not [name for name in names if isinstance(name, SourceError)]
    return [read_source(str(name)) for name in names]


PATHS = [
    "/page",
    "/gzip",
    "/brotli",
    "/latin",
    "/latin-meta",
    "/plain",
    "/html-as-plain",
    "/untyped",
    "/xhtml",
    "/moved",
]


def test_what_was_fetched_is_read_back_as_it_was(website: Website, tmp_path: Path) -> None:
    options = ReadOptions(archive=str(tmp_path / "kept"))
    first = [claimx.read(website.url(path), options=options) for path in PATHS]
    again = kept(tmp_path / "kept")
    for fetched, read in zip(first, again, strict=True):
        assert read.source.startswith(str(tmp_path / "kept"))
        assert read.source.endswith(f",{fetched.url}")
        assert (read.text, read.url, read.sha256, read.retrieved_at, read.title) == (
            fetched.text, fetched.url, fetched.sha256, fetched.retrieved_at, fetched.title,
        )  # fmt: skip


def test_the_archive_holds_bytes_and_headers_as_they_came(website: Website, tmp_path: Path) -> None:
    claimx.read(website.url("/gzip"), options=ReadOptions(archive=str(tmp_path)))
    (path,) = tmp_path.iterdir()
    with path.open("rb") as file:
        (_, found) = [(r, r.raw_stream.read(), r.http_headers) for r in ArchiveIterator(file)]
    made, body, headers = found
    assert gzip.decompress(body).decode() == PAGE
    assert headers.get_header("Content-Encoding") == "gzip"
    assert headers.get_header("Server").startswith("BaseHTTP")
    assert made.rec_headers.get_header("WARC-Target-URI") == website.url("/gzip")
    assert made.rec_headers.get_header("WARC-Payload-Digest") == f"sha256:{hashlib.sha256(body).hexdigest()}"
    digest = hashlib.sha256(PAGE.encode()).hexdigest()
    assert made.rec_headers.get_header("Claimx-Content-Digest") == f"sha256:{digest}"


def test_redirects_are_kept_on_the_way(website: Website, tmp_path: Path) -> None:
    claimx.read(website.url("/moved"), options=ReadOptions(archive=str(tmp_path)))
    with next(tmp_path.iterdir()).open("rb") as file:
        kinds = [
            (r.rec_type, r.http_headers and r.http_headers.statusline, r.http_headers and r.http_headers["Location"])
            for r in ArchiveIterator(file)
        ]
    assert kinds == [("warcinfo", None, None), ("response", "302 Found", "/page"), ("response", "200 OK", None)]


class Piped:
    """Standing in for sys.stdin."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize("name", ["page.html", "page", "notes é.txt", "markup.txt", "-"])
def test_files_and_standard_input_are_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    data = (PAGE if "page" in name or name == "markup.txt" else PLAIN).encode()
    source = name if name == "-" else str(tmp_path / name)
    if name == "-":
        monkeypatch.setattr("sys.stdin", Piped(data))
    else:
        Path(source).write_bytes(data)
    first = read_source(source, options=ReadOptions(archive=str(tmp_path / "kept")))
    (again,) = kept(tmp_path / "kept")
    assert (again.text, again.url, again.sha256, again.retrieved_at) == (
        first.text, first.url, first.sha256, first.retrieved_at,
    )  # fmt: skip


def test_what_comes_from_an_archive_is_not_kept_twice(tmp_path: Path) -> None:
    path = archive(tmp_path, response())
    read_source(listed(path)[0][0], options=ReadOptions(archive=str(tmp_path / "kept")))
    assert not (tmp_path / "kept").exists()


def test_what_fails_to_be_read_is_not_kept(website: Website, tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        read_source(website.url("/status/404"), options=ReadOptions(archive=str(tmp_path / "kept")))
    assert not (tmp_path / "kept").exists()


def test_claims_from_the_archive_are_the_claims(tmp_path: Path, website: Website, nlp: Language) -> None:
    first = claimx.extract(claimx.read(website.url("/page"), options=ReadOptions(archive=str(tmp_path))), nlp=nlp)
    again = claimx.extract(kept(tmp_path)[0], nlp=nlp)
    assert first.claims
    assert replace(again, source=first.source) == first


def keep_many(folder: str, name: str, count: int) -> None:
    path = Path(folder, f"{name}.txt")
    path.write_text(f"The army moved {name} trucks to Tarnow.")
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: read_source(str(path), options=ReadOptions(archive=f"{folder}/kept")), range(count)))


def test_processes_and_threads_keep_without_waiting_for_each_other(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.starmap(keep_many, [(str(tmp_path), "thirty", 20), (str(tmp_path), "forty", 20)])
    texts = [article.text for article in kept(tmp_path / "kept")]
    assert sorted(texts) == sorted(f"The army moved {name} trucks to Tarnow." for name in ("thirty", "forty") * 20)


def test_a_crash_in_the_middle_of_a_record_costs_that_record_alone(tmp_path: Path) -> None:
    whole = [gzip.compress(response(url=f"{URL}/{n}")) for n in range(3)]
    path = tmp_path / "news.warc.gz"
    path.write_bytes(b"".join(whole)[:-5])
    names, (error,) = listed(str(path))
    assert [read_source(name).url for name in names[:2]] == [f"{URL}/0", f"{URL}/1"]
    assert "damaged: it ends in the middle of a record; the " in str(error)
    with pytest.raises(SourceUnreadable, match="in the middle of a record"):
        read_source(names[2])


@pytest.mark.parametrize("name", ["news.warc", "news.warc.gz"])
@pytest.mark.parametrize("cut", [1, 3, 100, 500])
def test_an_archive_cut_short_anywhere_says_so(tmp_path: Path, name: str, cut: int) -> None:
    path = Path(archive(tmp_path, response(), response(), name=name))
    data = path.read_bytes()
    path.write_bytes(data[:-cut])
    names, errors = listed(str(path))
    if name == "news.warc" and cut < 5:  # line ends after the last record
        assert (len(names), errors) == (2, [])
    else:
        assert len(names) >= 1
        assert "the archive is damaged" in str(errors)


def test_a_disk_that_is_full_keeps_whole_records_and_says_so(tmp_path: Path) -> None:
    code = """
import resource, signal, sys
from claimx.errors import OutputError
from claimx.sources import ReadOptions, read_source
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))
try:
    for _ in range(100):
        read_source(sys.argv[1], options=ReadOptions(archive=sys.argv[2]))
except OutputError as error:
    print(error)
"""
    text = tmp_path / "a.txt"
    text.write_bytes(PLAIN.encode() + bytes(range(48, 90)) * 3)
    done = subprocess.run(
        [sys.executable, "-c", code, str(text), str(tmp_path / "kept")], capture_output=True, text=True, check=True
    )
    assert "cannot keep what was read in" in done.stdout
    assert done.stdout.endswith("(File too large); check the folder and the disk\n")
    assert len(kept(tmp_path / "kept")) > 3
    assert resource.RLIM_INFINITY in resource.getrlimit(resource.RLIMIT_FSIZE), "this process may write"


def test_a_folder_that_is_none_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match=r"cannot keep what was read in .*; check the folder"):
        record(str(tmp_path / "file"), claimx.sources.Raw("a.txt", b"x"))


def test_a_record_that_was_changed_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, response().replace(b"thirty", b"ninety"))
    with pytest.raises(SourceUnreadable, match="not what was archived: its digest differs"):
        read_source(listed(path)[0][0])


def test_archives_of_others(tmp_path: Path) -> None:
    chunked = (
        b"5\r\n" + PAGE.encode()[:5] + b"\r\n%x\r\n" % (len(PAGE.encode()) - 5) + PAGE.encode()[5:] + b"\r\n0\r\n\r\n"
    )
    resource_type = (("Content-Type", "text/html"),)
    path = archive(
        tmp_path,
        response(url=f"{URL}/plain"),
        response(status="404 Not Found", url=f"{URL}/missing"),
        response(b"\x89PNG", headers=(("Content-Type", "image/png"),)),
        response(
            b"User-agent: *\n", url="https://coastal.example/robots.txt", headers=(("Content-Type", "text/plain"),)
        ),
        response(chunked, url=f"{URL}/chunked", headers=(*HTML, ("Transfer-Encoding", "chunked"))),
        response(gzip.compress(PAGE.encode()), url=f"{URL}/gzip", headers=(*HTML, ("Content-Encoding", "gzip"))),
        response(url=f"{URL}/unpacked", headers=(*HTML, ("Content-Encoding", "gzip"))),
        response(kind="resource", url=f"{URL}/resource", headers=resource_type),
        response(kind="resource", url="urn:pageinfo:x", headers=resource_type),
        response(kind="metadata", url=f"{URL}/metadata", headers=(("Content-Type", "text/plain"),)),
        response(url=f"{URL}/dated", WARC_Date="2024-12-19T08:00:00.123456Z"),
    )
    names, errors = listed(path)
    assert errors == []
    articles = [read_source(name) for name in names]
    assert [(a.url or "").removeprefix(f"{URL}/") for a in articles] == [
        "plain", "chunked", "gzip", "unpacked", "resource", "dated",
    ]  # fmt: skip
    assert {article.sha256 for article in articles} == {hashlib.sha256(PAGE.encode()).hexdigest()}
    assert articles[-1].retrieved_at == "2024-12-19T08:00:00Z"


@pytest.mark.parametrize("way", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("inside", ["news.warc.gz", "news.warc"])
def test_wacz_files(tmp_path: Path, way: int, inside: str) -> None:
    warc = archive(tmp_path, response(url=f"{URL}/1"), response(url=f"{URL}/2"), name=inside)
    path = tmp_path / "news.wacz"
    with zipfile.ZipFile(path, "w", way) as out:
        out.writestr("datapackage.json", "{}")
        out.write(warc, f"archive/{inside}")
        out.write(warc, f"archive/two-{inside}")
    names, errors = listed(str(path))
    assert errors == []
    assert [read_source(name).url for name in names] == [f"{URL}/1", f"{URL}/2"] * 2
    assert names[0].startswith(f"{path}#archive/{inside}@0,")
    with pytest.raises(SourceNotFound, match="no gone in this WACZ"):
        read_source(f"{path}#gone@0")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.warc", b"", "no articles in this archive"),
        ("a.warc.gz", b"", "no articles in this archive"),
        ("a.warc", b"Troops left Tarnow.\n" * 9, "something else stands where a record should begin"),
        ("a.warc.gz", gzip.compress(b"Troops left.\n"), "something else stands where a record should begin"),
        ("a.warc.gz", b"\x1f\x8b" + bytes(50), "bytes in it have changed"),
        ("a.warc.gz", gzip.compress(response() + response()), "unpack it with gunzip and pass the .warc"),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "does not say how long it is"),
        ("a.warc", b"WARC/1.0\r\nContent-Length: 99999999999999\r\n\r\n", "ends in the middle of a record"),
        ("a.warc", b"WARC/1.0\r\n" + b"X: y\r\n" * 200_000, "headers go on and on"),
        ("a.warc.gz", gzip.compress(b"WARC/1.0\r\n" + b"x" * 30_000_000), "headers go on and on"),
        ("a.wacz", b"", "not a whole ZIP file"),
        ("a.wacz", b"PK\x03\x04" + bytes(100), "not a whole ZIP file"),
        ("a.wacz", zipfile.ZipFile, "no WARC files in this WACZ file"),
    ],
)  # fmt: skip
def test_archives_that_are_none(tmp_path: Path, name: str, data: object, words: str) -> None:
    path = tmp_path / name
    if isinstance(data, bytes):
        path.write_bytes(data)
    else:
        zipfile.ZipFile(path, "w").close()
    names, (error,) = listed(str(path))
    assert len(names) <= 1
    assert str(error).startswith(f"{path}: ")
    assert words in str(error)
    assert "\n" not in str(error)


def test_an_archive_that_is_missing(tmp_path: Path) -> None:
    (error,) = list_records(str(tmp_path / "no.warc"))
    assert isinstance(error, SourceNotFound)
    for name, words in (
        (f"{tmp_path}/no.warc#0", "no such file"),
        (f"{archive(tmp_path, response())}#99999999", "no such"),
    ):
        with pytest.raises(SourceNotFound, match=words):
            read_source(name)


def test_addresses_and_other_names_are_no_records(tmp_path: Path, website: Website) -> None:
    with pytest.raises(SourceNotFound, match="no such page"):
        read_source(website.url("/status/404#a.warc#0"))
    (tmp_path / "a.warc#b.txt").write_text("Troops left.")
    assert read_source(str(tmp_path / "a.warc#b.txt")).text == "Troops left."


def test_archives_in_folders_are_looked_into(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Troops left.")
    archive(tmp_path, response(), name="a.warc")
    archive(tmp_path, response(), name="c.WARC.GZ")
    first, second, third = (str(name) for name in expand([str(tmp_path)]))
    assert (first, second) == (f"{tmp_path}/a.warc#0,{URL}", f"{tmp_path}/b.txt")
    assert third.startswith(f"{tmp_path}/c.WARC.GZ#0")


def test_a_bomb_is_not_unpacked_into_memory(tmp_path: Path) -> None:
    bomb = response(b"<p>" + b" " * 60_000_000, url=f"{URL}/bomb")
    inner = response(
        gzip.compress(b" " * 60_000_000), url=f"{URL}/inner", headers=(*HTML, ("Content-Encoding", "gzip"))
    )
    path = archive(tmp_path, bomb, inner, response())
    del bomb
    tracemalloc.start()
    try:
        names, errors = listed(path)
        assert (len(names), errors) == (3, [])
        for name in names[:2]:
            with pytest.raises(SourceUnreadable, match="larger than 5,000,000 bytes"):
                read_record(name, ReadOptions(max_bytes=5_000_000))
        assert tracemalloc.get_traced_memory()[1] < 25_000_000
    finally:
        tracemalloc.stop()
    assert read_source(names[2]).url == URL


@pytest.mark.parametrize(
    "address",
    [
        "https://h.example/\x1b[31mred",
        "https://h.example/a b",
        "https://h.example/" + "x" * 5000,
        "https://h.example/#1,2",
    ],
    ids=["escape", "space", "long", "hash"],
)
def test_strange_addresses_make_harmless_names(tmp_path: Path, address: str) -> None:
    ((name,), errors) = listed(archive(tmp_path, response(url=address)))
    assert errors == []
    assert len(name) < len(str(tmp_path)) + 400
    assert name.isprintable()
    assert " " not in name.removeprefix(str(tmp_path))
    assert read_source(name).text.startswith("Convoy leaves")


WHOLE = (response(), response(kind="resource", headers=(("Content-Type", "text/html"),)))
WHOLE_FILES = {"a.warc": b"".join(WHOLE), "a.warc.gz": b"".join(map(gzip.compress, WHOLE))}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_damage_is_more_than_an_error(tmp_path: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(WHOLE_FILES)))
    path = tmp_path / name
    broken = bytearray(WHOLE_FILES[name])
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
        broken = broken or bytearray(b"x")
    path.write_bytes(broken)
    for found in list_records(str(path)):
        try:
            if isinstance(found, str):
                read_source(found)
        except SourceError as error:
            assert "\n" not in str(error)  # noqa: PT017


def test_nothing_is_printed_about_what_others_wrote(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    spaced = response().replace(URL.encode(), f"{URL}/\x1b[31m x".encode())
    for data in (spaced, gzip.compress(spaced)[:-30], spaced[:-40] + b"more\r\n" + spaced):
        listed(archive(tmp_path, data, name="a.warc.gz" if data[:1] == b"\x1f" else "a.warc"))
    assert capfd.readouterr() == ("", "")
