"""The reporting lexicon: which words attribute, what they take as content, and what kind of source a noun names."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from claimx.records import SourceKind
from claimx.rules.inflection import verb_forms
from claimx.rules.schema import ReportingRule, RuleFile

if TYPE_CHECKING:
    from spacy.tokens import Token

_Rule = TypeVar("_Rule")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The reporting rules with their look-up tables.

    `verbs` maps every form of a verb to the rules it may follow; `nouns` and `adjectives` map lemmas; `phrases` the
    first word of a phrase to (words, rule). `saying` holds the lemmas of verbs by which somebody says something.
    `source_nouns` maps a noun to the kind of source it names; `outlets` are names.
    """

    rules: tuple[ReportingRule, ...]
    verbs: Mapping[str, tuple[ReportingRule, ...]] = field(repr=False)
    nouns: Mapping[str, tuple[ReportingRule, ...]] = field(repr=False)
    adjectives: Mapping[str, tuple[ReportingRule, ...]] = field(repr=False)
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], ReportingRule], ...]] = field(repr=False)
    saying: frozenset[str] = field(repr=False)
    source_nouns: Mapping[str, SourceKind] = field(repr=False)
    outlets: frozenset[str] = field(repr=False)
    any_verb: ReportingRule = field(repr=False)
    """The rule for a verb that reports by its place alone, after a quotation."""

    def rules_of(self, verb: "Token") -> tuple[ReportingRule, ...]:
        """Return the rules that a verb may follow, with the particle that it has."""
        rules = self.verbs.get(verb.lower_, ())
        if not any(rule.particle for rule in rules):
            return rules
        following = verb.doc[verb.i + 1 : verb.i + 2].text.lower()
        particles = {following, *(child.lower_ for child in verb.children if child.i > verb.i)}
        return tuple(rule for rule in rules if not rule.particle or rule.particle in particles)


def build_lexicon(files: Iterable[RuleFile]) -> Lexicon:
    """Return the look-up tables over some files; the first rule of an id counts, and goes before others."""
    files = list(files)
    by_id: dict[str, ReportingRule] = {}
    for file in files:
        for rule in file.reporting:
            by_id.setdefault(rule.id, rule)
    rules = tuple(by_id.values())
    kinds: dict[str, SourceKind] = {}
    names: set[str] = set()
    for file in files:
        for group in file.source_nouns:
            names.update(group.names)
            for noun in group.nouns:
                for form in _with_plural(noun):
                    kinds.setdefault(form, group.kind)
    return Lexicon(
        rules=rules,
        verbs=_by_form(((rule, rule.verbs) for rule in rules), verb_forms),
        nouns=_by_form(((rule, rule.nouns) for rule in rules), _with_plural),
        adjectives=_by_form(((rule, rule.adjectives) for rule in rules), lambda lemma: {lemma}),
        phrases=index_phrases((phrase, rule) for rule in rules for phrase in rule.phrases),
        saying=frozenset(verb for rule in rules if rule.is_saying for verb in rule.verbs),
        source_nouns=kinds,
        outlets=frozenset(names),
        any_verb=next((rule for rule in rules if rule.id == "utter"), rules[0]),
    )


def index_phrases(
    phrases: Iterable[tuple[str, _Rule]], forms_of: Callable[[str, _Rule], Iterable[str]] = lambda word, _: (word,)
) -> dict[str, tuple[tuple[tuple[str, ...], _Rule], ...]]:
    """Return phrases with their rules by the forms of their first words, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], _Rule]]] = {}
    for phrase, rule in phrases:
        words = tuple(phrase.split())
        for form in forms_of(words[0], rule):
            found.setdefault(form, []).append((words, rule))
    return {word: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for word, pairs in found.items()}


def _by_form(
    listed: Iterable[tuple[ReportingRule, Iterable[str]]], forms_of: Callable[[str], Iterable[str]]
) -> dict[str, tuple[ReportingRule, ...]]:
    found: dict[str, list[ReportingRule]] = {}
    for rule, lemmas in listed:
        for lemma in dict.fromkeys(lemmas):
            for form in forms_of(lemma):
                found.setdefault(form, []).append(rule)
    return {form: tuple(rules) for form, rules in found.items()}


def _with_plural(noun: str) -> set[str]:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return {noun, f"{noun[:-1]}ies"}
    if noun.endswith("man"):
        return {noun, f"{noun[:-3]}men"}
    return {noun, f"{noun}es" if noun.endswith(("s", "sh", "ch", "x")) else f"{noun}s"}
