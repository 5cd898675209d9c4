"""Names of vehicles and weapons put into training sentences, since hardly any corpus marks them.

Before a noun such as *helicopters* or *missile* a name of that kind is inserted (*two Mi-8 helicopters*), now and then
two with *and* between. The names and nouns are in ``hardware.toml``.
"""

import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from claimx_training import entity_labels as labels
from claimx_training.sentences import NOT_ANNOTATED, Sentence
from claimx_training.vocabulary import read_vocabulary

_INSERT: Final = 0.3
_SECOND: Final = 0.15

Split = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Hardware:
    """The nouns of vehicles and weapons (singular and plural, to their kind) and the names of each kind."""

    kinds: dict[str, str]
    names: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def read_hardware() -> Hardware:
    """The words of ``hardware.toml``."""
    with (Path(__file__).parent / "hardware.toml").open("rb") as file:
        table = tomllib.load(file)
    kinds: dict[str, str] = {}
    for kind, words in table.items():
        for noun in words["nouns"]:
            kinds[noun] = kind
            kinds[noun + "s"] = kind
    kinds |= {"lorries": "vehicle", "ferries": "vehicle", "buses": "vehicle", "minibuses": "vehicle"}
    return Hardware(kinds, {kind: tuple(words["names"]) for kind, words in table.items()})


def hardware_class(word: str) -> str:
    """``vehicle`` or ``weapon`` for a common noun that is one beyond doubt, else ""."""
    return read_hardware().kinds.get(word, "")


def mark_hardware(words: list[str], classes: list[str]) -> list[str]:
    """`classes` with the class of each vehicle and weapon among the words of a text without parts of speech.

    Words after a sign of a verb (*to train*) are left alone.
    """
    signs = read_vocabulary().verbs.signs
    return [
        (hardware_class(word) or known)
        if known == NOT_ANNOTATED and (index == 0 or words[index - 1].lower() not in signs)
        else known
        for index, (word, known) in enumerate(zip(words, classes, strict=True))
    ]


def insert_names(sentence: Sentence, split: Split, chance: random.Random) -> Sentence:
    """The sentence, sometimes with a name before its first vehicle or weapon."""
    hardware = read_hardware()
    for index, word in enumerate(sentence.words):
        kind = hardware.kinds.get(word)
        if kind and chance.random() < _INSERT:
            size = len(sentence.words)
            sentence = sentence.copy(
                entities=sentence.entities or [labels.ANYTHING] * size,
                noun_classes=sentence.noun_classes or [NOT_ANNOTATED] * size,
            )
            names = chance.sample(hardware.names[kind], 2 if chance.random() < _SECOND else 1)
            return _inserted(sentence, _place(sentence, index), index, names, kind, split)
    return sentence


def _place(sentence: Sentence, noun: int) -> int:
    if sentence.heads is not None and sentence.deprels is not None:
        at = noun
        while at > 0 and sentence.heads[at - 1] == noun and sentence.deprels[at - 1] in {"compound", "amod"}:
            at -= 1
        # not between "air" and the hyphen of "air-defence systems"
        return at if not any(mark in sentence.words[at:noun] for mark in "-–") else noun
    before = sentence.words[noun - 1] if noun else ""
    return (
        noun - 1 if before in {"cargo", "fighter", "cruise", "ballistic", "transport", "military", "surface"} else noun
    )


def _inserted(sentence: Sentence, at: int, noun: int, names: list[str], kind: str, split: Split) -> Sentence:
    words: list[str] = []
    tags: list[tuple[str, str]] = []  # xpos, deprel
    heads: list[int] = []
    masks: list[int] = []
    first = 0
    for number, name in enumerate(names):
        if number:
            words.append("and")
            tags.append(("CC", "cc"))
            heads.append(len(words))
            masks.append(labels.outside(()))
        parts = [part for word in name.split() for part in split(word)]
        own = len(words)
        for position, part in enumerate(parts):
            mark = part in {"-", "/"}
            words.append(part)
            tags.append(("HYPH" if mark else "NNP", "punct" if mark else ("flat" if position else "compound")))
            heads.append(own)
            masks.append(labels.inside({kind.upper()}) if position else labels.begin({kind.upper()}))
        heads[own] = -1 if number == 0 else first
        if number:
            tags[own] = ("NNP", "conj")
    return _spliced(sentence, at, noun, words, tags, heads, masks, kind)


def _spliced(
    sentence: Sentence,
    at: int,
    noun: int,
    words: list[str],
    tags: list[tuple[str, str]],
    heads: list[int],
    masks: list[int],
    kind: str,
) -> Sentence:
    size = len(words)

    def put(layer: list[str] | None, new: list[str]) -> list[str] | None:
        return None if layer is None else [*layer[:at], *new, *layer[at:]]

    changes: dict[str, object] = {
        "words": put(sentence.words, words),
        "spaces": [*sentence.spaces[:at], *[True] * size, *sentence.spaces[at:]],
        "upos": put(sentence.upos, [{"NNP": "PROPN", "CC": "CCONJ"}.get(tag, "PUNCT") for tag, _ in tags]),
        "xpos": put(sentence.xpos, [tag for tag, _ in tags]),
        "feats": put(sentence.feats, ["Number=Sing" if tag == "NNP" else "" for tag, _ in tags]),
        "lemmas": put(sentence.lemmas, words),
        "deprels": put(sentence.deprels, [relation for _, relation in tags]),
    }
    if sentence.heads is not None:
        moved = [head + size if head >= at else head for head in sentence.heads]
        new = [noun + size if head < 0 else at + head for head in heads]
        changes["heads"] = [*moved[:at], *new, *moved[at:]]
    if sentence.entities is not None:
        changes["entities"] = [*sentence.entities[:at], *masks, *sentence.entities[at:]]
    if sentence.noun_classes is not None:
        classes = [kind if tag == "NNP" else ("" if tag in {"CC", "HYPH"} else NOT_ANNOTATED) for tag, _ in tags]
        changes["noun_classes"] = put(sentence.noun_classes, classes)
    return sentence.copy(**changes)
