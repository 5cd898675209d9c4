"""Is it so? The factuality status of a trigger: what each predicate that embeds it makes of it, from the inside out.

After ConText (Harkema et al., 2009, J. Biomed. Inform. 42) for cues with a reach and pseudo-cues, and Karttunen (1971,
*Implicative Verbs*) and Saurí and Pustejovsky (2009, *FactBank*) for classes of embedding predicates. Instead of a
window of words, the walk goes from the trigger up through the clauses and nouns that govern it, and ends where a
relative clause, an apposition or an act of saying closes the scope. Each class of `status.toml` says what it makes of
what it embeds, and what its own negation makes of it.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from claimx.claims.attribution.runs import TENSED
from claimx.claims.attribution.vocabulary import VERBS
from claimx.claims.candidates import TriggerWords
from claimx.language import syntax
from claimx.rules.calendar import DAY_NAMES
from claimx.rules.grammar import GRAMMAR
from claimx.rules.loader import RuleSet
from claimx.rules.schema import Reach, Sort, Status, StatusRule

RANK: dict[Status, int] = {"asserted": 0, "hedged": 1, "prospective": 2, "unclear": 3, "barred": 4, "negated": 5}
"""Which status wins where several apply and no class says otherwise: the higher."""

_ASKING = frozenset({"WRB", "WP", "WDT", "WP$"})
_ARGUMENTS = syntax.SUBJECTS | syntax.OBJECTS
_COMPLEMENT = frozenset({"xcomp", "ccomp", "csubj", "csubj:pass", "csubjpass", "pcomp", "csubj:outer"})
_MODIFIERS = frozenset({"aux", "advmod", "neg", "mark", "cc", "cc:preconj", "acomp", "discourse", "amod"})
_EVENT_STEPS = _ARGUMENTS | {"nmod", "obl", "pobj", "prep", "compound", "nmod:poss"}
_BEFORE_NOUN = frozenset({"amod", "compound", "det"})
_NEGATION: Sort = "negation"
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
    denials: dict[int, Status | None] = {}  # by predicate: what its own negation makes of what it embeds
    last: Cue | None = None
    last_denial: Status | None = None
    for cue in cues:
        rule, embedded = cue.rule, status
        denial = _higher(status, rule.denied) if rule.denied is not None else None
        hindered = last is not None and last.rule.sort == "hindrance" and status == "negated"
        if rule.sort == _NEGATION:
            status = denials.get(cue.at) or _higher(status, "negated")
        elif rule.sort in _WANTED and cue.at in denials:
            continue  # an order or an attempt, told already as what governs the clause
        else:
            if rule.turns and last_denial is not None and last is not None and last.at != cue.at:
                status = last_denial  # *refused to allow* is as *did not allow*
            elif rule.status == "prospective" and hindered:
                status = "barred"  # *would **stop** them from leaving*: none has been stopped yet
            else:
                status = rule.over.get(status) or _higher(status, rule.status)
            denials[cue.at] = denials.get(cue.at) or denial
        last, last_denial = cue, denial
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
        yield from self._modifiers(token, verbal=not is_noun or _has_copula(token))
        yield from self._of_noun(token) if is_noun else self._of_verb(token)
        if _is_futurate(token) or _is_notion(token) or (is_noun and _is_dated_ahead(token)):
            yield from self._named("modal-future", token)
        yield from self._above(token)

    def _of_noun(self, noun: Token) -> Iterator[Cue]:
        """Yield what the words of an event noun's own phrase say of it (*a **planned** trip, a trip **planned***)."""
        for child in noun.children:
            if (child.i < noun.i and child.dep_ in _BEFORE_NOUN) or (child.dep_ == "acl" and child.tag_ == "VBN"):
                for cue in self._match(child, "object", noun):
                    if cue.rule.sort != "plan" or child.dep_ != "compound":  # *a campaign stop* took place
                        yield cue

    def _of_verb(self, verb: Token) -> Iterator[Cue]:
        """Yield what a verb's own form says, and what limits the permission that it tells of."""
        allows = _child(verb, {"may", "can", "could"}, {"aux"})
        if allows is not None:  # *may import **no more than** ten tonnes*
            for token in verb.doc[verb.i + 1 : verb.i + 3]:
                yield from (cue for cue in self._match(token, "modifier", verb) if cue.rule.sort == "limit")
            yield from self._only_for(verb)
        if (unmet := _unmet(verb)) is not None:
            yield from self._named("modal-unmet", unmet, verb)
        if syntax.governor(verb) is None and _is_infinitive(verb):
            yield from self._to(verb, "intention")  # a headline: *Queen to visit Japan*
        if _is_imperative(verb):
            yield from self._named("order", verb)

    def _above(self, below: Token) -> Iterator[Cue]:
        """Yield what governs a word and what stands around that, by the relation that is the step up."""
        head = syntax.governor(below)
        if head is None:
            return
        if below.dep_ == "conj":
            yield from self._shared_with_first(below, head)
            yield from self._above(head)
        elif self._is_event_step(below):
            yield from self._over_event(below, head)
        elif self._is_complement(below, head):
            yield from self._over_complement(below, head)
        elif below.dep_ == "advcl" and _is_infinitive(below):
            yield from self._over_infinitive(below, head)
        elif below.dep_ in {"advcl", "obl", "advcl:relcl"}:
            yield from self._over_adverbial(below, head)
        elif below.dep_ == "acl":
            yield from self._over_participle(below, head)
        else:
            yield from self._marker(below)

    def _around(self, head: Token) -> Iterator[Cue]:
        """Yield what stands beside a verb and above it."""
        yield from self._modifiers(head, verbal=True)
        yield from self._above(head)

    def _lying_ahead(self, head: Token) -> Iterator[Cue]:
        """Yield what makes a clause prospective, and with it what happens along with it."""
        yield from (cue for cue in self._around(head) if cue.rule.status == "prospective")

    def _over_infinitive(self, below: Token, head: Token) -> Iterator[Cue]:
        """Yield what an infinitive beside a clause stands under: a purpose, or whatever its clause does."""
        if _is_ranked(head):  # *was the last to leave*
            yield from self._modifiers(head, verbal=True)
        elif _is_attained(below, head):
            yield from self._around(head)
        else:
            yield from self._to(below, "purpose")

    def _over_adverbial(self, below: Token, head: Token) -> Iterator[Cue]:
        yield from self._marker(below)
        if _is_waited_for(below):
            yield from self._named("modal-future", below)  # *is shut **until** they have left*
        # *forbade them to profit by **moving** in, whether it will follow Rome in **expelling** them*
        if _preposition(below) in {"by", "in"} and below.tag_ == "VBG":
            yield from self._around(head)
        elif _is_not_past(below) and not _is_perfect(self.trigger.token):  # *will rest before **heading** home*
            yield from self._lying_ahead(head)

    def _over_participle(self, below: Token, head: Token) -> Iterator[Cue]:
        if (verb := _resultative(below)) is not None:  # *could send crowds **fleeing** west*
            yield from self._lying_ahead(verb)
        elif (noun := _told_of(below)) is not None and self._tells(noun, below):
            yield from self._match(noun, "object", noun)  # *the prospect of pilgrims **entering** Denmark*
            yield from self._modifiers(noun, verbal=False)
            yield from self._above(noun)
        else:
            if (predicate := _predicate(head)) is not None:
                # *unclear whether they were fighters **sent** by Paris*: nor is it clear that anybody was sent
                yield from (cue for cue in self._marker(predicate) if cue.rule.status == "unclear")
            yield from self._marker(below)

    def _tells(self, noun: Token, clause: Token) -> bool:
        """Return whether a noun is about a clause and not about whom it describes (*a ban on*, *the prospect of*)."""
        classes = {"embargo"}
        if syntax.preposition_of(clause.head) not in {"on", "against"}:
            classes |= {"plan", "threat-of"}
        return any(cue.rule.sort in classes for cue in self._match(noun, "object", noun))

    def _over_complement(self, below: Token, head: Token) -> Iterator[Cue]:
        if head.lemma_.lower() in {"stop", "cease", "quit", "halt"} and below.tag_ == "VBG" and not _preposition(below):
            yield from self._named("ceased", head)
            yield from self._around(head)
            return
        if _is_presupposed_question(below):
            return  # *would not say which ships had left*: that some had is in no doubt
        governing = list(self._governing(below, head))
        yield from governing
        if below.dep_ == "acl" and governing:
            yield from self._taken_up(below, head)
        elif below.dep_ == "acl" and _is_infinitive(below) and not _is_done_with(head):
            yield from self._to(below, "intention")  # *a vote **to expel***
        markers = list(self._marker(below))
        yield from markers
        finite = syntax.is_finite(below)
        if any(cue.rule.status == "unclear" for cue in markers):
            return  # *it is not known whether*: what is not known is left open
        if finite and any(cue.rule.sort == "factive" for cue in governing):
            return  # what somebody knows or regrets is so, whatever becomes of that
        if finite and below.dep_ == "ccomp" and head.lemma_.lower() in self.rules.lexicon.saying:
            yield from self._over_saying(head, governing)
            return
        yield from self._around(head)

    def _over_saying(self, head: Token, governing: list[Cue]) -> Iterator[Cue]:
        """Yield what bears on a clause that is said: what else surrounds an act of saying does not change it."""
        if any(cue.rule.denied is not None for cue in governing):  # *could not **confirm** that*
            yield from (cue for cue in self._modifiers(head, verbal=True) if cue.rule.sort == _NEGATION)
        if head.lemma_.lower() in GRAMMAR.announcing_verbs:
            yield from self._lying_ahead(head)  # *is expected to **announce** that they are leaving*

    def _taken_up(self, below: Token, chance: Token) -> Iterator[Cue]:
        """Yield that a chance was taken, where a second verb says so (*saw a chance to leave **and seized it***)."""
        for first in (below, chance.head):
            for second in syntax.conjuncts(first)[1:]:
                if any(thing.lower_ in {"it", "them"} for thing in syntax.direct_objects(second)):
                    yield from (cue for cue in self._match(second, "object", second) if cue.rule.sort == "realised")

    def _over_event(self, below: Token, head: Token) -> Iterator[Cue]:
        preposition = syntax.preposition_of(below)
        if _is_ahead(below):
            yield from self._named("ahead", below)
        elif head.pos_ in {"VERB", "AUX"}:
            yield from self._over_event_of_verb(below, head, preposition)
        elif preposition not in GRAMMAR.beside_prepositions:  # *protests during the visit*
            yield from self._over_event_of_noun(below, head)

    def _over_event_of_noun(self, below: Token, head: Token) -> Iterator[Cue]:
        yield from self._match(head, "object", head)
        predicate = below.dep_ in syntax.SUBJECTS
        for cue in self._modifiers(head, verbal=predicate):
            doubts = cue.rule.sort == _NEGATION or cue.span.root.lower_ in {"could", "may", "might"}
            if not (doubts and predicate and head.pos_ in {"NOUN", "PROPN"}):
                yield cue  # *the visit was not a **success**, could be a **sign***: yet there was one
        yield from self._above(head)

    def _over_event_of_verb(self, below: Token, head: Token, preposition: str) -> Iterator[Cue]:
        cues = self._said_of_event(below, head, preposition)
        yield from cues
        if cues:
            yield from self._around(head)
        elif head.lemma_.lower() in GRAMMAR.aspect_verbs:
            for cue in self._modifiers(head, verbal=True):
                yield replace(cue, at=below.i)  # *do not have the **right***: a right denied
            yield from self._above(head)
        elif below.dep_ in _ARGUMENTS:  # *any incursion would be met, would welcome a visit*
            if below.dep_ in syntax.SUBJECTS or head.lemma_.lower() not in GRAMMAR.looking_back_verbs:
                yield from (cue for cue in self._modifiers(head, verbal=True) if cue.rule.sort == "modal-future")
        elif preposition in {"during", "for", "on"}:  # *will meet them **during** his visit*
            yield from self._lying_ahead(head)

    def _said_of_event(self, below: Token, head: Token, preposition: str) -> list[Cue]:
        """Return the cues that a verb is over an event noun, which its preposition may give another meaning."""
        if preposition == "from":  # *spared them from deportation*
            keeping = {"refusal", "hindrance", "prohibition"}
            cues = [cue for cue in self._match(head, "complement", head) if cue.rule.sort in keeping]
        elif preposition == "against":  # *advised **against** travel to the island*
            cues = [cue for cue in self._match(head, "complement", head) if cue.rule.sort == "order"]
            cues += self._named("advice-against", head) if cues else ()
        elif below.dep_ in syntax.OBJECTS:
            cues = self._said_of_object(below, head)
        elif below.dep_ in syntax.SUBJECTS:
            cues = list(self._match(head, "object", head))
            if not syntax.is_passive(head):
                cues = [cue for cue in cues if cue.rule.sort != "cut-off"]  # *the tour stopped in Ghent*
        else:
            cues = list(self._match(head, "object", head)) if preposition in {"", "for", "on", "with"} else []
            cues = cues or list(self._match_apart(head, preposition, "object"))
        if any(cue.rule.sort == "hindrance" for cue in cues) and _is_of_law(head):
            cues = list(self._named("embargo", head))
        return cues

    def _said_of_object(self, below: Token, head: Token) -> list[Cue]:
        """Return the cues that a verb is over its object, and what it calls that (*called the report **false***)."""
        cues = list(self._match(head, "object", head))
        if head.lemma_.lower() in {"deny", "refuse"} and below.lemma_.lower() in GRAMMAR.permits:
            cues = list(self._named("embargo", head))  # *was denied a visa, denied him entry*
        torn = (c for c in head.children if c.dep_ == "ccomp" and not syntax.subjects(c))
        cues += [cue for word in torn for cue in self._match(word, "object", word)]  # *said the report was false*
        return cues + [cue for word in _complement_words(head)[1:] for cue in self._match(word, "object", head)]

    # ---- where cues stand

    def _modifiers(self, token: Token, *, verbal: bool) -> Iterator[Cue]:
        """Yield what the words beside a verb, or a noun where it is not `verbal`, say of it, and its own form."""
        forbids = _forbidding_may(token) or (_forbidden(token) if token.i == self.trigger.token.i else None)
        if forbids is not None:
            yield from self._named("prohibition", forbids, token)
            return
        for child in token.children:
            yield from self._of_modifier(child, token, verbal=verbal)
        for child in token.children:  # last, since it negates the modals too: *nobody **should** leave*
            if child.dep_ in _ARGUMENTS:
                yield from self._negative_participant(child, token)
        if _is_to_be(token):
            if _is_perfect(token):  # *was **to have left***: and did not
                yield from self._named("modal-unmet", token)
            else:
                yield from self._to(token, "intention")
        if _is_subjunctive(token):
            yield from self._named("intention", token)

    def _of_modifier(self, child: Token, token: Token, *, verbal: bool) -> Iterator[Cue]:
        if child.lower_ in {"'d", "’d"} and token.tag_ == "VBN":
            return  # *he'd **left***: had, not would
        if child.lower_ in GRAMMAR.guessing_modals and child.dep_ in syntax.AUXILIARIES and _is_perfect(token):
            whole = [cue for cue in self._match(child, "modifier", token) if cue.rule.sort == "modal-perfect"]
            yield from whole or self._named("modal-perfect", child, token)  # *may already have left*
            return
        if child.lower_ == "longer":
            yield from self._match(child.left_edge, "modifier", token)
        if child.lower_ == "nowhere":
            yield from self._named(_NEGATION, child, token)
        denies = child.dep_ in {"det", "case"} and child.lower_ in GRAMMAR.negative_determiners
        if denies or (child.dep_ in _MODIFIERS and (verbal or child.dep_ != "aux")):
            yield from self._match_modifier(child, token)
        elif verbal and child.dep_ == "obl" and child.left_edge.lower_ != "without":  # *tried **in vain** to …*
            yield from self._match_modifier(child.left_edge, token)
        if _is_predicate_before(child, token):
            yield from self._match(child, "complement", token)

    def _match_modifier(self, word: Token, verb: Token) -> Iterator[Cue]:
        """Yield the cues that a word beside a verb is, those apart that mean something else there."""
        for cue in self._match(word, "modifier", verb):
            match cue.rule.sort:
                case "limit":
                    continue  # only permissions have one: *carried it **up to** the deck*
                case "negation" if _is_until(verb, word):
                    continue  # *will not arrive until Monday*: on Monday it will
                case "modal-future" if _is_habit(word, verb):
                    continue  # *would usually leave at six*
                case "modal-future" if _is_going_on(word, verb):
                    yield from self._named("modal-perfect", word, verb)  # *may be crossing*
                case _:
                    yield cue

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
        if heard and noun.lower_ in {"nobody", "none", "nothing"}:
            yield from self._named(_NEGATION, noun, verb)
        if noun.i < verb.i and _is_not_one(noun.left_edge):
            yield from self._named(_NEGATION, noun.left_edge, verb)

    def _shared_with_first(self, below: Token, first: Token) -> Iterator[Cue]:
        """Yield what a coordinated verb shares with the first: auxiliaries, negation, hedges, if it has none itself."""
        has_auxiliary = any(child.dep_ in syntax.AUXILIARIES for child in below.children)
        has_subject = any(child.dep_ in syntax.SUBJECTS for child in below.children)
        if (has_auxiliary or has_subject) and not _is_infinitive(below):
            return
        if below.tag_ in TENSED and first.tag_ not in TENSED:
            return
        for cue in self._modifiers(first, verbal=True):
            hedge = cue.rule.status == "hedged" and cue.span.start < first.i
            if cue.span.root.dep_ != "advmod" or cue.rule.status == "negated" or hedge:
                yield cue

    def _governing(self, below: Token, head: Token) -> Iterator[Cue]:
        """Yield what a governor makes of its complement, by itself or with its predicate or preposition."""
        for word in _complement_words(head):
            for cue in self._match(word, "complement", head):
                if cue.rule.needs_infinitive and not self._takes(cue, below, head):
                    continue
                if cue.rule.sort == "belief-passive" and not _is_believed(head, below):
                    continue
                if (sort := _sort_here(cue, word, head)) is not None:
                    yield from self._named(sort, word, head)
                elif _governs(word, below, head):
                    yield cue
                    if cue.rule.sort == "permission":
                        yield from self._only_for(head)
        if head.pos_ == "NOUN":  # *plans to send*
            yield from self._match(head, "object", head)
        elif below.i > head.i + 2:  # *kept the crowd **from** entering*
            yield from self._match_apart(head, _preposition(below), "complement")

    def _takes(self, cue: Cue, below: Token, head: Token) -> bool:
        """Return whether a cue that asks for an infinitive has one, or what stands for it."""
        if _is_nonfinite(below, head):
            return True
        if cue.rule.sort == "belief-passive":
            return _is_impersonal(head)
        return head.lemma_.lower() in GRAMMAR.mandative_verbs and _is_wanted(below, cue.rule.sort)

    def _marker(self, clause: Token) -> Iterator[Cue]:
        """Yield what the words that open a clause make of it."""
        if _is_likened(clause):
            yield from self._named("belief-passive", clause.head, clause)
            return
        measure = clause.head.children if clause.head.lower_ == "long" else ()  # ***as** long as it **lasts***
        for child in (*clause.children, *measure):
            if child.dep_ in {"mark", "advmod", "cc", "prep", "case"} and child.i < clause.i:
                for cue in self._match(child, "clause", clause):
                    if cue.rule.sort == "left-open" and _is_infinitive(clause) and not _is_undecided(clause):
                        yield from self._to(clause, "intention")  # *is weighing **whether** to leave*
                    elif child.lower_ == "if" and _is_indirect_question(clause):
                        yield from self._named("left-open", child, clause)
                    elif cue.rule.sort == "forestalled":
                        yield from [cue] if _is_forestalled(clause) else ()
                    elif cue.rule.sort != "advice-against" or self._advises(clause):
                        yield cue

    def _advises(self, clause: Token) -> bool:
        """Return whether a clause with *against* hangs on advice (*joined a **call** against going*)."""
        head = syntax.governor(clause) or clause
        advising = (head, *syntax.direct_objects(head))
        return any(cue.rule.sort == "order" for word in advising for cue in self._match(word, "complement", head))

    def _to(self, verb: Token, sort: Sort) -> Iterator[Cue]:
        """Yield what an infinitive's *to* means: an intention, or a purpose, which leaves open too what it prevents."""
        yield from self._named(sort, _child(verb, {"to"}) or verb, verb)

    # ---- steps

    def _is_complement(self, below: Token, head: Token) -> bool:
        """Return whether the clause is what its governor is about, labelled so or not (*barred **from entering***)."""
        if below.dep_ in _COMPLEMENT:
            return True
        if syntax.is_finite(below):
            return self._is_content_clause(below, head)
        if below.pos_ not in {"VERB", "AUX"}:
            return False
        if below.dep_ == "acl":
            return _is_infinitive(below) or bool(_preposition(below)) or self._has_complement_cue(head)
        return below.dep_ in {"advcl", "obl", "nmod"} and self._is_oblique_complement(below, head)

    def _is_content_clause(self, below: Token, head: Token) -> bool:
        if below.dep_ in {"acl", *syntax.RELATIVES} and _child(below, {"that"}, {"mark"}) is not None:
            return True  # *rumours that …*
        asked = _child(below, {"if", "whether"}, {"mark"}) is not None
        return (asked or below.dep_ == "acl") and self._has_complement_cue(head)  # *claims he **fled***

    def _is_oblique_complement(self, below: Token, head: Token) -> bool:
        if head.lemma_.lower() == "set":
            return False  # *set up a fence to stop them*
        between = head.doc[head.i + 1 : below.i]
        behind = below.i > head.i  # ***before leaving** he promised to warn them*: he left
        right_behind = below.tag_ == "VBG" and behind and all(t.pos_ == "ADV" or t.tag_ == "RP" for t in between)
        preposition = _preposition(below)
        if not (right_behind or _is_infinitive(below) or preposition in GRAMMAR.complement_prepositions):
            return False
        parted = self._match_apart(head, preposition, "complement")
        return self._has_complement_cue(head) or next(parted, None) is not None

    def _is_event_step(self, below: Token) -> bool:
        """Return whether the step up goes from an event noun to what is said of it (*cancelled the **visit***)."""
        if below.i == self.trigger.token.i and self.trigger.kind == "noun":
            steps = _EVENT_STEPS | {"xcomp", "ccomp"}  # *called off a **trip***, read as *called it a trip*
            return below.dep_ in steps
        return below.pos_ == "NOUN" and below.dep_ in _EVENT_STEPS

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
            if rule.reach == reach and words[-1] == preposition and parts.issuperset(words[1:]):
                yield Cue(rule, verb.doc[verb.i : verb.i + 1], verb.i)

    def _named(self, sort: Sort, token: Token, at: Token | None = None) -> Iterator[Cue]:
        """Yield what a construction means that is as the words of a sort (*is **to** leave*: an intention)."""
        for rule in [rule for rule in self.rules.status if rule.sort == sort][:1]:
            yield Cue(rule, token.doc[token.i : token.i + 1], (at or token).i)

    def confirm_or_deny(self) -> Iterator[Cue]:
        """Yield the cue where somebody will neither confirm nor deny the trigger's clause."""
        span = self.trigger.span
        before = span.doc[max(span.sent.start, span.start - 12) : span.start]
        for first, _, third in zip(before, before[1:], before[2:], strict=False):
            if first.lemma_.lower() == "confirm" and third.lemma_.lower() == "deny":
                for cue in self._named("open-question", first):
                    yield replace(cue, span=span.doc[first.i : third.i + 1])


