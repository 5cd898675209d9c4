"""`claimx model`: say which language model is used."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from claimx.cli.arguments import ModelOption, make_app
from claimx.cli.streams import ending_with, say_indented

app = make_app()


@app.command("info")
def info_cli(
    model: ModelOption = None, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Say what is loaded, what it was trained on, under which licences, and how good it is."""
    from claimx.language import load_model
    from claimx.language.info import model_info
    from claimx.output.json import dump

    with ending_with(1):
        info = model_info(load_model(model))
    if as_json:
        typer.echo(dump(info, indent=2))
    else:
        say_indented(_info_lines(info))


def _info_lines(info: dict[str, Any]) -> Iterator[str]:
    size = f"{info['bytes'] / 1e6:.1f} MB" if info["bytes"] else "size unknown"
    yield f"{info['name']} {info['version']} ({size})"
    yield f"  {info['description'] or '(no description)'}"
    yield f"  folder: {info['folder'] or 'none'}"
    yield f"  components: {', '.join(info['components']) or 'none'}"
    yield f"  licence of the weights: {info['license'] or 'not said'}"
    if info["sources"]:
        yield "trained on"
    for source in info["sources"]:
        yield f"  {source.get('name', '?')}"
        yield "    " + "; ".join(source[key] for key in ("author", "license", "use") if source.get(key))
    if info["training"]:
        yield "training"
        yield "  " + ", ".join(f"{key} {_plain(value)}" for key, value in info["training"].items())
    if info["performance"]:
        yield "figures (per cent)"
    for corpus, figures in info["performance"].items():
        known = (
            ", ".join(f"{name} {value}" for name, value in figures.items()) if isinstance(figures, dict) else figures
        )
        yield f"  {corpus}: {known}"


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
