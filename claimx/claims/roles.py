"""Who moves what, from where to where, how and when: the trigger's fillers, from the grammar around it.

Each `_fill_*` reads one construction. Spans follow the guideline: maximal noun phrases without their preposition,
and without the phrases that the trigger itself claims.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from claimx.claims import nouns
from claimx.claims.nouns import Kinds
from claimx.claims.triggers import Trigger
from claimx.language import syntax
from claimx.language.syntax import Prepositional

PREPOSITIONS: dict[str, str] = {
    "from": "origin", "out of": "origin", "off": "origin", "off of": "origin", "out": "origin", "outside": "origin",
    "to": "destination", "into": "destination", "onto": "destination", "toward": "destination",
    "towards": "destination", "inside": "destination", "back to": "destination", "up to": "destination",
    "in to": "destination", "as far as": "destination", "over to": "destination", "home to": "destination",
    "through": "via", "via": "via", "across": "via", "over": "via", "past": "via", "by way of": "via", "along": "via",
    "aboard": "vehicle", "on board": "vehicle", "onboard": "vehicle",
}  # fmt: skip
OBJECT_ROLES = {"goal": "destination", "source": "origin", "path": "via"}
"""Frames whose object is a place, and the role that it fills; elsewhere the object is what moves."""

_VEHICLE_PREPOSITIONS = frozenset({"by", "in", "on", "with", "via", "inside", "aboard", "onto", "into", "from"})
_MODES = frozenset({"air", "sea", "land", "road", "rail", "ship", "boat", "plane", "train", "bus", "car", "truck", "ferry", "helicopter", "foot"})
_FIGURATIVE = frozenset({"in", "at", "into", "to", "out of", "from", "through", "toward", "towards"})
_TIME_PREPOSITIONS = frozenset(
    {"in", "on", "at", "during", "over", "by", "until", "till", "since", "after", "before", "within", "from", "around",
     "about", "for", "between", "throughout", "through", "ahead of", "towards", "as of", "late in", "early in", ""}
)  # fmt: skip
_DURATION_ONLY = frozenset({"after", "before", "for", "until", "till", "since"})
_TIME_ADVERBS = frozenset({"today", "tomorrow", "yesterday", "tonight", "now", "daily", "weekly", "nightly", "overnight", "hourly", "monthly"})
_TIME_EDGES = frozenset({"early", "late", "earlier", "later", "just", "mid", "only"})
_PATH_NOUNS = frozenset(
    {"road", "route", "way", "bridge", "path", "border", "letter", "ambassador", "envoy", "adviser", "advisor", "access",
     "response", "distance", "message", "threat", "answer", "key", "guide", "link", "pipeline", "highway", "railway",
     "trip", "visit", "flight", "journey", "call", "right", "aide", "alternative", "approach", "secretary", "delegate"}
)  # fmt: skip
_OBJECT_CONTROL = frozenset(
    {"allow", "permit", "ask", "order", "tell", "urge", "force", "persuade", "encourage", "help", "let", "make", "invite",
     "ban", "bar", "prevent", "stop", "block", "prohibit", "forbid", "discourage", "dissuade", "deter", "keep", "enable",
     "require", "advise", "warn", "see", "watch", "hear", "instruct", "compel", "oblige", "command", "direct", "expect",
     "want", "cause", "get", "assist", "beg", "call", "push", "press", "pressure", "lead", "send", "clear", "authorize",
     "authorise", "find", "catch", "show", "spot", "film", "record", "photograph", "notice", "observe", "capture",
     "accuse", "suspect", "charge", "convict", "blame", "criticize", "criticise", "praise", "thank", "condemn", "arrest",
     "punish", "jail", "sentence", "detain", "fine", "have", "need", "like", "assign", "recruit", "train", "hire", "pay"}
)  # fmt: skip
_LIGHT_VERBS = frozenset(
    {"make", "begin", "start", "launch", "conduct", "complete", "pay", "take", "undertake", "organize", "organise",
     "continue", "resume", "finish", "end", "order", "plan", "perform", "stage", "mount", "carry", "initiate", "cancel",
     "postpone", "delay", "halt", "suspend", "announce", "consider", "cut", "accelerate", "speed", "oversee", "prepare",
     "propose", "arrange", "promise", "lead", "do", "have", "step", "coordinate", "embark", "schedule", "implement"}
)  # fmt: skip
_OPERATORS = frozenset({"operate", "lead", "run", "fly", "charter", "own", "crew", "send", "pilot", "command", "man", "drive", "use", "head", "deploy"})
_OPERATED = frozenset({"operated", "owned", "chartered", "run", "led", "flagged", "registered", "flown", "manned", "crewed", "built"})
_MAX_CONTROL = 6  # clauses to climb for a subject; deeper is a parse gone wrong


@dataclass(slots=True)
class Filler:
    """A role's noun: the head token, and the heads of dependents to leave out of the span."""

    head: Token
    without: list[Token] = field(default_factory=list)
    span: Span | None = None

    def as_span(self) -> Span:
        """Return the role's span."""
        return self.span if self.span is not None else syntax.phrase(self.head, without=self.without)


