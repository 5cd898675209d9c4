"""Movements by what the encoder has learned: which words are triggers, what fills their roles, how surely they are so.

What the rules know has its say: a word that a rule lists and bears out counts for more than the encoder alone would
give it, one that a rule refuses for less. The weights are data (`rules/movement/weights/decisions.toml`), fitted on
marked texts.
"""

import functools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import get_args

from spacy.tokens import Doc, Span, Token

from claimx.claims.candidates import Trigger
from claimx.claims.movement.triggers import verb_span
from claimx.claims.nouns import Kinds
from claimx.claims.roles import PLACE_ROLES, Filler, Fillers, leave_out_own_clause
from claimx.claims.roles.subjects import blamed_for, fitting_antecedent, only_speaks_of
from claimx.claims.roles.times import may_date, time_span
from claimx.claims.roles.vehicles import find_operator, part_vehicle_from_operator
from claimx.claims.standing import is_leaving_a_pact, is_leaving_an_office, is_no_event, is_writing
from claimx.language import syntax
from claimx.language.semantics import Choice, Semantics
from claimx.rules.files import Strict, parse_toml
from claimx.rules.grammar import GRAMMAR
from claimx.rules.schema import MovementRule, Status

LEARNED = MovementRule.model_construct(id="learned", frame="either")  # no words, so no examples to be checked
"""Stands as the rule of a trigger that no rule lists."""
Offers = Mapping[str, tuple[float, list[Choice]]]
"""By role: the chance of none, and the likeliest words, as `Semantics.roles` gives them."""
_TIME_WORDS = 4
"""As far apart words of one time expression may stand (*noon on [next] Tuesday*)."""
_WHEREABOUTS = frozenset({"at", "in", "near", "on"})
_SELDOM = 0.01
"""No word is looked at whose chance by the encoder alone is below this, unless a rule bears it out."""


class TriggerWeights(Strict):
    """A word's log-odds of being a trigger: `bias`, `logit` times the encoder's, and what the rules' verdict adds.

    `listed` is added where a rule bears the word out, `refused` where all that list it refuse it. `around` is counted
    times the logarithm of how much movement the rest of the article tells of: where there is much, a word of movement
    is likelier meant so. From `threshold` on it is a claim.
    """

    bias: float
    logit: float
    around: float
    listed: float
    refused: float
    threshold: float


class RoleWeights(Strict):
    """A phrase's log-odds of filling a role: `bias`, `logit` times the encoder's, `agreed` where a rule says so too.

    It fills the role from `threshold` on.
    """

    bias: float
    logit: float
    agreed: float
    threshold: float


class SourceWeights(Strict):
    """The same of a source; `attributed` is added where the attributions around the claim give it."""

    bias: float
    logit: float
    attributed: float
    threshold: float


class StatusWeights(Strict):
    """A status's score: `encoder` times the logarithm of the encoder's chance; the rules' choice adds its own weight.

    The weight says how far the rules are to be trusted when they say just that: what they fall back on (*asserted*)
    less than what words of the text told them.
    """

    encoder: float
    rules: dict[Status, float]


class ClaimWeights(Strict):
    """A claim is given from the confidence `least` on: below, hardly a row is faultless and half of them mislead."""

    least: float


class Decisions(Strict):
    """Where chances become decisions."""

    claim: ClaimWeights
    status: StatusWeights
    trigger: TriggerWeights
    role: dict[str, RoleWeights]
    source: SourceWeights


@functools.cache
def decisions() -> Decisions:
    """Return the decisions that claimx brings along."""
    text = (resources.files("claimx.rules") / "movement" / "weights" / "decisions.toml").read_text(encoding="utf-8")
    return parse_toml(Decisions, text, "decisions.toml")


@dataclass(frozen=True, slots=True)
class Listed:
    """A word that a rule lists: its trigger, its fillers by grammar, and why the rule refuses it, if it does."""

    trigger: Trigger
    fillers: Fillers
    refusal: str
    own: bool
    """Whether the rule comes from a user's pack, which outweighs the encoder."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A movement that the encoder and the rules agree on enough, with the probabilities it rests on."""

    trigger: Trigger
    fillers: Fillers
    chance: float
    chances: Mapping[str, float]
    """By role: the probability of the filler, or of there being none."""
    statuses: Mapping[str, float]
    sources: tuple[Choice, ...]
    listed: bool
    own: bool
    """Whether a rule of the user's own found it."""

    @property
    def source_chance(self) -> float:
        """How sure it is which words are sources and which are none: the product over all that were thought of."""
        chance = 1.0
        for choice in self.sources:
            chance *= max(choice.probability, 1 - choice.probability)
        return chance


