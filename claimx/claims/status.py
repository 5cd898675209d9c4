"""Is it so? The factuality status of a trigger: what each predicate that embeds it makes of it, from the inside out.

After ConText (Harkema et al., 2009, J. Biomed. Inform. 42) for cues with a reach and pseudo-cues, and Karttunen (1971,
*Implicative Verbs*) and Saurí and Pustejovsky (2009, *FactBank*) for classes of embedding predicates. Instead of a
window of words, the walk goes from the trigger up through the clauses and nouns that govern it, and ends where a
relative clause, an apposition or an act of saying closes the scope. Each class of `status.toml` says what it makes of
what it embeds, and what its own negation makes of it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from claimx.claims.attribution.vocabulary import VERBS
from claimx.claims.candidates import TriggerWords
from claimx.language import syntax
from claimx.rules.calendar import DAY_NAMES
from claimx.rules.grammar import GRAMMAR
from claimx.rules.loader import RuleSet
from claimx.rules.schema import Reach, Sort, Status, StatusRule

RANK: dict[Status, int] = {"asserted": 0, "hedged": 1, "prospective": 2, "unclear": 3, "barred": 4, "negated": 5}
"""Which status wins where several apply and no class says otherwise: the higher."""

_COMPLEMENT = frozenset({"xcomp", "ccomp", "csubj", "csubj:pass", "csubjpass", "pcomp", "csubj:outer"})
_MODIFIERS = frozenset({"aux", "advmod", "neg", "mark", "cc", "cc:preconj", "acomp", "discourse", "amod"})
_EVENT_STEPS = syntax.OBJECTS | syntax.SUBJECTS | {"nmod", "obl", "pobj", "prep", "compound", "nmod:poss"}
_BEFORE_NOUN = frozenset({"amod", "compound", "det"})
_NEGATION: Sort = "negation"
_ORDINAL = re.compile(r"\d{1,2}(st|nd|rd|th)")
_SEEMING = frozenset({"seem", "appear"})
_WANTED = frozenset({"plan", "call-for"})


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that bear on the trigger: the class they belong to, and the predicate (by index) at which they stand."""

    rule: StatusRule
    span: Span
    at: int


def assess_status(trigger: TriggerWords, rules: RuleSet) -> tuple[Status, Span | None, tuple[str, ...]]:
    """Return the trigger's status, the cue that decides it (None when asserted) and the ids of the cues found."""
    walk = _Walk(rules, trigger)
    if open_cue := next(walk.confirm_or_deny(), None):
        return open_cue.rule.status, open_cue.span, (open_cue.rule.id,)
    # a word met on two ways tells but once (*made it **impossible** for them to leave*)
    found = list({(cue.rule.id, cue.span.start): cue for cue in reversed(list(walk.cues()))}.values())[::-1]
    status, span = _composed(found)
    ids = tuple(dict.fromkeys(cue.rule.id for cue in found))
    if _is_asked(trigger.token, found):
        return "unclear", None, (*ids, "question")
    return status, span if status != "asserted" else None, ids


def _composed(cues: Iterable[Cue]) -> tuple[Status, Span | None]:
    """Return what the cues, nearest first, make of a plain clause, and the words that decided it."""
    status: Status = "asserted"
    deciding: Span | None = None
    before: dict[int, list[tuple[StatusRule, Status]]] = {}  # by predicate: its classes, what each of them embedded
    last: tuple[StatusRule, Status, int] | None = None  # the cue before, what it embedded, its predicate
    for cue in cues:
        rule = cue.rule
        embedded = status
        if rule.sort == _NEGATION:
            turned = next(((r, was) for r, was in before.get(cue.at, ()) if r.denied is not None), None)
            if turned is not None and turned[0].denied is not None:
                status = _higher(turned[1], turned[0].denied)
            else:
                status = _higher(status, "negated")
        elif rule.sort in _WANTED and cue.at in before:
            continue  # an order or an attempt, told already as what governs the clause
        elif rule.turns and last is not None and last[0].denied is not None and last[2] != cue.at:
            before.setdefault(cue.at, []).append((rule, status))
            status = _higher(last[1], last[0].denied)  # *refused to allow* is as *did not allow*
        else:
            before.setdefault(cue.at, []).append((rule, status))
            hindered = last is not None and last[0].sort == "hindrance" and status == "negated"
            if hindered and rule.status == "prospective":
                status = "barred"  # *would **stop** them from leaving*: none has been stopped yet
            else:
                status = rule.over.get(status) or _higher(status, rule.status)
        last = (rule, embedded, cue.at)
        if status != embedded:
            deciding = cue.span
    return status, deciding


def _higher(one: Status, other: Status) -> Status:
    return max(one, other, key=RANK.__getitem__)