@dataclass(slots=True)
class Fillers:
    """A trigger's roles: filler by role name.

    `figures` are heads that stand where a place should but name none (*under **fire***), `objects` the direct objects of
    a verb whose frame has none (*ran the **company***).
    """

    roles: dict[str, Filler] = field(default_factory=dict)
    figures: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)

    def heads(self) -> dict[str, Token]:
        """Return the head of each filled role."""
        return {role: filler.head for role, filler in self.roles.items()}

    def set(self, role: str, head: Token) -> None:
        """Give `role` its head unless it has one; a head serves one role only."""
        if role not in self.roles and all(filler.head.i != head.i for filler in self.roles.values()):
            self.roles[role] = Filler(head)


def find_roles(trigger: Trigger, kinds: Kinds) -> Fillers:
    """Return the trigger's fillers by role name; nothing is checked against the rule's needs yet."""
    fillers = Fillers()
    if trigger.kind == "verb":
        _fill_from_verb(trigger, kinds, fillers)
    elif trigger.kind == "noun":
        _fill_from_noun(trigger, kinds, fillers)
    else:
        _fill_from_phrase(trigger, kinds, fillers)
    _fill_when(trigger, kinds, fillers)
    _part_vehicle_from_operator(trigger, fillers, kinds)
    _leave_out_own_clause(trigger, fillers)
    return fillers


# ---- verbs