def find_learned(doc: Doc, semantics: Semantics, listed: Mapping[int, Listed], kinds: Kinds) -> Iterator[Learned]:
    """Yield the movements of the doc in text order; `listed` are the rules' candidates by each token of their spans."""
    taken: set[int] = set()
    told: set[tuple[str, int, frozenset[tuple[str, int]]]] = set()
    for token in doc:
        known = listed.get(token.i)
        if token.is_space or token.i in taken:
            continue
        chance = _chance(token, semantics, known)
        if chance < decisions().trigger.threshold:
            continue
        trigger = known.trigger if known is not None else _unlisted(token)
        own = known is not None and known.own
        if is_no_event(trigger.token) and not own:
            continue
        taken |= {t.i for t in trigger.span}
        best = _best_token(trigger, semantics)
        by_rule = known.fillers if known is not None and not known.refusal else Fillers()
        fillers, chances = _fill(trigger, semantics.roles(best), by_rule, kinds)
        if not fillers.roles and known is not None:
            fillers = known.fillers
        heads = fillers.heads()
        once = (trigger.predicate, token.sent.start, frozenset((role, head.i) for role, head in heads.items()))
        if _is_no_movement(trigger, heads, kinds) or (once in told and not own):  # *evacuate, **evacuate***
            continue
        told.add(once)
        sources = tuple(semantics.sources(best))
        yield Learned(trigger, fillers, chance, chances, semantics.status(best), sources, known is not None, own)


def _is_no_movement(trigger: Trigger, heads: Mapping[str, Token], kinds: Kinds) -> bool:
    """Return whether no role but when is filled, or what fills them is no thing or party that changes place."""
    roles = heads.keys() - {"when"}
    if not roles or ("what" in heads and is_writing(_counted(heads["what"]))):
        return True
    movers = [heads[role] for role in ("who", "what", "vehicle") if role in heads]
    if any(kinds.is_force(mover) for mover in (*movers, *syntax.subjects(trigger.token))):
        return True
    if trigger.token.lemma_.lower() in GRAMMAR.flows and roles.isdisjoint(PLACE_ROLES):
        return True  # *a plan to reduce the **flow** of refugees*
    who = heads.get("who")
    if who is None or not roles <= {"who", "origin"}:
        return False
    if is_leaving_an_office(trigger.token, who, heads.get("origin")):
        return True
    return roles == {"who"} and is_leaving_a_pact(trigger.token, who)


def around(semantics: Semantics, own: float) -> float:
    """Return the logarithm of the expected number of other movements in a hundred words of the article."""
    return math.log(0.2 + 100 * max(semantics.movements - own, 0.0) / max(len(semantics.doc), 100))


def _chance(token: Token, semantics: Semantics, known: Listed | None) -> float:
    """Return the chance that a word is the trigger of a movement claim, with what the rules say of it."""
    if known is not None and known.own:
        return 0.0 if known.refusal else 1.0
    likely = semantics.movement(token)
    if likely < _SELDOM and (known is None or known.refusal):
        return 0.0
    weights, verdict = decisions().trigger, 0.0
    if known is not None:
        likely = max(likely, *(semantics.movement(t) for t in known.trigger.span))
        verdict = weights.refused if known.refusal else weights.listed
    return expit(weights.bias + weights.logit * logit(likely) + weights.around * around(semantics, likely) + verdict)


def role_chance(role: str, likely: float, agreed: bool) -> float:
    """Return the chance that a word fills a role, of the encoder's chance and whether a rule agrees."""
    weights = decisions().role[role]
    return expit(weights.bias + weights.logit * logit(likely) + weights.agreed * agreed)


def source_chance(likely: float, attributed: bool) -> float:
    """Return the chance that a word heads a source, of the encoder's chance and whether an attribution gives it."""
    weights = decisions().source
    return expit(weights.bias + weights.logit * logit(likely) + weights.attributed * attributed)


