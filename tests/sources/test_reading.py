"""Files, folders, standard input and text: what `claimx.read` makes of a source."""

import hashlib
import io
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from website import PAGE

import claimx
from claimx.errors import SourceError, SourceNotFound, SourceUnreadable
from claimx.sources import ReadOptions, expand, read_source

TEXT = "\ufeffTroops left Tarnow on Monday.\r\n\r\n  They moved to Weststadt.\t\n\n"


class Piped:
    """Standing in for sys.stdin."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT", "a"])
def test_a_text_file_is_its_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(TEXT.encode())
    article = claimx.read(str(path))
    assert article.text == TEXT
    assert article.source == str(path)
    assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert article.language == "en"
    assert (article.url, article.title, article.retrieved_at, article.claims) == (None, None, None, ())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_any_text_comes_back_unchanged(tmp_path: Path, text: str) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(("Troops left.\r\n" + text).encode())
    try:
        assert claimx.read(str(path)).text == "Troops left.\r\n" + text
    except SourceUnreadable as error:
        assert "another language" in str(error)  # noqa: PT017


def test_markup_in_a_text_file_is_text(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    assert claimx.read(str(path)).text == PAGE


@pytest.mark.parametrize("name", ["page.html", "page.HTM", "saved page"])
def test_a_page_in_a_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(PAGE, encoding="utf-8")
    article = claimx.read(str(path))
    assert article.title == "Convoy leaves harbour town"
    assert article.text.startswith("Convoy leaves harbour town\n\nThe army moved")
    assert article.url is None


@pytest.mark.parametrize(("data", "first"), [(PAGE.encode(), "Convoy leaves"), (TEXT.encode(), "\ufeffTroops left")])
def test_standard_input_is_html_or_text(monkeypatch: pytest.MonkeyPatch, data: bytes, first: str) -> None:
    monkeypatch.setattr("sys.stdin", Piped(data))
    article = claimx.read("-")
    assert article.source == "-"
    assert article.text.startswith(first)


def test_text_itself_is_a_source() -> None:
    article = claimx.read("Russia has moved radars from Syria to Libya.")
    assert article.text == "Russia has moved radars from Syria to Libya."
    assert article.source == "text"
    assert claimx.read("Troops\nleft").text == "Troops\nleft"


def test_a_file_with_a_long_name_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("Troops left Tarnow on Monday").write_text("They went west.")
    assert claimx.read("Troops left Tarnow on Monday").text == "They went west."


def test_the_name_of_a_missing_file_is_no_text() -> None:
    with pytest.raises(SourceNotFound):
        claimx.read("what the minister said on Monday.txt")


def test_a_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text("Troops left.")
    assert [claimx.read(source).source for source in expand([str(tmp_path)]) if isinstance(source, str)] == [str(path)]


def test_the_command_line_takes_names_only() -> None:
    with pytest.raises(SourceNotFound):
        read_source("Russia has moved radars from Syria to Libya.")


def test_a_date_for_articles_without_one(tmp_path: Path) -> None:
    options = ReadOptions(published="2024-12-19")
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    assert claimx.read(str(page), options=options).published == "2024-12-19"
    page.write_text(PAGE.replace("</head>", '<meta property="article:published_time" content="2023-01-02"></head>'))
    assert claimx.read(str(page), options=options).published == "2023-01-02"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "empty; nothing to read"),
        ("blank.txt", b" \r\n\t ", "empty; nothing to read"),
        ("empty.html", b"", "empty; nothing to read"),
        ("rule.txt", b"* * *\n---\n", "no words in it"),
        ("binary.txt", bytes(range(256)), "a binary file, not text; save the article as HTML or as UTF-8 text"),
        ("paper.html", b"%PDF-1.4\n%\xe2\xe3", "a PDF, not text; save the article"),
        ("links.html", b"<html><body><a href='/'>Home</a></body></html>", "no article text in this page; open it in"),
        (
            "deutsch.txt",
            "Die Armee hat am Montag dreißig Lastwagen aus dem Hafen von Tarnow nach Weststadt gebracht, sagten zwei "
            "Beamte, die nicht genannt werden wollten.".encode(),
            "written in another language (de); claimx reads English only",
        ),
    ],
)
def test_what_is_no_article_says_why(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceUnreadable) as caught:
        claimx.read(str(path))
    assert str(caught.value).startswith(f"{path}: {words}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("source", "error", "words"),
    [
        ("no/such/file.txt", SourceNotFound, "no such file; check the name"),
        ("www.example.org/page", SourceNotFound, "no such file; for a web page put https:// before it"),
        ("ftp://example.org/x", SourceNotFound, "http and https addresses, not ftp; download it and pass the file"),
        ("file:///etc/hostname", SourceNotFound, "not file; pass the path alone"),
        ("nul\0.txt", SourceUnreadable, "cannot be read"),
        ("x" * 5000, SourceUnreadable, "cannot be read"),
        (".", SourceUnreadable, "a folder"),
    ],
    ids=["missing", "www", "ftp", "file", "nul", "long", "folder"],
)
def test_sources_that_are_not_there(source: str, error: type[SourceError], words: str) -> None:
    with pytest.raises(error) as caught:
        read_source(source)
    assert words in str(caught.value)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("Troops left.")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")  # chmod would not stop a test run by root

    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(SourceUnreadable, match="no permission to read the file"):
        read_source(str(path))


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("Troops left. " * 100)
    with pytest.raises(SourceUnreadable, match="larger than 1,000 bytes"):
        read_source(str(path), options=ReadOptions(max_bytes=1000))
    assert read_source(str(path), options=ReadOptions(max_bytes=1300)).text == "Troops left. " * 100


def test_a_folder_is_every_article_in_it_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "sub/c.md", "sub/d.htm", "z.pdf", "notes.toml", ".hidden.txt", ".git/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Troops left.")
    found = list(expand([str(tmp_path)]))
    assert found == [str(tmp_path / name) for name in ("a.html", "b.txt", "sub/c.md", "sub/d.htm")]


def test_what_a_browser_saves_beside_a_page_is_no_article(tmp_path: Path) -> None:
    for name in ("page.html", "page_files/advert.html", "case_files/report.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(PAGE)
    assert list(expand([str(tmp_path)])) == [str(tmp_path / "page.html"), str(tmp_path / "case_files/report.html")]


def test_a_link_back_up_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Troops left.")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert list(expand([str(tmp_path)])) == [str(tmp_path / "a.txt")]


def test_a_folder_without_articles_is_an_error_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    first, error, last = expand(["a.txt", str(tmp_path / "empty"), "-"])
    assert (first, last) == ("a.txt", "-")
    assert isinstance(error, SourceNotFound)
    assert "looks for .html .htm .txt .md .warc .warc.gz .wacz files" in str(error)


def test_a_folder_that_may_not_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Troops left.")
    (tmp_path / "locked").mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", path)  # chmod would not stop a test run by root
        return scandir(path)

    monkeypatch.setattr("os.scandir", refuse)
    first, error = expand([str(tmp_path)])
    assert first == str(tmp_path / "a.txt")
    assert isinstance(error, SourceUnreadable)
    assert "cannot list" in str(error)
    assert "locked" in str(error)
