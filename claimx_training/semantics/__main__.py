"""Train the semantic layers on top of a pipeline's parser, then coreference on them, and put them into it.

python -m claimx_training.semantics teach --corpora DIR --encoder MPNET -o FOLDER [--minutes N] [--epochs N]
python -m claimx_training.semantics cascade --corpora DIR --start FOLDER -o FOLDER [--minutes N] [--epochs N]
python -m claimx_training.semantics train --corpora DIR -o FOLDER [--minutes N] [--epochs N] [--start FOLDER]
python -m claimx_training.semantics coreference FOLDER --corpora DIR [--epochs N]
python -m claimx_training.semantics publish FOLDER --pipeline DIR [--cascade]
python -m claimx_training.semantics evaluate --corpora DIR
"""

import argparse
import json
import logging
import sys
from dataclasses import replace
from pathlib import Path

from claimx.language import embedded_model_path, load_model
from claimx_training.corpora import CorpusPaths


def main() -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    trainings = {}
    for name, epochs in (("train", 20), ("teach", 4), ("cascade", 4)):
        training = trainings[name] = commands.add_parser(name)
        training.add_argument("--corpora", type=Path, required=True)
        training.add_argument("-o", "--output", type=Path, required=True, help="the folder of the training")
        training.add_argument("--minutes", type=float)
        training.add_argument("--epochs", type=int, default=epochs)
    begun = "a folder of an earlier training, whose layers to go on from"
    trainings["train"].add_argument("--start", type=Path, help=begun)
    trainings["teach"].add_argument("--encoder", type=Path, required=True, help="a folder with an MPNet checkpoint")
    trainings["cascade"].add_argument("--start", type=Path, required=True, help=f"the teacher's folder, or {begun}")
    two = commands.add_parser("publish")
    two.add_argument("folder", type=Path)
    two.add_argument("--cascade", action="store_true", help="put in the second encoder of the folder instead")
    two.add_argument("--pipeline", type=Path, default=embedded_model_path())
    four = commands.add_parser("coreference")
    four.add_argument("folder", type=Path)
    four.add_argument("--corpora", type=Path, required=True)
    four.add_argument("--pipeline", type=Path, default=embedded_model_path())
    four.add_argument("--epochs", type=int, default=6)
    three = commands.add_parser("evaluate")
    three.add_argument("--corpora", type=Path, required=True)
    three.add_argument("--part", choices=("dev", "test"), default="test")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    if args.command == "publish":
        from claimx_training.semantics.recipe import publish_cascade, publish_semantics

        (publish_cascade if args.cascade else publish_semantics)(args.folder, args.pipeline)
    elif args.command == "coreference":
        from claimx_training.coreference.head import HeadOptions
        from claimx_training.coreference.recipe import train_coreference

        head = HeadOptions(epochs=args.epochs)
        train_coreference(CorpusPaths(args.corpora), args.folder, args.pipeline, head)
    elif args.command == "evaluate":
        from claimx_training.semantics.evaluate import evaluate_predicates

        print(json.dumps(evaluate_predicates(CorpusPaths(args.corpora), load_model(), args.part), indent=1))
    else:
        from claimx_training.semantics.checkpoint import read_network
        from claimx_training.semantics.recipe import read_material, teach_semantics, train_cascade, train_semantics
        from claimx_training.semantics.training import SemanticOptions

        component = embedded_model_path() / "claimx_encoder"
        network = read_network(component)
        options = SemanticOptions(epochs=args.epochs, minutes=args.minutes)
        material, frames = read_material(CorpusPaths(args.corpora), load_model(), component, options.window_pieces)
        if args.command == "teach":
            options = replace(options, encoder_rate=6e-5, head_rate=6e-4)
            teach_semantics(network, material, frames, options, args.output, encoder=args.encoder, component=component)
        elif args.command == "cascade":
            options = replace(options, encoder_rate=5e-5, head_rate=5e-4)
            train_cascade(network, material, frames, options, args.output, start=args.start)
        else:
            train_semantics(network, material, frames, options, args.output, start=args.start)


if __name__ == "__main__":
    main()
