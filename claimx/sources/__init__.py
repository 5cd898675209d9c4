"""Where articles come from: web pages, files, folders, web archives, standard input.

Reading has two steps: `web` and `files` bring bytes (`Raw`), `understand` makes an Article of them.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace

from claimx.errors import SourceError, SourceNotFound, SourceUnreadable, fault_of
from claimx.records import Article
from claimx.sources import archives, decoding, english, files, limits
from claimx.sources.answers import Answer
from claimx.sources.raw import Raw, ReadOptions

__all__ = ["Raw", "ReadOptions", "expand", "read", "read_raw", "read_source", "read_text", "understand"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")


def read(source: str, *, options: ReadOptions | None = None) -> Article:
    """Return the article that `source` names (URL, path or "-"), or that it is, where it is text.

    A string counts as text where it spans lines, or holds at least five words and neither names a file nor ends like
    the name of one.
    Raises SourceError, with a remedy in its message.
    """
    if _is_text(source):
        return read_text(source, options=options)
    return read_source(source, options=options)


def read_source(source: str, *, options: ReadOptions | None = None) -> Article:
    """Return the article that `source` names: an http(s) URL, a file, or "-" for standard input."""
    return understand(read_raw(source, options=options), options=options)


def read_text(text: str, *, options: ReadOptions | None = None) -> Article:
    """Return an article of `text`, unchanged; its source is "text"."""
    data = text.encode("utf-8", "surrogatepass")
    return _finish(Article(source="text", text=text, sha256=hashlib.sha256(data).hexdigest()), options)


def read_raw(source: str, *, options: ReadOptions | None = None) -> Raw:
    """Return the bytes that `source` names, with their provenance.

    Where the options name an archive, what was read is kept there before it is returned; records of an archive are
    kept already. Raises SourceError where the source cannot be read, OutputError where it cannot be kept.
    """
    options = options or ReadOptions()
    if (kept := archives.read_record(source, options)) is not None:
        return kept
    answers: tuple[Answer, ...] = ()
    if source == "-":
        raw = files.read_stdin(options)
    elif scheme := _SCHEME.match(source):
        if scheme[1].lower() not in ("http", "https"):
            remedy = "pass the path alone" if scheme[1].lower() == "file" else "download it and pass the file"
            raise SourceNotFound(source, f"claimx reads http and https addresses, not {scheme[1]}; {remedy}")
        from claimx.sources import web

        fetched = web.fetcher(options).get(source)
        raw, answers = fetched.raw, fetched.answers
    else:
        raw = files.read_file(source, options)
    if options.archive:
        from claimx.sources.recording import record

        record(options.archive, raw, answers)
    return raw


def understand(raw: Raw, *, options: ReadOptions | None = None) -> Article:
    """Return the article that the bytes hold.

    Text is kept unchanged, so that offsets count in the file itself. Raises SourceUnreadable where the bytes are
    empty, binary, a page without an article, or not English.
    """
    if not raw.data.strip():
        raise SourceUnreadable(raw.source, "empty; nothing to read")
    if what := decoding.describe_binary(raw.data):
        raise SourceUnreadable(raw.source, f"{what}, not text; save the article as HTML or as UTF-8 text")
    article = Article(
        source=raw.source,
        text="",
        url=raw.url,
        retrieved_at=raw.retrieved_at,
        sha256=hashlib.sha256(raw.data).hexdigest(),
    )
    if (raw.kind or ("html" if decoding.looks_like_html(raw.data) else "text")) == "text":
        return _finish(replace(article, text=decoding.decode(raw.data, raw.charset)), options)

    from claimx.sources.blocked import REMEDIES, find_obstacle, find_obstacle_in_page
    from claimx.sources.html import parse_page

    html = limits.slimmed(decoding.decode(raw.data, raw.charset, decoding.declared_charset(raw.data)))
    if excess := limits.page_excess(html):
        raise SourceUnreadable(raw.source, f"{excess}; save the article alone, or its text, and pass the file")
    page = parse_page(html, url=raw.url)
    if obstacle := find_obstacle(page.text) if page else find_obstacle_in_page(html):
        raise SourceUnreadable(raw.source, REMEDIES[obstacle])
    if page is None:
        raise SourceUnreadable(
            raw.source, "no article text in this page; open it in a browser, save the page or its text, pass the file"
        )
    return _finish(replace(article, **asdict(page) | {"url": page.url or raw.url}), options)


def expand(sources: Iterable[str]) -> Iterator[str | SourceError]:
    """Yield every single source in order, folders and web archives replaced by the articles in them.

    A folder or archive that cannot be read or holds no articles comes as the SourceError that says so, in its place:
    whatever is raised about one source, those after it come too.
    """
    for source in sources:
        if source == "-" or _SCHEME.match(source):
            yield source
            continue
        try:
            # isdir, unlike Path's, never fails, whatever the name
            for path in files.list_folder(source) if os.path.isdir(source) else [source]:  # noqa: PTH112
                yield from archives.list_records(path) if path.lower().endswith(files.ARCHIVES) else [path]
        except Exception as error:
            yield fault_of(source, "listed", error)


def _finish(article: Article, options: ReadOptions | None) -> Article:
    """Return the article with what holds for every kind of source: it has words, they are English, it has a date."""
    if not any(char.isalnum() for char in article.text):
        raise SourceUnreadable(article.source, "no words in it; nothing to read")
    if excess := limits.text_excess(article.text):
        raise SourceUnreadable(article.source, f"{excess}; claimx reads articles, pass it in parts")
    language = english.identify_language(article.text)
    if language != "en":
        raise SourceUnreadable(article.source, f"written in another language ({language}); claimx reads English only")
    published = article.published or (options.published if options else None)
    return replace(article, language=language, published=published)


def _is_text(source: str) -> bool:
    if "\n" in source:
        return True
    if _SCHEME.match(source) or len(source.split()) < 5 or source.lower().endswith(tuple(files.KINDS)):
        return False
    return not os.path.exists(source)  # noqa: PTH110 # as above
