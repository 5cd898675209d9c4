"""Is it so? The factuality status of a trigger, by cue words whose scope the parse bounds.

After ConText (Harkema et al., 2009, J. Biomed. Inform. 42): every cue has a status, a direction of reach and
pseudo-cues. Instead of a window of words, the walk goes from the trigger up through the clauses and nouns that
govern it, and ends where a relative clause, an apposition or an adverbial clause closes the scope.
"""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from claimx.claims.triggers import Trigger
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR
from claimx.rules.loader import RuleSet
from claimx.rules.schema import Status, StatusRule

RANK: dict[Status, int] = {"asserted": 0, "hedged": 1, "prospective": 2, "unclear": 3, "negated": 4}
"""Which status wins where several apply: the higher."""

_COMPLEMENT = frozenset({"xcomp", "ccomp", "csubj", "csubj:pass", "csubjpass", "pcomp", "csubj:outer"})


def assess_status(trigger: Trigger, rules: RuleSet) -> tuple[Status, Span | None, tuple[str, ...]]:
    """Return the trigger's status, the cue that decides it (None when asserted) and the ids of the cues found."""
    found = [(rule, span) for rule, span in _cues(trigger, rules)]
    if _is_question(trigger.token) and not found:
        return "unclear", None, ("question",)
    if not found:
        return "asserted", None, ()
    best_rule, best_span = max(found, key=lambda pair: RANK[pair[0].status])
    return best_rule.status, best_span, tuple(dict.fromkeys(rule.id for rule, _ in found))


def _cues(trigger: Trigger, rules: RuleSet) -> Iterator[tuple[StatusRule, Span]]:
    token = trigger.token
    yield from _modifiers(token, rules, verbal=trigger.kind != "noun")
    if trigger.kind == "noun":
        yield from _noun_premodifiers(token, rules)
    below = token
    while (head := syntax.governor(below)) is not None:
        if below.dep_ == "conj":
            yield from _shared_with_first(below, head, rules)
            below = head
            continue
        nominal = _is_event_noun_step(below, trigger)
        if _is_complement(below, head, rules):
            if _neither_confirms_nor_denies(head):
                yield from _match_words(("confirm", "or", "deny"), head, rules)
                return
            yield from _governing(head, below, rules)
            yield from _clause_marker(below, rules)
            if below.dep_ == "ccomp" and syntax.is_finite(below) and head.lemma_.lower() in GRAMMAR.reporting_verbs:
                return  # what surrounds an act of saying does not change what is said
            yield from _modifiers(head, rules, verbal=True)
        elif _is_purpose(below):
            yield from _purpose(below, rules)
            return
        elif nominal:
            yield from _governing_noun(head, below, rules)
            if head.pos_ in {"VERB", "AUX"}:
                if head.lemma_.lower() in GRAMMAR.aspect_verbs or _has_object_cue(head, rules):
                    yield from _modifiers(head, rules, verbal=True)
                else:
                    return
        elif below.dep_ == "advcl" and _opens_with(below, {"before", "after", "while", "without", "when", "as"}):
            yield from _clause_marker(below, rules)
            if _opens_with(below, {"before"}):
                yield from (pair for pair in _modifiers(head, rules, verbal=True) if pair[0].status == "prospective")
            return
        else:
            yield from _clause_marker(below, rules)
            if below.dep_ in {"advcl"} and not syntax.is_finite(below) and below.i > head.i:
                yield from (pair for pair in _modifiers(head, rules, verbal=True) if pair[0].status == "prospective")
            return
        below = head


def _is_complement(below: Token, head: Token, rules: RuleSet) -> bool:
    """Return whether the clause is what its governor is about, labelled as such or not (*barred **from entering***)."""
    if below.dep_ in _COMPLEMENT:
        return True
    if syntax.is_finite(below):
        if below.dep_ in {"acl", *syntax.RELATIVES} and _has_mark(below, "that"):
            return True  # *rumours that …*
        return (
            below.dep_ in {"advcl", "acl", "parataxis"}
            and _opens_with(below, {"if", "whether"})
            and _has_complement_cue(head, rules)
        )
    if below.dep_ == "acl":
        return _is_infinitive(below) or _is_after_preposition(below)
    if below.dep_ in {"advcl", "obl", "nmod"}:
        return head.lemma_.lower() in GRAMMAR.permitting_verbs or _has_complement_cue(head, rules)
    return False


