"""Inflected forms of a verb, so that a rule's verb is found even where a lemmatizer slips."""

import functools
import tomllib
from importlib import resources
from typing import Any

_VOWELS = "aeiou"


def verb_forms(lemma: str) -> frozenset[str]:
    """Return the lemma's forms, lower case: itself, -s, -ing, past and past participle, irregular ones from data."""
    data = _data()
    irregular = data["irregular"].get(lemma, ())
    forms = {lemma, _third_person(lemma), _with_suffix(lemma, "ing"), *irregular, *data["also"].get(lemma, ())}
    if not irregular:
        forms.add(_with_suffix(lemma, "ed"))
    return frozenset(forms)


@functools.cache
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files("claimx.rules") / "inflection.toml").read_text(encoding="utf-8"))


def _third_person(lemma: str) -> str:
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        return f"{lemma}es"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return f"{lemma[:-1]}ies"
    return f"{lemma}s"


def _with_suffix(lemma: str, suffix: str) -> str:
    if lemma in _data()["doubling"]["verbs"]:
        return f"{lemma}{lemma[-1]}{suffix}"
    if lemma in _data()["irregular_k"]["verbs"]:
        return f"{lemma}k{suffix}"
    if lemma.endswith("ee"):
        return f"{lemma}ing" if suffix == "ing" else f"{lemma}d"
    if lemma.endswith("e"):
        return f"{lemma[:-1]}{suffix}"
    if suffix == "ed" and lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return f"{lemma[:-1]}ied"
    return f"{lemma}{suffix}"
