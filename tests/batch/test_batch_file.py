"""The file that a batch writes: whole lines or none, taken up again after any kind of end, never lost by mistake."""

import errno
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cheap_work import article
from hypothesis import given, settings
from hypothesis import strategies as st

from claimx.errors import OutputError, SourceNotFound
from claimx.output.appended import Appended
from claimx.output.batch_file import Lines, open_batch_file
from claimx.records import Article, article_from_wire

LINES: tuple[Lines, ...] = ("articles", "claims")
ARTICLES = [
    article("a.txt", "The army moved trucks."),
    article("b.txt", "Nothing happened."),
    article("c\u2028\ud800é.txt", "They moved, then they moved again.\n\nAnd moved."),
    article("https://example.org/d", ""),
    article("e.txt", "The café moved."),
]


def write(path: Path, articles: list[Article], lines: Lines, *, resume: bool = False) -> list[str]:
    """Write the articles that the file lacks; return the sources of those that it held."""
    held = []
    with open_batch_file(path, lines=lines, resume=resume) as out:
        for each in articles:
            if out.holds(each.source):
                held.append(each.source)
            else:
                out.write(each)
    return held


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def test_an_article_a_line(path: Path) -> None:
    write(path, ARTICLES, "articles")
    wires = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert [article_from_wire(wire) for wire in wires] == ARTICLES
    assert sorted(found.name for found in path.parent.iterdir()) == ["out.jsonl"]


def test_a_claim_a_line(path: Path) -> None:
    write(path, ARTICLES, "claims")
    wires = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert [wire["article"]["source"] for wire in wires] == ["a.txt", *[ARTICLES[2].source] * 3, "e.txt"]
    assert [wire["id"] for wire in wires] == [claim.id for each in ARTICLES for claim in each.claims]
    assert all("text" not in wire["article"] for wire in wires)


@pytest.mark.parametrize("lines", LINES)
def test_what_is_written_is_there_at_once(path: Path, lines: Lines) -> None:
    with open_batch_file(path, lines=lines) as out:
        out.write(ARTICLES[0])
        assert path.read_bytes().count(b"\n") == 1


@pytest.mark.parametrize("lines", LINES)
def test_resuming_adds_what_is_missing(path: Path, lines: Lines) -> None:
    write(path, ARTICLES, lines)
    whole = path.read_bytes()
    path.unlink()
    write(path, ARTICLES[:2], lines)
    assert write(path, ARTICLES, lines, resume=True) == ["a.txt", "b.txt"]
    assert path.read_bytes() == whole
    assert write(path, ARTICLES, lines, resume=True) == [each.source for each in ARTICLES]
    assert path.read_bytes() == whole


@pytest.mark.parametrize("lines", LINES)
def test_resuming_what_is_not_there_begins_it(path: Path, lines: Lines) -> None:
    assert write(path, ARTICLES, lines, resume=True) == []
    assert write(path, ARTICLES, lines, resume=True) == [each.source for each in ARTICLES]


def test_articles_without_claims_are_done_where_lines_are_claims(path: Path) -> None:
    write(path, [ARTICLES[1]], "claims")
    assert path.read_bytes() == b""
    assert write(path, ARTICLES[:2], "claims", resume=True) == ["b.txt"]


def test_zeros_where_a_line_should_end_are_no_whole_line(path: Path) -> None:
    write(path, ARTICLES, "claims")
    whole = path.read_bytes()
    first = whole.index(b"\n")
    path.write_bytes(whole[:first] + b"\0")
    write(path, ARTICLES, "claims", resume=True)
    assert path.read_bytes() == whole