@dataclass(frozen=True, slots=True)
class _Walk:
    """The way up from a trigger, and the cues beside it."""

    rules: RuleSet
    trigger: TriggerWords

    def cues(self) -> Iterator[Cue]:
        """Yield the cues in whose scope the trigger stands, nearest first."""
        token = self.trigger.token
        is_noun = self.trigger.kind == "noun"
        predicate = any(child.dep_ == "cop" for child in token.children)
        if token.lemma_.lower() in {"order", "due", *GRAMMAR.permitting_verbs}:  # *was ordered out, **let** nobody in*
            yield from self._match(token, "complement", token)
        yield from self._modifiers(token, verbal=not is_noun or predicate)
        if not is_noun:
            yield from self._limited(token)
        if token.dep_ == "acl" and token.head.i < token.i and _is_not_one(token.head.left_edge):
            yield from self._named(_NEGATION, token.head.left_edge, token)  # ***Not one** ship left*, read as a phrase
        if is_noun:
            for child in token.children:
                if child.i < token.i and child.dep_ in _BEFORE_NOUN:
                    for cue in self._match(child, "object", token):
                        if cue.rule.sort != "plan" or child.dep_ != "compound":  # *a campaign stop* took place
                            yield cue
            yield from self._of_participles(token)
        if (unmet := _unmet(token)) is not None:
            yield from self._named("modal-unmet", unmet, token)
        if not is_noun and syntax.governor(token) is None and _is_infinitive(token):
            yield from self._intended(token)  # a headline: *Queen to visit Japan*
        if not is_noun and _is_imperative(token):
            yield from self._named("order", token)
        if _is_futurate(token) or _is_notion(token) or (is_noun and _is_dated_ahead(token)):
            yield from self._named("modal-future", token)
        yield from self._above(token)

    def _above(self, below: Token) -> Iterator[Cue]:
        head = syntax.governor(below)
        if head is None:
            return
        if below.dep_ == "conj":
            if syntax.is_finite(below) and _is_infinitive(head):  # *tried to cross and **was put** into a car*
                yield from self._above(_finite_above(head))
                return
            yield from self._shared_with_first(below, head)
            yield from self._above(head)
        elif below.i == self.trigger.token.i and self.trigger.kind == "noun" and below.dep_ in {"xcomp", "ccomp"}:
            yield from self._over_event(below, head)  # *called off a **trip***, read as *called it a trip*
        elif self._is_complement(below, head):
            yield from self._over_complement(below, head)
        elif below.dep_ == "advcl" and _is_infinitive(below):
            if _is_ranked(head):  # *was the last to leave*
                yield from self._modifiers(head, verbal=True)
            elif head.lemma_.lower() == "use" or _took_time(head) or self._got_there(below, head):  # *used a van to …*
                yield from self._modifiers(head, verbal=True)
                yield from self._above(head)
            else:
                yield from self._for_purpose(below)
        elif self._is_event_step(below):
            yield from self._over_event(below, head)
        elif below.dep_ in {"advcl", "obl", "advcl:relcl"}:
            yield from self._marker(below)
            if _is_waited_for(below):
                yield from self._named("modal-future", below)  # *is shut **until** they have left*
            # *forbade them to profit by **moving** in, whether it will follow Rome in **expelling** them*
            if _preposition(below) in {"by", "in"} and below.tag_ == "VBG":
                yield from self._modifiers(head, verbal=True)
                yield from self._above(head)
            elif _is_not_past(below) and not _is_perfect(self.trigger.token):  # *will rest before **heading** home*
                yield from self._lying_ahead(head)
        elif below.dep_ == "acl" and (verb := _resultative(below)) is not None:  # *could send crowds **fleeing** west*
            yield from self._lying_ahead(verb)
        elif below.dep_ == "acl" and (noun := _told_of(below)) is not None and self._tells(noun, below):
            yield from self._match(noun, "object", noun)  # *the prospect of pilgrims **entering** Denmark*
            yield from self._modifiers(noun, verbal=False)
            yield from self._above(noun)
        elif below.dep_ == "acl" and (predicate := _predicate(head)) is not None:
            # *unclear whether they were fighters **sent** by Paris*: nor is it clear that anybody was sent
            yield from (cue for cue in self._marker(predicate) if cue.rule.status == "unclear")
            yield from self._marker(below)
        else:
            yield from self._marker(below)

    def _tells(self, noun: Token, clause: Token) -> bool:
        """Return whether a noun is about a clause and not about whom it describes (*a ban on*, *the prospect of*)."""
        classes = {"embargo"}
        if syntax.preposition_of(clause.head) not in {"on", "against"}:
            classes |= {"plan", "threat-of"}
        return any(cue.rule.sort in classes for cue in self._match(noun, "object", noun))

    def _lying_ahead(self, head: Token) -> Iterator[Cue]:
        """Yield what makes a clause prospective, and with it what happens along with it."""
        yield from (cue for cue in self._modifiers(head, verbal=True) if cue.rule.status == "prospective")
        yield from (cue for cue in self._above(head) if cue.rule.status == "prospective")

    def _over_complement(self, below: Token, head: Token) -> Iterator[Cue]:
        if head.lemma_.lower() in {"stop", "cease", "quit", "halt"} and below.tag_ == "VBG" and not _preposition(below):
            yield from self._named("ceased", head)
            yield from self._modifiers(head, verbal=True)
            yield from self._above(head)
            return
        if _is_presupposed_question(below):
            return  # *would not say which ships had left*: that some had is in no doubt
        governing = list(self._governing(below, head))
        yield from governing
        if below.dep_ == "acl" and governing:
            yield from self._taken_up(below, head)
        if not governing and below.dep_ == "acl" and _is_infinitive(below) and not _is_done_with(head):
            yield from self._intended(below)  # *a vote **to expel***
        markers = list(self._marker(below))
        yield from markers
        if any(cue.rule.status == "unclear" for cue in markers):
            return  # *it is not known whether*: what is not known is left open
        if syntax.is_finite(below) and any(cue.rule.sort == "factive" for cue in governing):
            return  # what somebody knows or regrets is so, whatever becomes of that
        if below.dep_ == "ccomp" and syntax.is_finite(below) and head.lemma_.lower() in self.rules.lexicon.saying:
            if any(cue.rule.denied is not None for cue in governing):  # *could not **confirm** that*
                yield from (cue for cue in self._modifiers(head, verbal=True) if cue.rule.sort == _NEGATION)
            if head.lemma_.lower() in GRAMMAR.announcing_verbs:
                yield from self._lying_ahead(head)  # *is expected to **announce** that they are leaving*
            return  # what else surrounds an act of saying does not change what is said
        over = syntax.is_finite(below) and not _is_not_past(below)
        for cue in (*self._modifiers(head, verbal=True), *self._above(head)):
            if not (over and cue.rule.sort == "modal-future"):
                yield cue  # *will always **believe** that they were left*: what is over is not to come
        if syntax.governor(head) is None and _is_infinitive(head):
            yield from self._intended(head)

    def _taken_up(self, below: Token, chance: Token) -> Iterator[Cue]:
        """Yield that a chance was taken, where a second verb says so (*saw a chance to leave **and seized it***)."""
        for first in (below, chance.head):
            for second in first.children:
                taken = [o for o in syntax.direct_objects(second) if o.lower_ in {"it", "them"}]
                if second.dep_ == "conj" and second.i > below.i and taken:
                    yield from (cue for cue in self._match(second, "object", second) if cue.rule.sort == "realised")

    def _over_event(self, below: Token, head: Token) -> Iterator[Cue]:
        preposition = syntax.preposition_of(below)
        if _is_ahead(below):
            yield from self._named("ahead", below)
            return
        if head.pos_ not in {"VERB", "AUX"}:
            if preposition in GRAMMAR.beside_prepositions:
                return  # *protests during the visit*
            cues = list(self._match(head, "object", head))
            yield from cues
            predicate = below.dep_ in syntax.SUBJECTS and any(child.dep_ == "cop" for child in head.children)
            for cue in self._modifiers(head, verbal=predicate):
                judged = predicate and not cues and head.pos_ in {"NOUN", "PROPN"}
                guess = cue.span.root.lower_ in {"could", "may", "might"}
                if not judged or not (cue.rule.sort == _NEGATION or guess):
                    yield cue  # *the visit was not a **success**, could be a **sign***: yet there was one
            yield from self._above(head)
            return
        oblique = bool(preposition) and below.dep_ not in syntax.OBJECTS | syntax.SUBJECTS
        cues = list(self._match(head, "object", head)) if not oblique or preposition in {"for", "on", "with"} else []
        if below.dep_ in syntax.SUBJECTS and not syntax.is_passive(head):
            cues = [cue for cue in cues if cue.rule.sort != "cut-off"]  # *the tour stopped in Ghent*
        if oblique and not cues:
            cues = list(self._match_apart(head, preposition, "object"))
        if preposition == "from":  # *spared them from deportation*
            keeping = {"refusal", "hindrance", "prohibition"}
            cues = [cue for cue in self._match(head, "complement", head) if cue.rule.sort in keeping]
        if below.dep_ in syntax.OBJECTS and head.lemma_.lower() in {"deny", "refuse"} and _is_request(below, head):
            cues = list(self._named("embargo", head))  # *was denied a visa, denied him entry*
        if preposition == "against":  # *advised **against** travel to the island*
            cues = [cue for cue in self._match(head, "complement", head) if cue.rule.sort == "order"]
            cues += self._named("advice-against", head) if cues else ()
        if below.dep_ in syntax.OBJECTS:  # *called the report of a shipment **false***
            torn = (c for c in head.children if c.dep_ == "ccomp" and c.i > below.i and not syntax.subjects(c))
            cues += [cue for word in torn for cue in self._match(word, "object", word)]  # *said the report was false*
            cues += [cue for word in _complement_words(head)[1:] for cue in self._match(word, "object", head)]
        if any(cue.rule.sort == "hindrance" for cue in cues) and _is_of_law(head):
            cues = list(self._named("embargo", head))
        yield from cues
        if cues or head.lemma_.lower() in GRAMMAR.aspect_verbs:
            for cue in self._modifiers(head, verbal=True):
                yield cue if cues else replace(cue, at=below.i)  # *do not have the **right***: a right denied
            yield from self._above(head)
        elif below.dep_ in syntax.SUBJECTS | syntax.OBJECTS:  # *any incursion would be met, would welcome a visit*
            if below.dep_ in syntax.SUBJECTS or head.lemma_.lower() not in GRAMMAR.looking_back_verbs:
                yield from (cue for cue in self._modifiers(head, verbal=True) if cue.rule.sort == "modal-future")
        elif oblique and preposition in {"during", "for", "on"}:  # *will meet them **during** his visit*
            yield from self._lying_ahead(head)

    # ---- where cues stand

    def _modifiers(self, token: Token, *, verbal: bool) -> Iterator[Cue]:
        forbids = _forbidding_may(token) or (_forbidden(token) if token.i == self.trigger.token.i else None)
        if forbids is not None:
            yield from self._named("prohibition", forbids, token)
            return
        for child in token.children:
            if child.lower_ in {"'d", "’d"} and token.tag_ == "VBN":
                continue  # *he'd **left***: had, not would
            if child.lower_ in GRAMMAR.guessing_modals and child.dep_ in syntax.AUXILIARIES and _is_perfect(token):
                whole = [cue for cue in self._match(child, "modifier", token) if cue.rule.sort == "modal-perfect"]
                yield from whole or self._named("modal-perfect", child, token)  # *may already have left*
                continue
            if child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no":
                yield from self._match(child.nbor(-1), "modifier", token)
            if child.lower_ == "nowhere":
                yield from self._named(_NEGATION, child, token)
            if (child.dep_ in _MODIFIERS and (verbal or child.dep_ != "aux")) or (
                child.dep_ in {"det", "case"} and child.lower_ in GRAMMAR.negative_determiners
            ):
                for cue in self._match_modifier(child, token):
                    if cue.rule.sort == "modal-future" and _is_seen(token):
                        continue  # *could be **seen** leaving*
                    if cue.rule.sort == "modal-future" and _is_habit(child, token):
                        continue  # *would usually leave at six*
                    if cue.rule.sort == "modal-future" and _is_going_on(child, token):
                        yield from self._named("modal-perfect", child, token)  # *may be crossing*
                        continue
                    yield cue
            elif verbal and child.dep_ == "obl" and child.left_edge.lower_ != "without":  # *tried **in vain** to …*
                yield from self._match_modifier(child.left_edge, token)
            if child.lower_ == "due" and _is_due_to(child, token):
                yield from self._match(child, "complement", token)
            elif (
                child.i < token.i
                and (child.pos_ == "ADJ" or child.tag_ == "JJ")
                and child.dep_ in {"advcl", "xcomp", "acomp", "dep", "mark"}
            ):
                yield from self._match(child, "complement", token)  # *is **due** to leave*, read as *is to leave, due*
        for child in token.children:  # last, since it negates the modals too: *nobody **should** leave*
            if child.dep_ in syntax.SUBJECTS | syntax.OBJECTS:
                yield from self._negative_participant(child, token)
        if verbal and _is_to_be(token):
            if _is_perfect(token):  # *was **to have left***: and did not
                yield from self._named("modal-unmet", token)
            else:
                yield from self._intended(token)
        if verbal and _is_subjunctive(token):
            yield from self._named("intention", token)

    def _match_modifier(self, word: Token, verb: Token) -> Iterator[Cue]:
        """Yield the cues that a word beside a verb is, limits apart, which only permissions have."""
        for cue in self._match(word, "modifier", verb):
            if cue.rule.sort == "limit":
                continue  # *carried it **up to** the deck*
            if cue.rule.sort == _NEGATION and _is_until(verb, word):
                continue  # *will not arrive until Monday*: on Monday it will
            yield cue

    def _limited(self, verb: Token) -> Iterator[Cue]:
        """Yield the limit that a permission sets (*may import **no more than** ten tonnes*)."""
        allows = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in {"may", "can", "could"}), None)
        if allows is not None:
            for token in verb.doc[verb.i + 1 : verb.i + 3]:
                yield from (cue for cue in self._match(token, "modifier", verb) if cue.rule.sort == "limit")
            yield from self._only_for(verb)

    def _only_for(self, verb: Token) -> Iterator[Cue]:
        """Yield the limit that a permission sets by its subject (***only** pilgrims may enter*)."""
        for noun in syntax.subjects(verb):
            if noun.left_edge.lower_ == "only":
                yield from self._match(noun.left_edge, "modifier", verb)

    def _negative_participant(self, noun: Token, verb: Token) -> Iterator[Cue]:
        for child in noun.children:
            if child.dep_ in {"det", "neg"} and child.lower_ in {"no", "neither"}:
                yield from self._match(child, "modifier", verb)
        heard = noun.dep_ in syntax.SUBJECTS or verb.i == self.trigger.token.i  # not *has **nothing** to do with*
        if heard and noun.lower_ in {"nobody", "none", "nothing"} and noun.nbor().lower_ not in {"but", "except"}:
            yield from self._named(_NEGATION, noun, verb)
        if noun.i < verb.i and _is_not_one(noun.left_edge):
            yield from self._named(_NEGATION, noun.left_edge, verb)

    def _shared_with_first(self, below: Token, first: Token) -> Iterator[Cue]:
        """Yield what a coordinated verb shares with the first: auxiliaries, negation, hedges, if it has none itself."""
        has_auxiliary = any(child.dep_ in syntax.AUXILIARIES for child in below.children)
        has_subject = any(child.dep_ in syntax.SUBJECTS for child in below.children)
        bare_participle = syntax.is_past_participle(below) and not has_auxiliary
        if (has_auxiliary or (has_subject and not bare_participle)) and not _is_infinitive(below):
            return
        if below.tag_ in {"VBD", "VBZ", "VBP"} and first.tag_ not in {"VBD", "VBZ", "VBP"}:
            return
        for cue in self._modifiers(first, verbal=True):
            hedge = cue.rule.status == "hedged" and cue.span.start < first.i
            if cue.span.root.dep_ != "advmod" or cue.rule.status == "negated" or hedge or bare_participle:
                yield cue

    def _governing(self, below: Token, head: Token) -> Iterator[Cue]:
        for word in _complement_words(head):
            if word.pos_ == "ADJ" and any(child.lower_ == "too" for child in word.children):
                yield from self._named("refusal", word, head)
            for cue in self._match(word, "complement", head):
                if cue.rule.sort == "hindrance" and _is_of_law(head):
                    yield from self._named("prohibition", word, head)  # *a judge **blocked** him from sending them*
                    continue
                if cue.rule.needs_infinitive and not (
                    _is_nonfinite(below, head)
                    or self._is_wanted(below, head, cue)
                    or (cue.rule.sort == "belief-passive" and _is_impersonal(head))
                ):
                    continue
                if cue.rule.sort == "belief-passive" and not _is_believed(head, below):
                    continue
                if word.lower_ == "supposed" and _is_perfect(below):
                    yield from self._named("belief-passive", word, head)  # *is supposed to **have** left*
                    continue
                if word.lemma_.lower() in {"be", "have"} and any(c.lower_ == "yet" for c in word.children):
                    yield from self._named(_NEGATION, word, head)  # *have **yet** to leave*
                    continue
                if word.lemma_.lower() == "have" and word.tag_ in {"VBD", "VBN"}:
                    continue  # *had to leave*: and did
                if word.lower_ == "got" and _is_perfect(word):
                    yield from self._named("intention", word, head)  # *have got to leave*
                    continue
                if word.lemma_.lower() in {"be", "go", "have", "get"} and not _is_semi_modal(below, head):
                    continue
                if cue.rule.sort == "desire" and _is_infinitive(below) and syntax.direct_objects(head):
                    yield from self._named("wish-for-others", word, head)
                    continue
                yield cue
                if cue.rule.sort == "permission":
                    yield from self._only_for(head)
        if head.pos_ == "NOUN":  # *plans to send*
            yield from self._match(head, "object", head)
        elif below.i > head.i + 2:  # *kept the crowd **from** entering*
            yield from self._match_apart(head, _preposition(below), "complement")

    def _is_wanted(self, below: Token, head: Token, cue: Cue) -> bool:
        """Return whether a finite complement is what is wanted, not what is (*demanded that X leave, vowed X will*)."""
        if cue.rule.sort not in {"intention", "order", "desire"}:
            return False
        helpers = [c for c in below.children if c.dep_ in syntax.AUXILIARIES]
        wanted = below.tag_ == "VB" or any(c.tag_ == "MD" or c.lower_ == "be" for c in helpers)
        wanted |= below.tag_ == "VBP" and not helpers and cue.rule.sort == "order"  # *demanded that they **leave***
        wanted |= cue.rule.sort == "desire" and _is_not_past(below)  # *hopes that the arms **are shipped** out*
        return wanted and head.lemma_.lower() in GRAMMAR.mandative_verbs

    def _marker(self, clause: Token) -> Iterator[Cue]:
        if _is_likened(clause):
            yield from self._named("belief-passive", clause.head, clause)
            return
        measure = clause.head.children if clause.head.lower_ == "long" else ()  # ***as** long as it **lasts***
        for child in (*clause.children, *measure):
            if child.dep_ in {"mark", "advmod", "cc", "prep", "case"} and child.i < clause.i:
                for cue in self._match(child, "clause", clause):
                    asked = clause.dep_ in {"ccomp", "csubj", "csubj:pass"} or self._leaves_open(clause)
                    if cue.rule.sort == "left-open" and _is_infinitive(clause) and not _is_undecided(clause):
                        yield from self._intended(clause)  # *is weighing **whether** to leave*
                    elif child.lower_ == "if" and asked:
                        yield from self._named("left-open", child, clause)  # an indirect question
                    elif cue.rule.sort == "forestalled":
                        yield from [cue] if _is_forestalled(clause) else ()
                    elif cue.rule.sort != "advice-against" or self._advises(clause):
                        yield cue

    def _leaves_open(self, clause: Token) -> bool:
        """Return whether an *if* clause follows a word of knowing or asking, whatever the parse calls it."""
        head = syntax.governor(clause)
        return head is not None and head.i < clause.i and head.lemma_.lower() in GRAMMAR.asking_verbs

    def _advises(self, clause: Token) -> bool:
        head = syntax.governor(clause)
        if head is None:
            return False
        advising = (
            head,
            *(child for child in head.children if child.dep_ in syntax.OBJECTS),
        )  # *joined a **call** against*
        return any(cue.rule.sort == "order" for word in advising for cue in self._match(word, "complement", head))

    def _got_there(self, below: Token, head: Token) -> bool:
        """Return whether who moved for a purpose has reached it by moving (*flew in to **visit** them*)."""
        past = head.tag_ == "VBD" or _is_perfect(head)
        return past and head.lemma_.lower() in self.rules.verbs and below.lemma_.lower() in GRAMMAR.reached_by_moving

    def _of_participles(self, noun: Token) -> Iterator[Cue]:
        """Yield what a participle behind an event noun says of it (*a trip **planned** for May*)."""
        for child in noun.children:
            if child.dep_ == "acl" and child.tag_ == "VBN" and child.i > noun.i:
                yield from (
                    c for c in self._match(child, "object", noun) if c.rule.sort in {"plan", "cancelled", "embargo"}
                )

    def _for_purpose(self, verb: Token) -> Iterator[Cue]:
        """Yield what an infinitive of purpose makes of its clause: what it is to prevent is open too."""
        marker = next((c for c in verb.children if c.lower_ == "to" and c.i < verb.i), None)
        if marker is not None:
            yield from self._named("purpose", marker, verb)

    def _intended(self, verb: Token) -> Iterator[Cue]:
        marker = next((c for c in verb.children if c.lower_ == "to" and c.i < verb.i), None)
        if marker is not None:
            yield from self._named("intention", marker, verb)

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
            bare = below.dep_ == "acl" and head.pos_ == "NOUN"  # *claims he **fled***
            return (indirect_question or bare) and self._has_complement_cue(head)
        if below.pos_ not in {"VERB", "AUX"}:
            return False
        if below.dep_ == "acl":
            return _is_infinitive(below) or bool(_preposition(below)) or self._has_complement_cue(head)
        if below.dep_ in {"advcl", "obl", "nmod"}:
            reaches_down = _is_infinitive(below) or _preposition(below) in GRAMMAR.complement_prepositions
            between = head.doc[head.i + 1 : below.i]
            behind = below.i > head.i  # ***before leaving** he promised to warn them*: he left
            reaches_down |= below.tag_ == "VBG" and behind and all(t.pos_ == "ADV" or t.tag_ == "RP" for t in between)
            if head.lemma_.lower() == "set" and any(c.dep_ in syntax.OBJECTS for c in head.children):
                return False  # *set up a fence to stop them*
            permits = head.lemma_.lower() in GRAMMAR.permitting_verbs
            parted = self._match_apart(head, _preposition(below), "complement")
            return reaches_down and (permits or self._has_complement_cue(head) or next(parted, None) is not None)
        return False

    def _is_event_step(self, below: Token) -> bool:
        """Return whether the step up goes from an event noun to what is said of it (*cancelled the **visit***)."""
        if below.pos_ != "NOUN" and not (below.i == self.trigger.token.i and self.trigger.kind == "noun"):
            return False
        return below.dep_ in _EVENT_STEPS

    def _has_complement_cue(self, head: Token) -> bool:
        return any(True for word in _complement_words(head) for _ in self._match(word, "complement", head))

    # ---- words

    def _match(self, token: Token, reach: Reach, at: Token) -> Iterator[Cue]:
        """Yield the cues that begin at a token; a phrase (*decided against*) keeps its first word from counting."""
        found: list[tuple[int, StatusRule]] = []
        for key in dict.fromkeys((token.lower_, token.lemma_.lower())):
            for words, rule in self.rules.status_words.get(key, ()):
                if rule.reach != reach or not _follows(token, words) or _is_pseudo(token, rule):
                    continue
                if rule.part_of_speech and token.pos_ != rule.part_of_speech:
                    continue
                found.append((len(words), rule))
        longest = max((length for length, _ in found), default=0)
        chosen = {rule.id: rule for length, rule in found if length == longest}
        for rule in chosen.values():
            yield Cue(rule, token.doc[token.i : token.i + longest], at.i)

    def _match_apart(self, verb: Token, preposition: str, reach: Reach) -> Iterator[Cue]:
        """Yield the cues of a verb and its preposition that other words part (*called on Monday **for***)."""
        for words, rule in self.rules.status_words.get(verb.lemma_.lower(), ()):
            parts = {preposition, *(c.lower_ for c in verb.children)}
            if rule.reach == reach and words[-1] == preposition and len(words) > 1 and parts.issuperset(words[1:]):
                yield Cue(rule, verb.doc[verb.i : verb.i + 1], verb.i)

    def _named(self, sort: Sort, token: Token, at: Token | None = None) -> Iterator[Cue]:
        """Yield what a construction means that is as the words of a sort (*is **to** leave*: an intention)."""
        for rule in [rule for rule in self.rules.status if rule.sort == sort][:1]:
            yield Cue(rule, token.doc[token.i : token.i + 1], (at or token).i)

    def confirm_or_deny(self) -> Iterator[Cue]:
        """Yield the cue where somebody will neither confirm nor deny the trigger's clause."""
        span = self.trigger.span
        before = span.doc[max(span.sent.start, span.start - 12) : span.start]
        for first, second, third in zip(before, before[1:], before[2:], strict=False):
            if (
                first.lower_ in {"confirm", "confirmed", "confirms"}
                and second.lower_ in {"or", "nor"}
                and third.lower_ in {"deny", "denied", "denies"}
            ):
                for cue in self._named("open-question", first):
                    yield Cue(cue.rule, span.doc[first.i : third.i + 1], first.i)