def expit(log_odds: float) -> float:
    """Return the probability of log-odds."""
    return 1 / (1 + math.exp(-log_odds))


def log_chance(chance: float) -> float:
    """Return the logarithm of a probability, at least that of 0.001: no encoder is surer than that."""
    return math.log(max(chance, 0.001))


def logit(chance: float) -> float:
    """Return the log-odds of a probability, kept within ±7."""
    safe = min(max(chance, 0.001), 0.999)
    return math.log(safe / (1 - safe))


def _unlisted(token: Token) -> Trigger:
    if token.pos_ in {"VERB", "AUX"}:
        return Trigger(token, token.lemma_.lower(), verb_span(token, ""), LEARNED, "verb")
    joined = token.i + 2 < len(token.doc) and token.nbor().text == "-" and not token.whitespace_  # ***take-off***
    return Trigger(token, token.lemma_.lower(), token.doc[token.i : token.i + (3 if joined else 1)], LEARNED, "noun")


def _best_token(trigger: Trigger, semantics: Semantics) -> Token:
    """Return the word of the trigger that the encoder takes for it: of *on the way* it may be any."""
    words = [token for token in trigger.span if not token.is_space]
    return max(words, key=lambda token: (semantics.movement(token), token.i == trigger.token.i))


def _fill(trigger: Trigger, offers: Offers, by_rule: Fillers, kinds: Kinds) -> tuple[Fillers, dict[str, float]]:
    """Return the roles' fillers, each word in one role only, and the chance of each decision."""
    weights = decisions().role
    fillers, chances = Fillers(), {}
    used = {t.i for t in trigger.span}
    pairs = sorted(weighed(offers, by_rule), key=lambda pair: (-pair[0], pair[1], pair[2].i))
    unfilled: dict[str, float] = {}
    for chance, role, head in pairs:
        if role in fillers.roles or head.i in used:
            continue
        if chance < weights[role].threshold:
            unfilled.setdefault(role, chance)
            continue
        head = _antecedent(_named(head), trigger, kinds)
        if head.i in used or not _in_reach(head, trigger.token):
            continue
        if role == "when" and not may_date(head, trigger.token, kinds):
            continue
        if role == "vehicle" and (head.pos_ == "ADJ" or head.ent_type_ == "NORP"):
            continue  # ***Norse** emigration*
        used.add(head.i)
        chances[role] = chance
        own = by_rule.roles.get(role)
        fillers.roles[role] = own if own is not None and own.head.i == head.i else _filler(role, head, kinds)
    for role in weights:
        chances.setdefault(role, 1 - unfilled.get(role, 0.0))
    _keep_means_apart(trigger, fillers, kinds)
    _keep_apart(fillers)
    _leave_out_distances(fillers.roles, kinds)
    _leave_out_company(fillers.roles, kinds)
    _leave_out_places_of_others(trigger.token, fillers.roles)
    _leave_out_posts(trigger, fillers.roles)
    _leave_out_who_bars(trigger, fillers.roles)
    _settle_who(trigger, fillers.roles, kinds)
    leave_out_own_clause(trigger, fillers)
    return fillers, chances


def _settle_who(trigger: Trigger, roles: dict[str, Filler], kinds: Kinds) -> None:
    """Leave out who only speaks of the movement, give a name its whole, and put in who is blamed for what was sent."""
    if "who" in roles and only_speaks_of(roles["who"].head, trigger.token):
        del roles["who"]
    if "who" in roles and (_gets(trigger, roles) or _receives(roles["who"].head, trigger.token)):
        receiver = roles.pop("who")
        roles.setdefault("destination", receiver)
    if "who" in roles and (owner := _torn_owner(roles["who"].head, kinds)):
        roles["who"] = Filler(roles["who"].head, span=owner)
    blamed = blamed_for(trigger.token)
    if blamed is not None and "what" in roles:
        roles["who"] = Filler(blamed)


def _gets(trigger: Trigger, roles: dict[str, Filler]) -> bool:
    """Return whether somebody has a thing come to him (***Mali** gets rifles from Oslo*)."""
    if trigger.lemma != "get" or "what" not in roles or "origin" not in roles or "destination" in roles:
        return False
    return syntax.preposition_of(roles["origin"].head) == "from"


