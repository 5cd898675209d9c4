"""Train the semantic layers on top of the parser of a pipeline, then coreference on them, and put them into it.

python -m claimx_training.semantics train --corpora DIR -o FOLDER [--minutes N] [--epochs N] [--start FOLDER]
python -m claimx_training.semantics coreference FOLDER --corpora DIR [--news FILE …] [--epochs N]
python -m claimx_training.semantics publish FOLDER --pipeline DIR
python -m claimx_training.semantics evaluate --corpora DIR
"""

import argparse
import json
import logging
import sys
from pathlib import Path

from claimx.language import embedded_model_path, load_model
from claimx_training.corpora import CorpusPaths


def main() -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("train")
    one.add_argument("--corpora", type=Path, required=True)
    one.add_argument("-o", "--output", type=Path, required=True)
    one.add_argument("--minutes", type=float)
    one.add_argument("--epochs", type=int, default=20)
    one.add_argument("--start", type=Path, help="a folder of an earlier training, whose layers to go on from")
    two = commands.add_parser("publish")
    two.add_argument("folder", type=Path)
    two.add_argument("--pipeline", type=Path, default=embedded_model_path())
    four = commands.add_parser("coreference")
    four.add_argument("folder", type=Path)
    four.add_argument("--corpora", type=Path, required=True)
    four.add_argument("--pipeline", type=Path, default=embedded_model_path())
    four.add_argument("--news", type=Path, nargs="*", default=[], help="marked claims, to find what is sure enough")
    four.add_argument("--epochs", type=int, default=6)
    three = commands.add_parser("evaluate")
    three.add_argument("--corpora", type=Path, required=True)
    three.add_argument("--part", choices=("dev", "test"), default="test")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    if args.command == "publish":
        from claimx_training.semantics.recipe import publish_semantics

        publish_semantics(args.folder, args.pipeline)
    elif args.command == "coreference":
        from claimx_training.coreference.head import HeadOptions
        from claimx_training.coreference.recipe import train_coreference

        head = HeadOptions(epochs=args.epochs)
        train_coreference(CorpusPaths(args.corpora), args.folder, args.pipeline, head, args.news)
    elif args.command == "evaluate":
        from claimx_training.semantics.evaluate import evaluate_predicates

        print(json.dumps(evaluate_predicates(CorpusPaths(args.corpora), load_model(), args.part), indent=1))
    else:
        from claimx_training.semantics.checkpoint import read_network
        from claimx_training.semantics.recipe import train_semantics
        from claimx_training.semantics.training import SemanticOptions

        options = SemanticOptions(epochs=args.epochs, minutes=args.minutes)
        component = embedded_model_path() / "claimx_encoder"
        train_semantics(
            CorpusPaths(args.corpora), read_network(component), load_model(), component, args.output, options,
            start=args.start,
        )  # fmt: skip


if __name__ == "__main__":
    main()