def _complement_words(head: Token) -> list[Token]:
    """Return the governor and the adjective that says what it says (*remains **unclear***)."""
    kinds = {"ADJ", "ADV"} if head.lower_ not in VERBS.naming else {"ADJ", "ADV", "NOUN"}
    predicates = (c for c in head.children if c.dep_ in {"xcomp", "acomp", "oprd", "attr"} and c.pos_ in kinds)
    return [head, *predicates]


def _preposition(verb: Token) -> str:
    """Return the preposition or conjunction that a gerund stands under (*barred **from** entering*), "" if none."""
    if verb.dep_ == "pcomp":
        return verb.head.lower_
    return next(
        (
            c.lower_
            for c in verb.children
            if c.dep_ in {"case", "mark"} and c.i < verb.i and c.lower_ not in {"to", "that", "if", "whether"}
        ),
        "",
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
    if any(c.lower_ in {"since", "as", "because", "although"} for c in clause.children if c.dep_ in {"mark", "case"}):
        return False
    verbs = [clause, *(c for c in clause.children if c.dep_ in {*syntax.AUXILIARIES, "cop"})]
    if clause.tag_ == "VBN" and len(verbs) == 1 and not _is_marked(clause):
        return False  # ***brought** to Rome, he will be tried*
    return not any(t.tag_ == "VBD" for t in verbs) and not any(t.lower_ in {"has", "have", "had"} for t in verbs[1:])


def _unmet(verb: Token) -> Token | None:
    """Return the auxiliary of a condition that was not met (***Had** they reached the gate, …*), None elsewhere."""
    had = next((c for c in verb.children if c.dep_ in syntax.AUXILIARIES and c.lower_ == "had"), None)
    subject = next(iter(syntax.subjects(verb)), None)
    if had is None or subject is None or not had.i < subject.i < verb.i:
        return None
    before = had.nbor(-1) if had.i > had.sent.start else None
    opens = before is None or before.is_punct or before.is_quote or before.lower_ in {"and", "but", "that"}
    return had if opens and not any(t.text == "?" for t in had.doc[verb.i : had.sent.end]) else None


def _is_perfect(verb: Token) -> bool:
    return any(c.dep_ in syntax.AUXILIARIES and c.lemma_.lower() == "have" for c in verb.children)


def _is_ahead(noun: Token) -> bool:
    """Return whether a noun stands under *ahead of* or *in advance of*."""
    case = next((c for c in noun.children if c.dep_ in {"case", "prep"} and c.i < noun.i), None)
    return (
        case is not None
        and case.i > 0
        and any(word.lower_ in GRAMMAR.before_prepositions for word in (case, case.nbor(-1)))
    )


def _is_ranked(noun: Token) -> bool:
    """Return whether an infinitive tells what the noun did: *the first to leave, the latest ship to sail*."""
    words = [noun]
    for child in noun.lefts:
        if child.dep_ in {"amod", "nummod", "det", "advmod"}:
            words += [child, *child.lefts]
    return any(word.lower_ in GRAMMAR.ranks or word.tag_ in {"JJS", "RBS"} for word in words)


def _took_time(verb: Token) -> bool:
    """Return whether an infinitive tells what took so long (*took two days **to reach** the town*)."""
    counted = (c for noun in syntax.direct_objects(verb) for c in noun.children if c.dep_ == "nummod")
    return verb.lemma_.lower() == "take" and next(counted, None) is not None


def _is_done_with(noun: Token) -> bool:
    """Return whether an infinitive at the noun tells of what was done (*used a trick, enabled them **to escape***)."""
    doing = noun.dep_ in syntax.OBJECTS and noun.head.lemma_.lower() in {"use", *GRAMMAR.permitting_verbs}
    return doing or _is_ranked(noun)


def _finite_above(verb: Token) -> Token:
    """Return the finite verb that an infinitive depends on, the infinitive itself where there is none."""
    top = verb
    while not syntax.is_finite(top) and top.head.i != top.i and top.dep_ in {"xcomp", "conj", "advcl"}:
        top = top.head
    return top


def _resultative(participle: Token) -> Token | None:
    """Return the verb whose object the participle says what becomes of it (*send crowds **fleeing***)."""
    noun = participle.head
    while noun.dep_ == "nmod":
        noun = noun.head
    verb = noun.head
    fits = noun.dep_ in syntax.OBJECTS and verb.lemma_.lower() in GRAMMAR.resultative_verbs
    return verb if fits and participle.tag_ in {"VBG", "VBN"} else None


def _predicate(noun: Token) -> Token | None:
    """Return the noun that a copula makes a predicate, which this one is or is coordinated with; None elsewhere."""
    first = noun.head if noun.dep_ == "conj" else noun
    return first if any(child.dep_ == "cop" for child in first.children) else None


def _told_of(gerund: Token) -> Token | None:
    """Return the noun that what moves hangs on (*a cap **on** refugees coming, the prospect **of** kings visiting*)."""
    noun = gerund.head
    parted = any(c.dep_ == "nmod" and noun.i < c.i < gerund.i for c in noun.children)
    if noun.dep_ == "nmod" and not parted:
        told = noun.head if syntax.preposition_of(noun) in {"on", "against", "of"} else None
        return told.head if told is not None and told.lemma_.lower() == "number" else told  # *limits the number of*
    return noun if parted else None


def _is_request(noun: Token, verb: Token) -> bool:
    """Return whether what is denied is what somebody asked for: that bars him, and denies no event."""
    asked_for = noun.lemma_.lower() in GRAMMAR.permits
    receiver = any(c.dep_ in {*syntax.INDIRECT_OBJECTS, *syntax.PASSIVE_SUBJECTS} for c in verb.children)
    return asked_for or receiver


def _forbidding_may(verb: Token) -> Token | None:
    """Return *may* where it is denied, which forbids (*may not leave, no pilgrim may leave*); None elsewhere.

    Of arriving and becoming, and of what goes on or is over, it guesses: *may not arrive, may not have left*.
    """
    may = next((c for c in verb.children if c.lower_ == "may" and c.dep_ in syntax.AUXILIARIES), None)
    if may is None or _is_perfect(verb) or _is_going_on(may, verb) or verb.lemma_.lower() in GRAMMAR.befalling_verbs:
        return None
    nobody = any(noun.left_edge.lower_ in {"no", "nobody", "none", "neither"} for noun in syntax.subjects(verb))
    denied = any(c.lower_ in {"not", "never", "nor", "longer"} and c.i < verb.i for c in verb.children)
    return may if denied or nobody else None


def _forbidden(verb: Token) -> Token | None:
    """Return what says that a movement must not be (*was **not** to leave, no Kurd **can** be deported*), else None."""
    denial = next((c for c in verb.children if c.lower_ in syntax.NOT and c.i < verb.i), None)
    if denial is not None and _is_to_be(verb) and not _is_perfect(verb):
        return denial
    can = next((c for c in verb.children if c.lower_ in {"can", "ca"} and c.dep_ in syntax.AUXILIARIES), None)
    nobody = any(noun.left_edge.lower_ in {"no", "none"} for noun in syntax.subjects(verb))
    return can if syntax.is_passive(verb) and (denial is not None or nobody) else None


def _is_seen(verb: Token) -> bool:
    """Return whether what could be seen or heard was there to be (*could be **seen** leaving*)."""
    return verb.lemma_.lower() in {"see", "hear", "spot"} and syntax.is_passive(verb)


def _is_believed(verb: Token, clause: Token) -> bool:
    """Return whether a verb tells what is believed of somebody (*is **said** to, men **said** to, claims to have*)."""
    if syntax.is_passive(verb) or verb.lemma_.lower() in _SEEMING:
        return True
    if not _is_infinitive(clause):
        return False
    return verb.tag_ == "VBN" or (verb.tag_ in {"VBD", "VBZ", "VBP"} and _is_perfect(clause))


def _is_undecided(clause: Token) -> bool:
    """Return whether it is said not to be known or decided *whether to*."""
    head = syntax.governor(clause)
    return head is not None and any(c.lower_ in syntax.NOT | {"never", "yet"} for c in head.children)


def _is_subjunctive(verb: Token) -> bool:
    """Return whether a passive is asked for (*that he **be moved***)."""
    be = next((c for c in verb.children if c.lower_ == "be" and c.dep_ in {"aux:pass", "auxpass", "cop"}), None)
    helpers = [c for c in verb.children if c.dep_ in syntax.AUXILIARIES and c is not be]
    finite = any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.children)
    return be is not None and finite and not any(c.tag_ == "MD" or c.lower_ in {"to", "'ll", "’ll"} for c in helpers)


