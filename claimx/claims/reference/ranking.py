"""Candidates for an anaphor weighed against each other: features in the manner of Lappin & Leass (1994).

Each feature is a short name; weights come from reference_weights.toml, fitted on the GUM corpus by
`claimx.training.evaluate_reference`. The verdict is a probability over the candidates and "none of them".
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from claimx.claims.reference.mentions import PLURAL, SINGULAR, Mention

NONE = "none"


@dataclass(slots=True)
class Entity:
    """What several mentions refer to, with what they tell together.

    `names` are indices of name mentions; `kinds` the kinds of name (country, vessel, person …) it is an instance of.
    """

    number: int
    gender: str
    classes: frozenset[str]
    nouns: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    kinds: frozenset[str] = frozenset()
    mentions: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    name_words: set[str] = field(default_factory=set)
    pair: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that an anaphor may take up, seen from `mention`, its nearest mention; `facts` hold between the two."""

    entity: Entity
    mention: Mention
    facts: tuple[str, ...]


def probabilities(rows: Sequence[Iterable[str]], weights: Mapping[str, float]) -> list[float]:
    """Return the softmax over the rows' summed weights."""
    scores = [sum(weights.get(name, 0.0) for name in row) for row in rows]
    top = max(scores)
    exponentials = [math.exp(score - top) for score in scores]
    total = sum(exponentials)
    return [value / total for value in exponentials]


def _bucket(value: int, *bounds: int) -> str:
    for bound in bounds:
        if value <= bound:
            return str(bound)
    return f"{bounds[-1]}+"


def pronoun_features(anaphor: Mention, candidate: Candidate, rank: int) -> list[str]:
    """Return the features of a third-person pronoun and a candidate, `rank` counting candidates by nearness from 0."""
    entity, mention = candidate.entity, candidate.mention
    distance = _bucket(anaphor.sentence - mention.sentence, 0, 1, 2, 3)
    if mention.kind == "pronoun":
        kind = "same" if mention.form == anaphor.form else "pronoun"
    elif mention.kind == "name" and mention.name is not None:
        kind = f"name-{mention.name.type}"
    else:
        kind = mention.form if mention.kind == "nominal" else mention.kind
    found = [
        f"d={distance}",
        f"d={distance} role={mention.role}",
        f"role={mention.role}",
        f"kind={kind}",
        f"depth={mention.depth}",
        f"rank={_bucket(rank, 0, 1, 2, 4, 7)}",
        f"count={_bucket(len(entity.mentions), 1, 2, 5)}",
    ]
    if mention.role == anaphor.role:
        found.append(f"parallel={mention.role}")
    if anaphor.role == "poss":
        found.append(f"poss d={distance} role={mention.role}")
    topic = next((fact for fact in candidate.facts if fact.startswith("topic=")), "topic=ahead")
    found += [f"d={distance} {topic}", f"{anaphor.role} {topic}"]
    if entity.names:
        found.append("named")
    if anaphor.gender:
        found.append("gender=same" if entity.gender == anaphor.gender else "gender=unknown")
    if entity.number == anaphor.number:
        found.append("number=same")
    elif entity.number == SINGULAR | PLURAL:
        found.append("number=either")
    else:
        found.append("number=other")
    if entity.classes:
        found += [f"class={name}" for name in sorted(entity.classes)[:2]]
    else:
        found.append("class=unknown")
    if anaphor.learned and entity.classes:
        found.append(_agreement(anaphor.learned, entity.classes))
    if "reports" in candidate.facts or "both report" in candidate.facts:
        found += [f"reports class={name}" for name in sorted(entity.classes)[:2]]
    if anaphor.quoted != mention.quoted:
        found.append("quote=in" if anaphor.quoted else "quote=out")
    elif anaphor.quoted:
        found.append("quote=same")
    found += candidate.facts
    return found


def _agreement(learned: str, classes: frozenset[str]) -> str:
    """Return how the class that the model gives a pronoun goes with what is known of a candidate."""
    if learned in classes:
        return f"learned={learned}"
    if learned in {"place", "group"} and classes & {"place", "group"}:
        return "learned=near"  # countries act
    if {learned, *classes} <= _THINGS:
        return "learned=thing"
    return "learned=clash"


_THINGS = frozenset({"object", "vehicle", "weapon", "substance", "abstract", "event", "animal"})


def pronoun_none(anaphor: Mention) -> list[str]:
    """Return the features that speak for a pronoun's taking up nothing."""
    found = [NONE, f"none role={anaphor.role}", f"none quoted={anaphor.quoted > 0}"]
    if anaphor.learned:
        found.append(f"none learned={anaphor.learned}")
    return found


def definite_features(anaphor: Mention, candidate: Candidate, rank: int) -> list[str]:
    """Return the features of a definite noun phrase and a candidate."""
    entity, mention = candidate.entity, candidate.mention
    distance = _bucket(anaphor.sentence - mention.sentence, 0, 1, 2, 5, 10)
    match = next(fact for fact in candidate.facts if fact.startswith("match="))
    named = "named" if entity.names else "unnamed"
    new = anaphor.modifiers - entity.modifiers - entity.nouns - entity.name_words
    lost = set() if mention.kind != "nominal" else mention.modifiers - anaphor.modifiers
    kind = mention.form if mention.kind == "nominal" else mention.kind
    found = [
        match,
        f"{match} {named}",
        f"{match} form={anaphor.form}",
        f"{match} d={distance}",
        f"d={distance}",
        f"kind={kind}",
        f"{match} kind={kind}",
        f"new={_bucket(len(new), 0, 1)}",
        f"lost={_bucket(len(lost), 0, 1)}",
        f"role={mention.role}",
        f"rank={_bucket(rank, 0, 1, 2)}",
        f"count={_bucket(len(entity.mentions), 1, 2, 5)}",
    ]
    if anaphor.modifiers and not new:
        found.append("modified alike")
    if anaphor.trailing:
        found.append(f"trailing {match}")
    if mention.trailing:
        found.append("candidate trailing")
    if entity.number != anaphor.number:
        found.append("number=either")
    if anaphor.quoted != mention.quoted:
        found.append("quote=other")
    if mention.role == "subject" and anaphor.role == "subject":
        found.append("parallel=subject")
    found += [fact for fact in candidate.facts if fact != match]
    return found


def definite_none(anaphor: Mention) -> list[str]:
    """Return the features that speak for a definite noun phrase's introducing something, or naming what all know."""
    found = [
        NONE,
        f"none form={anaphor.form}",
        f"none modified={_bucket(len(anaphor.modifiers), 0, 1)}",
        f"none role={anaphor.role}",
        f"none sentence={_bucket(anaphor.sentence, 0, 2, 5)}",
        f"none number={anaphor.number}",
    ]
    if anaphor.trailing:
        found.append(f"none trailing {anaphor.form}")
    found += [f"none class={name}" for name in sorted(anaphor.classes)[:2]] or ["none class=unknown"]
    return found