def _has_complement_cue(head: Token, rules: RuleSet) -> bool:
    return any(True for word in _complement_words(head) for _ in _match(word, rules, {"complement"}))


def _has_mark(clause: Token, word: str) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == word for child in clause.children)


def _complement_words(head: Token) -> list[Token]:
    """Return the governor and the adjective that says what it says (*remains **unclear***)."""
    return [
        head,
        *(c for c in head.children if c.dep_ in {"xcomp", "acomp", "oprd", "attr"} and c.pos_ in {"ADJ", "ADV"}),
    ]


def _is_after_preposition(verb: Token) -> bool:
    return verb.dep_ == "pcomp" or any(
        c.dep_ in {"case", "mark"} and c.i < verb.i and c.lower_ != "to" for c in verb.children
    )


def _modifiers(token: Token, rules: RuleSet, *, verbal: bool) -> Iterator[tuple[StatusRule, Span]]:
    for child in token.children:
        if child.i == token.i or child.dep_ in {"conj", "ccomp", "advcl", "parataxis"}:
            continue
        if child.dep_ in {
            "aux",
            "advmod",
            "neg",
            "mark",
            "det",
            "cc",
            "cc:preconj",
            "acomp",
            "case",
            "discourse",
            "amod",
        }:
            if not verbal and child.dep_ in {"aux"}:
                continue
            if child.dep_ in {"det", "case"} and child.lower_ not in {"no", "without", "neither"}:
                continue
            yield from _match(child, rules, {"modifier"})
        elif child.dep_ in syntax.SUBJECTS or child.dep_ in syntax.OBJECTS:
            for det in child.children:
                if det.dep_ in {"det", "neg"} and det.lower_ in {"no", "neither"}:
                    yield from _match(det, rules, {"modifier"})
            if child.lower_ in {"nobody", "none", "nothing"} or child.lower_ == "no":
                negation = next((r for r in rules.status if r.id == "negation"), None)
                if negation is not None and child.dep_ in syntax.SUBJECTS:
                    yield negation, token.doc[child.i : child.i + 1]


def _noun_premodifiers(noun: Token, rules: RuleSet) -> Iterator[tuple[StatusRule, Span]]:
    for child in noun.children:
        if child.i < noun.i and child.dep_ in {"amod", "compound", "det"}:
            yield from _match(child, rules, {"object"})


def _shared_with_first(below: Token, first: Token, rules: RuleSet) -> Iterator[tuple[StatusRule, Span]]:
    """Yield what a coordinated verb shares with the first: auxiliaries and negation, if it has none of its own."""
    own = any(child.dep_ in syntax.AUXILIARIES or child.dep_ in syntax.SUBJECTS for child in below.children)
    if own and not _is_infinitive(below):
        return
    if syntax.is_finite(below) and below.tag_ in {"VBD", "VBZ", "VBP"} and first.tag_ not in {"VBD", "VBZ", "VBP"}:
        return
    yield from (
        pair
        for pair in _modifiers(first, rules, verbal=True)
        if pair[1].root.dep_ != "advmod" or pair[0].status == "negated"
    )


def _governing(head: Token, below: Token, rules: RuleSet) -> Iterator[tuple[StatusRule, Span]]:
    """Yield the cues that a governor sets over its complement."""
    infinitive = _is_infinitive(below) or _is_gerund(below)
    for word in _complement_words(head):
        for rule, span in _match(word, rules, {"complement"}):
            if (
                rule.needs_infinitive
                and not infinitive
                and not (rule.id == "intention" and _is_subjunctive(head, below))
            ):
                continue
            if rule.id == "belief-passive" and not (
                syntax.is_passive(head) or head.lemma_.lower() in {"seem", "appear"}
            ):
                continue
            if word.lemma_.lower() in {"be", "go", "have"} and not _is_semi_modal(head, below):
                continue
            yield rule, span
    if head.pos_ == "NOUN":  # *plans to send*
        yield from _match(head, rules, {"object"})


def _neither_confirms_nor_denies(verb: Token) -> bool:
    words = {t.lower_ for t in syntax.conjuncts(syntax.first_conjunct(verb))}
    return words >= {"confirm", "deny"}


def _is_subjunctive(head: Token, below: Token) -> bool:
    """Return whether a finite complement is what is wanted, not what is (*demanded that X leave, promised X will*)."""
    wanted = below.tag_ == "VB" or any(c.dep_ == "aux" and c.tag_ == "MD" for c in below.children)
    return wanted and head.lemma_.lower() in GRAMMAR.mandative_verbs