def _is_waited_for(clause: Token) -> bool:
    """Return whether a clause with *until* tells of what is still to come: no past tense in it."""
    if not any(c.lower_ in {"until", "till"} and c.dep_ == "mark" for c in clause.children):
        return False
    verbs = (clause, *(c for c in clause.children if c.dep_ in syntax.AUXILIARIES))
    return any(v.tag_ in {"VBZ", "VBP"} for v in verbs)


def _is_not_one(opening: Token) -> bool:
    """Return whether a phrase opens with a denial of all (***not one** ship, **not a** single man*; not *not all*)."""
    return opening.lower_ == "not" and opening.nbor().lower_ in {"one", "a", "an"}


def _is_of_law(verb: Token) -> bool:
    """Return whether a law, a court or the like acts, by itself or as the agent of a passive."""
    agents = (c for c in verb.children if syntax.preposition_of(c) == "by")
    return any(n.lemma_.lower() in GRAMMAR.lawgivers for n in (*syntax.subjects(verb), *agents))


def _is_until(verb: Token, negation: Token) -> bool:
    """Return whether a negation only puts off (*not … **until** Monday*)."""
    if _is_infinitive(verb) or any(c.lower_ in {"may", "can", "must", "should", "ca"} for c in verb.children):
        return False
    if negation.lower_ == "not" and negation.nbor().lower_ in {"until", "till"}:
        return True  # ***not until** Monday will they leave*
    return negation.lower_ in syntax.NOT and any(
        word.lower_ in {"until", "till"} and word.dep_ in {"case", "mark", "prep"}
        for child in verb.children
        if child.i > verb.i and child.dep_ in {"obl", "advcl", "prep", "obl:unmarked"}
        for word in (child, *child.children)
    )


