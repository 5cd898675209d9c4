"""Which earlier mentions each mention may take up, and what is known of each such pair, as codes to be weighed.

Agreement in number, gender and person and the binding of arguments decide what may be taken up at all; everything else
is a code whose weight is learned (`claimx_training.coreference`), beside the encoder's vectors of the two.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claimx.claims.coreference.mentions import PLURAL, Mention
from claimx.claims.coreference.reading import Reading, genders_agree

Codes = NDArray[np.int64]

WINDOW: Final = 50  # mentions looked back at
FARTHER: Final = 250  # ... for one with the same noun, or a name that the noun may stand for
FARTHEST: Final = 10  # of those

_PRONOUNS: Final = ("he", "she", "it", "they", "i", "we", "relative")
_FORMS: Final = ("definite", "demonstrative", "possessive", "indefinite", "negative", "bare")
_NAMES: Final = ("person", "group", "place", "people", "thing", "unknown")
_KINDS: Final = (
    *(f"pronoun {form}" for form in _PRONOUNS),
    *(f"owning {form}" for form in _PRONOUNS),
    *(f"nominal {form}" for form in _FORMS),
    *(f"name {kind}" for kind in _NAMES),
    "pair",
)
_KIND: Final = {name: code for code, name in enumerate(_KINDS)}
_AS: Final = {"there": "it"}
"""Forms that are weighed as others are: too few of them are marked."""
_COARSE: Final = ("he", "she", "it", "they", "i", "we", "definite", "demonstrative", "possessive", "other", "name")
_ROLES: Final = ("subject", "object", "oblique", "complement", "poss", "appos", "modifier", "predicate", "other")
_CLASSES: Final = ("", "person", "place", "group", "object", "event", "time", "substance", "animal", "abstract",
                   "vehicle", "people")  # fmt: skip
_GENDERS: Final = ("", "m", "f")
_MATCHES: Final = (
    "",
    "head",
    "same post",
    "other post",
    "person",
    "other person",
    "kind of name",
    "kind",
    "pair",
    "named",
)
_PLACES: Final = frozenset({"place", "group", "object"})
"""Of what a phrase may be that *there* takes up (*the **embassy**, the **ship***)."""
OTHERS: Final = frozenset({"other post", "other person", "other kind"})
"""Matches of nouns that keep a mention from taking up another."""
_SENTENCES: Final = (0, 1, 2, 3, 5, 8, 12, 20, 40)
_BETWEEN: Final = (1, 2, 3, 4, 6, 9, 14, 22, 35, 50)
_COUNTS: Final = (0, 1, 2, 4, 8)
_SHARES: Final = (10, 25, 45, 70)  # per cent

SIZES: Final = {
    "kinds": len(_KINDS) ** 2,
    "roles": 2 * len(_ROLES) ** 2,
    "classes": len(_CLASSES) ** 2,
    "sentences": 10 * len(_COARSE),
    "between": 11 * len(_COARSE),
    "rank": 11 * len(_COARSE),
    "match": len(_MATCHES) * len(_COARSE),
    "words": 10,
    "quoted": 10 * len(_COARSE),
    "clause": 4 * len(_ROLES),
    "reports": 5,
    "names": 6 * len(_COARSE),
    "number": 16,
    "gender": 9,
    "owner": 4,
    "lead": 4,
    "depth": 16,
    "form": 2 * len(_COARSE),
    "rivals": 6 * len(_COARSE),
    "told": 8,
    "share": 6 * len(_COARSE),
    "saying": 5 * len(_COARSE),
}
"""How many values each code has."""
ALONE: Final = {"kind": len(_KINDS), "role": len(_ROLES), "class": len(_CLASSES), "quoted": 2, "trailing": 2,
                "modifiers": 3, "coarse and depth": 4 * len(_COARSE), "candidates": 4 * len(_COARSE)}  # fmt: skip
"""... and each code of a mention on its own."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Anaphors and candidates, both as indices of mentions, anaphors in text order, and the codes of each pair.

    `anaphors` holds every mention that is weighed, also without candidates, and `alone` their own codes.
    """

    anaphors: Codes
    alone: Codes
    anaphor: Codes
    candidate: Codes
    codes: Codes


def find_pairs(reading: Reading) -> Pairs:
    """Return the pairs to weigh of the mentions that nothing else settles."""
    coder = _Coder(reading)
    anaphors: list[int] = []
    alone: list[list[int]] = []
    left: list[int] = []
    right: list[int] = []
    codes: list[list[int]] = []
    for mention in reading.mentions:
        if not reading.is_weighed(mention):
            continue
        candidates = list(coder.candidates(mention))
        anaphors.append(mention.index)
        alone.append(coder.alone(mention, len(candidates)))
        nearer: set[int | str] = set()
        for rank, (other, match) in enumerate(candidates):
            left.append(mention.index)
            right.append(other.index)
            referent = coder.referent(other)
            beside = coder.beside(mention, other, match, nearer - {referent})
            codes.append(coder.pair(mention, other, match, rank) + beside)
            if other.kind != "pronoun" and (match or mention.kind == "pronoun"):
                nearer.add(referent)
    return Pairs(
        np.asarray(anaphors, dtype=np.int64),
        _offset(alone, ALONE.values()),
        np.asarray(left, dtype=np.int64),
        np.asarray(right, dtype=np.int64),
        _offset(codes, SIZES.values()),
    )


def _offset(rows: list[list[int]], sizes: Iterable[int]) -> Codes:
    """Return the codes as rows of one table, those of each column after those of the one before."""
    counts = list(sizes)
    begins = np.cumsum([0, *counts[:-1]])
    table: Codes = np.asarray(rows, dtype=np.int64).reshape(-1, len(counts)) + begins
    return table


class _Coder:
    """The codes of one document's mentions and pairs."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        mentions = reading.mentions
        self.kind = [_kind(m) for m in mentions]
        self.coarse = [_coarse(m) for m in mentions]
        self.role = [_ROLES.index(m.role) for m in mentions]
        self.noun_class = [_class(m) for m in mentions]
        self.names: list[int] = []
        counts: dict[int, int] = {}
        for mention in mentions:
            bearer = reading.bearers[mention.index]
            key = id(bearer) if bearer is not None else -1
            self.names.append(counts.get(key, 0) if bearer is not None else 0)
            counts[key] = counts.get(key, 0) + 1
        bearers = {id(bearer): bearer for bearer in reading.bearers if bearer is not None}.values()
        self._posts = Counter(noun for bearer in bearers for noun in bearer.nouns)
        self._before: list[Counter[str]] = []
        named: Counter[str] = Counter()
        for mention in mentions:
            self._before.append(named)
            if mention.name is not None:
                named = named + Counter([mention.name.type])

    def candidates(self, mention: Mention) -> Iterator[tuple[Mention, str]]:
        """Yield the mentions that may be taken up, nearest first, each with how the nouns match."""
        reading = self.reading
        blocked = reading.blocked(mention)
        farther = 0
        for index in range(mention.index - 1, max(mention.index - FARTHER, 0) - 1, -1):
            near = mention.index - index <= WINDOW
            if not near and (mention.kind == "pronoun" or farther == FARTHEST):
                return
            other = reading.mentions[index]
            if index in blocked or other.head == mention.head or not may_corefer(reading, mention, other):
                continue
            match = "" if mention.kind == "pronoun" else reading.match(mention, other)
            if match in OTHERS:
                continue
            if not near:
                if not match:
                    continue
                farther += 1
            yield other, match

    def alone(self, mention: Mention, candidates: int) -> list[int]:
        i = mention.index
        return [
            self.kind[i],
            self.role[i],
            self.noun_class[i],
            int(mention.quoted > 0),
            int(mention.trailing),
            min(len(mention.modifiers), 2),
            self.coarse[i] * 4 + mention.depth,
            self.coarse[i] * 4 + min(candidates, 3),
        ]

    def pair(self, mention: Mention, other: Mention, match: str, rank: int) -> list[int]:
        i, j = mention.index, other.index
        coarse = self.coarse[i]
        away = mention.sentence - other.sentence
        bearer = self.reading.bearers[j]
        gender = bearer.gender if bearer is not None else other.gender
        return [
            self.kind[i] * len(_KINDS) + self.kind[j],
            ((away == 0) * len(_ROLES) + self.role[i]) * len(_ROLES) + self.role[j],
            self.noun_class[i] * len(_CLASSES) + self.noun_class[j],
            coarse * 10 + _bucket(away, _SENTENCES),
            coarse * 11 + _bucket(i - j, _BETWEEN),
            coarse * 11 + _bucket(rank, _BETWEEN),
            coarse * len(_MATCHES) + _MATCHES.index(match),
            self._words(mention, other, match),
            coarse * 10 + self._quoted(mention, other),
            self._clause(mention, other, away) * len(_ROLES) + self.role[j],
            self._reports(mention, other),
            coarse * 6 + (min(_bucket(self.names[j], _COUNTS), 4) + 1 if bearer is not None else 0),
            mention.number * 4 + self.reading.number(other),
            _GENDERS.index(mention.gender) * 3 + _GENDERS.index(gender),
            self._owner(mention, other),
            2 * (other.sentence <= 1) + (away <= 1 and self.reading.is_main_subject(other)),
            mention.depth * 4 + other.depth,
            coarse * 2 + (mention.lemma == other.lemma),
        ]

    def referent(self, mention: Mention) -> int | str:
        """Return a key for what is mentioned: by its name, else by its noun."""
        bearer = self.reading.bearers[mention.index]
        return bearer.mentions[0] if bearer is not None else mention.lemma

    def beside(self, mention: Mention, other: Mention, match: str, nearer: set[int | str]) -> list[int]:
        """Codes of a pair among others.

        How many others lie nearer, how rare what they share, how often it is named, who of the two says something.
        """
        coarse = self.coarse[mention.index]
        rivals = 0 if mention.kind != "pronoun" and not match else 1 + min(len(nearer), 4)
        return [
            coarse * 6 + rivals,
            self._told(mention, other),
            coarse * 6 + self._share(mention, other),
            coarse * 5 + self._saying(mention, other),
        ]

    def _told(self, mention: Mention, other: Mention) -> int:
        """Return whether a name's words hold a noun and what stands before it, and whether no other name's do."""
        noun, named = (mention, other) if mention.kind == "nominal" else (other, mention)
        bearer = self.reading.bearers[named.index]
        if noun.kind != "nominal" or bearer is None:
            return 0
        if noun.lemma not in bearer.nouns:
            return 1
        new = len(noun.modifiers - bearer.told)
        described = 2 if new else int(bool(noun.modifiers))
        return 2 + 2 * described + (self._posts[noun.lemma] == 1)

    def _share(self, mention: Mention, other: Mention) -> int:
        """Return how many of the names before, of its type, are of the candidate's bearer."""
        bearer = self.reading.bearers[other.index]
        if bearer is None or other.name is None:
            return 0
        own = bisect_left(bearer.mentions, mention.index)
        every = self._before[mention.index][other.name.type]
        return 1 + _bucket(round(100 * own / max(every, 1)), _SHARES)

    def _saying(self, mention: Mention, other: Mention) -> int:
        """Return whether one of the two tells of the other: *the **girl** left, **she** said; AP said **they** did*."""
        reading = self.reading
        if mention.kind != "pronoun" or mention.sentence != other.sentence:
            return 0
        if mention.role == "subject" and reading.reports(mention):
            return {"subject": 1, "other": 2}.get(reading.told_by(mention, other), 0)
        if other.role == "subject" and reading.reports(other) and reading.told_by(other, mention):
            return 3 if reading.is_outlet(other) else 4
        return 0

    def _words(self, mention: Mention, other: Mention, match: str) -> int:
        """Words that the later phrase adds to the earlier one and leaves out of it, where the nouns match."""
        if not match:
            return 0
        told = self.reading.told(other)
        new, lost = len(mention.modifiers - told), len(other.modifiers - mention.modifiers)
        return 1 + min(new, 2) * 3 + min(lost, 2)

    def _quoted(self, mention: Mention, other: Mention) -> int:
        speaks = bool(mention.quoted) and self.reading.speaks(other, mention.quoted)
        if mention.quoted == other.quoted:
            where = 1 if mention.quoted else 0
        elif not other.quoted:
            where = 2
        else:
            where = 4 if mention.quoted else 3
        return where * 2 + speaks

    def _clause(self, mention: Mention, other: Mention, away: int) -> int:
        if away:
            return 0
        predicate = self.reading.clauses.predicate
        mine, theirs = predicate[mention.head], predicate[other.head]
        if mine == theirs:
            return 1
        return 2 if self.reading.doc[theirs].is_ancestor(self.reading.doc[mine]) else 3

    def _reports(self, mention: Mention, other: Mention) -> int:
        if mention.role != "subject" or other.role != "subject":
            return 0
        a, b = self.reading.reports(mention), self.reading.reports(other)
        return 1 + 2 * a + b

    def _owner(self, mention: Mention, other: Mention) -> int:
        if mention.form != "possessive" or mention.kind != "nominal":
            return 0
        mine, theirs = self.reading.owner_name(mention), self.reading.owner_name(other)
        if not mine or not theirs:
            return 1
        return 2 if mine == theirs else 3


