"""Measure coreference on GUM: chains by CoNLL F1 beside a baseline, and what is resolved.

python -m claimx_training.coreference --corpora DIR [--part dev|test] [--model NAME]
python -m claimx_training.coreference --corpora DIR --add-heads FILE
python -m claimx_training.coreference --corpora DIR --add-second-heads FOLDER
python -m claimx_training.coreference --corpora DIR --fit-sureness FILE

The second trains two more heads on the word vectors of the pipeline as it is and writes its scorers with them to FILE;
the third trains heads on what the second encoder makes of words and writes the pipeline with them to FOLDER; the last
finds from which sureness on the pipeline gives its answers, and writes its scorers with that to FILE.
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
    parser.add_argument("--add-heads", type=Path, metavar="FILE", help="where the scorer with two more heads goes")
    parser.add_argument("--add-second-heads", type=Path, metavar="FOLDER", help="where the pipeline goes with them")
    parser.add_argument("--fit-sureness", type=Path, metavar="FILE", help="where the scorer goes with new thresholds")
    args = parser.parse_args()
    nlp = load_model(args.model) if args.model else load_model()
    paths = CorpusPaths(args.corpora)
    if args.add_heads or args.add_second_heads or args.fit_sureness:  # they need torch, which measuring does not
        from claimx_training.coreference import recipe
        from claimx_training.coreference.head import HeadOptions

        if args.add_heads:
            recipe.add_heads(paths, nlp, args.add_heads, HeadOptions(epochs=5))
        elif args.add_second_heads:
            recipe.add_second_heads(paths, nlp, args.add_second_heads, HeadOptions(epochs=5))
        else:
            recipe.fit_sureness(paths, nlp, args.fit_sureness)
        return
    print(json.dumps(evaluate(nlp, paths.treebank("gum", args.part)), indent=1))


if __name__ == "__main__":
    main()
