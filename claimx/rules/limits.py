"""How much a rule pack may be: beyond these limits checking it, or analysing with it, would take minutes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from claimx.rules.schema import MovementRule, ReportingRule, RuleFile, StatusRule

MAX_BYTES = 500_000  # bytes of a pack; all of claimx's own movement rules have 25,000
MAX_RULES = 500  # rules of a pack; claimx's own are 60
MAX_WORDS = 10_000  # verbs, nouns, phrases and other words of a pack
MAX_WORD = 100  # characters of one of them
MAX_EXAMPLES = 2_000  # sentences that the rules of a pack match or ignore; claimx's own have 400
MAX_EXAMPLE = 1_000  # characters of one such sentence
MAX_EXAMPLES_TEXT = 100_000  # characters of all such sentences
# rules or phrases that begin with one word, all of which are tried wherever it stands; claimx's own have 7
MAX_ALIKE = 50


def pack_excess(pack: RuleFile) -> str | None:
    """Return what is too much about a pack, or None."""
    rules: tuple[MovementRule | StatusRule | ReportingRule, ...] = (*pack.movement, *pack.status, *pack.reporting)
    if len(rules) > MAX_RULES:
        return f"more than {MAX_RULES:,} rules"
    words = [word for rule in rules for word in _words(rule)]
    words += [noun for group in pack.noun_class for noun in group.nouns]
    words += [word for kind in pack.source_nouns for word in (*kind.nouns, *kind.names)]
    if len(words) > MAX_WORDS:
        return f"more than {MAX_WORDS:,} words"
    if any(len(word) > MAX_WORD for word in words):
        return f"a word or phrase of more than {MAX_WORD:,} characters"
    sizes = [
        len(example if isinstance(example, str) else example.text)
        for rule in rules
        for example in (*rule.matches, *rule.ignores)
    ]
    if len(sizes) > MAX_EXAMPLES:
        return f"more than {MAX_EXAMPLES:,} sentences to match or ignore"
    if max(sizes, default=0) > MAX_EXAMPLE:
        return f"a sentence to match or ignore of more than {MAX_EXAMPLE:,} characters"
    if sum(sizes) > MAX_EXAMPLES_TEXT:
        return f"sentences to match or ignore of more than {MAX_EXAMPLES_TEXT:,} characters"
    return None


def index_excess(*indexes: Mapping[str, Sequence[Any]]) -> str | None:
    """Return what is too much about rules by the words that they begin with, or None."""
    for index in indexes:
        for word, found in index.items():
            if len(found) > MAX_ALIKE:
                return f"more than {MAX_ALIKE:,} rules or phrases that begin with {word!r}"
    return None


def _words(rule: Any) -> Iterator[str]:
    """Yield the words of a rule, whatever their lists are called; its sentences are none."""
    for name in type(rule).model_fields:
        value = getattr(rule, name)
        if name not in ("matches", "ignores") and isinstance(value, (tuple, dict)):
            yield from value
