"""Fit the weights of `claimx.claims.movement.confidence` on gold claims, and say how well the numbers keep their word.

    python -m claimx_training.fit_confidence --gold FILE… [--corpora DIR] [--held-out FILE…] [--model NAME] [-o FILE]

A claim counts as right when its trigger answers a gold claim and its who, what, origin and destination are right,
absences included (`claimx_training.scoring`). The weights are a logistic regression. Gold claims are few, so that the
weights are drawn to those that tell, on treebanks below DIR, the parses that mislead the rules from those that do not
(`claimx_training.parse_agreement`). How near they are drawn (the penalty) and how much of those weights is taken over
(the share) is chosen by the log loss on documents left out; the figures printed for the gold files are those of
documents left out too. `--held-out` files are measured with the final weights and never fitted on. Same input, same
weights.
"""

import argparse
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from spacy.language import Language

from claimx.claims.annotate import Annotator
from claimx.claims.movement.assemble import find_movements
from claimx.claims.movement.confidence import DOUBTS, FEATURES, ConfidenceWeights, bundled_weights, features
from claimx.records import Article
from claimx.rules.loader import RuleSet, load_rules
from claimx_training.corpora import CorpusPaths
from claimx_training.evaluate import Figure
from claimx_training.parse_agreement import Judged, judge_parses, treebank_sentences
from claimx_training.scoring import GoldDocument, marked, read_gold, usable

PENALTIES = (4.0, 8.0, 16.0, 32.0, 64.0)
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
_PARSE_PENALTY = 4.0
_FOLDS = 10
_BINS = 5

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bin:
    """The claims whose confidence lies near one another: how many, how sure on average, and how many are right."""

    claims: int
    expected: float
    observed: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well confidence keeps its word. `ece`: the mean gap between expected and observed, bins weighed by size;
    `brier`: the mean squared error; `auc`: how often a right claim stands above a wrong one (0.5 is chance)."""

    bins: tuple[Bin, ...]
    ece: float
    brier: float
    auc: float

    def __str__(self) -> str:
        """The table as text."""
        rows = [f"{'claims':>8} {'expected':>9} {'observed':>9}"]
        rows += [f"{b.claims:8} {b.expected:9.3f} {b.observed:9.3f}" for b in self.bins]
        return "\n".join([*rows, f"ECE {self.ece:.3f}  Brier {self.brier:.3f}  AUC {self.auc:.3f}"])


@dataclass(frozen=True, slots=True)
class Fit:
    """The weights, the penalty and share that were chosen, and the chances given to claims of documents left out."""

    weights: ConfidenceWeights
    penalty: float
    share: float
    left_out: tuple[float, ...]


def judge(documents: Iterable[GoldDocument], nlp: Language, rules: RuleSet | None = None) -> list[Judged]:
    """Return the claims that claimx finds in the gold documents, judged."""
    rules = rules or load_rules()
    found: list[Judged] = []
    pairs = ((document.text, document) for document in documents)
    for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=16):
        annotator = Annotator(Article(source=document.id, text=document.text), doc, rules)
        movements = list(find_movements(doc, rules, annotator.kinds))
        right = usable(document, [marked(claim) for claim in annotator.claims()])
        found += [
            Judged(document.id, features(movement, annotator.kinds), is_right)
            for movement, is_right in zip(movements, right, strict=True)
        ]
    return found


def fit(judged: Sequence[Judged], parses: Sequence[Judged] = ()) -> Fit:
    """Return the weights fitted on the judged claims; ValueError where all are right or all are wrong.

    `parses` are claims judged by treebanks, whose weights these are drawn to; without them, they are drawn to nothing.
    """
    right = np.array([claim.right for claim in judged], float)
    if not 0 < right.sum() < len(right):
        raise ValueError("the gold must make some of the claims right and some wrong")
    folds = _folds(judged)
    prior = _prior(parses)
    choices = [(penalty, share) for penalty in PENALTIES for share in (SHARES if prior.any() else (0.0,))]
    chances = {(penalty, share): _left_out(judged, right, folds, penalty, share * prior) for penalty, share in choices}
    best = min(choices, key=lambda choice: (round(_log_loss(chances[choice], right), 6), -choice[0], choice[1]))
    penalty, share = best
    weights = _fitted(judged, right, penalty, share * prior)
    return Fit(weights, penalty, share, tuple(float(chance) for chance in chances[best]))


def reliability(chances: Sequence[float], right: Sequence[bool], *, bins: int = _BINS) -> Reliability:
    """Return how confidence and truth agree, over bins of equal size."""
    order = sorted(range(len(chances)), key=lambda index: chances[index])
    parts = [part for part in np.array_split(np.array(order, int), bins) if len(part)]
    rows = tuple(
        Bin(
            len(part),
            sum(chances[i] for i in part) / len(part),
            sum(right[i] for i in part) / len(part),
        )
        for part in parts
    )
    total = max(len(chances), 1)
    return Reliability(
        bins=rows,
        ece=sum(row.claims * abs(row.expected - row.observed) for row in rows) / total,
        brier=sum((chance - truth) ** 2 for chance, truth in zip(chances, right, strict=True)) / total,
        auc=_auc(chances, right),
    )


def measure(documents: Iterable[GoldDocument], nlp: Language, weights: ConfidenceWeights) -> Reliability:
    """Return how well the weights' chances agree with the gold documents."""
    judged = judge(documents, nlp)
    return reliability([weights.score(claim.features) for claim in judged], [claim.right for claim in judged])


