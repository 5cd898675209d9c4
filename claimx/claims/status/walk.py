"""The way up from a trigger through the clauses and nouns that govern it, and the cues that stand beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from spacy.tokens import Span, Token

from claimx.claims.attribution.meaning import refuses
from claimx.claims.attribution.runs import TENSED
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.claims.candidates import TriggerWords
from claimx.claims.status import forms
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR
from claimx.rules.loader import RuleSet
from claimx.rules.schema import Reach, Sort, StatusRule

_ARGUMENTS = syntax.SUBJECTS | syntax.OBJECTS
_COMPLEMENT = frozenset({"xcomp", "ccomp", "csubj", "csubj:pass", "csubjpass", "pcomp", "csubj:outer"})
_MODIFIERS = frozenset({"aux", "advmod", "neg", "mark", "cc", "cc:preconj", "acomp", "discourse", "amod"})
_EVENT_STEPS = _ARGUMENTS | {"nmod", "obl", "pobj", "prep", "compound", "nmod:poss"}
_BEFORE_NOUN = frozenset({"amod", "compound", "det"})
_ENDING = frozenset({"stop", "cease", "quit", "halt"})
_OPEN = syntax.NOT | {"never", "yet"}
_WOULD = frozenset({"would", "'d", "’d"})
_NEGATION: Sort = "negation"
_ASIDE = frozenset({"appos", "parataxis"})
_TOPICAL = frozenset({"", "for", "on", "with", "about"})


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that bear on the trigger: the class they belong to, and the predicate (by index) at which they stand."""

    rule: StatusRule
    span: Span
    at: int


