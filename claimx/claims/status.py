"""Is it so? The factuality status of a trigger, by cue words whose scope the parse bounds.

After ConText (Harkema et al., 2009, J. Biomed. Inform. 42): every cue has a status, a direction of reach and
pseudo-cues. Instead of a window of words, the walk goes from the trigger up through the clauses and nouns that
govern it, and ends where a relative clause, an apposition or an act of saying closes the scope.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from claimx.claims.triggers import Trigger
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR
from claimx.rules.loader import RuleSet
from claimx.rules.schema import Reach, Status, StatusRule

RANK: dict[Status, int] = {"asserted": 0, "hedged": 1, "prospective": 2, "unclear": 3, "negated": 4}
"""Which status wins where several apply: the higher."""

Cue = tuple[StatusRule, Span]

_COMPLEMENT = frozenset({"xcomp", "ccomp", "csubj", "csubj:pass", "csubjpass", "pcomp", "csubj:outer"})
_MODIFIERS = frozenset({"aux", "advmod", "neg", "mark", "cc", "cc:preconj", "acomp", "discourse", "amod"})
_EVENT_STEPS = syntax.OBJECTS | syntax.SUBJECTS | {"nmod", "obl", "pobj", "prep", "compound", "nmod:poss"}
_BEFORE_NOUN = frozenset({"amod", "compound", "det"})


def assess_status(trigger: Trigger, rules: RuleSet) -> tuple[Status, Span | None, tuple[str, ...]]:
    """Return the trigger's status, the cue that decides it (None when asserted) and the ids of the cues found."""
    if open_cue := _confirm_or_deny(trigger.span, rules):
        return open_cue[0].status, open_cue[1], (open_cue[0].id,)
    found = list(_Walk(rules, trigger).cues())
    if any(rule.status == "asserted" for rule, _ in found):  # *complied with demands to leave*
        found = [(rule, span) for rule, span in found if rule.status != "prospective"]
    if not found:
        return ("unclear", None, ("question",)) if _is_question(trigger.token) else ("asserted", None, ())
    rule, span = max(found, key=lambda cue: RANK[cue[0].status])
    ids = tuple(dict.fromkeys(rule.id for rule, _ in found))
    return rule.status, span if rule.status != "asserted" else None, ids


