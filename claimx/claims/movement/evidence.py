"""Does the text bear a trigger out as a movement? What its rule needs, and what makes the words a figure of speech.

`refusal` asks the checks of `_CHECKS` in turn; each looks at one way in which words of motion mean something else.
"""

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Token

from claimx.claims.candidates import Trigger
from claimx.claims.nouns import Kinds
from claimx.claims.roles import OBJECT_ROLES, PLACE_ROLES, Fillers
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR
from claimx.rules.schema import MovementRule


def refusal(trigger: Trigger, fillers: Fillers, kinds: Kinds) -> str:
    """Return why the fillers do not bear the trigger out as a movement, "" where they do."""
    case = _Case(trigger, trigger.rule, fillers, fillers.heads(), kinds)
    return next((reason for check in _CHECKS if (reason := check(case))), "")


@dataclass(frozen=True, slots=True)
class _Case:
    trigger: Trigger
    rule: MovementRule
    fillers: Fillers
    heads: dict[str, Token]
    kinds: Kinds

    @property
    def is_verb(self) -> bool:
        return self.trigger.kind == "verb"

    @property
    def is_passive(self) -> bool:
        return self.is_verb and syntax.is_passive(self.trigger.token)

    @property
    def thing(self) -> Token | None:
        """What is moved."""
        return self.heads.get("what")

    @property
    def mover(self) -> Token | None:
        """What changes place: the thing moved, else who moves; a means of transport is no matter of doubt."""
        return self.thing or (self.heads.get("who") if "vehicle" not in self.heads else None)

    @property
    def object(self) -> Token | None:
        """What the frame's object is: a place, or the thing moved."""
        return self.heads.get(OBJECT_ROLES.get(self.rule.frame, "what"))

    @property
    def places(self) -> list[Token]:
        return [self.heads[role] for role in PLACE_ROLES if role in self.heads]

    @property
    def is_placed(self) -> bool:
        """Whether a path filler names a place, a means of transport, or a thing that one goes into or out of."""
        return any(self._is_like_place(head) for head in self.places)

    def _is_like_place(self, head: Token) -> bool:
        kind = self.kinds.of(head)
        if kind in {"place", "vehicle"} or (head.pos_ == "PROPN" and not kind):
            return True
        preposition = syntax.preposition_of(head)
        if preposition == "from":  # *jumped from a window*, but not *parts come from a device*
            return kind == "object" and self.mover is not None and self.kinds.of(self.mover) == "person"
        return preposition in GRAMMAR.container_prepositions and not self.kinds.is_figure(head)

    def names_place(self) -> bool:
        """Return whether a path filler names a place in the narrow sense."""
        return any(self.kinds.is_place(head) for head in self.places)


def _other_meaning(case: _Case) -> str:
    goal = case.heads.get("destination") if case.rule.frame == "goal" else None
    first = case.object if case.rule.frame in OBJECT_ROLES else case.mover or case.heads.get("vehicle")
    for head in (first, case.object, goal):
        if head is not None and _is_among(head, case.rule.not_objects):
            return f"{head.text!r} makes it mean something else"
    if case.rule.only_objects and (case.object is None or not _is_among(case.object, case.rule.only_objects)):
        return "with this object, or none, it means something else"
    return ""


def _is_among(head: Token, words: tuple[str, ...]) -> bool:
    return bool(words) and (head.lemma_.lower() in words or head.lower_ in words)


def _other_particle(case: _Case) -> str:
    verb = case.trigger.token
    after = verb.doc[verb.i + 1 : verb.i + 2]
    particles = {t.lower_ for t in (*syntax.particles(verb), *after) if t.dep_ not in {"case", "prep"}}
    found = particles & set(case.rule.not_particles)
    return f"with {min(found)!r} it means something else" if found else ""


def _abstract_mover(case: _Case) -> str:
    mover = case.mover
    if mover is None or not case.kinds.is_figure(mover):
        return ""
    # the words for moving and the places named may outweigh the model's guess that it is an abstraction
    moved = case.kinds.is_guess(mover) and case.rule.needs != "place" and case.names_place()
    return "" if moved else f"{mover.text!r} cannot change place"


def _abstract_object(case: _Case) -> str:
    if case.object is not None and case.object is not case.mover and case.kinds.is_figure(case.object):
        return f"{case.object.text!r} is no place or thing"
    return ""


def _standing_place(case: _Case) -> str:
    """Places do not move, unless an institution is moved (*moved its **embassy** to Accra*)."""
    mover, kinds = case.mover, case.kinds
    if not case.is_verb or mover is None or not kinds.is_place(mover):
        return ""
    if mover.pos_ == "NOUN":
        stays = mover.dep_ not in syntax.OBJECTS | syntax.PASSIVE_SUBJECTS
    else:
        stays = mover is case.thing and mover.ent_type_ in {"GPE", "LOC"} and mover.tag_ != "NNPS"
    return f"{mover.text!r} stays where it is" if stays else ""