def _receives(who: Token, event: Token) -> bool:
    """Return whether somebody gets what is sent (***Mali** received rifles, received a shipment of rifles*)."""
    if event.pos_ == "VERB":
        return event.lemma_.lower() == "receive" and not syntax.is_passive(event)
    verb = syntax.governor(event)
    if verb is None or event.pos_ != "NOUN" or event.dep_ not in syntax.OBJECTS or syntax.is_passive(verb):
        return False
    return verb.lemma_.lower() in GRAMMAR.getting_verbs and who in syntax.subjects(verb)


def _leave_out_distances(roles: dict[str, Filler], kinds: Kinds) -> None:
    """Leave out what only says how far: *withdrew 30 kilometres, set them down a mile from the village*."""
    if "what" in roles and kinds.of(roles["what"].head) == "measure":
        del roles["what"]
    if "what" in roles and "origin" in roles and "destination" not in roles:
        prepositions = [child for child in roles["origin"].head.children if child.dep_ == "case"]
        if any(word.i > 0 and kinds.of(word.nbor(-1)) == "measure" for word in prepositions):
            del roles["origin"]


def _leave_out_places_of_others(trigger: Token, roles: dict[str, Filler]) -> None:
    """Leave out where something else happens (*those fleeing the war gathered **at the border***).

    Or where it happens from (*fled and called them **from a booth***).
    """
    origin = roles.get("origin")
    preposition = syntax.preposition_of(origin.head) if origin is not None else ""
    verb = syntax.governor(origin.head) if origin is not None else None
    if verb is None or verb.i == trigger.i or {verb.pos_, trigger.pos_} != {"VERB"}:
        return
    stays = preposition in _WHEREABOUTS and verb.is_ancestor(trigger)
    if stays or (preposition == "from" and verb in syntax.conjuncts(trigger)[1:]):
        del roles["origin"]


def _leave_out_company(roles: dict[str, Filler], kinds: Kinds) -> None:
    """Leave out of a place whom or what the parse joins to it.

    *Flew to Oslo [and Mr. Doe met her]; to the camp[, as well as the cabinet]; to hospital [with burns]*.
    """
    for filler in (roles[role] for role in PLACE_ROLES if role in roles):
        joined = syntax.conjuncts(filler.head)[1:]
        if filler.head.ent_type_ in {"GPE", "LOC", "FAC"}:
            filler.without += [t for t in joined if t.ent_type_ == "PERSON"]
        if kinds.is_place(filler.head):
            besides = (t for t in joined if any(c.dep_ == "cc" and c.lower_ == "as" for c in t.children))
            filler.without += [t for t in besides if not kinds.is_place(t)]
        states = (c for c in filler.head.children if c.dep_ == "nmod" and c.lemma_.lower() in GRAMMAR.ailments)
        filler.without += [t for t in states if syntax.preposition_of(t) == "with"]


def _leave_out_posts(trigger: Trigger, roles: dict[str, Filler]) -> None:
    """Leave out where somebody is posted, who is sent away (*expelled **the ambassador to Norway***)."""
    if trigger.rule.goes == "expel" and "what" in roles and "destination" in roles:
        posted, post = roles["what"].head, roles["destination"].head
        if posted.lemma_.lower() in GRAMMAR.path_nouns and post.head.i == posted.i:
            del roles["destination"]


def _leave_out_who_bars(trigger: Trigger, roles: dict[str, Filler]) -> None:
    """Leave out who only limits what others do (***Norway** announced limits on flying to Mali*)."""
    limit = trigger.token.head
    limited = trigger.token.tag_ == "VBG" and limit.i < trigger.token.i and limit.lemma_.lower() in GRAMMAR.limits
    if limited and limit.pos_ == "NOUN" and "who" in roles and roles["who"].head in syntax.subjects(limit.head):
        del roles["who"]


def weighed(offers: Offers, by_rule: Fillers) -> Iterator[tuple[float, str, Token]]:
    """Yield each role's likely words with their chances, that which a rule gives among them."""
    for role, (_, choices) in offers.items():
        ruled = by_rule.roles.get(role)
        for likely, agreed, head in filler_offers(role, choices, ruled.head if ruled is not None else None):
            yield role_chance(role, likely, agreed), role, head


