"""Rewrite what is derived from the marked articles and from claimx's own output, for review in a diff.

python tests/gold/update.py gold        tests/gold/gold.jsonl, from tests/gold/articles/*.toml
python tests/gold/update.py snapshots   samples/expected/*.claims.jsonl, from the samples
python tests/gold/update.py floors      tests/gold/floors.toml: lift the floors to the present figures
python tests/gold/update.py misses [MODEL]  print what is missed, spurious or wrong; write nothing
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gold import corpora

import claimx


def update_gold() -> None:
    """Write the gold file."""
    corpora.GOLD_FILE.write_text("\n".join(corpora.gold_lines(corpora.ARTICLES.glob("*.toml"))) + "\n", "utf-8")


def update_snapshots() -> None:
    """Write the snapshot of each sample's claims."""
    nlp = claimx.load_model()
    for path, article in zip(corpora.sample_paths(), corpora.extracted("samples", nlp), strict=True):
        corpora.snapshot_path(path).write_text("".join(f"{x}\n" for x in corpora.snapshot(article)), "utf-8")
    corpora.ROUNDING_FILE.write_text(f"{corpora.rounding(nlp)}\n", "utf-8")


def update_floors() -> None:
    """Lift the floors to the present figures and print those."""
    floors, nlp = corpora.read_floors(), claimx.load_model()
    for name in corpora.CORPORA:
        figures = corpora.measure(name, nlp).figures()
        floors[name] = corpora.raised(floors[name], figures)
        print(name, *(f"{key} {value:.3f}" for key, value in figures.items()))
    corpora.FLOORS_FILE.write_text(corpora.floors_toml(floors), "utf-8")


def print_misses(model: str | None = None) -> None:
    """Print the figures of both corpora and every miss."""
    nlp = claimx.load_model(model)
    for name in corpora.CORPORA:
        scores = corpora.measure(name, nlp)
        print(*scores.misses, sep="\n")
        print(name, *(f"{key} {value:.3f}" for key, value in scores.figures().items()))


COMMANDS = {
    "gold": update_gold,
    "snapshots": update_snapshots,
    "floors": update_floors,
    "misses": print_misses,
}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS or len(sys.argv) > 2 + (sys.argv[1] == "misses"):
        sys.exit(__doc__)
    COMMANDS[sys.argv[1]](*sys.argv[2:])