def _complement_words(head: Token) -> list[Token]:
    """Return the governor and the adjective that says what it says (*remains **unclear***)."""
    kinds = {"ADJ", "ADV"} if head.lower_ not in VERBS.naming else {"ADJ", "ADV", "NOUN"}
    predicates = (c for c in head.children if c.dep_ in {"xcomp", "acomp", "oprd", "attr"} and c.pos_ in kinds)
    return [head, *predicates]


def _preposition(verb: Token) -> str:
    """Return the preposition or conjunction that a gerund stands under (*barred **from** entering*), "" if none."""
    if verb.dep_ == "pcomp":
        return verb.head.lower_
    markers = (c.lower_ for c in verb.children if c.dep_ in {"case", "mark"} and c.i < verb.i)
    return next((word for word in markers if word not in {"to", "that", "if", "whether"}), "")


def _child(token: Token, words: Collection[str], labels: Collection[str] = ()) -> Token | None:
    """Return the first of a token's children that is one of some words, under one of some labels if any are given."""
    return next((c for c in token.children if c.lower_ in words and (not labels or c.dep_ in labels)), None)


def _helpers(verb: Token) -> list[Token]:
    """Return the auxiliaries and the copula of a verb."""
    return [c for c in verb.children if c.dep_ in syntax.AUXILIARIES or c.dep_ == "cop"]


