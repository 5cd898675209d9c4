"""How good the extractor is: its claims against gold claims, span by span.

A predicted claim answers a gold claim where their triggers overlap, one to one, the longest overlap first. A role is
right where the two spans share at least half of the longer one, leading determiners and possessives aside. Figures
are counted over all claims, so that a role of a missed claim is a missed role.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claimx.errors import SourceUnreadable
from claimx.records import ROLES, Claim, Span

_CORE = ("who", "what", "origin", "destination")
_DETERMINERS = ("the ", "a ", "an ", "its ", "their ", "his ", "her ")
_GOLD_KEYS = {"trigger", *ROLES, "status", "sources"}


@dataclass(frozen=True, slots=True)
class Marked:
    """What is compared of a claim, gold or predicted: trigger, roles by name, status, and who is said to say so."""

    trigger: Span
    roles: Mapping[str, Span]
    status: str
    sources: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """An annotated article: its id, where it comes from, its text and its claims."""

    id: str
    origin: str
    text: str
    claims: tuple[Marked, ...]


@dataclass(slots=True)
class Tally:
    """Counts of right, gold and predicted items, and the figures that follow from them."""

    right: int = 0
    gold: int = 0
    predicted: int = 0

    @property
    def precision(self) -> float:
        """Share of the predicted items that are right; 0 where there are none."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold items that were found; 0 where there are none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.gold + self.predicted
        return 2 * self.right / both if both else 0.0


@dataclass(slots=True)
class Scores:
    """Figures over a set of documents; `misses` says in words what went wrong, a line each."""

    triggers: Tally = field(default_factory=Tally)
    by_role: dict[str, Tally] = field(default_factory=lambda: {role: Tally() for role in ROLES})
    sources: Tally = field(default_factory=Tally)
    resolved: Tally = field(default_factory=Tally)
    status_right: int = 0
    usable_claims: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def roles(self) -> Tally:
        """All roles together."""
        tallies = self.by_role.values()
        return Tally(sum(t.right for t in tallies), sum(t.gold for t in tallies), sum(t.predicted for t in tallies))

    @property
    def status(self) -> float:
        """Share of the answered gold claims whose status is right."""
        return self.status_right / self.triggers.right if self.triggers.right else 0.0

    @property
    def usable(self) -> float:
        """Share of all gold claims whose who, what, origin and destination are all right, absences included."""
        return self.usable_claims / self.triggers.gold if self.triggers.gold else 0.0

    def figures(self) -> dict[str, float]:
        """Return the figures that floors are kept for, by name."""
        return {
            "triggers": self.triggers.f1,
            "roles": self.roles.f1,
            "status": self.status,
            "sources": self.sources.f1,
            "usable": self.usable,
        }


def marked(claim: Claim) -> Marked:
    """Return what is compared of an extracted claim."""
    roles = {role: span for role in ROLES if (span := getattr(claim, role)) is not None}
    sources = tuple(Span(s.text, s.start, s.end, resolved=s.resolved) for s in claim.sources)
    return Marked(claim.trigger, roles, claim.status, sources)


def read_gold(path: Path) -> list[GoldDocument]:
    """Return the annotated documents of a JSON Lines file.

    Raises SourceUnreadable, naming the line, where a key is unknown or a span is not the text at its offsets.
    """
    documents = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            claims = tuple(_marked_from_wire(claim, row["text"]) for claim in row["claims"])
            documents.append(GoldDocument(row["id"], row["origin"], row["text"], claims))
        except (KeyError, ValueError, TypeError) as error:
            raise SourceUnreadable(str(path), f"line {number} is no gold document: {error}") from error
    return documents


def score(documents: Iterable[GoldDocument], predicted: Iterable[Sequence[Marked]]) -> Scores:
    """Return the figures of predicted claims, given document by document in the same order."""
    scores = Scores()
    for document, claims in zip(documents, predicted, strict=True):
        _count(document, claims, scores)
    return scores


def usable(document: GoldDocument, predicted: Sequence[Marked]) -> list[bool]:
    """Return of each predicted claim whether it answers a gold claim and has its who, what, origin and destination."""
    right = [False] * len(predicted)
    for wanted, got in _pairs(document.claims, predicted):
        gold, claim = document.claims[wanted].roles, predicted[got].roles
        right[got] = all(
            role in claim and same_span(gold[role], claim[role]) if role in gold else role not in claim
            for role in _CORE
        )
    return right


def same_span(one: Span, other: Span) -> bool:
    """Tell whether two spans share at least half of the longer one, leading determiners aside."""
    (start, end), (begin, finish) = _core(one), _core(other)
    shared = min(end, finish) - max(start, begin)
    return shared > 0 and 2 * shared >= max(end - start, finish - begin)