def _is_habit(modal: Token, verb: Token) -> bool:
    if modal.lower_ not in {"would", "'d", "’d"}:
        return False
    return any(child.lower_ in GRAMMAR.habits for child in verb.children)


def _is_going_on(modal: Token, verb: Token) -> bool:
    """Return whether a modal guesses at what goes on (*may be crossing*), and does not tell of what is to come."""
    be = any(c.lower_ == "be" and c.dep_ in syntax.AUXILIARIES for c in verb.children)
    return modal.lower_ in {"may", "might", "could"} and verb.tag_ == "VBG" and be and not _has_coming_time(verb)


def _is_due_to(due: Token, verb: Token) -> bool:
    """Return whether *due to* stands before a verb, whatever the parse makes of it (*was **due to** arrive*)."""
    to = any(c.lower_ == "to" for c in due.children)
    base = verb.tag_ == "VB" or any(c.lower_ == "be" and c.dep_ in syntax.AUXILIARIES for c in verb.children)
    return to and base and due.i < verb.i and due.dep_ in {"case", "mark"}


def _is_imperative(verb: Token) -> bool:
    """Return whether a verb commands (*Leave the town! Don't come back*)."""
    if verb.tag_ != "VB" or verb.dep_ not in {"ROOT", "ccomp", "parataxis"} or _is_infinitive(verb):
        return False
    helpers = [c for c in verb.children if c.dep_ in syntax.AUXILIARIES]
    return all(c.lower_ in {"do", "don't"} for c in helpers) and not syntax.subjects(verb) and not _is_marked(verb)