def _has_copula(noun: Token) -> bool:
    return any(child.dep_ == "cop" for child in noun.children)


def _is_infinitive(token: Token) -> bool:
    return _child(token, {"to"}, {"mark", "aux"}) is not None


def _is_to_be(verb: Token) -> bool:
    """Return whether *be* + *to* marks what is arranged (*were **to be taken** to Munich*)."""
    be = next((c for c in _helpers(verb) if c.lower_ in GRAMMAR.finite_be), None)
    return be is not None and any(c.lower_ == "to" and c.pos_ == "PART" and be.i < c.i < verb.i for c in verb.children)


def _is_not_past(clause: Token) -> bool:
    """Return whether an adverbial clause may lie ahead: no past tense in it (*when she **arrives***)."""
    if _child(clause, {"since", "as", "because", "although"}, {"mark", "case"}) is not None:
        return False
    helpers = _helpers(clause)
    if clause.tag_ == "VBN" and not helpers and all(c.dep_ != "mark" for c in clause.children):
        return False  # ***brought** to Rome, he will be tried*
    past = clause.tag_ == "VBD" or any(c.tag_ == "VBD" or c.lower_ in {"has", "have", "had"} for c in helpers)
    return not past


def _unmet(verb: Token) -> Token | None:
    """Return the auxiliary of a condition that was not met (***Had** they reached the gate, …*), None elsewhere."""
    had = _child(verb, {"had"}, syntax.AUXILIARIES)
    if had is None or not any(had.i < subject.i < verb.i for subject in syntax.subjects(verb)):
        return None
    before = had.doc[max(had.i - 1, had.sent.start) : had.i]
    opens = all(not word.is_alpha or word.lower_ in {"and", "but", "that"} for word in before)
    return had if opens and not any(t.text == "?" for t in had.doc[verb.i : had.sent.end]) else None


