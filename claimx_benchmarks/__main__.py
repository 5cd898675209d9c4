"""``python -m claimx_benchmarks NAME``: run a benchmark and print what it measured."""

import importlib
import sys
from typing import Final

BENCHMARKS: Final = ("batch", "beside", "compare", "extraction", "pages", "report", "speed", "store")
"""Each a module of this package with a `main(arguments) -> exit status`."""


def main(arguments: list[str]) -> int:
    """Run the benchmark that is named first; the rest are its own arguments."""
    if not arguments or arguments[0] not in BENCHMARKS:
        asked = arguments[:1] in (["-h"], ["--help"])
        usage = f"usage: python -m claimx_benchmarks {{{','.join(BENCHMARKS)}}} …"
        print(usage, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    status: int = importlib.import_module(f"claimx_benchmarks.{arguments[0]}").main(arguments[1:])
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