def _is_forestalled(clause: Token) -> bool:
    """Return whether what a clause tells was cut off before it came about (*was caught before she **could leave***)."""
    head = syntax.governor(clause)
    if head is not None and _is_not_past(head):
        return False  # *needs to ask them before it **can return***
    could = any(c.lower_ == "could" for c in clause.children if c.dep_ in syntax.AUXILIARIES)
    return could or (head is not None and head.lemma_.lower() in GRAMMAR.forestalling_verbs)


def _is_marked(clause: Token) -> bool:
    return any(child.dep_ == "mark" for child in clause.children)


def _is_notion(gerund: Token) -> bool:
    """Return whether a gerund as subject names what is thought of (***sending** them is a priority*), no past event."""
    if gerund.tag_ != "VBG" or gerund.dep_ not in {"csubj", "nsubj"} or gerund.i > gerund.head.i:
        return False
    verbs = (gerund.head, *(c for c in gerund.head.children if c.dep_ in {"cop", *syntax.AUXILIARIES}))
    return not any(verb.tag_ in {"VBD", "VBN"} or verb.lower_ in {"was", "were", "had", "did"} for verb in verbs)


def _is_futurate(trigger: Token) -> bool:
    """Return whether a present tense tells of what is arranged: it has a day or another time to come beside it.

    So *leaves on Sunday*, *begins a visit on Sunday*, *is leaving next week*; not *is visiting on Sunday*.
    """
    verb = trigger
    if verb.pos_ == "NOUN" and verb.dep_ in syntax.OBJECTS and verb.head.lemma_.lower() in GRAMMAR.aspect_verbs:
        verb = verb.head
    if verb.tag_ in {"VBZ", "VBP"} and not any(c.dep_ in {*syntax.AUXILIARIES, "cop"} for c in verb.children):
        return _has_coming_time(verb, days=True)
    be = any(c.tag_ in {"VBZ", "VBP"} and c.lemma_ == "be" and c.dep_ == "aux" for c in verb.children)
    return verb.tag_ == "VBG" and be and _has_coming_time(verb, days=verb.lemma_.lower() in GRAMMAR.setting_out_verbs)


