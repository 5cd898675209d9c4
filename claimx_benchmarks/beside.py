"""What ``claimx extract`` costs beside another release, over the same articles in the same run.

CPU time of whole processes, start-up included, the two releases by turns and the least of each counted: machines are
shared, so that only the ratio says something.
"""

import argparse
import json
import shlex
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from claimx_benchmarks.speed import cpu_seconds

_SHORT: Final = "Two officials said on Monday that the troops had left Tartus for Benghazi.\n"
_THIS: Final = f"{shlex.quote(sys.executable)} -c 'from claimx.cli import main; main()'"


def side_by_side(first: Sequence[str], second: Sequence[str], sources: Sequence[Path], runs: int) -> dict[str, float]:
    """Least CPU seconds of both commands' ``extract`` over `sources`, and the first's as a multiple of the second's."""
    best = [float("inf"), float("inf")]
    for _ in range(runs):
        for place, command in enumerate((first, second)):
            best[place] = min(best[place], cpu_seconds([*command, "extract", "-f", "jsonl", *map(str, sources)]))
    return {"this": best[0], "other": best[1], "ratio": best[0] / best[1]}


def main(arguments: Sequence[str]) -> int:
    """Run the benchmark named by the command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m claimx_benchmarks beside")
    parser.add_argument("other", help="the command of the other release, such as /path/to/its/bin/claimx")
    parser.add_argument("articles", type=Path, help="a folder of articles as .txt or .html")
    parser.add_argument("--most", type=int, default=400, help="how many articles at most (400)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each release (3)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    sources = sorted(p for p in options.articles.rglob("*") if p.suffix in {".txt", ".html"})[: options.most]
    if not sources:
        print(f"{options.articles} holds no .txt or .html file", file=sys.stderr)
        return 2
    first, second = shlex.split(_THIS), shlex.split(options.other)
    with tempfile.TemporaryDirectory() as folder:
        short = Path(folder) / "article.txt"
        short.write_text(_SHORT, encoding="utf-8")
        result = {
            f"{len(sources)} articles": side_by_side(first, second, sources, options.runs),
            "start-up and a sentence": side_by_side(first, second, [short], options.runs),
        }
    if options.json:
        print(json.dumps(result, indent=1))
        return 0
    for name, row in result.items():
        print(f"{name:<24} {row['this']:7.2f} s CPU, other release {row['other']:7.2f} s: {row['ratio']:.2f} times")
    return 0