def _count(document: GoldDocument, predicted: Sequence[Marked], scores: Scores) -> None:
    gold = document.claims
    pairs = _pairs(gold, predicted)
    scores.triggers.right += len(pairs)
    for side, claims in (("gold", gold), ("predicted", predicted)):
        for claim in claims:
            for tally, many in (
                (scores.triggers, 1),
                (scores.sources, len(claim.sources)),
                *((scores.by_role[role], 1) for role in claim.roles),
            ):
                setattr(tally, side, getattr(tally, side) + many)
    for wanted, got in pairs:
        _compare(document, gold[wanted], predicted[got], scores)
    for index in sorted(set(range(len(gold))) - {wanted for wanted, _ in pairs}):
        scores.misses.append(f"{document.id}: missed {_around(document.text, gold[index].trigger)}")
    for index in sorted(set(range(len(predicted))) - {got for _, got in pairs}):
        scores.misses.append(f"{document.id}: spurious {_around(document.text, predicted[index].trigger)}")


def _compare(document: GoldDocument, gold: Marked, predicted: Marked, scores: Scores) -> None:
    wrong = []
    for role in ROLES:
        wanted, got = gold.roles.get(role), predicted.roles.get(role)
        if wanted is not None and got is not None and same_span(wanted, got):
            scores.by_role[role].right += 1
            if wanted.resolved is not None or got.resolved is not None:
                scores.resolved.gold += wanted.resolved is not None
                scores.resolved.predicted += got.resolved is not None
                scores.resolved.right += wanted.resolved == got.resolved
        elif wanted is not None or got is not None:
            wrong.append(role)
            texts = (span.text if span else None for span in (wanted, got))
            scores.misses.append(
                f"{document.id}: {gold.trigger.text!r} {role}: wanted {next(texts)!r}, got {next(texts)!r}"
            )
    scores.usable_claims += not set(wrong) & set(_CORE)
    scores.status_right += gold.status == predicted.status
    if gold.status != predicted.status:
        scores.misses.append(f"{document.id}: {gold.trigger.text!r} wanted {gold.status}, got {predicted.status}")
    found = [any(same_span(source, other) for other in predicted.sources) for source in gold.sources]
    scores.sources.right += sum(found)
    if not all(found) or len(predicted.sources) > len(gold.sources):
        sides = [[source.text for source in claim.sources] for claim in (gold, predicted)]
        scores.misses.append(f"{document.id}: {gold.trigger.text!r} sources: wanted {sides[0]}, got {sides[1]}")


def _pairs(gold: Sequence[Marked], predicted: Sequence[Marked]) -> list[tuple[int, int]]:
    """Return index pairs of claims whose triggers overlap, one to one, the longest overlap first.

    Claims that share one trigger (two dates, two places) go to the pair that agrees in more roles.
    """
    ranked = sorted(
        (
            (-shared, -_agreement(wanted, got), i, j)
            for i, wanted in enumerate(gold)
            for j, got in enumerate(predicted)
            if (shared := min(wanted.trigger.end, got.trigger.end) - max(wanted.trigger.start, got.trigger.start)) > 0
        ),
    )
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    pairs = []
    for _, _, i, j in ranked:
        if i not in taken_gold and j not in taken_predicted:
            taken_gold.add(i)
            taken_predicted.add(j)
            pairs.append((i, j))
    return pairs


def _agreement(one: Marked, other: Marked) -> int:
    return sum(role in other.roles and same_span(span, other.roles[role]) for role, span in one.roles.items())


def _core(span: Span) -> tuple[int, int]:
    lowered = span.text.lower()
    for determiner in _DETERMINERS:
        if lowered.startswith(determiner):
            return span.start + len(determiner), span.end
    return span.start, span.end


def _around(text: str, span: Span) -> str:
    before, after = text[max(0, span.start - 50) : span.start], text[span.end : span.end + 40]
    return repr(f"{before}[{span.text}]{after}")


def _marked_from_wire(wire: Mapping[str, Any], text: str) -> Marked:
    if unknown := set(wire) - _GOLD_KEYS:
        raise ValueError(f"unknown key {sorted(unknown)[0]!r}")
    return Marked(
        trigger=_span(wire["trigger"], text),
        roles={role: _span(wire[role], text) for role in ROLES if wire.get(role) is not None},
        status=wire["status"],
        sources=tuple(_span(source, text) for source in wire["sources"]),
    )


def _span(wire: Mapping[str, Any], text: str) -> Span:
    span = Span(wire["text"], wire["start"], wire["end"], resolved=wire.get("resolved"))
    if text[span.start : span.end] != span.text:
        raise ValueError(f"{span.text!r} is not the text at {span.start}:{span.end}")
    return span