def _has_coming_time(verb: Token, *, days: bool = False) -> bool:
    """Return whether a verb has a time to come beside it (*tomorrow, next week*), with `days` a mere day's name too."""
    for child in verb.children:
        if child.dep_ not in {"obl", "obl:unmarked", "obl:tmod", "obl:npmod", "advmod", "npadvmod", "nmod:unmarked"}:
            continue
        words = [child.lower_, *(c.lower_ for c in child.children)]
        if days and _ORDINAL.fullmatch(child.lower_):
            return True  # *sails on the **9th***
        if days and child.lower_ == "then" and verb.lemma_.lower() in {*GRAMMAR.setting_out_verbs, "travel"}:
            return True
        if any(word in {"every", "each", "last", "past"} for word in words):
            continue
        if any(word in GRAMMAR.coming_times for word in words) or (days and child.lower_ in DAY_NAMES):
            return True
    return False


def _is_dated_ahead(noun: Token) -> bool:
    """Return whether an event's own phrase puts it in a time to come (*during his **visit** to Oslo next month*)."""
    times = (time for time in noun.subtree if time.i > noun.i and time.dep_ in {"nmod:unmarked", "obl:unmarked"})
    words = ((time, *time.lefts) for time in times if time.left_edge.lower_ != "the")  # *the next day* may be long past
    return any(word.lower_ in {"next", "coming", "tomorrow"} for phrase in words for word in phrase)