def _is_perfect(verb: Token) -> bool:
    return any(c.dep_ in syntax.AUXILIARIES and c.lemma_.lower() == "have" for c in verb.children)


def _is_ahead(noun: Token) -> bool:
    """Return whether a noun stands under *ahead of* or *in advance of*."""
    case = next((c for c in noun.children if c.dep_ in {"case", "prep"} and c.i < noun.i), None)
    words = noun.doc[max(case.i - 1, 0) : case.i + 1] if case is not None else ()
    return any(word.lower_ in GRAMMAR.before_prepositions for word in words)


def _is_ranked(noun: Token) -> bool:
    """Return whether an infinitive tells what the noun did: *the first to leave, the latest ship to sail*."""
    before = (c for c in noun.lefts if c.dep_ in {"amod", "nummod", "det", "advmod"})
    words = (noun, *(word for child in before for word in (child, *child.lefts)))
    return any(word.lower_ in GRAMMAR.ranks or word.tag_ in {"JJS", "RBS"} for word in words)


def _is_attained(purpose: Token, verb: Token) -> bool:
    """Return whether an infinitive tells what was done, and is no mere purpose.

    *used a van **to carry** them, took two days **to reach** the town, flew in **to visit** them*
    """
    lemma, past = verb.lemma_.lower(), verb.tag_ == "VBD" or _is_perfect(verb)
    counted = any(c.dep_ == "nummod" for noun in syntax.direct_objects(verb) for c in noun.children)
    reached = past and purpose.lemma_.lower() in GRAMMAR.reached_by_moving
    return reached or lemma == "use" or (lemma == "take" and counted)