@dataclass(frozen=True, slots=True)
class Walk:
    """The way up from a trigger, and the cues beside it."""

    rules: RuleSet
    trigger: TriggerWords

    def cues(self) -> Iterator[Cue]:
        """Yield the cues in whose scope the trigger stands, nearest first."""
        token = self.trigger.token
        is_noun = self.trigger.kind == "noun"
        yield from self._modifiers(token, verbal=not is_noun or forms.has_copula(token))
        yield from self._of_noun(token) if is_noun else self._of_verb(token)
        ahead = forms.is_futurate(token) or forms.is_waited_for(token)
        if ahead or forms.is_notion(token) or (is_noun and forms.is_dated_ahead(token)):
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
        allows = forms.find_child(verb, {"may", "can", "could"}, {"aux"})
        if allows is not None:  # *may import **no more than** ten tonnes*
            for token in verb.doc[verb.i + 1 : verb.i + 3]:
                yield from (cue for cue in self._match(token, "modifier", verb) if cue.rule.sort == "limit")
            yield from self._only_for(verb)
        if (unmet := forms.unmet_condition(verb)) is not None:
            yield from self._named("modal-unmet", unmet, verb)
        if syntax.governor(verb) is None and forms.is_infinitive(verb):
            yield from self._to(verb, "intention")  # a headline: *Queen to visit Japan*
        if verb.lemma_.lower() == "order":  # ***ordered** them out*
            yield from self._named("ordered", verb)
        if forms.is_imperative(verb):
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
        elif below.dep_ == "advcl" and forms.is_infinitive(below):
            yield from self._over_infinitive(below, head)
        elif below.dep_ in {"advcl", "obl", "advcl:relcl"}:
            yield from self._over_adverbial(below, head)
        elif below.dep_ == "acl":
            yield from self._over_participle(below, head)
        elif below.dep_ in _ASIDE and below.i == self.trigger.token.i and self.trigger.kind == "noun":
            for verb in (head, *head.ancestors):  # *will meet in Oslo next week, her first **visit** there*
                yield from self._lying_ahead(verb) if verb.pos_ == "VERB" else ()
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
        if forms.is_ranked(head):  # *was the last to leave*
            yield from self._modifiers(head, verbal=True)
        elif forms.is_attained(below, head):
            yield from self._around(head)
        else:
            yield from self._to(below, "purpose")
            # *a **ban** on spending money to bring them*
            yield from (cue for cue in self._above(head) if cue.rule.sort == "embargo")

    def _over_adverbial(self, below: Token, head: Token) -> Iterator[Cue]:
        yield from self._marker(below)
        if forms.is_waited_for(below):
            yield from self._named("modal-future", below)  # *is shut **until** they have left*
        # *forbade them to profit by **moving** in, whether it will follow Rome in **expelling** them*
        if forms.preposition(below) in {"by", "in"} and below.tag_ == "VBG":
            yield from self._around(head)
        elif (would := forms.told_ahead(below, head)) is not None:
            yield from self._named("modal-future", would, head)
        elif forms.is_not_past(below) and not forms.is_perfect(self.trigger.token):
            yield from self._lying_ahead(head)  # *will rest before **heading** home*
            if below.tag_ == "VBG" and forms.preposition(below) == "before":
                # *reportedly hid before **fleeing***
                yield from (cue for cue in self._around(head) if cue.rule.status == "hedged")

    def _over_participle(self, below: Token, head: Token) -> Iterator[Cue]:
        if (verb := forms.resultative(below)) is not None:  # *could send crowds **fleeing** west*
            yield from self._lying_ahead(verb)
        elif (noun := forms.told_of(below)) is not None and self._tells(noun, below):
            yield from self._match(noun, "object", noun)  # *the prospect of pilgrims **entering** Denmark*
            yield from self._modifiers(noun, verbal=False)
            yield from self._above(noun)
        else:
            if (predicate := forms.predicate_of(head)) is not None:
                # *unclear whether they were fighters **sent** by Paris*: nor is it clear that anybody was sent
                yield from (cue for cue in self._marker(predicate) if cue.rule.status == "unclear")
            yield from self._marker(below)

    def _tells(self, noun: Token, clause: Token) -> bool:
        """Return whether a noun is about a clause and not about whom it describes (*a ban on*, *the prospect of*)."""
        classes = {"embargo"}
        if syntax.preposition_of(clause.head) not in {"on", "against"}:
            classes |= {"plan", "threat-of", "report"}
        return any(cue.rule.sort in classes for cue in self._match(noun, "object", noun))

    def _over_complement(self, below: Token, head: Token) -> Iterator[Cue]:
        if head.lemma_.lower() in _ENDING and below.tag_ == "VBG" and not forms.preposition(below):
            yield from self._named("ceased", head)
            yield from self._around(head)
            return
        if forms.is_presupposed_question(below):
            return  # *would not say which ships had left*: that some had is in no doubt
        governing = list(self._governing(below, head))
        yield from governing
        yield from self._undone(below, head, governing)
        if below.dep_ == "acl" and governing:
            yield from self._taken_up(below, head)
        elif below.dep_ == "acl" and forms.is_infinitive(below) and not forms.is_done_with(head):
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

    def _undone(self, below: Token, head: Token, governing: list[Cue]) -> Iterator[Cue]:
        """Yield that an attempt or a plan came to nothing, as a second verb says."""
        if any(cue.rule.id == "attempt" for cue in governing):
            yield from self._foiled(below, head)
        if any(cue.rule.status == "prospective" for cue in governing):
            yield from self._fallen_through(head)

    def _foiled(self, below: Token, attempt: Token) -> Iterator[Cue]:
        """Yield that an attempt came to nothing, as a second verb says (*tried to leave **but were stopped***)."""
        for second in chain(syntax.conjuncts(below)[1:], syntax.conjuncts(attempt)[1:]):
            but = any(child.dep_ == "cc" and child.lower_ == "but" for child in second.children)
            stopped = syntax.is_passive(second) and second.lemma_.lower() in GRAMMAR.rebuffing_verbs
            if but and (stopped or second.lemma_.lower() in GRAMMAR.failing_verbs):
                yield from self._named("vain", second)

    def _fallen_through(self, planning: Token) -> Iterator[Cue]:
        """Yield that a plan came to nothing, as a second clause says (*meant to go, **but the plan was scrapped***)."""
        for second in syntax.conjuncts(planning)[1:]:
            but = any(child.dep_ == "cc" and child.lower_ == "but" for child in second.children)
            plans = (cue for noun in syntax.subjects(second) for cue in self._match(noun, "object", noun))
            if not but or syntax.negations(second) or not any(cue.rule.status == "prospective" for cue in plans):
                continue
            if second.lemma_.lower() in GRAMMAR.failing_verbs:
                yield from self._named("vain", second)
            elif not syntax.direct_objects(second):
                yield from (cue for cue in self._match(second, "object", second) if cue.rule.sort == "cancelled")

    def _taken_up(self, below: Token, chance: Token) -> Iterator[Cue]:
        """Yield that a chance was taken, where a second verb says so (*saw a chance to leave **and seized it***)."""
        for first in (below, chance.head):
            for second in syntax.conjuncts(first)[1:]:
                if any(thing.lower_ in {"it", "them"} for thing in syntax.direct_objects(second)):
                    yield from (cue for cue in self._match(second, "object", second) if cue.rule.sort == "realised")

    def _over_event(self, below: Token, head: Token) -> Iterator[Cue]:
        preposition = syntax.preposition_of(below)
        if below.i != self.trigger.token.i and self._is_called_false(below, head):
            yield from self._named("report", below)  # *dismissed a **story** that*: what is so called was only told
        if forms.is_ahead(below):
            yield from self._named("ahead", below)
        elif head.pos_ in {"VERB", "AUX"}:
            yield from self._over_event_of_verb(below, head, preposition)
        elif preposition not in GRAMMAR.beside_prepositions:  # *protests during the visit*
            yield from self._over_event_of_noun(below, head)

    def _is_called_false(self, report: Token, head: Token) -> bool:
        """Return whether a noun that stands for a report is rejected or called false by its verb or predicate."""
        said = (cue for word in _complement_words(head) for cue in self._match(word, "object", head))
        return report.lower_ in WORDS.reported and any(cue.rule.sort == "falsehood" for cue in said)

    def _over_event_of_noun(self, below: Token, head: Token) -> Iterator[Cue]:
        yield from self._match(head, "object", head)
        predicate = below.dep_ in syntax.SUBJECTS
        if predicate and head.lemma_.lower() in GRAMMAR.agenda:  # *a withdrawal is (not) on the **table***
            yield from self._named("plan", head)
            yield from self._around(head)
            return
        if syntax.preposition_of(below) == "for":
            yield from self._planned_by_subject(head)
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

    def _planned_by_subject(self, predicate: Token) -> Iterator[Cue]:
        """Yield that the subject plans what hangs on its predicate (***efforts** are under way for the transfer*)."""
        for noun in syntax.subjects(predicate):
            yield from (cue for cue in self._match(noun, "object", noun) if cue.rule.sort == "plan")

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
            cues = list(self._match(head, "object", head)) if preposition in _TOPICAL else []
            cues = cues or list(self._match_apart(head, preposition, "object"))
            if not cues and preposition == "for":
                cues = list(self._planned_by_subject(head))
        if any(cue.rule.sort == "hindrance" for cue in cues) and forms.is_of_law(head):
            cues = list(self._named("embargo", head))
        return cues

    def _said_of_object(self, below: Token, head: Token) -> list[Cue]:
        """Return the cues that a verb is over its object, and what it calls that (*called the report **false***)."""
        cues = list(self._match(head, "object", head))
        if refuses(head, below):
            cues = list(self._named("embargo", head))  # *was denied a visa, denied him entry*
        torn = (c for c in head.children if c.dep_ == "ccomp" and not syntax.subjects(c))
        cues += [cue for word in torn for cue in self._match(word, "object", word)]  # *said the report was false*
        return cues + [cue for word in _complement_words(head)[1:] for cue in self._match(word, "object", head)]

    # ---- where cues stand

    def _modifiers(self, token: Token, *, verbal: bool) -> Iterator[Cue]:
        """Yield what the words beside a verb, or a noun where it is not `verbal`, say of it, and its own form."""
        forbids = forms.forbidding_may(token) or (forms.ban(token) if token.i == self.trigger.token.i else None)
        if forbids is not None:
            yield from self._named("prohibition", forbids, token)
            return
        for child in token.children:
            yield from self._of_modifier(child, token, verbal=verbal)
        for child in token.children:  # last, since it negates the modals too: *nobody **should** leave*
            if child.dep_ in _ARGUMENTS:
                yield from self._negative_participant(child, token)
        if forms.is_to_be(token):
            if forms.is_perfect(token):  # *was **to have left***: and did not
                yield from self._named("modal-unmet", token)
            else:
                yield from self._to(token, "intention")
        if forms.is_subjunctive(token):
            yield from self._named("intention", token)

    def _of_modifier(self, child: Token, token: Token, *, verbal: bool) -> Iterator[Cue]:
        if child.lower_ in {"'d", "’d"} and token.tag_ == "VBN":
            return  # *he'd **left***: had, not would
        if child.lower_ in GRAMMAR.guessing_modals and child.dep_ in syntax.AUXILIARIES and forms.is_perfect(token):
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
        if forms.is_predicate_before(child, token):
            yield from self._match(child, "complement", token)

    def _match_modifier(self, word: Token, verb: Token) -> Iterator[Cue]:
        """Yield the cues that a word beside a verb is, those apart that mean something else there."""
        for cue in self._match(word, "modifier", verb):
            match cue.rule.sort:
                case "limit":
                    continue  # only permissions have one: *carried it **up to** the deck*
                case "negation" if forms.is_until(verb, word):
                    continue  # *will not arrive until Monday*: on Monday it will
                case "modal-future" if word.lower_ in _WOULD and forms.is_habit(verb):
                    continue  # *would usually leave at six*
                case "modal-future" if forms.is_going_on(word, verb):
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
            if child.dep_ in {"det", "neg", "cc:preconj"} and child.lower_ in {"no", "neither"}:
                yield from self._match(child, "modifier", verb)
        heard = noun.dep_ in syntax.SUBJECTS or verb.i == self.trigger.token.i  # not *has **nothing** to do with*
        if heard and noun.lower_ in {"nobody", "none", "nothing", "neither"}:
            yield from self._named(_NEGATION, noun, verb)
        if noun.i < verb.i and forms.is_not_one(noun.left_edge):
            yield from self._named(_NEGATION, noun.left_edge, verb)

    def _shared_with_first(self, below: Token, first: Token) -> Iterator[Cue]:
        """Yield what a coordinated verb shares with the first: auxiliaries, negation, hedges, if it has none itself."""
        has_auxiliary = any(child.dep_ in syntax.AUXILIARIES for child in below.children)
        has_subject = any(child.dep_ in syntax.SUBJECTS for child in below.children)
        if (has_auxiliary or has_subject) and not forms.is_infinitive(below):
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
                if cue.rule.sort == "belief-passive" and not forms.is_believed(head, below):
                    continue
                if (sort := _sort_here(cue, word, head)) is not None:
                    yield from self._named(sort, word, head)
                elif forms.governs(word, below, head):
                    yield cue
                    if cue.rule.sort == "permission":
                        yield from self._only_for(head)
        if head.pos_ == "NOUN":  # *plans to send*
            yield from self._match(head, "object", head)
        elif below.i > head.i + 2:  # *kept the crowd **from** entering*
            yield from self._match_apart(head, forms.preposition(below), "complement")

    def _takes(self, cue: Cue, below: Token, head: Token) -> bool:
        """Return whether a cue that asks for an infinitive has one, or what stands for it."""
        if forms.is_nonfinite(below, head):
            return True
        if cue.rule.sort == "belief-passive":
            return forms.is_impersonal(head)
        return head.lemma_.lower() in GRAMMAR.mandative_verbs and forms.is_wanted(below, cue.rule.sort)

    def _marker(self, clause: Token) -> Iterator[Cue]:
        """Yield what the words that open a clause make of it."""
        if forms.is_likened(clause):
            yield from self._named("belief-passive", clause.head, clause)
            return
        measure = clause.head.children if clause.head.lower_ == "long" else ()  # ***as** long as it **lasts***
        for child in (*clause.children, *measure):
            if child.dep_ in {"mark", "advmod", "cc", "prep", "case"} and child.i < clause.i:
                for cue in self._match(child, "clause", clause):
                    asked = (clause.head, clause.head.head)  # *have **yet** to decide whether to leave*
                    decided = forms.is_infinitive(clause) and not any(forms.find_child(t, _OPEN) for t in asked)
                    if cue.rule.sort == "left-open" and decided:
                        yield from self._to(clause, "intention")  # *is weighing **whether** to leave*
                    elif child.lower_ == "if" and forms.is_indirect_question(clause):
                        yield from self._named("left-open", child, clause)
                    elif cue.rule.sort == "forestalled":
                        yield from [cue] if forms.is_forestalled(clause) else ()
                    elif cue.rule.sort != "advice-against" or self._advises(clause):
                        yield cue

    def _advises(self, clause: Token) -> bool:
        """Return whether a clause with *against* hangs on advice (*joined a **call** against going*)."""
        head = syntax.governor(clause) or clause
        advising = (head, *syntax.direct_objects(head))
        return any(cue.rule.sort == "order" for word in advising for cue in self._match(word, "complement", head))

    def _to(self, verb: Token, sort: Sort) -> Iterator[Cue]:
        """Yield what an infinitive's *to* means: an intention, or a purpose, which leaves open too what it prevents."""
        yield from self._named(sort, forms.find_child(verb, {"to"}) or verb, verb)

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
            return forms.is_infinitive(below) or bool(forms.preposition(below)) or self._has_complement_cue(head)
        return below.dep_ in {"advcl", "obl", "nmod"} and self._is_oblique_complement(below, head)

    def _is_content_clause(self, below: Token, head: Token) -> bool:
        if below.dep_ in {"acl", *syntax.RELATIVES} and forms.find_child(below, {"that"}, {"mark"}) is not None:
            return True  # *rumours that …*
        if below.dep_ == "acl" and forms.find_child(below, {"whether"}, {"mark"}) is not None:
            return True  # *has no data whether …*
        asked = forms.find_child(below, {"if", "whether"}, {"mark"}) is not None
        return (asked or below.dep_ == "acl") and self._has_complement_cue(head)  # *claims he **fled***

    def _is_oblique_complement(self, below: Token, head: Token) -> bool:
        if head.lemma_.lower() == "set":
            return False  # *set up a fence to stop them*
        between = head.doc[head.i + 1 : below.i]
        behind = below.i > head.i  # ***before leaving** he promised to warn them*: he left
        right_behind = below.tag_ == "VBG" and behind and all(t.pos_ == "ADV" or t.tag_ == "RP" for t in between)
        preposition = forms.preposition(below)
        if not (right_behind or forms.is_infinitive(below) or preposition in GRAMMAR.complement_prepositions):
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


def _sort_here(cue: Cue, word: Token, head: Token) -> Sort | None:
    """Return the sort that a construction makes of a governing cue, None where it is as it is listed."""
    if cue.rule.sort == "hindrance" and forms.is_of_law(head):
        return "prohibition"  # *a judge **blocked** him from sending them*
    if word.lemma_.lower() in {"be", "have"} and forms.find_child(word, {"yet"}) is not None:
        return _NEGATION  # *have **yet** to leave*
    if word.lower_ == "got" and forms.is_perfect(word):
        return "intention"  # *have got to leave*
    return "wish-for-others" if cue.rule.sort == "desire" and syntax.direct_objects(head) else None


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