def may_corefer(reading: Reading, mention: Mention, other: Mention) -> bool:
    """Return whether number, gender, person and kind let a mention take up an earlier one."""
    if other.form in {"relative", "negative"} and other.kind != "name":
        return False
    if other.name is not None and other.name.type == "people" and other.role == "modifier":
        return mention.kind != "pronoun"  # *Somali* pirates are no *they*
    bearer = reading.bearers[other.index]
    return agree(mention, reading.number(other), bearer.gender if bearer else other.gender, other)


def agree(mention: Mention, number: int, gender: str, other: Mention) -> bool:
    """Return whether a mention agrees with an earlier one, of which `number` and `gender` are known."""
    if not mention.number & number or not genders_agree(mention.gender, gender):
        return False
    speaking = other.form in {"i", "we"}
    if mention.kind != "pronoun":
        return not speaking and not (other.kind == "pair" and mention.number != PLURAL)
    if mention.form in {"i", "we"}:
        return other.form == mention.form or other.kind != "pronoun"
    if speaking or (other.kind == "pair" and mention.number != PLURAL):
        return False
    if mention.form in {"he", "she"}:
        return other.form not in {"it", "they"} and (not other.classes or "person" in other.classes)
    if mention.form == "there":
        return other.form != "they" and (not other.classes or bool(other.classes & _PLACES))
    if mention.form == "it":
        return not gender and other.form not in {"he", "she", "they"} and other.classes != {"person"}
    return other.form not in {"he", "she", "it"}


def _kind(mention: Mention) -> int:
    if mention.kind == "pronoun":
        return _KIND[f"{'owning' if mention.role == 'poss' else 'pronoun'} {_AS.get(mention.form, mention.form)}"]
    if mention.kind == "pair":
        return _KIND["pair"]
    if mention.name is not None:
        return _KIND[f"name {mention.name.type}"]
    return _KIND[f"nominal {mention.form}"]


def _coarse(mention: Mention) -> int:
    if mention.kind == "name":
        return _COARSE.index("name")
    form = _AS.get(mention.form, mention.form)
    if form in _COARSE[:-2]:
        return _COARSE.index(form)
    return _COARSE.index("other")


def _class(mention: Mention) -> int:
    if mention.name is not None and mention.name.type == "people":
        return _CLASSES.index("people")
    found = mention.learned or next(iter(sorted(mention.classes)), "")
    return _CLASSES.index(found) if found in _CLASSES else 0


def _bucket(value: int, bounds: tuple[int, ...]) -> int:
    for bucket, bound in enumerate(bounds):
        if value <= bound:
            return bucket
    return len(bounds)
