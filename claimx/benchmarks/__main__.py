"""``python -m claimx.benchmarks NAME``: run a benchmark (`speed`, `extraction`) and print what it measured."""

import sys

from claimx.benchmarks import extraction, speed

if __name__ == "__main__":
    if sys.argv[1:2] == ["extraction"]:
        sys.exit(extraction.main(sys.argv[2:]))
    sys.exit(speed.main(sys.argv[1:]))