def filler_offers(role: str, choices: Sequence[Choice], ruled: Token | None) -> Iterator[tuple[float, bool, Token]]:
    """Yield the words that may head a role's filler: the encoder's chance, whether a rule says so too, the word.

    Words of one name, noun phrase or time expression are one offer, with their chances together.
    """
    same = _in_one_time if role == "when" else syntax.in_one_phrase
    phrases: list[list[Choice]] = []
    for choice in choices:
        phrase = next((p for p in phrases if same(choice.token, p[0].token)), None)
        if phrase is None:
            phrases.append([choice])
        else:
            phrase.append(choice)
    agreed = False
    for phrase in phrases:
        here = ruled is not None and any(same(ruled, choice.token) for choice in phrase)
        agreed |= here
        head = phrase[0].token
        if role == "when":  # *[midday] Thursday*: the phrase is its top word's
            head = next((c.token for c in phrase if c.token.is_ancestor(head)), head)
        yield sum(choice.probability for choice in phrase), here, ruled if here and ruled is not None else head
    if ruled is not None and not agreed:
        yield 0.002, True, ruled


def _in_one_time(first: Token, second: Token) -> bool:
    """Return whether two words belong to one time expression: they are near, and one depends on the other."""
    related = first.i == second.i or first.is_ancestor(second) or second.is_ancestor(first)
    return related and abs(first.i - second.i) <= _TIME_WORDS


def _in_reach(head: Token, trigger: Token) -> bool:
    """Return whether both stand in one sentence: a role given only in another one does not count."""
    word = head.pos_ not in {"PUNCT", "ADP", "CCONJ", "SCONJ"} and head.dep_ != "det" and not _is_quality(head)
    return head.sent.start == trigger.sent.start and word and head.tag_ not in {"WDT", "WP"}


def _is_quality(head: Token) -> bool:
    """Return whether a word says of what kind something is (*[military] withdrawal*), nationalities and names apart."""
    return head.pos_ == "ADJ" and head.dep_ == "amod" and not head.ent_type_ and head.lower_ == head.text


def _antecedent(head: Token, trigger: Trigger, kinds: Kinds) -> Token:
    """Return what a relative pronoun stands for, where the parse tells; any other word itself.

    What the encoder takes for the antecedent of the trigger's own *who* may be the noun beside it, no person.
    """
    if head.tag_ in {"WDT", "WP"} and head.lower_ in {"who", "which", "that", "whom"}:
        clause = _relative_clause(head)
        return head if clause is None or clause.head.i > head.i else fitting_antecedent(clause.head, head, kinds)
    clause = _relative_clause(trigger.token)
    pronoun = syntax.relative_pronoun(clause) if clause is not None else None
    if clause is None or pronoun is None or head.i >= pronoun.i or kinds.of(head) == "person":
        return head
    if head.i == clause.head.i or (head.dep_ == "nmod" and clause.head.is_ancestor(head) and pronoun.lower_ == "who"):
        return fitting_antecedent(clause.head, pronoun, kinds)
    return head


def _named(head: Token) -> Token:
    """Return the name that a noun only introduces (*goalkeeper **Ann Lee***), any other word itself."""
    return head.head if head.dep_ == "nmod:desc" and head.head.pos_ == "PROPN" and head.i < head.head.i else head


def _relative_clause(token: Token) -> Token | None:
    """Return the head of the innermost relative clause that holds a word."""
    return next((above for above in (token, *token.ancestors) if above.dep_ in syntax.RELATIVES), None)


def _filler(role: str, head: Token, kinds: Kinds) -> Filler:
    if role == "when":
        return Filler(head, span=time_span(head, kinds))
    if head.pos_ == "ADV":
        inside = head.dep_ == "amod" and head.lower_ in GRAMMAR.depths  # *from **deep** inside Chad*
        return Filler(head.head) if inside else Filler(head, span=head.doc[head.i : head.i + 1])
    return Filler(head)


