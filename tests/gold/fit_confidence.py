"""Fit the weights of confidence on the repository's own gold, articles and samples.

They stand in claimx/rules/movement/weights/confidence.toml.

python tests/gold/fit_confidence.py [--corpora DIR] [--held-out FILE…] [--model NAME]
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gold import corpora

from claimx.language import load_model
from claimx_training.fit_confidence import fit_and_report

WEIGHTS = corpora.HERE.parent.parent / "claimx" / "rules" / "movement" / "weights" / "confidence.toml"


def main() -> None:
    """Fit, print the figures, write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="the folder that holds the treebanks ewt/ and gum/")
    parser.add_argument("--held-out", type=Path, nargs="+", default=[], metavar="FILE", help="gold files to measure")
    parser.add_argument(
        "--model", metavar="NAME", help="a spaCy pipeline's name or folder; the embedded one by default"
    )
    options = parser.parse_args()
    gold = [document for name in corpora.CORPORA for document in corpora.documents(name)]
    weights, figures = fit_and_report(
        gold,
        load_model(options.model),
        names=[str(path.relative_to(WEIGHTS.parents[2])) for path in (corpora.SAMPLES, corpora.GOLD_FILE)],
        corpora=options.corpora,
        held_out=options.held_out,
    )
    WEIGHTS.write_text(weights, encoding="utf-8")
    print(figures)


if __name__ == "__main__":
    main()
