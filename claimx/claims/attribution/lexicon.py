"""The reporting lexicon: which words attribute, what they take as content, and what kind of source a noun names."""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Literal

from pydantic import Field, model_validator
from spacy.tokens import Token

from claimx.records import SourceKind
from claimx.rules.files import Strict, parse_toml
from claimx.rules.inflection import verb_forms
from claimx.rules.schema import Identifier, Words

Mode = Literal["speech", "writing", "evidence", "thought", "intention", "request", "judgment", "topic"]
Stance = Literal["neutral", "factive", "doubtful", "denial", "intention"]
Frame = Literal[
    "clause", "quote", "infinitive", "gerund", "object", "object_infinitive", "on_infinitive", "predicate",
    "predicate_of_subject", "as", "host", "estimate", "passive:infinitive",
]  # fmt: skip


class Example(Strict):
    """A sentence in which a rule must fire, with what it must find (verbatim)."""

    text: str
    source: str | None = None
    cue: str | None = None
    content: tuple[str, ...] = ()


class ReportingRule(Strict):
    """One class of reporting words that take the same complements.

    `takes` and `prepositions` say which complements are content; `vouches` for which of them the source says that the
    content is so (by default clause, quote, gerund and host of speech and writing). `passive` lets the subject of a
    passive be content (*is expected to leave*). `stance` is what the word adds: whether the content is presented as
    known (factive), open to doubt, denied, or only intended.
    """

    id: Identifier
    mode: Mode
    stance: Stance = "neutral"
    verbs: Words = ()
    nouns: Words = ()
    adjectives: Words = ()
    phrases: Words = ()
    takes: tuple[Frame, ...] = ()
    prepositions: Words = ()
    vouches: tuple[Frame, ...] | None = None
    unsourced: tuple[str, ...] = ()
    """Complements with which the words are a saying also where nobody is named (*asked **whether** it sank, …*)."""
    passive: bool = False
    source_kinds: tuple[SourceKind, ...] = ()
    """The kinds of source that vouch, where others only think (*the **institute** assessed that*); all if empty."""
    vouched_prepositions: Words = ()
    """Prepositions whose phrase the source vouches for (*claims **of** an incursion*)."""
    particle: str = ""
    """The particle without which the verb says nothing (*pointed **out** that*); none if empty."""
    not_sources: Words = ()
    """Nouns that, after a phrase, make it a measure (*according to their age*)."""
    matches: tuple[Example, ...] = Field(min_length=1)
    ignores: Words = Field(min_length=1)

    @model_validator(mode="after")
    def _has_words(self) -> "ReportingRule":
        if not (self.verbs or self.nouns or self.adjectives or self.phrases):
            raise ValueError("a rule needs verbs, nouns, adjectives or phrases")
        if not (self.takes or self.prepositions):
            raise ValueError("a rule needs takes or prepositions")
        return self

    def says(self, frame: str) -> bool:
        """Return whether, with this complement, the source vouches for the content."""
        if frame.removeprefix("passive:").removeprefix("prep:") in self.vouched_prepositions:
            return True
        if self.vouches is not None:
            return frame in self.vouches
        return self.mode in {"speech", "writing"} and frame in {"clause", "quote", "gerund", "host"}


class SourceNouns(Strict):
    """Nouns (and names) that tell what kind of source a phrase names."""

    kind: SourceKind
    nouns: Words = ()
    names: Words = ()


class ReportingFile(Strict):
    """One TOML file of the reporting lexicon."""

    reporting: tuple[ReportingRule, ...] = ()
    source_nouns: tuple[SourceNouns, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The reporting rules with their look-up tables.

    `verbs` maps every form of a verb to the rules it may follow; `nouns` and `adjectives` map lemmas; `phrases` the
    first word of a phrase to (words, rule); `source_nouns` a noun to the kind of source it names; `outlets` are names.
    """

    rules: tuple[ReportingRule, ...]
    verbs: Mapping[str, tuple[ReportingRule, ...]] = field(repr=False)
    nouns: Mapping[str, tuple[ReportingRule, ...]] = field(repr=False)
    adjectives: Mapping[str, tuple[ReportingRule, ...]] = field(repr=False)
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], ReportingRule], ...]] = field(repr=False)
    source_nouns: Mapping[str, SourceKind] = field(repr=False)
    outlets: frozenset[str] = field(repr=False)
    any_verb: ReportingRule = field(repr=False)
    """The rule for a verb that reports by its place alone, after a quotation."""

    def rules_of(self, verb: Token) -> tuple[ReportingRule, ...]:
        """Return the rules that a verb may follow, with the particle that it has."""
        rules = self.verbs.get(verb.lower_, ())
        if not any(rule.particle for rule in rules):
            return rules
        following = verb.doc[verb.i + 1 : verb.i + 2].text.lower()
        particles = {following, *(child.lower_ for child in verb.children if child.i > verb.i)}
        return tuple(rule for rule in rules if not rule.particle or rule.particle in particles)


@functools.cache
def load_lexicon() -> Lexicon:
    """Return the bundled reporting lexicon."""
    folder = resources.files("claimx.rules") / "reporting"
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    return build_lexicon(parse_toml(ReportingFile, file.read_text(encoding="utf-8"), file.name) for file in files)


def build_lexicon(files: Iterable[ReportingFile]) -> Lexicon:
    """Return the look-up tables over some reporting files."""
    files = list(files)
    rules = tuple(rule for file in files for rule in file.reporting)
    verbs: dict[str, list[ReportingRule]] = {}
    nouns: dict[str, list[ReportingRule]] = {}
    adjectives: dict[str, list[ReportingRule]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], ReportingRule]]] = {}
    for rule in rules:
        for lemma in dict.fromkeys(rule.verbs):
            for form in verb_forms(lemma):
                verbs.setdefault(form, []).append(rule)
        for lemma in dict.fromkeys(rule.nouns):
            for form in {lemma, *_plurals(lemma)}:
                nouns.setdefault(form, []).append(rule)
        for lemma in dict.fromkeys(rule.adjectives):
            adjectives.setdefault(lemma, []).append(rule)
        for phrase in rule.phrases:
            words = tuple(phrase.split())
            phrases.setdefault(words[0], []).append((words, rule))
    kinds: dict[str, SourceKind] = {}
    names: set[str] = set()
    for file in files:
        for group in file.source_nouns:
            names.update(group.names)
            for noun in group.nouns:
                for form in {noun, *_plurals(noun)}:
                    kinds.setdefault(form, group.kind)
    return Lexicon(
        rules=rules,
        verbs={form: tuple(found) for form, found in verbs.items()},
        nouns={form: tuple(found) for form, found in nouns.items()},
        adjectives={form: tuple(found) for form, found in adjectives.items()},
        phrases={word: tuple(sorted(found, key=lambda item: -len(item[0]))) for word, found in phrases.items()},
        source_nouns=kinds,
        outlets=frozenset(names),
        any_verb=next((rule for rule in rules if rule.id == "utter"), rules[0]),
    )


def _plurals(noun: str) -> tuple[str, ...]:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return (f"{noun[:-1]}ies",)
    if noun.endswith("man"):
        return (f"{noun[:-3]}men",)
    if noun.endswith(("s", "sh", "ch", "x")):
        return (f"{noun}es",)
    return (f"{noun}s",)
