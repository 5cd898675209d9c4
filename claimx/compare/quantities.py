"""Numbers in spans: *some 30 patients*, *two dozen*, *300,000 tonnes*, *at least 14*."""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from claimx.compare.records import Quantity
from claimx.rules.files import Strict, read_bundled
from claimx.rules.numbers import CARDINALS, MULTIPLIERS

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_BEFORE = r"(?:(?:the|its|their|his|her|our|these|those|all|another|a further|a|an|first|last|other|additional)\s+)*"
_WORD_START = re.compile(r"(?<!\S)[^\W_]")
_SPREAD = 0.1  # of a round number in words (*a hundred*, *two dozen*), either way


class _Hedge(Strict):
    words: tuple[str, ...]
    low: float
    high: float | None = None


class _Vocabulary(Strict):
    hedges: tuple[_Hedge, ...]
    vague: tuple[_Hedge, ...]
    units: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Reader:
    hedges: dict[str, _Hedge]
    vague: dict[str, _Hedge]
    units: dict[str, str]
    vague_pattern: re.Pattern[str]
    number_pattern: re.Pattern[str]
    hedge_ending: re.Pattern[str]
    unit_pattern: re.Pattern[str]


def find_quantity(text: str, *, before: str = "") -> Quantity | None:
    """Return the number that a noun phrase begins with, None where it has none.

    `before` is what stands before the phrase in its sentence, where a hedge may have been left (*at | least 14*). A
    number further in is part of a name (*S-400*, *Boeing 747*).
    """
    reader = _reader()
    if found := reader.vague_pattern.match(text):
        vague = reader.vague[_folded(found["vague"])]
        words = found[0].strip().removesuffix(" of")
        return Quantity(words, vague.low, vague.high, _unit(reader, text, found.end()), approximate=True)
    if not (found := reader.number_pattern.match(text)) or not (value := _value(found)):
        return None
    low, upper, rough = value
    high: float | None = upper
    if found["hedge"] is None and low == 1 and found["word"] == "one":
        return None
    if hedged := found if found["hedge"] else reader.hedge_ending.search(before):
        known = reader.hedges[_folded(hedged["hedge"])]
        low, high, rough = low * known.low, None if known.high is None else upper * known.high, True
    return Quantity(found[0].strip(), low, high, _unit(reader, text, found.end()), approximate=rough)


def find_measures(text: str) -> list[Quantity]:
    """Return the numbers in a text that have a unit of measure, in order."""
    found: list[Quantity] = []
    end = 0
    for match in _WORD_START.finditer(text):
        start = match.start()
        if start >= end and (quantity := find_quantity(text[start:], before=text[:start])) and quantity.unit:
            found.append(quantity)
            end = start + len(quantity.text)
    return found


def compatible(left: Quantity, right: Quantity) -> bool:
    """Return whether both may be the same number; numbers of different units say nothing about each other."""
    if left.unit != right.unit:
        return True
    below = left.high is not None and left.high < right.low
    above = right.high is not None and right.high < left.low
    return not (below or above)


def _value(found: re.Match[str]) -> tuple[float, float, bool] | None:
    """Return the lowest and highest value of a matched number, and whether it is round; None for *9 to 5*."""
    value = _in_digits(found["digits"]) if found["digits"] else _in_words(_folded(found["word"]))
    value *= MULTIPLIERS[found["multiplier"].lower()] if found["multiplier"] else 1
    if found["to"]:
        upper = _in_digits(found["to"])
        return (value, upper, True) if upper > value else None
    rough = bool(found["multiplier"]) and not found["digits"]
    spread = _SPREAD if rough else 0
    return value * (1 - spread), value * (1 + spread), rough


def _in_digits(number: str) -> float:
    return float(number.replace(",", ""))


def _in_words(word: str) -> float:
    if word in ("a", "an"):
        return 1.0
    return float(sum(CARDINALS[part] for part in word.replace("-", " ").split(" ")))


def _unit(reader: _Reader, text: str, position: int) -> str | None:
    found = reader.unit_pattern.match(text, position)
    return reader.units[_folded(found["unit"])] if found else None


def _folded(words: str) -> str:
    return " ".join(words.lower().split())


@functools.cache
def _reader() -> _Reader:
    vocabulary = read_bundled(_Vocabulary, "quantities.toml")
    hedges = {word: hedge for hedge in vocabulary.hedges for word in hedge.words}
    vague = {word: hedge for hedge in vocabulary.vague for word in hedge.words}
    units = {word: unit for unit, words in vocabulary.units.items() for word in words}
    hedge = rf"(?P<hedge>{_any(hedges)})"
    many = rf"(?:{_any(MULTIPLIERS)})\b"
    tens = [word for word, value in CARDINALS.items() if value >= 20]
    ones = [word for word, value in CARDINALS.items() if value < 20]
    compound = rf"(?:{'|'.join(tens)})(?:[- ](?:{'|'.join(ones[1:10])}))?"
    word = rf"(?P<word>{compound}|{'|'.join(ones)}|an?(?=\s+{many}))"
    multiplier = rf"(?:\s+(?P<multiplier>{many}))?"
    number = rf"(?:(?P<digits>{_DIGITS})(?!\S*[^\W\d])(?:\s*(?:-|–|to)\s*(?P<to>{_DIGITS}))?|{word}\b)"
    flags = re.IGNORECASE
    return _Reader(
        hedges=hedges,
        vague=vague,
        units=units,
        vague_pattern=re.compile(rf"\s*{_BEFORE}(?P<vague>{_any(vague)})\b", flags),
        number_pattern=re.compile(rf"\s*(?:{hedge}\s+)?{_BEFORE}[$€£]?{number}{multiplier}", flags),
        hedge_ending=re.compile(rf"\b{hedge}\s*$", flags),
        unit_pattern=re.compile(rf"\s*(?:of\s+)?(?P<unit>{_any(units)})\b", flags),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
