"""Train the language model, and measure it on corpora held out of training.

python -m claimx_training train --corpora DIR [-o DIR] [--epochs N] [--hours N] [--threads N] [--seed N]
python -m claimx_training evaluate --corpora DIR [--model NAME] [--float32 DIR] [--part dev|test] [--gold FILE …]
"""

import json
import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from claimx.cli.arguments import ModelOption, make_app
from claimx.cli.streams import tell
from claimx.errors import ClaimxError, ModelError
from claimx.language import load_model
from claimx_training import evaluate, fit_confidence
from claimx_training.corpora import CorpusPaths
from claimx_training.evaluate import Figure

app = make_app(help="Train the language model, and measure it on corpora held out of training.", add_completion=False)

CorporaOption = Annotated[
    Path, typer.Option("--corpora", metavar="DIR", help="The folder of the corpora.", show_default=False)
]


@app.command("evaluate")
def evaluate_cli(
    corpora: CorporaOption,
    model: ModelOption = None,
    float32: Annotated[
        str | None,
        typer.Option(
            "--float32", metavar="DIR", help="The same model before quantization, to compare.", show_default=False
        ),
    ] = None,
    part: Annotated[str, typer.Option("--part", help="The part of the corpora: test or dev.")] = "test",
    gold: Annotated[
        list[Path] | None,
        typer.Option("--gold", metavar="FILE", help="Gold claims to hold confidence to.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure a model on corpora held out of training: trees, tags, names, raw text; and what confidence is worth."""
    if part not in {"test", "dev"}:
        raise typer.BadParameter("give test or dev", param_hint="--part")
    try:
        paths = CorpusPaths(corpora)
        paths.check()
        columns = []
        for name in (model, float32) if float32 is not None else (model,):
            nlp = load_model(name)
            columns.append(evaluate.evaluate(nlp, paths, part=part))
            columns[-1] += [figure for path in gold or [] for figure in fit_confidence.confidence_figures(path, nlp)]
    except ClaimxError as error:
        tell(error)
        raise typer.Exit(1) from error
    rows = [
        {
            "corpus": figure.corpus,
            "figure": figure.name,
            "value": round(figure.value, 2),
            "detail": figure.detail,
            **({"float32": round(others[0].value, 2)} if others else {}),
        }
        for figure, *others in zip(*columns, strict=True)
    ]
    if as_json:
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        compared = f"  float32 {row['float32']:6.2f}" if "float32" in row else ""
        typer.echo(f"{row['corpus']:<16} {row['figure']:<26} {row['value']:6.2f}{compared}  {row['detail']}".rstrip())


@app.command("train")
def train_cli(
    corpora: CorporaOption,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="The folder for checkpoints and pipelines.")
    ] = Path("model"),
    epochs: Annotated[int | None, typer.Option(min=1, help="Passes over the treebanks.", show_default=False)] = None,
    hours: Annotated[
        float | None, typer.Option(min=0.01, help="Finish within this time, at fewer epochs.", show_default=False)
    ] = None,
    threads: Annotated[int, typer.Option(min=1, help="Threads that torch computes with.")] = 1,
    seed: Annotated[int, typer.Option(help="Of all that is random.")] = 7,
) -> None:
    """Train the language model, export it in int8 and float32, and measure both. Takes about an hour on one core."""
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    logging.getLogger("claimx_training").setLevel(logging.INFO)
    try:
        figures, compared = _train(corpora, output, epochs=epochs, hours=hours, threads=threads, seed=seed)
    except ClaimxError as error:
        tell(error)
        raise typer.Exit(1) from error
    for figure, other in zip(figures, compared, strict=True):
        typer.echo(f"{figure.corpus:<16} {figure.name:<26} {figure.value:6.2f}  float32 {other.value:6.2f}")


def _train(
    corpora: Path, output: Path, *, epochs: int | None, hours: float | None, threads: int, seed: int
) -> tuple[list[Figure], list[Figure]]:
    paths = CorpusPaths(corpora)
    paths.check()
    try:
        from claimx_training.publish import publish
        from claimx_training.train import TrainingOptions, train
    except ImportError as error:
        remedy = "run in the checkout: pip install -e '.[train]'"
        raise ModelError(f"training needs more packages ({error.name}); {remedy}") from error
    options = TrainingOptions(hours=hours, threads=threads, seed=seed)
    if epochs is not None:
        options = TrainingOptions(epochs=epochs, hours=hours, threads=threads, seed=seed)
    checkpoint = train(paths, output / "checkpoints", options)
    return publish(checkpoint, output, paths)


if __name__ == "__main__":
    app(prog_name="python -m claimx_training")
