"""`claimx model`: say which language model is used."""

from typing import Annotated, Any

import typer

from claimx.cli.arguments import ModelOption, make_app
from claimx.cli.streams import ending_with, say

app = make_app()

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("info")
def info_cli(model: ModelOption = None, as_json: JsonOption = False) -> None:
    """Say what is loaded, what it was trained on, under which licences, and how good it is."""
    from claimx.language import load_model
    from claimx.language.info import model_info
    from claimx.output.json import dump

    with ending_with(1):
        info = model_info(load_model(model))
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
