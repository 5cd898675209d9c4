"""Rule files into one RuleSet, with the look-up tables that the finders need."""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from operator import itemgetter
from pathlib import Path

from claimx.bounded import open_at_once, read_at_most
from claimx.errors import RuleError
from claimx.records import MOVEMENT
from claimx.rules import limits
from claimx.rules.coreference import Vocabulary, vocabulary
from claimx.rules.files import parse_toml
from claimx.rules.inflection import verb_forms
from claimx.rules.kinds import KIND_FILE, check_kinds
from claimx.rules.lexicon import Lexicon, build_lexicon, index_phrases
from claimx.rules.nouns import Nouns, index_nouns
from claimx.rules.schema import MovementRule, RuleFile, StatusRule, Way

_BUNDLED = ("movement", "status", "reporting")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules in force, indexed by lemma.

    `verbs` maps a verb's lemma to the (particle, rule) pairs to try, the particle "" for none; `verb_lemmas` an
    inflected form to its lemma; `nouns` an event noun's lemma to its rule; `phrases` a phrase's first word to
    (words, rule); `status_words` likewise for status cues. `classes` says what nouns name,
    `coreference` what coreference goes by, `lexicon` who says what.
    """

    movement: tuple[MovementRule, ...]
    status: tuple[StatusRule, ...]
    classes: Nouns = field(repr=False)
    coreference: Vocabulary = field(repr=False)
    lexicon: Lexicon = field(repr=False)
    verbs: Mapping[str, tuple[tuple[str, MovementRule], ...]] = field(repr=False)
    verb_lemmas: Mapping[str, str] = field(repr=False)
    nouns: Mapping[str, MovementRule] = field(repr=False)
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], MovementRule], ...]] = field(repr=False)
    status_words: Mapping[str, tuple[tuple[tuple[str, ...], StatusRule], ...]] = field(repr=False)
    by_id: Mapping[str, MovementRule] = field(repr=False)
    """The movement rules by their ids."""
    own: frozenset[str] = frozenset()
    """The ids of the rules that come from users' packs."""
    kinds: tuple[str, ...] = (MOVEMENT,)
    """The kinds of claims that are looked for."""

    def ways_of(self, form: str) -> frozenset[Way]:
        """Return which ways a form of a verb may go."""
        lemma = self.verb_lemmas.get(form, "")
        return frozenset(rule.goes for _, rule in self.verbs.get(lemma, ()) if rule.goes)


def load_rules(packs: Iterable[str | Path] = (), *, kinds: Iterable[str] = (MOVEMENT,)) -> RuleSet:
    """Return the bundled rules with the users' rule packs added; a pack's rule replaces a bundled one of the same id.

    `kinds` are the kinds of claims to look for. Raises RuleError naming the file, the rule and the key where a pack is
    not valid, or the kind that is none.
    """
    chosen = check_kinds(kinds)
    added = [read_pack(path) for path in packs]
    files = [*_bundled(), *added]
    movement = {rule.id: rule for file in files for rule in file.movement}
    status = _status_by_id(files)
    verbs: dict[str, list[tuple[str, MovementRule]]] = {}
    for rule in movement.values():
        for verb in rule.verbs:
            lemma, _, particle = verb.partition(" ")
            verbs.setdefault(lemma, []).append((particle, rule))
    classes = index_nouns(group for file in added for group in file.noun_class)
    lexicon = build_lexicon([*added, *_bundled()])
    rules = RuleSet(
        movement=tuple(movement.values()),
        status=tuple(status.values()),
        classes=classes,
        coreference=vocabulary(classes, lexicon),
        lexicon=lexicon,
        verbs={lemma: tuple(sorted(pairs, key=itemgetter(0), reverse=True)) for lemma, pairs in verbs.items()},
        verb_lemmas={form: lemma for lemma in verbs for form in verb_forms(lemma)},
        nouns={noun: rule for rule in movement.values() for noun in rule.nouns},
        phrases=index_phrases((phrase, rule) for rule in movement.values() for phrase in rule.phrases),
        status_words=index_phrases(
            ((words, cue) for cue in status.values() for words in cue.words),
            lambda word, cue: (word,) if cue.reach == "modifier" else verb_forms(word),
        ),
        by_id=movement,
        own=frozenset(rule.id for file in added for rule in file.movement),
        kinds=chosen,
    )
    if excess := limits.index_excess(rules.verbs, rules.phrases, rules.status_words, rules.lexicon.verbs):
        raise RuleError(f"the rule packs together have {excess}; leave some out, or join them")
    return rules


def _status_by_id(files: Iterable[RuleFile]) -> dict[str, StatusRule]:
    """Return the last rule of each id; where it says no sort, it has that of the rule that it replaces."""
    found: dict[str, StatusRule] = {}
    for rule in (rule for file in files for rule in file.status):
        replaced = found.get(rule.id)
        found[rule.id] = rule.model_copy(update={"sort": replaced.sort}) if replaced and rule.sort is None else rule
    return found


@functools.cache
def bundled_rules() -> RuleSet:
    """Return the rules that claimx brings, indexed once."""
    return load_rules()


def read_pack(path: str | Path) -> RuleFile:
    """Return one rule file, checked against the schema and the limits of packs."""
    try:
        with open_at_once(path) as file:
            data = read_at_most(file, limits.MAX_BYTES)
        text = None if data is None else data.decode("utf-8").replace("\r\n", "\n")
    except (OSError, ValueError) as error:  # ValueError: no UTF-8, or a NUL character in the name
        reason = (error.strerror or error) if isinstance(error, OSError) else "not UTF-8 text"
        raise RuleError(f"{path}: cannot read this rule pack ({reason}); give a TOML file") from error
    if text is None:
        raise RuleError(f"{path}: larger than {limits.MAX_BYTES:,} bytes; a rule pack is small, split it")
    pack = parse_toml(RuleFile, text, str(path))
    if excess := limits.pack_excess(pack):
        raise RuleError(f"{path}: {excess}; split it into packs that are used and checked one by one")
    return pack


@functools.cache
def _bundled() -> tuple[RuleFile, ...]:
    folder = resources.files("claimx.rules")
    found = []
    for name in _BUNDLED:
        entry = folder / name
        files = sorted(entry.iterdir(), key=lambda item: item.name) if entry.is_dir() else [folder / f"{name}.toml"]
        found += [
            parse_toml(RuleFile, file.read_text(encoding="utf-8"), file.name)
            for file in files
            if file.name.endswith(".toml") and file.name != KIND_FILE
        ]
    return tuple(found)