@dataclass(frozen=True, slots=True)
class _Walk:
    """The way up from a trigger, and the cues beside it."""

    rules: RuleSet
    trigger: Trigger

    def cues(self) -> Iterator[Cue]:
        """Yield the cues in whose scope the trigger stands, nearest first."""
        token = self.trigger.token
        is_noun = self.trigger.kind == "noun"
        predicate = any(child.dep_ == "cop" for child in token.children)
        yield from self._modifiers(token, verbal=not is_noun or predicate)
        if is_noun:
            for child in token.children:
                if child.i < token.i and child.dep_ in _BEFORE_NOUN:
                    yield from self._match(child, "object")
        if not is_noun and syntax.governor(token) is None and _is_infinitive(token):
            yield from self._intended(token)  # a headline: *Queen to visit Japan*
        yield from self._above(token)

    def _above(self, below: Token) -> Iterator[Cue]:
        head = syntax.governor(below)
        if head is None:
            return
        if below.dep_ == "conj":
            yield from self._shared_with_first(below, head)
            yield from self._above(head)
        elif self._is_complement(below, head):
            yield from self._over_complement(below, head)
        elif below.dep_ == "advcl" and _is_infinitive(below):
            if head.lemma_.lower() == "use":  # *used a van to carry the arms*: the use says that they did
                yield from self._modifiers(head, verbal=True)
                yield from self._above(head)
            else:
                yield from self._intended(below)
        elif self._is_event_step(below):
            yield from self._over_event(below, head)
        elif below.dep_ in {"advcl", "obl", "advcl:relcl"}:
            yield from self._marker(below)
            if _is_not_past(below):  # *will rest before **heading** home*
                yield from (cue for cue in self._modifiers(head, verbal=True) if cue[0].status == "prospective")
                yield from (cue for cue in self._above(head) if cue[0].status == "prospective")
        else:
            yield from self._marker(below)

    def _over_complement(self, below: Token, head: Token) -> Iterator[Cue]:
        if head.lemma_.lower() in {"stop", "cease", "quit", "halt"} and below.tag_ == "VBG" and not _preposition(below):
            return  # what is stopped has been going on
        yield from self._governing(below, head)
        markers = list(self._marker(below))
        yield from markers
        if any(rule.status == "unclear" for rule, _ in markers):
            return  # *it is not known whether*: what is not known is left open
        if below.dep_ == "ccomp" and syntax.is_finite(below) and head.lemma_.lower() in GRAMMAR.reporting_verbs:
            return  # what surrounds an act of saying does not change what is said
        yield from self._modifiers(head, verbal=True)
        if syntax.governor(head) is None and _is_infinitive(head):
            yield from self._intended(head)
        yield from self._above(head)

    def _over_event(self, below: Token, head: Token) -> Iterator[Cue]:
        preposition = syntax.preposition_of(below)
        if head.pos_ not in {"VERB", "AUX"}:
            yield from self._match(head, "object")
            yield from self._above(head)
            return
        oblique = bool(preposition) and below.dep_ not in syntax.OBJECTS | syntax.SUBJECTS
        cues = list(self._match(head, "object")) if not oblique or preposition in {"for", "on", "with"} else []
        yield from cues
        if cues or head.lemma_.lower() in GRAMMAR.aspect_verbs:
            yield from self._modifiers(head, verbal=True)
            yield from self._above(head)
        elif below.dep_ in syntax.SUBJECTS:  # *any incursion would be met with force*
            yield from (cue for cue in self._modifiers(head, verbal=True) if cue[0].id == "modal-future")

    # ---- where cues stand

    def _modifiers(self, token: Token, *, verbal: bool) -> Iterator[Cue]:
        for child in token.children:
            if (child.dep_ in _MODIFIERS and (verbal or child.dep_ != "aux")) or (
                child.dep_ in {"det", "case"} and child.lower_ in GRAMMAR.negative_determiners
            ):
                yield from self._match(child, "modifier")
            elif child.dep_ in syntax.SUBJECTS | syntax.OBJECTS:
                yield from self._negative_participant(child)
            if child.i < token.i and child.pos_ == "ADJ" and child.dep_ in {"advcl", "xcomp", "acomp", "dep", "mark"}:
                yield from self._match(child, "complement")  # *is **due** to leave*, read as *is to leave, due*
        if verbal and _is_to_be(token):
            yield from self._intended(token)

    def _negative_participant(self, noun: Token) -> Iterator[Cue]:
        for child in noun.children:
            if child.dep_ in {"det", "neg"} and child.lower_ in {"no", "neither"}:
                yield from self._match(child, "modifier")
        if noun.dep_ in syntax.SUBJECTS and noun.lower_ in {"nobody", "none", "nothing"}:
            yield from self._named("negation", noun)

    def _shared_with_first(self, below: Token, first: Token) -> Iterator[Cue]:
        """Yield what a coordinated verb shares with the first: auxiliaries, negation, hedges, if it has none itself."""
        has_auxiliary = any(child.dep_ in syntax.AUXILIARIES for child in below.children)
        has_subject = any(child.dep_ in syntax.SUBJECTS for child in below.children)
        bare_participle = syntax.is_past_participle(below) and not has_auxiliary
        if (has_auxiliary or (has_subject and not bare_participle)) and not _is_infinitive(below):
            return
        if below.tag_ in {"VBD", "VBZ", "VBP"} and first.tag_ not in {"VBD", "VBZ", "VBP"}:
            return
        for rule, span in self._modifiers(first, verbal=True):
            if span.root.dep_ != "advmod" or rule.status == "negated" or bare_participle:
                yield rule, span

    def _governing(self, below: Token, head: Token) -> Iterator[Cue]:
        infinitive = _is_infinitive(below) or below.tag_ in {"VBG", "VB"} or bool(_preposition(below))
        for word in _complement_words(head):
            if word.pos_ == "ADJ" and any(child.lower_ == "too" for child in word.children):
                yield from self._named("refusal", word)
            for rule, span in self._match(word, "complement"):
                if (
                    rule.needs_infinitive
                    and not infinitive
                    and not (rule.id == "intention" and _is_wanted(below, head))
                ):
                    continue
                if rule.id == "belief-passive" and not (
                    syntax.is_passive(head) or head.lemma_.lower() in {"seem", "appear"}
                ):
                    continue
                if word.lemma_.lower() in {"be", "go", "have", "get"} and not _is_semi_modal(below, head):
                    continue
                yield rule, span
        if head.pos_ == "NOUN":  # *plans to send*
            yield from self._match(head, "object")

    def _marker(self, clause: Token) -> Iterator[Cue]:
        for child in clause.children:
            if child.dep_ in {"mark", "advmod", "cc", "prep", "case"} and child.i < clause.i:
                for rule, span in self._match(child, "clause"):
                    if child.lower_ == "if" and clause.dep_ in {"ccomp", "csubj"}:
                        yield from self._named("left-open", child)  # an indirect question
                    else:
                        yield rule, span

    def _intended(self, verb: Token) -> Iterator[Cue]:
        marker = next((c for c in verb.children if c.lower_ == "to" and c.i < verb.i), None)
        if marker is not None:
            yield from self._named("intention", marker)

    # ---- steps

    def _is_complement(self, below: Token, head: Token) -> bool:
        """Return whether the clause is what its governor is about, labelled so or not (*barred **from entering***)."""
        if below.dep_ in _COMPLEMENT:
            return True
        if syntax.is_finite(below):
            if below.dep_ in {"acl", *syntax.RELATIVES} and _has_mark(below, "that"):
                return True  # *rumours that …*
            indirect_question = below.dep_ in {"advcl", "acl", "parataxis"} and (
                _has_mark(below, "if") or _has_mark(below, "whether")
            )
            return indirect_question and self._has_complement_cue(head)
        if below.pos_ not in {"VERB", "AUX"}:
            return False
        if below.dep_ == "acl":
            return _is_infinitive(below) or bool(_preposition(below))
        if below.dep_ in {"advcl", "obl", "nmod"}:
            reaches_down = _is_infinitive(below) or _preposition(below) in GRAMMAR.complement_prepositions
            permits = head.lemma_.lower() in GRAMMAR.permitting_verbs
            return reaches_down and (permits or self._has_complement_cue(head))
        return False

    def _is_event_step(self, below: Token) -> bool:
        """Return whether the step up goes from an event noun to what is said of it (*cancelled the **visit***)."""
        if below.pos_ != "NOUN" and not (below.i == self.trigger.token.i and self.trigger.kind == "noun"):
            return False
        return below.dep_ in _EVENT_STEPS

    def _has_complement_cue(self, head: Token) -> bool:
        return any(True for word in _complement_words(head) for _ in self._match(word, "complement"))

    # ---- words

    def _match(self, token: Token, reach: Reach) -> Iterator[Cue]:
        for key in dict.fromkeys((token.lower_, token.lemma_.lower())):
            for words, rule in self.rules.status_words.get(key, ()):
                if rule.reach != reach or not _follows(token, words) or _is_pseudo(token, rule):
                    continue
                if rule.part_of_speech and token.pos_ != rule.part_of_speech:
                    continue
                yield rule, token.doc[token.i : token.i + len(words)]

    def _named(self, rule_id: str, token: Token) -> Iterator[Cue]:
        for rule in self.rules.status:
            if rule.id == rule_id:
                yield rule, token.doc[token.i : token.i + 1]


