"""Excel workbooks: a sheet each for claims, their sources and the articles; nothing in them runs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

from xlsxwriter import Workbook

from claimx.errors import OutputError
from claimx.output.clean import clean_for_xml
from claimx.output.context import OutputContext
from claimx.output.flat import (
    ARTICLE_COLUMNS,
    SOURCE_COLUMNS,
    Value,
    claim_values,
    flatten_article,
    flatten_layer,
    flatten_sources,
    layer_columns,
)
from claimx.records import Article

# constant memory: every row is written out when the next one of its sheet begins
_SETTINGS: Final = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_ROWS: Final = 1_048_576
_LETTERS: Final = 32_767
_LINKS: Final = 65_530  # on one sheet
_ADDRESS: Final = 2_079  # letters of a link
_WIDE: Final = {"evidence": 60, "title": 40, "sources": 30, "content": 60}

_ABOUT_ARTICLES = (*ARTICLE_COLUMNS, "authors", "published_at", "retrieved_at", "language", "sha256", "claims")

Row = tuple[str, Iterable[Value]]
"""The name of a sheet, and what stands in a row of it."""


def write_xlsx(articles: Iterable[Article], out: BinaryIO, *, context: OutputContext) -> None:
    """Write a workbook; its rows wait in files, not in memory. Raises OutputError where a sheet is full."""
    columns = layer_columns(context)
    sheets = {"claims": columns, "sources": SOURCE_COLUMNS} if context.layer == "claims" else {"quotes": columns}
    write_sheets(sheets, (row for article in articles for row in _rows(article, columns, context)), out)


def _rows(article: Article, columns: Sequence[str], context: OutputContext) -> Iterator[Row]:
    yield about_article(article)
    if context.layer == "attributions":
        yield from (("quotes", row) for row in flatten_layer(article, columns, context))
        return
    for claim in article.claims:
        yield "claims", claim_values(article, claim, columns)
        yield from (("sources", row.values()) for row in flatten_sources(article, claim))


def about_article(article: Article) -> Row:
    """Return an article's row on the sheet for articles."""
    about = (article.published_at, article.retrieved_at, article.language, article.sha256, len(article.claims))
    return "articles", (*flatten_article(article).values(), ", ".join(article.authors), *about)


def write_sheets(sheets: Mapping[str, Sequence[str]], rows: Iterable[Row], out: BinaryIO) -> None:
    """Write a workbook of rows with these sheets, by name with their columns, and behind them one for articles."""
    with Workbook(out, _SETTINGS) as book:
        named = {**sheets, "articles": _ABOUT_ARTICLES}
        opened = {name: _Sheet(book, name, columns) for name, columns in named.items()}
        for name, row in rows:
            opened[name].add(row)
        for sheet in opened.values():
            sheet.finish()


class _Sheet:
    """A sheet with a header that stays in sight, filters, and links where a column holds addresses."""

    def __init__(self, book: Any, name: str, columns: Sequence[str]) -> None:
        self._sheet = book.add_worksheet(name)
        self._name, self._columns, self._rows, self._links = name, columns, 0, 0
        self._sheet.freeze_panes(1, 0)
        for number, column in enumerate(columns):
            self._sheet.set_column(number, number, _WIDE.get(column, 14))
        bold = book.add_format({"bold": True})
        for number, column in enumerate(columns):
            self._sheet.write_string(0, number, column, bold)

    def add(self, row: Iterable[Value]) -> None:
        """Add a row under those that are there."""
        self._rows += 1
        if self._rows >= _ROWS:
            raise OutputError(f"Excel has {_ROWS:,} rows a sheet, and {self._name} need more; give -f csv or parquet")
        for number, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                self._text(number, _cell(value))
            else:
                self._sheet.write_number(self._rows, number, value)

    def _text(self, number: int, text: str) -> None:
        linked = self._columns[number] in ("url", "link") and text.startswith(("http://", "https://"))
        if linked and len(text) <= _ADDRESS and self._links < _LINKS:
            self._links += 1
            # the address as a string of its own: without one, Excel shows what it makes of the address
            if self._sheet.write_url(self._rows, number, text, string=text) == 0:
                return
        self._sheet.write_string(self._rows, number, text)

    def finish(self) -> None:
        """Put the filters over all rows."""
        self._sheet.autofilter(0, 0, max(self._rows, 1), len(self._columns) - 1)


def _cell(text: str) -> str:
    """Return text as a cell can hold it; as it is a string by its type, no sign at its beginning makes it a formula."""
    text = clean_for_xml(text)
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1] + "…"
