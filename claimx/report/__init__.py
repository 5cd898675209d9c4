"""A page to read: articles with their claims marked, a table, a map, a timeline and chains of sources, in one file.

from claimx.report import write_report
write_report(articles, out)  # articles with their claims, as claimx.extract gives them
"""

from claimx.report.page import write_report

__all__ = ["write_report"]