def _confirm_or_deny(span: Span, rules: RuleSet) -> Cue | None:
    """Return the cue where somebody will neither confirm nor deny the trigger's clause."""
    before = span.doc[max(span.sent.start, span.start - 8) : span.start]
    for first, second, third in zip(before, before[1:], before[2:], strict=False):
        if (
            first.lower_ in {"confirm", "confirmed"}
            and second.lower_ in {"or", "nor"}
            and third.lower_ in {"deny", "denied"}
        ):
            for rule in rules.status:
                if rule.id == "open-question":
                    return rule, span.doc[first.i : third.i + 1]
    return None


def _complement_words(head: Token) -> list[Token]:
    """Return the governor and the adjective that says what it says (*remains **unclear***)."""
    predicates = (c for c in head.children if c.dep_ in {"xcomp", "acomp", "oprd", "attr"} and c.pos_ in {"ADJ", "ADV"})
    return [head, *predicates]


def _preposition(verb: Token) -> str:
    """Return the preposition or conjunction that a gerund stands under (*barred **from** entering*), "" if none."""
    if verb.dep_ == "pcomp":
        return verb.head.lower_
    return next(
        (c.lower_ for c in verb.children if c.dep_ in {"case", "mark"} and c.i < verb.i and c.lower_ != "to"), ""
    )


def _has_mark(clause: Token, word: str) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == word for child in clause.children)


def _is_infinitive(token: Token) -> bool:
    return any(c.lower_ == "to" and c.i < token.i and c.dep_ in {"mark", "aux"} for c in token.children)


def _is_to_be(verb: Token) -> bool:
    """Return whether *be* + *to* marks what is arranged (*were **to be taken** to Munich*)."""
    be = [c.i for c in verb.children if c.dep_ in {*syntax.AUXILIARIES, "cop"} and c.lower_ in GRAMMAR.finite_be]
    return bool(be) and any(c.lower_ == "to" and c.pos_ == "PART" and be[0] < c.i < verb.i for c in verb.children)


def _is_not_past(clause: Token) -> bool:
    """Return whether an adverbial clause may lie ahead: no past tense in it (*when she **arrives***)."""
    verbs = [clause, *(c for c in clause.children if c.dep_ in syntax.AUXILIARIES)]
    return not any(t.tag_ == "VBD" for t in verbs) and not any(t.lower_ in {"has", "have", "had"} for t in verbs[1:])


def _is_semi_modal(below: Token, head: Token) -> bool:
    """Return whether *be/have/going/got* + *to* is a modal (*is to travel, has to leave, is going to send*)."""
    return _is_infinitive(below) and (head.lemma_.lower() != "go" or head.tag_ == "VBG")


def _is_wanted(below: Token, head: Token) -> bool:
    """Return whether a finite complement is what is wanted, not what is (*demanded that X leave, promised X will*)."""
    wanted = below.tag_ == "VB" or any(c.dep_ == "aux" and c.tag_ == "MD" for c in below.children)
    return wanted and head.lemma_.lower() in GRAMMAR.mandative_verbs


def _is_question(token: Token) -> bool:
    closing = {'"', "”", "'", "’", ")"}
    last = next((t for t in reversed(token.sent) if not t.is_space and t.text not in closing), None)
    return last is not None and last.text == "?"


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
