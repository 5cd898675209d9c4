"""Fit where the encoder's chances become decisions, and how sure a claim is, on marked texts kept out of training.

    python -m claimx_training.semantics.decisions --corpora DIR --marks FILE

Prints the tables that stand in `rules/movement/weights/decisions.toml` and, under `[learned]`, in `confidence.toml`
beside it, and figures: expected calibration error and area under the curve, both on parts left out of the fit.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

import torch
from spacy.language import Language

from claimx.claims.annotate import Annotator
from claimx.claims.attribution import source_chain
from claimx.claims.candidates import Trigger
from claimx.claims.movement.assemble import find_listed
from claimx.claims.movement.confidence import learned_features
from claimx.claims.movement.learned import LEARNED, Listed, around, expit, filler_offers, log_chance, logit
from claimx.claims.nouns import Kinds
from claimx.claims.status import assess_status
from claimx.language import syntax
from claimx.language.semantics import semantics_of
from claimx.records import ROLES, Article, Claim
from claimx.rules.loader import RuleSet, load_rules
from claimx.rules.schema import Status
from claimx_training.corpora import CorpusPaths
from claimx_training.fit_confidence import reliability
from claimx_training.semantics.marks import MarkedTexts, is_held_out, read_marks

_FOLDS: Final = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be a trigger: the encoder's chance, the rules' verdict (-1 refused, 0 unlisted, 1 borne out)."""

    chance: float
    around: float
    verdict: int
    right: bool


def candidates(doc: Any, claims: Sequence[dict[str, Any]], rules: RuleSet) -> Iterable[Candidate]:
    """Yield the words of a doc that either the encoder or a rule thinks of, and whether each is marked."""
    semantics = semantics_of(doc)
    if semantics is None:
        return
    marked = [(c["trigger"]["start"], c["trigger"]["end"]) for c in claims]
    listed = {token.i: word for word in find_listed(doc, rules, Kinds(rules)) for token in word.trigger.span}
    taken: set[int] = set()
    for token in doc:
        if token.i in taken or token.is_space:
            continue
        word = listed.get(token.i)
        chance = semantics.movement(token)
        span = word.trigger.span if word else doc[token.i : token.i + 1]
        if word:
            chance = max(semantics.movement(t) for t in span)
        if chance < 0.01 and (word is None or word.refusal):
            continue
        taken |= {t.i for t in span}
        right = any(s < span.end_char and span.start_char < e for s, e in marked)
        yield Candidate(chance, around(semantics, chance), 0 if word is None else -1 if word.refusal else 1, right)


def fit_logistic(rows: Sequence[Sequence[float]], right: Sequence[bool], penalty: float = 1.0) -> list[float]:
    """Weights, the bias first, of a ridge logistic regression (torch, L-BFGS)."""
    x = torch.tensor([[1.0, *row] for row in rows], dtype=torch.float64)
    y = torch.tensor([float(value) for value in right], dtype=torch.float64)
    w = torch.zeros(x.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ w, y, reduction="sum")
        loss = loss + penalty / 2 * (w[1:] ** 2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return [round(float(value), 4) for value in w.detach()]


def best_threshold(pairs: Sequence[tuple[float, bool]], wanted: int) -> tuple[float, float]:
    """The chance from which taking every pair gives the best F1 against `wanted` in all, and that F1."""
    best = (0.5, 0.0)
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7):
        taken = [right for chance, right in pairs if chance >= threshold]
        f1 = 2 * sum(taken) / max(len(taken) + wanted, 1)
        if f1 > best[1]:
            best = (threshold, f1)
    return best


def same(a: Mapping[str, int], start: int, end: int) -> bool:
    """Whether two spans share at least half of the longer one."""
    shared = min(a["end"], end) - max(a["start"], start)
    return shared > 0 and shared * 2 >= max(a["end"] - a["start"], end - start)


def is_faultless(claim: Claim, marked: dict[str, Any]) -> bool:
    """Whether all roles, the status and the sources of a claim are as marked."""
    for role in ROLES:
        span, gold = getattr(claim, role), marked.get(role)
        if span is None or gold is None:
            if span is not gold:
                return False
        elif not same(gold, span.start, span.end):
            return False
    sources = marked["sources"]
    told = all(any(same(s, q.start, q.end) for q in claim.sources) for s in sources)
    return claim.status == marked["status"] and told and len(claim.sources) == len(sources)


