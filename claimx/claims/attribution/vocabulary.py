"""The word classes of `rules/attribution.toml`, as sets of forms."""

import functools

from claimx.rules.files import Strict, read_bundled
from claimx.rules.inflection import verb_forms

Words = frozenset[str]


class VerbClasses(Strict):
    """Verb classes by name, as lemmas; what each is for stands beside it in the file."""

    saying: Words
    telling: Words
    naming: Words
    quoting: Words
    perceiving: Words
    withholding: Words
    wondering: Words
    tagging: Words
    declaring: Words
    proposing: Words
    showing: Words
    receiving: Words
    conversing: Words
    scorning: Words
    acting: Words
    willing: Words
    planning: Words
    gaining: Words
    letting: Words
    putting: Words


class WordClasses(Strict):
    """Word classes by name, as they stand in a text, lower case."""

    relaying: Words
    relay_nouns: Words
    transcripts: Words
    proposals: Words
    charging: Words
    shares: Words
    uttering: Words
    audiences: Words
    owned_audiences: Words
    site_endings: Words
    reported: Words
    falsity: Words
    falsely: Words
    dismissing: Words
    contested: Words
    willed: Words
    earliest: Words
    tidings: Words
    nobody: Words
    contentless: Words
    named: Words
    clause_openers: Words
    free_relatives: Words
    relative_pronouns: Words
    adjuncts: Words
    conditions: Words
    supposing: Words
    joining: Words
    parting: Words
    conceding: Words
    not_describing: Words
    no_tag: Words
    elsewhere: Words
    elided: Words
    signposts: Words
    name_joints: Words
    outlet_endings: Words


class _File(Strict):
    verbs: VerbClasses
    words: WordClasses


@functools.cache
def _read() -> _File:
    return read_bundled(_File, "attribution.toml")


def _inflected(verbs: VerbClasses) -> VerbClasses:
    classes = {name: frozenset(form for lemma in lemmas for form in verb_forms(lemma)) for name, lemmas in verbs}
    return VerbClasses(**classes)


VERBS = _inflected(_read().verbs)
"""Verb classes in all their forms."""
WORDS = _read().words