def _fill_from_verb(trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    verb, frame = trigger.token, trigger.rule.frame
    object_role = OBJECT_ROLES.get(frame, "what")
    subject = surface_subject(verb, kinds)
    passive = syntax.is_passive(verb)
    objects = [t for t in _objects(verb, kinds) if not kinds.is_time(t)]
    if frame == "self":
        fillers.objects = [t for t in objects if not (kinds.is_place(t) and trigger.rule.place_object)]
        objects = [t for t in objects if kinds.is_place(t) and trigger.rule.place_object]
    if passive:
        if subject is not None and frame != "self":
            fillers.set(_object_role(trigger, subject, kinds), subject)
        for agent in syntax.agents(verb):
            if agent.lower_ not in _MODES and not kinds.is_time(agent):
                fillers.set("who", agent)
    else:
        if subject is not None and subject not in objects:
            drifts = frame == "self" and kinds.of(subject) == "object"  # what has no will of its own is moved
            fillers.set("what" if drifts else "who", subject)
        if objects and frame == "source" and kinds.is_figure(objects[0]):
            objects = _scene(objects[0], kinds) or ([] if trigger.rule.drops_figures else objects)
        if objects and object_role == "via" and kinds.is_figure(objects[0]):
            objects = []
        if objects and "with" in trigger.rule.prepositions and any(p.preposition == "with" for p in syntax.prepositionals(verb)):
            fillers.set("destination", objects[0])  # *supplied the rebels with rifles*
        elif objects:
            fillers.set(_object_role(trigger, _host(objects[0], trigger, kinds), kinds), _host(objects[0], trigger, kinds))
        for receiver in syntax.indirect_objects(verb):
            if objects and frame in {"transfer", "either"}:
                fillers.set("destination", receiver)
    for phrase in _path_phrases(verb, objects, kinds, to_party=frame == "transfer"):
        _fill_from_preposition(phrase, trigger, kinds, fillers)
    for adverb in _adverbs_of(verb):
        if adverb.lower_ in nouns.PLACE_ADVERBS and not any(c.dep_ in {"obl", "prep"} for c in adverb.children):
            fillers.set("destination", adverb)
        elif adverb.lower_ in nouns.PLACE_ADVERBS:
            fillers.set("destination", adverb)
    _fill_from_relative(verb, kinds, fillers)
    _fill_from_instrument(verb, kinds, fillers)


def _host(met: Token, trigger: Trigger, kinds: Kinds) -> Token:
    """Return the place where somebody is visited, if the text names one (*visited him in **prison***), else the object."""
    if trigger.rule.frame == "goal" and kinds.of(met) == "person":
        for phrase in (*syntax.prepositionals(trigger.token), *syntax.prepositionals(met)):
            if phrase.preposition in {"in", "at"} and kinds.is_place(phrase.noun):
                return phrase.noun
    return met


def _scene(event: Token, kinds: Kinds) -> list[Token]:
    """Return the place of an event that somebody flees (*violence in **Uzbekistan***)."""
    return [p.noun for p in syntax.prepositionals(event) if p.preposition in {"in", "at"} and kinds.is_place(p.noun)][:1]


def _fill_from_instrument(verb: Token, kinds: Kinds, fillers: Fillers) -> None:
    """Fill vehicle, and who, from the clause that says what was used (*used drones **to carry** …*)."""
    head = syntax.governor(verb)
    if verb.dep_ not in {"xcomp", "advcl"} or head is None or head.lemma_.lower() != "use":
        return
    means = syntax.subjects(head) if syntax.is_passive(head) else syntax.direct_objects(head)
    if means and (kinds.is_vehicle(means[0]) or means[0].lemma_.lower() in {"drone", "uav"}):
        if "who" in fillers.roles and fillers.roles["who"].head.i == means[0].i:
            del fillers.roles["who"]
        fillers.set("vehicle", means[0])
        for agent in syntax.agents(head):
            fillers.set("who", agent)


def _object_role(trigger: Trigger, noun: Token, kinds: Kinds) -> str:
    rule = trigger.rule
    if rule.place_object and kinds.is_place(noun):
        return rule.place_object
    if rule.vehicle_object and kinds.is_vehicle(noun):
        return rule.vehicle_object
    return OBJECT_ROLES.get(rule.frame, "what")


def _objects(verb: Token, kinds: Kinds) -> list[Token]:
    found = [_antecedent(t, kinds) for t in syntax.direct_objects(verb)]
    if not found and verb.dep_ in syntax.RELATIVES and syntax.subjects(verb) and not syntax.is_passive(verb):
        subject = syntax.subjects(verb)[0]
        pronoun = syntax.relative_pronoun(verb)
        gap = pronoun is None or (pronoun.lower_ in {"that", "which", "whom", "who"} and pronoun.i != subject.i)
        if gap and not (pronoun is not None and syntax.preposition_of(pronoun)) and pronoun is None or (
            pronoun is not None and pronoun.dep_ in syntax.OBJECTS
        ):
            found = [_place_before(verb, kinds)]
    return found


def _place_before(clause: Token, kinds: Kinds) -> Token:
    """Return the antecedent of an object gap, the nearest place where the clause hangs on what is none."""
    head = clause.head
    if kinds.of(head) != "person":
        return head
    for phrase in syntax.prepositionals(head):
        if phrase.noun.i < clause.i and kinds.is_place(phrase.noun) and clause.lemma_.lower() in {"visit", "leave", "enter"}:
            return phrase.noun
    return head


def _path_phrases(verb: Token, objects: list[Token], kinds: Kinds, *, to_party: bool) -> Iterator[Prepositional]:
    """Yield the prepositional phrases that may say from where, to where or how: the verb's own, and strays.

    Parsers hang *from Syria* on the noun before it as often as on the verb; a path preposition over a place, below
    the verb's object or below another path phrase, is the verb's.
    """
    for host in (verb, *_adverbs_of(verb), *syntax.particles(verb)):
        for phrase in syntax.prepositionals(host):
            yield _widened(phrase, host)
            yield from _strays(phrase.noun, kinds)
    for noun in objects:
        if noun.i > verb.i:
            yield from _strays(noun, kinds, to_party=to_party)


def _widened(phrase: Prepositional, host: Token) -> Prepositional:
    """Return the phrase with an *out* or *back* that hangs on the verb joined to its preposition."""
    if host.lower_ == "out" and phrase.preposition == "of":
        return Prepositional("out of", phrase.marker, phrase.noun, phrase.head)
    return phrase


def _strays(noun: Token, kinds: Kinds, *, to_party: bool = False) -> Iterator[Prepositional]:
    if noun.lemma_.lower() in kinds.rules.nouns or syntax.is_verb(noun):
        return
    leads_somewhere = noun.lemma_.lower() in _PATH_NOUNS  # *the road to Mombasa* is one place
    for phrase in syntax.prepositionals(noun):
        if leads_somewhere and phrase.preposition == "to":
            continue
        if phrase.preposition in {"from", "to", "into", "out of", "through", "via", "across", "aboard", "onto"} and (
            kinds.is_place(phrase.noun)
            or phrase.preposition == "aboard"
            or (to_party and phrase.preposition == "to" and kinds.is_party(phrase.noun))
        ):
            yield phrase
        if phrase.noun.i > noun.i:
            yield from _strays(phrase.noun, kinds)
    for child in noun.children:
        if child.dep_ in {"conj", "appos"} and child.i > noun.i:
            yield from _strays(child, kinds)


def _adverbs_of(verb: Token) -> list[Token]:
    found = []
    for child in verb.children:
        if child.i > verb.i and child.dep_ in {"advmod", "npadvmod", "obl:npmod", "obl:unmarked", "xcomp", "advcl", "obj", "obl"} and (
            child.pos_ in {"ADV", "ADP"} or child.lower_ in {"home", "north", "south", "east", "west"}
        ):
            found.append(child)
            found += [c for c in child.children if c.pos_ == "ADV" and c.i > child.i and c.lower_ in nouns.PLACE_ADVERBS]
    return found


def _fill_from_preposition(phrase: Prepositional, trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    noun, preposition = phrase.noun, phrase.preposition
    if kinds.is_time(noun) or noun.pos_ in {"VERB", "AUX"}:
        return
    kind = kinds.of(noun)
    if preposition in _VEHICLE_PREPOSITIONS and (kind == "vehicle" or (preposition == "by" and noun.lower_ in _MODES)):
        if preposition != "by" or not syntax.is_passive(trigger.token) or noun.lower_ in _MODES:
            if preposition not in {"from", "into", "onto"} or "vehicle" not in fillers.roles:
                fillers.set("origin" if preposition == "from" else "vehicle", noun)
        return
    role = trigger.rule.prepositions.get(preposition, PREPOSITIONS.get(preposition, ""))
    if preposition == "by" and trigger.rule.frame == "self" and kind == "place":
        role = "via"
    if not role or role == "when":
        if preposition == "under" and kinds.is_figure(noun):
            fillers.figures.append(noun)
        return
    if role in {"origin", "destination", "via"}:
        if kinds.is_figure(noun):
            if preposition in _FIGURATIVE and noun.lemma_.lower() not in kinds.rules.nouns:
                fillers.figures.append(noun)
            return
        locative = preposition in {"in", "at", "on", "near", "along", "around"}
        if locative and kind != "place":
            return
        if preposition == "over" and kind != "place":
            return
        if preposition == "for" and kind not in {"place"}:
            return
        if role in fillers.roles and kind == "place" and not kinds.is_place(fillers.roles[role].head):
            del fillers.roles[role]
    fillers.set(role, noun)
    for other in fillers.roles.values():
        if other.head.i != noun.i and other.head.is_ancestor(noun):
            other.without.append(noun if phrase.marker.head.i == noun.i else phrase.marker)


def _fill_from_relative(verb: Token, kinds: Kinds, fillers: Fillers) -> None:
    """Fill from *where* and *to which* in a relative clause: the antecedent is the place."""
    clause = syntax.first_conjunct(verb)
    if clause.dep_ not in syntax.RELATIVES:
        return
    for child in verb.children:
        if child.lower_ == "where" and kinds.is_place(clause.head):
            fillers.set("destination", clause.head)
    for name, filler in list(fillers.roles.items()):
        if filler.head.tag_ in {"WDT", "WP"}:
            fillers.roles[name] = Filler(clause.head)


def surface_subject(verb: Token, kinds: Kinds, depth: int = 0) -> Token | None:
    """Return the head of what the verb is said of, passive or active: its own subject, or the one that control,
    coordination, a participle or a relative clause lends it (*Russia has started **moving***)."""
    own = syntax.subjects(verb)
    if own:
        subject = own[0]
        if subject.lower_ in {"it", "there"} and subject.dep_ == "expl":
            return None
        return _antecedent(subject, kinds)
    if depth >= _MAX_CONTROL:
        return None
    dep, head = verb.dep_, syntax.governor(verb)
    if head is None:
        return None
    if dep == "conj":
        if head.pos_ in {"VERB", "AUX"} or syntax.subjects(head) or head.dep_ in syntax.CLAUSAL:
            return surface_subject(head, kinds, depth + 1)
        return None
    if dep in {"acl", "amod"} or (dep in syntax.RELATIVES and not syntax.is_finite(verb)):
        return _subject_of_participle(verb, head, kinds, depth)
    if dep in syntax.RELATIVES:
        return head if syntax.relative_pronoun(verb) is None else None
    if dep in {"xcomp", "ccomp", "advcl", "pcomp", "obl", "nmod"}:
        if syntax.is_finite(verb) and dep == "ccomp":
            return None
        controller = _controlled_object(head, kinds)
        if controller is not None and controller.i != verb.i:
            return controller
        if head.pos_ in {"VERB", "AUX", "ADJ"} or syntax.subjects(head):
            return surface_subject(head, kinds, depth + 1)
        if head.pos_ == "NOUN":
            return _subject_of_participle(verb, head, kinds, depth)
    return None


def _controlled_object(head: Token, kinds: Kinds) -> Token | None:
    """Return the object that is the lower verb's subject (*ordered **troops** to leave*)."""
    if head.lemma_.lower() not in _OBJECT_CONTROL:
        return None
    if syntax.is_passive(head):
        return None
    objects = syntax.direct_objects(head) or syntax.indirect_objects(head)
    if objects:
        return _antecedent(objects[0], kinds)
    for phrase in syntax.prepositionals(head):
        if phrase.preposition in {"on", "for"} and head.lemma_.lower() in {"call", "appeal", "press", "push"}:
            return phrase.noun
    return None


def _subject_of_participle(verb: Token, noun: Token, kinds: Kinds, depth: int) -> Token | None:
    infinitive = any(c.lower_ == "to" for c in verb.children if c.i < verb.i)
    if not infinitive and not any(c.dep_ in {"case", "mark"} for c in verb.children):
        return _named(noun)
    if noun.dep_ in syntax.OBJECTS and noun.head.lemma_.lower() in _OBJECT_CONTROL and infinitive:
        return noun
    owners = syntax.possessors(noun) or [p.noun for p in syntax.prepositionals(noun) if p.preposition in {"by", "for"}]
    if owners:
        return owners[0]
    head = syntax.governor(noun)
    if noun.pos_ in {"NOUN", "PRON", "PROPN"} and _is_ordinal_like(noun):
        return _whole(noun)
    if head is not None and head.pos_ in {"VERB", "AUX"}:
        if noun.dep_ in syntax.SUBJECTS:
            return None
        return surface_subject(head, kinds, depth + 1)
    return None


def _is_ordinal_like(noun: Token) -> bool:
    """Return whether an infinitive after the noun says what the noun does (*the first ship to leave*)."""
    return any(c.lemma_.lower() in {"first", "last", "next", "only", "second", "third", "large", "most"} or c.tag_ == "JJS" for c in noun.subtree if c.i <= noun.i)


def _antecedent(token: Token, kinds: Kinds) -> Token:
    """Return what a relative pronoun stands for, else the token."""
    if token.tag_ in {"WDT", "WP"} or (token.lower_ == "that" and token.pos_ == "PRON") or "Rel" in token.morph.get("PronType"):
        for clause in token.ancestors:
            if clause.dep_ in syntax.RELATIVES:
                return _named(_fitting(clause.head, token, kinds))
            if clause.dep_ in {"ccomp", "root", "ROOT", "parataxis"}:
                break
    return token


def _fitting(head: Token, pronoun: Token, kinds: Kinds) -> Token:
    """Return the person nearest before *who* where the parse hangs its clause on what is none."""
    if pronoun.lower_ != "who" or kinds.of(head) in {"person", "organization", ""}:
        return head
    for token in reversed(list(head.doc[head.i + 1 : pronoun.i])):
        if token.pos_ in {"NOUN", "PROPN"} and kinds.of(token) == "person":
            return syntax.joined_name(token)
    return head


def _named(noun: Token) -> Token:
    """Return the name that the noun is in apposition to, or the whole that it is part of (*one of the **groups***)."""
    while noun.dep_ == "appos" and noun.head.i != noun.i and noun.head.pos_ in syntax.NOMINALS:
        noun = noun.head
    return noun


def _whole(noun: Token) -> Token:
    """Return the quantity that a noun is counted by (***one** of the largest groups*), else the noun."""
    head = syntax.governor(noun)
    if head is not None and syntax.preposition_of(noun) == "of" and (head.pos_ == "NUM" or head.lower_ in nouns.QUANTITIES):
        return head
    return noun


# ---- event nouns and phrases


def _fill_from_noun(trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    noun, frame = trigger.token, trigger.rule.frame
    moved_role = "what" if frame in {"transfer", "either"} else "who"
    goal_role = OBJECT_ROLES.get(frame, "")
    phrases = [p for host in (noun, *_adverbs_of(noun)) for p in syntax.prepositionals(host)]
    for phrase in phrases:
        if phrase.preposition == "of" and not kinds.is_time(phrase.noun):
            if goal_role and kinds.is_place(phrase.noun) and phrase.noun.ent_type_ != "PERSON":
                fillers.set(goal_role, phrase.noun)
            elif frame == "either" and not _takes_object(trigger):
                fillers.set("who", phrase.noun)
            elif not kinds.is_figure(phrase.noun):
                named = _object_role(trigger, phrase.noun, kinds) if moved_role == "what" else moved_role
                fillers.set(named, phrase.noun)
        elif phrase.preposition == "by" and not kinds.is_time(phrase.noun):
            fillers.set("who", phrase.noun)
        else:
            _fill_from_preposition(phrase, trigger, kinds, fillers)
            for stray in _strays(phrase.noun, kinds):
                _fill_from_preposition(stray, trigger, kinds, fillers)
    for filler in list(fillers.roles.values()):
        locatives = (p for p in syntax.prepositionals(filler.head) if p.preposition in trigger.rule.prepositions)
        for phrase in (*_strays(filler.head, kinds), *locatives):
            _fill_from_preposition(phrase, trigger, kinds, fillers)
    for owner in syntax.possessors(noun):
        if kinds.is_time(owner):
            continue
        kind = kinds.of(owner)
        if kind in {"object"} and moved_role == "what":
            fillers.set("what", owner)
        else:
            fillers.set("who", owner)
    for modifier in syntax.premodifiers(noun):
        kind = kinds.of(modifier)
        if modifier.dep_ == "amod" and modifier.ent_type_ != "NORP":
            continue
        if modifier.ent_type_ in {"NORP", "GPE", "ORG", "PERSON"} and kind != "object":
            if kinds.is_place(modifier) and trigger.rule.place_object:
                fillers.set(trigger.rule.place_object, modifier)
            elif modifier.ent_type_ != "GPE" or moved_role == "what":
                fillers.set("who", modifier)
        elif kind in {"person", "object", "vehicle"}:
            fillers.set(moved_role, modifier)
    if "who" not in fillers.roles:
        _fill_from_light_verb(noun, kinds, fillers)


def _takes_object(trigger: Trigger) -> bool:
    return trigger.lemma not in {"return", "flight", "landing", "retreat", "homecoming"}


def _fill_from_light_verb(noun: Token, kinds: Kinds, fillers: Fillers) -> None:
    """Fill who from the subject of a light or aspect verb (*Russia began the **withdrawal***)."""
    head = syntax.governor(noun)
    if head is None or head.pos_ != "VERB":
        return
    if noun.dep_ in syntax.OBJECTS and head.lemma_.lower() in _LIGHT_VERBS and not syntax.is_passive(head):
        subject = surface_subject(head, kinds)
        if subject is not None:
            fillers.set("who", subject)
    elif noun.dep_ in syntax.PASSIVE_SUBJECTS and head.lemma_.lower() in _LIGHT_VERBS:
        for agent in syntax.agents(head):
            fillers.set("who", agent)
    elif syntax.preposition_of(noun) in {"on", "during", "for"} and head.lemma_.lower() in {"be", "go", "leave", "depart", "embark", "say", "meet"}:
        subject = surface_subject(head, kinds)
        if subject is not None and head.lemma_.lower() in {"go", "leave", "depart", "embark"}:
            fillers.set("who", subject)


def _fill_from_phrase(trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    head = trigger.token
    for token in trigger.span:
        for phrase in syntax.prepositionals(token):
            if phrase.noun.i > trigger.span.end - 1:
                _fill_from_preposition(phrase, trigger, kinds, fillers)
        for child in token.children:
            if child.i >= trigger.span.end and child.dep_ == "advmod" and child.lower_ in nouns.PLACE_ADVERBS:
                fillers.set("destination", child)
    if not fillers.roles:  # parsers often hang the goal on the verb or noun before
        after = head.doc[trigger.span.end : trigger.span.end + 1]
        if len(after) and after[0].lower_ in {"to", "from"}:
            goal = after[0].head if after[0].dep_ == "case" else next((c for c in after[0].children if c.dep_ == "pobj"), None)
            if goal is not None:
                fillers.set(PREPOSITIONS[after[0].lower_], goal)
    governor: Token | None = head
    while governor is not None and governor.pos_ not in {"VERB", "AUX"} and not syntax.subjects(governor):
        governor = syntax.governor(governor)
    if governor is not None:
        subject = surface_subject(governor, kinds)
        if subject is not None:
            fillers.set("who", subject)
        for phrase in syntax.prepositionals(governor):
            if phrase.preposition in {"in", "at", "on"} and kinds.is_place(phrase.noun) and phrase.noun.i < trigger.span.start:
                fillers.set("via", phrase.noun)


# ---- time, vehicles


def _fill_when(trigger: Trigger, kinds: Kinds, fillers: Fillers) -> None:
    hosts = {trigger.token.i} | {f.head.i for role, f in fillers.roles.items() if role != "who" or f.head.i > trigger.token.i}
    hosts |= {a.i for a in _adverbs_of(trigger.token)}
    raised = trigger.token
    while raised.dep_ == "xcomp" or (raised.dep_ in syntax.OBJECTS and trigger.kind == "noun" and raised.head.lemma_.lower() in _LIGHT_VERBS):
        raised = raised.head
        hosts.add(raised.i)
    best: Span | None = None
    for token in trigger.token.sent:
        if not (kinds.is_time(token) or token.lower_ in _TIME_ADVERBS) or token in trigger.span:
            continue
        top = token
        while top.head.i != top.i and kinds.is_time(top.head) and top.head.i not in hosts:
            top = top.head
        if top.head.i in hosts or (top.head.head.i in hosts and top.head.pos_ in {"ADP", "ADV"}):
            if top.dep_ in syntax.SUBJECTS or top.dep_ in syntax.OBJECTS or top.dep_ in {"conj", "compound", "amod"}:
                continue
            if _measures_clause(top):
                continue
            preposition = syntax.preposition_of(top)
            if preposition and preposition not in _TIME_PREPOSITIONS:
                continue
            if preposition in _DURATION_ONLY and not _short_time(top):
                continue
            span = _time_span(top)
            if best is None or abs(span.start - trigger.token.i) < abs(best.start - trigger.token.i):
                best = span
                fillers.roles["when"] = Filler(top, span=span)
    if "when" in fillers.roles:
        for role, filler in fillers.roles.items():
            if role != "when" and filler.head.is_ancestor(fillers.roles["when"].head):
                filler.without.append(fillers.roles["when"].head)


def _measures_clause(time: Token) -> bool:
    """Return whether the time only says how long before or after (*one day **after** the pirates left*)."""
    after = time.doc[max(t.i for t in time.subtree) + 1 : max(t.i for t in time.subtree) + 2]
    return len(after) > 0 and after[0].lower_ in {"after", "before"} and after[0].head.i == time.head.i


def _short_time(token: Token) -> bool:
    return token.lemma_.lower() == "time"


def _time_span(head: Token) -> Span:
    span = syntax.phrase(head, without=[c for c in head.children if c.dep_ in syntax.CLAUSAL])
    entities = [e for e in head.doc[span.start : span.end].ents if e.label_ in {"DATE", "TIME"}]
    start, end = span.start, span.end
    for entity in entities:
        start, end = min(start, entity.start), max(end, entity.end)
    if start > 0 and head.doc[start - 1].lower_ in _TIME_EDGES and head.doc[start - 1].sent == head.sent:
        start -= 1
    if end < len(head.doc) and head.doc[end].lower_ in {"later", "ago", "earlier"}:
        end += 1
    while head.doc[start].dep_ == "case" or head.doc[start].pos_ == "ADP":
        if start + 1 >= end:
            break
        start += 1
    return head.doc[start:end]



def _part_vehicle_from_operator(trigger: Trigger, fillers: Fillers, kinds: Kinds) -> None:
    """Make a subject that is a means of transport the vehicle, and its operator, where named, who."""
    who = fillers.roles.get("who")
    if who is not None and kinds.is_vehicle(who.head):
        crew = [t for t in syntax.conjuncts(who.head)[1:] if kinds.of(t) == "person"]
        if crew:  # *the ship and its crew*
            fillers.roles["vehicle"] = Filler(who.head, without=[crew[0]])
            fillers.roles["who"] = Filler(crew[0])
            return
        if "vehicle" not in fillers.roles:
            fillers.roles["vehicle"] = who
        del fillers.roles["who"]
        operator = find_operator(who.head)
        if operator is not None:
            fillers.roles["who"] = Filler(operator.root, span=operator)


def _leave_out_own_clause(trigger: Trigger, fillers: Fillers) -> None:
    """Leave the participle or infinitive that holds the trigger out of its fillers' spans (*a convoy [carrying aid]*)."""
    for filler in fillers.roles.values():
        if filler.span is None and filler.head.is_ancestor(trigger.token):
            clause = trigger.token
            while clause.head.i != filler.head.i:
                clause = clause.head
            filler.without.append(clause)


def find_operator(vehicle: Token) -> Span | None:
    """Return who runs a vehicle, as named inside its phrase: *Russian*, *Rubistar*(-operated), *led by X*, *X's*."""
    for child in vehicle.children:
        if child.dep_ in {"acl", "acl:relcl", "relcl"} and child.lemma_.lower() in _OPERATORS and child.i > vehicle.i:
            for agent in syntax.agents(child):
                return syntax.phrase(agent)
    for owner in syntax.possessors(vehicle):
        if owner.pos_ in {"PROPN", "NOUN"}:
            return syntax.phrase(owner, without=[c for c in owner.children if c.dep_ == "case"])
    first = min((t.i for t in vehicle.subtree if t.i <= vehicle.i), default=vehicle.i)
    for entity in vehicle.doc[first : vehicle.i].ents:
        if entity.label_ in {"NORP", "ORG", "GPE", "PERSON"} and entity.end <= vehicle.i:
            return entity
    for token in vehicle.doc[first : vehicle.i]:
        if token.lower_ in _OPERATED and token.i - 2 >= first and vehicle.doc[token.i - 1].text == "-":
            return vehicle.doc[token.i - 2 : token.i - 1]
        if token.lower_.rpartition("-")[2] in _OPERATED and "-" in token.text:
            return None  # one token holds both; a span cannot start inside it
    return None