def _is_presupposed_question(clause: Token) -> bool:
    """Return whether an indirect question takes its clause for granted (*why they left, which ships had left*)."""
    if not syntax.is_finite(clause) or clause.dep_ not in {"ccomp", "csubj", "csubj:pass", "advcl"}:
        return False
    opening = list(clause.lefts)[:1]
    words = [word for child in opening for word in (child, child.left_edge)]
    return clause.dep_ != "advcl" and any(w.tag_ in {"WRB", "WDT", "WP", "WP$"} and w.lower_ != "what" for w in words)


def _is_semi_modal(below: Token, head: Token) -> bool:
    """Return whether *be/have/going/got* + *to* is a modal (*is to travel, has to leave, is going to send*)."""
    return _is_infinitive(below) and (head.lemma_.lower() != "go" or head.tag_ == "VBG")


def _is_nonfinite(below: Token, head: Token) -> bool:
    """Return whether a complement is an infinitive, a gerund or a participle (*wants the boy **returned***)."""
    if _is_infinitive(below):
        return True
    if below.tag_ in {"VBN", "VBD"} and head.lemma_.lower() in {"want", "need", "order"}:
        return not any(c.dep_ in {"mark", *syntax.AUXILIARIES} for c in below.children)
    if below.tag_ in {"VBN", "JJ"} and below.i == head.i + 1:
        return True  # *is believed **headed** for*
    gerund = below.tag_ in {"VBG", "VB"} or any(c.tag_ == "VBG" for c in below.children if c.dep_ in syntax.AUXILIARIES)
    return (gerund or bool(_preposition(below))) and not syntax.is_finite(below)


def _is_impersonal(verb: Token) -> bool:
    """Return whether nobody named says so, or things seem so (*it is **claimed** that, it **appears** that*)."""
    unsaid = syntax.is_passive(verb) or verb.lemma_.lower() in _SEEMING
    return unsaid and any(c.dep_.startswith("expl") for c in verb.children)


def _is_likened(clause: Token) -> bool:
    """Return whether a clause is what things look like (*it looks **like** they left, as if they left*)."""
    if clause.head.lemma_.lower() not in {"look", "sound", *_SEEMING}:
        return False
    marks = [c for c in clause.lefts if c.lower_ in {"like", "as"}]
    return any(m.lower_ == "like" or m.nbor().lower_ in {"if", "though"} for m in marks)


def _is_asked(token: Token, cues: list[Cue]) -> bool:
    """Return whether a trigger is what a yes/no question asks; a question with *why* or *who* takes it for granted."""
    mark = next((t for t in token.doc[token.i : token.sent.end] if t.text in {"?", ";"}), None)
    if mark is None or mark.text != "?":
        return False
    before = (t.i + 1 for t in reversed(token.doc[token.sent.start : token.i]) if t.is_quote)
    words = [t for t in token.doc[next(before, token.sent.start) : mark.i] if not t.is_space and not t.is_punct]
    asking = {"WRB", "WP", "WDT", "WP$"}
    if any(t.tag_ in asking for t in words[:3]) or any(t.tag_ in asking for t in token.sent.root.children):
        return False
    other = {"conj", "parataxis", "ROOT"}
    if any(t.tag_ in asking and t.i > token.i and t.head.dep_ in other and t.head.i != token.i for t in words):
        return False  # *they are leaving, so **what** can we do?*
    inverted = bool(words) and words[0].pos_ in {"AUX", "CCONJ"} and any(t.pos_ == "AUX" for t in words[:2])
    return not cues or (inverted and token.sent.root.i in {token.i, token.head.i})


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
