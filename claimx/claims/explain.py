"""Rules held to their own examples, and the story of one sentence: which rules looked, and why they fired."""

from collections.abc import Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from claimx.claims.attribution import Attributed, find_attributions
from claimx.claims.candidates import Candidate
from claimx.claims.movement.assemble import find_movements, find_movements_by_rules
from claimx.claims.movement.evidence import refusal
from claimx.claims.movement.triggers import find_triggers
from claimx.claims.nouns import Kinds
from claimx.claims.roles import find_roles
from claimx.records import ROLES
from claimx.rules.loader import RuleSet
from claimx.rules.schema import Example, MovementRule, ReportingRule, RuleFile, SayingExample, StatusRule

Rule = MovementRule | StatusRule | ReportingRule
Sentence = Example | SayingExample


def check_examples(pack: RuleFile, rules: RuleSet, nlp: Language) -> list[str]:
    """Return one line for each example of the pack that does not hold under `rules`; an empty list when all do."""
    failures: list[str] = []
    for doc, (rule, example) in nlp.pipe(_examples(pack), as_tuples=True, batch_size=32):
        faults = _match_faults(rule, example, rules, doc) if example else _ignore_faults(rule, rules, doc)
        failures += [f"{rule.id}: {fault}" for fault in faults]
    return failures


def _examples(pack: RuleFile) -> Iterator[tuple[str, tuple[Rule, Sentence | None]]]:
    """Yield each sentence with its rule and, where it has to match, what it has to give."""
    rules_of_pack: tuple[Rule, ...] = (*pack.movement, *pack.status, *pack.reporting)
    for rule in rules_of_pack:
        for example in rule.matches:
            wanted = Example(text=example) if isinstance(example, str) else example
            yield wanted.text, (rule, wanted)
        for text in rule.ignores:
            yield text, (rule, None)


def match_faults(rule: Rule, example: Sentence, rules: RuleSet, nlp: Language) -> list[str]:
    """Return what is wrong with a sentence in which the rule must fire: it is silent, or a role or status differs."""
    return _match_faults(rule, example, rules, nlp(example.text))


def _match_faults(rule: Rule, example: Sentence, rules: RuleSet, doc: Doc) -> list[str]:
    if isinstance(example, SayingExample):
        said = [_missing(found, example) for found in _sayings(rule, rules, doc)]
        return min(said, key=len) if said else [f"does not fire in {example.text!r}"]
    movements = list(find_movements_by_rules(doc, rules))
    if example.trigger:
        movements = [m for m in movements if m.trigger.span.text == example.trigger]
    fired = [m for m in movements if rule.id in m.rules]
    if not fired:
        return [f"does not fire in {example.text!r}"]
    faults = [_differences(movement, example) for movement in fired]
    best = min(faults, key=len)
    return [f"{difference} in {example.text!r}" for difference in best]


def ignore_faults(rule: Rule, text: str, rules: RuleSet, nlp: Language) -> list[str]:
    """Return what is wrong with a sentence in which the rule must stay silent."""
    return _ignore_faults(rule, rules, nlp(text))


def _sayings(rule: Rule, rules: RuleSet, doc: Doc) -> list[Attributed]:
    return [found for found in find_attributions(doc, lexicon=rules.lexicon) if found.rule == rule.id]


def _missing(found: Attributed, example: SayingExample) -> list[str]:
    """Return what a saying lacks of what an example wants."""
    held: dict[str, Any] = {name: span and span.text for name, span in (("source", found.source), ("cue", found.cue))}
    held["content"] = tuple(span.text for span in found.content)
    wanted = {name: value for name in held if (value := getattr(example, name))}
    return [f"{n} is {held[n]!r}, not {w!r} in {example.text!r}" for n, w in wanted.items() if held[n] != w]


def _ignore_faults(rule: Rule, rules: RuleSet, doc: Doc) -> list[str]:
    if isinstance(rule, ReportingRule):
        return [f"fires on {found.cue and found.cue.text!r} in {doc.text!r}" for found in _sayings(rule, rules, doc)]
    fired = [m for m in find_movements_by_rules(doc, rules) if rule.id in m.rules]
    return [f"fires on {m.trigger.span.text!r} in {doc.text!r}" for m in fired]


def explain(sentence: str, rules: RuleSet, nlp: Language) -> Iterator[str]:
    """Yield lines that say which rules look at the sentence, what fills their roles, and why they fire or do not."""
    doc = nlp(sentence)
    kinds = Kinds(rules)
    looked = False
    for candidates in find_triggers(doc, rules):
        for trigger in candidates:
            looked = True
            fillers = find_roles(trigger, kinds)
            reason = refusal(trigger, fillers, kinds)
            verdict = f"is silent: {reason}" if reason else "fires"
            yield f"{trigger.span.text!r}: rule {trigger.rule.id} ({trigger.rule.frame}) {verdict}"
            for role in ROLES:
                if role in fillers.roles:
                    head = fillers.roles[role].head
                    kind = kinds.of(head) or "of no known class"
                    yield f"    {role}: {fillers.roles[role].as_span().text!r} ({kind})"
            if not reason:
                break
    for movement in find_movements(doc, rules, kinds):
        cue = f", cue {movement.status_cue.text!r}" if movement.status_cue is not None else ""
        yield f"claim {movement.trigger.span.text!r}: {movement.status}{cue}; rules {', '.join(movement.rules)}"
    if not looked:
        yield "no rule knows a word of it"


def _differences(movement: Candidate, example: Example) -> list[str]:
    found = []
    for role in ROLES:
        wanted = getattr(example, role)
        got = movement.roles[role].text if role in movement.roles else None
        if wanted is not None and got != wanted:
            found.append(f"{role} is {got!r}, not {wanted!r},")
        if role in example.absent and got is not None:
            found.append(f"{role} is {got!r}, not absent,")
    if example.status is not None and movement.status != example.status:
        found.append(f"status is {movement.status}, not {example.status},")
    return found