def _torn_owner(head: Token, kinds: Kinds) -> Span | None:
    """Return the whole of a possessor of which the parse keeps the end (*the secretary of **state**'s visit*)."""
    doc, i = head.doc, head.i
    possessive = i + 1 < len(doc) and doc[i + 1].tag_ == "POS" and doc[i + 1].head.i == i
    if not possessive or i < 2 or doc[i - 1].lower_ != "of" or kinds.of(doc[i - 2]) != "person":
        return None
    return doc[min(doc[i - 2].left_edge.i, i - 2) : i + 1]


def _keep_means_apart(trigger: Trigger, fillers: Fillers, kinds: Kinds) -> None:
    """Hold who to what the guideline says of it.

    A means of transport is the vehicle and its operator, where named, who; a missile is what moves; and a party that is
    the subject of an active verb moves itself.
    """
    part_vehicle_from_operator(fillers, kinds)
    _part_what_is_steered(trigger.token, fillers.roles, kinds)
    who, what, vehicle = (fillers.roles.get(role) for role in ("who", "what", "vehicle"))
    if who is not None and who.head.pos_ != "PRON" and kinds.of(_counted(who.head)) == "object":
        del fillers.roles["who"]
        fillers.roles.setdefault("what", who)
    if who is None and vehicle is not None and kinds.holds_people(vehicle.head):
        del fillers.roles["vehicle"]
        acts = what is not None or vehicle.head.dep_ in syntax.SUBJECTS
        fillers.roles["who" if acts else "what"] = vehicle
    elif who is None and vehicle is not None:
        subject = vehicle.head.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS
        lost = what is None and vehicle.head.i < trigger.token.i  # a subject that the parse gave to another verb
        operator = find_operator(vehicle.head) if subject or lost else None
        if operator is not None:
            fillers.roles["who"] = Filler(operator.root, span=operator)
    if who is None and what is not None and _moves_itself(trigger, what.head, kinds):
        del fillers.roles["what"]
        fillers.roles["who"] = what


def _part_what_is_steered(verb: Token, roles: dict[str, Filler], kinds: Kinds) -> None:
    """Make the means that somebody drives, flies or sails the vehicle (*sailed **the vessel** to Oslo*)."""
    what = roles.get("what")
    if what is None or "vehicle" in roles or verb.lemma_.lower() not in GRAMMAR.steering_verbs:
        return
    if kinds.of(what.head) == "vehicle" and what.head in syntax.direct_objects(verb) and not syntax.is_passive(verb):
        roles["vehicle"] = roles.pop("what")


def _moves_itself(trigger: Trigger, head: Token, kinds: Kinds) -> bool:
    """Return whether what is no mere thing is the subject of the trigger, an active verb."""
    verb = trigger.token
    active = trigger.kind == "verb" and not syntax.is_passive(verb)
    mere = kinds.of(_counted(head)) in {"object", "vehicle"}
    return active and not mere and any(head.i in {s.i, _counted(s).i} for s in syntax.subjects(verb))


def _counted(noun: Token) -> Token:
    """Return what a numeral counts (*the first of 12 [sailors]*), any other noun itself."""
    parts = [p.noun for p in syntax.prepositionals(noun) if p.preposition == "of"] if noun.like_num else []
    named = [child for part in parts for child in (part, *part.rights, *noun.rights) if child.pos_ in {"NOUN", "PROPN"}]
    return named[0] if named else noun


def _keep_apart(fillers: Fillers) -> None:
    """Leave each role's phrase out of the others' (*withdrew troops [from Syria]*), an operator in a name aside."""
    for role, filler in fillers.roles.items():
        if filler.span is not None:
            continue
        for other_role, other in fillers.roles.items():
            if other_role == role or (role, other_role) == ("vehicle", "who"):  # *the convoy led by Doe*
                continue
            if filler.head.i < other.head.i and filler.head.is_ancestor(other.head):
                filler.without.append(other.head)


def decide_status(chances: Mapping[str, float], by_rule: Status | None) -> Status:
    """Return the likeliest status, of the chances and of what the rules say, None where they leave it open."""
    weights = decisions().status

    def score(name: Status) -> float:
        told = weights.rules[by_rule] if by_rule is not None and name == by_rule else 0.0
        return weights.encoder * log_chance(chances[name]) + told

    statuses: tuple[Status, ...] = get_args(Status)
    return max(statuses, key=score)