def _is_done_with(noun: Token) -> bool:
    """Return whether an infinitive at the noun tells of what was done (*used a trick, enabled them **to escape***)."""
    return noun.head.lemma_.lower() in {"use", *GRAMMAR.permitting_verbs} or _is_ranked(noun)


def _resultative(participle: Token) -> Token | None:
    """Return the verb whose object the participle says what becomes of it (*send crowds **fleeing***)."""
    noun = participle.head
    while noun.dep_ == "nmod":
        noun = noun.head
    fits = noun.dep_ in syntax.OBJECTS and noun.head.lemma_.lower() in GRAMMAR.resultative_verbs
    return noun.head if fits else None


def _predicate(noun: Token) -> Token | None:
    """Return the noun that a copula makes a predicate, which this one is or is coordinated with; None elsewhere."""
    first = syntax.first_conjunct(noun)
    return first if _has_copula(first) else None


def _told_of(gerund: Token) -> Token | None:
    """Return the noun that what moves hangs on (*a cap **on** refugees coming, the prospect **of** kings visiting*)."""
    noun = gerund.head
    if noun.dep_ == "nmod":
        told = noun.head
        return told.head if told.lemma_.lower() == "number" else told  # *limits the number of*
    return noun if any(child.dep_ == "nmod" for child in noun.children) else None