def _voice(case: _Case) -> str:
    if case.is_passive and case.rule.frame == "self":
        return "it is done to something"
    if case.is_passive and case.rule.frame == "goal" and (case.object is None or not case.kinds.is_place(case.object)):
        return "nobody goes anywhere"  # *could not be reached for comment*
    if case.is_passive and case.rule.active_only:
        return "done to somebody, it means something else"
    if case.fillers.objects:
        return f"it is done to {case.fillers.objects[0].text!r}"
    token = case.trigger.token
    bare = case.is_verb and token.tag_ == "VB" and syntax.governor(token) is None and "who" not in case.heads
    if bare and not any(child.i < token.i and child.dep_ != "punct" for child in token.children):
        return "it is a request, or words of a menu"
    return ""


def _left_in_a_state(case: _Case) -> str:
    if not case.is_verb or case.rule.frame != "source" or case.rule.drops_figures:
        return ""
    if case.is_passive or _has_predicate(case.trigger.token):
        return "something is left in some state, nobody leaves"
    return ""


def _has_predicate(verb: Token) -> bool:
    """Return whether the verb says in what state it leaves its object (*left three **dead***)."""
    predicates = (child for child in verb.rights if child.dep_ in {"xcomp", "oprd", "acomp"})
    return any(child.pos_ in {"ADJ", "NOUN", "VERB"} for child in predicates)


def _abstract_actor(case: _Case) -> str:
    actor = case.heads.get("who")
    if not case.is_verb or actor is None or actor is case.mover or not case.kinds.is_figure(actor):
        return ""
    moved = case.mover is not None and case.kinds.can_move(case.mover)
    return "" if moved and case.is_placed else f"{actor.text!r} cannot act"


def _figure_for_place(case: _Case) -> str:
    if case.fillers.figures and not case.names_place() and not case.rule.drops_figures:
        return f"{case.fillers.figures[0].text!r} is no place"
    return ""


def _too_little(case: _Case) -> str:
    if not case.heads.keys() - {"when"}:
        return "it names no participant and no place"
    enough = _noun_has_enough(case) if case.trigger.kind == "noun" else _verb_has_enough(case)
    return "" if enough else f"it needs a {case.rule.needs}, and no filler is one"


def _noun_has_enough(case: _Case) -> bool:
    if case.rule.needs == "place":
        return case.names_place()
    if case.rule.needs in {"role", "goal"} or case.is_placed or "vehicle" in case.heads:
        return True
    acts = "who" in case.heads and case.kinds.is_party(case.heads["who"])
    return acts or any(head is not None and case.kinds.can_move(head) for head in (case.thing, case.heads.get("who")))


def _verb_has_enough(case: _Case) -> bool:
    match case.rule.needs:
        case "place":
            return _has_place(case)
        case "goal":
            goal = case.heads.get("destination")
            return goal is not None and (case.kinds.is_place(goal) or case.kinds.is_party(goal))
        case "thing":
            mover = case.thing or case.heads.get("who")
            moved = mover is not None and case.kinds.can_move(mover)
            return moved or case.is_placed or "vehicle" in case.heads
    return _has_role(case)


def _has_place(case: _Case) -> bool:
    if case.rule.frame == "goal" and "destination" not in case.heads and not case.fillers.figures:
        # the place may be left out (*when he visited in May*), not so in *visited with friends*
        phrases = syntax.prepositionals(case.trigger.token)
        gone = case.mover is not None and case.kinds.of(case.mover) == "person"
        return gone and all(p.preposition == "from" or case.kinds.is_time(p.noun) for p in phrases)
    if case.rule.frame == "source":
        return case.names_place()
    moved = case.thing is not None and case.kinds.can_move(case.thing)
    if case.rule.frame == "transfer" and "vehicle" in case.heads and case.thing is not None:
        return moved
    goal = case.heads.get("destination")
    return case.is_placed or (moved and goal is not None and case.kinds.is_party(goal))


def _has_role(case: _Case) -> bool:
    kinds, thing, origin = case.kinds, case.thing, case.heads.get("origin")
    if not case.places:
        return kinds.can_move(thing) or not kinds.of(thing) if thing is not None else case.rule.frame != "transfer"
    if case.rule.frame == "source" and origin is not None:
        left_from = syntax.preposition_of(origin) in {"from", "out of"}
        return case.is_placed or "vehicle" in case.heads or left_from or kinds.of(origin) in {"", "occasion"}
    return True


_CHECKS: tuple[Callable[[_Case], str], ...] = (
    _other_meaning,
    _other_particle,
    _abstract_mover,
    _abstract_object,
    _standing_place,
    _voice,
    _left_in_a_state,
    _abstract_actor,
    _figure_for_place,
    _too_little,
)