def confidence_figures(path: Path, nlp: Language) -> list[Figure]:
    """Return how well the bundled weights keep their word on a gold file, in per cent: each bin, and the errors."""
    found = measure(read_gold(path), nlp, bundled_weights())
    rows = [
        Figure(path.name, f"confidence {100 * row.expected:.0f}", 100 * row.observed, f"right of {row.claims} claims")
        for row in found.bins
    ]
    errors = {"ECE": found.ece, "Brier": found.brier, "AUC": found.auc}
    return rows + [Figure(path.name, f"confidence {name}", 100 * value) for name, value in errors.items()]


def weights_toml(found: Fit, judged: Sequence[Judged], gold: Sequence[str], *, parses: int = 0) -> str:
    """Return the weights as the TOML file that `claimx.claims.movement.confidence` reads."""
    right = [claim.right for claim in judged]
    agreement = reliability(found.left_out, right)
    lines = [
        "# How sure a claim is: weights of claimx.claims.movement.confidence, a ridge logistic regression.",
        "# Written by claimx_training.fit_confidence; fit again rather than edit.",
        *(["# With claims on the treebanks UD English EWT (CC BY-SA 4.0) and GUM (CC BY 4.0)."] if parses else []),
        f"bias = {found.weights.bias:.4f}",
        "",
        "[fit]",
        f"gold = [{', '.join(_quoted(name) for name in gold)}]",
        f"documents = {len({claim.document for claim in judged})}",
        f"claims = {len(right)}",
        f"right = {sum(right)}",
        f"treebank_claims = {parses}",
        f"penalty = {found.penalty}",
        f"share = {found.share}",
        "# on documents left out of the fit:",
        f"ece = {agreement.ece:.4f}",
        f"brier = {agreement.brier:.4f}",
        f"auc = {agreement.auc:.4f}",
        "",
        "[features]",
    ]
    lines += [
        f"{_quoted(name)} = {{ weight = {weight:.4f}, mean = {found.weights.means[name]:.4f} }}"
        for name, weight in found.weights.weights.items()
    ]
    return "\n".join(lines) + "\n"


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _prior(parses: Sequence[Judged]) -> Vector:
    names = (*FEATURES, *DOUBTS)
    nothing: Vector = np.zeros(len(names))
    right = np.array([claim.right for claim in parses], float)
    if not 0 < right.sum() < len(right):
        return nothing
    weights = _fitted(parses, right, _PARSE_PENALTY, nothing).weights
    return np.array([weights[name] for name in names])


def _fitted(judged: Sequence[Judged], right: Vector, penalty: float, prior: Vector) -> ConfidenceWeights:
    names = (*FEATURES, *DOUBTS)
    means = {}
    for name in names:
        known = [claim.features[name] for claim in judged if name in claim.features]
        means[name] = float(np.mean(known)) if known else 0.0
    table = np.array([[claim.features.get(name, means[name]) - means[name] for name in names] for claim in judged])
    solution = _ridge(np.hstack([np.ones((len(table), 1)), table]), right, penalty, np.array([0.0, *prior]))
    return ConfidenceWeights(float(solution[0]), dict(zip(names, map(float, solution[1:]), strict=True)), means)


