"""Many articles: read one by one, analysed in parallel, handed on as they come.

    from claimx.batch import find_sources, process_workers, run_batch
    from claimx.output.batch_file import open_batch_file

    with open_batch_file(Path("out.jsonl"), resume=True) as out, process_workers(4) as executor:
        summary = run_batch(find_sources(["articles/"]), out, executor=executor)

Bytes are read in this process, by a few threads: that is waiting more than work, it keeps politeness towards hosts in
one place, and workers on other machines need not see our files. What takes time, understanding pages and finding
claims, is the workers'.
"""

from claimx.batch.records import BatchOptions, Executor, Sink, Summary, Work
from claimx.batch.running import run_batch
from claimx.batch.sources import find_sources
from claimx.batch.work import Analysis
from claimx.batch.workers import process_workers

__all__ = [
    "Analysis",
    "BatchOptions",
    "Executor",
    "Sink",
    "Summary",
    "Work",
    "find_sources",
    "process_workers",
    "run_batch",
]