def _forbidding_may(verb: Token) -> Token | None:
    """Return *may* where it is denied, which forbids (*may not leave, no pilgrim may leave*); None elsewhere.

    Of arriving and becoming, and of what goes on or is over, it guesses: *may not arrive, may not have left*.
    """
    may = _child(verb, {"may"}, syntax.AUXILIARIES)
    if may is None or _is_perfect(verb) or _is_going_on(may, verb) or verb.lemma_.lower() in GRAMMAR.befalling_verbs:
        return None
    denied = _child(verb, {"not", "never", "nor", "longer"}) is not None
    return may if denied or _is_nobodys(verb) else None


def _is_nobodys(verb: Token) -> bool:
    return any(noun.left_edge.lower_ in {"no", "nobody", "none", "neither"} for noun in syntax.subjects(verb))


def _forbidden(verb: Token) -> Token | None:
    """Return what says that a movement must not be (*was **not** to leave, no Kurd **can** be deported*), else None."""
    denial = _child(verb, syntax.NOT)
    if denial is not None and _is_to_be(verb):
        return denial
    denied = syntax.is_passive(verb) and (denial is not None or _is_nobodys(verb))
    return _child(verb, {"can", "ca"}, syntax.AUXILIARIES) if denied else None


def _is_believed(verb: Token, clause: Token) -> bool:
    """Return whether a verb tells what is believed of somebody (*is **said** to, men **said** to, claims to have*)."""
    if syntax.is_passive(verb) or verb.lemma_.lower() in _SEEMING:
        return True
    return _is_infinitive(clause) and (verb.tag_ == "VBN" or _is_perfect(clause))


def _is_undecided(clause: Token) -> bool:
    """Return whether it is said not to be known or decided *whether to*."""
    head = syntax.governor(clause)
    return head is not None and _child(head, {*syntax.NOT, "never", "yet"}) is not None


def _is_subjunctive(verb: Token) -> bool:
    """Return whether a passive is asked for (*that he **be moved***)."""
    be = _child(verb, {"be"}, {*syntax.PASSIVE_AUXILIARIES, "cop"})
    finite = _child(verb, {"that"}, {"mark"}) is not None
    return be is not None and finite and not any(c.tag_ == "MD" for c in _helpers(verb))


