"""Excel workbooks of comparisons: a sheet for mentions, under their events, and one for articles; nothing runs."""

from itertools import chain
from typing import BinaryIO

from claimx.compare.records import Comparison
from claimx.output.comparison.csv import COLUMNS, mention_rows
from claimx.output.context import OutputContext
from claimx.output.xlsx import about_article, write_sheets


def write_xlsx(comparison: Comparison, out: BinaryIO, *, context: OutputContext) -> None:
    """Write a workbook with a row for each mention, event by event, and one for each article."""
    mentions = (("mentions", row) for row in mention_rows(comparison))
    write_sheets({"mentions": COLUMNS}, chain(mentions, map(about_article, comparison.articles)), out)