def _is_semi_modal(head: Token, below: Token) -> bool:
    """Return whether *be/have/going* + *to* is a modal (*is to travel, has to leave, is going to send*)."""
    return _is_infinitive(below) and (head.lemma_.lower() != "go" or head.tag_ == "VBG")


def _governing_noun(head: Token, below: Token, rules: RuleSet) -> Iterator[tuple[StatusRule, Span]]:
    yield from _match(head, rules, {"object"})


def _has_object_cue(head: Token, rules: RuleSet) -> bool:
    return any(True for _ in _match(head, rules, {"object"}))


def _is_event_noun_step(below: Token, trigger: Trigger) -> bool:
    """Return whether the step up goes from an event noun to what is said of it (*cancelled the **visit***)."""
    if below.i != trigger.token.i and below.pos_ not in {"NOUN"}:
        return False
    if trigger.kind == "verb" and below.pos_ != "NOUN":
        return False
    return below.dep_ in syntax.OBJECTS | syntax.SUBJECTS | {"nmod", "obl", "pobj", "prep", "compound", "nmod:poss"}


def _is_purpose(token: Token) -> bool:
    return token.dep_ == "advcl" and _is_infinitive(token)


def _purpose(token: Token, rules: RuleSet) -> Iterator[tuple[StatusRule, Span]]:
    """Yield the cue of an infinitive of purpose (*in an effort **to reach***): what is aimed at is not yet so."""
    rule = next((r for r in rules.status if r.id == "intention"), None)
    marker = next((c for c in token.children if c.lower_ == "to"), None)
    if rule is not None and marker is not None:
        yield rule, token.doc[marker.i : marker.i + 1]


def _clause_marker(clause: Token, rules: RuleSet) -> Iterator[tuple[StatusRule, Span]]:
    for child in clause.children:
        if child.dep_ in {"mark", "advmod", "cc", "prep", "case"} and child.i < clause.i:
            for rule, span in _match(child, rules, {"clause"}):
                if rule.id == "condition" and child.lower_ == "if" and clause.dep_ in {"ccomp", "csubj"}:
                    rule = next((r for r in rules.status if r.id == "left-open"), rule)  # indirect question
                yield rule, span


def _opens_with(clause: Token, words: set[str]) -> bool:
    return any(c.lower_ in words and c.i < clause.i for c in clause.children)


def _is_infinitive(token: Token) -> bool:
    return any(c.lower_ == "to" and c.i < token.i and c.dep_ in {"mark", "aux"} for c in token.children)


def _is_gerund(token: Token) -> bool:
    return (
        token.tag_ == "VBG"
        or any(c.dep_ in {"case", "mark"} and c.pos_ == "ADP" for c in token.children)
        or token.tag_ == "VB"
    )


def _is_question(token: Token) -> bool:
    sent = token.sent
    last = next((t for t in reversed(sent) if not t.is_space and t.text not in {'"', "”", "'", "’", ")"}), None)
    return last is not None and last.text == "?"


def _match(token: Token, rules: RuleSet, reaches: set[str]) -> Iterator[tuple[StatusRule, Span]]:
    for key in dict.fromkeys((token.lemma_.lower(), token.lower_)):
        for words, rule in rules.status_words.get(key, ()):
            if rule.reach in reaches and _follows(token, words) and not _is_pseudo(token, rule):
                yield rule, token.doc[token.i : token.i + len(words)]
                return


def _match_words(words: tuple[str, ...], token: Token, rules: RuleSet) -> Iterator[tuple[StatusRule, Span]]:
    for candidate, rule in rules.status_words.get(words[0], ()):
        if candidate == words:
            yield rule, token.doc[token.i : token.i + 1]


def _follows(token: Token, words: tuple[str, ...]) -> bool:
    tail = token.doc[token.i + 1 : token.i + len(words)]
    return len(tail) == len(words) - 1 and all(
        word in {t.lower_, t.lemma_.lower()} for t, word in zip(tail, words[1:], strict=True)
    )


def _is_pseudo(token: Token, rule: StatusRule) -> bool:
    for phrase in rule.pseudo:
        words = tuple(phrase.split())
        if words[0] in {token.lower_, token.lemma_.lower()} and _follows(token, words):
            return True
        if len(words) > 1 and token.lower_ == words[1] and token.i and token.nbor(-1).lower_ == words[0]:
            return True
    return False