def _is_waited_for(clause: Token) -> bool:
    """Return whether a clause with *until* tells of what is still to come: no past tense in it."""
    waits = _child(clause, {"until", "till"}, {"mark"}) is not None
    return waits and any(verb.tag_ in {"VBZ", "VBP"} for verb in (clause, *_helpers(clause)))


def _is_not_one(opening: Token) -> bool:
    """Return whether a phrase opens with a denial of all (***not one** ship, **not a** single man*; not *not all*)."""
    return opening.lower_ == "not" and _next_word(opening) in {"one", "a", "an"}


def _is_of_law(verb: Token) -> bool:
    """Return whether a law, a court or the like acts, by itself or as the agent of a passive."""
    agents = (c for c in verb.children if syntax.preposition_of(c) == "by")
    return any(n.lemma_.lower() in GRAMMAR.lawgivers for n in (*syntax.subjects(verb), *agents))


def _is_until(verb: Token, negation: Token) -> bool:
    """Return whether a negation only puts off (*not … **until** Monday*)."""
    if _is_infinitive(verb) or _child(verb, {"may", "can", "must", "should", "ca"}) is not None:
        return False
    if negation.lower_ == "not" and _next_word(negation) in {"until", "till"}:
        return True  # ***not until** Monday will they leave*
    return negation.lower_ in syntax.NOT and any(
        word.lower_ in {"until", "till"}
        for child in verb.rights
        if child.dep_ in {"obl", "advcl", "prep", "obl:unmarked"}
        for word in (child, *child.children)
    )


def _is_habit(modal: Token, verb: Token) -> bool:
    return modal.lower_ in {"would", "'d", "’d"} and _child(verb, GRAMMAR.habits) is not None


def _is_going_on(modal: Token, verb: Token) -> bool:
    """Return whether a modal guesses at what goes on (*may be crossing*), and does not tell of what is to come."""
    return verb.tag_ == "VBG" and modal.lower_ in {"may", "might", "could"} and not _has_coming_time(verb)


def _is_predicate_before(word: Token, verb: Token) -> bool:
    """Return whether an adjective governs the verb after it, whatever the parse says (*was **due to** arrive*)."""
    due = word.lower_ == "due" and word.dep_ in {"case", "mark"} and _child(word, {"to"}) is not None
    adjective = word.pos_ == "ADJ" or word.tag_ == "JJ"
    return word.i < verb.i and (due or (adjective and word.dep_ in {"advcl", "xcomp", "acomp", "dep", "mark"}))


def _is_imperative(verb: Token) -> bool:
    """Return whether a verb commands (*Leave the town! Don't come back*)."""
    if verb.tag_ != "VB" or verb.dep_ not in {"ROOT", "ccomp", "parataxis"} or _is_infinitive(verb):
        return False
    return not syntax.subjects(verb) and all(c.lower_ in {"do", "don't"} for c in _helpers(verb))


def _is_forestalled(clause: Token) -> bool:
    """Return whether what a clause tells was cut off before it came about (*was caught before she **could leave***)."""
    head = syntax.governor(clause)
    if head is None or _is_not_past(head):
        return False  # *needs to ask them before it **can return***
    could = _child(clause, {"could"}, syntax.AUXILIARIES) is not None
    return could or head.lemma_.lower() in GRAMMAR.forestalling_verbs


def _is_notion(gerund: Token) -> bool:
    """Return whether a gerund as subject names what is thought of (***sending** them is a priority*), no past event."""
    if gerund.tag_ != "VBG" or gerund.dep_ not in {"csubj", "nsubj"}:
        return False
    return not any(verb.tag_ in {"VBD", "VBN"} for verb in (gerund.head, *_helpers(gerund.head)))


def _is_futurate(trigger: Token) -> bool:
    """Return whether a present tense tells of what is arranged: it has a day or another time to come beside it.

    So *leaves on Sunday*, *begins a visit on Sunday*, *is leaving next week*; not *is visiting on Sunday*.
    """
    verb = trigger
    if verb.pos_ == "NOUN" and verb.dep_ in syntax.OBJECTS and verb.head.lemma_.lower() in GRAMMAR.aspect_verbs:
        verb = verb.head
    if verb.tag_ in {"VBZ", "VBP"} and not _helpers(verb):
        return _has_coming_time(verb, days=True)
    be = any(c.tag_ in {"VBZ", "VBP"} and c.lemma_ == "be" and c.dep_ == "aux" for c in verb.children)
    return verb.tag_ == "VBG" and be and _has_coming_time(verb, days=verb.lemma_.lower() in GRAMMAR.setting_out_verbs)


def _has_coming_time(verb: Token, *, days: bool = False) -> bool:
    """Return whether a verb has a time to come beside it (*tomorrow, next week*), with `days` a mere day's name too."""
    for child in verb.children:
        if child.dep_ not in {"obl", "obl:unmarked", "obl:tmod", "obl:npmod", "advmod", "npadvmod", "nmod:unmarked"}:
            continue
        words = [child.lower_, *(c.lower_ for c in child.children)]
        if any(word in {"every", "each", "last", "past"} for word in words):
            continue
        if any(word in GRAMMAR.coming_times for word in words) or (days and child.lower_ in DAY_NAMES):
            return True
    return False