def main() -> None:
    """Fit on the marked texts held out, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--marks", type=Path, required=True)
    args = parser.parse_args()
    from claimx.language import load_model

    nlp, rules = load_model(), load_rules()
    texts = MarkedTexts(CorpusPaths(args.corpora))
    records = [record for record in read_marks(args.marks, texts) if is_held_out(record[0])]
    _report(nlp, rules, records)


def _report(nlp: Language, rules: RuleSet, records: Sequence[tuple[str, str, list[dict[str, Any]]]]) -> None:
    docs = list(nlp.pipe(text for _, text, _ in records))
    words = [c for doc, (_, _, claims) in zip(docs, records, strict=True) for c in candidates(doc, claims, rules)]
    rows = [(logit(c.chance), c.around, float(c.verdict == 1), float(c.verdict == -1)) for c in words]
    weights = fit_logistic(rows, [c.right for c in words])
    wanted = sum(len(claims) for _, _, claims in records)
    chances = [expit(weights[0] + sum(w * v for w, v in zip(weights[1:], row, strict=True))) for row in rows]
    threshold, f1 = best_threshold([(p, c.right) for p, c in zip(chances, words, strict=True)], wanted)
    alone, f1_alone = best_threshold([(c.chance, c.right) for c in words], wanted)
    print("[trigger]")
    for name, weight in zip(("bias", "logit", "around", "listed", "refused"), weights, strict=True):
        print(f"{name} = {weight}")
    print(f"threshold = {threshold}  # F1 {f1:.3f}; the encoder alone {f1_alone:.3f} at {alone}; wanted {wanted}")
    _report_roles(docs, records, rules)
    _report_sources_and_status(docs, records, rules)
    _report_confidence(docs, records, rules)


Docs = Sequence[Any]
Records = Sequence[tuple[str, str, list[dict[str, Any]]]]


def _marked(docs: Docs, records: Records, rules: RuleSet) -> Iterable[tuple[Any, Any, dict[str, Any], Listed | None]]:
    """Yield each marked claim: its doc, the trigger's head word, the marks, and what the rules make of the word."""
    for doc, (_, _, claims) in zip(docs, records, strict=True):
        listed = {token.i: word for word in find_listed(doc, rules, Kinds(rules)) for token in word.trigger.span}
        for claim in claims:
            index = _head(doc, claim["trigger"])
            if index >= 0 and semantics_of(doc) is not None:
                yield doc, doc[index], claim, listed.get(index)


def _report_roles(docs: Docs, records: Records, rules: RuleSet) -> None:
    rows: list[tuple[float, float]] = []
    right: list[bool] = []
    where: list[tuple[int, str]] = []
    wanted: Counter[str] = Counter()
    for number, (doc, token, claim, word) in enumerate(_marked(docs, records, rules)):
        semantics = semantics_of(doc)
        by_rule = word.fillers.roles if word is not None and not word.refusal else {}
        for role, (_, choices) in semantics.roles(token).items() if semantics else ():
            gold = _head(doc, claim[role]) if claim.get(role) else -1
            wanted[role] += gold >= 0
            ruled = by_rule[role].head if role in by_rule else None
            for likely, agreed, head in filler_offers(role, choices, ruled):
                rows.append((logit(likely), float(agreed)))
                inside = role == "when" and gold >= 0 and head in (_marked_span(doc, claim[role]) or ())
                right.append(inside or (gold >= 0 and syntax.in_one_phrase(head, doc[gold])))
                where.append((number, role))
    for role in ROLES:
        own = [i for i, (_, name) in enumerate(where) if name == role]
        weights = fit_logistic([rows[i] for i in own], [right[i] for i in own])
        best: dict[int, tuple[float, bool]] = {}
        for i in own:
            chance = expit(weights[0] + weights[1] * rows[i][0] + weights[2] * rows[i][1])
            best[where[i][0]] = max(best.get(where[i][0], (0.0, False)), (chance, right[i]))
        threshold, f1 = best_threshold(list(best.values()), wanted[role])
        print(f"\n[role.{role}]\nbias = {weights[0]}\nlogit = {weights[1]}\nagreed = {weights[2]}")
        print(f"threshold = {threshold}  # F1 {f1:.3f} of {wanted[role]}")


def _report_sources_and_status(docs: Docs, records: Records, rules: RuleSet) -> None:
    rows: list[tuple[float, float]] = []
    right: list[bool] = []
    statuses: list[tuple[dict[str, float], Status, Status]] = []
    wanted = 0
    annotators: dict[int, Annotator] = {}
    for doc, token, claim, word in _marked(docs, records, rules):
        semantics = semantics_of(doc)
        if semantics is None:
            continue
        annotator = annotators.setdefault(id(doc), Annotator(Article(source="-", text=doc.text), doc, rules))
        gold = {_head(doc, source) for source in claim["sources"]}
        wanted += len(gold)
        offers = {choice.token.i: choice.probability for choice in semantics.sources(token)}
        covered = set()
        for hop in source_chain(token, annotator.attributed):
            inside = {t.i for t in hop.source}
            covered |= inside
            rows.append((logit(max((offers.get(i, 0.0) for i in inside), default=0.0)), 1.0))
            right.append(bool(inside & gold))
        for index, chance in offers.items():
            if index not in covered:
                rows.append((logit(chance), 0.0))
                right.append(index in gold)
        trigger = word.trigger if word is not None else Trigger(token, "", doc[token.i : token.i + 1], LEARNED, "verb")
        statuses.append((semantics.status(token), assess_status(trigger, rules)[0], claim["status"]))
    weights = fit_logistic(rows, right)
    chances = [expit(weights[0] + weights[1] * row[0] + weights[2] * row[1]) for row in rows]
    threshold, f1 = best_threshold(list(zip(chances, right, strict=True)), wanted)
    print(f"\n[source]\nbias = {weights[0]}\nlogit = {weights[1]}\nattributed = {weights[2]}")
    print(f"threshold = {threshold}  # F1 {f1:.3f} of {wanted}")

    _report_status(statuses)