@given(data=st.data(), lines=st.sampled_from(LINES), zeros=st.integers(0, 3))
@settings(max_examples=80)
def test_no_crash_loses_or_doubles_anything(
    data: st.DataObject, lines: Lines, zeros: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Cut where it may be, in the file and in its journal: taken up again, it holds the same lines."""
    path = tmp_path_factory.mktemp("cut") / "out.jsonl"
    write(path, ARTICLES, lines)
    whole = path.read_bytes()
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))] + b"\0" * zeros)
    journal = path.with_name("out.done.jsonl")
    if lines == "claims":
        entries = journal.read_bytes()
        journal.write_bytes(entries[: data.draw(st.integers(0, len(entries)))])
    write(path, ARTICLES, lines, resume=True)
    assert sorted(path.read_bytes().splitlines()) == sorted(whole.splitlines())
    assert write(path, ARTICLES, lines, resume=True) == [each.source for each in ARTICLES]


def test_the_cut_is_where_the_last_whole_article_ends(path: Path) -> None:
    write(path, ARTICLES[:2], "articles")
    kept = path.read_bytes()
    with path.open("ab") as file:
        file.write(b'{"source": "c.txt", "url": null, "ti')
    with open_batch_file(path, resume=True):
        pass
    assert path.read_bytes() == kept


@pytest.mark.parametrize("lines", LINES)
def test_a_file_with_something_in_it_is_not_touched_unless_told_so(path: Path, lines: Lines) -> None:
    write(path, ARTICLES, lines)
    before = path.read_bytes()
    with pytest.raises(OutputError, match=r"out.jsonl holds something already; --resume .* --overwrite"):
        write(path, ARTICLES, lines)
    assert path.read_bytes() == before
    with open_batch_file(path, lines=lines, overwrite=True) as out:
        assert not out.holds("a.txt")
        out.write(ARTICLES[4])
    assert path.read_bytes().count(b"\n") == 1
    assert write(path, ARTICLES, lines, resume=True) == ["e.txt"]


@pytest.mark.parametrize("lines", LINES)
@pytest.mark.parametrize(
    "content",
    [
        b"my notes\n",
        b"my notes",
        b'{"a": 1}\n',
        b'{"source": "a.txt"}\nmy notes\n{"source": "b.txt"}\n',
        b"[]\n",
        b'"source"\n',
        b"\0\0my notes",
    ],
)
def test_what_no_batch_wrote_stays_whole(path: Path, content: bytes, lines: Lines) -> None:
    path.write_bytes(content)
    path.with_name("out.done.jsonl").touch()
    with pytest.raises(OutputError, match="was not written by this kind of batch"):
        write(path, ARTICLES, lines, resume=True)
    assert path.read_bytes() == content


def test_articles_and_claims_are_not_mixed(path: Path) -> None:
    write(path, ARTICLES, "articles")
    before = path.read_bytes()
    with pytest.raises(OutputError, match=r"cannot be resumed without out\.done\.jsonl"):
        write(path, ARTICLES, "claims", resume=True)
    assert path.read_bytes() == before
    path.unlink()
    write(path, ARTICLES, "claims")
    before = path.read_bytes()
    with pytest.raises(OutputError, match="not written by this kind of batch"):
        write(path, ARTICLES, "articles", resume=True)
    assert path.read_bytes() == before


def test_a_damaged_line_in_the_middle_is_not_cut_off(path: Path) -> None:
    write(path, ARTICLES, "articles")
    lines = path.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1][:40] + b"\n"
    path.write_bytes(b"".join(lines))
    with pytest.raises(OutputError, match="not written by this kind of batch"):
        write(path, ARTICLES, "articles", resume=True)
    assert path.read_bytes() == b"".join(lines)


@pytest.mark.parametrize("lines", LINES)
def test_two_batches_do_not_write_one_file(path: Path, lines: Lines) -> None:
    with open_batch_file(path, lines=lines) as out:
        out.write(ARTICLES[0])
        for options in ({}, {"resume": True}, {"overwrite": True}):
            with pytest.raises(OutputError, match="another batch is writing"), open_batch_file(path, **options):
                pass
        assert path.read_bytes().count(b"\n") == 1
        out.write(ARTICLES[4])
    assert len(write(path, ARTICLES, lines, resume=True)) == 2


def test_what_another_wrote_until_the_lock_was_free_is_kept(path: Path) -> None:
    first, second = Appended(path), Appended(path)
    first.lock()
    first.append(b"first\n")
    first.close()
    second.lock()
    second.append(b"second\n")
    second.close()
    assert path.read_bytes() == b"first\nsecond\n"


def test_a_killed_batch_leaves_no_lock(path: Path) -> None:
    code = f"""
from pathlib import Path
from claimx.output.batch_file import open_batch_file
with open_batch_file(Path({str(path)!r})):
    print("open", flush=True)
    input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "open\n"
        with pytest.raises(OutputError, match="another batch is writing"):
            write(path, ARTICLES, "articles")
        other.kill()
    write(path, ARTICLES, "articles")


def test_errors_have_a_file_of_their_own(path: Path) -> None:
    with open_batch_file(path) as out:
        out.write_error(SourceNotFound("a\x1b[31m\n\ud800.txt", "no such file; check the name"))
        out.write_error(SourceNotFound("b.txt", "no such file; check the name"))
        assert out.errors_path == path.with_name("out.errors.jsonl")
    first, second = (json.loads(line) for line in out.errors_path.read_bytes().splitlines())
    assert first == {
        "source": "a\x1b[31m\n\ud800.txt",
        "error": "SourceNotFound",
        "message": "no such file; check the name",
    }
    assert second["source"] == "b.txt"
    with open_batch_file(path, resume=True) as out:
        assert not out.holds("b.txt")  # it is tried again
    assert not out.errors_path.exists()


def test_names_without_the_usual_suffix(tmp_path: Path) -> None:
    with open_batch_file(tmp_path / "result.v1", lines="claims") as out:
        out.write_error(SourceNotFound("a", "b"))
    assert sorted(found.name for found in tmp_path.iterdir()) == [
        "result.v1",
        "result.v1.done.jsonl",
        "result.v1.errors.jsonl",
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no/such/folder.jsonl", "No such file or directory"),
        (".", "Is a directory"),
        ("/dev/null", "is no regular file"),
    ],
)
def test_places_that_cannot_be_written(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(OutputError, match=words), open_batch_file(tmp_path / name):
        pass


@pytest.fixture
def little_disk() -> Iterator[None]:
    """Let files of this process grow to 5,000 bytes, as a disk that fills up does, for want of such a disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("lines", LINES)
def test_a_disk_that_fills_up_leaves_whole_articles(path: Path, lines: Lines, little_disk: None) -> None:
    articles = [article(f"{number}.txt", "The army moved trucks.") for number in range(20)]
    with pytest.raises(
        OutputError, match=r"cannot write .*out.jsonl \(File too large\); check the folder and the disk"
    ):
        write(path, articles, lines)
    done = path.read_bytes()
    assert 0 < len(done) <= 5000
    assert done.endswith(b"\n")
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    held = write(path, articles, lines, resume=True)
    assert 0 < len(held) < 20
    assert path.read_bytes().startswith(done)


def test_an_interrupt_in_a_write_leaves_nothing_of_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = Appended(path)
    file.append(b"whole\n")

    class Interrupted:
        def __init__(self, inner: object) -> None:
            self._inner = inner

        def write(self, data: memoryview) -> int:
            self._inner.write(data[:3])  # type: ignore[attr-defined]
            raise KeyboardInterrupt

        def __getattr__(self, name: str) -> object:
            return getattr(self._inner, name)

    monkeypatch.setattr(file, "_file", Interrupted(file._file))
    with pytest.raises(KeyboardInterrupt):
        file.append(b"torn\n")
    assert path.read_bytes() == b"whole\n"
    file.close()


def test_writes_that_take_less_than_they_are_given(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = Appended(path)

    class Slow:
        def __init__(self, inner: object) -> None:
            self._inner = inner

        def write(self, data: memoryview) -> int:
            written: int = self._inner.write(data[:2])  # type: ignore[attr-defined]
            return written

        def __getattr__(self, name: str) -> object:
            return getattr(self._inner, name)

    monkeypatch.setattr(file, "_file", Slow(file._file))
    file.append(b"in small bites\n")
    assert (path.read_bytes(), file.size) == (b"in small bites\n", 15)
    file.close()


def test_everything_is_brought_to_the_disk_now_and_then_and_at_the_end(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    now = 0.0
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(path.stat().st_size))
    monkeypatch.setattr("time.monotonic", lambda: now)
    with open_batch_file(path) as out:
        out.write(ARTICLES[0])
        assert synced == []
        now = 6.0
        out.write(ARTICLES[1])
        assert synced == [path.stat().st_size]
        out.write(ARTICLES[2])
        assert len(synced) == 1
    assert synced[1:] == [path.stat().st_size]


def test_a_disk_that_fails_in_the_end_is_no_secret(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match="Input/output error"), open_batch_file(path) as out:
        out.write(ARTICLES[0])