def _is_dated_ahead(noun: Token) -> bool:
    """Return whether an event's own phrase puts it in a time to come (*during his **visit** to Oslo next month*)."""
    times = (time for time in noun.subtree if time.i > noun.i and time.dep_ in {"nmod:unmarked", "obl:unmarked"})
    ahead = (time for time in times if time.left_edge.lower_ != "the")  # *the next day* may be long past
    return any(word.lower_ in {"next", "coming", "tomorrow"} for time in ahead for word in (time, *time.lefts))


def _is_presupposed_question(clause: Token) -> bool:
    """Return whether an indirect question takes its clause for granted (*why they left, which ships had left*)."""
    if not syntax.is_finite(clause) or clause.dep_ not in {"ccomp", "csubj", "csubj:pass"}:
        return False
    words = [word for child in list(clause.lefts)[:1] for word in (child, child.left_edge)]
    return any(word.tag_ in _ASKING and word.lower_ != "what" for word in words)


def _sort_here(cue: Cue, word: Token, head: Token) -> Sort | None:
    """Return the sort that a construction makes of a governing cue, None where it is as it is listed."""
    if cue.rule.sort == "hindrance" and _is_of_law(head):
        return "prohibition"  # *a judge **blocked** him from sending them*
    if word.lemma_.lower() in {"be", "have"} and _child(word, {"yet"}) is not None:
        return _NEGATION  # *have **yet** to leave*
    if word.lower_ == "got" and _is_perfect(word):
        return "intention"  # *have got to leave*
    return "wish-for-others" if cue.rule.sort == "desire" and syntax.direct_objects(head) else None


def _governs(word: Token, below: Token, head: Token) -> bool:
    """Return whether a word governs a clause; *be, have, get, go* do as modals (*is to travel, has to leave*)."""
    if word.lemma_.lower() not in {"be", "go", "have", "get"}:
        return True
    if word.lemma_.lower() == "have" and word.tag_ in {"VBD", "VBN"}:
        return False  # *had to leave*: and did
    return _is_infinitive(below) and (head.lemma_.lower() != "go" or head.tag_ == "VBG")


def _is_wanted(clause: Token, sort: Sort | None) -> bool:
    """Return whether a finite complement is what is wanted, not what is (*demanded that X leave, vowed X will*)."""
    if sort == "desire" and _is_not_past(clause):
        return True  # *hopes that the arms **are shipped** out*
    helpers = _helpers(clause)
    if sort == "order" and clause.tag_ == "VBP" and not helpers:
        return True  # *demanded that they **leave***
    wanted = clause.tag_ == "VB" or any(c.tag_ == "MD" or c.lower_ == "be" for c in helpers)
    return wanted and sort in {"intention", "order", "desire"}


def _is_indirect_question(clause: Token) -> bool:
    """Return whether a clause with *if* is asked, by its label or the word of knowing or asking before it."""
    head = syntax.governor(clause)
    asked = head is not None and head.i < clause.i and head.lemma_.lower() in GRAMMAR.asking_verbs
    return asked or clause.dep_ in {"ccomp", "csubj", "csubj:pass"}


def _is_nonfinite(below: Token, head: Token) -> bool:
    """Return whether a complement is an infinitive, a gerund or a participle (*wants the boy **returned***)."""
    if _is_infinitive(below):
        return True
    if below.tag_ in {"VBN", "VBD"} and head.lemma_.lower() in {"want", "need", "order"}:
        return not any(c.dep_ in {"mark", *syntax.AUXILIARIES} for c in below.children)
    if below.tag_ in {"VBN", "JJ"} and below.i == head.i + 1:
        return True  # *is believed **headed** for*
    gerund = below.tag_ in {"VBG", "VB"} or any(c.tag_ == "VBG" for c in below.children if c.dep_ in syntax.AUXILIARIES)
    return gerund and not syntax.is_finite(below)


def _is_impersonal(verb: Token) -> bool:
    """Return whether nobody named says so, or things seem so (*it is **claimed** that, it **appears** that*)."""
    unsaid = syntax.is_passive(verb) or verb.lemma_.lower() in _SEEMING
    return unsaid and any(c.dep_.startswith("expl") for c in verb.children)


def _is_likened(clause: Token) -> bool:
    """Return whether a clause is what things look like (*it looks **like** they left, as if they left*)."""
    if clause.head.lemma_.lower() not in {"look", "sound", *_SEEMING}:
        return False
    marks = [c for c in clause.lefts if c.lower_ in {"like", "as"}]
    return any(m.lower_ == "like" or _next_word(m) in {"if", "though"} for m in marks)


def _is_asked(token: Token, cues: list[Cue]) -> bool:
    """Return whether a trigger is what a yes/no question asks; a question with *why* or *who* takes it for granted."""
    mark = next((t for t in token.doc[token.i : token.sent.end] if t.text in {"?", ";"}), None)
    if mark is None or mark.text != "?":
        return False
    before = (t.i + 1 for t in reversed(token.doc[token.sent.start : token.i]) if t.is_quote)
    words = [t for t in token.doc[next(before, token.sent.start) : mark.i] if not t.is_space and not t.is_punct]
    apart = [t for t in words if t.head.dep_ in {"conj", "parataxis", "ROOT"}]  # *they left, so **what** can we do?*
    if any(t.tag_ in _ASKING for t in (*words[:3], *apart)):
        return False
    inverted = any(t.pos_ == "AUX" for t in words[:2])
    return not cues or (inverted and token.sent.root.i in {token.i, token.head.i})


def _next_word(token: Token) -> str:
    return token.doc[token.i + 1 : token.i + 2].text.lower()


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
