"""Measure coreference on GUM: chains by CoNLL F1 beside a baseline, and what is resolved.

python -m claimx_training.coreference --corpora DIR [--part dev|test] [--model NAME]
"""

import argparse
import json
from pathlib import Path

from claimx.language import load_model
from claimx_training.coreference.measure import evaluate
from claimx_training.corpora import CorpusPaths


def main() -> None:
    """Read the command line and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--part", choices=("dev", "test"), default="test")
    parser.add_argument("--model", help="a spaCy pipeline by name or path")
    args = parser.parse_args()
    nlp = load_model(args.model) if args.model else load_model()
    print(json.dumps(evaluate(nlp, CorpusPaths(args.corpora).treebank("gum", args.part)), indent=1))


if __name__ == "__main__":
    main()
