"""Which sources a batch is about."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from claimx.batch import find_sources
from claimx.errors import SourceError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("a.txt", "b.html", "notes.pdf", "2024/c.txt", "2024/05/d.txt", "2024/05/e.md", "odd[1].txt",
                 ".hidden.txt", ".git/f.txt"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("The army moved trucks.")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*paths: str, **options: list[str]) -> list[str]:
    found = find_sources(paths, **options)
    return sorted(f"{type(each).__name__} {each.source}" if isinstance(each, SourceError) else each for each in found)


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["a.txt"], ["a.txt"]),
        (["none.txt"], ["none.txt"]),
        (["2024"], ["2024/05/d.txt", "2024/05/e.md", "2024/c.txt"]),
        (["*.txt"], ["a.txt", "odd[1].txt"]),
        (["?.*"], ["a.txt", "b.html"]),
        (["**/*.txt"], ["2024/05/d.txt", "2024/c.txt", "a.txt", "odd[1].txt"]),
        (["2024/**"], ["2024/05/d.txt", "2024/05/e.md", "2024/c.txt"]),
        (["20*"], ["2024/05/d.txt", "2024/05/e.md", "2024/c.txt"]),
        (["*.pdf"], ["notes.pdf"]),
        (["[ab].*"], ["a.txt", "b.html"]),
        (["odd[1].txt"], ["odd[1].txt"]),
        (["2024/../[a]*.txt"], ["2024/../a.txt"]),
        (["**/05/*"], ["2024/05/d.txt", "2024/05/e.md"]),
        (["a**.txt"], ["SourceNotFound a**.txt"]),
        ([".*"], [".git/f.txt", ".hidden.txt"]),
        (["nul\0*"], ["SourceNotFound nul\0*"]),
        (["*.doc"], ["SourceNotFound *.doc"]),
        (["*.doc", "a.txt"], ["SourceNotFound *.doc", "a.txt"]),
        (["https://example.org/?q=[a]*", "-"], ["-", "https://example.org/?q=[a]*"]),
        (["ftp://example.org/*"], ["ftp://example.org/*"]),
        ([], []),
    ],
)
def test_paths(folder: Path, paths: list[str], expected: list[str]) -> None:
    assert names(*paths) == expected


def test_absolute_patterns(folder: Path) -> None:
    assert names(f"{folder}/2024/*.txt") == [f"{folder}/2024/c.txt"]


def test_links_in_circles_are_no_trap(folder: Path) -> None:
    for name in ("here", "again"):
        (folder / "2024" / name).symlink_to(folder, target_is_directory=True)
    assert names("**/*.txt") == ["2024/05/d.txt", "2024/c.txt", "a.txt", "odd[1].txt"]
    assert names("2024/**") == ["2024/05/d.txt", "2024/05/e.md", "2024/c.txt"]


def test_a_folder_without_articles_is_an_error_among_others(folder: Path) -> None:
    (folder / "empty").mkdir()
    assert names("empty", "a.txt") == ["SourceNotFound empty", "a.txt"]


def test_lists_of_addresses(folder: Path) -> None:
    (folder / "list").write_text(
        "\ufeff# morning\nhttps://example.org/1\r\n\n  HTTP://example.org/2 \n#https://example.org/3\n",
        encoding="utf-8",
    )
    assert names("a.txt", url_lists=["list"]) == ["HTTP://example.org/2", "a.txt", "https://example.org/1"]


def test_a_list_of_addresses_opens_no_files(folder: Path) -> None:
    (folder / "list").write_text("a.txt\nfile:///etc/passwd\n-\n2024\nhttps://example.org/1\n")
    found = list(find_sources([], url_lists=["list"]))
    assert [str(error) for error in found[:4]] == [
        f"{line}: not a web address (line {number} of list); give http or https"
        for number, line in enumerate(["a.txt", "file:///etc/passwd", "-", "2024"], 1)
    ]
    assert found[4:] == ["https://example.org/1"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none", None, "no such list of addresses"),
        ("bad", b"https://example.org/\xff", "not UTF-8 text"),
        (".", None, "cannot be read (Is a directory)"),
        ("nul\0", None, "cannot be read"),
    ],
)
def test_lists_that_cannot_be_read(folder: Path, name: str, content: bytes | None, words: str) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    (error,) = find_sources([], url_lists=[name])
    assert isinstance(error, SourceError)
    assert words in error.message


def test_nothing_is_listed_before_it_is_asked_for(folder: Path) -> None:
    found = find_sources(["a.txt", "2024"], url_lists=["none"])
    assert isinstance(found, Iterator)
    assert next(found) == "a.txt"
    (folder / "2024" / "f.txt").write_text("late")
    assert "2024/f.txt" in list(found)