def _report_status(rows: Sequence[tuple[dict[str, float], Status, Status]]) -> None:
    """Fit how far the rules' status counts beside the encoder's chances, given each with what is marked."""
    names: list[Status] = list(get_args(Status))
    encoder = torch.tensor([[log_chance(told[name]) for name in names] for told, _, _ in rows])
    by_rule = torch.tensor([names.index(ruled) for _, ruled, _ in rows])
    gold = torch.tensor([names.index(marked) for _, _, marked in rows])
    ruled = torch.nn.functional.one_hot(by_rule, len(names)).float()

    def scores(w: torch.Tensor, inputs: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        return w[0] * inputs[0] + inputs[1] * w[1:]

    def fit(rows: torch.Tensor) -> torch.Tensor:
        w = torch.zeros(1 + len(names), requires_grad=True)
        optimizer = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

        def closure() -> torch.Tensor:
            optimizer.zero_grad()
            told = scores(w, (encoder[rows], ruled[rows]))
            loss = torch.nn.functional.cross_entropy(told, gold[rows], reduction="sum") + (w**2).sum() / 8
            loss.backward()
            return loss

        optimizer.step(closure)
        return w.detach()

    everything = torch.arange(len(rows))
    right = 0
    for fold in range(_FOLDS):
        left_out = everything[everything % _FOLDS == fold]
        w = fit(everything[everything % _FOLDS != fold])
        right += int((scores(w, (encoder[left_out], ruled[left_out])).argmax(1) == gold[left_out]).sum())
    w = fit(everything)
    alone, by_rules = (encoder.argmax(1) == gold).float().mean(), (by_rule == gold).float().mean()
    print(f"\n[status]  # {right / len(rows):.3f} right left out; encoder alone {alone:.3f}, rules {by_rules:.3f}")
    print(f"encoder = {float(w[0]):.4f}\n\n[status.rules]")
    for name, weight in zip(names, w[1:].tolist(), strict=True):
        print(f"{name} = {weight:.4f}")


def _head(doc: Any, span: Mapping[str, int]) -> int:
    """The index of the word that heads a span, -1 where no word lies there."""
    found = _marked_span(doc, span)
    return -1 if found is None else int(found.root.i)


def _marked_span(doc: Any, span: Mapping[str, int]) -> Any:
    return doc.char_span(span["start"], span["end"], alignment_mode="expand")


def _report_confidence(docs: Sequence[Any], records: Sequence[Any], rules: RuleSet) -> None:
    rows: list[list[float]] = []
    right: list[bool] = []
    groups: list[int] = []
    names: list[str] = []
    for number, (doc, (name, text, claims)) in enumerate(zip(docs, records, strict=True)):
        annotator = Annotator(Article(source=name, text=text), doc, rules)
        for movement, claim in annotator.candidates_and_claims():
            gold = next(
                (
                    g
                    for g in claims
                    if g["trigger"]["start"] < claim.trigger.end and claim.trigger.start < g["trigger"]["end"]
                ),
                None,
            )
            if movement.learned is None:
                continue
            features = learned_features(movement, claim)
            names = list(features)
            rows.append(list(features.values()))
            right.append(gold is not None and is_faultless(claim, gold))
            groups.append(number % _FOLDS)
    left_out = [0.0] * len(rows)
    for fold in range(_FOLDS):
        w = fit_logistic([r for r, g in zip(rows, groups, strict=True) if g != fold],
                         [r for r, g in zip(right, groups, strict=True) if g != fold])  # fmt: skip
        for i, (row, group) in enumerate(zip(rows, groups, strict=True)):
            if group == fold:
                left_out[i] = expit(w[0] + sum(a * b for a, b in zip(w[1:], row, strict=True)))
    print(f"\n{sum(right)} of {len(right)} claims faultless; left out of the fit:\n{reliability(left_out, right)}")
    weights = fit_logistic(rows, right)
    means = [sum(row[k] for row in rows) / len(rows) for k in range(len(rows[0]))]
    bias = weights[0] + sum(w * m for w, m in zip(weights[1:], means, strict=True))
    print(f"\n[learned]\nbias = {bias:.4f}\n\n[learned.features]")
    for name, weight, mean in zip(names, weights[1:], means, strict=True):
        print(f'"{name}" = {{ weight = {weight:.4f}, mean = {mean:.4f} }}')


if __name__ == "__main__":
    main()
