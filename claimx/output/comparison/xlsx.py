"""Excel workbooks of comparisons: a sheet for mentions, under their events, and one for articles; nothing runs."""

from typing import BinaryIO

from claimx.compare.records import Comparison
from claimx.output.comparison.csv import EVENT_COLUMNS, MENTION_COLUMNS, mention_rows
from claimx.output.context import OutputContext
from claimx.output.xlsx import write_sheets


def write_xlsx(comparison: Comparison, out: BinaryIO, *, context: OutputContext) -> None:
    """Write a workbook with a row for each mention, event by event, and one for each article."""
    rows = (row for cluster in comparison.clusters for row in mention_rows(cluster, comparison))
    write_sheets(out, "mentions", EVENT_COLUMNS + MENTION_COLUMNS, rows, comparison.articles)