def _ridge(table: Vector, right: Vector, penalty: float, prior: Vector) -> Vector:
    """Return the coefficients that maximise the likelihood less the penalty on their distance from the prior.

    The first coefficient goes free.
    """
    costs = np.full(table.shape[1], penalty)
    costs[0] = 1e-6

    def loss(solution: Vector) -> tuple[float, Vector]:
        scores, away = table @ solution, solution - prior
        value = (np.logaddexp(0, scores) - right * scores).sum() + (costs * away**2).sum() / 2
        return float(value), table.T @ (expit(scores) - right) + costs * away

    def curvature(solution: Vector) -> Vector:
        chance = expit(table @ solution)
        weighed: Vector = (table * (chance * (1 - chance))[:, None]).T @ table
        return weighed + np.diag(costs)

    found: Vector = minimize(loss, prior, jac=True, hess=curvature, method="trust-exact", options={"gtol": 1e-8}).x
    return found


def _folds(judged: Sequence[Judged]) -> list[int]:
    """Return each claim's fold; a document's claims share one."""
    documents = {name: index for index, name in enumerate(sorted({claim.document for claim in judged}))}
    return [documents[claim.document] % _FOLDS for claim in judged]


def _left_out(judged: Sequence[Judged], right: Vector, folds: Sequence[int], penalty: float, prior: Vector) -> Vector:
    """Return each claim's chance by weights fitted without its fold."""
    chances: Vector = np.zeros(len(judged))
    for fold in sorted(set(folds)):
        rest = [index for index, each in enumerate(folds) if each != fold]
        weights = _fitted([judged[index] for index in rest], right[rest], penalty, prior)
        for index, each in enumerate(folds):
            if each == fold:
                chances[index] = weights.score(judged[index].features)
    return chances


def _log_loss(chances: Vector, right: Vector) -> float:
    safe = np.clip(chances, 1e-6, 1 - 1e-6)
    return float(-np.mean(right * np.log(safe) + (1 - right) * np.log(1 - safe)))


def _auc(chances: Sequence[float], right: Sequence[bool]) -> float:
    above = [chance for chance, is_right in zip(chances, right, strict=True) if is_right]
    below = [chance for chance, is_right in zip(chances, right, strict=True) if not is_right]
    wins = sum((high > low) + (high == low) / 2 for high in above for low in below)
    return wins / (len(above) * len(below)) if above and below else math.nan


def fit_and_report(
    gold: Sequence[GoldDocument],
    nlp: Language,
    *,
    names: Sequence[str],
    corpora: Path | None = None,
    held_out: Sequence[Path] = (),
) -> tuple[str, str]:
    """Return the weights as TOML, and the figures as text."""
    judged = judge(gold, nlp)
    parses = judge_parses(treebank_sentences(CorpusPaths(corpora)), nlp) if corpora else []
    found = fit(judged, parses)
    right = [claim.right for claim in judged]
    parts = [
        f"{', '.join(names)}: {len(gold)} documents, {len(right)} claims found, {sum(right)} right; "
        f"{len(parses)} on treebanks; penalty {found.penalty:g}, share {found.share:g}; documents left out:",
        str(reliability(found.left_out, right)),
    ]
    for path in held_out:
        parts += [f"{path.name}, held out:", str(measure(read_gold(path), nlp, found.weights))]
    return weights_toml(found, judged, names, parses=len(parses)), "\n".join(parts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print the figures, write the weights."""
    from claimx.language import load_model

    options = make_parser().parse_args(arguments)
    gold = [document for path in options.gold for document in read_gold(path)]
    names = [path.name for path in options.gold]
    weights, figures = fit_and_report(
        gold, load_model(options.model), names=names, corpora=options.corpora, held_out=options.held_out
    )
    print(figures)
    if options.output:
        options.output.write_text(weights, encoding="utf-8")
    return 0


def make_parser() -> argparse.ArgumentParser:
    """Return the command's parser."""
    parser = argparse.ArgumentParser(
        prog="python -m claimx_training.fit_confidence", description=(__doc__ or "").split("\n", 1)[0]
    )
    parser.add_argument("--gold", type=Path, nargs="+", required=True, metavar="FILE", help="gold files to fit on")
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="the folder that holds the treebanks ewt/ and gum/")
    parser.add_argument("--held-out", type=Path, nargs="+", default=[], metavar="FILE", help="gold files to measure")
    parser.add_argument(
        "--model", metavar="NAME", help="a spaCy pipeline's name or folder; the embedded one by default"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write the weights")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
