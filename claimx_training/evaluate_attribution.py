"""Measure attributions against a corpus in brat standoff, such as PolNeAR: who, by which words, what.

    python -m claimx_training.evaluate_attribution FOLDER [--model NAME] [--limit N] [--rules] [--show N]

FOLDER holds text/NAME.txt and attributions/NAME*.ann. An attribution is found when the two contents share at least
half of the longer one's characters, one to one, best first. The last line is the recall of direct quotations alone:
gold contents that are quote marks from end to end. `--rules` tells how often each rule and complement is right, which
is how the lexicon was pruned; `--show` prints misses. The corpus itself is no part of claimx.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from claimx.claims.attribution import Attributed, find_attributions
from claimx.language import load_model

Offsets = list[tuple[int, int]]

_MARKS = frozenset("\"“”'‘’")
_SHORTEST = 12  # characters; fewer are words in marks rather than a quotation


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """An attribution as the corpus has it: character offsets of its parts, empty where it gives none."""

    source: Offsets
    cue: Offsets
    content: Offsets


@dataclass(slots=True)
class Score:
    """What was found, over the texts seen so far."""

    counts: Counter[str] = field(default_factory=Counter)
    by_rule: dict[str, Counter[str]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[str]:
        """Yield the figures as lines."""
        n = self.counts
        for name, hits in (("content", n["content"]), ("content and source", n["source"])):
            precision, recall = hits / (n["found"] or 1), hits / (n["gold"] or 1)
            f1 = 2 * precision * recall / ((precision + recall) or 1)
            yield f"{name:28} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
        yield f"{'source right where found':28} {n['source'] / (n['content'] or 1):.3f}"
        yield f"{'cue right where found':28} {n['cue'] / (n['content'] or 1):.3f}"
        yield f"{'direct quotations, recall':28} {n['direct found'] / (n['direct'] or 1):.3f} of {n['direct']}"


def read_gold(path: Path) -> list[GoldAttribution]:
    """Return the attributions of one standoff file."""
    spans: dict[str, Offsets] = {}
    found: list[GoldAttribution] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, rest = line.partition("\t")
        if re.fullmatch(r"T\d+", key):
            offsets = rest.partition("\t")[0].partition(" ")[2]
            spans[key] = [(int(a), int(b)) for a, b in (part.split() for part in offsets.split(";"))]
        elif re.fullmatch(r"E\d+", key):
            roles: dict[str, Offsets] = {}
            for item in rest.split():
                name, _, target = item.partition(":")
                roles.setdefault(name.rstrip("0123456789"), []).extend(spans.get(target, []))
            if roles.get("Content"):
                found.append(GoldAttribution(roles.get("Source", []), roles.get("Cue", []), roles["Content"]))
    return found


def add(score: Score, text: str, gold: Sequence[GoldAttribution], found: Sequence[Attributed]) -> None:
    """Count one text's attributions into `score`."""
    contents = [_cover(g.content) for g in gold]
    predicted = [_cover((s.start_char, s.end_char) for s in a.content) for a in found]
    pairs = sorted(
        (
            (len(mine & theirs), i, j)
            for i, theirs in enumerate(contents)
            for j, mine in enumerate(predicted)
            if 2 * len(mine & theirs) >= max(len(mine), len(theirs)) and mine & theirs
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for _, i, j in pairs:
        if i not in taken and j not in taken.values():
            taken[i] = j
    score.counts.update({"gold": len(gold), "found": len(found)})
    for attributed in found:
        score.by_rule.setdefault(_rule(attributed), Counter())["found"] += 1
    for i, wanted in enumerate(gold):
        direct = is_direct(text, wanted)
        score.counts["direct"] += direct
        if i not in taken:
            score.misses.append(_excerpt(text, wanted))
            continue
        attributed = found[taken[i]]
        source = _cover([(attributed.source.start_char, attributed.source.end_char)] if attributed.source else [])
        cue = _cover([(attributed.cue.start_char, attributed.cue.end_char)] if attributed.cue else [])
        gold_source, gold_cue = _cover(wanted.source), _cover(wanted.cue)
        right = 2 * len(source & gold_source) >= max(len(source), len(gold_source)) and bool(source) == bool(
            gold_source
        )
        hits = {
            "content": 1,
            "source": right,
            "cue": bool(cue & gold_cue) or not (cue or gold_cue),
            "direct found": direct,
        }
        score.counts.update({name: int(hit) for name, hit in hits.items()})
        score.by_rule[_rule(attributed)].update({"content": 1, "source": int(right)})


def is_direct(text: str, gold: GoldAttribution) -> bool:
    """Return whether every part of a content is a quotation in double marks from its first character to its last."""
    pieces = [text[start:end] for start, end in gold.content]
    if not all(len(p) > _SHORTEST and p[0] in _MARKS and p.rstrip(".,")[-1:] in _MARKS for p in pieces):
        return False
    return any(p[0] in '"“' or p.startswith("''") for p in pieces)


def _rule(attributed: Attributed) -> str:
    return f"{attributed.rule}/{attributed.frame}"


def _cover(offsets: Iterable[tuple[int, int]]) -> set[int]:
    return {i for start, end in offsets for i in range(start, end)}


def _excerpt(text: str, gold: GoldAttribution) -> str:
    parts = [*gold.source, *gold.cue, *gold.content]
    start, end = min(a for a, _ in parts), max(b for _, b in parts)
    cue = " ".join(text[a:b] for a, b in gold.cue)
    return f"[{cue}] {text[max(0, start - 30) : end + 30]}".replace("\n", " ")


def main(argv: Sequence[str] | None = None) -> None:
    """Print the figures for a folder."""
    parser = argparse.ArgumentParser(description="Measure attributions against a corpus in brat standoff.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", help="a pipeline's name or folder; claimx's own without it")
    parser.add_argument("--limit", type=int, default=0, help="use so many texts only")
    parser.add_argument("--rules", action="store_true", help="print how often each rule and complement is right")
    parser.add_argument("--show", type=int, default=0, help="print so many misses")
    args = parser.parse_args(argv)
    nlp = load_model(args.model)
    score = Score()
    texts = sorted((args.folder / "text").glob("*.txt"))
    for path in texts[: args.limit or None]:
        standoff = sorted((args.folder / "attributions").glob(f"{path.stem}*.ann"))
        if not standoff:
            continue
        text = path.read_bytes().decode("utf-8")
        found = [a for a in find_attributions(nlp(text)) if a.listed]
        add(score, text, read_gold(standoff[0]), found)
    for row in score.rows():
        print(row)
    if args.rules:
        for name, counts in sorted(score.by_rule.items(), key=lambda item: -item[1]["found"]):
            print(f"{name:36} {counts['content']:5} of {counts['found']:5}, source right {counts['source']:5}")
    for miss in score.misses[: args.show]:
        print(miss, file=sys.stderr)


if __name__ == "__main__":
    main()
