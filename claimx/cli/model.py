"""`claimx model`: say which language model is used; train and evaluate it."""

import json
import logging
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from claimx.cli.arguments import ModelOption
from claimx.cli.streams import say, tell
from claimx.errors import ClaimxError

app = typer.Typer(
    help="Say which language model is used; train and evaluate it.",
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

CorporaOption = Annotated[
    Path, typer.Option("--corpora", metavar="DIR", help="The folder of the corpora.", show_default=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("info")
def info_cli(model: ModelOption = None, as_json: JsonOption = False) -> None:
    """Say what is loaded, what it was trained on, under which licences, and how good it is."""
    from claimx.language import load_model
    from claimx.language.info import model_info
    from claimx.output.json import dump

    try:
        info = model_info(load_model(model))
    except ClaimxError as error:
        tell(error)
        raise typer.Exit(1) from error
    if as_json:
        typer.echo(dump(info, indent=2))
        return
    for line in _info_lines(info):
        say(line.strip(), indent=len(line) - len(line.lstrip(" ")))


def _info_lines(info: dict[str, Any]) -> list[str]:
    size = f"{info['bytes'] / 1e6:.1f} MB" if info["bytes"] else "size unknown"
    lines = [
        f"{info['name']} {info['version']} ({size})",
        f"  {info['description']}" if info["description"] else "  (no description)",
        f"  folder: {info['folder'] or 'none'}",
        f"  components: {', '.join(info['components']) or 'none'}",
        f"  licence of the weights: {info['license'] or 'not said'}",
    ]
    if info["sources"]:
        lines.append("trained on")
    for source in info["sources"]:
        lines.append(f"  {source.get('name', '?')}")
        parts = [source.get(key, "") for key in ("author", "license", "use")]
        lines.append("    " + "; ".join(part for part in parts if part))
    if info["training"]:
        lines.append("training")
        lines.append("  " + ", ".join(f"{key} {_plain(value)}" for key, value in info["training"].items()))
    if info["performance"]:
        lines.append("figures (per cent)")
    for corpus, figures in info["performance"].items():
        if isinstance(figures, dict):
            lines.append(f"  {corpus}: " + ", ".join(f"{name} {value}" for name, value in figures.items()))
        else:
            lines.append(f"  {corpus}: {figures}")
    return lines


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


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
    as_json: JsonOption = False,
) -> None:
    """Measure a model on corpora held out of training: trees, tags, names, raw text; and what confidence is worth."""
    from claimx.language import load_model
    from claimx.training.corpora import CorpusPaths
    from claimx.training.evaluate import evaluate
    from claimx.training.fit_confidence import confidence_figures

    if part not in {"test", "dev"}:
        raise typer.BadParameter("give test or dev", param_hint="--part")
    try:
        paths = CorpusPaths(corpora)
        paths.check()
        columns = []
        for name in (model, float32) if float32 is not None else (model,):
            nlp = load_model(name)
            columns.append(evaluate(nlp, paths, part=part))
            columns[-1] += [figure for path in gold or [] for figure in confidence_figures(path, nlp)]
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
    logging.getLogger("claimx").setLevel(logging.INFO)
    try:
        figures, compared = _train(corpora, output, epochs=epochs, hours=hours, threads=threads, seed=seed)
    except ClaimxError as error:
        tell(error)
        raise typer.Exit(1) from error
    for figure, other in zip(figures, compared, strict=True):
        typer.echo(f"{figure.corpus:<16} {figure.name:<26} {figure.value:6.2f}  float32 {other.value:6.2f}")


def _train(
    corpora: Path, output: Path, *, epochs: int | None, hours: float | None, threads: int, seed: int
) -> tuple[list[Any], list[Any]]:
    from claimx.errors import ModelError
    from claimx.training.corpora import CorpusPaths

    paths = CorpusPaths(corpora)
    paths.check()
    try:
        from claimx.training.publish import publish
        from claimx.training.train import TrainingOptions, train
    except ImportError as error:
        raise ModelError(f"training needs more packages ({error.name}); run: pip install 'claimx[train]'") from error
    options = TrainingOptions(hours=hours, threads=threads, seed=seed)
    if epochs is not None:
        options = TrainingOptions(epochs=epochs, hours=hours, threads=threads, seed=seed)
    checkpoint = train(paths, output / "checkpoints", options)
    return publish(checkpoint, output, paths)
